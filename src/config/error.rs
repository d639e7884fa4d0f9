//! What is wrong with settings.

use std::io;
use std::path::{Path, PathBuf};

use crate::translate;

use super::place::Place;

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The settings file cannot be read.
    #[error("{}: the settings cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The settings file says something it may not say.
    #[error("{}:{line}:{column}: {message}", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong and what would be right.
        message: String,
    },
    /// A backend cannot be configured; not by a place in a settings file.
    #[error(transparent)]
    Backend(translate::Error),
    /// A flag contradicts another or a setting.
    #[error("{0}")]
    Flag(String),
}

impl Error {
    /// An error of a backend, with its place where it is one of its table.
    pub(super) fn backend(path: &Path, text: &str, error: translate::Error) -> Self {
        let span = match &error {
            translate::Error::Config { span, .. } | translate::Error::UnknownKind { span, .. } => span.clone(),
            _ => None,
        };
        match span {
            Some(span) => Place::of(path, text, Some(span)).error(&error.to_string()),
            None => Self::Backend(error),
        }
    }
}
