//! What can be wrong with a glossary, and where.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::model::{Lang, ParseLangError};

/// A place in a glossary file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, as its user named it.
    pub path: PathBuf,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// One thing that is wrong with a glossary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A path of the configuration does not exist.
    #[error("{}: no such glossary file or folder: correct or remove the path", path.display())]
    Missing {
        /// The path.
        path: PathBuf,
    },
    /// A file or folder is there but could not be read.
    #[error("{}: glossary cannot be read: {reason}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// A folder holds no glossary file.
    #[error("{}: folder holds no `.toml` file: add one or remove the path", path.display())]
    NoFile {
        /// The folder.
        path: PathBuf,
    },
    /// The file is not TOML, or has an unknown key, an unknown value, or lacks a key.
    #[error("{place}: {message}")]
    Malformed {
        /// Where.
        place: Place,
        /// What is wrong and what would be right, in one line.
        message: String,
    },
    /// The file is of another version of the format.
    #[error("{place}: schema {found} is not known: write `schema = 1`")]
    Schema {
        /// Where it says so.
        place: Place,
        /// What it says.
        found: i64,
    },
    /// Two concepts bear the same id.
    #[error("{place}: concept id `{id}` is taken by {first}: ids are never shared or reused")]
    DuplicateId {
        /// The later concept.
        place: Place,
        /// The id of both.
        id: String,
        /// The earlier concept.
        first: Place,
    },
    /// A string that has to say something is empty, or has white space at an end.
    #[error("{place}: `{key}` of concept `{concept}` is empty or has white space at an end")]
    Blank {
        /// The concept or term.
        place: Place,
        /// The concept's id.
        concept: String,
        /// The key of the string.
        key: &'static str,
    },
    /// A key under `terms` or a term's region makes no language.
    #[error("{place}: {reason}")]
    NotALanguage {
        /// Where.
        place: Place,
        /// The tag that was tried.
        reason: ParseLangError,
    },
    /// A term gives a region although its language key settles it.
    #[error("{place}: `region` does not go with the language key `{key}`: name the region in one of the two")]
    RegionTwice {
        /// The term.
        place: Place,
        /// The key it stands under.
        key: String,
    },
    /// A concept that is to be translated has terms for every language.
    #[error("{place}: terms under `*` of concept `{concept}` need `dnt = true`")]
    NotDnt {
        /// The term.
        place: Place,
        /// The concept's id.
        concept: String,
    },
    /// A language (with its region) has two terms to prefer.
    #[error(
        "{place}: concept `{concept}` prefers both `{first}` and `{second}` in {}: make one of them `admitted`",
        lang.map_or_else(|| "every language".to_owned(), |lang| lang.to_string())
    )]
    TwoPreferred {
        /// The later term.
        place: Place,
        /// The concept's id.
        concept: String,
        /// The language; nothing for terms under `*`.
        lang: Option<Lang>,
        /// The earlier term.
        first: String,
        /// The later term.
        second: String,
    },
    /// A term is both to be preferred and superseded.
    #[error("{place}: `{term}` is superseded and cannot be preferred: remove one of the two")]
    SupersededPreferred {
        /// Where.
        place: Place,
        /// The term.
        term: String,
    },
    /// A term is to be matched by its forms and lists none.
    #[error("{place}: `{term}` has `match = \"forms\"` but lists no `forms`")]
    NoForms {
        /// Where.
        place: Place,
        /// The term.
        term: String,
    },
    /// A term lists forms that would not be matched.
    #[error("{place}: `{term}` lists `forms` that count only with `match = \"forms\"` or `\"stem\"`")]
    IdleForms {
        /// Where.
        place: Place,
        /// The term.
        term: String,
    },
}

/// Everything that is wrong with a glossary, by file and line; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errors(Vec<Error>);

impl Error {
    /// The file or folder, and where in it, that the error is about.
    fn site(&self) -> (&Path, Option<&Place>) {
        match self {
            Self::Missing { path } | Self::Unreadable { path, .. } | Self::NoFile { path } => (path, None),
            Self::Malformed { place, .. }
            | Self::Schema { place, .. }
            | Self::DuplicateId { place, .. }
            | Self::Blank { place, .. }
            | Self::NotALanguage { place, .. }
            | Self::RegionTwice { place, .. }
            | Self::NotDnt { place, .. }
            | Self::TwoPreferred { place, .. }
            | Self::SupersededPreferred { place, .. }
            | Self::NoForms { place, .. }
            | Self::IdleForms { place, .. } => (&place.path, Some(place)),
        }
    }
}

impl Errors {
    /// Nothing where `errors` is empty.
    pub(super) fn check(mut errors: Vec<Error>) -> Result<(), Self> {
        errors.sort_by(|a, b| a.site().cmp(&b.site()));
        if errors.is_empty() { Ok(()) } else { Err(Self(errors)) }
    }

    /// The errors, by file and line.
    #[must_use]
    pub fn as_slice(&self) -> &[Error] {
        &self.0
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path.display(), self.line, self.column)
    }
}

/// One error a line.
impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            let newline = if index == 0 { "" } else { "\n" };
            write!(f, "{newline}{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {}
