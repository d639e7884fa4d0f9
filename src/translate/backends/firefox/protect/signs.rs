//! Signs that the model gets in another writing: typography as ASCII, names without their accents.
//!
//! Law: what is replaced here means the same; a sign that the vocabulary's normal form would turn into another meaning
//! (`m²` into `m2`, `½` into `1/2`) is not one of them.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::translate::backends::firefox::vocabulary::Vocabulary;

/// Signs and their ASCII kin, for a vocabulary that does not know the sign.
const TYPOGRAPHY: &[(char, &str)] = &[
    ('\u{b4}', "'"),
    ('\u{2018}', "'"),
    ('\u{2019}', "'"),
    ('\u{201a}', "'"),
    ('\u{201b}', "'"),
    ('\u{2039}', "'"),
    ('\u{203a}', "'"),
    ('\u{2032}', "'"),
    ('\u{2bc}', "'"),
    ('\u{201c}', "\""),
    ('\u{201d}', "\""),
    ('\u{201e}', "\""),
    ('\u{201f}', "\""),
    ('\u{ab}', "\""),
    ('\u{bb}', "\""),
    ('\u{2033}', "\""),
    ('\u{2010}', "-"),
    ('\u{2011}', "-"),
    ('\u{2012}', "-"),
    ('\u{2013}', "-"),
    ('\u{2014}', " - "),
    ('\u{2015}', " - "),
    ('\u{2212}', "-"),
    ('\u{2026}', "..."),
];

/// What shows nothing: soft hyphens, joiners, marks of direction, byte order marks.
const INVISIBLE: &[char] = &[
    '\u{ad}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2060}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{feff}', '\u{61c}',
];

/// The signs of a text and what the model gets for each, in order.
pub(super) fn typography(text: &str, vocabulary: &Vocabulary<'_>) -> Vec<(Range<usize>, &'static str)> {
    let kin = |(at, c): (usize, char)| {
        let sign = at..at + c.len_utf8();
        if c.is_whitespace() && !matches!(c, ' ' | '\u{a0}') {
            return Some((sign, " "));
        }
        if c.is_control() || INVISIBLE.contains(&c) || (c == '\u{200b}' && !vocabulary.unspaced) {
            return Some((sign, ""));
        }
        if c == '`' && inside_word(text, &sign) {
            return (!(vocabulary.knows)("`")).then_some((sign, "'"));
        }
        let (_, kin) = TYPOGRAPHY.iter().find(|(sign, _)| *sign == c)?;
        (!(vocabulary.knows)(&text[sign.clone()])).then_some((sign, *kin))
    };
    text.char_indices().filter_map(kin).collect()
}

/// Whether a range stands between two letters.
fn inside_word(text: &str, range: &Range<usize>) -> bool {
    text[..range.start].ends_with(char::is_alphabetic) && text[range.end..].starts_with(char::is_alphabetic)
}

/// A word with capitals that its language has and the vocabulary has not, in letters that it has: small ones in what
/// begins a sentence or is all capitals, else the capital without its accent. `None` where that does not help.
pub(super) fn known_letters(word: &str, begins: bool, vocabulary: &Vocabulary<'_>) -> Option<String> {
    if !word.contains(|c| vocabulary.capitals.contains(c)) || (vocabulary.knows)(word) {
        return None;
    }
    let shouted = word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.contains(char::is_lowercase);
    let other = if begins || shouted { word.to_lowercase() } else { bare(word) };
    (vocabulary.knows)(&other).then_some(other)
}

/// A name in ASCII letters, in which the models know more names and more of their grammar than of a placeholder's.
pub(super) fn lookalike(token: &str) -> Option<String> {
    let plain = bare(token);
    let written = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '\'' | ' ');
    let sound = plain != token && plain.chars().all(written) && plain.contains(|c: char| c.is_ascii_alphabetic());
    (sound && plain.len() > 1 && !plain.starts_with(['-', '\'', ' '])).then_some(plain)
}

/// Letters that no decomposition makes ASCII.
const LETTERS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('Æ', "Ae"),
    ('œ', "oe"),
    ('Œ', "Oe"),
    ('ø', "o"),
    ('Ø', "O"),
    ('đ', "d"),
    ('Đ', "D"),
    ('ð', "d"),
    ('Ð', "D"),
    ('þ', "th"),
    ('Þ', "Th"),
    ('ł', "l"),
    ('Ł', "L"),
    ('ħ', "h"),
    ('ı', "i"),
    ('\u{2019}', "'"),
];

fn bare(word: &str) -> String {
    let letter = |c: char| {
        let other = LETTERS.iter().find(|(letter, _)| *letter == c);
        other.map_or_else(|| Cow::Owned(c.to_string()), |&(_, plain)| Cow::Borrowed(plain))
    };
    word.nfkd().filter(|&c| !is_combining_mark(c)).map(letter).collect()
}

/// Whether the normal form of a sign says something else: `½`, `²`, `№`, `™`; not letters, digits and spaces.
pub(super) fn changes(c: char) -> bool {
    let digit = matches!(c, '\u{ff10}'..='\u{ff19}' | '\u{1d7ce}'..='\u{1d7ff}');
    let degree = matches!(c, '\u{2103}' | '\u{2109}');
    // What vocabularies write for a space.
    if c == '\u{2581}' {
        return true;
    }
    let normal = || std::iter::once(c).nfkc();
    !c.is_ascii() && !c.is_alphabetic() && !digit && !degree && normal().ne([c]) && normal().any(char::is_alphanumeric)
}

/// Whether a character belongs to a word: letters, and the accents that follow them.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic() || (is_combining_mark(c) && !matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{20e3}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_mean_something_else_are_told() {
        for c in "½¼²³¹№™₂①㎡℅▁".chars() {
            assert!(changes(c), "{c}");
        }
        for c in "aé°ª%１ﬁ…Ⅳ℃\u{a0}€–".chars() {
            assert!(!changes(c), "{c}");
        }
    }

    #[test]
    fn names_have_lookalikes() {
        for (name, plain) in [("Müller", "Muller"), ("Łódź", "Lodz"), ("km²", "km2"), ("Tromsø", "Tromso")] {
            assert_eq!(lookalike(name).as_deref(), Some(plain));
        }
        for token in ["½", "Ελλάδα", "£5", "a@b", "ü", "plain", "中国", "😀"] {
            assert_eq!(lookalike(token), None, "{token}");
        }
    }

    #[test]
    fn words_of_the_language_get_known_letters() {
        let knows = |text: &str| !text.contains(|c| "ÀÍÓÇÃ".contains(c));
        let vocabulary = Vocabulary { knows: &knows, unspaced: false, capitals: "ÀÍÓÇÃ" };
        let written = |word, begins| known_letters(word, begins, &vocabulary);
        assert_eq!(written("À", true).as_deref(), Some("à"));
        assert_eq!(written("Índia", false).as_deref(), Some("India"));
        assert_eq!(written("INFORMAÇÃO", false).as_deref(), Some("informação"));
        assert_eq!(written("ação", false), None);
        assert_eq!(known_letters("À", true, &Vocabulary { capitals: "", ..vocabulary }), None);
    }
}
