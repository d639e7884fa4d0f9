//! Installs model sets from a bundle, or from a folder of model sets, without a network.
//!
//! Law: a bundle is held for hostile: nothing is written outside the folder of models, nothing is longer than its kind
//! may be, and no set appears whose files are not the listed ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufReader, Read};
use std::path::{Component, Path, PathBuf};

use super::bundle::MANIFEST;
use super::description::DESCRIPTION;
use super::events::{Event, Observer};
use super::pull::Pulled;
use super::remove::may_replace;
use super::set::{Role, is_plain};
use super::store::Store;
use super::sums::{NewFile, SUMS, Sums, open_plain, pour};
use super::{ModelSet, State, all, file_name, pair_of, serving};
use crate::model::Pair;
use crate::translate::Error;

/// The most entries of a bundle that are read.
const MAX_ENTRIES: usize = 10_000;
/// The longest text file of a bundle, in bytes.
const MAX_TEXT: u64 = 1 << 20;

/// Installs the models of `pairs` that `from` holds, or all of them where `pairs` is empty, into folders of their own
/// under `dir`. `from` is a file that [`bundle`](super::bundle()) wrote, or a folder of model sets with `SHA256SUMS`.
///
/// # Errors
/// When `from` is neither, holds no model for a pair, or a file in it is not the listed one. Nothing is installed of a
/// bundle with a fault; of a folder, nothing of the set that has it.
pub fn unbundle(from: &Path, pairs: &[Pair], dir: &Path, observer: &dyn Observer) -> Result<Vec<Pulled>, Error> {
    let kind = fs::metadata(from).map_err(|error| Error::file(from, &error))?;
    let store = Store::hold(dir, observer)?;
    let scratch = store.scratch("bundle")?;
    let sets = if kind.is_dir() { all(&[from.to_owned()])? } else { unpack(from, &scratch)? };
    let wanted = wanted(&sets, pairs).map_err(|reason| match pair_of(&file_name(from)) {
        Some(_) if sets.is_empty() => refused(from, format!("{reason}; name the folder that it is in")),
        _ => refused(from, reason),
    })?;
    wanted.iter().try_for_each(|set| check(set)).map_err(|error| in_bundle(error, from, &scratch))?;
    wanted.into_iter().map(|set| install(set, &store, observer)).collect()
}

/// The sets that translate `pairs`, each once.
fn wanted<'a>(sets: &'a [ModelSet], pairs: &[Pair]) -> Result<Vec<&'a ModelSet>, String> {
    if sets.is_empty() {
        return Err("it holds no model sets".to_owned());
    }
    let mut wanted = BTreeMap::new();
    let all: Vec<Pair> = sets.iter().map(|set| set.pair).collect();
    for &pair in if pairs.is_empty() { &all } else { pairs } {
        let has = || all.iter().map(Pair::to_string).collect::<Vec<_>>().join(", ");
        let found = serving(sets, pair).ok_or_else(|| format!("it has no model for {pair}; it has {}", has()))?;
        wanted.extend(found.into_iter().map(|set| (set.pair, set)));
    }
    Ok(wanted.into_values().collect())
}

/// Refuses a set that is broken, or that nothing can be compared with.
fn check(set: &ModelSet) -> Result<(), Error> {
    match set.state() {
        State::Checked => set.description().map(|_| ()),
        State::Unlisted => Err(refused(&set.dir, format!("it has no {SUMS} to check its files by"))),
        State::Broken(faults) => faults.into_iter().next().map_or(Ok(()), Err),
    }
}

fn install(set: &ModelSet, store: &Store, observer: &dyn Observer) -> Result<Pulled, Error> {
    let (pair, name) = (set.pair, set.pair.to_string());
    let there = ModelSet::open(pair, store.dir.join(&name));
    if there.sums().ok() == set.sums().ok() && there.description().is_ok() && there.state() == State::Checked {
        observer.hear(&Event::Kept { pair });
        return Ok(Pulled { set: there, fresh: false });
    }
    may_replace(&there.dir)?;
    let scratch = store.scratch(&name)?;
    let texts = [SUMS, DESCRIPTION].into_iter().map(|text| set.dir.join(text)).filter(|path| path.exists());
    for path in set.files.iter().map(|file| file.path.clone()).chain(texts) {
        let unreadable = |error: std::io::Error| Error::file(&path, &error);
        let mut copy = NewFile::create(&scratch.join(file_name(&path)))?;
        pour(open_plain(&path).map_err(unreadable)?, unreadable, |piece| copy.append(piece))?;
        copy.finish()?;
    }
    // The files were checked where they lay; they may have changed since.
    check(&ModelSet::open(pair, scratch.clone()))?;
    store.install(&scratch, &name)?;
    observer.hear(&Event::Installed { pair });
    Ok(Pulled { set: ModelSet::open(pair, store.dir.join(name)), fresh: true })
}

