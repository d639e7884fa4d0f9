//! Drafts that are cut short, break off, or are blown up: told by their length in characters of English.
//!
//! Of 137,940 human translations between twelve languages, none that says 40 characters is under a fifth of its source, none
//! of 160 under three tenths, and none over three times and 80 characters more. One of 2,400 has no full stop though its
//! source has one and is shorter than [`BROKEN`] of it: that is what the fourth rule takes for a draft that breaks off.

use super::Case;
use crate::model::{Lang, length_in_english};

/// Sources shorter than this may have a translation of any length.
const LONG: f64 = 40.0;
/// Sources of this length are of a sentence that a translation ends too.
const SENTENCE: f64 = 60.0;
/// A draft without the end of its sentence breaks off where it is shorter than this part of its source,
const BROKEN: f64 = 0.58;
/// or than this, where it ends in the middle of something: a comma, a quote or a bracket that is open.
const DANGLING: f64 = 0.75;

/// How long a text is, in characters of English or, for languages that were not measured, of its own.
#[expect(clippy::cast_precision_loss, reason = "a text is shorter than 2^52 characters")]
pub(super) fn of(text: &str, lang: Lang) -> f64 {
    let usual = if lang.is_unspaced() { 0.4 } else { 1.0 };
    length_in_english(text, lang).unwrap_or_else(|| text.trim().chars().count() as f64 / usual)
}

pub(super) fn odd(case: &Case<'_>) -> Option<String> {
    let (from, into) = (of(case.source, case.pair.source), of(case.draft, case.pair.target));
    let least = if from >= 4.0 * LONG { 0.3 } else { 0.2 };
    let what = if from >= LONG && into < least * from {
        "cut short"
    } else if into > 3.0 * from.max(LONG) + 80.0 {
        "blown up"
    } else {
        return None;
    };
    let [into, from] = [case.draft, case.source].map(|text| text.trim().chars().count());
    Some(format!("the answer is {what}: {into} characters for {from}"))
}

pub(super) fn truncated(case: &Case<'_>) -> Option<String> {
    let from = of(case.source, case.pair.source);
    if from < SENTENCE || !ends(case.source) || ends(case.draft) || !ends_sentences(case.pair.target) {
        return None;
    }
    let dangles = case.draft.trim_end().ends_with(OPEN_ENDS) || open(case.draft) > open(case.source);
    let least = if dangles { DANGLING } else { BROKEN };
    (of(case.draft, case.pair.target) < least * from).then(|| "the answer breaks off in its sentence".to_owned())
}

/// Signs that a sentence goes on after.
const OPEN_ENDS: [char; 12] = [',', '、', '，', '،', '-', '–', '—', '(', '（', '«', '“', '「'];

/// What ends a sentence, and what may stand after that.
const FULL_STOPS: [char; 15] = ['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '։', ':', ';', '：', '；'];
const CLOSING: [char; 16] =
    ['"', '\'', '”', '’', '»', ')', ']', '）', '】', '」', '』', '›', '“', '\u{A0}', '\u{202F}', ' '];

/// Whether a text ends with the sign of an end.
pub(super) fn ends(text: &str) -> bool {
    text.trim_end().trim_end_matches(CLOSING).ends_with(FULL_STOPS)
}

/// Whether a language marks the ends of sentences by signs.
fn ends_sentences(lang: Lang) -> bool {
    !matches!(lang.language(), "th" | "lo" | "km" | "my" | "bo")
}

/// Quotes and brackets that are opened and not closed.
fn open(text: &str) -> usize {
    const PAIRS: [(char, char); 6] = [('(', ')'), ('（', '）'), ('“', '”'), ('«', '»'), ('「', '」'), ('[', ']')];
    let count = |sign: char| text.matches(sign).count();
    PAIRS.iter().filter(|(opens, closes)| count(*opens) > count(*closes)).count() + count('"') % 2
}
