//! Knows the lines that sites put around an article: breadcrumbs, dates, teasers, share and copyright lines.
//!
//! Precision comes first: each rule looks at a whole short line and never at words inside a paragraph, so that
//! a sentence of the article is never cut. What is not known for furniture stays.

mod words;

use super::published;
use words::{
    COPYRIGHT_ENDS, COPYRIGHT_STARTS, CREDIT_STARTS, CREDITS, CRUMB_ENDS, DATE_LABELS, END_MARKS, HOMES, PLAYERS,
    SHARE, SHARE_FILLERS, SOURCES, TEASER_HEADS, TRAILING_END_MARKS,
};

/// What a line is, if it is furniture wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// It stands alone; why it is cut.
    Single(&'static str),
    /// It heads a list of teasers, which goes on until a sentence; why they are cut.
    Teasers(&'static str),
}

/// Why teasers are cut.
pub(super) const RELATED: &str = "related news";
/// Why comments are cut. Headlines begin with this word and a colon too.
const COMMENTS: &str = "comments";
/// Why the mark at the end of a report is cut.
pub(super) const END_MARK: &str = "end mark";
/// The longest line that is looked at, in characters: furniture is short.
const LONGEST: usize = 160;

/// Goes through the lines or blocks of an article in order and tells the furniture among them.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    teasers: Option<&'static str>,
}

impl Sieve {
    /// Why `text`, the next line, is cut; nothing where it stays.
    pub(super) fn why(&mut self, text: &str) -> Option<&'static str> {
        match line(text) {
            Some(Line::Single(why)) => return Some(why),
            Some(Line::Teasers(why)) => self.teasers = Some(why),
            // Teasers go on until a sentence: a box of links in the midst of an article costs no paragraph.
            None if is_sentence(text) || is_long(text) => self.teasers = None,
            None => {}
        }
        self.teasers
    }
}

/// The mark that an agency set behind the last sentence of a report: `he said. Enditem`; from which byte on.
pub(super) fn end_mark(text: &str) -> Option<usize> {
    let is_mark =
        |at: usize| text.get(at..).is_some_and(|end| TRAILING_END_MARKS.contains(&end.to_lowercase().as_str()));
    let starts = TRAILING_END_MARKS.iter().filter_map(|mark| text.len().checked_sub(mark.len()));
    starts.filter(|at| is_mark(*at)).find(|at| is_sentence(&text[..*at]))
}

/// Whether `text` is furniture on its own, whatever stands around it.
pub(super) fn is_furniture(text: &str) -> bool {
    line(text).is_some()
}

/// What `line` is, if it is furniture wherever in a page it stands.
fn line(line: &str) -> Option<Line> {
    let line = line.trim();
    if line.is_empty() || is_long(line) {
        return None;
    }
    let lower = line.to_lowercase();
    let head = lower.trim_matches(|c: char| c.is_whitespace() || ":：|»>›▸▶•·-–—【】[]…".contains(c));
    if let Some((why, _)) = TEASER_HEADS.iter().find(|(_, heads)| heads.contains(&head)) {
        return Some(Line::Teasers(why));
    }
    let mut one_line = TEASER_HEADS.iter().filter(|(why, _)| *why != COMMENTS && !is_sentence(line));
    if let Some((why, _)) = one_line.find(|(_, heads)| labelled(line, heads).is_some()) {
        return Some(Line::Single(why));
    }
    let tests = [
        ("share line", is_share(&lower)),
        ("copyright line", is_copyright(&lower)),
        ("editor line", labelled(&lower, CREDITS).is_some_and(|names| is_short(names, 8, 40)) || is_credit(line)),
        ("source line", labelled(&lower, SOURCES).is_some_and(|name| is_short(name, 6, 30))),
        (END_MARK, END_MARKS.contains(&lower.as_str())),
        ("player", PLAYERS.contains(&lower.as_str())),
    ];
    tests.iter().find(|(_, holds)| *holds).map(|(why, _)| Line::Single(why))
}

