//! Marks that go on from one sentence of a passage to the next.

use crate::model::{Mark, MarkKind, Passage, Text, Unit};

/// A mark that begins in one sentence and ends in a later one.
#[derive(Debug, Clone)]
pub(super) struct Run {
    mark: u32,
    kind: MarkKind,
    /// The place, from 0, of the sentence in which it begins.
    pub(super) first: usize,
    /// The place of the one in which it ends.
    pub(super) last: usize,
    /// The number of its code; 0 until it has one.
    pub(super) code: u32,
}

impl Run {
    /// Whether `mark`, of the segment at `place`, is a part of it.
    pub(super) fn holds(&self, place: usize, mark: &Mark) -> bool {
        (self.first..=self.last).contains(&place) && self.mark == mark.id && self.kind == mark.kind
    }
}

/// The marks that go on from sentence to sentence, in the sources and in all their translations alike.
pub(super) fn of(passage: &Passage<Unit>) -> Vec<Run> {
    let units = &passage.segments;
    let sources: Vec<&Text> = units.iter().map(|unit| &unit.segment.text).collect();
    let targets: Vec<Option<&Text>> = units.iter().map(Unit::rendered).collect();
    let mut runs: Vec<Run> = Vec::new();
    for (first, source) in sources.iter().enumerate() {
        for mark in source.marks().iter().filter(|mark| goes_on(source, mark)) {
            if runs.iter().any(|run| run.holds(first, mark)) {
                continue;
            }
            let joined = |place: &usize| goes_on(sources[place - 1], mark) && comes_in(sources[*place], mark);
            let last = (first + 1..sources.len()).take_while(joined).last().unwrap_or(first);
            if last > first && follows(&targets[first..=last], mark) {
                runs.push(Run { mark: mark.id, kind: mark.kind.clone(), first, last, code: 0 });
            }
        }
    }
    runs
}

/// Whether `mark` goes on through all of `targets`, from the first to the last; so it does where none is translated.
fn follows(targets: &[Option<&Text>], mark: &Mark) -> bool {
    if targets.iter().all(Option::is_none) {
        return true;
    }
    let last = targets.len() - 1;
    (0..).zip(targets).all(|(place, text)| {
        text.is_some_and(|text| (place == 0 || comes_in(text, mark)) && (place == last || goes_on(text, mark)))
    })
}

/// Whether `mark` goes to the end of `text`.
fn goes_on(text: &Text, mark: &Mark) -> bool {
    sole(text, mark).is_some_and(|own| own.range.end == text.plain().len())
}

/// Whether `mark` is there from the start of `text`.
fn comes_in(text: &Text, mark: &Mark) -> bool {
    sole(text, mark).is_some_and(|own| own.range.start == 0)
}

/// The mark of `text` that is the same as `mark`, where there is one and no other.
fn sole<'a>(text: &'a Text, mark: &Mark) -> Option<&'a Mark> {
    let mut same = text.marks().iter().filter(|own| own.id == mark.id);
    same.next().filter(|own| own.kind == mark.kind && same.next().is_none())
}
