//! How much reviewers changed of what machines had translated.

use serde::{Deserialize, Serialize};

/// How much was changed of a translation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effort {}
