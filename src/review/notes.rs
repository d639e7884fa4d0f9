//! Notes that reviewers left, told apart from those that the export bore.

use super::find::Came;
use crate::model::{Remark, SegmentId, Translation};
use crate::xliff::{Note, OWN_NOTES, REMARK};

/// Adds to `remarks` what reviewers noted in what `came` back of `sent`, each once. `is_ours` tells whether a text is that of
/// a note that the export bore, for tools that drop its author.
pub(super) fn add(
    remarks: &mut Vec<(SegmentId, Remark)>,
    sent: &Translation,
    came: &[Option<Came>],
    is_ours: &dyn Fn(&str) -> bool,
) {
    for (passage, came) in sent.document.passages.iter().zip(came) {
        let (Some(came), Some(first)) = (came, passage.segments.first()) else { continue };
        let ids: Vec<&SegmentId> = passage.segments.iter().map(|unit| &unit.segment.id).collect();
        for note in &came.notes {
            let about = ids.iter().copied().find(|id| is_about(note, id)).unwrap_or(&first.segment.id);
            take(remarks, about, note, is_ours);
        }
        for segment in &came.segments {
            let named = |id: &&SegmentId| segment.id.as_deref() == Some(id.as_str());
            let about = ids.iter().copied().find(named).unwrap_or(&first.segment.id);
            segment.notes.iter().for_each(|note| take(remarks, about, note, is_ours));
        }
    }
}

/// The id of a note that the export bore begins with that of what it is about.
fn is_about(note: &Note, segment: &SegmentId) -> bool {
    let rest = note.id.as_deref().and_then(|id| id.strip_prefix(segment.as_str()));
    rest.is_some_and(|rest| rest.starts_with("-n"))
}

fn take(remarks: &mut Vec<(SegmentId, Remark)>, about: &SegmentId, note: &Note, is_ours: &dyn Fn(&str) -> bool) {
    let from = note.from.as_deref().map(str::trim).filter(|from| !from.is_empty());
    let text = note.text.trim();
    let ours = from.is_some_and(|from| OWN_NOTES.contains(&from)) || text.is_empty();
    let known =
        |(_, known): &(SegmentId, Remark)| text == known.text || (from == Some(REMARK) && text.ends_with(&known.text));
    if ours || remarks.iter().any(known) || (from != Some(REMARK) && is_ours(text)) {
        return;
    }
    let from = from.filter(|from| *from != REMARK).map(str::to_owned);
    remarks.push((about.clone(), Remark { from, text: text.to_owned() }));
}
