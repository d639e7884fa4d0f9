//! A model set: its files, read within limits and compared with their checksums.
//!
//! Law: what cannot be a model file (too long, a folder, a pipe) is refused before it is read.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::{fs, io};

use super::description::{DESCRIPTION, Description};
use super::sums::{SUMS, Sums, open_plain, sha256_of};
use super::{entries, file_name, pair_of, reads_as};
use crate::model::{Pair, sha256};
use crate::translate::Error;

/// The files of one direction.
#[derive(Debug, Clone)]
pub struct ModelSet {
    /// The direction.
    pub pair: Pair,
    /// The folder.
    pub dir: PathBuf,
    /// The files, by name.
    pub files: Vec<ModelFile>,
    /// What kept the folder or a file of it from being looked at.
    fault: Option<Error>,
    /// The sums of the bytes that were read first; copies of the set share them.
    seen: Arc<OnceLock<Sums>>,
    weights_sha256: OnceLock<Result<String, Error>>,
}

/// A file of a model set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFile {
    /// What it is for.
    pub role: Role,
    /// Where it is.
    pub path: PathBuf,
    /// Its length in bytes.
    pub bytes: u64,
}

/// What a file of a model set is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The weights.
    Weights,
    /// The vocabulary of both languages.
    Vocabulary,
    /// The vocabulary of the source language.
    SourceVocabulary,
    /// The vocabulary of the target language.
    TargetVocabulary,
    /// The shortlist of the words that may render a sentence.
    Shortlist,
}

/// How a file's name begins and ends, what it is then for, and the most bytes that such a file has.
///
/// The largest that Firefox lists: weights of 58 MB, a vocabulary of 0.9 MB, a shortlist of 7 MB.
const ROLES: &[(&str, &str, Role, u64)] = &[
    ("model.", ".bin", Role::Weights, 1 << 30),
    ("vocab.", ".spm", Role::Vocabulary, 64 << 20),
    ("srcvocab.", ".spm", Role::SourceVocabulary, 64 << 20),
    ("trgvocab.", ".spm", Role::TargetVocabulary, 64 << 20),
    ("lex.", ".bin", Role::Shortlist, 256 << 20),
];

impl Role {
    /// What a file of this name is for.
    pub(super) fn of(name: &str) -> Option<Self> {
        let fits = |prefix: &str, suffix: &str| name.starts_with(prefix) && name.ends_with(suffix);
        ROLES.iter().find(|(prefix, suffix, ..)| fits(prefix, suffix)).map(|(.., role, _)| *role)
    }

    /// The most bytes that such a file has.
    pub(super) fn limit(self) -> u64 {
        ROLES.iter().find(|(.., role, _)| *role == self).map_or(0, |(.., limit)| *limit)
    }
}

/// Whether a name from elsewhere can be that of a file or folder anywhere, and be shown on a terminal.
pub(super) fn is_plain(name: &str) -> bool {
    name.len() <= 100 && name.bytes().all(|c| c.is_ascii_alphanumeric() || b"-_.".contains(&c))
}

/// Whether a set is what it claims to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// All files are the listed ones.
    Checked,
    /// The files are there, and there is no list to compare them with.
    Unlisted,
    /// It cannot be used: each fault found.
    Broken(Vec<Error>),
}

/// What became of the sums of a set that had no list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// The folder has a list, which stays as it is.
    Listed,
    /// The sums were written into the folder.
    Written,
    /// The folder cannot be written, for the reason given: changes are noticed while this process runs, and not later.
    Remembered(String),
}

/// The bytes of a model set, as they were checked.
pub(crate) struct Loaded {
    pub(crate) weights: Vec<u8>,
    pub(crate) weights_sha256: String,
    /// The vocabulary of the source language, or of both.
    pub(crate) source: Vec<u8>,
    /// The vocabulary of the target language, where it has its own.
    pub(crate) target: Option<Vec<u8>>,
    pub(crate) shortlist: Option<Vec<u8>>,
}

