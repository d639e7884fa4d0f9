//! What came of translating a segment, and who did it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Lang, Review, TermMade, Text};

/// What came of translating a segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was translated.
    Translated(Target),
    /// It stands in the translation as it is.
    Kept(Kept),
    /// It could not be translated; outputs leave its target out.
    Failed(Failed),
}

/// A translation of a segment and its origin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// The translation; its marks bear the numbers of the source's.
    pub text: Text,
    /// Numbers of the marks that stand where they probably belong: the backend does not say which word renders which.
    pub guessed: Vec<u32>,
    /// What became of each term of the segment, in order.
    pub terms: Vec<TermMade>,
    /// Who made it; where a person edited it, who made what was edited.
    pub provenance: Provenance,
    /// The backends that were asked before the one that made it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed: Vec<Passed>,
    /// What a person made of it, where one looked at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
}

/// A backend that was asked for a translation and had none, so that another one was asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Passed {
    /// The backend as the configuration names it.
    pub backend: String,
    /// Why it had none.
    pub why: Failure,
}

/// Who made a translation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Provenance {
    /// The backend as the configuration names it: `firefox`.
    pub backend: String,
    /// The engine behind it, with its version where it has one: `chancery-engine 0.1.0`.
    pub engine: String,
    /// The models used, in order; two where the text went through a third language. Empty where the backend has none of its own.
    pub models: Vec<ModelId>,
}

/// A translation model: its direction and the hash of its weights.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ModelId {
    /// The language it translates from.
    pub source: Lang,
    /// The language it translates into.
    pub target: Lang,
    /// SHA-256 of its weights, in lower-case hexadecimal.
    pub sha256: String,
}

/// Why a segment stands in the translation as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// It is in the target language already.
    AlreadyTarget,
    /// It holds no letters: a number, a sign, an address.
    NothingToTranslate,
}

/// Why a segment could not be translated.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Failed {
    /// The kind of failure, for counting.
    pub kind: Failure,
    /// What happened and, where there is something to do, what to do.
    pub detail: String,
}

/// The kinds of failure of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// No configured backend translates this pair of languages.
    NoRoute,
    /// The backend could not be used: missing or broken model, program not found.
    Unavailable,
    /// The backend was asked and failed.
    Backend,
    /// The backend answered, but not with a translation: empty, a copy, cut short, the wrong number of lines.
    BadAnswer,
    /// The segment is longer than any backend takes.
    TooLong,
    /// A backend was stopped for the run before it was asked; the same command goes on with the segment.
    Halted,
}

impl Provenance {
    /// Names the person who translated what no machine had.
    #[must_use]
    pub fn person() -> Self {
        Self { backend: Self::PERSON.to_owned(), engine: "a person".to_owned(), models: Vec::new() }
    }

    /// Whether a person made it, and no machine.
    #[must_use]
    pub fn is_person(&self) -> bool {
        self.backend == Self::PERSON
    }

    const PERSON: &str = "review";
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}", self.backend, self.engine)?;
        for model in &self.models {
            write!(f, ", {}-{} {}", model.source, model.target, model.sha256.get(..12).unwrap_or(&model.sha256))?;
        }
        f.write_str(")")
    }
}

impl fmt::Display for Passed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.backend, self.why)
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AlreadyTarget => "already in the target language",
            Self::NothingToTranslate => "nothing to translate",
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoRoute => "no backend for this pair",
            Self::Unavailable => "backend unavailable",
            Self::Backend => "backend failed",
            Self::BadAnswer => "bad answer",
            Self::TooLong => "too long",
            Self::Halted => "stopped",
        })
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.detail)
    }
}
