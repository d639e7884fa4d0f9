//! How much reviewers changed of what machines had translated: by segment, by backend, by concept.
//!
//! Only what a person looked at counts: a segment that nobody has opened says nothing of the machine. What no machine had
//! translated is no post-editing, and does not count.
//!
//! The measure is that of HTER: the least words to put in, cut or replace, of the words of the reviewed text. A word is what
//! white space parts, as CAT tools count; in languages that write words together it is a character.
//!
//! Laws: equal texts are no effort; edits are never more than the words of the longer text; sums do not depend on order.

mod terms;
mod texts;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{SegmentId, Translation};

pub use terms::{ConceptEffort, TermChange};

/// How much was changed of a translation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effort {
    /// The segments that a person looked at and a machine had translated, in reading order.
    pub segments: Vec<SegmentEffort>,
    /// The same by the backend that had translated them, by name.
    pub backends: Vec<BackendEffort>,
    /// The concepts whose terms the machine had right, by how often reviewers changed them, then by id.
    pub concepts: Vec<ConceptEffort>,
}

/// How much was changed of a segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentEffort {
    /// The segment; where several were joined, the first.
    pub segment: SegmentId,
    /// The backend that had translated it.
    pub backend: String,
    /// The edit distance in words.
    pub words: Distance,
    /// The edit distance in characters.
    pub characters: Distance,
    /// What was translated, where the translation was changed.
    pub source: String,
    /// What the machine had, where it was changed.
    pub before: String,
    /// What stands now, where it was changed.
    pub after: String,
}

/// An edit distance: how many units of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Distance {
    /// The least units to put in, cut or replace.
    pub edits: usize,
    /// The units of the reviewed text.
    pub length: usize,
}

/// How much was changed of what a backend had translated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackendEffort {
    /// The backend as the configuration names it.
    pub backend: String,
    /// Its segments that a person looked at.
    pub segments: usize,
    /// Those among them that were changed.
    pub changed: usize,
    /// The edit distance of all of them in words.
    pub words: Distance,
    /// The edit distance of all of them in characters.
    pub characters: Distance,
    /// Its segments by their distance in words: see [`Distance::class`].
    pub spread: [usize; CLASSES.len()],
}

/// The classes of distances in percent, each up to and with the one it names.
pub const CLASSES: [&str; 5] = ["0", "1 to 10", "11 to 25", "26 to 50", "over 50"];

/// Measures what was changed from `machine`, as it was exported, to `reviewed`, as it stands now. A segment of `reviewed`
/// may cover several of `machine`, from the one with its id on.
#[must_use]
pub fn of(machine: &Translation, reviewed: &Translation) -> Effort {
    let pairs = texts::pairs(machine, reviewed);
    let segments: Vec<SegmentEffort> = pairs.iter().map(|pair| pair.effort(reviewed.target)).collect();
    let mut backends = BTreeMap::new();
    for segment in &segments {
        add(&mut backends, &BackendEffort::of(segment));
    }
    Effort { backends: backends.into_values().collect(), concepts: terms::of(&pairs), segments }
}

impl Effort {
    /// Puts the sums of several articles together, by backend and by concept; the segments stay with their articles.
    #[must_use]
    pub fn sum<'a>(efforts: impl IntoIterator<Item = &'a Self>) -> Self {
        let (mut backends, mut concepts) = (BTreeMap::new(), Vec::new());
        for effort in efforts {
            for backend in &effort.backends {
                add(&mut backends, backend);
            }
            concepts.extend(effort.concepts.iter().cloned());
        }
        Self { segments: Vec::new(), backends: backends.into_values().collect(), concepts: terms::sum(concepts) }
    }
}

fn add(backends: &mut BTreeMap<String, BackendEffort>, one: &BackendEffort) {
    let sum = backends.entry(one.backend.clone()).or_default();
    sum.backend.clone_from(&one.backend);
    sum.segments += one.segments;
    sum.changed += one.changed;
    sum.words.add(one.words);
    sum.characters.add(one.characters);
    sum.spread.iter_mut().zip(one.spread).for_each(|(sum, count)| *sum += count);
}

impl BackendEffort {
    fn of(segment: &SegmentEffort) -> Self {
        let mut spread = [0; CLASSES.len()];
        spread[segment.words.class()] = 1;
        Self {
            backend: segment.backend.clone(),
            segments: 1,
            changed: usize::from(segment.characters.edits > 0),
            words: segment.words,
            characters: segment.characters,
            spread,
        }
    }
}

impl Distance {
    /// The distance in percent of the reviewed text, rounded up, so that only 0 is 0; 100 for a text that is gone.
    #[must_use]
    pub fn percent(self) -> usize {
        match self {
            Self { edits: 0, .. } => 0,
            Self { length: 0, .. } => 100,
            Self { edits, length } => (edits * 100).div_ceil(length),
        }
    }

    /// The place of the class of this distance in [`CLASSES`].
    #[must_use]
    pub fn class(self) -> usize {
        match self.percent() {
            0 => 0,
            1..=10 => 1,
            11..=25 => 2,
            26..=50 => 3,
            _ => 4,
        }
    }

    fn add(&mut self, other: Self) {
        self.edits += other.edits;
        self.length += other.length;
    }
}

#[cfg(test)]
mod tests;
