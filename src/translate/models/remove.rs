//! Removes model sets: whole, and nothing that is not one.

use std::fs;
use std::path::{Path, PathBuf};

use super::description::DESCRIPTION;
use super::events::Observer;
use super::set::Role;
use super::store::Store;
use super::sums::{HALF_SUMS, SUMS};
use super::{ModelSet, entries, file_name};
use crate::translate::Error;

/// What was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The folder that is gone.
    pub dir: PathBuf,
    /// Bytes that are free again.
    pub bytes: u64,
}

/// Refuses to remove what holds anything that is not of a model set, or lies elsewhere.
///
/// # Errors
/// When the folder is a link, or holds a folder, a link, or a file that a model set does not have.
pub fn may_remove(set: &ModelSet) -> Result<(), Error> {
    let refused = |path: &Path, what: &str| Error::Model {
        path: path.to_owned(),
        reason: format!("{what}; nothing was removed, do it by hand if you mean to"),
    };
    let is_link = |path: &Path| fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    if is_link(&set.dir) {
        return Err(refused(&set.dir, "it is a link to a folder elsewhere"));
    }
    let mut weights = false;
    for path in entries(&set.dir)? {
        let name = file_name(&path);
        let role = Role::of(&name);
        if is_link(&path) || path.is_dir() || !is_own(&name) {
            return Err(refused(&path, "it is no file of a model set"));
        }
        weights |= role == Some(Role::Weights);
    }
    if weights { Ok(()) } else { Err(refused(&set.dir, "it holds no model")) }
}

/// Refuses to replace a folder with a new set when it holds more than a set: a folder, or a file of another use.
pub(super) fn may_replace(folder: &Path) -> Result<(), Error> {
    if !folder.is_dir() {
        return Ok(());
    }
    let foreign = |path: &PathBuf| (path.is_dir() && !path.is_symlink()) || !is_own(&file_name(path));
    match entries(folder)?.into_iter().find(foreign) {
        Some(path) => Err(Error::Model {
            path,
            reason: "it is no file of a model set, and would be lost with the model that is to be replaced; move it \
                     elsewhere"
                .to_owned(),
        }),
        None => Ok(()),
    }
}

/// Whether a file of this name belongs to a model set; a list of sums may have been left half written.
fn is_own(name: &str) -> bool {
    Role::of(name).is_some() || name == SUMS || name == DESCRIPTION || name.starts_with(HALF_SUMS)
}

/// Removes model sets, once no other process writes their folders. All are looked at before the first is removed.
///
/// # Errors
/// When one may not be removed, as [`may_remove`] tells, or cannot be.
pub fn remove(sets: &[ModelSet], observer: &dyn Observer) -> Result<Vec<Removed>, Error> {
    sets.iter().try_for_each(may_remove)?;
    let gone = |set: &ModelSet| {
        let home = set.dir.parent().unwrap_or(Path::new("."));
        let store = Store::hold(home, observer)?;
        may_remove(set)?;
        let lengths = entries(&set.dir)?.into_iter().filter_map(|path| fs::metadata(path).ok());
        let bytes = lengths.map(|found| found.len()).sum();
        store.discard(&set.dir)?;
        Ok(Removed { dir: set.dir.clone(), bytes })
    };
    sets.iter().map(gone).collect()
}
