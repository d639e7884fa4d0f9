//! Stands in for the n-gram models in a build without any language of the Latin script.

use super::languages::Row;

/// Knows no language.
pub(super) struct Latin;

impl Latin {
    /// Prepares nothing.
    pub(super) fn new() -> Self {
        Self
    }

    /// Bears nothing out, likewise.
    #[expect(clippy::unused_self, reason = "it has the signature of the models that it stands in for")]
    pub(super) fn bears_out(&self, _language: &str, _text: &str) -> bool {
        false
    }

    /// Tells nothing, since no language is compiled in.
    #[expect(clippy::unused_self, reason = "it has the signature of the models that it stands in for")]
    pub(super) fn tell(&self, _text: &str) -> Option<(&'static Row, f64, f64)> {
        None
    }
}
