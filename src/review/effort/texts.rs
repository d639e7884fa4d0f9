//! Segments of the machine beside what stands in their place after review, and the distance between the two.

use std::collections::HashMap;
use std::hash::Hash;

use rapidfuzz::distance::levenshtein;

use super::{Distance, SegmentEffort};
use crate::model::{Lang, Outcome, Passage, SegmentId, Text, Translation, Unit, spacing};

/// What a machine had translated, and the segment that stands in its place.
pub(super) struct Pair<'a> {
    pub(super) reviewed: &'a Unit,
    /// The units of the machine that it covers, one or several.
    pub(super) machine: &'a [Unit],
    pub(super) backend: &'a str,
    /// The translation of those units, put together.
    pub(super) before: String,
    /// Where the translation of each begins in it; nothing for one without.
    pub(super) starts: Vec<Option<usize>>,
}

/// The segments that a person looked at and a machine had translated, in reading order.
pub(super) fn pairs<'a>(machine: &'a Translation, reviewed: &'a Translation) -> Vec<Pair<'a>> {
    let mut pairs = Vec::new();
    for now in &reviewed.document.passages {
        let Some(was) = machine.document.passages.iter().find(|passage| passage.id == now.id) else { continue };
        let place = |id: &SegmentId| was.segments.iter().position(|unit| unit.segment.id == *id);
        for (at, unit) in now.segments.iter().enumerate().filter(|(_, unit)| unit.review().is_some()) {
            let Some(start) = place(&unit.segment.id) else { continue };
            let end = now.segments.get(at + 1).and_then(|next| place(&next.segment.id)).unwrap_or(was.segments.len());
            let covered = was.segments.get(start..end).unwrap_or_default();
            pairs.extend(pair(unit, covered, was, machine.target));
        }
    }
    pairs
}

/// None where no machine translated any of `covered`.
fn pair<'a>(reviewed: &'a Unit, covered: &'a [Unit], was: &Passage<Unit>, target: Lang) -> Option<Pair<'a>> {
    let backend = covered.iter().find_map(|unit| match &unit.outcome {
        Outcome::Translated(made) if !made.provenance.is_person() => Some(made.provenance.backend.as_str()),
        _ => None,
    })?;
    let (mut before, mut starts) = (String::new(), Vec::new());
    for (place, unit) in (1..).zip(covered) {
        starts.push(unit.rendered().map(|_| before.len()));
        before.push_str(unit.rendered().map(Text::plain).unwrap_or_default());
        if place < covered.len() {
            before.push_str(spacing::between(&unit.segment.gap, was.lang, target, false));
        }
    }
    Some(Pair { reviewed, machine: covered, backend, before, starts })
}

impl Pair<'_> {
    /// What stands now.
    pub(super) fn after(&self) -> &str {
        self.reviewed.rendered().map(Text::plain).unwrap_or_default()
    }

    pub(super) fn effort(&self, target: Lang) -> SegmentEffort {
        let (before, after) = (self.before.as_str(), self.after());
        let shown = |text: &str| if before == after { String::new() } else { text.to_owned() };
        SegmentEffort {
            segment: self.reviewed.segment.id.clone(),
            backend: self.backend.to_owned(),
            words: distance(&words(before, target), &words(after, target)),
            characters: distance(&before.chars().collect::<Vec<_>>(), &after.chars().collect::<Vec<_>>()),
            source: shown(self.reviewed.segment.text.plain()),
            before: shown(before),
            after: shown(after),
        }
    }
}

/// The words of a text: what white space parts; every other character in a language that writes words together.
fn words(text: &str, lang: Lang) -> Vec<&str> {
    if !lang.is_unspaced() {
        return text.split_whitespace().collect();
    }
    let characters = text.char_indices().filter(|(_, char)| !char.is_whitespace());
    characters.map(|(at, char)| &text[at..at + char.len_utf8()]).collect()
}

fn distance<T: Eq + Hash>(before: &[T], after: &[T]) -> Distance {
    let mut numbers: HashMap<&T, u64> = HashMap::new();
    let [before, after] = [before, after].map(|side| {
        let number = |unit| {
            let next = numbers.len() as u64;
            *numbers.entry(unit).or_insert(next)
        };
        side.iter().map(number).collect::<Vec<u64>>()
    });
    let length = after.len();
    Distance { edits: levenshtein::distance(before, after), length }
}
