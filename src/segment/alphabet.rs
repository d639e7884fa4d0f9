//! The characters that a text may hold: automata for a few blocks of Unicode are small, and made in no time.
//!
//! Law: within the characters of an alphabet a class and what it has in common with the alphabet are the same.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

/// A set of characters, given as ranges; none stands for all characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alphabet(&'static [RangeInclusive<char>]);

/// The alphabets, each holding the one before. The last holds every character.
pub(super) const ALPHABETS: [Alphabet; 3] = [Alphabet(LATIN), Alphabet(NEWS), Alphabet(&[])];

/// Most languages of the Latin script, with typographic marks and currency signs.
const LATIN: &[RangeInclusive<char>] = &['\0'..='\u{17F}', '\u{2000}'..='\u{206F}', '\u{20A0}'..='\u{20CF}'];

/// That, and what news in other scripts are written in: Greek and Cyrillic, Arabic, kana, Han, Hangul, full-width forms.
const NEWS: &[RangeInclusive<char>] = &[
    '\0'..='\u{24F}',
    '\u{300}'..='\u{52F}',
    '\u{600}'..='\u{6FF}',
    '\u{2000}'..='\u{206F}',
    '\u{20A0}'..='\u{20CF}',
    '\u{2116}'..='\u{2116}',
    '\u{3000}'..='\u{30FF}',
    '\u{4E00}'..='\u{9FFF}',
    '\u{AC00}'..='\u{D7A3}',
    '\u{FF00}'..='\u{FFEF}',
];

impl Alphabet {
    /// Whether all characters of `text` are in it.
    pub(super) fn holds(self, text: &str) -> bool {
        self.0.is_empty() || text.chars().all(|c| c.is_ascii() || self.0.iter().any(|range| range.contains(&c)))
    }

    /// It as a bracketed class; nothing for all characters.
    pub(super) fn class(self) -> Option<String> {
        let mut class = String::from("[");
        for range in self.0 {
            let (first, last) = (u32::from(*range.start()), u32::from(*range.end()));
            write!(class, r"\x{{{first:X}}}-\x{{{last:X}}}").expect("a String takes all that is written");
        }
        class.push(']');
        (!self.0.is_empty()).then_some(class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_alphabet_holds_the_one_before() {
        let first = |text: &str| ALPHABETS.iter().position(|alphabet| alphabet.holds(text));
        assert_eq!(first("“Olá” — 5 €"), Some(0));
        assert_eq!(first("Привет"), Some(1));
        assert_eq!(first("他说：“好。” 한국 日本"), Some(1));
        assert_eq!(first("😀"), Some(2));
        for c in LATIN.iter().cloned().flatten() {
            assert!(ALPHABETS[1].holds(&c.to_string()), "{c:?}");
        }
    }
}
