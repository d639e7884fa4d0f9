//! What can go wrong between the pipeline and a backend, and what may help.

use std::ops::Range;
use std::path::PathBuf;

use crate::model::{Failure, Pair};

/// Why a backend could not be opened, a model not be used, or a batch not be translated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A table of the configuration asks for a kind of backend that does not exist.
    #[error("backend `{name}`: there is no kind `{kind}`; the kinds are {known}")]
    UnknownKind {
        /// The backend as the configuration names it.
        name: String,
        /// The kind it asks for.
        kind: String,
        /// The kinds there are, with commas between.
        known: String,
        /// Bytes of the configuration file that say so.
        span: Option<Range<usize>>,
    },
    /// A backend's table does not hold what its kind wants.
    #[error("backend `{name}`: {message}")]
    Config {
        /// The backend as the configuration names it.
        name: String,
        /// What is wrong and what would be right.
        message: String,
        /// Bytes of the configuration file that are wrong, where one place is.
        span: Option<Range<usize>>,
    },
    /// A file or folder could not be read or written.
    #[error("{}: {reason}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// A folder of model files does not hold a usable model.
    #[error("{}: {reason}", path.display())]
    Model {
        /// The folder or the file in it.
        path: PathBuf,
        /// What is wrong and what to do.
        reason: String,
    },
    /// A model file is not the file its sum was made of.
    #[error("{}: SHA-256 is {found}, expected {expected}; fetch the model again", path.display())]
    Checksum {
        /// The file.
        path: PathBuf,
        /// The sum as listed.
        expected: String,
        /// The sum of the file's bytes.
        found: String,
    },
    /// A backend was asked for a pair that it has no route for.
    #[error("it does not translate {pair}")]
    NoPair {
        /// The pair.
        pair: Pair,
    },
    /// The threads that translate could not be started, or have ended.
    #[error("the translating threads {reason}")]
    Threads {
        /// What became of them.
        reason: String,
    },
    /// The engine broke down over a batch.
    #[error("the {pair} engine broke down: {reason}")]
    Engine {
        /// The direction it was translating.
        pair: Pair,
        /// What it said.
        reason: String,
    },
    /// A program could not be used at all.
    #[error("program `{program}`: {reason}")]
    Program {
        /// The program as configured.
        program: String,
        /// What is wrong and what to do.
        reason: String,
    },
    /// A program ran and failed.
    #[error("program `{program}` failed: {reason}")]
    ProgramFailed {
        /// The program as configured.
        program: String,
        /// Its exit status and the end of what it wrote to standard error.
        reason: String,
    },
    /// The answer is no translation.
    #[error("{reason}")]
    BadAnswer {
        /// What is wrong with it.
        reason: String,
    },
    /// The backend takes no text of this length.
    #[error("{chars} characters are more than the {limit} it takes at once")]
    TooLong {
        /// Characters of the text.
        chars: usize,
        /// Characters the backend takes.
        limit: usize,
    },
    /// A download failed.
    #[error("{url}: {reason}")]
    Download {
        /// What was asked for.
        url: String,
        /// What went wrong and what to do.
        reason: String,
        /// Whether asking again may help.
        retry: bool,
    },
}

/// What may help after an error; the one who raised it knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Remedy {
    /// The same request may succeed when it is made again.
    Retry,
    /// This request is at fault: its texts may succeed one by one.
    Item,
    /// The backend as a whole cannot be used.
    Stop,
}

impl Error {
    /// What may help.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Download { retry: true, .. } => Remedy::Retry,
            Self::Engine { .. } | Self::ProgramFailed { .. } | Self::BadAnswer { .. } | Self::TooLong { .. } => {
                Remedy::Item
            }
            Self::UnknownKind { .. }
            | Self::Config { .. }
            | Self::File { .. }
            | Self::Model { .. }
            | Self::Checksum { .. }
            | Self::NoPair { .. }
            | Self::Threads { .. }
            | Self::Program { .. }
            | Self::Download { retry: false, .. } => Remedy::Stop,
        }
    }

    /// The kind of failure that a segment suffers from it.
    #[must_use]
    pub fn failure(&self) -> Failure {
        match self {
            Self::Engine { .. } | Self::ProgramFailed { .. } | Self::Download { .. } => Failure::Backend,
            Self::BadAnswer { .. } => Failure::BadAnswer,
            Self::NoPair { .. } => Failure::NoRoute,
            Self::TooLong { .. } => Failure::TooLong,
            Self::UnknownKind { .. }
            | Self::Config { .. }
            | Self::File { .. }
            | Self::Model { .. }
            | Self::Checksum { .. }
            | Self::Threads { .. }
            | Self::Program { .. } => Failure::Unavailable,
        }
    }

    pub(crate) fn file(path: impl Into<PathBuf>, error: &std::io::Error) -> Self {
        Self::File { path: path.into(), reason: error.to_string() }
    }

    pub(crate) fn bad_answer(reason: impl Into<String>) -> Self {
        Self::BadAnswer { reason: reason.into() }
    }
}
