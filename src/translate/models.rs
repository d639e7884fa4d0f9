//! Translation models on disk: which there are, and whether they are what they claim to be.
//!
//! A model set is a folder named for its direction, `en-pt` or `zh-Hant-en` (or `enpt-1693087644`, as Firefox's builds
//! are called), with `model.*.bin`, `vocab.*.spm` (or `srcvocab.*.spm` and `trgvocab.*.spm`) and, unused, `lex.*.bin`.
//! Law: bytes are read once, and what is handed out was compared with `SHA256SUMS` where the folder has one.

mod pull;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::Error;
use crate::model::{Lang, Pair, sha256};

pub use pull::{Catalogue, pull};

/// The list of checksums in a model folder, as `sha256sum` writes it.
const SUMS: &str = "SHA256SUMS";

/// The files of one direction.
#[derive(Debug, Clone)]
pub struct ModelSet {
    /// The direction.
    pub pair: Pair,
    /// The folder.
    pub dir: PathBuf,
    /// The files, by name.
    pub files: Vec<ModelFile>,
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

/// How a file's name begins, and what it is then for.
const ROLES: &[(&str, Role)] = &[
    ("model.", Role::Weights),
    ("vocab.", Role::Vocabulary),
    ("srcvocab.", Role::SourceVocabulary),
    ("trgvocab.", Role::TargetVocabulary),
    ("lex.", Role::Shortlist),
];

/// The bytes of a model set, as they were checked.
pub(crate) struct Loaded {
    pub(crate) weights: Vec<u8>,
    pub(crate) weights_sha256: String,
    pub(crate) source: Vec<u8>,
    /// The vocabulary of the target language, where it has one of its own.
    pub(crate) target: Option<Vec<u8>>,
    pub(crate) shortlist: Option<Vec<u8>>,
}

/// Lists the model sets in `dirs`, by direction; of two for the same direction, the one in the earlier folder.
///
/// A folder that is not there holds none. A set whose files are incomplete is listed, and says so when it is used.
///
/// # Errors
/// When a folder cannot be read.
pub fn list(dirs: &[PathBuf]) -> Result<Vec<ModelSet>, Error> {
    let mut sets: BTreeMap<Pair, ModelSet> = BTreeMap::new();
    for dir in dirs.iter().filter(|dir| dir.exists()) {
        for folder in entries(dir)? {
            let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if let Some(pair) = folder.is_dir().then(|| pair_of(&name)).flatten() {
                let set = ModelSet::open(pair, folder)?;
                sets.entry(pair).or_insert(set);
            }
        }
    }
    Ok(sets.into_values().collect())
}

/// The direction that a name such as `en-pt`, `zh-Hant-en` or `enpt-1693087644` means.
pub(crate) fn pair_of(name: &str) -> Option<Pair> {
    let lang = |tag: &str| tag.parse::<Lang>().ok().filter(|lang| lang.to_string() == tag);
    let pair = |source: &str, target: &str| Some(Pair { source: lang(source)?, target: lang(target)? });
    let tags = name.match_indices('-').find_map(|(at, _)| pair(&name[..at], &name[at + 1..]));
    tags.or_else(|| {
        let code = name.split('-').next().filter(|code| code.len() == 4 && code.is_ascii())?;
        pair(&code[..2], &code[2..])
    })
}

/// The entries of a folder, by name.
fn entries(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let unreadable = |error: std::io::Error| Error::file(dir, &error);
    let entries = fs::read_dir(dir).map_err(unreadable)?;
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    paths.sort();
    Ok(paths)
}

fn role_of(path: &Path) -> Option<Role> {
    let name = path.file_name()?.to_str()?;
    ROLES.iter().find(|(prefix, _)| name.starts_with(prefix)).map(|(_, role)| *role)
}

impl ModelSet {
    /// The set in a folder that is named for its direction.
    ///
    /// # Errors
    /// When the folder has no such name, or cannot be read.
    pub fn at(dir: &Path) -> Result<Self, Error> {
        let unnamed =
            || Error::Model { path: dir.to_owned(), reason: "its name is no direction such as en-pt".to_owned() };
        Self::open(pair_of(&file_name(dir)).ok_or_else(unnamed)?, dir.to_owned())
    }

