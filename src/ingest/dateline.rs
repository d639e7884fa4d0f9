//! Reads the dateline at the start of a report: who reports from where.
//!
//! The dateline is part of the text and stays there; it is only read.

use super::published;

/// Who reports from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dateline {
    /// The place as written: `BEIJING`.
    pub(super) place: String,
    /// The agency, where the dateline names it: `Xinhua`.
    pub(super) source: Option<String>,
}

/// How far into a paragraph a dateline reaches, in characters.
const WITHIN: usize = 120;

/// Agencies whose Chinese datelines have no brackets: agency, place, date, `电`.
#[rustfmt::skip]
const HAN_AGENCIES: &[&str] = &[
    "新华社", "新華社", "中新社", "中新网", "中国新闻网", "人民网", "央视网", "中央社", "中央廣播電臺", "法新社", "路透社",
    "路透", "美联社", "美聯社", "塔斯社", "俄新社", "共同社", "韩联社", "韓聯社", "埃菲社", "安莎社", "德新社", "卢萨社",
];

/// What ends a dateline that has a date or an agency; the report follows.
const DASHES: &[&str] = &[" -- ", " --", " — ", " – ", " - ", " —", "/. ", "/ - ", ") - "];

/// The dateline of a paragraph, where it has one.
pub(super) fn find(paragraph: &str) -> Option<Dateline> {
    let end = paragraph.char_indices().nth(WITHIN).map_or(paragraph.len(), |(at, _)| at);
    let start = &paragraph[..end];
    han(start).or_else(|| spaced(start))
}

/// `新华社北京7月24日电`, `（中央社記者王某台北24日電）`, `【法新社巴黎2020年7月24日讯】`.
fn han(start: &str) -> Option<Dateline> {
    let inner = start.trim_start_matches(['（', '(', '【', '[', '　', ' ']);
    let agency = HAN_AGENCIES.iter().find(|agency| inner.starts_with(**agency))?;
    let rest = &inner[agency.len()..];
    let date = rest.find(|c: char| c.is_ascii_digit())?;
    let verb = rest.find(['电', '電', '讯', '訊', '综', '綜'])?;
    let is_date = date < verb && rest[date..verb].chars().all(|c| c.is_ascii_digit() || "年月日號号 ".contains(c));
    let place = rest[..date].trim_matches(|c: char| c.is_whitespace() || c == '，');
    // A reporter's name may stand between agency and place and cannot be told from it.
    let is_place = (1..=8).contains(&place.chars().count()) && !place.contains("记者") && !place.contains("記者");
    (is_date && is_place).then(|| Dateline { place: place.to_owned(), source: Some((*agency).to_owned()) })
}

/// `BEIJING, July 24 (Xinhua) -- `, `ПЕКИН, 24 июля /ТАСС/.`, `PARIS (Reuters) - `, `LISBON — `.
fn spaced(start: &str) -> Option<Dateline> {
    let end =
        DASHES.iter().filter_map(|dash| start.find(dash).map(|at| at + usize::from(!dash.starts_with(' ')))).min()?;
    let (before, source) = agency(start[..end].trim_end())?;
    if let Some(place) = before_date(before).filter(|_| source.is_some()) {
        return Some(Dateline { place: place.to_owned(), source });
    }
    let mut parts = before.split(',').map(str::trim);
    let place = parts.next().filter(|place| is_place(place))?;
    // A bare word in capitals may be anything short: `US - China`.
    let bare = source.is_none() && before == place && place.chars().count() < 5;
    let regions_and_dates = parts.all(|part| is_date(part) || is_place_like(part));
    (regions_and_dates && !bare).then(|| Dateline { place: place.to_owned(), source })
}

/// The place of an Arabic dateline, whose script has no capitals: what stands before the date.
fn before_date(head: &str) -> Option<&str> {
    let at = head.find(|c: char| c.is_ascii_digit()).filter(|at| is_date(&head[*at..]))?;
    let place = head[..at].trim_end_matches([' ', ',', '،']);
    let is_arabic = place.chars().all(|c| c == ' ' || ('\u{621}'..='\u{64a}').contains(&c));
    (is_arabic && (1..=3).contains(&place.split_whitespace().count())).then_some(place)
}

