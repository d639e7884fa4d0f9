//! What differs between two states of an article, segment by segment.

use crate::model::{SegmentId, Text, Translation, Unit};

use super::cells::rendered;
use super::report::{Change, SegmentState};
use super::same::is_same;

/// The segments of `after` whose translation is another than in `before`. A segment of `after` may cover several of
/// `before`, from the one with its id on.
#[must_use]
pub fn changes(before: &Translation, after: &Translation) -> Vec<Change> {
    let mut changes = Vec::new();
    for (was, is) in before.document.passages.iter().zip(&after.document.passages) {
        let place = |id: &SegmentId| was.segments.iter().position(|unit| unit.segment.id == *id);
        for (at, unit) in is.segments.iter().enumerate() {
            let Some(start) = place(&unit.segment.id) else { continue };
            let end = is.segments.get(at + 1).and_then(|next| place(&next.segment.id)).unwrap_or(was.segments.len());
            let covered = was.segments.get(start..end).unwrap_or_default();
            let old = rendered(covered, was.lang, before.target);
            changes.extend(change(&old, unit));
        }
    }
    changes
}

fn change(old: &Text, unit: &Unit) -> Option<Change> {
    let new = unit.rendered().map(Text::plain).unwrap_or_default();
    (!is_same(old.plain(), new)).then(|| Change {
        segment: unit.segment.id.clone(),
        source: unit.segment.text.plain().to_owned(),
        before: old.plain().to_owned(),
        after: new.to_owned(),
        state: SegmentState::of(unit),
    })
}
