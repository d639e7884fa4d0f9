//! Words of a text, and when two of them are one.

use std::ops::Range;

use crate::translate::spans;

/// The words of a text with their places.
pub(super) fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let word = |word: &&str| word.contains(char::is_alphanumeric);
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '.' | ',' | '\'' | '’'))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(word)
        .map(move |word| {
            let at = word.as_ptr().addr() - text.as_ptr().addr();
            (at..at + word.len(), word)
        })
}

/// Whether two stretches share something.
pub(super) fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Words so near a term belong to it.
pub(super) const NEAR: usize = 3;

/// Whether so few words lie between two stretches that they may belong together.
pub(super) fn is_near(text: &str, one: &Range<usize>, other: &Range<usize>) -> bool {
    let between = one.end.min(other.end)..one.start.max(other.start);
    text.get(between).is_none_or(|between| words(between).count() < NEAR)
}

/// Whether two words are forms of one: their first letters are the same.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    const STEM: usize = 5;
    let stem = |word: &str| word.chars().flat_map(char::to_lowercase).take(STEM).collect::<String>();
    is_content(one) && is_content(other) && stem(one) == stem(other)
}

/// Whether a term says a word, be it in another form.
pub(super) fn is_said(word: &str, term: &str) -> bool {
    words(term).any(|(_, of_term)| is_same(word, of_term))
}

/// Whether a word says something by itself: of more than three letters, and no article or preposition.
pub(super) fn is_content(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 3 && !spans::is_small(word)
}