/// Tells a fault of an unpacked file as one of the bundle: what was unpacked is gone when it is told.
fn in_bundle(error: Error, from: &Path, scratch: &Path) -> Error {
    let told = |path: PathBuf| path.strip_prefix(scratch).map_or_else(|_| path.clone(), |inner| from.join(inner));
    match error {
        Error::Model { path, reason } => Error::Model { path: told(path), reason },
        Error::Checksum { path, expected, found } => Error::Checksum { path: told(path), expected, found },
        other => other,
    }
}

/// Unpacks a bundle into an empty folder.
fn unpack(from: &Path, scratch: &Path) -> Result<Vec<ModelSet>, Error> {
    let unreadable = |error: std::io::Error| {
        refused(from, format!("it is no bundle of models, or is cut off or packed: {error}; fetch or unpack it again"))
    };
    let file = open_plain(from).map_err(|error| Error::file(from, &error))?;
    let mut archive = tar::Archive::new(BufReader::new(file));
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    // Raw: extensions of the format, such as long names, are entries of their own, and are refused or passed over.
    for (number, entry) in archive.entries().map_err(unreadable)?.raw(true).enumerate() {
        let entry = entry.map_err(unreadable)?;
        if number == MAX_ENTRIES {
            return Err(refused(from, format!("it has more than {MAX_ENTRIES} entries")));
        }
        let Some(place) = place(&entry).map_err(|reason| refused(from, reason))? else { continue };
        let (path, name) = (scratch.join(&place), place.to_string_lossy().into_owned());
        if found.contains_key(&name) {
            return Err(refused(from, format!("it has `{name}` twice")));
        }
        let folder = path.parent().unwrap_or(scratch);
        fs::create_dir_all(folder).map_err(|error| Error::file(folder, &error))?;
        let (mut copy, bytes) = (NewFile::create(&path)?, entry.size());
        let came = pour(entry, unreadable, |piece| copy.append(piece))?;
        if came != bytes {
            return Err(refused(from, format!("it is cut off in `{name}`")));
        }
        found.insert(name, copy.finish()?);
    }
    compare(from, scratch, &found).map_err(|error| in_bundle(error, from, scratch))?;
    all(&[scratch.to_owned()])
}

/// Where an entry belongs; none for what holds no bytes of ours.
fn place(entry: &tar::Entry<'_, impl Read>) -> Result<Option<PathBuf>, String> {
    use tar::EntryType;
    let raw = entry.path().map_err(|_| "a name in it is not UTF-8".to_owned())?;
    let named = raw.display().to_string().escape_debug().to_string();
    match entry.header().entry_type() {
        EntryType::Regular => {}
        EntryType::Directory | EntryType::XHeader | EntryType::XGlobalHeader => return Ok(None),
        _ => return Err(format!("`{named}` in it is not a plain file")),
    }
    let parts = raw.components().filter(|part| *part != Component::CurDir);
    let parts = parts.map(|part| match part {
        Component::Normal(part) => part.to_str().filter(|part| is_plain(part)),
        _ => None,
    });
    let parts: Option<Vec<&str>> = parts.collect();
    let limit = match parts.as_deref() {
        Some([MANIFEST]) => Some(MAX_TEXT),
        Some([pair, SUMS | DESCRIPTION]) => pair_of(pair).map(|_| MAX_TEXT),
        Some([pair, file]) => pair_of(pair).and_then(|_| Role::of(file)).map(Role::limit),
        _ => None,
    };
    match limit {
        Some(limit) if entry.size() <= limit => Ok(parts.map(|parts| parts.iter().collect())),
        Some(limit) => Err(format!("`{named}` in it has {} bytes, and such a file at most {limit}", entry.size())),
        None => Err(format!("`{named}` in it is not PAIR/FILE of a model set")),
    }
}

/// Holds the files that came against the manifest: all that it lists, as it lists them, and no others.
fn compare(from: &Path, scratch: &Path, found: &BTreeMap<String, String>) -> Result<(), Error> {
    let path = scratch.join(MANIFEST);
    let Some(manifest) = super::sums::read_text(&path)? else {
        return Err(refused(from, format!("it is no bundle of models: it has no {MANIFEST}, or is cut off or packed")));
    };
    let manifest = Sums::parse(&path, &manifest)?;
    let names: BTreeSet<&String> = found.keys().chain(manifest.0.keys()).filter(|name| *name != MANIFEST).collect();
    for name in names {
        match (found.get(name), manifest.0.get(name)) {
            (Some(found), Some(expected)) if found == expected => {}
            (Some(found), Some(expected)) => {
                let (found, expected) = (found.clone(), expected.clone());
                return Err(Error::Checksum { path: from.join(name), expected, found });
            }
            (None, _) => return Err(refused(from, format!("it is cut off: `{name}` is not there"))),
            (_, None) => return Err(refused(from, format!("`{name}` in it is not in its {MANIFEST}"))),
        }
    }
    Ok(())
}

fn refused(path: &Path, reason: impl Into<String>) -> Error {
    Error::Model { path: path.to_owned(), reason: reason.into() }
}
