//! A passage as it was exported, in the form that what came back is compared with.

use crate::model::{Passage, Unit};
use crate::xliff::{Coding, Step};

use super::same::squashed;

/// A passage as it was exported.
pub(super) struct Sent<'a> {
    pub(super) passage: &'a Passage<Unit>,
    pub(super) coding: Coding,
    /// The sources of its segments, squashed, without what went out as a code.
    pub(super) sources: Vec<String>,
    /// The same as one string.
    pub(super) whole: String,
    /// The same as they stand, each with the white space after it.
    spaced: Vec<String>,
}

impl<'a> Sent<'a> {
    pub(super) fn of(passage: &'a Passage<Unit>) -> Self {
        let coding = Coding::of(passage);
        let texts = passage.segments.iter().enumerate();
        let spaced: Vec<String> = texts.map(|(at, unit)| chars(coding.source(at)) + &unit.segment.gap).collect();
        let sources: Vec<String> = spaced.iter().map(|text| squashed(text)).collect();
        Self { passage, coding, whole: sources.concat(), sources, spaced }
    }

    /// Whether white space follows the first `length` characters of a squashed text that begins with the segment at `place`.
    pub(super) fn is_spaced_after(&self, place: usize, length: usize) -> bool {
        let text: String = self.spaced[place..].concat();
        let mut seen = 0;
        let rest = text.char_indices().find(|(_, char)| {
            seen += usize::from(!char.is_whitespace());
            seen > length
        });
        rest.is_some_and(|(at, _)| text[..at].ends_with(char::is_whitespace))
    }

    /// The place of the segment `id`.
    pub(super) fn place(&self, id: &str) -> Option<usize> {
        self.passage.segments.iter().position(|unit| unit.segment.id.as_str() == id)
    }
}

/// The characters of a text between its codes.
fn chars(steps: &[Step]) -> String {
    let chars = steps.iter().filter_map(|step| match step {
        Step::Chars(chars) => Some(chars.as_str()),
        _ => None,
    });
    chars.collect()
}
