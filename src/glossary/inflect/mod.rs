//! Inflection: which other forms a term may stand in, by the rules of its language.
//!
//! The rules are data, one file a language (`ru.txt`), in a format that a linguist can edit (`file`). They are one-sided:
//! they start from the citation form only, and a word of a text is a form of a term's word where it is what stays of that
//! word and an ending that may follow. `words` says which words of a term may change, `forms` writes a term in its other
//! number.
//!
//! Law: a word with no rule stands only as it is.

mod file;
mod forms;
mod rules;
mod table;
mod template;
mod words;

use std::sync::LazyLock;

pub(super) use self::forms::{forms, gender, number};
pub(super) use self::rules::{EndingSet, Paradigm, Rules, Word};
pub(super) use self::words::Role;
use crate::model::Lang;

/// The files of rules, by language.
const FILES: &[(&str, &str)] = &[
    ("ar", include_str!("ar.txt")),
    ("de", include_str!("de.txt")),
    ("en", include_str!("en.txt")),
    ("es", include_str!("es.txt")),
    ("fr", include_str!("fr.txt")),
    ("pt", include_str!("pt.txt")),
    ("ru", include_str!("ru.txt")),
];

static RULES: LazyLock<Vec<(&str, Rules)>> = LazyLock::new(|| {
    let read = |&(tag, text): &(&'static str, &str)| Some((tag, file::read(tag.parse().ok()?, text).ok()?));
    FILES.iter().map(|file| read(file).expect("a test reads every file")).collect()
});

/// The rules of `lang`; none where it has none.
pub(super) fn rules(lang: Lang) -> Option<&'static Rules> {
    RULES.iter().find(|(tag, _)| *tag == lang.language()).map(|(_, rules)| rules)
}

#[cfg(test)]
mod tests;
