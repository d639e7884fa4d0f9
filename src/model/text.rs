//! Text with its inline marks beside it.
//!
//! The characters stand in one plain string, and marks (bold, italic, links, code) are byte ranges over it.
//! Whoever matches, segments or translates works on [`Text::plain`] and never meets markup;
//! whoever writes XLIFF or HTML walks [`Text::pieces`].
//! Law: marks lie on character borders inside the text, and any two are apart or nested.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A run of text and the inline marks on it. A `\n` in a block's text is a line break its author set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Text {
    plain: String,
    marks: Vec<Mark>,
}

/// An inline mark: what it is, and the bytes of the plain text that it covers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mark {
    /// Names the mark within its block, from 1; a translation's mark bears the number of its source's.
    pub id: u32,
    /// Byte range over the plain text; never empty.
    pub range: Range<usize>,
    /// What the mark says.
    pub kind: MarkKind,
}

/// What an inline mark says of its text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// Strong importance or bold type.
    Bold,
    /// Emphasis or italic type.
    Italic,
    /// Code or other monospaced text.
    Code,
    /// A hyperlink to `href`.
    Link {
        /// The address as the article has it, not resolved or checked.
        href: String,
    },
}

/// A step of a walk through a text: see [`Text::pieces`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A mark begins here.
    Open(&'a Mark),
    /// Characters under the marks now open; never empty.
    Chars(&'a str),
    /// The mark that was opened last ends here.
    Close(&'a Mark),
}

/// Why marks do not fit a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// A mark is empty, runs past the end, or splits a character.
    #[error("inline mark {id} covers bytes {range:?}, which is no stretch of the text")]
    Range {
        /// The mark.
        id: u32,
        /// What it claims to cover.
        range: Range<usize>,
    },
    /// Two marks overlap without one holding the other.
    #[error("inline marks {first} and {second} cross")]
    Crossing {
        /// The mark that begins first.
        first: u32,
        /// The mark that begins inside it and ends outside.
        second: u32,
    },
}

impl Text {
    /// Joins `plain` and its `marks`, in any order.
    ///
    /// # Errors
    /// When a mark does not lie on the text, or two marks cross.
    pub fn new(plain: impl Into<String>, mut marks: Vec<Mark>) -> Result<Self, TextError> {
        let plain = plain.into();
        marks.sort_by_key(Mark::place);
        let mut open: Vec<&Mark> = Vec::new();
        for mark in &marks {
            if mark.range.is_empty() || plain.get(mark.range.clone()).is_none() {
                return Err(TextError::Range { id: mark.id, range: mark.range.clone() });
            }
            open.retain(|outer| outer.range.end > mark.range.start);
            if let Some(outer) = open.iter().find(|outer| outer.range.end < mark.range.end) {
                return Err(TextError::Crossing { first: outer.id, second: mark.id });
            }
            open.push(mark);
        }
        Ok(Self { plain, marks })
    }

    /// The characters without markup.
    #[must_use]
    pub fn plain(&self) -> &str {
        &self.plain
    }

    /// The marks, by start, an outer one before those it holds.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The part of the text at `range`, marks clipped to it and sorted again.
    ///
    /// # Panics
    /// When `range` does not lie on character borders inside the text.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let clip = |mark: &Mark| {
            let start = mark.range.start.max(range.start);
            let end = mark.range.end.min(range.end);
            (start < end).then(|| Mark { range: start - range.start..end - range.start, ..mark.clone() })
        };
        let mut marks: Vec<Mark> = self.marks.iter().filter_map(clip).collect();
        // An outer mark and one inside it may now cover the same.
        marks.sort_by_key(Mark::place);
        Self { plain: self.plain[range].to_owned(), marks }
    }

    /// Puts texts together, each with what stands before it: nothing or white space. A mark that ends one text and goes on
    /// at the start of the next, under the same number, is one mark.
    #[must_use]
    pub fn join<'a>(parts: impl IntoIterator<Item = (&'a str, &'a Self)>) -> Self {
        let mut joined = Self::default();
        for (gap, part) in parts {
            let end = joined.plain.len();
            joined.plain.push_str(gap);
            let shift = joined.plain.len();
            joined.plain.push_str(&part.plain);
            for mark in &part.marks {
                let range = mark.range.start + shift..mark.range.end + shift;
                let before = joined.marks.iter_mut().find(|it| it.id == mark.id && it.range.end == end && end > 0);
                match before.filter(|it| mark.range.start == 0 && it.kind == mark.kind) {
                    Some(before) => before.range.end = range.end,
                    None => joined.marks.push(Mark { range, ..mark.clone() }),
                }
            }
        }
        let Self { plain, marks } = joined;
        Self::new(plain.clone(), marks).unwrap_or_else(|_| plain.into())
    }

    /// The text without white space at its ends; a mark that covered nothing else is gone.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        if self.plain.trim().len() == self.plain.len() {
            return self.clone();
        }
        let start = self.plain.len() - self.plain.trim_start().len();
        self.slice(start..self.plain.trim_end().len().max(start))
    }

    /// Walks the text from start to end: marks opening and closing, properly nested, and the characters between.
    #[must_use]
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        let mut pieces = Vec::with_capacity(2 * self.marks.len() + 1);
        let mut open: Vec<&Mark> = Vec::new();
        let mut at = 0;
        for mark in &self.marks {
            self.close_until(mark.range.start, &mut at, &mut open, &mut pieces);
            self.chars(mark.range.start, &mut at, &mut pieces);
            pieces.push(Piece::Open(mark));
            open.push(mark);
        }
        self.close_until(self.plain.len(), &mut at, &mut open, &mut pieces);
        self.chars(self.plain.len(), &mut at, &mut pieces);
        pieces
    }

    fn close_until<'a>(&'a self, end: usize, at: &mut usize, open: &mut Vec<&'a Mark>, pieces: &mut Vec<Piece<'a>>) {
        while let Some(mark) = open.pop_if(|mark| mark.range.end <= end) {
            self.chars(mark.range.end, at, pieces);
            pieces.push(Piece::Close(mark));
        }
    }

    fn chars<'a>(&'a self, end: usize, at: &mut usize, pieces: &mut Vec<Piece<'a>>) {
        if *at < end {
            pieces.push(Piece::Chars(&self.plain[*at..end]));
            *at = end;
        }
    }
}

