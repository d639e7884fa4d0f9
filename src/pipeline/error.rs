//! What ends a run before its articles do.

use std::io;
use std::path::PathBuf;

use crate::{check, config, detect, glossary, memory, segment};

/// Why a run could not start or had to end. What befalls one article is in the report instead.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No file to translate.
    #[error("nothing to translate under {}: name a file, or a folder with .txt, .md or .html articles", list(paths))]
    NoInput {
        /// What was named.
        paths: Vec<PathBuf>,
    },
    /// A folder of articles cannot be read.
    #[error("{}: the folder cannot be read: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A folder of articles is one of outputs.
    #[error("{}: outputs go to this folder, and their pages are no articles: name files in it, or another --out", path.display())]
    Outputs {
        /// The folder.
        path: PathBuf,
    },
    /// A folder that reviews are to be merged into holds no translations.
    #[error("{}: no run wrote translations there: name its folder with --out", path.display())]
    NoTranslations {
        /// The folder.
        path: PathBuf,
    },
    /// No reviewed file.
    #[error(
        "no review under {}: name a file, or a folder with .xlf, .xliff, .sdlxliff, .mqxliff or .mxliff files",
        list(paths)
    )]
    NoReviews {
        /// What was named.
        paths: Vec<PathBuf>,
    },
    /// The output folder or a file in it cannot be written.
    #[error("{}: cannot be written: {source}", path.display())]
    Output {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The lock file, the report or the index cannot be written, after the run had begun.
    #[error("{}: cannot be written: {source}; what was finished is kept, run again once there is room", path.display())]
    Stopped {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another run writes to the same folder.
    #[error("{}: another run is writing to this folder: wait for it, or name another", path.display())]
    Busy {
        /// Its lock file.
        path: PathBuf,
    },
    /// The language detector cannot be made.
    #[error(transparent)]
    Detect(#[from] detect::Error),
    /// The segmentation rules cannot be used.
    #[error(transparent)]
    Segment(#[from] segment::Error),
    /// The glossary cannot be used.
    #[error(transparent)]
    Glossary(#[from] glossary::Errors),
    /// A backend cannot be configured.
    #[error(transparent)]
    Config(#[from] config::Error),
    /// What services answered cannot be kept.
    #[error(transparent)]
    Store(#[from] memory::Error),
    /// The checks cannot be configured.
    #[error(transparent)]
    Check(#[from] check::Error),
}

impl Error {
    /// The same error, once a run has begun.
    pub(super) fn after_the_start(self) -> Self {
        match self {
            Self::Output { path, source } => Self::Stopped { path, source },
            other => other,
        }
    }
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}
