//! The output folder: files appear whole or not at all, and what a person changed stays.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::model::sha256;

use super::{Error, records};

/// How the name of a file begins that is being written.
const UNFINISHED: &str = ".chancery-";

/// A file that a run wrote: its place under the output folder and the SHA-256 of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Stored {
    /// Path relative to the output folder.
    pub(super) path: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub(super) sha256: String,
}

/// The folder a run writes to.
#[derive(Debug, Clone)]
pub(super) struct Outputs {
    root: PathBuf,
}

impl Outputs {
    /// Makes the folder if need be, and makes sure that files can be written there, before any work is paid for.
    ///
    /// # Errors
    /// When the folder cannot be made or written to.
    pub(super) fn open(root: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(root).map_err(unwritable(root))?;
        for folder in [root.to_path_buf(), root.join(records::FOLDER)].iter().filter(|folder| folder.exists()) {
            tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder).map_err(unwritable(folder))?;
        }
        Ok(Self { root: root.to_path_buf() })
    }

    /// The folder `root` as it is, to be looked at; there may be none.
    pub(super) fn look(root: &Path) -> Self {
        Self { root: root.to_path_buf() }
    }

    /// The folder `root` that a run wrote its outputs to.
    ///
    /// # Errors
    /// When there is no such folder.
    pub(super) fn existing(root: &Path) -> Result<Self, Error> {
        if root.is_dir() {
            Ok(Self { root: root.to_path_buf() })
        } else {
            Err(Error::NoTranslations { path: root.into() })
        }
    }

    /// Removes the files that a killed run was writing. No other run may be writing to the folder.
    pub(super) fn sweep(&self) {
        for entry in std::fs::read_dir(&self.root).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                // It is in nobody's way where it cannot be removed.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// Where a file of the folder is.
    #[must_use]
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Writes a file whole, as [`write_all`](Self::write_all) does.
    ///
    /// # Errors
    /// When the disk is full or the file cannot be written or renamed.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<Stored, Error> {
        let mut stored = self.write_all(&[(name, bytes)])?;
        Ok(stored.remove(0))
    }

    /// Writes files whole, each by its name and bytes: to temporary files that are flushed to disk and then take their
    /// names. A file that holds its bytes already is left alone.
    ///
    /// # Errors
    /// When the disk is full or a file cannot be written or renamed; those before it may have been renamed.
    pub(super) fn write_all(&self, files: &[(&str, &[u8])]) -> Result<Vec<Stored>, Error> {
        let stored: Vec<Stored> =
            files.iter().map(|(name, bytes)| Stored { path: (*name).to_owned(), sha256: sha256(bytes) }).collect();
        let mut unnamed = Vec::new();
        for (_, (name, bytes)) in stored.iter().zip(files).filter(|(stored, _)| !self.holds(stored)) {
            let path = self.path(name);
            std::fs::create_dir_all(path.parent().unwrap_or(&self.root)).map_err(unwritable(&path))?;
            unnamed.push((self.unnamed(bytes).map_err(unwritable(&path))?, path));
        }
        // All are written before the first is flushed: a file system that keeps a journal flushes what came before it, too.
        for (file, path) in &unnamed {
            file.as_file().sync_all().map_err(unwritable(path))?;
        }
        for (file, path) in unnamed {
            file.persist(&path).map_err(|error| unwritable(&path)(error.error))?;
        }
        Ok(stored)
    }

    fn unnamed(&self, bytes: &[u8]) -> io::Result<NamedTempFile> {
        let mut file =
            tempfile::Builder::new().prefix(UNFINISHED).permissions(permissions()).tempfile_in(&self.root)?;
        file.write_all(bytes)?;
        Ok(file)
    }

    /// Removes a file that is as it was written.
    pub(super) fn remove(&self, stored: &Stored) {
        if self.holds(stored) {
            // It is only out of date where it cannot be removed.
            let _ = std::fs::remove_file(self.path(&stored.path));
        }
    }

    /// Whether the file is there with the bytes it was written with.
    #[must_use]
    pub(super) fn holds(&self, stored: &Stored) -> bool {
        std::fs::read(self.path(&stored.path)).is_ok_and(|bytes| sha256(&bytes) == stored.sha256)
    }

    /// Whether somebody else's work stands at `name`: a file that is not as the run before (`ours`) left it.
    #[must_use]
    pub(super) fn is_foreign(&self, name: &str, ours: Option<&Stored>) -> bool {
        self.path(name).exists() && !ours.is_some_and(|stored| self.holds(stored))
    }
}

fn unwritable(path: &Path) -> impl Fn(io::Error) -> Error {
    move |source| Error::Output { path: path.to_path_buf(), source }
}

/// Permissions of an output before the umask takes its share: a temporary file is private by default, an output is not.
#[cfg(unix)]
fn permissions() -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_held_until_somebody_changes_it() {
        let dir = tempfile::tempdir().expect("a folder");
        let outputs = Outputs::open(&dir.path().join("new/out")).expect("opened");
        let output = outputs.write("a.xlf", b"<xliff/>").expect("written");
        assert!(outputs.holds(&output));
        assert!(!outputs.is_foreign("a.xlf", Some(&output)));
        assert!(outputs.is_foreign("a.xlf", None));
        std::fs::write(outputs.path("a.xlf"), "<xliff>reviewed</xliff>").expect("edited");
        assert!(outputs.is_foreign("a.xlf", Some(&output)));
        assert!(!outputs.is_foreign("b.xlf", None));
    }

    #[test]
    fn a_file_in_the_way_of_the_folder_is_named() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("out");
        std::fs::write(&path, "").expect("written");
        let error = Outputs::open(&path).expect_err("a file is no folder").to_string();
        assert!(error.contains("out"), "{error}");
    }

    #[test]
    fn what_is_out_of_date_goes_unless_somebody_changed_it() {
        let dir = tempfile::tempdir().expect("a folder");
        let outputs = Outputs::open(dir.path()).expect("opened");
        let files: [(&str, &[u8]); 2] = [("a.tbx", b"<tbx/>"), ("a.tsv", b"#source")];
        let stored = outputs.write_all(&files).expect("written");
        std::fs::write(outputs.path("a.tsv"), "#source\tmine").expect("edited");
        for stored in &stored {
            outputs.remove(stored);
        }
        assert!(!outputs.path("a.tbx").exists() && outputs.path("a.tsv").exists());
    }

    #[test]
    fn no_temporary_file_is_left() {
        let dir = tempfile::tempdir().expect("a folder");
        let outputs = Outputs::open(dir.path()).expect("opened");
        outputs.write("a.html", b"x").expect("written");
        let mut killed = tempfile::Builder::new();
        let killed = killed.prefix(UNFINISHED).disable_cleanup(true).tempfile_in(dir.path()).expect("made");
        drop(killed);
        outputs.sweep();
        let names: Vec<_> =
            std::fs::read_dir(dir.path()).expect("read").flatten().map(|entry| entry.file_name()).collect();
        assert_eq!(names, ["a.html"]);
    }
}
