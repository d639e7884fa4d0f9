//! The store: one file of `SQLite` that outlives runs.
//!
//! It holds what services answered, so that nothing is paid for twice, and what they were paid. Several processes may have
//! it open (write-ahead log, writers wait for one another). A commit is safe from a killed process at once; the last ones
//! before a power cut may be lost, which costs a call and nothing else.
//!
//! Laws: what is recalled is what was kept under that key, or nothing, since each row bears a sum over key and value; a
//! file that is damaged is moved aside and told, one of a later version is left alone.

mod error;
mod file;
mod key;
mod results;
mod spend;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use error::Error;
pub use key::Key;

/// What services answered and were paid, in a file. Calls block; a call takes less than a millisecond unless another
/// process is writing.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    connection: Mutex<Connection>,
    /// Rows that were thrown away.
    damaged: AtomicUsize,
}

/// A store, and where the file went that stood in its place and was damaged.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// The damaged file, which was moved aside.
    pub moved: Option<PathBuf>,
}

impl Store {
    /// Opens the store at `path`, which is made where there is none; a damaged file is moved aside.
    ///
    /// # Errors
    /// When the file is of a later version or another program's, or cannot be read or written.
    pub fn open(path: &Path) -> Result<Opened, Error> {
        let (connection, moved) = file::open(path)?;
        Ok(Opened { store: Self::over(path, connection), moved })
    }

    /// Opens the store at `path` so that nothing is written; none where there is no usable one.
    ///
    /// # Errors
    /// When the file is of a later version or another program's.
    pub fn look(path: &Path) -> Result<Option<Self>, Error> {
        Ok(file::look(path)?.map(|connection| Self::over(path, connection)))
    }

    /// How many rows were found damaged and taken for none.
    #[must_use]
    pub fn damaged(&self) -> usize {
        self.damaged.load(Ordering::Relaxed)
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn over(path: &Path, connection: Connection) -> Self {
        Self { path: path.to_path_buf(), connection: Mutex::new(connection), damaged: AtomicUsize::new(0) }
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what `work` writes, all of it or nothing.
    fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T, Error> {
        let mut connection = self.connection();
        let written = connection.transaction_with_behavior(TransactionBehavior::Immediate).and_then(|transaction| {
            let result = work(&transaction)?;
            transaction.commit()?;
            Ok(result)
        });
        written.map_err(|error| Error::unusable(&self.path, &error))
    }
}

#[cfg(test)]
mod tests;
