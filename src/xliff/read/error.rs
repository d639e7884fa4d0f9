//! Why a file cannot be read as XLIFF. Every reason names the file and, where there is one, the line.

use std::path::{Path, PathBuf};

use super::input::Fault;
use crate::xliff::fit;

/// Why a file cannot be read as XLIFF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It could not be read at all.
    #[error("{}: cannot be read: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// Its bytes are not in the encoding it claims.
    #[error("{}:{line}: not valid {encoding}: save it as UTF-8", path.display())]
    Encoding {
        /// The file.
        path: PathBuf,
        /// The line of the first wrong byte, from 1.
        line: usize,
        /// The encoding it claims, by its WHATWG name.
        encoding: &'static str,
    },
    /// It is not well-formed XML.
    #[error("{}:{line}: not well-formed XML: {reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// It declares a document type.
    #[error("{}:{line}: a DOCTYPE is refused, since entities can read files: remove it", path.display())]
    Doctype {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// Elements nest deeper than any tool nests them.
    #[error("{}:{line}: elements nest deeper than {limit}: export the review again", path.display())]
    TooDeep {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// How deep they may nest.
        limit: usize,
    },
    /// A tag, a text or a comment is longer than any tool writes.
    #[error("{}:{line}: a tag or text is longer than {limit} bytes: export the review again", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The line on which it begins, from 1.
        line: usize,
        /// How long it may be, in bytes.
        limit: usize,
    },
    /// Its root is not an XLIFF document of a known version.
    #[error("{}:{line}: not XLIFF 1 or 2: export the review in one of these", path.display())]
    NotXliff {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// An element lacks an attribute that says what it is.
    #[error("{}:{line}: `{element}` has no `{attribute}`: export the review again", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The element.
        element: String,
        /// The attribute it lacks.
        attribute: &'static str,
    },
    /// An attribute says what it cannot say.
    #[error("{}:{line}: `{attribute}` is `{value}`, which is no {expected}: export the review again", path.display())]
    Value {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The attribute.
        attribute: &'static str,
        /// What it says.
        value: String,
        /// What it may say.
        expected: &'static str,
    },
    /// Two units of a file, or two segments of a unit, bear one id, so that neither can be told from the other.
    #[error("{}:{line}: {element} `{id}` occurs twice: delete one of them", path.display())]
    Duplicate {
        /// The file.
        path: PathBuf,
        /// The line of the second one, from 1.
        line: usize,
        /// What occurs twice: `unit`, `segment`, `trans-unit`.
        element: &'static str,
        /// The id.
        id: String,
    },
}

/// A line of a file, which is where an error is.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) path: &'a Path,
    /// The line, from 1.
    pub(super) line: usize,
}

impl At<'_> {
    pub(super) fn malformed(self, reason: impl std::fmt::Display) -> Error {
        Error::Malformed { path: self.path.to_owned(), line: self.line, reason: reason.to_string() }
    }

    /// Refuses a character that XML does not allow, which a reference may name all the same.
    pub(super) fn allowed(self, chars: &str) -> Result<(), Error> {
        match chars.chars().find(|char| fit(*char) != *char) {
            Some(char) => Err(self.malformed(Fault::Character(char.into()))),
            None => Ok(()),
        }
    }

    pub(super) fn not_xliff(self) -> Error {
        Error::NotXliff { path: self.path.to_owned(), line: self.line }
    }

    pub(super) fn missing(self, element: &str, attribute: &'static str) -> Error {
        Error::Missing { path: self.path.to_owned(), line: self.line, element: element.to_owned(), attribute }
    }

    pub(super) fn value(self, attribute: &'static str, value: &str, expected: &'static str) -> Error {
        Error::Value { path: self.path.to_owned(), line: self.line, attribute, value: value.to_owned(), expected }
    }

    pub(super) fn duplicate(self, element: &'static str, id: &str) -> Error {
        Error::Duplicate { path: self.path.to_owned(), line: self.line, element, id: id.to_owned() }
    }
}
