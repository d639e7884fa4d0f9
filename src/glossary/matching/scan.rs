//! One pass over a text: what may be a term, and which conditions are met.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::PoisonError;

use super::cover::{self, Candidate};
use super::index::Role;
use super::readings::Nearness;
use super::walk::{Found, Walk};
use super::{Hit, Matcher, compare};
use crate::glossary::border;
use crate::glossary::concept::{Concept, Scope, Term};
use crate::glossary::fold::{Folded, Letters};
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

    /// Leaves one candidate of each term in each place: one in an allowed case, if there is, and the nearest of those.
    fn keep_nearest(&mut self) {
        self.candidates.sort_by(|one, other| {
            let key = |candidate: &Candidate| {
                (
                    candidate.folded.start,
                    candidate.folded.end,
                    candidate.concept,
                    candidate.term,
                    !candidate.cased,
                    candidate.how,
                )
            };
            key(one).cmp(&key(other))
        });
        self.candidates
            .dedup_by(|next, kept| (kept.concept, kept.term, &kept.folded) == (next.concept, next.term, &next.folded));
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
        if self.index.is_empty() {
            return scan;
        }
        let folded = Folded::new(text, self.lang, Letters::Fold);
        let mut blocked: BTreeMap<(usize, usize), Vec<Range<usize>>> = BTreeMap::new();
        self.each(folded.as_str(), |found| {
            let concept = found.pattern.concept;
            match found.pattern.role {
                Role::Condition => _ = scan.met.insert(concept),
                Role::Blocker { term } => blocked.entry((concept, term)).or_default().push(found.range),
                Role::Citation { .. } | Role::Form { .. } => {
                    scan.candidates.extend(self.candidate(text, &folded, found));
                }
            }
        });
        scan.candidates.retain(|candidate| {
            let blockers = blocked.get(&(candidate.concept, candidate.term)).map_or(&[][..], Vec::as_slice);
            !blockers.iter().any(|range| holds(range, &candidate.folded))
        });
        scan.keep_nearest();
        scan
    }

    /// Tells `found` all that the folded text `folded` holds.
    fn each<'m>(&'m self, folded: &str, mut found: impl FnMut(Found<'m>)) {
        let memories = || self.memories.lock().unwrap_or_else(PoisonError::into_inner);
        let mut readings = memories().pop().unwrap_or_default();
        Walk::new(&self.index, folded, &mut readings).run(&mut found);
        memories().push(readings);
        let Some(signs) = &self.index.signs else { return };
        for sign in signs.automaton.find_overlapping_iter(folded) {
            if border::is_whole(folded, &sign.range()) {
                let pattern = &signs.patterns[sign.pattern()];
                found(Found { pattern, range: sign.range(), nearness: Nearness::Written });
            }
        }
    }

    fn candidate(&self, text: &str, folded: &Folded, found: Found<'_>) -> Option<Candidate> {
        let concept = found.pattern.concept;
        let terms = &self.concepts[concept].terms;
        let (index, form) = match found.pattern.role {
            Role::Citation { term, .. } => (term, None),
            Role::Form { term, form } => (term, Some(form)),
            Role::Blocker { .. } | Role::Condition => return None,
        };
        let term = &terms[index];
        let range = folded.source(&found.range);
        let written = form.map_or(&term.text, |form| &term.forms[form]);
        let spelling = compare::compare(self.lang, &text[range.clone()], written, term.case, found.nearness)?;
        let how = if form.is_some() { MatchHow::Forms } else { spelling.how };
        Some(Candidate { concept, term: index, folded: found.range, range, how, cased: spelling.cased })
    }

    /// The terms of `scan` that count in `context` and are `wanted`, the longest first chosen, then put in order.
    pub(in crate::glossary) fn hits(
        &self,
        scan: Scan,
        context: &Context<'_>,
        wanted: impl Fn(&Term) -> bool,
    ) -> Vec<Hit<'_>> {
        let mut candidates = self.counting(scan, context);
        candidates.retain(|candidate| wanted(&self.concepts[candidate.concept].terms[candidate.term]));
        let chosen = cover::longest_first(candidates, &self.concepts);
        chosen.into_iter().map(|candidate| self.hit(candidate)).collect()
    }

    /// All terms of `scan` that count in `context`, by start, the longest first.
    pub(super) fn all_hits(&self, scan: Scan, context: &Context<'_>) -> Vec<Hit<'_>> {
        let mut candidates = self.counting(scan, context);
        candidates.sort_by_key(|candidate| (candidate.folded.start, Reverse(candidate.folded.end)));
        candidates.into_iter().map(|candidate| self.hit(candidate)).collect()
    }

    /// The candidates of `scan` that are in an allowed case, and whose conditions are met in `context`.
    fn counting(&self, mut scan: Scan, context: &Context<'_>) -> Vec<Candidate> {
        scan.candidates.retain(|candidate| {
            let concept = &self.concepts[candidate.concept];
            candidate.cased && context.allows(candidate.concept, concept, &scan.met)
        });
        scan.candidates
    }

    fn hit(&self, candidate: Candidate) -> Hit<'_> {
        let concept = &self.concepts[candidate.concept];
        Hit { concept, term: &concept.terms[candidate.term], range: candidate.range, how: candidate.how }
    }
}

fn same_name(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.to_lowercase()
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
