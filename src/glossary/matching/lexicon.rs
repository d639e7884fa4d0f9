//! What words a text may hold, by the letters they begin with.
//!
//! Every string has links to units, the steps of a trie. A word of a text is looked up whole and cut short: its prefixes
//! are hashed in one pass, and a filter that stays in the processor's cache says of nearly all of them that they are not
//! there, so that the cost of a word does not depend on the size of the glossary.

use std::ops::Range;

use super::trie::count;
use crate::glossary::inflect::EndingSet;

/// A step of the trie: a word in all the ways that it may be written.
pub(super) type Unit = u32;

/// How a string leads to a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The unit's word is the string.
    Whole,
    /// The unit's word is the string and one of the endings, after a clitic where `clitics` says so.
    Rule { endings: EndingSet, clitics: bool },
    /// The Snowball stem of the unit's word is the string.
    Stem,
}

/// Strings and their links.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// A bit for each hash.
    filter: Vec<u64>,
    /// A power of two of places for hashes.
    slots: Vec<Slot>,
    entries: Vec<Entry>,
    /// The links of each entry side by side, once all are there.
    links: Vec<Link>,
    /// The links in the order in which they came, each with the index of its entry.
    new: Vec<(usize, Link)>,
    letters: String,
}

/// One half of a hash tells nearly always whether an entry is the right one, without looking at it.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    half: u32,
    /// One more than the index of an entry, or zero.
    entry: u32,
}

#[derive(Debug)]
struct Entry {
    hash: u64,
    start: usize,
    end: usize,
    links: Range<usize>,
}

/// A way from a string to a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) unit: Unit,
    pub(super) by: By,
}

/// A hash that grows byte by byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hash(u64);

impl Hash {
    pub(super) const EMPTY: Self = Self(0x9E37_79B9_7F4A_7C15);

    #[inline]
    pub(super) fn add(self, byte: u8) -> Self {
        Self((self.0.rotate_left(5) ^ u64::from(byte)).wrapping_mul(0xF135_7AEA_2E62_A9C5))
    }

    fn of(text: &str) -> Self {
        text.bytes().fold(Self::EMPTY, Self::add)
    }

    #[inline]
    fn mixed(self) -> u64 {
        mixed(self.0)
    }
}

/// `key` with each of its bits spread over all bits.
#[inline]
pub(super) fn mixed(key: u64) -> u64 {
    let key = (key ^ (key >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let key = (key ^ (key >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    key ^ (key >> 31)
}

impl Lexicon {
    pub(super) fn new() -> Self {
        Self {
            filter: vec![0; 1 << 4],
            slots: vec![Slot::default(); 1 << 8],
            entries: Vec::new(),
            links: Vec::new(),
            new: Vec::new(),
            letters: String::new(),
        }
    }

    /// The links of `text`, whose hash is `hash`.
    #[inline]
    pub(super) fn links(&self, hash: Hash, text: &str) -> &[Link] {
        let hash = hash.mixed();
        if !self.may_hold(hash) {
            return &[];
        }
        let entry = (self.slots[self.slot(hash, text)].entry as usize).checked_sub(1);
        entry.map_or(&[], |index| &self.links[self.entries[index].links.clone()])
    }

    /// Links `text` to `unit`; found once the lexicon is [`settled`](Self::settled).
    pub(super) fn link(&mut self, text: &str, unit: Unit, by: By) {
        let entry = self.place(text);
        self.new.push((entry, Link { unit, by }));
    }

    /// The lexicon with all links ready to be found.
    pub(super) fn settled(mut self) -> Self {
        self.new.sort_by_key(|(entry, _)| *entry);
        for links in self.new.chunk_by(|one, other| one.0 == other.0) {
            let begin = self.links.len();
            self.links.extend(links.iter().map(|(_, link)| *link));
            self.entries[links[0].0].links = begin..self.links.len();
        }
        self.new = Vec::new();
        self
    }

    /// The place of `text`, a new one where it has none.
    pub(super) fn place(&mut self, text: &str) -> usize {
        let hash = Hash::of(text).mixed();
        let slot = self.slot(hash, text);
        match (self.slots[slot].entry as usize).checked_sub(1) {
            Some(index) => index,
            None => self.add(hash, text),
        }
    }

    fn add(&mut self, hash: u64, text: &str) -> usize {
        if (self.entries.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let start = self.letters.len();
        self.letters.push_str(text);
        self.entries.push(Entry { hash, start, end: self.letters.len(), links: 0..0 });
        self.settle(self.entries.len() - 1);
        self.entries.len() - 1
    }

    fn grow(&mut self) {
        self.slots = vec![Slot::default(); self.slots.len() * 2];
        self.filter = vec![0; self.filter.len() * 2];
        (0..self.entries.len()).for_each(|index| self.settle(index));
    }

    /// Puts the entry at `index` into its slot.
    fn settle(&mut self, index: usize) {
        let hash = self.entries[index].hash;
        let mask = self.slots.len() - 1;
        let mut slot = low(hash) & mask;
        while self.slots[slot].entry != 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = Slot { half: half(hash), entry: count(index + 1) };
        let (word, bit) = self.bit(hash);
        self.filter[word] |= bit;
    }

    /// The slot of `text`, or the empty one that it would have.
    fn slot(&self, hash: u64, text: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = low(hash) & mask;
        while let Some(index) = (self.slots[slot].entry as usize).checked_sub(1) {
            let entry = &self.entries[index];
            if self.slots[slot].half == half(hash) && &self.letters[entry.start..entry.end] == text {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }

    #[inline]
    fn may_hold(&self, hash: u64) -> bool {
        let (word, bit) = self.bit(hash);
        self.filter[word] & bit != 0
    }

    /// The place of a hash in the filter: other bits of it than those that choose the slot.
    #[inline]
    fn bit(&self, hash: u64) -> (usize, u64) {
        (low(hash >> 38) & (self.filter.len() - 1), 1 << ((hash >> 32) & 63))
    }
}

/// The high bits of a hash.
fn half(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// The low bits of a hash, as many as an index may have.
#[expect(clippy::cast_possible_truncation, reason = "only the low bits are wanted")]
pub(super) fn low(hash: u64) -> usize {
    hash as usize
}
