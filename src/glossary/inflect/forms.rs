//! Writes a term in its other number, and tells its gender and number.
//!
//! Law: what no rule is sure of is not said: no forms, no gender, no number.

use super::rules::{Rules, Word};
use super::words::{self, Role};
use crate::glossary::fold::folded;
use crate::model::{Gender, Lang, Number};

/// How the end of a word changes in writing, folded.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) cut: String,
    /// What stands instead.
    pub(super) ending: String,
}

/// The forms of `term` that may be written besides it: the plural of a singular, the singular of a plural.
///
/// None where the rules are not sure, and in languages whose forms depend on more than number. Case is kept.
pub(in crate::glossary) fn forms(lang: Lang, term: &str) -> Vec<String> {
    let Some(phrase) = Phrase::of(lang, term) else { return Vec::new() };
    let other = match phrase.number() {
        Some(Number::Singular) => phrase.written(Number::Plural),
        Some(Number::Plural) => phrase.written(Number::Singular),
        _ => None,
    };
    other.into_iter().filter(|other| other != term).collect()
}

/// The gender of `term`, as the end of its noun has it.
pub(in crate::glossary) fn gender(lang: Lang, term: &str) -> Option<Gender> {
    let phrase = Phrase::of(lang, term)?;
    phrase.rules.gender.fitting(&phrase.folded(&phrase.noun()?)).1.first().copied()
}

/// The number of `term`, as the ends of its words have it.
pub(in crate::glossary) fn number(lang: Lang, term: &str) -> Option<Number> {
    Phrase::of(lang, term)?.number()
}

/// A term cut into words.
struct Phrase<'t> {
    rules: &'static Rules,
    lang: Lang,
    parts: Vec<Part<'t>>,
    /// What stands after the last word.
    rest: &'t str,
}

/// A word and what stands before it.
struct Part<'t> {
    before: &'t str,
    word: &'t str,
    /// Whether it changes with the number of the term.
    changes: bool,
}

impl<'t> Phrase<'t> {
    /// `term` in words; nothing where the language has no rules.
    fn of(lang: Lang, term: &'t str) -> Option<Self> {
        let mut phrase = Self { rules: super::rules(lang)?, lang, parts: Vec::new(), rest: term };
        while let Some(start) = phrase.rest.find(is_of_word) {
            let (before, rest) = phrase.rest.split_at(start);
            let (word, rest) = rest.split_at(rest.find(|char| !is_of_word(char)).unwrap_or(rest.len()));
            phrase.parts.push(Part { before, word, changes: false });
            phrase.rest = rest;
        }
        phrase.mark_changing();
        Some(phrase)
    }

    fn mark_changing(&mut self) {
        let texts: Vec<String> = self.parts.iter().map(|part| self.folded(before_apostrophe(part.word))).collect();
        let hyphened = self.parts.iter().map(|part| part.before.ends_with('-'));
        let words: Vec<Word<'_>> = texts.iter().zip(hyphened).map(|(text, hyphened)| Word { text, hyphened }).collect();
        let roles = words::roles(self.rules, &words);
        for (index, (part, role)) in self.parts.iter_mut().zip(roles).enumerate() {
            let text = &texts[index];
            let stays = index > 0 && (self.rules.apposed.contains(text) || self.rules.trailing.contains(text));
            part.changes = matches!(role, Role::Alone | Role::Noun) && !stays;
        }
    }

    fn changing(&self) -> impl Iterator<Item = &'t str> {
        self.parts.iter().filter(|part| part.changes).map(|part| part.word)
    }

    /// The number in which all words that change stand.
    fn number(&self) -> Option<Number> {
        self.changing().next()?;
        let all = |to: Number| self.changing().all(|word| self.changed(word, to).is_some());
        if all(Number::Singular) {
            return Some(Number::Plural);
        }
        all(Number::Plural).then_some(Number::Singular)
    }

    /// The first word that changes and does not stand before its noun, in the singular.
    fn noun(&self) -> Option<String> {
        let is_plural = self.number() == Some(Number::Plural);
        let singular =
            |word: &str| if is_plural { self.changed(word, Number::Singular) } else { Some(word.to_owned()) };
        let words: Vec<String> = self.changing().filter_map(singular).collect();
        let noun = words.iter().find(|word| !self.rules.preposed.contains(&self.folded(word)));
        noun.or(words.first()).cloned()
    }

    /// The term in the number `to`; nothing where a word is not known in it.
    fn written(&self, to: Number) -> Option<String> {
        let mut written = String::new();
        for part in &self.parts {
            written += part.before;
            written += &if part.changes { self.changed(part.word, to)? } else { part.word.to_owned() };
        }
        Some(written + self.rest)
    }

    /// `word` in the number `to`; nothing where no rule is sure.
    fn changed(&self, word: &str, to: Number) -> Option<String> {
        let is_initials = word.chars().skip(1).any(char::is_uppercase) || word.chars().any(char::is_numeric);
        if is_initials || word.contains(APOSTROPHES) {
            return None;
        }
        let table = if to == Number::Plural { &self.rules.plural } else { &self.rules.singular };
        let change = table.fitting(&self.folded(word)).1.first()?;
        let stays = word.chars().count().checked_sub(change.cut.chars().count())?;
        let stem: String = word.chars().take(stays).collect();
        let is_capital = stem.is_empty() && word.starts_with(char::is_uppercase);
        Some(if is_capital { capitalised(&change.ending) } else { stem + &change.ending })
    }

    fn folded(&self, word: &str) -> String {
        folded(word, self.lang)
    }
}

const APOSTROPHES: &[char] = &['\'', '\u{2019}'];

fn is_of_word(char: char) -> bool {
    char.is_alphanumeric() || APOSTROPHES.contains(&char)
}

/// What stands before an apostrophe: the preposition of `d'État`.
fn before_apostrophe(word: &str) -> &str {
    word.find(APOSTROPHES).map_or(word, |at| &word[..at])
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