impl ModelFile {
    /// The file at `path`, if it is for anything.
    fn at(path: PathBuf) -> Option<Result<Self, Error>> {
        let name = file_name(&path);
        let role = Role::of(&name)?;
        if path.file_name().and_then(|name| name.to_str()).is_none() {
            let reason = "its name is not UTF-8; give the file its name again".to_owned();
            return Some(Err(Error::Model { path, reason }));
        }
        let bytes = fs::metadata(&path).map_err(|error| Error::file(&path, &error)).map(|found| found.len());
        Some(bytes.map(|bytes| Self { role, path, bytes }))
    }

    /// Opens it, if it can be such a file at all.
    fn open(&self) -> Result<fs::File, Error> {
        let file = open_plain(&self.path).map_err(|error| Error::file(&self.path, &error))?;
        let bytes = file.metadata().map_err(|error| Error::file(&self.path, &error))?.len();
        let limit = self.role.limit();
        if bytes > limit {
            let reason = format!("it has {bytes} bytes, and such a file at most {limit}; fetch the model again");
            return Err(Error::Model { path: self.path.clone(), reason });
        }
        Ok(file)
    }

    /// Its bytes; a file that grows while it is read is cut off past the limit, which its sum then shows.
    fn read(&self) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::with_capacity(usize::try_from(self.bytes.min(self.role.limit())).unwrap_or_default());
        let read = self.open()?.take(self.role.limit() + 1).read_to_end(&mut bytes);
        read.map(|_| bytes).map_err(|error| Error::file(&self.path, &error))
    }
}

impl ModelSet {
    /// The set in a folder that is named for its direction.
    ///
    /// # Errors
    /// When the folder has no such name.
    pub fn at(dir: &Path) -> Result<Self, Error> {
        let unnamed =
            || Error::Model { path: dir.to_owned(), reason: "its name is no direction such as en-pt".to_owned() };
        Ok(Self::open(pair_of(&file_name(dir)).ok_or_else(unnamed)?, dir.to_owned()))
    }

    /// Looks at the files of a folder. What is wrong with them is told when the set is used.
    pub(super) fn open(pair: Pair, dir: PathBuf) -> Self {
        let (mut files, mut fault) = (Vec::new(), None);
        match entries(&dir) {
            Err(error) => fault = Some(error),
            Ok(paths) => {
                for file in paths.into_iter().filter_map(ModelFile::at) {
                    match file {
                        Ok(file) => files.push(file),
                        Err(error) => _ = fault.get_or_insert(error),
                    }
                }
            }
        }
        Self { pair, dir, files, fault, seen: Arc::default(), weights_sha256: OnceLock::new() }
    }

