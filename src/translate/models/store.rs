//! A folder of model sets that is being written: one writer at a time, and each set whole or not there.
//!
//! All that is under way lies in the folder's `.pull`: `lock`, files on their way, a set being put together (`new-`), and
//! the set that it replaces (`old-`) for the moment between two renames. Law: after a crash at any moment, the old set or
//! the new one is found; if it fell between the renames, the old one is found where it was put aside.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::events::{Event, Observer};
use super::{entries, file_name, pair_of};
use crate::translate::Error;

const WORK: &str = ".pull";
const NEW: &str = "new-";
const OLD: &str = "old-";

/// A folder of models, held by this process alone while this stands.
pub(super) struct Store {
    pub(super) dir: PathBuf,
    work: PathBuf,
    _lock: File,
}

impl Store {
    /// Takes hold of a folder, once no other process does, and clears away what a killed one left.
    pub(super) fn hold(dir: &Path, observer: &dyn Observer) -> Result<Self, Error> {
        let work = dir.join(WORK);
        fs::create_dir_all(&work).map_err(|error| Error::file(&work, &error))?;
        let path = work.join("lock");
        let unwritable = |error: io::Error| Error::file(&path, &error);
        let lock = File::options().create(true).write(true).truncate(false).open(&path).map_err(unwritable)?;
        // Some file systems have no locks, and a pull there has to be alone.
        if let Err(TryLockError::WouldBlock) = lock.try_lock() {
            observer.hear(&Event::Waiting { folder: dir });
            lock.lock().map_err(unwritable)?;
        }
        let store = Self { dir: dir.to_owned(), work, _lock: lock };
        store.recover()?;
        Ok(store)
    }

    /// Where a file on its way lies.
    pub(super) fn part(&self, sha256: &str) -> PathBuf {
        self.work.join(format!("{sha256}.part"))
    }

    /// An empty folder to put the set `name` together in.
    pub(super) fn scratch(&self, name: &str) -> Result<PathBuf, Error> {
        let scratch = self.work.join(format!("{NEW}{name}"));
        clear(&scratch).and_then(|()| fs::create_dir(&scratch)).map_err(|error| Error::file(&scratch, &error))?;
        Ok(scratch)
    }

    /// Puts a finished scratch folder in its place; a set that was there goes.
    pub(super) fn install(&self, scratch: &Path, name: &str) -> Result<(), Error> {
        let (folder, aside) = (self.dir.join(name), self.aside(name));
        let replaced = || {
            if fs::symlink_metadata(&folder).is_ok() {
                clear(&aside)?;
                fs::rename(&folder, &aside)?;
            }
            fs::rename(scratch, &folder).or_else(|error| {
                fs::rename(&aside, &folder)?;
                Err(error)
            })?;
            clear(&aside)
        };
        replaced().map_err(|error| Error::file(&folder, &error))
    }

    /// Takes the set at `folder` away, whole.
    pub(super) fn discard(&self, folder: &Path) -> Result<(), Error> {
        let gone = self.work.join(format!("{NEW}{}", file_name(folder)));
        let discarded = clear(&gone).and_then(|()| fs::rename(folder, &gone)).and_then(|()| clear(&gone));
        discarded.map_err(|error| Error::file(folder, &error))
    }

    fn aside(&self, name: &str) -> PathBuf {
        self.work.join(format!("{OLD}{name}"))
    }

    /// Ends what a killed process was about: a set put aside goes back if nothing came in its place.
    fn recover(&self) -> Result<(), Error> {
        for path in entries(&self.work)? {
            let name = file_name(&path);
            let done = match (name.strip_prefix(OLD), name.starts_with(NEW)) {
                (Some(set), _) if !self.dir.join(set).exists() => fs::rename(&path, self.dir.join(set)),
                (Some(_), _) | (None, true) => clear(&path),
                (None, false) => Ok(()),
            };
            done.map_err(|error| Error::file(&path, &error))?;
        }
        Ok(())
    }
}

impl Drop for Store {
    /// Clears away what was not finished; what cannot be, the next holder clears away.
    fn drop(&mut self) {
        let _ = self.recover();
    }
}

/// The sets of a folder that were put aside when nothing had come in their place yet, by their name.
pub(super) fn set_aside(dir: &Path) -> Vec<(String, PathBuf)> {
    let paths = entries(&dir.join(WORK)).unwrap_or_default();
    let named = |path: PathBuf| Some((file_name(&path).strip_prefix(OLD)?.to_owned(), path));
    let aside = paths.into_iter().filter_map(named);
    aside.filter(|(name, _)| pair_of(name).is_some() && !dir.join(name).exists()).collect()
}

/// Removes a folder with all that is in it, or the link that stands for it; that it is not there is fine.
fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
