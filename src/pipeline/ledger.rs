//! The lock file: what a run depended on and what it finished.
//!
//! `chancery.lock` is JSON Lines: a header with everything the run depended on, then a line for each article and
//! target language in the order they were finished. A run appends to `chancery.lock.part` and renames it at the end,
//! so that a killed run leaves the lines of what it finished, and the next run goes on behind them.
//! Law: a line is believed only if its input, its dependencies and its outputs are unchanged.
//! A run that is killed again loses nothing: what both files hold is put together before the new one begins.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{File, TryLockError};
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::emit;
use crate::emit::report::{ArticleRow, Status};
use crate::model::{Lang, Pair, Provenance, sha256};

use super::outputs::{Outputs, Stored};
use super::{Error, records};

/// The finished lock file's name in the output folder.
pub(super) const LOCK: &str = "chancery.lock";
const PART: &str = "chancery.lock.part";

/// Whether a run writes, or wrote, its outputs to `folder`.
pub(super) fn is_kept_in(folder: &Path) -> bool {
    [LOCK, PART].iter().any(|name| folder.join(name).exists())
}

/// What every article of a run depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    /// The tool and its version.
    pub(super) tool: String,
    /// Fingerprint of the settings that shape outputs.
    pub(super) settings: String,
    /// Fingerprint of the glossary.
    pub(super) glossary: String,
    /// Fingerprint of the segmentation rules.
    pub(super) rules: String,
}

/// An article that was finished in one target language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// File-name part of its outputs.
    pub(super) slug: String,
    /// The language it was translated into.
    pub(super) target: Lang,
    /// Fingerprint of the header under which it was made.
    pub(super) run: String,
    /// SHA-256 of the input's bytes; empty where it could not be read.
    pub(super) input: String,
    /// Who is asked first for its pair of languages; a segment's own provenance can differ where a backend failed.
    pub(super) route: Option<Provenance>,
    /// How its outputs are written; unknown of a file of an earlier version of the program.
    #[serde(default)]
    pub(super) emit: Option<emit::Options>,
    /// Fingerprints of what was exported of it, oldest first.
    #[serde(default)]
    pub(super) exports: Vec<String>,
    /// The files written.
    pub(super) stored: Vec<Stored>,
    /// Its row in the report.
    pub(super) row: ArticleRow,
}

impl Entry {
    /// The files written for people, without the record of what was exported.
    fn outputs(&self) -> impl Iterator<Item = &Stored> {
        let record = self.row.source.map(|source| records::name(&self.slug, Pair { source, target: self.target }));
        self.stored.iter().filter(move |stored| record.as_ref() != Some(&stored.path))
    }

    /// Whether a person has looked at any of its segments.
    pub(super) fn has_reviews(&self) -> bool {
        let reviewed = &self.row.reviewed;
        reviewed.reviewed + reviewed.edited > 0
    }
}

impl Header {
    /// One string for all of it: equal where everything the run depends on is equal.
    #[must_use]
    pub(super) fn fingerprint(&self) -> String {
        sha256([&*self.tool, &*self.settings, &*self.glossary, &*self.rules].join("\0").as_bytes())
    }
}

/// What earlier runs finished in this folder.
#[derive(Debug)]
pub(super) struct Earlier {
    run: String,
    known: BTreeMap<(String, Lang), Entry>,
    outputs: Outputs,
}

/// The lock file that a run appends to.
#[derive(Debug)]
pub(super) struct Ledger {
    file: File,
    outputs: Outputs,
}

/// All lines of a folder's lock file, for whoever changes what they say of some articles. Only who holds the ledger may.
#[derive(Debug)]
pub(super) struct Book {
    header: Option<Header>,
    /// In the order in which they were finished.
    pub(super) entries: Vec<Entry>,
}

impl Book {
    /// Reads what finished and killed runs left; of two lines on one article and language the later.
    pub(super) fn read(outputs: &Outputs) -> Self {
        let mut book = Self { header: None, entries: Vec::new() };
        let mut places: HashMap<(String, Lang), usize> = HashMap::new();
        for name in [LOCK, PART] {
            let bytes = std::fs::read(outputs.path(name)).unwrap_or_default();
            for line in bytes.split(|byte| *byte == b'\n') {
                if let Ok(entry) = serde_json::from_slice::<Entry>(line) {
                    let place = *places.entry((entry.slug.clone(), entry.target)).or_insert(book.entries.len());
                    match book.entries.get_mut(place) {
                        Some(known) => *known = entry,
                        None => book.entries.push(entry),
                    }
                } else if let Ok(header) = serde_json::from_slice(line) {
                    book.header = Some(header);
                }
            }
        }
        book
    }

    /// Writes all of it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn store(&self, outputs: &Outputs) -> Result<(), Error> {
        let header = self.header.iter().map(serde_json::to_string);
        let lines = header.chain(self.entries.iter().map(serde_json::to_string));
        let lines: Result<Vec<String>, _> = lines.collect();
        let unwritable = |error| Error::Output { path: outputs.path(LOCK), source: io::Error::from(error) };
        outputs.write(LOCK, (lines.map_err(unwritable)?.join("\n") + "\n").as_bytes()).map(|_| ())
    }
}

