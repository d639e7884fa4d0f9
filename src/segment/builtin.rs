//! The built-in rules: tables that a linguist edits, put together into one SRX document.
//!
//! `languages/shared.toml` holds the pieces and the rules that all languages share; `languages/LANG.toml` holds the word
//! lists of a language, its own rules, which come first, and its own wording of pieces. A rule that names a list
//! which a language does not have is left out for that language.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::srx::{Group, Header, Map, Rule, Srx};

const SHARED: &str = include_str!("languages/shared.toml");

/// One file a language. The last is for every language without a file.
const LANGUAGES: &[&str] = &[
    include_str!("languages/ar.toml"),
    include_str!("languages/de.toml"),
    include_str!("languages/en.toml"),
    include_str!("languages/es.toml"),
    include_str!("languages/fr.toml"),
    include_str!("languages/ja.toml"),
    include_str!("languages/ko.toml"),
    include_str!("languages/pt.toml"),
    include_str!("languages/ru.toml"),
    include_str!("languages/zh.toml"),
    include_str!("languages/default.toml"),
];

/// A table of rules.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Table {
    /// What the rules are called in the document.
    name: String,
    /// Primary language subtags; none stands for all languages.
    tags: Vec<String>,
    /// Pieces of patterns, which patterns and other pieces name as `<piece>`.
    pieces: BTreeMap<String, String>,
    /// Lists of words, separated by white space, which patterns name as `<list>`.
    lists: BTreeMap<String, String>,
    /// Rules that stand before a language's own; only the shared table has some.
    first: Vec<Entry>,
    /// The rules, in order.
    rule: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// What the rule is for, with an example.
    why: String,
    #[serde(rename = "break")]
    breaks: bool,
    before: String,
    #[serde(default)]
    after: String,
}

/// The built-in rules as an SRX 2.0 document, in Java's regular expressions, for translation tools.
///
/// A tool that reads it cuts a text where [`super::Rules::builtin`] does.
#[must_use]
pub fn export_srx() -> String {
    srx().write()
}

/// The built-in rules as a document. Each language has all its rules in one group, so that none cascades.
pub(super) fn srx() -> Srx {
    let shared = table(SHARED);
    let languages: Vec<Table> = LANGUAGES.iter().map(|text| table(text)).collect();
    let map = |language: &Table| Map { languages: pattern_of(&language.tags), group: language.name.clone(), line: 0 };
    Srx {
        header: Header { cascade: false, ..Header::default() },
        groups: languages.iter().map(|language| group(language, &shared)).collect(),
        maps: languages.iter().map(map).collect(),
    }
}

fn table(text: &str) -> Table {
    toml::from_str(text).expect("the built-in tables are sound, as a test shows")
}

/// Language tags that begin with one of `tags`, in either case: `[Ee][Nn](?:[-_].*)?`.
fn pattern_of(tags: &[String]) -> String {
    if tags.is_empty() {
        return ".*".to_owned();
    }
    let letter = |c: char| format!("[{}{c}]", c.to_ascii_uppercase());
    let either: Vec<String> = tags.iter().map(|tag| tag.chars().map(letter).collect()).collect();
    format!("(?:{})(?:[-_].*)?", either.join("|"))
}

/// The rules of a language: its own stand between the shared ones that nothing overrules and the general ones.
fn group(language: &Table, shared: &Table) -> Group {
    let mut pieces = shared.pieces.clone();
    pieces.extend(language.pieces.clone());
    pieces.extend(language.lists.iter().map(|(name, words)| (name.clone(), alternatives(words.split_whitespace()))));
    pieces.extend(halves(language.lists.values()).into_iter().flatten());
    let entries = shared.first.iter().chain(&language.rule).chain(&shared.rule);
    let rules = entries.filter_map(|entry| {
        let (before, after) = (filled(&entry.before, &pieces)?, filled(&entry.after, &pieces)?);
        Some(Rule { breaks: entry.breaks, before, after, line: 0, why: entry.why.clone() })
    });
    Group { name: language.name.clone(), rules: rules.collect() }
}

/// `pattern` with its `<piece>`s put in, or nothing when a piece is missing.
fn filled(pattern: &str, pieces: &BTreeMap<String, String>) -> Option<String> {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((head, tail)) = rest.split_once('<') {
        out.push_str(head);
        let named =
            tail.split_once('>').filter(|(name, _)| name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'_')));
        if let Some((name, tail)) = named {
            out.push_str(&filled(pieces.get(name)?, pieces)?);
            rest = tail;
        } else {
            out.push('<');
            rest = tail;
        }
    }
    out.push_str(rest);
    Some(out)
}

/// A pattern for any of `words`: `(?:[Pp]rof|[Ee]\.\p{Z}?g)`.
///
/// A lower-case first letter stands for either case, a `.` inside may have a space after it, a `_` is a space.
fn alternatives<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.into_iter().map(word).collect();
    format!("(?:{})", words.join("|"))
}

/// The pieces `heads` and `tails`: what stands before and after a stop inside an abbreviation of `lists`.
fn halves<'w>(lists: impl Iterator<Item = &'w String>) -> Option<[(String, String); 2]> {
    let mut halves = (BTreeSet::new(), BTreeSet::new());
    for word in lists.flat_map(|words| words.split_whitespace()) {
        for (stop, _) in word.match_indices('.') {
            halves.0.insert(&word[..stop]);
            halves.1.insert(&word[stop + 1..]);
        }
    }
    let (heads, tails) = halves;
    (!heads.is_empty()).then(|| [("heads".to_owned(), alternatives(heads)), ("tails".to_owned(), alternatives(tails))])
}

fn word(word: &str) -> String {
    let mut out = String::new();
    for (at, c) in word.chars().enumerate() {
        match c {
            '.' => out.push_str(r"\.\p{Z}?"),
            '_' => out.push_str(r"\p{Z}"),
            '\'' | '’' => out.push_str("['’]"),
            '-' => out.push('-'),
            c if at == 0 && c.is_lowercase() => out.extend(['['].into_iter().chain(c.to_uppercase()).chain([c, ']'])),
            c if c.is_alphanumeric() => out.push(c),
            c => out.extend(['\\', c]),
        }
    }
    out
}

#[cfg(test)]
mod tests;
