//! Glossary terms as they occur in a segment.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A term of the glossary that occurs in a segment, and how it is to be rendered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TermHit {
    /// The concept's id in its glossary file.
    pub concept: String,
    /// The term as the glossary writes it.
    pub term: String,
    /// What the glossary says of the term in the source's language.
    pub status: TermStatus,
    /// Bytes of the segment's plain text that it covers.
    pub range: Range<usize>,
    /// How the text was recognised as the term.
    pub how: MatchHow,
    /// Part of speech: `noun`.
    pub pos: Option<String>,
    /// Whether a missing rendering is an error and not a warning.
    pub mandatory: bool,
    /// Whether the term stands in every translation as it is ("do not translate").
    pub dnt: bool,
    /// Ids of the concepts that it is confused with, whose terms must not render it.
    pub not: Vec<String>,
    /// The concept's terms in the target language, preferred first; empty where the glossary has none.
    pub renderings: Vec<Rendering>,
    /// What the glossary notes for the translator.
    pub note: Option<String>,
}

/// A term of the target language for a concept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rendering {
    /// The term as the glossary writes it.
    pub term: String,
    /// Whether to use it.
    pub status: TermStatus,
    /// Why it is forbidden or superseded, where the glossary says so.
    pub why: Option<String>,
    /// How it is recognised: whether it may be inflected.
    pub mode: Mode,
    /// Its other forms, as the glossary lists them.
    pub forms: Vec<String>,
    /// What case it may be written in.
    pub case: Case,
    /// What kind of name it is.
    pub kind: Kind,
    /// What to do where it occurs first in an article.
    pub first_use: Option<FirstUse>,
    /// Its grammatical gender.
    pub gender: Option<Gender>,
    /// Its grammatical number.
    pub number: Option<Number>,
}

/// A term of the glossary as it stands in a translation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendition {
    /// The id of the concept that it names.
    pub concept: String,
    /// The term as the glossary writes it.
    pub term: String,
    /// Whether it is to be used.
    pub status: TermStatus,
    /// Bytes of the translation that it covers.
    pub range: Range<usize>,
    /// How the translation was recognised as the term.
    pub how: MatchHow,
    /// Whether it is written in a case that the glossary allows.
    pub cased: bool,
}

/// How the terms of a segment are rendered in its translation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Renditions {
    /// For each term of the segment, in order, the preferred or admitted term of its concept that stands for it; none
    /// where nothing does. No two terms share a stretch of the translation.
    pub terms: Vec<Option<Rendition>>,
    /// What else of the glossary stands in the translation, by start: forbidden and superseded terms, terms of other
    /// concepts, and those that occur more often than in the source.
    pub others: Vec<Rendition>,
}

/// How a term came into a translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strategy {
    /// The backend rendered it so by itself.
    Translated,
    /// It was put in the place of what the backend's alignment shows to render the source's term.
    Replaced,
    /// The backend was made to say it.
    Forced,
    /// A placeholder went through the translation, and the term was put in its place.
    Placeholder,
    /// The backend's own rendering of the bare term was looked for, and replaced.
    Substituted,
    /// Only its spelling was set right: capitals, hyphens.
    Respelt,
    /// Only its form was changed, so that it fits what the sentence speaks of.
    Inflected,
    /// It is not there; the translation is what the backend made of it.
    Missing,
}

/// What became of a term of a segment in its translation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermMade {
    /// The id of its concept.
    pub concept: String,
    /// How it came into the translation, or that it did not.
    pub strategy: Strategy,
    /// Bytes of the translation's plain text where it stands; none where it is missing.
    pub range: Option<Range<usize>>,
    /// What the backend had said in its place, where that was replaced.
    pub instead_of: Option<String>,
}

impl TermMade {
    /// Whether the translation as the backend made it was changed for it.
    #[must_use]
    pub fn is_repaired(&self) -> bool {
        !matches!(self.strategy, Strategy::Translated | Strategy::Missing)
    }
}

impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Translated => "translated so",
            Self::Replaced => "put where the alignment shows the term",
            Self::Forced => "asked for of the engine",
            Self::Placeholder => "put in place of a placeholder",
            Self::Substituted => "put in place of the usual rendering",
            Self::Respelt => "its spelling set right",
            Self::Inflected => "put in the form that fits the sentence",
            Self::Missing => "missing",
        })
    }
}

impl fmt::Display for TermStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Preferred => "preferred",
            Self::Admitted => "admitted",
            Self::Superseded => "superseded",
            Self::Forbidden => "forbidden",
        })
    }
}

impl fmt::Display for Gender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Masculine => "masculine",
            Self::Feminine => "feminine",
            Self::Neuter => "neuter",
            Self::Common => "common",
        })
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Singular => "singular",
            Self::Plural => "plural",
            Self::Dual => "dual",
        })
    }
}

/// What case a term may be written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// Any case.
    #[default]
    Any,
    /// As given, but for the first letter, which may be a capital.
    First,
    /// As given.
    Exact,
}

/// How a term is recognised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// In its citation form.
    #[default]
    Exact,
    /// In its citation form and its listed forms.
    Forms,
    /// Inflected by the rules of its language, besides its listed forms.
    Stem,
}

/// What kind of name a term is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The full name.
    #[default]
    Full,
    /// Initials.
    Acronym,
    /// A shortened name.
    Short,
    /// Another spelling or wording.
    Variant,
}

/// What to do where a term occurs first in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstUse {
    /// Write the full name beside it.
    Expand,
}

/// A term's grammatical gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// Masculine.
    Masculine,
    /// Feminine.
    Feminine,
    /// Neuter.
    Neuter,
    /// Masculine or feminine, as its bearer.
    Common,
}

/// A term's grammatical number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Number {
    /// Singular.
    Singular,
    /// Plural.
    Plural,
    /// Dual.
    Dual,
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
    /// Inflected, as the rules of its language have it.
    Rule,
    /// By the stems of its words, which may say more than the term does.
    Stem,
}

impl TermHit {
    /// Whether the glossary has a term of the target language that may stand for it.
    #[must_use]
    pub fn is_rendered(&self) -> bool {
        self.renderings.iter().any(Rendering::is_right)
    }

    /// The rendering to use, where the glossary has one.
    #[must_use]
    pub fn preferred(&self) -> Option<&Rendering> {
        self.renderings.iter().find(|rendering| rendering.status == TermStatus::Preferred)
    }
}

impl Rendering {
    /// Whether it may stand for its concept in a translation.
    #[must_use]
    pub fn is_right(&self) -> bool {
        matches!(self.status, TermStatus::Preferred | TermStatus::Admitted)
    }
}