    /// Whether the folder lists the checksums of its files.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.dir.join(SUMS).exists()
    }

    /// The length of all its files in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// About how many bytes of memory it takes once it is loaded: half as much again as its weights, whose words are kept
    /// twice, its shortlist as it is on disk, and seven times its vocabularies, whose pieces are kept in tables.
    #[must_use]
    pub fn memory(&self) -> u64 {
        let share = |file: &ModelFile| match file.role {
            Role::Weights => file.bytes + file.bytes / 2,
            Role::Shortlist => file.bytes,
            Role::Vocabulary | Role::SourceVocabulary | Role::TargetVocabulary => 7 * file.bytes,
        };
        self.files.iter().map(share).sum()
    }

    /// What it is, where its folder says so.
    ///
    /// # Errors
    /// When its `model.json` cannot be read, or does not describe a model of this direction.
    pub fn description(&self) -> Result<Option<Description>, Error> {
        let description = Description::of(&self.dir)?;
        match description.as_ref().map(Description::pair).filter(|&pair| !reads_as(pair, self.pair)) {
            Some(pair) => Err(Error::Model {
                path: self.dir.join(DESCRIPTION),
                reason: format!("it describes a model for {pair}, not {}; fetch the model again", self.pair),
            }),
            None => Ok(description),
        }
    }

    /// SHA-256 of its weights, as the folder lists it or else of the file's bytes.
    ///
    /// # Errors
    /// When there are no weights, or they cannot be read.
    pub fn weights_sha256(&self) -> Result<String, Error> {
        let sum = || {
            self.whole()?;
            let weights = self.file(Role::Weights).ok_or_else(|| self.lacks("model.*.bin"))?;
            match self.sums()?.and_then(|mut sums| sums.0.remove(&file_name(&weights.path))) {
                Some(listed) => Ok(listed),
                None => sha256_of(&weights.path, weights.open()?),
            }
        };
        self.weights_sha256.get_or_init(sum).clone()
    }

    /// Reads all files and compares them with the folder's checksums, where it has any.
    ///
    /// # Errors
    /// When a file is missing, double, unreadable, not listed, or not the one that was listed: the first fault found.
    pub fn verify(&self) -> Result<(), Error> {
        match self.state() {
            State::Broken(faults) => faults.into_iter().next().map_or(Ok(()), Err),
            State::Checked | State::Unlisted => Ok(()),
        }
    }

    /// Reads all files and tells whether they are what they claim to be.
    #[must_use]
    pub fn state(&self) -> State {
        let sums = match self.whole().and_then(|()| self.sums()) {
            Ok(sums) => sums,
            Err(fault) => return State::Broken(vec![fault]),
        };
        let compare = |path: PathBuf, file: io::Result<fs::File>| {
            let file = file.map_err(|error| Error::file(&path, &error));
            let found = file.and_then(|file| sha256_of(&path, file))?;
            sums.as_ref().map_or(Ok(()), |sums| sums.check(&path, &found))
        };
        let own = |file: &ModelFile| file.open().and_then(|open| compare(file.path.clone(), Ok(open)));
        let mut faults: Vec<Error> = self.files.iter().filter_map(|file| own(file).err()).collect();
        let known: BTreeSet<String> = self.files.iter().map(|file| file_name(&file.path)).collect();
        let listed = sums.iter().flat_map(|sums| sums.0.keys()).filter(|name| !known.contains(*name));
        let others = listed.map(|name| self.dir.join(name)).filter_map(|path| match open_plain(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Some(missing(&path)),
            file => compare(path, file).err(),
        });
        faults.extend(others);
        match sums {
            _ if !faults.is_empty() => State::Broken(faults),
            Some(_) => State::Checked,
            None => State::Unlisted,
        }
    }

    /// Reads all files, each once, and compares them with the folder's checksums and with what was read before.
    pub(crate) fn read(&self) -> Result<Loaded, Error> {
        self.whole()?;
        let listed = self.sums()?;
        let (mut contents, mut sums) = (BTreeMap::new(), Sums::default());
        // The sums take about as long as the reading, and the weights longer than the rest.
        let read = |file: &ModelFile| file.read().map(|bytes| (sha256(&bytes), bytes));
        let read = std::thread::scope(|scope| {
            let files: Vec<_> = self.files.iter().map(|file| scope.spawn(|| read(file))).collect();
            files.into_iter().map(|file| file.join().unwrap_or_else(|_| Err(self.fault("it cannot be read")))).collect()
        });
        let read: Vec<Result<(String, Vec<u8>), Error>> = read;
        for (file, read) in self.files.iter().zip(read) {
            let (found, bytes) = read?;
            for expected in listed.iter().chain(self.seen.get()) {
                expected.check(&file.path, &found)?;
            }
            contents.insert(file.role, bytes);
            sums.0.insert(file_name(&file.path), found);
        }
        for name in listed.iter().flat_map(|listed| listed.0.keys()) {
            let path = self.dir.join(name);
            if !path.exists() {
                return Err(missing(&path));
            }
        }
        let weights_sha256 = self.file(Role::Weights).and_then(|file| sums.0.get(&file_name(&file.path)).cloned());
        let mut take = |role| contents.remove(&role);
        let target = take(Role::TargetVocabulary);
        let source = take(Role::Vocabulary).or_else(|| take(Role::SourceVocabulary));
        let loaded = Loaded {
            weights: take(Role::Weights).ok_or_else(|| self.lacks("model.*.bin"))?,
            weights_sha256: weights_sha256.ok_or_else(|| self.lacks("model.*.bin"))?,
            source: source.ok_or_else(|| self.lacks("vocab.*.spm"))?,
            target,
            shortlist: take(Role::Shortlist),
        };
        let _ = self.seen.set(sums);
        Ok(loaded)
    }

    /// Records the sums of the files as they were read, where the folder lists none, so that a later change is noticed.
    /// To be called once the set has shown that it translates. A list that is there, or comes meanwhile, is kept.
    ///
    /// # Errors
    /// When the set was not read before, or a list is there that cannot be read.
    pub fn record(&self) -> Result<Recorded, Error> {
        if self.sums()?.is_some() {
            return Ok(Recorded::Listed);
        }
        let unread = || self.fault("it was not read before its sums were to be recorded; verify it first");
        match self.seen.get().ok_or_else(unread)?.write_new(&self.dir) {
            Ok(()) => Ok(Recorded::Written),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Recorded::Listed),
            Err(error) => Ok(Recorded::Remembered(format!("{}: {error}", self.dir.join(SUMS).display()))),
        }
    }

    /// Refuses a set that lacks a file, or has two for the same use.
    fn whole(&self) -> Result<(), Error> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let mut roles = BTreeSet::new();
        for file in &self.files {
            let split = matches!(file.role, Role::SourceVocabulary | Role::TargetVocabulary);
            if !roles.insert(file.role) || (split && self.file(Role::Vocabulary).is_some()) {
                return Err(surplus(&file.path));
            }
        }
        if !roles.contains(&Role::Weights) {
            return Err(self.lacks("model.*.bin"));
        }
        let halves = [(Role::SourceVocabulary, "srcvocab.*.spm"), (Role::TargetVocabulary, "trgvocab.*.spm")];
        match halves.iter().filter(|(role, _)| roles.contains(role)).count() {
            _ if roles.contains(&Role::Vocabulary) => Ok(()),
            0 => Err(self.lacks("vocab.*.spm")),
            _ => match halves.iter().find(|(role, _)| !roles.contains(role)) {
                Some((_, half)) => {
                    Err(self.fault(&format!("there is no `{half}`, and no `vocab.*.spm`; fetch the model again")))
                }
                None => Ok(()),
            },
        }
    }

    fn file(&self, role: Role) -> Option<&ModelFile> {
        self.files.iter().find(|file| file.role == role)
    }

    fn lacks(&self, pattern: &str) -> Error {
        self.fault(&format!("there is no `{pattern}`; fetch the model again"))
    }

    fn fault(&self, reason: &str) -> Error {
        Error::Model { path: self.dir.clone(), reason: reason.to_owned() }
    }

    /// The listed checksums, where the folder lists any.
    pub(super) fn sums(&self) -> Result<Option<Sums>, Error> {
        let sums = Sums::of(&self.dir)?;
        let outside = sums.iter().flat_map(|sums| sums.0.keys()).find(|name| name.contains(['/', '\\']));
        match outside {
            Some(name) => Err(Error::Model {
                path: self.dir.join(SUMS),
                reason: format!("it names `{name}`, which is not a file beside it; fetch the model again"),
            }),
            None => Ok(sums),
        }
    }
}

fn missing(path: &Path) -> Error {
    let reason = format!("listed in {SUMS}, and not there; fetch the model again");
    Error::Model { path: path.to_owned(), reason }
}

fn surplus(path: &Path) -> Error {
    Error::Model { path: path.to_owned(), reason: "a second file for the same use; remove one".to_owned() }
}
