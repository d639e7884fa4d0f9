//! What can go wrong between the pipeline and a backend, and what may help.

use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

use super::Measure;
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
    /// The answer is no translation beside those that came with it; by itself it may be one.
    #[error("{reason}")]
    Doubted {
        /// What is wrong with it.
        reason: String,
        /// The answer: where it comes again, it is no translation.
        said: String,
    },
    /// The backend takes no text of this length.
    #[error("{size} {measure} are more than the {limit} it takes at once")]
    TooLong {
        /// The size of the text.
        size: usize,
        /// What is counted.
        measure: Measure,
        /// The size that the backend takes.
        limit: usize,
    },
    /// A service could not be reached, or answered with something else than translations.
    #[error("{service}: {reason}")]
    Service {
        /// Who was asked: its host.
        service: String,
        /// What kind of trouble it is.
        trouble: Trouble,
        /// What happened, what the service said of it, and what to do. Holds no key.
        reason: String,
        /// How long it asks to wait, where it does.
        after: Option<Duration>,
    },
    /// A service is not asked any more in this run.
    #[error("it was stopped for this run: {reason}")]
    Stopped {
        /// What stopped it, and what to do.
        reason: String,
    },
    /// A service is left alone for a while.
    #[error("it is left alone for a while, since it failed again and again")]
    Resting,
    /// What may be spent is spent, or it cannot be written down.
    #[error("{reason}")]
    Spent {
        /// What is spent and what to do.
        reason: String,
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

/// The kinds of trouble with a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// The key is missing, wrong, or not allowed to do this (401, 403).
    Auth,
    /// What was paid for or allowed is used up (402, 456).
    Quota,
    /// Too much was asked at once (429).
    Limited,
    /// The service is out of order or overloaded (500 to 599, 408).
    Overloaded,
    /// No connection: name, address, port, proxy.
    Unreachable,
    /// The connection is not secure: certificate, host name, protocol of TLS.
    Insecure,
    /// No whole answer in time.
    Timeout,
    /// The answer broke off.
    Cut,
    /// The request is too large (413, 414).
    TooLarge,
    /// The service refuses this request (400 and others).
    Refused,
    /// The address is wrong, or leads elsewhere (3xx, 404, 405).
    Address,
    /// What the settings name does not exist there or is not supported: a model, a parameter.
    Settings,
    /// The service does not translate this pair of languages.
    Pair,
    /// The answer cannot be read: no JSON, not UTF-8, or not what is documented.
    Unreadable,
    /// The answer is larger than any answer to this request can be.
    Oversize,
    /// The service does not want to translate these texts.
    Declined,
}

/// What may help after an error; the one who raised it knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Remedy {
    /// The same request may succeed when it is made again.
    Retry,
    /// This request is at fault: its texts may succeed in smaller batches.
    Item,
    /// The backend as a whole cannot be used.
    Stop,
}

impl Trouble {
    /// What may help.
    #[must_use]
    pub fn remedy(self) -> Remedy {
        match self {
            Self::Limited | Self::Overloaded | Self::Unreachable | Self::Timeout | Self::Cut | Self::Unreadable => {
                Remedy::Retry
            }
            Self::TooLarge | Self::Refused | Self::Oversize | Self::Declined => Remedy::Item,
            Self::Auth | Self::Quota | Self::Insecure | Self::Address | Self::Settings | Self::Pair => Remedy::Stop,
        }
    }
}

impl Error {
    /// What may help.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Service { trouble, .. } => trouble.remedy(),
            Self::Download { retry: true, .. } => Remedy::Retry,
            Self::Engine { .. }
            | Self::ProgramFailed { .. }
            | Self::BadAnswer { .. }
            | Self::Doubted { .. }
            | Self::TooLong { .. } => Remedy::Item,
            Self::UnknownKind { .. }
            | Self::Config { .. }
            | Self::File { .. }
            | Self::Model { .. }
            | Self::Checksum { .. }
            | Self::NoPair { .. }
            | Self::Threads { .. }
            | Self::Program { .. }
            | Self::Stopped { .. }
            | Self::Spent { .. }
            | Self::Resting
            | Self::Download { retry: false, .. } => Remedy::Stop,
        }
    }

    /// The kind of failure that a segment suffers from it.
    #[must_use]
    pub fn failure(&self) -> Failure {
        match self {
            Self::Stopped { .. } | Self::Spent { .. } => Failure::Halted,
            Self::Service { trouble: Trouble::Pair, .. } | Self::NoPair { .. } => Failure::NoRoute,
            Self::Service { trouble, .. } if trouble.remedy() == Remedy::Stop => Failure::Unavailable,
            Self::Service { trouble: Trouble::TooLarge, .. } | Self::TooLong { .. } => Failure::TooLong,
            Self::Engine { .. }
            | Self::ProgramFailed { .. }
            | Self::Service { .. }
            | Self::Resting
            | Self::Download { .. } => Failure::Backend,
            Self::BadAnswer { .. } | Self::Doubted { .. } => Failure::BadAnswer,
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

    /// More characters than can ever be sent within the limits.
    pub(crate) fn too_long(characters: u64, limit: u64) -> Self {
        let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        Self::TooLong { size: size(characters), measure: Measure::Chars, limit: size(limit) }
    }

    pub(crate) fn bad_answer(reason: impl Into<String>) -> Self {
        Self::BadAnswer { reason: reason.into() }
    }
}
