//! Alphabets: letters that a language does not have speak against it.
//!
//! Ukrainian would pass for Russian and Persian for Arabic if their script alone were looked at.

use super::script::Script;

/// The part of a text's letters that may be foreign, in names and quotations.
const FOREIGN_SHARE: f64 = 0.01;

/// Whether `text` is spelled in `alphabet` but for a stray letter in a hundred; an empty alphabet fits all.
pub(super) fn fits(alphabet: &str, text: &str) -> bool {
    if alphabet.is_empty() {
        return true;
    }
    let (mut letters, mut foreign) = (0_usize, 0_usize);
    let mut previous = ' ';
    for letter in text.chars().flat_map(char::to_lowercase) {
        foreign += usize::from(previous == 'ъ' && !is_after_hard_sign(letter));
        previous = letter;
        if letter.is_alphabetic() && is_same_script(alphabet, letter) {
            letters += 1;
            foreign += usize::from(!alphabet.contains(letter));
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a text is shorter than 2^52 letters")]
    let share = foreign as f64 / letters.max(1) as f64;
    share <= FOREIGN_SHARE
}

/// Whether Russian puts `letter` after a hard sign; Bulgarian, which has no letter of its own, puts any there.
fn is_after_hard_sign(letter: char) -> bool {
    matches!(letter, 'е' | 'ё' | 'ю' | 'я')
}

/// Whether `letter` is to be looked for in `alphabet` at all: Latin names in Russian text are no foreign letters.
fn is_same_script(alphabet: &str, letter: char) -> bool {
    alphabet.chars().next().is_some_and(|first| Script::of(first) == Script::of(letter))
}
