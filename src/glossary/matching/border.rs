//! Where a word may begin or end.
//!
//! In scripts that put spaces between words a term is a run of whole words; in those that do not, any stretch of
//! characters will do. The script of the two characters decides, not the language of the text, so that `FOCAC` is found
//! between Chinese characters and `ocac` is not found in it. A combining mark is never parted from its letter.

use std::ops::{Range, RangeInclusive};

use unicode_normalization::char::is_combining_mark;

/// Scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana and its marks, bopomofo, Han.
const UNSPACED: &[RangeInclusive<char>] = &[
    '\u{0E00}'..='\u{0EFF}',
    '\u{1000}'..='\u{109F}',
    '\u{1780}'..='\u{17FF}',
    '\u{3005}'..='\u{3007}',
    '\u{3040}'..='\u{312F}',
    '\u{31F0}'..='\u{31FF}',
    '\u{3400}'..='\u{4DBF}',
    '\u{4E00}'..='\u{9FFF}',
    '\u{A9E0}'..='\u{A9FF}',
    '\u{AA60}'..='\u{AA7F}',
    '\u{F900}'..='\u{FAFF}',
    '\u{FF66}'..='\u{FF9F}',
    '\u{20000}'..='\u{3FFFF}',
];

/// Whether `range` of `text` may be a term: it parts no word at either end.
pub(super) fn is_whole(text: &str, range: &Range<usize>) -> bool {
    is_border(text, range.start) && is_border(text, range.end)
}

fn is_border(text: &str, at: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(at) else { return false };
    match (before.chars().next_back(), after.chars().next()) {
        (Some(_), Some(after)) if is_combining_mark(after) => false,
        (Some(before), Some(after)) => !(is_of_word(before) && is_of_word(after)),
        _ => true,
    }
}

fn is_of_word(char: char) -> bool {
    if char.is_ascii() {
        return char.is_ascii_alphanumeric();
    }
    (char.is_alphanumeric() || is_combining_mark(char)) && !UNSPACED.iter().any(|range| range.contains(&char))
}
