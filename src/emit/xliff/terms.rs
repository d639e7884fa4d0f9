//! The terms of a passage: entries for its glossary and, in the full profile, marks in its texts.

use std::ops::Range;

use crate::model::{Outcome, Passage, TermHit, TermMade, Unit};
use crate::xliff::Coding;

use super::Profile;
use super::inline::{TermMark, fits};
use super::notes;

/// The terms of a passage that have a rendering.
#[derive(Debug, Default)]
pub(super) struct Terms<'a> {
    /// Each term once a segment, in the order of the text.
    pub(super) entries: Vec<Entry<'a>>,
    /// The marks in the source of each segment; none in the lean profile.
    pub(super) sources: Vec<Vec<TermMark<'a>>>,
    /// The marks in the translation of each segment; none in the lean profile.
    pub(super) targets: Vec<Vec<TermMark<'a>>>,
    /// How many marks there are in the sources.
    marks: usize,
}

/// An entry of the glossary of a passage.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// The segment.
    pub(super) unit: &'a Unit,
    /// The term.
    pub(super) hit: &'a TermHit,
    /// The number of the first mark on it.
    pub(super) mark: Option<usize>,
}

impl<'a> Terms<'a> {
    /// The terms of `passage`.
    pub(super) fn of(passage: &'a Passage<Unit>, coding: &Coding, profile: Profile) -> Self {
        let mut terms = Self::default();
        for (place, unit) in passage.segments.iter().enumerate() {
            let first = terms.entries.len();
            let rendered = notes::distinct(&unit.terms).filter(|hit| hit.is_rendered());
            terms.entries.extend(rendered.map(|hit| Entry { unit, hit, mark: None }));
            let source = match profile {
                Profile::Lean => Vec::new(),
                Profile::Full => terms.mark(first, unit, place, coding),
            };
            terms.targets.push(targets(unit, &source, place, coding));
            terms.sources.push(source.into_iter().map(|(_, mark)| mark).collect());
        }
        terms
    }

    /// Marks on the terms of a source, whose entries begin with the one at `first`.
    fn mark(&mut self, first: usize, unit: &'a Unit, place: usize, coding: &Coding) -> Vec<(&'a str, TermMark<'a>)> {
        let mut marks: Vec<(&str, TermMark)> = Vec::new();
        for hit in unit.terms.iter().filter(|hit| fits(coding.source(place), coding, &hit.range)) {
            let same = |entry: &Entry| (&entry.hit.concept, &entry.hit.term) == (&hit.concept, &hit.term);
            let Some(entry) = (first..self.entries.len()).find(|entry| same(&self.entries[*entry])) else { continue };
            if marks.iter().all(|(_, mark)| apart(&mark.range, &hit.range)) {
                self.marks += 1;
                self.entries[entry].mark.get_or_insert(self.marks);
                let rendering = hit.preferred().map_or("", |preferred| preferred.term.as_str());
                let mark = TermMark { range: hit.range.clone(), number: self.marks, entry: entry + 1, rendering };
                marks.push((&hit.concept, mark));
            }
        }
        marks
    }
}

/// Marks on what stands in the translation for the terms that `source` marks, each with its concept.
fn targets<'a>(unit: &Unit, source: &[(&str, TermMark<'a>)], place: usize, coding: &Coding) -> Vec<TermMark<'a>> {
    let (Outcome::Translated(target), Some(steps)) = (&unit.outcome, coding.target(place)) else { return Vec::new() };
    let mut made: Vec<&TermMade> = target.terms.iter().filter(|made| made.range.is_some()).collect();
    let mut marks: Vec<TermMark> = Vec::new();
    for (concept, mark) in source {
        let Some(at) = made.iter().position(|made| made.concept == *concept) else { continue };
        let Some(range) = made.remove(at).range.clone() else { continue };
        if fits(steps, coding, &range) && marks.iter().all(|mark| apart(&mark.range, &range)) {
            marks.push(TermMark { range, ..mark.clone() });
        }
    }
    marks
}

fn apart(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.end <= other.start || other.end <= one.start
}
