//! Texts with their inline codes, and with marks on terms where the profile has them.
//!
//! Law: what is written nests. A term that a code begins or ends inside of has no mark.

use std::ops::Range;

use crate::xliff::{Coding, Step};

/// A mark on a term in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TermMark<'a> {
    /// Bytes of the plain text that it covers.
    pub(super) range: Range<usize>,
    /// Its number in its unit, the same in source and target, from 1.
    pub(super) number: usize,
    /// The number of its entry in the glossary of its unit, from 1.
    pub(super) entry: usize,
    /// The rendering that the glossary prefers.
    pub(super) rendering: &'a str,
}

/// What is written of a text, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Characters.
    Chars(&'a str),
    /// A code.
    Code(&'a Step),
    /// A mark on a term begins.
    Term(&'a TermMark<'a>),
    /// The mark on a term ends that began last.
    TermEnd,
}

/// The parts of a text; `marks` are apart and fit it.
pub(super) fn parts<'a>(steps: &'a [Step], coding: &Coding, marks: &'a [TermMark<'a>]) -> Vec<Part<'a>> {
    let mut walk =
        Walk { at: 0, parts: Vec::with_capacity(steps.len()), open: Vec::new(), marks: marks.iter().collect() };
    walk.marks.sort_by_key(|mark| std::cmp::Reverse(mark.range.start));
    for (step, extent) in steps.iter().zip(extents(steps, coding)) {
        walk.end_terms();
        match step {
            Step::Chars(chars) => walk.chars(chars),
            Step::Open(_) => {
                walk.begin_terms(extent.end);
                walk.open.push(None);
                walk.parts.push(Part::Code(step));
            }
            Step::Close(_) => {
                walk.open.pop();
                walk.parts.push(Part::Code(step));
            }
            Step::Begin(_) | Step::End(_) | Step::Alone(_) => {
                walk.begin_terms(walk.at);
                walk.parts.push(Part::Code(step));
                walk.at = extent.end;
            }
        }
    }
    walk.end_terms();
    walk.parts
}

/// Whether a mark on `range` would nest with the codes of a text.
pub(super) fn fits(steps: &[Step], coding: &Coding, range: &Range<usize>) -> bool {
    steps.iter().zip(extents(steps, coding)).all(|(step, code)| match step {
        Step::Open(_) => {
            let over_its_start = range.start < code.start && code.start < range.end && range.end < code.end;
            let over_its_end = code.start < range.start && range.start < code.end && code.end < range.end;
            !over_its_start && !over_its_end
        }
        Step::Alone(_) => [range.start, range.end].iter().all(|border| *border <= code.start || code.end <= *border),
        Step::Chars(_) | Step::Close(_) | Step::Begin(_) | Step::End(_) => true,
    })
}

struct Walk<'a> {
    /// The byte of the plain text that has been reached.
    at: usize,
    parts: Vec<Part<'a>>,
    /// What is open, by where it is sure to end: marks on terms; nothing for a code, whose end is a step.
    open: Vec<Option<usize>>,
    /// The marks that are still to begin, the next one last.
    marks: Vec<&'a TermMark<'a>>,
}

impl<'a> Walk<'a> {
    /// Begins the marks that start here and reach beyond `end`: those that hold what is to come.
    fn begin_terms(&mut self, end: usize) {
        while let Some(mark) = self.marks.pop_if(|mark| mark.range.start <= self.at && mark.range.end > end) {
            self.open.push(Some(mark.range.end));
            self.parts.push(Part::Term(mark));
        }
    }

    fn end_terms(&mut self) {
        while self.open.pop_if(|open| open.is_some_and(|end| end <= self.at)).is_some() {
            self.parts.push(Part::TermEnd);
        }
    }

    fn chars(&mut self, mut chars: &'a str) {
        while !chars.is_empty() {
            self.begin_terms(self.at);
            let end = self.open.last().copied().flatten();
            let next = end.or_else(|| self.marks.last().map(|mark| mark.range.start));
            let length = next.map_or(chars.len(), |next| next - self.at).min(chars.len());
            let (now, later) = chars.split_at(length);
            self.parts.push(Part::Chars(now));
            self.at += length;
            chars = later;
            if !chars.is_empty() {
                self.end_terms();
            }
        }
    }
}

/// The bytes of the plain text over which each step extends: of a code that opens, to where it closes.
fn extents(steps: &[Step], coding: &Coding) -> Vec<Range<usize>> {
    let mut extents: Vec<Range<usize>> = Vec::with_capacity(steps.len());
    let mut open = Vec::new();
    let mut at = 0;
    for step in steps {
        let start = at;
        match step {
            Step::Chars(chars) => at += chars.len(),
            Step::Alone(code) => at += coding.nature_of(*code).text().len(),
            Step::Open(_) => open.push(extents.len()),
            Step::Close(_) => {
                if let Some(opened) = open.pop() {
                    extents[opened].end = at;
                }
            }
            Step::Begin(_) | Step::End(_) => {}
        }
        extents.push(start..at);
    }
    extents
}