impl Earlier {
    /// Reads what earlier runs left. A damaged lock file is no error: its sound lines count.
    ///
    /// # Errors
    /// When what a killed run left cannot be put together with what the one before it left.
    pub(super) fn read(outputs: &Outputs, header: &Header) -> Result<Self, Error> {
        let Self { known, .. } = Self::look(outputs, header);
        if std::fs::metadata(outputs.path(PART)).is_ok_and(|part| part.len() > 0) {
            let lines: Vec<String> = known.values().filter_map(|entry| serde_json::to_string(entry).ok()).collect();
            outputs.write(LOCK, lines.join("\n").as_bytes())?;
        }
        Ok(Self { run: header.fingerprint(), known, outputs: outputs.clone() })
    }

    /// Looks at what earlier runs left; writes nothing.
    pub(super) fn look(outputs: &Outputs, header: &Header) -> Self {
        let mut known = BTreeMap::new();
        for name in [LOCK, PART] {
            let bytes = std::fs::read(outputs.path(name)).unwrap_or_default();
            let lines = bytes.split(|byte| *byte == b'\n');
            let entries = lines.filter_map(|line| serde_json::from_slice::<Entry>(line).ok());
            known.extend(entries.map(|entry| ((entry.slug.clone(), entry.target), entry)));
        }
        Self { run: header.fingerprint(), known, outputs: outputs.clone() }
    }

    /// What an earlier run did with this article and language, whatever it depended on.
    #[must_use]
    pub(super) fn entry(&self, slug: &str, target: Lang) -> Option<&Entry> {
        self.known.get(&(slug.to_owned(), target))
    }

    /// What earlier runs wrote for other articles and languages than `these` and nobody has deleted since, by slug.
    pub(super) fn others<'a>(&'a self, these: &'a BTreeSet<(String, Lang)>) -> impl Iterator<Item = &'a Entry> {
        self.known
            .iter()
            .filter(|(key, _)| !these.contains(key))
            .map(|(_, entry)| entry)
            .filter(|entry| entry.outputs().any(|stored| self.outputs.path(&stored.path).exists()))
    }

    /// The entry of an earlier run that still holds: same dependencies, same input, whole outputs, nothing failed.
    /// `route` tells who would translate a pair now.
    #[must_use]
    pub(super) fn finished(
        &self,
        (slug, target): (&str, Lang),
        input: &str,
        route: impl Fn(Pair) -> Option<Provenance>,
    ) -> Option<&Entry> {
        let entry = self.entry(slug, target).filter(|entry| entry.run == self.run && entry.input == input)?;
        let pair = Pair { source: entry.row.source?, target };
        let whole =
            entry.row.status == Status::Complete && entry.stored.iter().all(|stored| self.outputs.holds(stored));
        (whole && entry.route == route(pair)).then_some(entry)
    }
}

impl Ledger {
    /// Takes hold of the folder's file: no other run can until this one ends.
    ///
    /// # Errors
    /// When it cannot be written, or another run writes it.
    pub(super) fn hold(outputs: &Outputs) -> Result<Self, Error> {
        let path = outputs.path(PART);
        // Not emptied yet: it may be another run's, or hold what a killed one finished.
        let file = File::options().create(true).write(true).truncate(false).open(&path);
        let file = file.map_err(|source| Error::Output { path: path.clone(), source })?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => Err(Error::Busy { path }),
            // Some file systems have no locks, and a run there has to be alone.
            Err(TryLockError::Error(_)) | Ok(()) => Ok(Self { file, outputs: outputs.clone() }),
        }
    }

    /// Begins the file anew, once what it held has been read.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn begin(&mut self, header: &Header) -> Result<(), Error> {
        let emptied = self.file.set_len(0);
        emptied.map_err(|source| Error::Output { path: self.outputs.path(PART), source })?;
        self.line(header)
    }

    /// Appends a finished article.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub(super) fn append(&mut self, entry: &Entry) -> Result<(), Error> {
        self.line(entry)
    }

    /// Ends the run: the file takes its final name.
    ///
    /// # Errors
    /// When it cannot be flushed or renamed.
    pub(super) fn finish(self) -> Result<(), Error> {
        let (from, to) = (self.outputs.path(PART), self.outputs.path(LOCK));
        let done = self.file.sync_all().and_then(|()| std::fs::rename(from, &to));
        done.map_err(|source| Error::Output { path: to, source })
    }

    /// Lets go of the folder without having begun anything.
    pub(super) fn give_up(self) {
        // It is in nobody's way where it cannot be removed.
        let _ = std::fs::remove_file(self.outputs.path(PART));
    }

    fn line(&mut self, value: &impl Serialize) -> Result<(), Error> {
        let written = serde_json::to_vec(value).map_err(io::Error::from).and_then(|mut line| {
            line.push(b'\n');
            self.file.write_all(&line)
        });
        written.map_err(|source| Error::Output { path: self.outputs.path(PART), source })
    }
}
