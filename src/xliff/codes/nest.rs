//! Stretches of a text that may cross, made to nest.

use std::cmp::Reverse;
use std::collections::{BTreeSet, VecDeque};

use crate::model::Mark;

/// A stretch of text under a code.
#[derive(Debug)]
pub(super) struct Span {
    pub(super) code: u32,
    /// The byte at which it starts.
    pub(super) start: usize,
    /// The byte at which it ends, once it does.
    pub(super) end: Option<usize>,
    /// Whether it is the first of its code.
    pub(super) first: bool,
}

impl Span {
    /// The first of `code`, open from the byte `start`.
    pub(super) fn at(start: usize, code: u32) -> Self {
        Self { code, start, end: None, first: true }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.end == Some(self.start)
    }
}

/// Makes `marks`, each with its code and whether it is the first of it, nest: one that begins inside another and ends outside
/// is parted in two, or cut short where it is not the first. Their codes are added to `moved`.
pub(super) fn nest(mut marks: Vec<(u32, bool, Mark)>, moved: &mut BTreeSet<u32>) -> Vec<Mark> {
    let key = |mark: &Mark| (mark.range.start, Reverse(mark.range.end), mark.id);
    marks.sort_by_key(|(.., mark)| key(mark));
    let mut pending = VecDeque::from(marks);
    let mut nested: Vec<Mark> = Vec::with_capacity(pending.len());
    let mut open: Vec<usize> = Vec::new();
    while let Some((code, first, mut mark)) = pending.pop_front() {
        while open.pop_if(|end| *end <= mark.range.start).is_some() {}
        if let Some(&end) = open.last().filter(|end| **end < mark.range.end) {
            moved.insert(code);
            if first {
                let rest = Mark { range: end..mark.range.end, ..mark.clone() };
                let at = pending.partition_point(|(.., other)| key(other) <= key(&rest));
                pending.insert(at, (code, first, rest));
            }
            mark.range.end = end;
        }
        open.push(mark.range.end);
        nested.push(mark);
    }
    nested
}