/// The section that a breadcrumb line ends in; the inner `None` when it names none.
#[expect(clippy::option_option, reason = "no breadcrumb and a breadcrumb without a section are two things")]
pub(super) fn breadcrumb(line: &str) -> Option<Option<String>> {
    let is_separator = |c: char| matches!(c, '>' | '»' | '›' | '＞' | '→' | '/' | '|' | '·');
    let crumbs: Vec<&str> = line.split(is_separator).map(str::trim).filter(|crumb| !crumb.is_empty()).collect();
    let lower = |crumb: &str| crumb.trim_end_matches([':', '：']).to_lowercase();
    let (first, rest) = crumbs.split_first()?;
    let home = first.rsplit([':', '：']).next().unwrap_or(first).trim();
    let from_home = HOMES.contains(&lower(first).as_str()) || HOMES.contains(&lower(home).as_str());
    let short = rest.iter().all(|crumb| crumb.chars().count() <= 60 && !crumb.ends_with(['.', '。', ',', '，']));
    if !from_home || crumbs.len() > 7 || !short || !line.contains(is_separator) {
        return None;
    }
    let no_section =
        |crumb: &&&str| !HOMES.contains(&lower(crumb).as_str()) && !CRUMB_ENDS.contains(&lower(crumb).as_str());
    Some(rest.iter().rfind(no_section).map(|section| (*section).to_owned()))
}

/// What a line of date and agency says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateLine {
    /// ISO 8601.
    pub(super) published: String,
    /// The agency or paper, where it is named.
    pub(super) source: Option<String>,
}

/// Reads a line that says nothing but when and by whom: `2020-07-24 10:35:00Xinhua`, `Xinhua | Updated: 2020-07-24`.
pub(super) fn date_line(line: &str) -> Option<DateLine> {
    let found = published::find(line).filter(|_| !is_long(line))?;
    let (before, after) = (&line[..found.range.start], &line[found.range.end..]);
    let apart = before.is_empty() || before.trim_end().ends_with(['|', ':', '：', '·', '/', '(', '[']);
    let numeric = line[found.range].contains([':', '-', '日']);
    let parts = [before].into_iter().chain(between_dates(after)).flat_map(parts);
    let parts = parts.filter(|part| labelled(part, CREDITS).is_none());
    let mut names = parts.map(|part| unlabelled(without_zone(part))).filter(|name| !name.is_empty());
    let source = names.next();
    let is_name = |name: &str| is_short(name, 5, 24) && !name.contains(|c: char| c.is_ascii_digit());
    // `Highlights of July 24, 2020` is a headline and `Xinhua 2020-07-24` is not.
    let fits = source.is_none_or(|name| is_name(name) && (apart || numeric));
    (fits && names.next().is_none()).then(|| DateLine { published: found.iso, source: source.map(str::to_owned) })
}

/// What stands around further dates, as that of an update.
fn between_dates(mut text: &str) -> Vec<&str> {
    let mut between = Vec::new();
    while let Some(next) = published::find(text) {
        between.push(&text[..next.range.start]);
        text = &text[next.range.end..];
    }
    between.push(text);
    between
}

/// The parts of a date line: bars part them, and so does a space before a label (`来源：新华网 作者：李伟`).
fn parts(text: &str) -> Vec<&str> {
    let is_label = |rest: &str| labelled(rest, CREDITS).is_some() || labelled(rest, SOURCES).is_some();
    let mut parts = Vec::new();
    for text in text.split('|') {
        let spaces = text.match_indices(char::is_whitespace).map(|(at, space)| at + space.len());
        let mut start = 0;
        for at in spaces.filter(|at| is_label(&text[*at..])) {
            parts.push(&text[start..at]);
            start = at;
        }
        parts.push(&text[start..]);
    }
    parts
}

/// A part of a date line without the time zone at its start.
fn without_zone(part: &str) -> &str {
    let trimmed = trim(part);
    let rest = published::ZONES.iter().find_map(|zone| trimmed.strip_prefix(zone.trim_start()));
    rest.filter(|rest| !rest.starts_with(char::is_alphabetic)).unwrap_or(trimmed)
}

/// The name in a line such as `Source: Xinhua`.
pub(super) fn source_line(line: &str) -> Option<&str> {
    labelled(line, SOURCES).filter(|name| is_short(name, 6, 30))
}

/// Whether a line names the writer and nothing else: `By Maria Sousa and Li Wei`.
pub(super) fn is_byline(line: &str) -> bool {
    let Some(names) = ["By ", "Por ", "Par ", "Von ", "记者 ", "作者："].iter().find_map(|by| line.strip_prefix(by))
    else {
        return false;
    };
    let is_name = |word: &str| {
        word.starts_with(char::is_uppercase)
            || !word.is_ascii()
            || ["and", "e", "y", "et", "und", "de", "da"].contains(&word)
    };
    is_short(names, 8, 60) && names.split([' ', ',', '|', '—', '–']).filter(|word| !word.is_empty()).all(is_name)
}

