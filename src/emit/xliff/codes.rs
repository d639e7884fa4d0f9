//! Numbers for inline codes.
//!
//! A mark keeps its number through all sentences of its block, and a translation may bear it twice; an XLIFF code
//! may occur once in the sources and once in the targets of its unit, and one number joins the two.

use crate::model::{Piece, Text};

/// Hands out the numbers of the inline codes of an XLIFF unit, from 1.
#[derive(Debug, Default)]
pub(super) struct Codes {
    last: u32,
}

impl Codes {
    /// Numbers for the marks of `source` and of its translation `target`, each in the order of its marks.
    /// A mark of the target takes the number of its source's mark, once; any more get numbers of their own.
    pub(super) fn number(&mut self, source: &Text, target: Option<&Text>) -> (Vec<u32>, Vec<u32>) {
        let mut free: Vec<(u32, u32)> = source.marks().iter().map(|mark| (mark.id, self.next())).collect();
        let numbers = free.iter().map(|(_, code)| *code).collect();
        let target_marks = target.map_or(&[][..], Text::marks);
        let mut take = |id| match free.iter().position(|(mark, _)| *mark == id) {
            Some(at) => free.remove(at).1,
            None => self.next(),
        };
        (numbers, target_marks.iter().map(|mark| take(mark.id)).collect())
    }

    fn next(&mut self) -> u32 {
        self.last += 1;
        self.last
    }
}

/// Walks `text` with the number of each mark beside the piece that opens it.
pub(super) fn numbered<'a>(text: &'a Text, numbers: &'a [u32]) -> impl Iterator<Item = (Piece<'a>, u32)> {
    let mut numbers = numbers.iter();
    text.pieces().into_iter().map(move |piece| match piece {
        Piece::Open(_) => (piece, *numbers.next().expect("a number for each mark")),
        Piece::Chars(_) | Piece::Close(_) => (piece, 0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Mark, MarkKind};

    fn marked(ids: &[u32]) -> Text {
        let marks = ids.iter().enumerate().map(|(at, id)| Mark { id: *id, range: at..at + 1, kind: MarkKind::Bold });
        Text::new("abcdef", marks.collect()).expect("marks apart")
    }

    #[test]
    fn a_mark_over_two_sentences_is_two_codes() {
        let mut codes = Codes::default();
        assert_eq!(codes.number(&marked(&[7]), Some(&marked(&[7]))), (vec![1], vec![1]));
        assert_eq!(codes.number(&marked(&[7, 8]), Some(&marked(&[8, 7]))), (vec![2, 3], vec![3, 2]));
    }

    #[test]
    fn a_mark_that_the_translation_doubles_gets_a_number_of_its_own() {
        assert_eq!(Codes::default().number(&marked(&[7]), Some(&marked(&[7, 7]))), (vec![1], vec![1, 2]));
    }

    #[test]
    fn a_segment_without_target_numbers_its_source() {
        assert_eq!(Codes::default().number(&marked(&[7]), None), (vec![1], vec![]));
    }
}
