//! Following the words of a text through the trie, from every start.
//!
//! Law: every pattern that the text holds is told, also those inside longer ones and those that overlap.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::border::{self, Piece};
use super::index::{Index, Pattern, Role};
use super::lexicon::{By, Hash, Unit};
use super::trie::{Gap, Node};

/// How near what stands in the text is to what a pattern says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// Letter for letter, but for what folding takes away.
    Written,
    /// Inflected by rule.
    Inflected,
    /// By the Snowball stem of at least one word.
    Stemmed,
}

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
    readings: Vec<Reading>,
    /// For each piece where its readings begin; the last one is where they end.
    begins: Vec<usize>,
}

/// A unit that a word may be.
#[derive(Debug, Clone, Copy)]
struct Reading {
    unit: Unit,
    nearness: Nearness,
    /// How many bytes of the word would be its stem, where it is to be read by that.
    stem: usize,
}

/// How far a path was followed.
#[derive(Debug, Clone, Copy)]
struct Step {
    node: Node,
    /// The piece after it.
    next: usize,
    nearness: Nearness,
    /// How the first word was read: its stem is looked at last, since most paths end before.
    first: Reading,
}

impl<'i, 't> Walk<'i, 't> {
    pub(super) fn new(index: &'i Index, text: &'t str) -> Self {
        let pieces = border::pieces(text);
        let mut walk = Self { index, text, readings: Vec::new(), begins: Vec::with_capacity(pieces.len() + 1), pieces };
        let mut cuts = Vec::new();
        for at in 0..walk.pieces.len() {
            walk.begins.push(walk.readings.len());
            walk.read(at, &mut cuts);
        }
        walk.begins.push(walk.readings.len());
        walk
    }

    /// Tells `found` every pattern in the text.
    pub(super) fn run(&self, mut found: impl FnMut(Found<'i>)) {
        let mut steps = Vec::new();
        for start in 0..self.pieces.len() {
            for reading in self.readings(start) {
                if let Some(node) = self.index.trie.root(reading.unit) {
                    steps.push(Step { node, next: start + 1, nearness: reading.nearness, first: *reading });
                }
            }
            while let Some(step) = steps.pop() {
                self.tell(start, &step, &mut found);
                self.follow(&step, &mut steps);
            }
        }
    }

    /// Tells the patterns that end after `step`.
    fn tell(&self, start: usize, step: &Step, found: &mut impl FnMut(Found<'i>)) {
        for pattern in self.index.trie.ends(step.node) {
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
        for reading in self.readings(step.next) {
            let mut to = |gap: Gap, joined: Nearness| {
                let Some(node) = self.index.trie.next(step.node, gap, reading.unit) else { return };
                if self.is_stemmed(step.next, reading) {
                    let nearness = step.nearness.max(reading.nearness).max(joined);
                    steps.push(Step { node, next: step.next + 1, nearness, ..*step });
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
        stem.is_some_and(|stem| stem == word[..reading.stem])
    }

    fn readings(&self, piece: usize) -> &[Reading] {
        &self.readings[self.begins[piece]..self.begins[piece + 1]]
    }

    /// Looks up what the piece may be: whole, cut short, and after a clitic.
    fn read(&mut self, piece: usize, cuts: &mut Vec<(usize, Hash)>) {
        let Piece { range, is_word } = self.pieces[piece].clone();
        let word = &self.text[range];
        let longest = if is_word { self.index.longest } else { 0 };
        self.look_up(word, longest, cuts, false);
        let Some(rules) = self.index.rules.filter(|_| is_word) else { return };
        for clitic in rules.clitics() {
            if let Some(rest) = word.strip_prefix(clitic.as_str()).filter(|rest| !rest.is_empty()) {
                self.look_up(rest, longest, cuts, true);
            }
        }
    }

    /// Looks up `word` and what is left of it without up to `longest` characters of its end.
    fn look_up(&mut self, word: &'t str, longest: usize, cuts: &mut Vec<(usize, Hash)>, after_clitic: bool) {
        prefixes(word, longest, cuts);
        let index = self.index;
        for (end, hash) in cuts.drain(..) {
            let (stem, ending) = word.split_at(end);
            for (unit, by) in index.lexicon.links(hash, stem) {
                let nearness = match by {
                    By::Whole if ending.is_empty() && !after_clitic => Nearness::Written,
                    By::Rule { endings, clitics } if clitics || !after_clitic => {
                        let ends = index
                            .rules
                            .is_some_and(|rules| rules.ends(endings, ending) && !rules.is_function_word(word));
                        if !ends {
                            continue;
                        }
                        Nearness::Inflected
                    }
                    By::Stem if !after_clitic => Nearness::Stemmed,
                    _ => continue,
                };
                self.note(Reading { unit, nearness, stem: end });
            }
        }
    }

    /// Adds a reading of the last piece that was begun; the nearest of each unit stays.
    fn note(&mut self, reading: Reading) {
        let begin = self.begins.last().copied().unwrap_or_default();
        match self.readings[begin..].iter_mut().find(|other| other.unit == reading.unit) {
            Some(other) if other.nearness <= reading.nearness => {}
            Some(other) => *other = reading,
            None => self.readings.push(reading),
        }
    }
}

/// The ends of `word` without none to `longest` characters of its end, and the hashes of what is left, longest first.
fn prefixes(word: &str, longest: usize, cuts: &mut Vec<(usize, Hash)>) {
    let last = word.char_indices().rev().take(longest + 1).last().map_or(0, |(at, _)| at);
    let mut hash = Hash::EMPTY;
    for (at, byte) in word.bytes().enumerate() {
        hash = hash.add(byte);
        if at >= last && word.is_char_boundary(at + 1) {
            cuts.push((at + 1, hash));
        }
    }
    cuts.reverse();
}
