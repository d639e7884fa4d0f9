//! The records of the articles of a folder: what was exported, and what reviews made of it.
//!
//! A record is JSON under `review/`, written with the outputs of its article, so that a review can be compared with what
//! was sent even when the export was moved, edited or lost.

use std::path::Path;

use crate::emit;
use crate::emit::xliff::MtState;
use crate::model::{Pair, ReviewState, Translation};
use crate::review::Record;

use super::outputs::Outputs;

/// The folder of the records, under the output folder.
pub(super) const FOLDER: &str = "review";

/// The name of an article's record.
pub(super) fn name(slug: &str, pair: Pair) -> String {
    format!("{FOLDER}/{slug}.{pair}.json")
}

/// The record of an article, where it has one.
///
/// # Errors
/// With a sentence, where there is one that cannot be read: it may hold a reviewer's work.
pub(super) fn load(outputs: &Outputs, slug: &str, pair: Pair) -> Result<Option<Record>, String> {
    let path = outputs.path(&name(slug, pair));
    match std::fs::read(&path) {
        Ok(bytes) => parse(&path, &bytes).map(Some),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{}: {error}", path.display())),
    }
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Record, String> {
    let record: Result<Record, _> = serde_json::from_slice(bytes);
    record.map_err(|error| {
        format!(
            "{}: not a record of reviews: {error}; bring it back from a backup, or move it away to begin without reviews",
            path.display()
        )
    })
}

/// A record as it is written.
///
/// # Errors
/// With a sentence, where it cannot be written as JSON.
pub(super) fn text(record: &Record) -> Result<Vec<u8>, String> {
    let text = serde_json::to_vec(record).map_err(|error| format!("the record of `{}`: {error}", record.machine.slug));
    text.map(|mut text| {
        text.push(b'\n');
        text
    })
}

/// The record of an article that was translated just now: what people made of it before stands in it.
///
/// # Errors
/// With a sentence, where there is a record of earlier reviews that cannot be read.
pub(super) fn after_translation(
    outputs: &Outputs,
    translation: Translation,
    options: &emit::Options,
) -> Result<Record, String> {
    let earlier = load(outputs, &translation.slug, translation.pair())?;
    let earlier = earlier.filter(|it| it.machine.document.head.origin == translation.document.head.origin);
    Ok(match earlier {
        Some(earlier) if earlier.machine == translation => earlier,
        Some(earlier) => earlier.carried_over(translation, drafts_as(options)),
        None => Record::new(translation, drafts_as(options)),
    })
}

/// The state under which drafts are exported.
fn drafts_as(options: &emit::Options) -> ReviewState {
    match options.mt_state {
        MtState::Initial => ReviewState::Draft,
        MtState::Translated => ReviewState::Translated,
    }
}
