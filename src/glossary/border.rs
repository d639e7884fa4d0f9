//! Where a word begins and ends.
//!
//! In scripts that put spaces between words a term is a run of whole words; in those that do not, any stretch of
//! characters will do. The script of the characters decides, not the language of the text, so that `FOCAC` is found
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

/// What a term is made of, and a text is searched by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// Whether it is a word, and not one character of a script without spaces.
    pub(super) is_word: bool,
}

/// The words of `text`, and the characters of scripts without spaces, in order; what is neither stands between them.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(text.len() / 6 + 1);
    let mut word = None;
    for (at, char) in text.char_indices() {
        if is_of_word(char) {
            word = word.or(Some(at));
            continue;
        }
        if let Some(start) = word.take() {
            pieces.push(Piece { range: start..at, is_word: true });
        }
        if is_unspaced(char) {
            pieces.push(Piece { range: at..at + char.len_utf8(), is_word: false });
        }
    }
    if let Some(start) = word {
        pieces.push(Piece { range: start..text.len(), is_word: true });
    }
    pieces
}

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

/// Whether `char` is of a word of a script with spaces between words.
#[inline]
pub(super) fn is_of_word(char: char) -> bool {
    match char {
        '\0'..'\u{80}' => char.is_ascii_alphanumeric(),
        // Latin, Cyrillic and Arabic letters, of which nearly all of a text is.
        '\u{C0}'..='\u{D6}'
        | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{24F}'
        | '\u{400}'..='\u{481}'
        | '\u{620}'..='\u{64A}' => true,
        // Marks of punctuation, Han characters.
        '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3004}' | '\u{4E00}'..='\u{9FFF}' => false,
        _ => (char.is_alphanumeric() || is_combining_mark(char)) && !is_in_unspaced(char),
    }
}

#[inline]
fn is_unspaced(char: char) -> bool {
    if ('\u{4E00}'..='\u{9FFF}').contains(&char) {
        return true;
    }
    char >= '\u{0E00}' && is_in_unspaced(char) && (char.is_alphanumeric() || is_combining_mark(char))
}

fn is_in_unspaced(char: char) -> bool {
    UNSPACED.iter().any(|range| range.contains(&char))
}
