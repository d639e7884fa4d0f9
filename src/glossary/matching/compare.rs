//! How a text spells what the glossary writes.

use super::readings::Nearness;
use crate::glossary::border;
use crate::glossary::concept::Case;
use crate::glossary::fold::{Folded, Letters, unaccented};
use crate::model::{Lang, MatchHow};

/// How a stretch of a text is spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelling {
    pub(super) how: MatchHow,
    /// Whether the case is one that the term may be written in.
    pub(super) cased: bool,
}

/// How `text` spells what is `written`, which it folds to or is a form of; nothing where it lacks an accent that only a
/// capital may lack, or is a verb that looks like a form of a German noun.
pub(super) fn compare(lang: Lang, text: &str, written: &str, case: Case, nearness: Nearness) -> Option<Spelling> {
    let inflected = match nearness {
        Nearness::Written => None,
        Nearness::Inflected => Some(MatchHow::Rule),
        Nearness::Stemmed => Some(MatchHow::Stem),
    };
    let is_checked = case != Case::Any || has_bare_capitals(lang) || has_capital_nouns(lang);
    match inflected {
        None if text == written => return Some(Spelling { how: MatchHow::Exact, cased: true }),
        Some(how) if !is_checked => return Some(Spelling { how, cased: true }),
        _ => {}
    }
    let text = Folded::new(text, lang, Letters::Keep).into_string();
    let written = Folded::new(written.trim(), lang, Letters::Keep).into_string();
    if has_bare_capitals(lang) && !are_accents_right(&text, &written) {
        return None;
    }
    let Some(how) = inflected else { return Some(spelling(&text, &written, case)) };
    if has_capital_nouns(lang) && !are_nouns_capital(&text, &written) {
        return None;
    }
    let cased = match case {
        Case::Any => true,
        Case::First => is_cased_alike(&text, &written) || is_cased_alike(&uncapitalised(&text), &written),
        Case::Exact => is_cased_alike(&text, &written),
    };
    Some(Spelling { how, cased })
}

fn spelling(text: &str, written: &str, case: Case) -> Spelling {
    if text == written {
        return Spelling { how: MatchHow::Exact, cased: true };
    }
    let cased = match case {
        Case::Any => true,
        Case::First => is_capitalised(text, written),
        Case::Exact => false,
    };
    Spelling { how: MatchHow::Case, cased }
}

/// Whether `text` is what is `written` with a capital first.
fn is_capitalised(text: &str, written: &str) -> bool {
    let (mut text, mut written) = (text.chars(), written.chars());
    match (text.next(), written.next()) {
        (Some(capital), Some(first)) => first.to_uppercase().eq([capital]) && text.as_str() == written.as_str(),
        _ => false,
    }
}

/// `text` with its first letter small.
fn uncapitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_lowercase).collect();
    first + chars.as_str()
}

/// Whether the words of `text`, a form of what is `written`, have capitals where that has them, as far as their letters are
/// the same.
fn is_cased_alike(text: &str, written: &str) -> bool {
    words(text).zip(words(written)).all(|(word, written)| {
        let same =
            word.chars().zip(written.chars()).take_while(|(one, other)| one.to_lowercase().eq(other.to_lowercase()));
        same.into_iter().all(|(one, other)| one == other)
    })
}

/// Whether writers of the language leave out accents on capitals that begin a word.
fn has_bare_capitals(lang: Lang) -> bool {
    lang.language() == "fr"
}

/// Whether a capital tells nouns from other words of the language.
fn has_capital_nouns(lang: Lang) -> bool {
    lang.language() == "de"
}

/// Whether the words of `text` begin with a capital where those that are `written` do: `verträgt` is no form of `Vertrag`.
fn are_nouns_capital(text: &str, written: &str) -> bool {
    let is_capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    words(text).zip(words(written)).all(|(word, written)| is_capital(word) || !is_capital(written))
}

/// Whether the words of `text` begin with the accents that are `written`, or with a capital that lacks them.
fn are_accents_right(text: &str, written: &str) -> bool {
    words(text).zip(words(written)).all(|(word, written)| match (word.chars().next(), written.chars().next()) {
        (Some(one), Some(other)) => {
            one.to_lowercase().eq(other.to_lowercase())
                || (one.is_uppercase() && unaccented(other).to_uppercase().eq([one]))
        }
        _ => true,
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    border::pieces(text).into_iter().map(|piece| &text[piece.range])
}
