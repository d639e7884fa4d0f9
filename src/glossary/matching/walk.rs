//! Following the words of a text through the trie, from every start.
//!
//! Law: every pattern that the text holds is told, also those inside longer ones and those that overlap.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::index::{Index, Pattern, Role};
use super::readings::{Nearness, Reading, Readings};
use super::trie::{Gap, Place};
use crate::glossary::border::{self, Piece};

/// A pattern in the text.
#[derive(Debug)]
pub(super) struct Found<'i> {
    pub(super) pattern: &'i Pattern,
    /// Bytes of the folded text.
    pub(super) range: Range<usize>,
    pub(super) nearness: Nearness,
}

/// A folded text, each word of it with the units that it may be.
pub(super) struct Walk<'i, 't> {
    index: &'i Index,
    text: &'t str,
    pieces: Vec<Piece>,
    /// For each piece which readings are its own.
    own: Vec<Range<usize>>,
    readings: &'t [Reading],
}

/// How far a path was followed.
#[derive(Debug, Clone, Copy)]
struct Step {
    place: Place,
    /// The piece after it.
    next: usize,
    nearness: Nearness,
    /// How the first word was read: its stem is looked at last, since most paths end before.
    first: Reading,
}

impl<'i, 't> Walk<'i, 't> {
    pub(super) fn new(index: &'i Index, text: &'t str, readings: &'t mut Readings) -> Self {
        let pieces = border::pieces(text);
        readings.make_room();
        let own = pieces.iter().map(|piece| {
            let text = &text[piece.range.clone()];
            match text.chars().next().filter(|_| !piece.is_word) {
                Some(char) => readings.of_character(index, char),
                None => readings.of_word(index, text),
            }
        });
        let own = own.collect();
        Self { index, text, pieces, own, readings: readings.all() }
    }

    /// Tells `found` every pattern in the text.
    pub(super) fn run(&self, mut found: impl FnMut(Found<'i>)) {
        let mut steps = Vec::new();
        for start in 0..self.pieces.len() {
            for reading in self.readings(start) {
                let Some(root) = reading.root else { continue };
                let goes_on = self.readings(start + 1).iter().any(|next| root.may_lead_to(next.unit));
                if root.is_end || goes_on {
                    steps.push(Step { place: root, next: start + 1, nearness: reading.nearness, first: *reading });
                }
            }
            while let Some(step) = steps.pop() {
                if step.place.is_end {
                    self.tell(start, &step, &mut found);
                }
                self.follow(&step, &mut steps);
            }
        }
    }

    /// Tells the patterns that end after `step`.
    fn tell(&self, start: usize, step: &Step, found: &mut impl FnMut(Found<'i>)) {
        for pattern in self.index.trie.ends(&step.place) {
            let pattern = &self.index.patterns[pattern];
            let range = self.pieces[start].range.start..self.pieces[step.next - 1].range.end;
            let Some(range) = self.around(pattern, range) else { continue };
            let inflected = matches!(pattern.role, Role::Citation { inflected: true, .. });
            if step.nearness == Nearness::Written || (inflected && self.is_stemmed(start, &step.first)) {
                found(Found { pattern, range, nearness: step.nearness });
            }
        }
    }

    /// `range` with what the pattern has before and after its words; nothing where the text has something else there.
    fn around(&self, pattern: &Pattern, range: Range<usize>) -> Option<Range<usize>> {
        let range = match pattern.around.as_deref() {
            None => range,
            Some((before, after)) => {
                let starts = self.text[..range.start].ends_with(before);
                let ends = self.text[range.end..].starts_with(after);
                (starts && ends).then(|| range.start - before.len()..range.end + after.len())?
            }
        };
        let parts_a_letter = self.text[range.end..].chars().next().is_some_and(is_combining_mark);
        (!parts_a_letter).then_some(range)
    }

    fn follow(&self, step: &Step, steps: &mut Vec<Step>) {
        let (Some(before), Some(piece)) = (self.pieces.get(step.next - 1), self.pieces.get(step.next)) else { return };
        let Some(gap) = self.index.trie.gap(&self.text[before.range.end..piece.range.start]) else { return };
        let may_follow = |reading: &&Reading| step.place.may_lead_to(reading.unit);
        for reading in self.readings(step.next).iter().filter(may_follow) {
            let mut to = |gap: Gap, joined: Nearness| {
                let Some(place) = self.index.trie.next(&step.place, gap, reading.unit) else { return };
                if self.is_stemmed(step.next, reading) {
                    let nearness = step.nearness.max(reading.nearness).max(joined);
                    steps.push(Step { place, next: step.next + 1, nearness, ..*step });
                }
            };
            to(gap, Nearness::Written);
            if let Some(other) = gap.other() {
                to(other, Nearness::Inflected);
            }
        }
    }

    /// Whether the piece's word has the stem by which it was read, where it was read by that.
    fn is_stemmed(&self, piece: usize, reading: &Reading) -> bool {
        if reading.nearness != Nearness::Stemmed {
            return true;
        }
        let word = &self.text[self.pieces[piece].range.clone()];
        let stem = self.index.rules.and_then(|rules| rules.stem(word));
        stem.is_some_and(|stem| stem == word[..reading.stem as usize])
    }

    /// What the piece may be; nothing where there is no such piece.
    fn readings(&self, piece: usize) -> &[Reading] {
        self.own.get(piece).map_or(&[], |own| &self.readings[own.clone()])
    }
}
