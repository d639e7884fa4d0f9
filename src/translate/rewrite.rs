//! A text with stretches replaced, which remembers what stood there.
//!
//! Law: a range on untouched text maps to the same characters, and a range that meets a replacement maps to all of it.

use std::ops::Range;

/// A rewritten text and the way back to the original.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rewrite {
    text: String,
    edits: Vec<Edit>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Edit {
    from: Range<usize>,
    to: Range<usize>,
}

impl Rewrite {
    /// Replaces ranges of `original`, which are in order, apart, and on character borders.
    pub(crate) fn new<S: AsRef<str>>(
        original: &str,
        replacements: impl IntoIterator<Item = (Range<usize>, S)>,
    ) -> Self {
        let mut rewrite = Self::default();
        let mut at = 0;
        for (from, with) in replacements {
            rewrite.text.push_str(&original[at..from.start]);
            let start = rewrite.text.len();
            rewrite.text.push_str(with.as_ref());
            at = from.end;
            rewrite.edits.push(Edit { from, to: start..rewrite.text.len() });
        }
        rewrite.text.push_str(&original[at..]);
        rewrite
    }

    /// The rewritten text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The rewritten text itself.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// The range of the original that `range` of the rewritten text came from.
    pub(crate) fn original(&self, range: &Range<usize>) -> Range<usize> {
        follow(range, self.edits.iter().map(|edit| (&edit.to, &edit.from)))
    }

    /// The range of the rewritten text that `range` of the original became.
    pub(crate) fn rewritten(&self, range: &Range<usize>) -> Range<usize> {
        follow(range, self.edits.iter().map(|edit| (&edit.from, &edit.to)))
    }
}

fn follow<'a>(range: &Range<usize>, edits: impl Iterator<Item = (&'a Range<usize>, &'a Range<usize>)>) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    for (here, there) in edits {
        if here.end <= range.start {
            start = range.start - here.end + there.end;
        } else if here.start <= range.start {
            start = there.start;
        }
        if here.end < range.end {
            end = range.end - here.end + there.end;
        } else if here.start < range.end {
            end = there.end;
        } else {
            break;
        }
    }
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_followed_both_ways() {
        let rewrite = Rewrite::new("pay £10 “now”", [(4..8, "X1X"), (9..12, "\""), (15..18, "\"")]);
        assert_eq!(rewrite.text(), "pay X1X \"now\"");
        assert_eq!(rewrite.original(&(0..3)), 0..3);
        assert_eq!(rewrite.original(&(4..7)), 4..8);
        assert_eq!(rewrite.original(&(5..6)), 4..8);
        assert_eq!(rewrite.original(&(9..12)), 12..15);
        assert_eq!(rewrite.rewritten(&(12..15)), 9..12);
        assert_eq!(rewrite.rewritten(&(4..15)), 4..12);
        assert_eq!(rewrite.original(&(0..13)), 0..18);
    }
}
