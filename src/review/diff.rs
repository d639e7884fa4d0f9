//! What was cut and what was put in, word by word.
//!
//! Law: what stays and what was cut are the text before, what stays and what was put in are the text after.

use similar::{ChangeTag, TextDiff};

/// A stretch of two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// It stands in both.
    Same(String),
    /// It stood in the text before.
    Cut(String),
    /// It stands in the text after; where it takes the place of a cut it follows that.
    Put(String),
}

/// Walks from `before` to `after`. Words are those of Unicode, so that Chinese and Japanese go character by character. What
/// was changed on both sides of white space is one change. No two pieces of a kind follow each other.
#[must_use]
pub fn words(before: &str, after: &str) -> Vec<Piece> {
    let diff = TextDiff::from_unicode_words(before, after);
    let mut walk = Walk::default();
    for op in diff.ops() {
        for change in diff.iter_changes(op) {
            walk.step(change.tag(), change.value());
        }
    }
    walk.finish()
}

/// A walk through two texts, with what is not decided yet.
#[derive(Default)]
struct Walk {
    pieces: Vec<Piece>,
    same: String,
    cut: String,
    put: String,
}

impl Walk {
    fn step(&mut self, tag: ChangeTag, word: &str) {
        if tag == ChangeTag::Equal {
            self.same.push_str(word);
            return;
        }
        let changing = !self.cut.is_empty() || !self.put.is_empty();
        if changing && !self.same.is_empty() && self.same.chars().all(char::is_whitespace) {
            self.cut.push_str(&self.same);
            self.put.push_str(&self.same);
            self.same.clear();
        } else if !self.same.is_empty() {
            self.flush();
        }
        match tag {
            ChangeTag::Delete => self.cut.push_str(word),
            ChangeTag::Insert => self.put.push_str(word),
            ChangeTag::Equal => {}
        }
    }

    /// Hands on the change, then what stays after it.
    fn flush(&mut self) {
        let mut hand_on = |text: &mut String, piece: fn(String) -> Piece| {
            if !text.is_empty() {
                self.pieces.push(piece(std::mem::take(text)));
            }
        };
        hand_on(&mut self.cut, Piece::Cut);
        hand_on(&mut self.put, Piece::Put);
        hand_on(&mut self.same, Piece::Same);
    }

    fn finish(mut self) -> Vec<Piece> {
        self.flush();
        self.pieces
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(before: &str, after: &str) -> String {
        let said = |piece| match piece {
            Piece::Same(text) => text,
            Piece::Cut(text) => format!("[-{text}-]"),
            Piece::Put(text) => format!("{{+{text}+}}"),
        };
        words(before, after).into_iter().map(said).collect()
    }

    #[test]
    fn a_change_is_told_whole() {
        assert_eq!(said("the old red door", "the new blue door"), "the [-old red-]{+new blue+} door");
        assert_eq!(said("外长会谈", "外长会见"), "外长会[-谈-]{+见+}");
        assert_eq!(said("a b", "a b"), "a b");
        assert_eq!(said("", "new"), "{+new+}");
    }

    fn side(pieces: &[Piece], after: bool) -> String {
        let kept = pieces.iter().filter_map(|piece| match piece {
            Piece::Same(text) => Some(text.as_str()),
            Piece::Cut(text) => (!after).then_some(text.as_str()),
            Piece::Put(text) => after.then_some(text.as_str()),
        });
        kept.collect()
    }

    proptest! {
        #[test]
        fn both_texts_are_in_the_pieces(before in "[a-c外 .\\n]{0,24}", after in "[a-c外 .\\n]{0,24}") {
            let pieces = words(&before, &after);
            prop_assert_eq!(side(&pieces, false), before);
            prop_assert_eq!(side(&pieces, true), after);
        }
    }
}
