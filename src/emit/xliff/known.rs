//! What the notes of an export say, so that a reviewer's notes can be told from them where a tool drops their authors.

use std::collections::HashSet;

use super::{Job, Style, notes};
use crate::emit::Facts;
use crate::model::{MarkKind, Translation};

/// The texts of the notes that an export of `translation` bears.
#[must_use]
pub fn note_texts(translation: &Translation) -> HashSet<String> {
    let facts = Facts::default();
    let job = Job::new(translation, Style::default(), &facts);
    let mut texts = HashSet::new();
    for passage in &translation.document.passages {
        texts.extend(notes::on_passage(passage, translation.document.language).into_iter().map(|note| note.text));
        for (place, unit) in (1..).zip(&passage.segments) {
            for note in notes::on_segment(unit, &job) {
                texts.insert(format!("sentence {place}: {}", note.text));
                texts.insert(note.text);
            }
            let hrefs = unit.segment.text.marks().iter().filter_map(|mark| match &mark.kind {
                MarkKind::Link { href } => Some(href),
                _ => None,
            });
            texts.extend(hrefs.flat_map(|href| (1..=99).map(move |code| format!("link {code}: {href}"))));
        }
    }
    texts
}
