//! Puts a source's inline marks on its translation.
//!
//! Law: whatever the alignment says, the marks of the result lie on the text and nest, and each bears the number of
//! its source's mark. A mark for which no place is left is reported as lost, never dropped in silence.

use std::ops::Range;

use super::spans::{aligned, bare, floor, trimmed, widened};
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
    verbatim(source, range, target).or_else(|| aligned(source, range, target, alignment?, BELONGS))
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

#[cfg(test)]
mod tests;
