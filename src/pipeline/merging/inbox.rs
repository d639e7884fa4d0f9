//! Reads reviewed files and finds out whose they are, before anything is written.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use crate::emit::xliff::note_texts;
use crate::model::{Lang, Pair};
use crate::pipeline::Error;
use crate::pipeline::ledger::Entry;
use crate::pipeline::outputs::Outputs;
use crate::pipeline::records;
use crate::review::report::{Notice, RefusedFile};
use crate::review::{self, Options, Record, Version};
use crate::xliff::{self, File};

/// Ends of names under which tools export XLIFF.
const EXTENSIONS: &[&str] = &["xlf", "xliff", "sdlxliff", "mqxliff", "mxliff", "txlf"];

/// What was taken of an article and waits to be written, by slug and language.
pub(super) type Pending = BTreeMap<(String, Lang), Taken>;

/// What files made of an article.
#[derive(Clone)]
pub(super) struct Taken {
    pub(super) version: Version,
    pub(super) notices: Vec<Notice>,
    pub(super) changed: bool,
}

/// The files that came in.
pub(super) struct Inbox<'a> {
    outputs: &'a Outputs,
    index: Index<'a>,
    options: Options,
    pending: Pending,
    refused: Vec<RefusedFile>,
}

/// Lists the files that `arguments` name: a file as it is, a folder as the XLIFF under it, sorted by path.
pub(super) fn expand(arguments: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for argument in arguments {
        if argument.is_dir() {
            folder(argument, &mut files)?;
        } else {
            files.push(argument.clone());
        }
    }
    if files.is_empty() { Err(Error::NoReviews { paths: arguments.to_vec() }) } else { Ok(files) }
}

fn folder(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let unreadable = |source| Error::Folder { path: path.to_path_buf(), source };
    let entries: Result<Vec<_>, _> = fs::read_dir(path).map_err(unreadable)?.collect();
    let mut paths: Vec<PathBuf> = entries.map_err(unreadable)?.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let extension = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
        if path.is_dir() {
            folder(&path, files)?;
        } else if extension.is_some_and(|extension| EXTENSIONS.iter().any(|known| extension == *known)) {
            files.push(path);
        }
    }
    Ok(())
}

impl<'a> Inbox<'a> {
    pub(super) fn new(outputs: &'a Outputs, entries: &'a [Entry], options: Options) -> Self {
        Self { outputs, index: Index::new(entries), options, pending: Pending::new(), refused: Vec::new() }
    }

    /// Reads a file. Where it is not read to its end, nothing of it is taken.
    pub(super) fn read(&mut self, path: &Path) {
        let name = path.to_string_lossy().replace('\\', "/");
        let mut taken = Pending::new();
        let mut refused = Vec::new();
        let mut files = 0;
        let input = fs::File::open(path).map(BufReader::new);
        let read = input.map_err(|error| format!("{name}: {error}")).and_then(|input| {
            let mut each = |file: File| {
                files += 1;
                match self.take(&known_as(path), &file, &taken) {
                    Ok((key, article)) => drop(taken.insert(key, article)),
                    Err(reason) => refused.push(format!("{name}:{}: {reason}", file.line)),
                }
            };
            xliff::read(path, input, &mut each).map_err(|error| error.to_string())
        });
        match read {
            Ok(()) => {
                self.pending.extend(taken);
                refused.extend((files == 0).then(|| format!("{name}: it holds no `file`: export the review again")));
            }
            Err(reason) => refused = vec![reason],
        }
        self.refused.extend(refused.into_iter().map(|reason| RefusedFile { file: name.clone(), reason }));
    }

    pub(super) fn into_parts(self) -> (Pending, Vec<RefusedFile>) {
        (self.pending, self.refused)
    }

