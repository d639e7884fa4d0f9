//! What can be wrong with a store.

use std::path::{Path, PathBuf};

/// Why a store cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A later version of the program wrote it.
    #[error(
        "{}: a later version of chancery wrote it (schema {found}, this one knows {known}): use that one, or move the file away",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The latest schema that this version knows.
        known: i64,
    },
    /// It is some other program's.
    #[error("{}: a database of another program: name another file with `[translate] cache`", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be read or written.
    #[error("{}: {reason}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What the system or the database says.
        reason: String,
    },
}

impl Error {
    pub(super) fn unusable(path: &Path, reason: &impl ToString) -> Self {
        Self::Unusable { path: path.to_path_buf(), reason: reason.to_string() }
    }
}
