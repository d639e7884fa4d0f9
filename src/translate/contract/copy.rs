//! The source, come back: as it went, in other letters or signs, or with something beside it.
//!
//! Of 31,350 human translations 16 are refused: one French sentence that a speaker quotes and every translator leaves. A quote
//! in a third language is no fault where it can be told, but that one is too short.

use std::collections::BTreeSet;

use super::Case;

pub(super) fn refuses(case: &Case<'_>) -> Option<String> {
    if case.pair.source.reads_as(case.pair.target) || !says_something(case) {
        return None;
    }
    let (source, draft) = (letters(case.source), letters(case.draft));
    if source == draft {
        return Some("the answer is a copy of the source".to_owned());
    }
    let long = letters_of(case.source) >= least_letters(case, ECHO);
    (long && draft.contains(&source)).then(|| "the answer holds the source untranslated".to_owned())
}

/// Letters, in the Latin script, of a source that no translation repeats as a whole beside other words.
const ECHO: usize = 30;

/// Three different words that come back as they went are no translation, unless they are a name.
fn says_something(case: &Case<'_>) -> bool {
    let words = case.source.split(|c: char| !c.is_alphanumeric()).filter(|word| word.contains(char::is_alphabetic));
    let words: BTreeSet<String> = words.map(str::to_lowercase).collect();
    let long = if case.pair.source.is_unspaced() {
        letters_of(case.source) >= least_letters(case, 18)
    } else {
        words.len() >= 3
    };
    long && !is_name(case.source)
}

/// So many letters of the Latin script say as much as a third in a script without spaces; what both scripts of Chinese
/// write alike must be longer to say something.
fn least_letters(case: &Case<'_>, latin: usize) -> usize {
    let same = case.pair.source.language() == case.pair.target.language();
    if case.pair.source.is_unspaced() && !same { latin / 3 } else { latin }
}

fn letters_of(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// The letters and digits of a text without case: what is left where signs and spaces change.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Small words inside names: Luiz Inácio Lula da Silva, Ursula von der Leyen.
const PARTICLES: &[&str] = &[
    "al", "bin", "da", "das", "de", "del", "den", "der", "di", "do", "dos", "du", "ibn", "la", "le", "van", "von", "y",
];

/// Names, initials and figures: `Luiz Inácio Lula da Silva`, `Dundee Stars 5-3 Belfast Giants`.
fn is_name(source: &str) -> bool {
    let words: Vec<&str> = source.split_whitespace().collect();
    let named = |word: &&str| PARTICLES.contains(word) || !word.starts_with(char::is_lowercase);
    let cased = source.contains(char::is_uppercase);
    cased && words.len() <= 8 && words.iter().all(named) && !source.ends_with(['.', '!', '?', ':'])
}
