//! What the words of texts may be, each looked up once.
//!
//! Law: what a word may be depends on the word alone, so that what is remembered changes nothing but the time. Running text
//! says the same words again and again; what is kept of them is bounded.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::index::{Index, is_on};
use super::lexicon::{By, Hash, Unit};
use super::trie::{Place, count};

/// How many words are remembered, and of how many bytes each at most.
const WORDS: usize = 1 << 16;
const LENGTH: usize = 64;
/// How many readings are remembered.
const READINGS: usize = 1 << 20;

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

/// A unit that a word may be, with what the trie says of it at the start of a path: looked up here, next to one another, it
/// need not be looked for all over the trie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub(super) unit: Unit,
    pub(super) nearness: Nearness,
    /// How many bytes of the word would be its stem, where it is to be read by that.
    pub(super) stem: u32,
    /// The node at the start of a path, if any term begins so.
    pub(super) root: Option<Place>,
}

/// The readings of words, those that were seen before remembered.
#[derive(Debug, Default)]
pub(super) struct Readings {
    words: FxHashMap<Box<str>, Range<usize>>,
    characters: FxHashMap<char, Range<usize>>,
    found: Vec<Reading>,
    /// Where the word that is being looked up may be cut, kept for its memory.
    cuts: Vec<(usize, Hash)>,
}

impl Readings {
    /// Forgets everything where there is too much of it; what was answered before no longer holds.
    pub(super) fn make_room(&mut self) {
        if self.words.len() + self.characters.len() > WORDS || self.found.len() > READINGS {
            self.words.clear();
            self.characters.clear();
            self.found.clear();
        }
    }

    /// All readings; what [`Readings::of_word`] and [`Readings::of_character`] answer are places in it.
    pub(super) fn all(&self) -> &[Reading] {
        &self.found
    }

    /// The readings of the word `text`.
    pub(super) fn of_word(&mut self, index: &Index, text: &str) -> Range<usize> {
        if let Some(known) = self.words.get(text) {
            return known.clone();
        }
        let begin = self.found.len();
        self.look_up(index, text, index.longest, begin, false);
        for clitic in index.clitics() {
            if let Some(rest) = text.strip_prefix(clitic.as_str()).filter(|rest| !rest.is_empty()) {
                self.look_up(index, rest, index.longest, begin, true);
            }
        }
        let own = begin..self.found.len();
        if text.len() <= LENGTH {
            self.words.insert(text.into(), own.clone());
        }
        own
    }

    /// The readings of `char`, of a script without spaces.
    pub(super) fn of_character(&mut self, index: &Index, char: char) -> Range<usize> {
        if let Some(known) = self.characters.get(&char) {
            return known.clone();
        }
        let begin = self.found.len();
        self.look_up(index, char.encode_utf8(&mut [0; 4]), 0, begin, false);
        self.characters.insert(char, begin..self.found.len());
        begin..self.found.len()
    }

    /// Looks up `word` and what is left of it without up to `longest` characters of its end.
    fn look_up(&mut self, index: &Index, word: &str, longest: usize, begin: usize, after_clitic: bool) {
        prefixes(word, longest, &mut self.cuts);
        let mut inflects = None;
        let cuts = std::mem::take(&mut self.cuts);
        for &(end, hash) in &cuts {
            let (stem, ending) = word.split_at(end);
            let links = index.lexicon.links(hash, stem);
            if links.is_empty() {
                continue;
            }
            let lists = index.endings.lists(ending);
            for link in links {
                let nearness = match link.by {
                    By::Whole if ending.is_empty() && !after_clitic => Nearness::Written,
                    By::Rule { endings, clitics } if (clitics || !after_clitic) && is_on(lists, endings) => {
                        if !*inflects.get_or_insert_with(|| index.may_inflect(word)) {
                            continue;
                        }
                        Nearness::Inflected
                    }
                    By::Stem if !after_clitic => Nearness::Stemmed,
                    _ => continue,
                };
                let root = index.trie.root(link.unit);
                self.note(begin, Reading { unit: link.unit, nearness, stem: count(end), root });
            }
        }
        self.cuts = cuts;
    }

    /// Adds a reading to those from `begin` on; the nearest of each unit stays.
    fn note(&mut self, begin: usize, reading: Reading) {
        match self.found[begin..].iter_mut().find(|other| other.unit == reading.unit) {
            Some(other) if other.nearness <= reading.nearness => {}
            Some(other) => *other = reading,
            None => self.found.push(reading),
        }
    }
}

/// The ends of `word` without none to `longest` characters of its end, and the hashes of what is left, longest first.
fn prefixes(word: &str, longest: usize, cuts: &mut Vec<(usize, Hash)>) {
    let last = word.char_indices().rev().take(longest + 1).last().map_or(0, |(at, _)| at);
    let mut hash = Hash::EMPTY;
    cuts.clear();
    for (at, byte) in word.bytes().enumerate() {
        hash = hash.add(byte);
        if at >= last && word.is_char_boundary(at + 1) {
            cuts.push((at + 1, hash));
        }
    }
    cuts.reverse();
}
