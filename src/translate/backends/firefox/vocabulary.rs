//! What protection asks of a model's vocabulary.

use crate::model::Lang;

/// What protection needs to know of a model.
pub(super) struct Vocabulary<'a> {
    /// Whether it has pieces for all of a text.
    pub(super) knows: &'a dyn Fn(&str) -> bool,
    /// Whether its language writes words without spaces.
    pub(super) unspaced: bool,
    /// Capitals of its language; a vocabulary may know only their small letters.
    pub(super) capitals: &'static str,
}

/// Capitals with an accent, which begin ordinary words of their languages and not only names.
const CAPITALS: &[(&str, &str)] = &[
    ("ca", "ÀÇÈÉÍÏÒÓÚÜ"),
    ("es", "ÁÉÍÑÓÚÜ"),
    ("fr", "ÀÂÇÈÉÊËÎÏÔÙÛÜŒ"),
    ("gl", "ÁÉÍÑÓÚÜ"),
    ("it", "ÀÈÉÌÒÙ"),
    ("pt", "ÀÁÂÃÇÉÊÍÓÔÕÚ"),
];

/// The capitals of a language that have an accent.
pub(super) fn capitals(lang: Lang) -> &'static str {
    CAPITALS.iter().find(|(code, _)| *code == lang.language()).map_or("", |&(_, capitals)| capitals)
}
