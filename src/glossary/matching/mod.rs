//! Finding terms in a text: the same code for sources and translations.
//!
//! A text and the terms are folded alike (`fold`), one automaton finds all spellings at every start, whole words
//! (`border`) in the right case stay, those inside a term's `not_within` go, and the longest win (`cover`).
//!
//! Laws: hits never overlap and are in order; each lies on character borders and folds to a spelling of its term;
//! canonically equivalent texts have the same hits; what is found does not depend on the order of the concepts.

mod border;
mod cover;
mod fold;
mod scan;

use std::ops::Range;
use std::sync::Arc;

use aho_corasick::AhoCorasick;

pub(in crate::glossary) use self::cover::Candidate;
pub(in crate::glossary) use self::fold::is_blank;
use self::fold::{Folded, Letters};
pub(in crate::glossary) use self::scan::{Context, Scan};
use super::concept::{Concept, Mode, Term};
use crate::model::{Lang, MatchHow};

/// Finds the glossary's terms of one language.
#[derive(Debug)]
pub struct Matcher {
    lang: Lang,
    concepts: Arc<[Concept]>,
    automaton: AhoCorasick,
    /// What each pattern of the automaton stands for.
    patterns: Vec<Pattern>,
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

#[derive(Debug)]
struct Pattern {
    /// Index of the concept.
    concept: usize,
    role: Role,
}

#[derive(Debug)]
enum Role {
    /// The term at index `term` of the concept, as `written`: folded, but for case.
    Spelling { term: usize, written: String, is_form: bool },
    /// What the term at index `term` is not to be found inside of.
    Blocker { term: usize },
    /// What has to occur for the concept to be recognised.
    Condition,
}

impl Matcher {
    /// Makes ready to find the terms of `concepts` in texts of `lang`.
    pub(super) fn new(concepts: &Arc<[Concept]>, lang: Lang) -> Self {
        let mut patterns = Patterns { lang, folded: Vec::new(), roles: Vec::new() };
        for (index, concept) in concepts.iter().enumerate() {
            patterns.concept(index, concept);
        }
        let automaton = AhoCorasick::new(&patterns.folded).expect("a glossary of less than 2 GiB");
        Self { lang, concepts: Arc::clone(concepts), automaton, patterns: patterns.roles }
    }

    /// Finds the terms in `text`, whatever their status, as if it were a whole article.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Hit<'_>> {
        let scan = self.scan(text);
        let context = Context::new([&scan], None);
        self.hits(scan, &context, |_| true)
    }

    /// Whether `text` holds the glossary's term `term`, in its citation form or a listed one, be it inside a longer term.
    #[must_use]
    pub fn holds(&self, text: &str, term: &str) -> bool {
        self.scan(text).terms().any(|(concept, index)| self.concepts[concept].terms[index].text == term)
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

/// The patterns of an automaton in the making.
struct Patterns {
    lang: Lang,
    folded: Vec<String>,
    roles: Vec<Pattern>,
}

impl Patterns {
    fn concept(&mut self, concept: usize, what: &Concept) {
        for (index, term) in what.terms.iter().enumerate() {
            if term.reach(self.lang).is_some() {
                self.term(concept, index, term);
            }
        }
        for condition in what.when.iter().flat_map(|when| &when.source_any) {
            self.push(condition, Pattern { concept, role: Role::Condition });
        }
    }

    fn term(&mut self, concept: usize, index: usize, term: &Term) {
        self.spelling(concept, index, &term.text, false);
        let forms: &[String] = if term.mode == Mode::Exact { &[] } else { &term.forms };
        for form in forms {
            self.spelling(concept, index, form, true);
        }
        for blocker in &term.not_within {
            self.push(blocker, Pattern { concept, role: Role::Blocker { term: index } });
        }
    }

    fn spelling(&mut self, concept: usize, term: usize, text: &str, is_form: bool) {
        let written = Folded::new(text, self.lang, Letters::Keep).into_string();
        self.push(text, Pattern { concept, role: Role::Spelling { term, written, is_form } });
    }

    /// Adds a pattern; one that folds to nothing is left out, since it would be found everywhere.
    fn push(&mut self, text: &str, pattern: Pattern) {
        let folded = Folded::new(text, self.lang, Letters::Fold).into_string();
        if !folded.is_empty() {
            self.folded.push(folded);
            self.roles.push(pattern);
        }
    }
}

#[cfg(test)]
mod tests;
