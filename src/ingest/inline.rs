//! Builds block texts with inline marks from a stream of characters and tags.
//!
//! Laws: white space is folded to single spaces, none stands at either end, no control character but the author's
//! `\n` is let in, marks are nested, cover no white space at their ends, and are numbered from 1.

use crate::model::{Mark, MarkKind, Text};

/// A block's text in the making.
#[derive(Debug, Default)]
pub(super) struct Inline {
    plain: String,
    open: Vec<(usize, MarkKind)>,
    marks: Vec<(std::ops::Range<usize>, MarkKind)>,
}

impl Inline {
    /// Adds characters; runs of white space count as one space, a line break of the input among them.
    pub(super) fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\u{2028}' | '\u{2029}' => self.line_break(),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{85}' => self.space(),
                // East Asian typography indents a paragraph: a line that begins so after a break is one.
                '\u{3000}' if self.plain.ends_with('\n') => {
                    if !self.plain.ends_with("\n\n") {
                        self.plain.push('\n');
                    }
                }
                '\u{a0}' if self.plain.ends_with('\n') => {}
                c if is_dropped(c) => {}
                c => self.plain.push(c),
            }
        }
    }

    /// Adds a line break that the author set; two in a row part paragraphs.
    pub(super) fn line_break(&mut self) {
        while self.plain.ends_with(' ') {
            self.plain.pop();
        }
        self.plain.push('\n');
    }

    /// Begins a mark at this place.
    pub(super) fn open(&mut self, kind: MarkKind) {
        self.open.push((self.plain.len(), kind));
    }

    /// Ends the mark that was begun last.
    pub(super) fn close(&mut self) {
        let Some((start, kind)) = self.open.pop() else { return };
        // Bold inside bold says nothing new.
        if self.open.iter().all(|(_, outer)| *outer != kind) {
            self.marks.push((start..self.plain.len().max(start), kind));
        }
    }

    /// Takes out what was built, as one text for each paragraph; marks still open go on in what comes next.
    pub(super) fn take(&mut self) -> Vec<Text> {
        let reopen: Vec<MarkKind> = self.open.iter().map(|(_, kind)| kind.clone()).collect();
        while !self.open.is_empty() {
            self.close();
        }
        let built = std::mem::take(self);
        self.open = reopen.into_iter().map(|kind| (0, kind)).collect();
        built.paragraphs()
    }

    fn space(&mut self) {
        if !self.plain.is_empty() && !self.plain.ends_with([' ', '\n']) {
            self.plain.push(' ');
        }
    }

    fn paragraphs(self) -> Vec<Text> {
        let mut texts = Vec::new();
        let mut start = 0;
        while start < self.plain.len() {
            let end = self.plain[start..].find("\n\n").map_or(self.plain.len(), |at| start + at);
            texts.extend(self.trimmed(start..end));
            start = end + 2;
        }
        texts
    }

    /// The text of `range` without white space at its ends; nothing where there is no more to it.
    fn trimmed(&self, range: std::ops::Range<usize>) -> Option<Text> {
        let range = shrink(&self.plain, range)?;
        let mut marks: Vec<Mark> = Vec::new();
        for (covered, kind) in &self.marks {
            let clipped = covered.start.max(range.start)..covered.end.min(range.end);
            if clipped.start < clipped.end
                && let Some(clipped) = shrink(&self.plain, clipped)
            {
                let clipped = clipped.start - range.start..clipped.end - range.start;
                marks.push(Mark { id: 0, range: clipped, kind: kind.clone() });
            }
        }
        // Inner marks were closed first, so that of two on the same text the later is the outer.
        marks.reverse();
        marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
        for (id, mark) in (1..).zip(&mut marks) {
            mark.id = id;
        }
        Some(Text::new(&self.plain[range], marks).expect("marks opened and closed in order are nested"))
    }
}

/// A text without marks, white space folded and control characters dropped; empty where nothing is left.
pub(super) fn fold(text: &str) -> String {
    let mut inline = Inline::default();
    inline.text(text);
    inline.take().iter().map(Text::plain).collect::<Vec<_>>().join(" ").replace('\n', " ")
}

/// Characters that no text needs and XML, a matcher or a reader stumbles over: controls, byte-order marks, soft hyphens,
/// zero-width spaces, overrides of the writing direction, non-characters.
fn is_dropped(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{feff}' | '\u{ad}' | '\u{200b}' | '\u{202d}' | '\u{202e}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// `range` without the white space at its ends, or nothing where it holds nothing else.
fn shrink(plain: &str, range: std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    let text = &plain[range.clone()];
    let start = range.start + (text.len() - text.trim_start().len());
    let trimmed = text.trim();
    (!trimmed.is_empty()).then(|| start..start + trimmed.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn white_space_is_folded_and_marks_shrink_to_their_words() {
        let mut inline = Inline::default();
        inline.text("  The \u{7}");
        inline.open(MarkKind::Bold);
        inline.text(" joint\n statement ");
        inline.close();
        inline.text(" was read. ");
        let texts = inline.take();
        assert_eq!(texts[0].plain(), "The joint statement was read.");
        assert_eq!(texts[0].marks(), [Mark { id: 1, range: 4..19, kind: MarkKind::Bold }]);
    }

    #[test]
    fn what_readers_do_not_see_is_dropped_and_what_joins_letters_stays() {
        assert_eq!(fold("Bei\u{200b}jing \u{202e}talks\u{ad} می\u{200c}شود"), "Beijing talks می\u{200c}شود");
    }

    #[test]
    fn an_indent_after_a_line_break_begins_a_paragraph() {
        let mut inline = Inline::default();
        inline.text("\u{3000}\u{3000}一。");
        inline.line_break();
        inline.text("\n\u{3000}\u{3000}二\u{3000}三。");
        inline.line_break();
        inline.text("\u{a0}\u{a0}四。");
        let texts = inline.take();
        assert_eq!(texts.iter().map(Text::plain).collect::<Vec<_>>(), ["一。", "二\u{3000}三。\n四。"]);
    }

    #[test]
    fn two_line_breaks_part_paragraphs_and_marks_go_on() {
        let mut inline = Inline::default();
        inline.open(MarkKind::Italic);
        inline.text("one");
        inline.line_break();
        inline.text("two");
        inline.line_break();
        inline.line_break();
        inline.text("three");
        inline.close();
        let texts = inline.take();
        assert_eq!(texts.iter().map(Text::plain).collect::<Vec<_>>(), ["one\ntwo", "three"]);
        assert_eq!(texts[1].marks()[0].range, 0..5);
    }

    proptest! {
        #[test]
        fn no_stream_of_events_breaks_the_laws(events in prop::collection::vec((0u8..5, "\\PC{0,6}|[ \n\t\u{0}\u{85}\u{2028}]{0,3}"), 0..24)) {
            let mut inline = Inline::default();
            let mut texts = Vec::new();
            for (event, text) in &events {
                match event {
                    0 => inline.open(MarkKind::Bold),
                    1 => inline.open(MarkKind::Link { href: text.clone() }),
                    2 => inline.close(),
                    3 => inline.line_break(),
                    _ => inline.text(text),
                }
                if text.len() == 5 {
                    texts.extend(inline.take());
                }
            }
            texts.extend(inline.take());
            for text in texts {
                prop_assert!(!text.plain().is_empty() && text.plain().trim() == text.plain());
                prop_assert!(text.plain().chars().all(|c| c == '\n' || !c.is_control()));
                prop_assert!((1..).zip(text.marks()).all(|(id, mark)| mark.id == id));
            }
        }
    }
}
