//! What reviewers changed of what was written, without changing it.

use std::path::Path;

use crate::config::Plan;
use crate::emit::report::ArticleRow;
use crate::model::Pair;
use crate::pipeline::ledger::{Book, Entry};
use crate::pipeline::outputs::Outputs;
use crate::pipeline::{Error, records};
use crate::review::report::{ArticleChanges, RefusedFile};
use crate::review::{self, Record};

use super::Merge;
use super::inbox::{self, Inbox};

/// The rows of all articles that were translated into the folder `out`, as they stand now.
///
/// # Errors
/// When no run wrote to the folder.
pub fn articles(out: &Path) -> Result<Vec<ArticleRow>, Error> {
    let outputs = Outputs::existing(out)?;
    let rows: Vec<ArticleRow> = Book::read(&outputs).entries.into_iter().map(|entry| entry.row).collect();
    if rows.is_empty() { Err(Error::NoTranslations { path: out.to_path_buf() }) } else { Ok(rows) }
}

/// What merging the files of `merge` would change; without files, what all merges so far have changed of what the machine
/// had. With the files that would be refused.
///
/// # Errors
/// When no run wrote to the folder.
pub fn changes(merge: &Merge, plan: &Plan) -> Result<(Vec<ArticleChanges>, Vec<RefusedFile>), Error> {
    let outputs = Outputs::existing(&plan.out)?;
    let book = Book::read(&outputs);
    if merge.files.is_empty() {
        let reviewed = book.entries.iter().filter(|entry| entry.row.reviewed.edited > 0);
        let records = reviewed.filter_map(|entry| Some((entry, record(&outputs, entry)?)));
        let changes = records.map(|(entry, record)| of(entry, review::changes(&record.machine, &record.now())));
        return Ok((changes.collect(), Vec::new()));
    }
    let mut inbox = Inbox::new(&outputs, &book.entries, merge.options);
    inbox::expand(&merge.files)?.iter().for_each(|file| inbox.read(file));
    let (pending, refused) = inbox.into_parts();
    let mut changes = Vec::new();
    for ((slug, target), taken) in pending {
        let entry = book.entries.iter().find(|entry| entry.slug == slug && entry.target == target);
        let Some((entry, mut record)) = entry.and_then(|entry| Some((entry, record(&outputs, entry)?))) else {
            continue;
        };
        let before = record.now();
        record.push(taken.version);
        changes.push(of(entry, review::changes(&before, &record.now())));
    }
    Ok((changes, refused))
}

fn record(outputs: &Outputs, entry: &Entry) -> Option<Record> {
    let pair = Pair { source: entry.row.source?, target: entry.target };
    records::load(outputs, &entry.slug, pair).ok().flatten()
}

fn of(entry: &Entry, segments: Vec<review::report::Change>) -> ArticleChanges {
    let source = entry.row.source.unwrap_or(entry.target);
    ArticleChanges { origin: entry.row.origin.clone(), source, target: entry.target, segments }
}
