//! What protection asks of a model's vocabulary.

/// What protection needs to know of a model.
pub(super) struct Vocabulary<'a> {
    /// Whether it has pieces for all of a text.
    pub(super) knows: &'a dyn Fn(&str) -> bool,
    /// Whether its language writes words without spaces.
    pub(super) unspaced: bool,
}