/// Takes the agency in brackets or slashes off the end: (`BEIJING, July 24`, `Xinhua`).
fn agency(head: &str) -> Option<(&str, Option<String>)> {
    for (open, close) in [('(', ')'), ('/', '/'), ('（', '）')] {
        if let Some(inner) = head.strip_suffix(close) {
            let (before, agency) = inner.rsplit_once(open)?;
            let fits = (1..=30).contains(&agency.chars().count())
                && agency.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
            return fits.then(|| (before.trim_end_matches([' ', ',']), Some(agency.trim().to_owned())));
        }
    }
    Some((head, None))
}

/// Capitals throughout, as datelines write places: `NEW YORK`, `РИО-ДЕ-ЖАНЕЙРО`.
fn is_place(part: &str) -> bool {
    let letters = part.chars().filter(|c| c.is_alphabetic()).count();
    let plain = part.chars().all(|c| c.is_uppercase() || " -.'’/".contains(c));
    plain && (2..=40).contains(&letters) && part.split_whitespace().count() <= 5
}

/// A region or state after the place: `Switzerland`, `N.Y.`.
fn is_place_like(part: &str) -> bool {
    part.starts_with(char::is_uppercase)
        && part.split_whitespace().count() <= 3
        && !part.contains(|c: char| c.is_ascii_digit())
}

/// A day and a month, either first, with or without a year or a weekday.
fn is_date(part: &str) -> bool {
    let words: Vec<&str> = part.split([' ', '.']).filter(|word| !word.is_empty() && *word != "de").collect();
    let known = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit()) || published::is_month(word);
    (1..=4).contains(&words.len()) && words.iter().all(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(paragraph: &str, place: &str, source: Option<&str>) {
        let expected = Dateline { place: place.to_owned(), source: source.map(str::to_owned) };
        assert_eq!(find(paragraph), Some(expected), "{paragraph}");
    }

    #[test]
    fn datelines_are_read_as_agencies_write_them() {
        reads("BEIJING, July 24 (Xinhua) -- Two ministers met.", "BEIJING", Some("Xinhua"));
        reads("UNITED NATIONS, Sept. 22 (Xinhua) -- The council met.", "UNITED NATIONS", Some("Xinhua"));
        reads("GENEVA, Switzerland, 3 March 2021 (AFP) — Talks opened.", "GENEVA", Some("AFP"));
        reads("PARIS (Reuters) - Talks opened.", "PARIS", Some("Reuters"));
        reads("LISBON — Talks opened.", "LISBON", None);
        reads("ПЕКИН, 24 июля /ТАСС/. Стороны встретились.", "ПЕКИН", Some("ТАСС"));
        reads("PEQUIM, 24 jul (Lusa) - Os ministros reuniram-se.", "PEQUIM", Some("Lusa"));
        reads("新华社北京7月24日电（记者 某某）会谈举行。", "北京", Some("新华社"));
        reads("中新社日内瓦2020年7月24日电 会谈举行。", "日内瓦", Some("中新社"));
        reads("بكين 24 يوليو 2020 (شينخوا) -- التقى الوزيران.", "بكين", Some("شينخوا"));
        reads("【法新社巴黎24日電】會談舉行。", "巴黎", Some("法新社"));
    }

    #[test]
    fn a_sentence_is_no_dateline() {
        for paragraph in [
            "The UN - founded in 1945 - met.",
            "China, Russia and Brazil (BRICS members) - among others - met.",
            "US, China (and others) -- no deal",
            "新华社7月24日报道，会谈举行。",
            "NATO chief Mark Rutte - in Lisbon - said so.",
            "ASEAN, which met on July 24 (Friday) - said so.",
        ] {
            assert_eq!(find(paragraph), None, "{paragraph}");
        }
    }
}
