//! Which stretch of a translation renders a stretch of its source.
//!
//! Law: a stretch that is answered lies on character borders and, where words are spaced, holds whole words.

use std::ops::Range;

use super::Alignment;

/// So many words that do not belong may stand between two that do.
const BRIDGED: usize = 2;

/// The heaviest cluster of target spans of which the part `belongs`, from 0 to 1, renders the words at `range`; without
/// articles and prepositions at its ends where those words have none.
pub(super) fn aligned(
    source: &str,
    range: &Range<usize>,
    target: &str,
    alignment: &Alignment,
    belongs: f32,
) -> Option<Range<usize>> {
    let mut clusters: Vec<(Range<usize>, f32)> = Vec::new();
    for (span, mass) in alignment.mass(range).into_iter().filter(|(_, mass)| *mass >= belongs) {
        match clusters.last_mut() {
            Some((cluster, sum)) if words(target.get(cluster.end..span.start).unwrap_or_default()) <= BRIDGED => {
                (cluster.end, *sum) = (span.end.max(cluster.end), *sum + mass);
            }
            _ => clusters.push((span, mass)),
        }
    }
    let (cluster, _) = clusters.into_iter().rev().max_by(|(_, one), (_, other)| one.total_cmp(other))?;
    target.get(cluster.clone())?;
    let words = &source[range.clone()];
    Some(bare(target, without_small(target, quoted(target, widened(target, cluster), words), words), words))
}

/// Articles and prepositions, which a language may need where the other has none: not part of what is marked.
const SMALL: &[&str] = &[
    "a", "al", "an", "ao", "aos", "as", "at", "au", "aux", "con", "d", "da", "das", "de", "del", "den", "der", "des",
    "di", "die", "do", "dos", "du", "e", "el", "em", "en", "et", "in", "il", "is", "l", "la", "las", "le", "les",
    "los", "na", "nas", "nos", "o", "of", "on", "os", "pela", "pelo", "por", "the", "to", "um", "uma", "un", "una",
    "une", "was", "y", "à", "às",
];

pub(super) fn is_small(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    SMALL.contains(&word.to_lowercase().as_str())
}

/// The range without small words at an end where the marked words have none.
pub(super) fn without_small(text: &str, range: Range<usize>, words: &str) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    let plain = |word: Option<&str>| !word.is_some_and(is_small);
    if plain(words.split_whitespace().next()) {
        while let Some((_, rest)) = text[start..end].split_once(' ').filter(|(first, _)| is_small(first)) {
            start = end - rest.trim_start().len();
        }
    }
    if plain(words.split_whitespace().next_back()) {
        while let Some((rest, _)) = text[start..end].rsplit_once(' ').filter(|(_, last)| is_small(last)) {
            end = start + rest.trim_end().len();
        }
    }
    if text[start..end].contains(char::is_alphanumeric) { start..end } else { range }
}

/// The range from its first quote on, where the marked words begin with one.
fn quoted(text: &str, range: Range<usize>, words: &str) -> Range<usize> {
    const QUOTES: &[char] = &['"', '“', '„', '«', '\'', '‘', '(', '['];
    let inner = &text[range.clone()];
    match inner.find(QUOTES).filter(|_| words.trim().starts_with(QUOTES)) {
        Some(at) if inner[..at].ends_with(' ') => range.start + at..range.end,
        _ => range,
    }
}

/// How many words a text holds; where words are written without spaces, two characters count as one.
pub(super) fn words(text: &str) -> usize {
    let alone = |c: &char| c.is_alphanumeric() && !joins(*c);
    text.split_whitespace().filter(|word| word.contains(joins)).count() + text.chars().filter(alone).count() / 2
}

/// The range without white space at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let start = range.end - inner.trim_start().len();
    start..start + inner.trim().len()
}

/// The range with the punctuation at its ends that the marked words have there, and without other punctuation.
pub(super) fn bare(text: &str, range: Range<usize>, words: &str) -> Range<usize> {
    let mark = |c: char| !c.is_alphanumeric();
    let (inner, words) = (&text[range.clone()], words.trim());
    if !inner.contains(char::is_alphanumeric) {
        return range;
    }
    let head = &words[..words.len() - words.trim_start_matches(mark).len()];
    let tail = &words[words.trim_end_matches(mark).len()..];
    let start = range.end - inner.trim_start_matches(mark).len();
    let end = range.start + inner.trim_end_matches(mark).len();
    let start = if text[..start].ends_with(head) { start - head.len() } else { range.start };
    let end = if text[end..].starts_with(tail) { end + tail.len() } else { range.end };
    start..end
}

/// The range stretched to the edges of the words it touches; at least one word, where there is one.
pub(super) fn widened(text: &str, range: Range<usize>) -> Range<usize> {
    let range = trimmed(text, range);
    let start = text[..range.start].trim_end_matches(joins).len();
    let end = text.len() - text[range.end..].trim_start_matches(joins).len();
    if start < end {
        return start..end;
    }
    // Between two words: the one that follows, or the last.
    let next = end + text[end..].find(char::is_alphanumeric).unwrap_or(0);
    let next = if text[next..].is_empty() { floor(text, text.len().saturating_sub(1)) } else { next };
    let step = text[next..].chars().next().map_or(0, char::len_utf8);
    let start = text[..next].trim_end_matches(joins).len();
    start..text.len() - text[next + step..].trim_start_matches(joins).len()
}

/// Whether a character holds on to its neighbours: letters and digits of scripts that put spaces between words.
pub(super) fn joins(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The character border at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}
