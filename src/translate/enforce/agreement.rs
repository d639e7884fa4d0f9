//! Makes articles, contracted prepositions and possessives agree with a term that is put after them.
//!
//! The tables are those of school grammars. Law: only words of the tables are changed, and only directly before the
//! term; where a word is right already, or the term's gender is not known, it also stays as one of the ways.

mod tables;

use std::ops::Range;

use self::tables::{Row, TABLES, Table};
use super::wording::Wording;
use crate::model::{Gender, Lang, Number};
use crate::translate::spans;

/// A way to put a term: what is replaced, and by what.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    /// Bytes of the text: the stretch for the term, with what has to agree before it.
    pub(super) range: Range<usize>,
    pub(super) with: String,
}

/// Words that go before a term and agree with it: no more than so many.
const CHAIN: usize = 3;

/// The ways to put `wording` at `range` of `text`, likeliest first; at least one. What stands there may be initials, which
/// need no article where a name does.
pub(super) fn fits(lang: Lang, text: &str, range: &Range<usize>, wording: &Wording, initials: bool) -> Vec<Fit> {
    let unchanged = Fit { range: range.clone(), with: begun(text, range, &wording.text) };
    let Some(table) = TABLES.iter().find(|table| table.lang == lang.language()) else { return vec![unchanged] };
    let Some(first) = Before::find(table, text, range.start) else {
        let links =
            if initials || follows_noun(text, range) { linked(table, text, range, wording) } else { Vec::new() };
        return std::iter::once(unchanged).chain(links).collect();
    };
    let columns = columns(wording, first.column).into_iter();
    let mut fits: Vec<Fit> = columns.map(|at| first.fit(table, text, range, wording, at)).collect();
    if table.ambiguous.contains(&first.word.to_lowercase().as_str()) || fits.is_empty() {
        fits.push(unchanged);
    }
    let changed = fits.first().and_then(|fit| with_participle(table, text, fit, wording));
    fits.splice(0..0, changed);
    fits.dedup();
    fits
}

/// Where in a stretch the words behind its first article begin, if that is not its first word.
pub(super) fn behind_article(lang: Lang, stretch: &str) -> Option<usize> {
    // The articles stand in the first rows of each table.
    const ARTICLES: usize = 2;
    let table = TABLES.iter().find(|table| table.lang == lang.language())?;
    let is_article = |word: &&str| table.rows.iter().take(ARTICLES).flatten().any(|cell| cell == word);
    let article = stretch.split(' ').skip(1).find(is_article)?;
    let end = article.as_ptr().addr() - stretch.as_ptr().addr() + article.len();
    (end + 1 < stretch.len()).then_some(end + 1)
}

/// Whether a word stands directly before a term that is no preposition: perhaps a noun, to which the old words belonged.
fn follows_noun(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].strip_suffix(' ').unwrap_or_default();
    let word = before.rsplit(' ').next().unwrap_or_default();
    word.ends_with(char::is_alphabetic) && word.chars().count() > 3 && !spans::is_small(word)
}

/// The term with each of the links before it that agree.
fn linked(table: &Table, text: &str, range: &Range<usize>, wording: &Wording) -> Vec<Fit> {
    let Some(column) = columns(wording, 0).into_iter().next().filter(|_| wording.gender.is_some()) else {
        return Vec::new();
    };
    let link = |row: &Row| {
        let word = cell(row[column], &wording.text, table.lang);
        let space = if word.ends_with('\'') { "" } else { " " };
        Fit { range: range.clone(), with: begun(text, range, &format!("{word}{space}{}", wording.text)) }
    };
    table.links.iter().map(link).collect()
}

/// How participles end in the languages where they agree with the noun before them, but for the last letters.
const PARTICIPLES: &[(&str, &[&str])] =
    &[("pt", &["ad", "id", "eit", "rit", "ost", "ert"]), ("es", &["ad", "id", "ech", "rit", "uest", "iert"])];
/// The last letters, masculine and feminine in the singular, then in the plural.
const AGREEING: [&str; 4] = ["o", "a", "os", "as"];

/// A fit with the participle directly after it made to agree, where there is one that does not.
fn with_participle(table: &Table, text: &str, fit: &Fit, wording: &Wording) -> Option<Fit> {
    let (_, stems) = PARTICIPLES.iter().find(|(lang, _)| *lang == table.lang)?;
    let column =
        columns(wording, 0).into_iter().next().filter(|_| wording.gender.is_some() && wording.number.is_some())?;
    let rest = text[fit.range.end..].strip_prefix(' ')?;
    let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
    let stem = AGREEING.iter().rev().find_map(|ending| word.strip_suffix(ending))?;
    let agrees = format!("{stem}{}", AGREEING[column]);
    let is_participle = stem.len() > 3 && stems.iter().any(|end| stem.ends_with(end)) && agrees != word;
    is_participle
        .then(|| Fit { range: fit.range.start..fit.range.end + 1 + word.len(), with: format!("{} {agrees}", fit.with) })
}

/// The columns that agree with a wording, where the word before it stands in `column` now.
fn columns(wording: &Wording, column: usize) -> Vec<usize> {
    let plural = match wording.number {
        Some(Number::Singular) => 0,
        Some(Number::Plural | Number::Dual) => 2,
        None => column & 2,
    };
    match wording.gender {
        Some(Gender::Masculine | Gender::Neuter) => vec![plural],
        Some(Gender::Feminine) => vec![plural + 1],
        // As it is first: the backend may have known.
        Some(Gender::Common) | None => vec![plural + (column & 1), plural + (1 - (column & 1))],
    }
}

