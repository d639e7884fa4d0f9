//! The glossary: things with a fixed name in each language, found in sources and asked for in translations.
//!
//! A glossary is read from TOML files ([`Glossary::open`]), strictly: an unknown key or value is an error with its place,
//! and all errors are told at once. It finds its terms in a text of any of its languages ([`Glossary::matcher`]) and
//! marks an article with them ([`Glossary::annotate`]).
//!
//! Laws: what is found and the [`Glossary::fingerprint`] do not depend on how the concepts are spread over files or on
//! the order of files, concepts and languages.

mod annotate;
mod border;
mod concept;
mod dictionary;
mod entries;
mod error;
mod fold;
mod inflect;
mod load;
pub mod matching;
mod renditions;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

pub use self::concept::{Case, Concept, FirstUse, Gender, Kind, Mode, Number, Reach, Scope, Term, When};
pub use self::error::{Error, Errors, Place};
pub use self::matching::{Hit, Matcher};
use crate::model::{Document, Lang, Pair, Prepared, Renditions, Segment, TermEntry, TermHit, Unit, sha256};

/// Which glossary to use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Glossary files and folders; of a folder, its `.toml` files. None for no glossary.
    pub paths: Vec<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self { paths: vec![PathBuf::from("glossaries")] }
    }
}

/// Concepts by id, and what finds their terms.
#[derive(Debug)]
pub struct Glossary {
    concepts: Arc<[Concept]>,
    fingerprint: String,
    /// Made when a language is first met.
    matchers: Mutex<BTreeMap<Lang, Arc<Matcher>>>,
}

impl Glossary {
    /// Reads the files that `options` name; with none, an empty glossary.
    ///
    /// # Errors
    /// Everything that is wrong with any of the files, by file and line.
    pub fn open(options: &Options) -> Result<Self, Errors> {
        load::paths(&options.paths).map(Self::of)
    }

    /// Reads `text`, the content of the glossary file that errors are to call `path`.
    ///
    /// # Errors
    /// Everything that is wrong with it, by line.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Errors> {
        load::text(path, text).map(Self::of)
    }

    fn of(concepts: Vec<Concept>) -> Self {
        Self { fingerprint: fingerprint(&concepts), concepts: concepts.into(), matchers: Mutex::default() }
    }

    /// Marks the terms of `document` with their renderings in `target`; a passage that is in `target` already has none.
    ///
    /// Preferred renderings stand first, then admitted, superseded and forbidden ones; a term that is not to be translated
    /// renders as itself. A term that its language forbids is not taken for its concept, unless it is a superseded one.
    #[must_use]
    pub fn annotate(&self, document: Document<Segment>, target: Lang) -> Document<Prepared> {
        annotate::annotate(self, document, target)
    }

    /// The concepts that occur in `document`, by id, each with all its terms in the language it occurs in and in `target`.
    #[must_use]
    pub fn entries(&self, document: &Document<Unit>, target: Lang) -> Vec<TermEntry> {
        entries::of(self, document, target)
    }

    /// The terms of a pair's source in order, each with the rendering to write, for a service that keeps a glossary of its own;
    /// without those that are rendered by what stands around them.
    #[must_use]
    pub fn dictionary(&self, pair: Pair) -> Vec<(String, String)> {
        dictionary::of(&self.concepts, pair)
    }

    /// What finds the terms of `lang`: those of its own region, of no region, and of every language.
    #[must_use]
    pub fn matcher(&self, lang: Lang) -> Arc<Matcher> {
        let mut matchers = self.matchers.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(matchers.entry(lang).or_insert_with(|| Arc::new(Matcher::new(&self.concepts, lang))))
    }

    /// Whether `text`, a translation into `lang`, holds the rendering `term`: in any case, or as one of the forms that the
    /// glossary lists for it.
    #[must_use]
    pub fn occurs(&self, lang: Lang, text: &str, term: &str) -> bool {
        !matching::occurrences(lang, text, term).is_empty() || self.matcher(lang).holds(text, term)
    }

    /// How `terms`, those of a segment, are rendered in `text`, its translation into `target`.
    #[must_use]
    pub fn renditions(&self, target: Lang, terms: &[TermHit], text: &str) -> Renditions {
        renditions::of(self, target, terms, text)
    }

    /// The concept of the id `id`.
    #[must_use]
    pub fn concept(&self, id: &str) -> Option<&Concept> {
        let index = self.concepts.binary_search_by(|concept| concept.id.as_str().cmp(id)).ok()?;
        self.concepts.get(index)
    }

    /// The concepts by id.
    #[must_use]
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// Whether the glossary holds no concept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty()
    }

    /// SHA-256 of what the glossary says, in lower-case hexadecimal.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

impl Default for Glossary {
    fn default() -> Self {
        Self::of(Vec::new())
    }
}

/// The forms of `term` that may be written besides it: the plural of a singular, the singular of a plural. None where the
/// rules of `lang` are not sure, and in languages whose forms depend on more than number.
pub(crate) fn forms(lang: Lang, term: &str) -> Vec<String> {
    inflect::forms(lang, term)
}

/// The gender of `term`, where the rules of `lang` are sure of it.
pub(crate) fn gender(lang: Lang, term: &str) -> Option<Gender> {
    inflect::gender(lang, term)
}

/// The number of `term`, where the rules of `lang` are sure of it.
pub(crate) fn number(lang: Lang, term: &str) -> Option<Number> {
    inflect::number(lang, term)
}

/// Hashes each concept as JSON, its length before it.
fn fingerprint(concepts: &[Concept]) -> String {
    let mut said = Vec::new();
    for concept in concepts {
        let json = serde_json::to_vec(concept).expect("strings, lists and flags only");
        said.extend((json.len() as u64).to_be_bytes());
        said.extend(json);
    }
    sha256(&said)
}

#[cfg(test)]
mod tests;
