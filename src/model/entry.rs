//! Entries of a termbase: what reviewers get of the glossary beside an article.

use super::{Case, Gender, Kind, Lang, Number, TermStatus};

/// A concept with its terms in the two languages of a translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermEntry {
    /// The concept's id in its glossary file.
    pub concept: String,
    /// The language of its source terms: that of the passage in which it occurs first.
    pub lang: Lang,
    /// The field it belongs to, from wide to narrow: `diplomacy/titles`.
    pub domain: Option<String>,
    /// Part of speech: `noun`.
    pub pos: Option<String>,
    /// What it is.
    pub definition: Option<String>,
    /// What a translator should know.
    pub note: Option<String>,
    /// The document or body that fixed the terms.
    pub origin: Option<String>,
    /// Whether a translation without one of its terms is wrong.
    pub mandatory: bool,
    /// Whether its terms stand in every translation as they are ("do not translate").
    pub dnt: bool,
    /// Its terms in the language of that passage, the one to use first.
    pub source: Vec<EntryTerm>,
    /// Its terms in the language translated into, the one to use first; empty where the glossary has none.
    pub target: Vec<EntryTerm>,
}

/// A term of an entry in one of its languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryTerm {
    /// The citation form.
    pub text: String,
    /// Its language with the region, where it is that of one region only; nothing for every language.
    pub lang: Option<Lang>,
    /// Whether to use it.
    pub status: TermStatus,
    /// Why it is not to be used.
    pub why: Option<String>,
    /// What kind of name it is.
    pub kind: Kind,
    /// What case it may be written in.
    pub case: Case,
    /// Its grammatical gender.
    pub gender: Option<Gender>,
    /// Its grammatical number.
    pub number: Option<Number>,
}

impl EntryTerm {
    /// The region whose term it is, where it is that of one region only.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.lang.as_ref().and_then(Lang::region)
    }
}
