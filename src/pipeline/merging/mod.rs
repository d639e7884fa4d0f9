//! Reviewed XLIFF comes back: files are merged into the articles of an output folder, whose outputs are then written again.
//!
//! All files are read before anything is written, and one that is refused leaves nothing behind. The articles that reviews
//! changed are looked at by the glossary and the checks once more. The folder is held meanwhile, so that no run writes to it.
//! Law: what was written before and is in no file of the merge stays; merging the same files again writes nothing.

mod changes;
mod inbox;
mod rewrite;
mod summary;

use std::path::PathBuf;

use serde::Serialize;

use crate::config::Plan;
use crate::review;
use crate::review::report::ReviewReport;

use super::ledger::{Book, Ledger};
use super::outputs::Outputs;
use super::{Error, Stages};

use inbox::Inbox;

pub use changes::{articles, changes};

/// What to merge, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merge {
    /// Reviewed files, and folders of them.
    pub files: Vec<PathBuf>,
    /// What whoever merges may decide.
    pub options: review::Options,
    /// Whether nothing is written.
    pub dry_run: bool,
}

/// Something that happened while reviews were merged. Serialised, it is one line of `--json`.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum MergeEvent<'a> {
    /// The files are known.
    Planned {
        /// How many.
        files: usize,
    },
    /// A file was read, or refused.
    Read {
        /// Its name.
        file: &'a str,
    },
    /// The outputs of an article are written again.
    Written {
        /// The part of its outputs' names.
        slug: &'a str,
    },
}

/// Merges reviewed files into the articles of the plan's output folder.
///
/// The report has an entry for each article that a file was about, with what happened in this merge, and tells of each file
/// that was refused.
///
/// # Errors
/// When there is no file, the folder holds no translations or another run writes to it, or it cannot be written.
pub fn merge(
    merge: &Merge,
    plan: &Plan,
    stages: &Stages,
    hear: &dyn Fn(&MergeEvent<'_>),
) -> Result<ReviewReport, Error> {
    let files = inbox::expand(&merge.files)?;
    let outputs = Outputs::existing(&plan.out)?;
    let ledger = Ledger::hold(&outputs)?;
    let mut book = Book::read(&outputs);
    if book.entries.is_empty() {
        ledger.give_up();
        return Err(Error::NoTranslations { path: plan.out.clone() });
    }
    hear(&MergeEvent::Planned { files: files.len() });
    let mut inbox = Inbox::new(&outputs, &book.entries, merge.options);
    for file in &files {
        inbox.read(file);
        hear(&MergeEvent::Read { file: &file.to_string_lossy() });
    }
    let (pending, refused) = inbox.into_parts();
    let desk = rewrite::Desk { outputs: &outputs, plan, stages, files: &files, dry_run: merge.dry_run };
    let report = desk.finish(pending, refused, &mut book, hear);
    match report {
        Ok(report) => {
            ledger.give_up();
            Ok(report)
        }
        Err(error) => Err(error.after_the_start()),
    }
}