/// Whether a text ends as a sentence does; teasers and headings do not.
pub(super) fn is_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»」』)）]".contains(c));
    text.ends_with(['.', '。', '!', '！', '…', '．', '؟', '۔', '।', ':', '：'])
        || (text.ends_with(['?', '？']) && text.chars().count() >= 100)
}

fn is_long(text: &str) -> bool {
    text.chars().nth(LONGEST).is_some()
}

/// Whether an agency tells who worked on a report: `(Reporting by Maria Sousa in Lisbon; Editing by Li Wei)`.
fn is_credit(line: &str) -> bool {
    let line = line.trim_start_matches(['(', '[']);
    let names = CREDIT_STARTS.iter().find_map(|start| line.strip_prefix(start));
    names.is_some_and(|names| names.starts_with(char::is_uppercase)) && !is_sentence(line)
}

fn is_share(lower: &str) -> bool {
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || "|/,、:：·•()（）[]【】".contains(c))
        .filter(|word| !word.is_empty())
        .collect();
    let known = words.iter().all(|word| SHARE.contains(word) || SHARE_FILLERS.contains(word));
    known && words.len() <= 16 && words.iter().any(|word| SHARE.contains(word))
}

fn is_copyright(lower: &str) -> bool {
    let ended = lower.trim_end_matches(|c: char| c.is_whitespace() || ".。!".contains(c));
    COPYRIGHT_STARTS.iter().any(|start| lower.starts_with(start))
        || COPYRIGHT_ENDS.iter().any(|end| ended.ends_with(end))
}

/// What follows one of `labels` and a colon, brackets around the whole taken off.
fn labelled<'a>(line: &'a str, labels: &[&str]) -> Option<&'a str> {
    let inner = line.trim().trim_start_matches(['(', '（', '[', '【']).trim_end_matches([')', '）', ']', '】']);
    let (label, value) = inner.split_once([':', '：'])?;
    let known = labels.contains(&label.trim().to_lowercase().as_str());
    (known && !value.trim().is_empty()).then(|| value.trim())
}

/// A part of a date line without labels and separators.
fn unlabelled(part: &str) -> &str {
    let mut part = trim(part);
    while let Some(rest) = DATE_LABELS.iter().chain(SOURCES).find_map(|label| strip_label(part, label)) {
        part = trim(rest);
    }
    part
}

/// `part` without `label`, which stands at either end, followed by no letter of a longer word.
fn strip_label<'a>(part: &'a str, label: &str) -> Option<&'a str> {
    let is_end = |rest: &str| !rest.starts_with(char::is_alphabetic);
    let ascii_part = part.get(..label.len()).filter(|start| start.to_lowercase() == *label);
    if ascii_part.is_some() && (is_end(&part[label.len()..]) || !label.is_ascii()) {
        return Some(&part[label.len()..]);
    }
    let at = part.len().checked_sub(label.len())?;
    let tail = part.get(at..).filter(|tail| tail.to_lowercase() == *label);
    (tail.is_some() && !part[..at].ends_with(char::is_alphabetic)).then(|| &part[..at])
}

fn trim(part: &str) -> &str {
    part.trim_matches(|c: char| c.is_whitespace() || "|:：·/,，()（）[]-–—".contains(c))
}

