//! What can be wrong with a file of segmentation rules.

use std::path::PathBuf;

/// Why a file of segmentation rules cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be opened or read.
    #[error("{}: cannot be read: {source}; name an SRX file or leave `segment.srx` out", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file, its rules or their machines exceed a limit.
    #[error("{}: has {size} {what}; at most {limit} are read", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// What there is too much of: `bytes`, `rules`.
        what: &'static str,
        /// How much there is, or how much was seen before giving up.
        size: usize,
        /// How much is allowed.
        limit: usize,
    },
    /// The file is not SRX 2.0.
    #[error("{}:{line}: {message}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What is wrong and what is expected.
        message: String,
    },
    /// A regular expression cannot be honoured; no rule is ever skipped.
    #[error("{}:{line}: `{pattern}` in `{group}` cannot be used: {message}", path.display())]
    Pattern {
        /// The file.
        path: PathBuf,
        /// Line of the rule or map, from 1.
        line: usize,
        /// The `languagerulename` it belongs to.
        group: String,
        /// The expression, cut short where it is long.
        pattern: String,
        /// What is wrong with it.
        message: String,
    },
}