impl Mark {
    /// By what the marks of a text are sorted; of those that cover the same, the lower number is the outer one.
    fn place(&self) -> (usize, std::cmp::Reverse<usize>, u32) {
        (self.range.start, std::cmp::Reverse(self.range.end), self.id)
    }
}

impl From<&str> for Text {
    fn from(plain: &str) -> Self {
        Self { plain: plain.to_owned(), marks: Vec::new() }
    }
}

impl From<String> for Text {
    fn from(plain: String) -> Self {
        Self { plain, marks: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark(id: u32, range: Range<usize>) -> Mark {
        Mark { id, range, kind: MarkKind::Bold }
    }

    fn written(text: &Text) -> String {
        text.pieces()
            .iter()
            .map(|piece| match piece {
                Piece::Open(mark) => format!("<{}>", mark.id),
                Piece::Chars(chars) => (*chars).to_owned(),
                Piece::Close(mark) => format!("</{}>", mark.id),
            })
            .collect()
    }

    #[test]
    fn pieces_nest() {
        let text = Text::new("one two three", vec![mark(2, 4..7), mark(1, 0..7), mark(3, 8..13)]).expect("nested");
        assert_eq!(written(&text), "<1>one <2>two</2></1> <3>three</3>");
    }

    #[test]
    fn a_slice_clips_its_marks() {
        let text = Text::new("one two three", vec![mark(1, 0..7)]).expect("nested");
        assert_eq!(written(&text.slice(4..13)), "<1>two</1> three");
        assert_eq!(written(&text.slice(8..13)), "three");
        let text = Text::new("one two", vec![mark(2, 0..7), mark(1, 4..7)]).expect("nested");
        assert_eq!(written(&text.slice(4..7)), "<1><2>two</2></1>");
    }

    #[test]
    fn a_mark_that_goes_on_in_the_next_text_is_one() {
        let first = Text::new("one two", vec![mark(1, 4..7)]).expect("nested");
        let next = Text::new("three four", vec![mark(1, 0..5), mark(2, 6..10)]).expect("nested");
        assert_eq!(written(&Text::join([("", &first), (" ", &next)])), "one <1>two three</1> <2>four</2>");
        assert_eq!(written(&Text::join([("", &next), (" ", &first)])), "<1>three</1> <2>four</2> one <1>two</1>");
    }

    #[test]
    fn a_text_is_trimmed_with_its_marks() {
        let text = Text::new(" a b ", vec![mark(1, 0..1), mark(2, 3..5)]).expect("nested");
        assert_eq!(written(&text.trimmed()), "a <2>b</2>");
        assert_eq!(written(&Text::from("  ").trimmed()), "");
    }

    #[test]
    fn marks_that_cannot_be_written_are_refused() {
        let crossing = Text::new("abcdef", vec![mark(1, 0..4), mark(2, 2..6)]);
        assert_eq!(crossing, Err(TextError::Crossing { first: 1, second: 2 }));
        assert!(matches!(Text::new("é", vec![mark(1, 0..1)]), Err(TextError::Range { id: 1, .. })));
        assert!(matches!(Text::new("abc", vec![mark(1, 1..1)]), Err(TextError::Range { id: 1, .. })));
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_is_walked_whole(plain in "[a-zé ]{0,12}", spans in prop::collection::vec((0usize..13, 0usize..13), 0..5)) {
            let marks = (1..).zip(spans).map(|(id, (start, end))| mark(id, start..end)).collect();
            let Ok(text) = Text::new(plain.clone(), marks) else { return Ok(()) };
            let mut open = Vec::new();
            let mut walked = String::new();
            for piece in text.pieces() {
                match piece {
                    Piece::Open(mark) => open.push(mark.id),
                    Piece::Chars(chars) => walked.push_str(chars),
                    Piece::Close(mark) => prop_assert_eq!(open.pop(), Some(mark.id)),
                }
            }
            prop_assert!(open.is_empty());
            prop_assert_eq!(walked, plain);
        }
    }
}
