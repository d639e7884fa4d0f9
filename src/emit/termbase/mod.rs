//! Writes the concepts that occur in an article as a termbase that reviewers load beside the XLIFF: as [`tbx()`] for
//! terminology tools, as [`tsv()`] for spreadsheets and the glossaries of CAT tools.
//!
//! Laws: every term of an entry is written once on its side, whatever its status, and its status with it; where nothing
//! occurs nothing is written.

mod tbx;
mod tsv;

pub use tbx::tbx;
pub use tsv::tsv;

use crate::model::{EntryTerm, TermEntry, TermStatus};

/// What a translator should know of an entry, in sentences without full stops.
fn remarks(entry: &TermEntry) -> impl Iterator<Item = &str> {
    let rules = [
        (entry.dnt, "not to be translated"),
        (entry.mandatory && !entry.dnt, "a translation without one of these terms is wrong"),
    ];
    let said = rules.into_iter().filter_map(|(holds, said)| holds.then_some(said));
    said.chain(entry.note.as_deref())
}

/// Why a term is not the one to use: `forbidden: a calque`. Nothing for the one to use.
fn caution(term: &EntryTerm) -> Option<String> {
    let why = term.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
    (term.status != TermStatus::Preferred).then(|| format!("{}{why}", term.status))
}
