//! One pass over a text: what may be a term, and which conditions are met.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::cover::{self, Candidate};
use super::fold::{Folded, Letters};
use super::{Hit, Matcher, Role, border};
use crate::glossary::concept::{Case, Concept, Scope, Term};
use crate::model::MatchHow;

/// What one pass over a text found.
#[derive(Debug, Default)]
pub(in crate::glossary) struct Scan {
    candidates: Vec<Candidate>,
    /// Concepts of which a condition occurs in the text.
    met: BTreeSet<usize>,
}

/// What an article as a whole says to the conditions of concepts.
#[derive(Debug)]
pub(in crate::glossary) struct Context<'a> {
    /// Concepts of which a condition occurs somewhere in the article.
    met: BTreeSet<usize>,
    section: Option<&'a str>,
}

impl Scan {
    /// All that may be a term, each as the indices of its concept and of the term in it.
    pub(super) fn terms(&self) -> impl Iterator<Item = (usize, usize)> {
        self.candidates.iter().filter(|candidate| candidate.cased).map(|candidate| (candidate.concept, candidate.term))
    }

    /// All that may be a term, whatever its condition and its case.
    pub(in crate::glossary) fn into_candidates(self) -> Vec<Candidate> {
        self.candidates
    }
}

impl<'a> Context<'a> {
    /// The context that the `scans` of all segments make up, in an article of the section `section`.
    pub(in crate::glossary) fn new<'s>(scans: impl IntoIterator<Item = &'s Scan>, section: Option<&'a str>) -> Self {
        Self { met: scans.into_iter().flat_map(|scan| scan.met.iter().copied()).collect(), section }
    }

    /// Whether the concept at `index` is to be recognised in a segment that meets the conditions `here`.
    fn allows(&self, index: usize, concept: &Concept, here: &BTreeSet<usize>) -> bool {
        let Some(when) = &concept.when else { return true };
        let met = match when.scope {
            Scope::Document => &self.met,
            Scope::Segment => here,
        };
        let is_section = |domain: &String| self.section.is_some_and(|section| same_name(section, domain));
        (when.source_any.is_empty() || met.contains(&index))
            && (when.domain_any.is_empty() || when.domain_any.iter().any(is_section))
    }
}

impl Matcher {
    /// Looks for everything that may be a term in `text`, and for what conditions ask for.
    pub(in crate::glossary) fn scan(&self, text: &str) -> Scan {
        let mut scan = Scan::default();
        if self.patterns.is_empty() {
            return scan;
        }
        let folded = Folded::new(text, self.lang, Letters::Fold);
        let mut blocked: BTreeMap<(usize, usize), Vec<Range<usize>>> = BTreeMap::new();
        for found in self.automaton.find_overlapping_iter(folded.as_str()) {
            if !border::is_whole(folded.as_str(), &found.range()) {
                continue;
            }
            let pattern = &self.patterns[found.pattern()];
            let concept = pattern.concept;
            match &pattern.role {
                Role::Condition => _ = scan.met.insert(concept),
                Role::Blocker { term } => blocked.entry((concept, *term)).or_default().push(found.range()),
                Role::Spelling { term, written, is_form } => {
                    let range = folded.source(&found.range());
                    let case = self.concepts[concept].terms[*term].case;
                    let (exactly, cased) = self.compare(&text[range.clone()], written, case);
                    let how = if *is_form { MatchHow::Forms } else { exactly };
                    scan.candidates.push(Candidate { concept, term: *term, folded: found.range(), range, how, cased });
                }
            }
        }
        scan.candidates.retain(|candidate| {
            let blockers = blocked.get(&(candidate.concept, candidate.term)).map_or(&[][..], Vec::as_slice);
            !blockers.iter().any(|range| holds(range, &candidate.folded))
        });
        scan
    }

    /// The terms of `scan` that count in `context` and are `wanted`, the longest first chosen, then put in order.
    pub(in crate::glossary) fn hits(
        &self,
        mut scan: Scan,
        context: &Context<'_>,
        wanted: impl Fn(&Term) -> bool,
    ) -> Vec<Hit<'_>> {
        scan.candidates.retain(|candidate| {
            let concept = &self.concepts[candidate.concept];
            candidate.cased
                && wanted(&concept.terms[candidate.term])
                && context.allows(candidate.concept, concept, &scan.met)
        });
        let chosen = cover::longest_first(scan.candidates, &self.concepts);
        let hit = |chosen: Candidate| {
            let concept = &self.concepts[chosen.concept];
            Hit { concept, term: &concept.terms[chosen.term], range: chosen.range, how: chosen.how }
        };
        chosen.into_iter().map(hit).collect()
    }

    /// How `text` spells what is `written`, and whether `case` allows it.
    fn compare(&self, text: &str, written: &str, case: Case) -> (MatchHow, bool) {
        let text = Folded::new(text, self.lang, Letters::Keep);
        if text.as_str() == written {
            return (MatchHow::Exact, true);
        }
        let is_allowed = match case {
            Case::Any => true,
            Case::First => is_capitalised(text.as_str(), written),
            Case::Exact => false,
        };
        (MatchHow::Case, is_allowed)
    }
}

/// Whether `text` is what is `written` with a capital first.
fn is_capitalised(text: &str, written: &str) -> bool {
    let (mut text, mut written) = (text.chars(), written.chars());
    match (text.next(), written.next()) {
        (Some(capital), Some(first)) => first.to_uppercase().eq([capital]) && text.as_str() == written.as_str(),
        _ => false,
    }
}

fn same_name(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.to_lowercase()
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
