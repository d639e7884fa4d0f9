//! Where to cut a sentence that is too long for the model.
//!
//! Law: the two parts and the white space between them are the text, and both parts are shorter than it.

use std::ops::Range;

/// Signs after which a sentence is cut, best first; then white space, then any character.
const BORDERS: &[&[char]] = &[&['.', '!', '?', '。', '！', '？'], &[';', ':', '；', '：'], &[',', '，', '、'], &[]];

/// Cuts a text in two near its middle, at the best border there is; `None` where it is a single character.
pub(super) fn halves(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let cut = BORDERS.iter().find_map(|signs| best(text, signs)).or_else(|| {
        let middles = text.char_indices().map(|(at, _)| at).skip(1);
        middles.min_by_key(|at| at.abs_diff(text.len() / 2))
    })?;
    let (first, second) = (text[..cut].trim_end().len(), text.len() - text[cut..].trim_start().len());
    (first > 0 && second < text.len()).then_some((0..first, second..text.len()))
}

/// The cut after one of `signs` (or at white space, where there are none) that is nearest the middle and leaves each
/// part at least a quarter of the text.
fn best(text: &str, signs: &[char]) -> Option<usize> {
    let wide = |c: char| !c.is_ascii();
    let mut before = ' ';
    let cuts = text.char_indices().filter_map(|(at, c)| {
        let sign = std::mem::replace(&mut before, c);
        let after_sign = signs.contains(&sign) && (c.is_whitespace() || wide(sign));
        (after_sign || (signs.is_empty() && c.is_whitespace())).then_some(at)
    });
    let quarter = text.len() / 4;
    cuts.filter(|at| (quarter..=text.len() - quarter).contains(at)).min_by_key(|at| at.abs_diff(text.len() / 2))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn cut(text: &str, wanted: &str) {
        let (first, second) = halves(text).expect("two parts");
        assert_eq!(format!("{}|{}", &text[first], &text[second]), wanted);
    }

    #[test]
    fn a_sentence_is_cut_at_its_best_border() {
        cut("he came, and he saw; he left, at once", "he came, and he saw;|he left, at once");
        cut("one two, three four five, six", "one two,|three four five, six");
        cut("one, two three four five six", "one, two three|four five six");
        cut("no border here at all", "no border|here at all");
        cut("外交部表示，双方同意", "外交部表示，|双方同意");
        cut("aaaa", "aa|aa");
        assert_eq!(halves("a"), None);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[a-z国 ,;。]{2,30}") {
            let text = text.trim();
            let Some((first, second)) = halves(text) else { return Ok(()) };
            prop_assert!(text[first.end..second.start].trim().is_empty());
            prop_assert_eq!((first.start, second.end), (0, text.len()));
            prop_assert!(first.len() < text.len() && second.len() < text.len());
        }
    }
}
