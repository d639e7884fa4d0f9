//! Where to cut a text that is too long for the model.
//!
//! Law: the two parts and the white space between them are the text, both parts are shorter than it, and no cut goes
//! through what has to stay whole. A sentence ends with its closing quotes and brackets, and not at an abbreviation.

use std::ops::Range;

/// Signs after which a text is cut, best first; then white space, then any character.
const BORDERS: &[&[char]] =
    &[&['.', '!', '?', '…', '。', '！', '？'], &[';', ':', '；', '：'], &[',', '，', '、'], &[]];

/// Signs that close what a sentence stands in.
const CLOSERS: &[char] = &['"', '\'', ')', ']', '}', '»', '”', '’', '」', '』', '）', '》', '】'];

/// Words whose period ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "al", "approx", "apr", "art", "arts", "aug", "av", "ca", "cap", "capt", "cf", "co", "col", "corp", "dec", "dept",
    "dr", "dra", "ed", "est", "ex", "exa", "exma", "exmo", "feb", "fig", "gen", "gov", "hon", "inc", "jan", "jr",
    "jul", "jun", "lt", "ltd", "mar", "min", "mr", "mrs", "ms", "mt", "no", "nos", "nov", "n.º", "num", "oct", "p",
    "pp", "pres", "prof", "profa", "rep", "rev", "sec", "sen", "sep", "sept", "sgt", "sr", "sra", "srta", "st", "v",
    "vol", "vs",
];

/// Cuts a text in two near its middle, at the best border there is that is in none of `whole`; `None` where there is
/// no place to cut.
pub(super) fn halves(text: &str, whole: &[Range<usize>]) -> Option<(Range<usize>, Range<usize>)> {
    let open = |at: &usize| !whole.iter().any(|range| range.start < *at && *at < range.end);
    let cut = BORDERS.iter().find_map(|signs| best(text, signs, &open)).or_else(|| {
        let middles = text.char_indices().skip(1).filter(|(_, c)| !is_tail(*c)).map(|(at, _)| at).filter(open);
        middles.min_by_key(|at| at.abs_diff(text.len() / 2))
    })?;
    let (first, second) = (text[..cut].trim_end().len(), text.len() - text[cut..].trim_start().len());
    (first > 0 && second < text.len()).then_some((0..first, second..text.len()))
}

/// The sentences of a text, as well as their signs tell; no border is in one of `whole`.
pub(super) fn sentences(text: &str, whole: &[Range<usize>]) -> Vec<Range<usize>> {
    let open = |at: &usize| !whole.iter().any(|range| range.start < *at && *at < range.end);
    let borders = text.char_indices().map(|(at, _)| at).filter(open).filter(|&at| is_border(text, at, BORDERS[0]));
    let mut sentences = Vec::new();
    let mut start = 0;
    for border in borders.chain([text.len()]) {
        let sentence = &text[start..border];
        let inner = border - sentence.trim_start().len()..start + sentence.trim_end().len();
        if !sentence.trim().is_empty() {
            sentences.push(inner);
        }
        start = border;
    }
    sentences
}

/// Whether a character belongs to the one before it: accents, joiners, variants.
fn is_tail(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{200c}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// The cut after one of `signs` (or at white space, where there are none) that is nearest the middle and leaves each
/// part at least a quarter of the text.
fn best(text: &str, signs: &[char], open: &dyn Fn(&usize) -> bool) -> Option<usize> {
    let quarter = text.len() / 4;
    let cuts = text.char_indices().map(|(at, _)| at).filter(|at| (quarter..=text.len() - quarter).contains(at));
    cuts.filter(open).filter(|&at| is_border(text, at, signs)).min_by_key(|at| at.abs_diff(text.len() / 2))
}

/// Whether a text may be cut at `at`, after one of `signs`.
fn is_border(text: &str, at: usize, signs: &[char]) -> bool {
    let (before, after) = text.split_at(at);
    let spaced = after.starts_with(char::is_whitespace);
    if signs.is_empty() {
        return spaced;
    }
    let sentence = before.trim_end_matches(CLOSERS);
    let Some(sign) = sentence.chars().next_back().filter(|sign| signs.contains(sign)) else { return false };
    let goes_on = sign == '.' && (after.trim_start().starts_with(char::is_lowercase) || is_abbreviated(sentence));
    (spaced || (!sign.is_ascii() && !after.starts_with(CLOSERS) && !after.starts_with(signs))) && !goes_on
}

/// Whether the period at the end belongs to an abbreviation, an initial or a number.
fn is_abbreviated(sentence: &str) -> bool {
    let word = sentence.trim_end_matches('.').rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let initial = |part: &str| part.chars().count() == 1 && part.starts_with(char::is_alphabetic);
    word.split('.').all(initial) || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn cut(text: &str, wanted: &str) {
        let (first, second) = halves(text, &[]).expect("two parts");
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
        assert_eq!(halves("a", &[]), None);
    }

    #[test]
    fn a_text_is_cut_between_sentences() {
        cut(
            "It ended at noon. We saw Dr. Smith of the U.S. Army go.",
            "It ended at noon.|We saw Dr. Smith of the U.S. Army go.",
        );
        cut("He said \"It is over.\" Then we left.", "He said \"It is over.\"|Then we left.");
        cut("(It was said in art. 5.) Then we left it.", "(It was said in art. 5.)|Then we left it.");
        cut("We met J. R. Smith there, we left.", "We met J. R. Smith there,|we left.");
        cut("他说：“双方同意。”然后他离开了。", "他说：“双方同意。”|然后他离开了。");
        cut("O sr. Silva falou. A sra. Costa ouviu.", "O sr. Silva falou.|A sra. Costa ouviu.");
    }

    #[test]
    fn what_is_whole_is_not_cut() {
        let text = "click <a b c d> now";
        let (first, second) = halves(text, std::slice::from_ref(&(6..15))).expect("two parts");
        assert_eq!((&text[first], &text[second]), ("click", "<a b c d> now"));
        assert_eq!(halves("<a b>", std::slice::from_ref(&(0..5))), None);
        cut("e\u{301}e\u{301}", "e\u{301}|e\u{301}");
    }

    #[test]
    fn sentences_end_with_their_quotes() {
        let text = "Dr. Silva came. “He left!” No. 5 stayed?  外交部表示。双方同意。";
        let sentences: Vec<&str> = sentences(text, &[]).into_iter().map(|sentence| &text[sentence]).collect();
        assert_eq!(sentences, ["Dr. Silva came.", "“He left!”", "No. 5 stayed?", "外交部表示。", "双方同意。"]);
    }

    proptest! {
        #[test]
        fn sentences_are_all_of_a_text(text in "[a-zA-Z国 .,!?。”]{0,60}") {
            let mut end = 0;
            for sentence in sentences(&text, &[]) {
                prop_assert!(text[end..sentence.start].trim().is_empty() && !sentence.is_empty());
                end = sentence.end;
            }
            prop_assert!(text[end..].trim().is_empty());
        }

        #[test]
        fn nothing_is_lost(text in "[a-z国 ,;。.\"]{2,30}", start in 0usize..30, length in 0usize..10) {
            let text = text.trim();
            let whole = start..start + length;
            let Some((first, second)) = halves(text, std::slice::from_ref(&whole)) else { return Ok(()) };
            prop_assert!(text[first.end..second.start].trim().is_empty());
            prop_assert_eq!((first.start, second.end), (0, text.len()));
            prop_assert!(first.len() < text.len() && second.len() < text.len());
            prop_assert!(!(whole.start < first.end && second.start < whole.end));
        }
    }
}
