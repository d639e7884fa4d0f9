//! Finding terms in a text: the same code for sources and translations.
//!
//! A text and the terms are folded alike (`fold`) and cut into words, or characters where words are not spaced (`border`).
//! Each is looked up with the endings that the rules of the language allow it (`lexicon`), and a trie of words is followed
//! from every start (`walk`). What is in the right case (`compare`) stays, what is inside a term's `not_within` goes, and
//! the longest win (`cover`).
//!
//! Laws: hits never overlap and are in order; each lies on character borders and folds to a spelling of its term, or says
//! that it is inflected; canonically equivalent texts have the same hits; what is found does not depend on the order of the
//! concepts; the cost of a text does not depend on the size of the glossary, but for what is found in it.

mod compare;
mod cover;
mod index;
mod lexicon;
mod readings;
mod scan;
mod trie;
mod walk;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, Mutex};

pub(in crate::glossary) use self::cover::Candidate;
use self::index::Index;
use self::readings::Readings;
pub(in crate::glossary) use self::scan::{Context, Scan};
use super::border;
use super::concept::{Case, Concept, Kind, Mode, Term};
use super::fold::{Folded, Letters};
use crate::model::{Lang, MatchHow, TermStatus};

/// Finds the glossary's terms of one language.
#[derive(Debug)]
pub struct Matcher {
    lang: Lang,
    concepts: Arc<[Concept]>,
    index: Index,
    /// What was read of words before, one for each thread that searches at a time.
    memories: Mutex<Vec<Readings>>,
}

/// A term found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<'m> {
    /// What the term names.
    pub concept: &'m Concept,
    /// The term; its status says whether it is to be used.
    pub term: &'m Term,
    /// Bytes of the text that it covers.
    pub range: Range<usize>,
    /// How it was recognised.
    pub how: MatchHow,
}

impl Matcher {
    /// Makes ready to find the terms of `concepts` in texts of `lang`.
    pub(super) fn new(concepts: &Arc<[Concept]>, lang: Lang) -> Self {
        Self { lang, index: Index::new(concepts, lang), concepts: Arc::clone(concepts), memories: Mutex::default() }
    }

    /// Makes ready to find `terms` in texts of `lang`, inflected and in any case; each is a concept of its own, and its id.
    #[must_use]
    pub fn of_terms(lang: Lang, terms: impl IntoIterator<Item = String>) -> Self {
        let terms: BTreeSet<String> = terms.into_iter().collect();
        let concepts: Arc<[Concept]> = terms.into_iter().map(|term| concept_of(lang, term)).collect();
        Self::new(&concepts, lang)
    }

    /// Finds the terms in `text`, whatever their status, as if it were a whole article.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Hit<'_>> {
        let scan = self.scan(text);
        let context = Context::new([&scan], None);
        self.hits(scan, &context, |_| true)
    }

    /// Finds the terms in `text` as [`Matcher::find`] does, and those too that overlap a longer one or lie inside it; by
    /// start, the longest first.
    #[must_use]
    pub fn find_all(&self, text: &str) -> Vec<Hit<'_>> {
        let scan = self.scan(text);
        let context = Context::new([&scan], None);
        self.all_hits(scan, &context)
    }

    /// Whether `text` holds the glossary's term `term`, in its citation form or a listed one, be it inside a longer term.
    #[must_use]
    pub fn holds(&self, text: &str, term: &str) -> bool {
        self.scan(text).terms().any(|(concept, index)| self.concepts[concept].terms[index].text == term)
    }
}

/// The concept that `text`, a term of `lang`, alone makes up.
fn concept_of(lang: Lang, text: String) -> Concept {
    let term = Term {
        text: text.clone(),
        lang: Some(lang),
        status: TermStatus::Preferred,
        superseded: false,
        case: Case::Any,
        mode: Mode::Stem,
        forms: Vec::new(),
        kind: Kind::Full,
        not_within: Vec::new(),
        first_use: None,
        why: None,
        gender: None,
        number: None,
    };
    Concept {
        id: text,
        domain: None,
        pos: None,
        definition: None,
        note: None,
        source: None,
        dnt: false,
        mandatory: false,
        not: Vec::new(),
        when: None,
        terms: vec![term],
    }
}

/// Finds `term` in `text`, both of the language `lang`: whole words, in any case, from left to right.
///
/// This is how [`Matcher::find`] sees a term in its citation form and of any case; it needs no glossary.
#[must_use]
pub fn occurrences(lang: Lang, text: &str, term: &str) -> Vec<Range<usize>> {
    let folded = Folded::new(text, lang, Letters::Fold);
    let term = Folded::new(term.trim(), lang, Letters::Fold);
    let Some(first) = term.as_str().chars().next() else { return Vec::new() };
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = folded.as_str()[from..].find(term.as_str()) {
        let span = from + at..from + at + term.as_str().len();
        if border::is_whole(folded.as_str(), &span) {
            found.push(folded.source(&span));
            from = span.end;
        } else {
            from = span.start + first.len_utf8();
        }
    }
    found
}

#[cfg(test)]
mod tests;
