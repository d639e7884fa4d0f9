//! What people made of a translation.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How far the review of a segment has come, from not at all to approved. Tools often leave it behind the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// Nothing is said, or what no standard defines.
    #[default]
    Unknown,
    /// Not translated yet, or in need of work.
    Draft,
    /// Translated.
    Translated,
    /// Reviewed.
    Reviewed,
    /// Final, or signed off.
    Approved,
}

/// What a person made of the translation of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Review {
    /// How far it has come.
    pub state: ReviewState,
    /// Whether the text is the reviewer's and not the machine's.
    pub edited: bool,
}

/// A note that a reviewer left on a segment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Remark {
    /// Who left it, or its category, where the file says so.
    pub from: Option<String>,
    /// What it says.
    pub text: String,
}

impl ReviewState {
    /// Every state, from [`Unknown`](Self::Unknown) to [`Approved`](Self::Approved).
    pub const ALL: [Self; 5] = [Self::Unknown, Self::Draft, Self::Translated, Self::Reviewed, Self::Approved];
}

impl fmt::Display for ReviewState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "unknown",
            Self::Draft => "draft",
            Self::Translated => "translated",
            Self::Reviewed => "reviewed",
            Self::Approved => "approved",
        })
    }
}
