//! Concepts and their terms, as checked data.

use serde::{Deserialize, Serialize};

pub use crate::model::{Case, FirstUse, Gender, Kind, Mode, Number};
use crate::model::{Lang, TermStatus};

/// A thing with a fixed name in each language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Concept {
    /// Stable slug, unique in the glossary.
    pub id: String,
    /// Field it belongs to, from wide to narrow: `diplomacy/titles`.
    pub domain: Option<String>,
    /// Part of speech: `noun`.
    pub pos: Option<String>,
    /// What it is.
    pub definition: Option<String>,
    /// What a translator should know.
    pub note: Option<String>,
    /// The document or body that fixed the terms.
    pub source: Option<String>,
    /// Whether its terms stand in every translation as they are ("do not translate").
    pub dnt: bool,
    /// Whether a missing rendering is an error and not a warning.
    pub mandatory: bool,
    /// Ids of the concepts it is confused with, whose terms must not render it.
    pub not: Vec<String>,
    /// When its terms are to be recognised; always, where nothing is said.
    pub when: Option<When>,
    /// The terms by language, within a language as the file has them; those of every language first.
    pub terms: Vec<Term>,
}

/// The condition under which a concept is recognised. Every list that is not empty has to be met.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a condition, such as `{ source_any = [\"..\"] }`")]
pub struct When {
    /// One of these strings occurs in the source, whole words each.
    pub source_any: Vec<String>,
    /// The article's section is one of these, in any case.
    pub domain_any: Vec<String>,
    /// How much of the source is searched for [`When::source_any`].
    pub scope: Scope,
}

/// How much of the source a condition looks at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The whole article.
    #[default]
    Document,
    /// The segment the term stands in.
    Segment,
}

/// A word or phrase that names a concept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Term {
    /// The citation form.
    pub text: String,
    /// Its language, with the region where it is that of one region only; nothing for every language.
    pub lang: Option<Lang>,
    /// Whether to use it.
    pub status: TermStatus,
    /// Whether it was right once, so that sources may hold it whatever its status.
    pub superseded: bool,
    /// What case it may be written in.
    pub case: Case,
    /// How it is recognised.
    pub mode: Mode,
    /// Its other forms, recognised as written; none where the mode is [`Mode::Exact`].
    pub forms: Vec<String>,
    /// What kind of name it is.
    pub kind: Kind,
    /// Longer strings inside which it does not count.
    pub not_within: Vec<String>,
    /// What to do where it occurs first in an article.
    pub first_use: Option<FirstUse>,
    /// Why it is not to be used.
    pub why: Option<String>,
    /// Its grammatical gender.
    pub gender: Option<Gender>,
    /// Its grammatical number.
    pub number: Option<Number>,
}

impl Term {
    /// How near the term is to `lang`, nearest first; nothing where a reader of `lang` does not read it.
    ///
    /// `pt-BR` text uses terms of `pt-BR`, then of `pt`, then of every language, and never those of `pt-PT`;
    /// text of which no region is known uses those of all regions last. Scripts are never mixed.
    #[must_use]
    pub fn reach(&self, lang: Lang) -> Option<Reach> {
        let Some(own) = self.lang else { return Some(Reach::Everywhere) };
        if own.language() != lang.language() || !own.reads_as(lang) {
            return None;
        }
        match (own.region(), lang.region()) {
            (own, wanted) if own == wanted => Some(Reach::Region),
            (None, Some(_)) => Some(Reach::Language),
            (Some(_), None) => Some(Reach::OtherRegion),
            _ => None,
        }
    }

    /// Whether the term in a source stands for its concept: a forbidden one may be right for another thing.
    #[must_use]
    pub fn names_its_concept(&self) -> bool {
        self.status != TermStatus::Forbidden || self.superseded
    }
}

/// How near a term's language is to that of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// The same language and region, or neither says a region.
    Region,
    /// The same language; the term is of no region.
    Language,
    /// The same language; the text is of no region.
    OtherRegion,
    /// The term is of every language.
    Everywhere,
}
