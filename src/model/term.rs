//! Glossary terms as they occur in a segment.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A term of the glossary that occurs in a segment, and how it is to be rendered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermHit {
    /// The concept's id in its glossary file.
    pub concept: String,
    /// The term as the glossary writes it.
    pub term: String,
    /// Bytes of the segment's plain text that it covers.
    pub range: Range<usize>,
    /// How the text was recognised as the term.
    pub how: MatchHow,
    /// Whether a missing rendering is an error and not a warning.
    pub mandatory: bool,
    /// The concept's terms in the target language, preferred first; empty where the glossary has none.
    pub renderings: Vec<Rendering>,
    /// What the glossary notes for the translator.
    pub note: Option<String>,
}

/// A term of the target language for a concept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendering {
    /// The term as the glossary writes it.
    pub term: String,
    /// Whether to use it.
    pub status: TermStatus,
    /// Why it is forbidden or superseded, where the glossary says so.
    pub why: Option<String>,
}

/// Whether a term is to be used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermStatus {
    /// The term to use.
    #[default]
    Preferred,
    /// Accepted where it occurs.
    Admitted,
    /// Correct once, no longer used.
    Superseded,
    /// Never to be used.
    Forbidden,
}

/// How a stretch of text was recognised as a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchHow {
    /// Letter for letter.
    Exact,
    /// After case folding.
    Case,
    /// As one of the listed forms.
    Forms,
}

impl TermHit {
    /// The rendering to use, where the glossary has one.
    #[must_use]
    pub fn preferred(&self) -> Option<&Rendering> {
        self.renderings.iter().find(|rendering| rendering.status == TermStatus::Preferred)
    }
}
