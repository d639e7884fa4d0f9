mod corpus;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::glossary::Glossary;

const CASES: &str = include_str!("cases.txt");

#[track_caller]
fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language tag")
}

static GLOSSARY: LazyLock<Glossary> = LazyLock::new(|| {
    Glossary::parse(Path::new("glossary.toml"), include_str!("glossary.toml")).expect("a sound glossary")
});

/// `text` with its hits written as in `cases.txt`.
fn marked(text: &str, hits: &[Hit<'_>]) -> String {
    let mut marked = String::new();
    let mut at = 0;
    for hit in hits {
        let how = format!("{:?}", hit.how).to_lowercase();
        let (before, covered) = (&text[at..hit.range.start], &text[hit.range.clone()]);
        let _ = write!(marked, "{before}[{covered}]({} {how})", hit.concept.id);
        at = hit.range.end;
    }
    marked + &text[at..]
}

/// `marked` without its marks.
fn unmarked(marked: &str) -> String {
    let mut text = String::new();
    for piece in marked.split('[') {
        match piece.split_once("](") {
            Some((covered, rest)) => {
                text += covered;
                text += rest.split_once(')').expect("a closing bracket").1;
            }
            None => text += piece,
        }
    }
    text
}

fn cases() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(" | ").expect("a language and a text"))
}

#[test]
fn every_case_is_found_as_marked() {
    let wrong: Vec<String> = cases()
        .filter_map(|(tag, expected)| {
            let text = unmarked(expected);
            let found = marked(&text, &GLOSSARY.matcher(lang(tag)).find(&text));
            (found != expected).then(|| format!("{tag} | {expected}\nfound {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_case_is_found_in_any_normal_form() {
    for (tag, expected) in cases() {
        let found = |text: String| marked(&text, &GLOSSARY.matcher(lang(tag)).find(&text)).nfc().collect::<String>();
        let text = unmarked(expected);
        assert_eq!(found(text.nfd().collect()), found(text.nfc().collect()), "{tag} | {expected}");
    }
}

#[track_caller]
fn occurs(tag: &str, text: &str, term: &str, expected: &[&str]) {
    let found: Vec<&str> = occurrences(lang(tag), text, term).into_iter().map(|range| &text[range]).collect();
    assert_eq!(found, expected, "{term} in {text}");
}

#[test]
fn occurrences_are_whole_words_in_any_case() {
    occurs(
        "en",
        "The Joint Statement, a joint  statement; joint statements",
        "joint statement",
        &["Joint Statement", "joint  statement"],
    );
    occurs("zh-Hans", "发表联合声明和联合声明", "联合声明", &["联合声明", "联合声明"]);
    occurs("ru", "партнерство и Партнёрство", "партнёрство", &["партнерство", "Партнёрство"]);
    occurs("fr", "l’État et l'Étatisme", "État", &["État"]);
    occurs("en", "anana banana", "ana", &[]);
    occurs("th", "ประชาชน", "ชา", &["ชา"]);
    occurs("en", "anything", " ", &[]);
    occurs("en", "", "word", &[]);
}

#[track_caller]
fn is_held(tag: &str, text: &str, term: &str, expected: bool) {
    assert_eq!(GLOSSARY.occurs(lang(tag), text, term), expected, "{term} in {text}");
}

#[test]
fn a_rendering_is_held_in_any_case_or_listed_form() {
    is_held("ru", "Встреча министра иностранных дел", "министр иностранных дел", true);
    is_held("ru", "Встреча министром иностранных дел", "министр иностранных дел", false);
    is_held("en", "Comprehensive Strategic Partnership Renewed", "comprehensive strategic partnership", true);
    is_held("en", "a comprehensive strategic partnership of coordination", "comprehensive strategic partnership", true);
    is_held("en", "what no glossary knows", "no glossary", true);
    is_held("zh-Hant", "外长", "外長", false);
}

#[test]
fn a_term_that_folds_to_nothing_is_never_found() {
    let text = "schema = 1\n[[concept]]\nid = 'a'\n[concept.terms]\nar = [{ t = '\u{064B}' }]\n";
    let glossary = Glossary::parse(Path::new("g.toml"), text).expect("a sound glossary");
    assert_eq!(glossary.matcher(lang("ar")).find("سلام"), []);
}

/// Texts made of the glossary's own words and what may stand between them.
fn texts() -> impl Strategy<Value = (&'static str, String)> {
    const PARTS: &[&str] = &[
        "comprehensive ",
        "strategic ",
        "partnership",
        " of ",
        "coordination",
        "Congress",
        "U.S.",
        " Lima ",
        "foreign ",
        "minister",
        "s",
        "UN",
        " Charter",
        "FOCAC",
        "AUKUS",
        "-",
        ", ",
        "é",
        "\u{301}",
        "\u{AD}",
        "全面",
        "战略",
        "合作",
        "伙伴关系",
        "外长",
        "海外长期",
        "министр ",
        "иностранных ",
        "дел",
        "всеобъемлющее ",
        "партнёрство",
        "الأمم ",
        "المتحدة",
        "ّ",
    ];
    let tag = prop::sample::select(&["en", "zh-Hans", "ru", "ar", "pt-BR"][..]);
    (tag, prop::collection::vec(prop::sample::select(PARTS), 0..14).prop_map(|parts| parts.concat()))
}

/// The spellings of `term` that a text may hold, folded.
fn spellings(term: &Term, lang: Lang) -> Vec<String> {
    let written = std::iter::once(&term.text).chain(&term.forms);
    written.map(|text| Folded::new(text, lang, Letters::Fold).into_string()).collect()
}

proptest! {
    #[test]
    fn hits_are_apart_and_fold_to_their_terms((tag, text) in texts()) {
        let matcher = GLOSSARY.matcher(lang(tag));
        let mut end = 0;
        for hit in matcher.find(&text) {
            prop_assert!(end <= hit.range.start);
            end = hit.range.end;
            let covered = text.get(hit.range.clone()).expect("character borders");
            let folded = Folded::new(covered, lang(tag), Letters::Fold).into_string();
            let is_inflected = matches!(hit.how, MatchHow::Rule | MatchHow::Stem);
            let is_spelling = spellings(hit.term, lang(tag)).contains(&folded);
            prop_assert!(is_inflected != is_spelling, "{covered:?} is no spelling of {}", hit.term.text);
        }
    }

    #[test]
    fn normal_forms_are_found_alike((tag, text) in texts()) {
        let matcher = GLOSSARY.matcher(lang(tag));
        let found = |text: String| marked(&text, &matcher.find(&text)).nfc().collect::<String>();
        prop_assert_eq!(found(text.nfc().collect()), found(text.nfd().collect()));
    }

    #[test]
    fn a_hit_in_citation_form_is_an_occurrence((tag, text) in texts()) {
        for hit in GLOSSARY.matcher(lang(tag)).find(&text) {
            if matches!(hit.how, MatchHow::Exact | MatchHow::Case) {
                prop_assert!(!occurrences(lang(tag), &text, &hit.term.text).is_empty());
            }
        }
    }

    #[test]
    fn any_text_is_searched_without_a_panic(text in "\\PC*", term in "\\PC{0,4}", tag in prop::sample::select(&["en", "ar", "ja"][..])) {
        let _ = GLOSSARY.matcher(lang(tag)).find(&text);
        for range in occurrences(lang(tag), &text, &term) {
            prop_assert!(text.get(range).is_some());
        }
    }
}
