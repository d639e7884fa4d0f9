//! What each character folds to, wherever it stands.
//!
//! Law: a table says of a character what the slow way says of it alone, so that looking up changes nothing but the time.

use std::ops::RangeInclusive;
use std::sync::OnceLock;

use unicode_normalization::char::{canonical_combining_class, decompose_canonical, is_combining_mark};
use unicode_normalization::{IsNormalized, is_nfc_quick};

use super::Letters;
use super::customs::Customs;

/// Characters written one for the other.
const SAME: &[(&[char], char)] = &[
    (&['\u{2018}', '\u{2019}', '\u{201B}', '\u{2032}', '\u{02BC}', '\u{02B9}'], '\''),
    (&['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2212}', '\u{FE63}'], '-'),
    (&['\u{0649}', '\u{06CC}'], '\u{064A}'), // alef maqsura, Farsi yeh: yeh
    (&['\u{06A9}'], '\u{0643}'),             // keheh: kaf
    (&['\u{0629}'], '\u{0647}'),             // teh marbuta: heh, as it is often printed
];

/// Characters that are not seen: soft hyphen, Arabic tatweel, zero-width and bidirectional controls, variation selectors.
const INVISIBLE: &[RangeInclusive<char>] = &[
    '\u{00AD}'..='\u{00AD}',
    '\u{061C}'..='\u{061C}',
    '\u{0640}'..='\u{0640}',
    '\u{200B}'..='\u{200F}',
    '\u{202A}'..='\u{202E}',
    '\u{2060}'..='\u{2069}',
    '\u{FE00}'..='\u{FE0F}',
    '\u{FEFF}'..='\u{FEFF}',
];

/// What a character is to a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letter {
    /// It folds to one character, unless a mark follows.
    One(char),
    /// It belongs to what stands before it.
    Mark,
    /// White space.
    Space,
    /// It is not seen, or folds to several characters.
    Other,
}

/// The letters of one custom of spelling, with case or without.
#[derive(Debug)]
pub(super) struct Table {
    customs: Customs,
    letters: Letters,
    low: Vec<Letter>,
    wide: Vec<Letter>,
}

/// Latin, Greek, Cyrillic, Hebrew, Arabic, the scripts of India, Thai, marks of punctuation, kana.
const LOW: char = '\u{3100}';
const WIDE: RangeInclusive<char> = '\u{FF00}'..='\u{FFEF}';

static TABLES: [[OnceLock<Table>; 2]; Customs::COUNT] = [const { [const { OnceLock::new() }; 2] }; Customs::COUNT];

impl Table {
    pub(super) fn of(customs: Customs, letters: Letters) -> &'static Self {
        TABLES[customs as usize][letters as usize].get_or_init(|| Self::new(customs, letters))
    }

    fn new(customs: Customs, letters: Letters) -> Self {
        let empty = Self { customs, letters, low: Vec::new(), wide: Vec::new() };
        let low = ('\0'..LOW).map(|char| empty.look(char)).collect();
        let wide = WIDE.map(|char| empty.look(char)).collect();
        Self { low, wide, ..empty }
    }

    #[inline]
    pub(super) fn get(&self, char: char) -> Letter {
        if char < LOW {
            return self.low[char as usize];
        }
        // Han characters and Hangul syllables stand for themselves in every way.
        if ('\u{3400}'..='\u{9FFF}').contains(&char) || ('\u{AC00}'..='\u{D7A3}').contains(&char) {
            return Letter::One(char);
        }
        if WIDE.contains(&char) {
            return self.wide[char as usize - 0xFF00];
        }
        self.look(char)
    }

    fn look(&self, char: char) -> Letter {
        if belongs_to_what_is_before(char) {
            return Letter::Mark;
        }
        if char.is_whitespace() {
            return Letter::Space;
        }
        match self.customs.fold([char], self.letters)[..] {
            [one] => Letter::One(one),
            _ => Letter::Other,
        }
    }
}

/// Whether `char` may change what stands before it, or change places with it, in a normal form.
fn belongs_to_what_is_before(char: char) -> bool {
    let mut first = None;
    decompose_canonical(char, |part| _ = first.get_or_insert(part));
    [Some(char), first]
        .into_iter()
        .flatten()
        .any(|char| canonical_combining_class(char) != 0 || is_nfc_quick(std::iter::once(char)) == IsNormalized::Maybe)
}

/// `char` without case, as upper case and back makes it: `ß` is `ss`, both small sigmas are one.
pub(super) fn caseless(char: char, mut push: impl FnMut(char)) {
    if is_combining_mark(char) {
        return push(char);
    }
    for upper in char.to_uppercase() {
        upper.to_lowercase().for_each(&mut push);
    }
}

/// The character that stands for `char` and others like it.
pub(super) fn same(char: char) -> char {
    if ('\u{FF01}'..='\u{FF5E}').contains(&char) {
        return char::from_u32(u32::from(char) - 0xFEE0).unwrap_or(char);
    }
    SAME.iter().find(|(written, _)| written.contains(&char)).map_or(char, |(_, one)| *one)
}

/// Whether `char` is not seen.
pub(super) fn is_invisible(char: char) -> bool {
    INVISIBLE.iter().any(|range| range.contains(&char))
}