    fn open(pair: Pair, dir: PathBuf) -> Result<Self, Error> {
        let mut files = Vec::new();
        for path in entries(&dir)? {
            if let Some(role) = role_of(&path) {
                let bytes = fs::metadata(&path).map_err(|error| Error::file(&path, &error))?.len();
                files.push(ModelFile { role, path, bytes });
            }
        }
        Ok(Self { pair, dir, files, weights_sha256: OnceLock::new() })
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

    /// SHA-256 of its weights, as the folder lists it or else of the file's bytes.
    ///
    /// # Errors
    /// When there are no weights, or they cannot be read.
    pub fn weights_sha256(&self) -> Result<String, Error> {
        let sum = || {
            let path = self.path(Role::Weights)?.ok_or_else(|| self.lacks("model.*.bin"))?;
            match self.sums()?.and_then(|mut sums| sums.remove(&file_name(path))) {
                Some(listed) => Ok(listed),
                None => Ok(sha256(&fs::read(path).map_err(|error| Error::file(path, &error))?)),
            }
        };
        self.weights_sha256.get_or_init(sum).clone()
    }

    /// Reads all files and compares them with the folder's checksums.
    ///
    /// # Errors
    /// When a file is missing, double, unreadable, not listed, or not the one that was listed.
    pub fn verify(&self) -> Result<(), Error> {
        self.read().map(|_| ())
    }

    pub(crate) fn read(&self) -> Result<Loaded, Error> {
        let mut contents = BTreeMap::new();
        let sums = self.sums()?;
        for file in &self.files {
            let bytes = fs::read(&file.path).map_err(|error| Error::file(&file.path, &error))?;
            let found = sha256(&bytes);
            if let Some(sums) = &sums {
                compare(&file.path, sums, &found)?;
            }
            if contents.insert(file.role, (bytes, found)).is_some() {
                return Err(surplus(&file.path));
            }
        }
        let (weights, weights_sha256) = contents.remove(&Role::Weights).ok_or_else(|| self.lacks("model.*.bin"))?;
        let mut vocabulary = |role| contents.remove(&role).map(|(bytes, _)| bytes);
        let (source, target) = match vocabulary(Role::Vocabulary) {
            Some(shared) => (shared, None),
            None => vocabulary(Role::SourceVocabulary)
                .zip(vocabulary(Role::TargetVocabulary).map(Some))
                .ok_or_else(|| self.lacks("vocab.*.spm"))?,
        };
        let shortlist = vocabulary(Role::Shortlist);
        Ok(Loaded { weights, weights_sha256, source, target, shortlist })
    }

    /// The file for a use; an error where there are two.
    fn path(&self, role: Role) -> Result<Option<&Path>, Error> {
        let mut found = self.files.iter().filter(|file| file.role == role);
        match (found.next(), found.next()) {
            (_, Some(second)) => Err(surplus(&second.path)),
            (first, None) => Ok(first.map(|file| file.path.as_path())),
        }
    }

    fn lacks(&self, pattern: &str) -> Error {
        Error::Model { path: self.dir.clone(), reason: format!("there is no `{pattern}`; fetch the model again") }
    }

    /// The listed checksums by file name, where the folder lists any.
    fn sums(&self) -> Result<Option<BTreeMap<String, String>>, Error> {
        let path = self.dir.join(SUMS);
        if !path.exists() {
            return Ok(None);
        }
        let text = fs::read_to_string(&path).map_err(|error| Error::file(&path, &error))?;
        let entry = |line: &str| {
            let (sum, name) = line.split_once(char::is_whitespace)?;
            Some((name.trim_start().trim_start_matches('*').to_owned(), sum.to_ascii_lowercase()))
        };
        Ok(Some(text.lines().filter_map(entry).collect()))
    }
}

fn surplus(path: &Path) -> Error {
    Error::Model { path: path.to_owned(), reason: "a second file for the same use; remove one".to_owned() }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn compare(path: &Path, sums: &BTreeMap<String, String>, found: &str) -> Result<(), Error> {
    match sums.get(&file_name(path)) {
        Some(expected) if expected == found => Ok(()),
        Some(expected) => {
            Err(Error::Checksum { path: path.to_owned(), expected: expected.clone(), found: found.to_owned() })
        }
        None => {
            Err(Error::Model { path: path.to_owned(), reason: format!("not listed in {SUMS}; fetch the model again") })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn means(name: &str, pair: &str) {
        assert_eq!(pair_of(name).map(|pair| format!("{} {}", pair.source, pair.target)).unwrap_or_default(), pair);
    }

    #[test]
    fn a_folder_is_named_for_its_direction() {
        means("en-pt", "en pt");
        means("zh-Hant-en", "zh-Hant en");
        means("en-zh-Hant", "en zh-Hant");
        means("pt-BR-en", "pt-BR en");
        means("en-pt-BR", "en pt-BR");
        means("enpt-1693087644", "en pt");
        means("enpt", "en pt");
        for name in ["en", "notes", "README.md", "en-", "-en", "é-é", "lex-en-pt-x"] {
            means(name, "");
        }
    }

    #[test]
    fn sums_are_compared() -> Result<(), Box<dyn std::error::Error>> {
        let dir = tempfile::tempdir()?;
        let folder = dir.path().join("en-pt");
        fs::create_dir(&folder)?;
        fs::write(folder.join("model.enpt.bin"), "weights")?;
        fs::write(folder.join("vocab.enpt.spm"), "words")?;
        let set = || list(&[dir.path().to_owned()]).map(|mut sets| sets.remove(0));
        assert_eq!(set()?.weights_sha256()?, sha256(b"weights"));
        set()?.verify()?;
        let sums =
            |weights: &[u8]| format!("{}  model.enpt.bin\n{}  vocab.enpt.spm\n", sha256(weights), sha256(b"words"));
        fs::write(folder.join(SUMS), sums(b"weights"))?;
        set()?.verify()?;
        fs::write(folder.join(SUMS), sums(b"other"))?;
        assert!(matches!(set()?.verify(), Err(Error::Checksum { .. })));
        fs::write(folder.join(SUMS), "")?;
        assert!(matches!(set()?.verify(), Err(Error::Model { .. })));
        Ok(())
    }
}
