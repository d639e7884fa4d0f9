//! When two texts are the same, whatever a tool did to their white space, line ends and composition on the way.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::xliff::fit;

/// How alike, from 0 to 1, an edited source must be to the source that it came from.
const ALIKE: f64 = 0.75;

/// The characters of `text` without white space, composed, with U+FFFD for what XML cannot hold: two texts that differ
/// only in what a tool may do to them are equal in it.
pub(super) fn squashed(text: &str) -> String {
    let text = composed(text);
    let mut squashed = String::with_capacity(text.len());
    text.split_whitespace().for_each(|word| squashed.push_str(word));
    if squashed.chars().any(|char| char == '\u{200B}' || fit(char) != char) {
        squashed = squashed.chars().filter(|char| *char != '\u{200B}').map(fit).collect();
    }
    squashed
}

/// Whether two translations say the same: to the letter, but for composition, line ends, white space at the ends and
/// characters that XML cannot hold.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let settled = |text: &str| composed(&text.trim().replace("\r\n", "\n")).chars().map(fit).collect::<String>();
    one == other || settled(one) == settled(other)
}

/// `text` in the composition form C of Unicode, which nearly all text is in.
fn composed(text: &str) -> Cow<'_, str> {
    // No letter before the combining accents is ever composed anew.
    let is_composed = text.chars().all(|char| char < '\u{300}') || is_nfc_quick(text.chars()) == IsNormalized::Yes;
    if is_composed { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Whether `came` may be `sent` with some words edited.
pub(super) fn is_alike(sent: &str, came: &str) -> bool {
    rapidfuzz::distance::indel::normalized_similarity(sent.chars(), came.chars()) >= ALIKE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_and_composition_make_no_difference() {
        assert_eq!(squashed(" a\n\u{a0}b\u{200B}c "), "abc");
        assert_eq!(squashed("e\u{301}\u{1}"), "\u{e9}\u{FFFD}");
        assert!(is_same("e\u{301}t\u{e9}\r\nx ", "\u{e9}te\u{301}\nx"));
        assert!(is_same("a\u{1}", "a\u{FFFD}"));
        assert!(!is_same("a b", "a  b") && !is_same("a", "A"));
    }

    #[test]
    fn a_few_edited_words_are_alike() {
        assert!(is_alike("The two ministers met in Geneva.", "The two foreign ministers met in Geneva."));
        assert!(!is_alike("The two ministers met in Geneva.", "Prices rose again last month."));
    }
}
