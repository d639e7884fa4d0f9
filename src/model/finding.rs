//! What a check found.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Something a check found in a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's stable code: `C001`, `T001`.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong and what to look at, in one sentence without a full stop.
    pub message: String,
    /// Bytes of the source's plain text that it is about, where it is about a part.
    pub source: Option<Range<usize>>,
}

/// How bad a finding is, from mild to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Likely wrong.
    Warning,
    /// Wrong.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}
