//! Writes what reviews made of articles: their outputs, their records, and what the folder says of them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::config::Plan;
use crate::emit::pages;
use crate::emit::report::RunReport;
use crate::model::{Lang, Pair, Translation, sha256};
use crate::pipeline::ledger::{Book, Entry};
use crate::pipeline::outputs::{Outputs, Stored};
use crate::pipeline::publish::{self, File};
use crate::pipeline::{Error, Stages, records};
use crate::review::Record;
use crate::review::report::{ArticleReview, RefusedFile, ReviewReport};

use super::MergeEvent;
use super::inbox::{Pending, Taken};
use super::summary;

/// Where articles are written again.
pub(super) struct Desk<'a> {
    pub(super) outputs: &'a Outputs,
    pub(super) plan: &'a Plan,
    pub(super) stages: &'a Stages,
    /// The files that were merged.
    pub(super) files: &'a [PathBuf],
    pub(super) dry_run: bool,
}

/// An article as it stands after the merge.
struct Rewritten {
    record: Record,
    now: Translation,
    entry: Entry,
}

impl Desk<'_> {
    /// Writes each article that changed, then what the folder says of all of them.
    pub(super) fn finish(
        &self,
        pending: Pending,
        mut refused: Vec<RefusedFile>,
        book: &mut Book,
        hear: &dyn Fn(&MergeEvent<'_>),
    ) -> Result<ReviewReport, Error> {
        let mut articles = Vec::new();
        let mut changed = false;
        let places: HashMap<(String, Lang), usize> =
            book.entries.iter().enumerate().map(|(at, entry)| ((entry.slug.clone(), entry.target), at)).collect();
        for ((slug, target), taken) in pending {
            let Some(place) = places.get(&(slug.clone(), target)) else { continue };
            let entry = &mut book.entries[*place];
            if !taken.changed && !entry.has_reviews() {
                articles.push(summary::untouched(entry, taken.notices));
                continue;
            }
            match self.article(entry, &taken) {
                Ok(rewritten) => {
                    changed |= taken.changed;
                    articles.push(summary::article(&rewritten.record, &rewritten.now, &rewritten.entry, taken.notices));
                    *entry = rewritten.entry;
                    hear(&MergeEvent::Written { slug: &slug });
                }
                Err(reason) => {
                    refused.push(RefusedFile { file: taken.version.files.last().cloned().unwrap_or_default(), reason });
                }
            }
        }
        let report = ReviewReport { tool_version: env!("CARGO_PKG_VERSION").to_owned(), articles, refused };
        if changed && !self.dry_run {
            self.folder(&report, book)?;
        }
        Ok(report)
    }

    /// Writes an article again where a review changed it.
    fn article(&self, entry: &Entry, taken: &Taken) -> Result<Rewritten, String> {
        let pair = Pair { source: entry.row.source.ok_or("it was not translated")?, target: entry.target };
        let record = records::load(self.outputs, &entry.slug, pair)?;
        let mut record = record.ok_or_else(|| format!("the record of `{}` is gone", entry.row.origin))?;
        if !taken.changed {
            return Ok(Rewritten { now: record.now(), record, entry: entry.clone() });
        }
        if record.versions.last() != Some(&taken.version) {
            record.push(taken.version.clone());
        }
        let now = self.stages.looked_at(record.now());
        let options = entry.emit.clone().unwrap_or_else(|| self.plan.config.emit.clone());
        let files = publish::files(&now, &options, self.stages)?;
        if self.dry_run {
            return Ok(Rewritten { now, record, entry: entry.clone() });
        }
        self.keep_others_work(entry, &files)?;
        let entry = self.write(entry, &record, &now, &files)?;
        Ok(Rewritten { record, now, entry })
    }

    fn write(&self, entry: &Entry, record: &Record, now: &Translation, files: &[File]) -> Result<Entry, String> {
        let (name, text) = (records::name(&now.slug, now.pair()), records::text(record)?);
        // The record takes its name first: with it a merge that was killed can be done again.
        let mut all = vec![(name.as_str(), text.as_slice())];
        all.extend(files.iter().map(|file| (file.name.as_str(), file.text.as_bytes())));
        let stored = self.outputs.write_all(&all).map_err(|error| error.to_string())?;
        let row = publish::row(now, files);
        let exports = record.exports().map(str::to_owned).collect();
        Ok(Entry { exports, stored, row, ..entry.clone() })
    }

    /// Makes sure that no output that somebody changed is overwritten: one that was merged just now is kept beside the
    /// record, and any other stops the article.
    fn keep_others_work(&self, entry: &Entry, files: &[File]) -> Result<(), String> {
        for file in files {
            let ours = entry.stored.iter().find(|stored| stored.path == file.name);
            let new = Stored { path: file.name.clone(), sha256: sha256(file.text.as_bytes()) };
            if !self.outputs.is_foreign(&file.name, ours) || self.outputs.holds(&new) {
                continue;
            }
            let path = self.outputs.path(&file.name);
            if !self.was_merged(&path) {
                return Err(format!(
                    "{}: it was changed since it was written, and is not among the merged files: merge it too, or move it away",
                    path.display()
                ));
            }
            let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let print = sha256(&bytes);
            let name = format!("{}/{}.{}.xlf", records::FOLDER, file.name.trim_end_matches(".xlf"), &print[..12]);
            self.outputs.write(&name, &bytes).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    fn was_merged(&self, path: &Path) -> bool {
        let place = path.canonicalize().ok();
        self.files.iter().any(|file| file.canonicalize().ok() == place && place.is_some())
    }

    /// Writes the lock file, the list of articles, the report of reviews and the memory of reviewed segments.
    fn folder(&self, report: &ReviewReport, book: &Book) -> Result<(), Error> {
        book.store(self.outputs)?;
        let rows = |entries: &[Entry]| entries.iter().map(|entry| entry.row.clone()).collect();
        let index = pages::index(&RunReport::new(env!("CARGO_PKG_VERSION"), rows(&book.entries)));
        self.outputs.write("index.html", index.as_bytes())?;
        summary::run_report(self.outputs, book)?;
        let all = summary::together(self.outputs, report);
        summary::write(self.outputs, &all)?;
        summary::memory(self.outputs, book, &self.stages.facts())
    }
}

/// The key of an article in reports.
pub(super) fn key(article: &ArticleReview) -> (String, Lang) {
    (article.slug.clone(), article.target)
}