fn is_short(text: &str, words: usize, chars: usize) -> bool {
    let text = text.trim();
    (1..=chars).contains(&text.chars().count())
        && text.split_whitespace().count() <= words
        && !text.ends_with(['.', '。', '!', '?', '？'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn cuts(text: &str, why: &str) {
        match line(text) {
            Some(Line::Single(found) | Line::Teasers(found)) => assert_eq!(found, why, "{text}"),
            None => panic!("kept: {text}"),
        }
    }

    #[test]
    fn furniture_is_known_in_many_languages() {
        for head in ["Related News", "RELATED NEWS:", "相关新闻", "Leia também:", "Читайте также", "» Lire aussi"]
        {
            assert_eq!(line(head), Some(Line::Teasers("related news")), "{head}");
        }
        cuts("Share on Facebook | Twitter | WhatsApp", "share line");
        cuts("分享到：微信 微博", "share line");
        cuts("Editor: huaxia", "editor line");
        cuts("（责任编辑：王小明）", "editor line");
        cuts("来源：新华网", "source line");
        cuts("Copyright © 2020 The Gazette. All rights reserved.", "copyright line");
        cuts("© Agência 2020", "copyright line");
        cuts("Enditem", "end mark");
        cuts("Read more: Port reports record traffic", "related news");
        cuts("LEIA TAMBÉM: Porto bate recorde de tráfego", "related news");
        cuts("Теги: Россия, Китай, МИД", "tags");
        cuts("【字体：大 中 小】 【打印】", "share line");
        cuts("(Reporting by Maria Sousa in Lisbon; Editing by Li Wei)", "editor line");
    }

    #[test]
    fn sentences_of_an_article_are_never_cut() {
        for text in [
            "Share prices rose on Friday.",
            "The print run was doubled.",
            "Related news spread quickly.",
            "Read more books, the minister told pupils.",
            "Editor Maria Sousa spoke first.",
            "Source countries must act, he said.",
            "Sources: two officials who asked not to be named because they were not allowed to speak of it.",
            "Copyright law is to be reformed.",
            "The end",
            "Editor: Thank you for coming.",
            "He asked for all rights reserved to the state to be listed.",
            "Explore the Moon together, the two agencies agreed.",
            "编辑部说，会谈进展顺利。",
            "来源国应当承担责任。",
            "评论：对话是唯一出路",
            "Read more: the minister told pupils to go to the library.",
            "Reporting by satellite",
            "Reporting by State Media was limited, he said.",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }

    #[test]
    fn end_marks_stand_behind_sentences() {
        let text = |text: &'static str| end_mark(text).map(|at| &text[..at]);
        assert_eq!(text("\"We go on,\" he said. Enditem"), Some("\"We go on,\" he said. "));
        assert_eq!(text("会谈举行。（完）"), Some("会谈举行。"));
        for kept in ["Enditem", "（完）", "A code of Enditem", "He said so.", "完", "会谈（完）"] {
            assert_eq!(text(kept), None, "{kept}");
        }
    }

    #[test]
    fn breadcrumbs_say_the_section() {
        assert_eq!(breadcrumb("Home > News > World"), Some(Some("World".to_owned())));
        assert_eq!(breadcrumb("首页 > 国际 > 正文"), Some(Some("国际".to_owned())));
        assert_eq!(breadcrumb("您的位置：首页 >> 国际"), Some(Some("国际".to_owned())));
        assert_eq!(breadcrumb("Главная / Политика"), Some(Some("Политика".to_owned())));
        assert_eq!(breadcrumb("Home >"), Some(None));
        for text in ["Home rule", "A > B", "Trade/aid deal signed", "Home affairs: the minister/party line. It broke."]
        {
            assert_eq!(breadcrumb(text), None, "{text}");
        }
    }

    #[track_caller]
    fn dates(text: &str, published: &str, source: Option<&str>) {
        let expected = DateLine { published: published.to_owned(), source: source.map(str::to_owned) };
        assert_eq!(date_line(text), Some(expected), "{text}");
    }

    #[test]
    fn date_lines_say_when_and_by_whom() {
        dates("2020-07-24 10:35:00Xinhua", "2020-07-24T10:35:00", Some("Xinhua"));
        dates("2020-07-24Xinhua", "2020-07-24", Some("Xinhua"));
        dates("Source: Xinhua| 2020-07-24 10:35:00|Editor: huaxia", "2020-07-24T10:35:00", Some("Xinhua"));
        dates("2020年07月24日10:35 来源：新华网", "2020-07-24T10:35", Some("新华网"));
        dates("Published: July 24, 2020 10:35 GMT", "2020-07-24T10:35", None);
        dates("China Daily | Updated: 2020-07-24 10:35", "2020-07-24T10:35", Some("China Daily"));
        dates("24 de julho de 2020", "2020-07-24", None);
        dates("24/07/2020 10h35  Atualizado 25/07/2020", "2020-07-24T10:35", None);
        dates("10:35 24.07.2020 (обновлено: 12:01 24.07.2020)", "2020-07-24T10:35", None);
        dates("2020-07-24 10:35:00 来源：新华网 作者：李伟", "2020-07-24T10:35:00", Some("新华网"));
        dates("Published 10:35 AM EDT, July 24, 2020", "2020-07-24T10:35", None);
        dates("شينخوا | 24 يوليو 2020", "2020-07-24", Some("شينخوا"));
    }

    #[test]
    fn a_headline_with_a_date_is_no_date_line() {
        for text in [
            "Highlights of July 24, 2020",
            "Ministers met on 24 July 2020 in Lisbon",
            "2020-07-24: ten ministers meet in the capital for talks",
        ] {
            assert_eq!(date_line(text), None, "{text}");
        }
    }
}