/// A word of a table that stands before a term.
struct Before<'t> {
    /// Bytes of the text.
    range: Range<usize>,
    word: &'t str,
    row: &'static Row,
    column: usize,
}

impl<'t> Before<'t> {
    /// The longest word of the table that ends where `at` begins, but for a space and quotes.
    fn find(table: &Table, text: &'t str, at: usize) -> Option<Self> {
        let before = &text[..at];
        let bare = before.trim_end_matches(['"', '“', '„', '«', '‘', '\u{a0}', ' ']);
        let mut found: Option<Self> = None;
        for row in table.rows {
            for (column, cell) in row.iter().enumerate() {
                for written in cell.split('|').filter(|written| !written.is_empty()) {
                    // What ends in an apostrophe stands at the term, all else apart from it.
                    let joined = written.ends_with('\'');
                    let Some(range) = ends_with(bare, written).filter(|_| joined || bare.len() < before.len()) else {
                        continue;
                    };
                    if found.as_ref().is_none_or(|other| range.len() > other.range.len()) {
                        found = Some(Self { word: &text[range.clone()], range, row, column });
                    }
                }
            }
        }
        found
    }

    /// The term put with the words before it in the column that agrees.
    fn fit(&self, table: &Table, text: &str, range: &Range<usize>, wording: &Wording, column: usize) -> Fit {
        let mut with = wording.text.clone();
        let mut start = range.start;
        let mut next = Some((self.range.clone(), self.row));
        for _ in 0..CHAIN {
            let Some((own, row)) = next else { break };
            let word = cell(row[column], &with, table.lang);
            if word.is_empty() {
                break;
            }
            with = format!("{}{}{with}", capitalised(&text[own.clone()], word), between(text, &own, start, word));
            start = own.start;
            next = Before::find(table, text, start).map(|before| (before.range, before.row));
        }
        Fit { range: start..range.end, with }
    }
}

/// What stands between a word at `own`, which becomes `word`, and what begins at `start`: an apostrophe takes no space.
fn between(text: &str, own: &Range<usize>, start: usize, word: &str) -> String {
    let between = &text[own.end..start];
    match (text[own.clone()].ends_with(['\'', '’']), word.ends_with('\'')) {
        (was, is) if was == is => between.to_owned(),
        (_, true) => between.trim_start_matches([' ', '\u{a0}']).to_owned(),
        (_, false) => format!(" {between}"),
    }
}

/// Where `text` ends with the word `written`, whatever its case and its apostrophe.
fn ends_with(text: &str, written: &str) -> Option<Range<usize>> {
    let mut start = text.len();
    let mut chars = text.char_indices().rev();
    for wanted in written.chars().rev() {
        let (at, found) = chars.next()?;
        let found = if found == '’' { '\'' } else { found };
        if !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
        start = at;
    }
    let whole = chars.next().is_none_or(|(_, before)| !before.is_alphanumeric() && !matches!(before, '\'' | '’' | '-'));
    whole.then_some(start..text.len())
}

/// The word of a cell before `next`.
fn cell(cell: &'static str, next: &str, lang: &str) -> &'static str {
    let Some((consonant, vowel)) = cell.split_once('|') else { return cell };
    if begins_with_vowel(next, lang) { vowel } else { consonant }
}

/// Words that begin with a vowel in writing and take the form before a consonant, by language: French words whose h is not
/// elided, English ones that are spoken with a y or a w.
const AS_CONSONANT: &[(&str, &[&str])] = &[
    (
        "fr",
        &[
            "halte",
            "hausse",
            "haut",
            "haute",
            "hauts",
            "hautes",
            "haut-commissaire",
            "haut-commissariat",
            "hollande",
            "hongrie",
            "hors",
            "huit",
            "onze",
            "oui",
            "yémen",
        ],
    ),
    ("en", &["european", "one", "un", "unilateral", "union", "united", "universal", "us"]),
];

fn begins_with_vowel(next: &str, lang: &str) -> bool {
    let word = next.split(|c: char| !c.is_alphanumeric() && c != '-').find(|word| !word.is_empty());
    let word = word.unwrap_or(next).to_lowercase();
    let vowels = if lang == "fr" { "aàâeéèêëiîïoôuùûüyh" } else { "aeiou" };
    let as_consonant = AS_CONSONANT.iter().any(|(of, words)| *of == lang && words.contains(&word.as_str()));
    word.starts_with(|c| vowels.contains(c)) && !as_consonant
}

/// `word` with a capital where `model` has one.
fn capitalised(model: &str, word: &str) -> String {
    if model.starts_with(char::is_uppercase) { capital(word) } else { word.to_owned() }
}

pub(super) fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `wording` as it stands at `range`: with a capital where a sentence begins there with one.
pub(super) fn begun(text: &str, range: &Range<usize>, wording: &str) -> String {
    if begins_sentence(text, range.start) { capitalised(&text[range.clone()], wording) } else { wording.to_owned() }
}

/// Whether a sentence begins at `at`: the text does, or what is quoted, or a sentence ended before.
pub(super) fn begins_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end();
    let quoted = before.trim_end_matches(['"', '“', '„', '«', '‘', '\'', '¿', '¡']).trim_end();
    !before.contains(char::is_alphanumeric)
        || quoted.ends_with(['!', '?'])
        || quoted.len() < before.len() && quoted.ends_with([':', '.'])
}

#[cfg(test)]
mod tests;
