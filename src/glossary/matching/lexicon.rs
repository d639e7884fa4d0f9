//! What words a text may hold, by the letters they begin with.
//!
//! Every string has links to units, the steps of a trie. A word of a text is looked up whole and cut short: its prefixes
//! are hashed in one pass, and a filter that stays in the processor's cache says of nearly all of them that they are not
//! there, so that the cost of a word does not depend on the size of the glossary.

use super::super::inflect::EndingSet;

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
    /// For each hash, one more than the index of an entry, or zero; a power of two long.
    slots: Vec<u32>,
    entries: Vec<Entry>,
    links: Vec<Link>,
    letters: String,
}

#[derive(Debug)]
struct Entry {
    hash: u64,
    start: usize,
    end: usize,
    /// One more than the index of its first link, or zero.
    links: u32,
}

#[derive(Debug)]
struct Link {
    unit: Unit,
    by: By,
    next: u32,
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
        (self.0 ^ (self.0 >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9).rotate_left(26)
    }
}

impl Lexicon {
    pub(super) fn new() -> Self {
        Self {
            filter: vec![0; 1 << 4],
            slots: vec![0; 1 << 8],
            entries: Vec::new(),
            links: Vec::new(),
            letters: String::new(),
        }
    }

    /// The links of `text`, whose hash is `hash`, the newest first.
    #[inline]
    pub(super) fn links(&self, hash: Hash, text: &str) -> impl Iterator<Item = (Unit, By)> {
        let first = if self.may_hold(hash.mixed()) { self.first_link(hash.mixed(), text) } else { 0 };
        let link = |index: u32| self.links.get((index as usize).checked_sub(1)?);
        std::iter::successors(link(first), move |last| link(last.next)).map(|link| (link.unit, link.by))
    }

    /// The units whose word is `text`.
    pub(super) fn wholes(&self, text: &str) -> impl Iterator<Item = Unit> {
        self.links(Hash::of(text), text).filter(|(_, by)| *by == By::Whole).map(|(unit, _)| unit)
    }

    /// Links `text` to `unit`.
    pub(super) fn link(&mut self, text: &str, unit: Unit, by: By) {
        let entry = self.entry(text);
        let next = std::mem::replace(&mut entry.links, 0);
        self.links.push(Link { unit, by, next });
        let newest = u32::try_from(self.links.len()).expect("fewer links than bytes of a glossary of 4 GiB");
        self.entry(text).links = newest;
    }

    fn entry(&mut self, text: &str) -> &mut Entry {
        let hash = Hash::of(text).mixed();
        let slot = self.slot(hash, text);
        let index = match (self.slots[slot] as usize).checked_sub(1) {
            Some(index) => index,
            None => self.add(hash, text),
        };
        &mut self.entries[index]
    }

    fn add(&mut self, hash: u64, text: &str) -> usize {
        if (self.entries.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let start = self.letters.len();
        self.letters.push_str(text);
        self.entries.push(Entry { hash, start, end: self.letters.len(), links: 0 });
        self.settle(self.entries.len() - 1);
        self.entries.len() - 1
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 2];
        self.filter = vec![0; self.filter.len() * 2];
        (0..self.entries.len()).for_each(|index| self.settle(index));
    }

    /// Puts the entry at `index` into its slot.
    fn settle(&mut self, index: usize) {
        let hash = self.entries[index].hash;
        let mask = self.slots.len() - 1;
        let mut slot = low(hash) & mask;
        while self.slots[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = u32::try_from(index + 1).expect("fewer words than bytes of a glossary of 4 GiB");
        let (word, bit) = self.bit(hash);
        self.filter[word] |= bit;
    }

    fn first_link(&self, hash: u64, text: &str) -> u32 {
        match (self.slots[self.slot(hash, text)] as usize).checked_sub(1) {
            Some(index) => self.entries[index].links,
            None => 0,
        }
    }

    /// The slot of `text`, or the empty one that it would have.
    fn slot(&self, hash: u64, text: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = low(hash) & mask;
        while let Some(index) = (self.slots[slot] as usize).checked_sub(1) {
            let entry = &self.entries[index];
            if entry.hash == hash && &self.letters[entry.start..entry.end] == text {
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

#[expect(clippy::cast_possible_truncation, reason = "only the low bits are wanted")]
fn low(hash: u64) -> usize {
    hash as usize
}
