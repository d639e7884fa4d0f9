//! Puts a source's inline marks on its translation.
//!
//! Law: whatever the alignment says, the marks of the result lie on the text and nest, and each bears the number of
//! its source's mark. A mark for which no place is left is reported as lost, never dropped in silence.

use std::ops::Range;

use super::{Alignment, Draft};
use crate::model::{Mark, Text};

/// A translation with its source's marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The translation.
    pub text: Text,
    /// Numbers of the marks that stand where they probably belong: only the proportion told their place.
    pub guessed: Vec<u32>,
    /// Numbers of the marks that found no place.
    pub lost: Vec<u32>,
}

/// Puts the marks of `source` on `draft`: where its words are aligned, or occur, or else in proportion.
#[must_use]
pub fn place(source: &Text, draft: Draft) -> Placed {
    let Draft { text: target, alignment } = draft;
    let (mut placed, mut guessed, mut lost) = (Vec::<(&Mark, Range<usize>)>::new(), Vec::new(), Vec::new());
    // The outer mark comes before those it holds, so that these can be kept inside it.
    for mark in source.marks() {
        let known = sought(source.plain(), &mark.range, &target, alignment.as_ref());
        let range = known.clone().unwrap_or_else(|| proportional(source.plain(), &mark.range, &target));
        let Some(range) = fitted(&target, mark, trimmed(&target, range), &placed) else {
            lost.push(mark.id);
            continue;
        };
        if known.is_none() {
            guessed.push(mark.id);
        }
        placed.push((mark, range));
    }
    let marks = placed.into_iter().map(|(mark, range)| Mark { range, ..mark.clone() }).collect();
    if let Ok(text) = Text::new(target.clone(), marks) {
        return Placed { text, guessed, lost };
    }
    let lost = source.marks().iter().map(|mark| mark.id).collect();
    Placed { text: target.into(), guessed: Vec::new(), lost }
}

/// Where the marked words are in the target, if anything tells.
fn sought(source: &str, range: &Range<usize>, target: &str, alignment: Option<&Alignment>) -> Option<Range<usize>> {
    if trimmed(source, range.clone()) == trimmed(source, 0..source.len()) {
        return Some(0..target.len());
    }
    verbatim(source, range, target).or_else(|| aligned(source, range, target, alignment?))
}

/// Where the marked words occur as they are, once in the source and once in the target.
fn verbatim(source: &str, range: &Range<usize>, target: &str) -> Option<Range<usize>> {
    let words = &source[range.clone()];
    if !words.contains(char::is_alphanumeric) || source.matches(words).count() != 1 {
        return None;
    }
    let (at, _) = target.match_indices(words).next().filter(|_| target.matches(words).count() == 1)?;
    let found = at..at + words.len();
    (widened(target, found.clone()) == found).then_some(found)
}

/// A target span belongs to a mark when at least this part of it renders marked words.
const BELONGS: f32 = 0.5;
/// So many words that do not belong may stand between two that do.
const BRIDGED: usize = 2;

/// The heaviest cluster of target spans that render the marked words.
fn aligned(source: &str, range: &Range<usize>, target: &str, alignment: &Alignment) -> Option<Range<usize>> {
    let mut clusters: Vec<(Range<usize>, f32)> = Vec::new();
    for (span, mass) in alignment.mass(range).into_iter().filter(|(_, mass)| *mass >= BELONGS) {
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

fn is_small(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    SMALL.contains(&word.to_lowercase().as_str())
}

/// The range without small words at an end where the marked words have none.
fn without_small(text: &str, range: Range<usize>, words: &str) -> Range<usize> {
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
fn words(text: &str) -> usize {
    let alone = |c: &char| c.is_alphanumeric() && !joins(*c);
    text.split_whitespace().filter(|word| word.contains(joins)).count() + text.chars().filter(alone).count() / 2
}

/// Where the marked words would be if both texts ran at the same pace.
fn proportional(source: &str, range: &Range<usize>, target: &str) -> Range<usize> {
    let scaled = |at: usize| floor(target, at * target.len() / source.len().max(1));
    bare(target, widened(target, scaled(range.start)..scaled(range.end)), &source[range.clone()])
}

/// Keeps `range` inside the marks that hold `mark` and apart from the others; `None` where nothing is left of it.
fn fitted(target: &str, mark: &Mark, range: Range<usize>, placed: &[(&Mark, Range<usize>)]) -> Option<Range<usize>> {
    let mut range = range;
    for (other, there) in placed {
        let meets = range.start < there.end && there.start < range.end;
        if other.range.start <= mark.range.start && mark.range.end <= other.range.end {
            range = if meets { range.start.max(there.start)..range.end.min(there.end) } else { there.clone() };
        } else if meets {
            let before = range.start..there.start.max(range.start);
            let after = there.end.min(range.end)..range.end;
            range = trimmed(target, if before.len() >= after.len() { before } else { after });
        }
    }
    (!range.is_empty()).then_some(range)
}

/// The range without white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let start = range.end - inner.trim_start().len();
    start..start + inner.trim().len()
}

/// The range with the punctuation at its ends that the marked words have there, and without other punctuation.
fn bare(text: &str, range: Range<usize>, words: &str) -> Range<usize> {
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
fn widened(text: &str, range: Range<usize>) -> Range<usize> {
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
fn joins(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The character border at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests;
