//! Which terms of the glossary reviewers change where the machine had them.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::texts::Pair;
use crate::model::{Outcome, SegmentId, TermMade, Unit};
use crate::review::diff::{self, Piece};

/// How many characters may stand instead of a term: more is another sentence.
const INSTEAD: usize = 80;

/// What reviewers made of the terms of a concept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConceptEffort {
    /// The id of the concept.
    pub concept: String,
    /// How often the machine had a required term of it.
    pub stood: usize,
    /// Where such a term no longer stands, in reading order.
    pub changes: Vec<TermChange>,
}

/// A required term that no longer stands where the machine had it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermChange {
    /// The segment.
    pub segment: SegmentId,
    /// What stood there.
    pub stood: String,
    /// What stands instead, where that can be said; empty where the term was cut.
    pub instead: Option<String>,
}

/// What became of the terms of `pairs`.
pub(super) fn of(pairs: &[Pair]) -> Vec<ConceptEffort> {
    let mut concepts = Vec::new();
    for pair in pairs {
        let mut stood: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
        for (unit, start) in pair.machine.iter().zip(&pair.starts) {
            let Some(start) = start else { continue };
            for (concept, range) in standing(unit) {
                stood.entry(concept).or_default().push(range.start + start..range.end + start);
            }
        }
        concepts.extend(stood.into_iter().map(|(concept, ranges)| one(pair, concept, &ranges)));
    }
    sum(concepts)
}

/// Puts what is of one concept together; those that were changed most come first.
pub(super) fn sum(efforts: Vec<ConceptEffort>) -> Vec<ConceptEffort> {
    let mut sums: BTreeMap<String, ConceptEffort> = BTreeMap::new();
    for effort in efforts {
        let empty = || ConceptEffort { concept: effort.concept.clone(), stood: 0, changes: Vec::new() };
        let sum = sums.entry(effort.concept.clone()).or_insert_with(empty);
        sum.stood += effort.stood;
        sum.changes.extend(effort.changes);
    }
    let mut sums: Vec<ConceptEffort> = sums.into_values().collect();
    sums.sort_by_key(|sum| std::cmp::Reverse(sum.changes.len()));
    sums
}

/// The terms that stand in the translation of a unit: their concepts and where.
fn standing(unit: &Unit) -> impl Iterator<Item = (&str, Range<usize>)> {
    let made: &[TermMade] = match &unit.outcome {
        Outcome::Translated(target) => &target.terms,
        Outcome::Kept(_) | Outcome::Failed(_) => &[],
    };
    let ranges = made.iter().filter_map(|made| Some((made.concept.as_str(), made.range.clone()?)));
    ranges.filter(|(_, range)| !range.is_empty())
}

/// What became of a concept in a segment: as many terms as are fewer now were changed, those first whose words were.
fn one(pair: &Pair, concept: &str, stood: &[Range<usize>]) -> ConceptEffort {
    let stands = standing(pair.reviewed).filter(|(id, _)| *id == concept).count();
    let lost = stood.len().saturating_sub(stands);
    let pieces = if lost == 0 { Vec::new() } else { diff::words(&pair.before, pair.after()) };
    let mut changes: Vec<TermChange> = Vec::new();
    for range in stood {
        let term = pair.before.get(range.clone()).unwrap_or_default();
        let now = instead(&pieces, pair.after(), range);
        if now != term && changes.len() < lost {
            let instead = Some(now.trim().to_owned()).filter(|now| now.chars().count() <= INSTEAD);
            changes.push(TermChange { segment: pair.reviewed.segment.id.clone(), stood: term.to_owned(), instead });
        }
    }
    ConceptEffort { concept: concept.to_owned(), stood: stood.len(), changes }
}

/// What stands in the text after where `range` stood in the text before: from what became of its start to what became of
/// its end.
fn instead<'a>(pieces: &[Piece], after: &'a str, range: &Range<usize>) -> &'a str {
    let (mut old, mut new) = (0, 0);
    let (mut start, mut end) = (None, None);
    let mut pieces = pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Same(text) => {
                let stretch = old..old + text.len();
                start = start.or_else(|| stretch.contains(&range.start).then(|| new + range.start - old));
                end = end.or_else(|| stretch.contains(&(range.end - 1)).then(|| new + range.end - old));
                (old, new) = (stretch.end, new + text.len());
            }
            Piece::Cut(text) => {
                let stretch = old..old + text.len();
                let put = match pieces.peek() {
                    Some(Piece::Put(put)) => put.len(),
                    _ => 0,
                };
                start = start.or_else(|| stretch.contains(&range.start).then_some(new));
                end = end.or_else(|| stretch.contains(&(range.end - 1)).then_some(new + put));
                old = stretch.end;
            }
            Piece::Put(text) => new += text.len(),
        }
    }
    let (Some(start), Some(end)) = (start, end) else { return "" };
    after.get(start..end).unwrap_or_default()
}
