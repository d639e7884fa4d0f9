//! Which language an article and its blocks are in.

use serde::{Deserialize, Serialize};

use super::{Block, Head, Lang};

/// What detection says of a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Detection {
    /// The language is known.
    Known {
        /// The language, with its script where that matters (`zh-Hans`, `zh-Hant`).
        lang: Lang,
        /// How sure the detector is, from 0 to 1; 1 where the language was given and not detected.
        confidence: f64,
    },
    /// Too little text, or no language stands out.
    Undetermined,
}

/// An article whose language, and that of each block, has been looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Detected {
    /// What is known of the article besides its text.
    pub head: Head,
    /// The language of the article as a whole.
    pub language: Detection,
    /// Each block with its own language; a block that cannot be told apart takes the article's.
    pub blocks: Vec<(Block, Detection)>,
}

impl Detection {
    /// The language, where it is known.
    #[must_use]
    pub fn lang(&self) -> Option<Lang> {
        match self {
            Self::Known { lang, .. } => Some(*lang),
            Self::Undetermined => None,
        }
    }
}
