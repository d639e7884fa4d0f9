//! Reads XLIFF that came back from a reviewer, whichever tool wrote it.
//!
//! Tools return files that no schema accepts, so none is asked for: elements are known by namespace and local
//! name under any prefix, and what the review does not need (modules, notes, alternative translations, extensions)
//! is passed over. Inline codes are dropped and the text within them kept.
//!
//! Laws: a file is read whole or refused with its line; a DOCTYPE is refused, so that no entity is ever
//! declared; no input panics; what this crate wrote as XLIFF is read back text by text.

pub mod effort;
pub mod report;

mod decode;
mod here;
mod parse;

use std::path::{Path, PathBuf};

use crate::model::Lang;

/// The contents of a reviewed XLIFF document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// Its files, in order; one for each article.
    pub files: Vec<ReviewedFile>,
}

/// An XLIFF `file`: an article under review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewedFile {
    /// The article's origin, where the file names it.
    pub original: Option<String>,
    /// The language translated from.
    pub source: Lang,
    /// The language translated into, where the file says so.
    pub target: Option<Lang>,
    /// The segments, in the order of the file.
    pub segments: Vec<ReviewedSegment>,
}

/// A segment under review. In XLIFF 1.2 that is a trans-unit, whole even where a tool split it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewedSegment {
    /// The id of its unit; in XLIFF 1.2 of the innermost group that has one, else of the trans-unit.
    pub unit: String,
    /// Its own id; XLIFF 2 segments may lack one.
    pub segment: Option<String>,
    /// The source without inline codes.
    pub source: String,
    /// The translation without inline codes, where there is one; an empty one is one.
    pub target: Option<String>,
    /// How far its review has come.
    pub state: ReviewState,
}

/// How far the review of a segment has come, as the file claims. Tools often leave the state behind the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewState {
    /// The file does not say, or says what no standard defines.
    Unknown,
    /// Not translated yet, or in need of work.
    Draft,
    /// Translated.
    Translated,
    /// Reviewed.
    Reviewed,
    /// Final, or signed off.
    Approved,
}

/// Why a file cannot be read as reviewed XLIFF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Its bytes are not in the encoding it claims.
    #[error("{}: not valid {encoding}: save it as UTF-8", path.display())]
    Encoding {
        /// The file.
        path: PathBuf,
        /// The encoding it claims, by its WHATWG name.
        encoding: String,
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
    /// Its root is not an XLIFF document of a known version.
    #[error("{}:{line}: not XLIFF 1.2 or 2: export the review in one of these", path.display())]
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
    /// A language is none of the pipeline's.
    #[error("{}:{line}: `{attribute}` is `{tag}`: write BCP 47 such as `en`, `pt-BR` or `zh-Hans`", path.display())]
    Language {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The attribute.
        attribute: &'static str,
        /// What it says.
        tag: String,
    },
    /// Two segments bear one id, so that neither can be told from the other.
    #[error("{}:{line}: segment `{segment}` of unit `{unit}` occurs twice: delete one of them", path.display())]
    Duplicate {
        /// The file.
        path: PathBuf,
        /// The line of the second one, from 1.
        line: usize,
        /// Its unit.
        unit: String,
        /// Its id.
        segment: String,
    },
}

/// Reads the XLIFF document `bytes`, in UTF-8, UTF-16 with a byte order mark, or the encoding it declares.
/// `path` is for messages.
///
/// # Errors
/// When it is not well-formed, not XLIFF 1.2 or 2, declares a DOCTYPE, or lacks what tells segments and languages apart.
pub fn read(path: &Path, bytes: &[u8]) -> Result<Reviewed, Error> {
    let text = decode::decode(path, bytes)?;
    parse::document(path, &text)
}

#[cfg(test)]
mod tests;