    /// Merges one `file` element with its article.
    fn take(&self, name: &str, file: &File, taken: &Pending) -> Result<((String, Lang), Taken), String> {
        let entry = self.index.article(name, file)?;
        let source = entry.row.source.ok_or_else(|| format!("`{}` was not translated", entry.row.origin))?;
        let pair = Pair { source, target: entry.target };
        let record = records::load(self.outputs, &entry.slug, pair)?;
        let record = record.ok_or_else(|| no_record(entry))?;
        let key = (entry.slug.clone(), entry.target);
        let standing = taken.get(&key).or_else(|| self.pending.get(&key)).cloned();
        let standing = standing.unwrap_or_else(|| Taken::nothing(&record));
        let ours = std::cell::LazyCell::new(|| note_texts(&record.now()));
        let is_ours = |text: &str| ours.contains(text);
        let merged = review::merge(&record, &standing.version, (name, file), self.options, &is_ours);
        let merged = merged.map_err(|refused| refused.to_string())?;
        let mut notices = standing.notices;
        notices.extend(merged.notices);
        // A merge that was killed may have left the record ahead of the outputs.
        let behind = entry.exports.last().map(String::as_str) != record.exports().last();
        let changed = standing.changed || merged.changed || behind;
        Ok((key, Taken { version: merged.version, notices, changed }))
    }
}

impl Taken {
    fn nothing(record: &Record) -> Self {
        let version = record.versions.last().cloned().unwrap_or_default();
        Self { version, notices: Vec::new(), changed: false }
    }
}

fn no_record(entry: &Entry) -> String {
    format!(
        "there is no record of what was exported of `{}`: translate it again, and export it to the reviewer anew",
        entry.row.origin
    )
}

/// The articles of a folder, by what a file may say of its own.
struct Index<'a> {
    entries: &'a [Entry],
    exports: HashMap<&'a str, Vec<usize>>,
    origins: HashMap<&'a str, Vec<usize>>,
    names: HashMap<&'a str, Vec<usize>>,
    slugs: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Index<'a> {
    fn new(entries: &'a [Entry]) -> Self {
        let empty = || HashMap::with_capacity(entries.len());
        let mut index = Self { entries, exports: empty(), origins: empty(), names: empty(), slugs: empty() };
        for (place, entry) in entries.iter().enumerate() {
            let origin = entry.row.origin.as_str();
            for export in &entry.exports {
                index.exports.entry(export).or_default().push(place);
            }
            index.origins.entry(origin).or_default().push(place);
            index.names.entry(last(origin)).or_default().push(place);
            index.slugs.entry(&entry.slug).or_default().push(place);
        }
        index
    }

    /// The article that `file`, named `name`, is a review of: the one that bore its fingerprint, else the one it names, else
    /// the one that the name of the file is made of; of those in several languages, the one in the file's.
    fn article(&self, name: &str, file: &File) -> Result<&'a Entry, String> {
        let print = file.facts.iter().find(|(name, _)| name == review::EXPORT).map(|(_, print)| print.as_str());
        let original = file.original.as_deref().unwrap_or_default();
        let slug = last(name).split('.').next().unwrap_or_default();
        let found = self.exports.get(print.unwrap_or_default()).or_else(|| self.origins.get(original));
        let found = found.or_else(|| self.names.get(last(original)).filter(|_| !original.is_empty()));
        let Some(found) = found.or_else(|| self.slugs.get(slug)) else {
            let named = if original.is_empty() { "the article it is of" } else { original };
            return Err(format!("`{named}` was not translated into this folder: name the right one with --out"));
        };
        Ok(self.in_language(found, original, file.target.as_deref()))
    }

    /// Of articles that all may be meant, the one whose language and origin are the file's; the merge refuses what does not
    /// fit.
    fn in_language(&self, found: &[usize], original: &str, target: Option<&str>) -> &'a Entry {
        let target = target.and_then(|tag| tag.replace('_', "-").parse::<Lang>().ok());
        let fits = |place: &&usize| {
            let entry = &self.entries[**place];
            let language = target.map_or(0, |target| {
                2 * usize::from(entry.target == target) + usize::from(entry.target.reads_as(target))
            });
            (language, usize::from(entry.row.origin.as_str() == original))
        };
        // Of equals the first.
        let best = found.iter().rev().max_by_key(fits).expect("a place for each name");
        &self.entries[*best]
    }
}

/// What records and reports call a file: as it was named, but no place of this machine.
fn known_as(path: &Path) -> String {
    let path = if path.is_absolute() { path.file_name().map_or(path, Path::new) } else { path };
    path.to_string_lossy().replace('\\', "/")
}

/// The last part of a path, as any system writes one.
fn last(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}
