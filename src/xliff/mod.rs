//! XLIFF as a format, whichever tool wrote it: what its files say, and how inline codes are numbered.
//!
//! Reading asks for no schema, since tools return files that none accepts; elements are known by namespace and local name
//! under any prefix, in 1.0 to 1.2 and 2.0 to 2.2. What is needed of modules (the facts of a file, notes) is taken, the
//! rest is passed over.

pub mod check;

mod codes;
mod layout;
mod read;

use crate::model::ReviewState;

pub use codes::{Carried, CodeProblem, Coding, Decoded, Nature, Step};
pub use read::{Error, files, read};

/// Categories (XLIFF 2) and authors (1.x) of the notes that an export bears; any other is a reviewer's.
pub const OWN_NOTES: &[&str] = &["chancery", "check", "engine", "failed", "glossary", "language", "term"];

/// The category and author of a note that a reviewer left and a later export bears again.
pub const REMARK: &str = "review";

/// An XLIFF `file`: an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// The article's origin, where the file names it.
    pub original: Option<String>,
    /// The language translated from, as it is written.
    pub source: String,
    /// The language translated into, as it is written, where the file says so.
    pub target: Option<String>,
    /// What the file says of its article and its making, by name: the metadata module of XLIFF 2, the header notes of 1.2
    /// that are from `chancery`. The name of a fact is that of its group, a space, and its own: `article sha256`.
    pub facts: Vec<(String, String)>,
    /// Its units, in the order of the file.
    pub units: Vec<Unit>,
}

/// A unit of XLIFF 2; in 1.x the innermost `group` with an id, or else a `trans-unit` that stands in none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unit {
    /// Its id.
    pub id: String,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// Its segments, in the order of the file; in 1.x each `trans-unit`, whole even where a tool split it.
    pub segments: Vec<Segment>,
    /// The notes on it, and in XLIFF 2 on its segments.
    pub notes: Vec<Note>,
}

/// A segment of XLIFF 2, or a `trans-unit` of 1.x.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segment {
    /// Its id; XLIFF 2 segments may lack one.
    pub id: Option<String>,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// Whether it is an `ignorable` of XLIFF 2: white space or codes between segments.
    pub ignorable: bool,
    /// What is translated.
    pub source: Content,
    /// The translation, where there is a target element; it may be empty.
    pub target: Option<Content>,
    /// The place, from 1, of the target among the targets of its unit, where it is not that of the source.
    pub order: Option<usize>,
    /// How far its review has come, as the file claims.
    pub state: ReviewState,
    /// What the file says in the words of its tool: `translated`, `signed-off`.
    pub claimed: Option<String>,
    /// The notes of a `trans-unit`; in XLIFF 2, which has none there, those that a tool set into the segment all the same.
    pub notes: Vec<Note>,
}

/// The text of a source or target and the inline codes in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// The characters, without the layout that a pretty-printer sets at its ends, and without codes.
    pub text: String,
    /// The codes, by place.
    pub codes: Vec<Code>,
}

/// An inline code in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The byte of the text before which it stands.
    pub at: usize,
    /// What it does.
    pub role: Role,
    /// The id of the code; of one that ends a span, that of the one that begins it.
    pub id: String,
}

/// What an inline code does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Begins a span: `pc`, `sc`, `g`, `bx`, `bpt`, `it pos="open"`.
    Open,
    /// Ends a span: `pc`, `ec`, `g`, `ex`, `ept`, `it pos="close"`.
    Close,
    /// Stands for something by itself: `ph`, `x`.
    Alone,
}

/// A note in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// Its own id, where it has one.
    pub id: Option<String>,
    /// Its category in XLIFF 2, who left it in 1.x.
    pub from: Option<String>,
    /// What it says.
    pub text: String,
}

impl File {
    /// The segments that are translated, in the order of the file, each with its unit: all but ignorables.
    pub fn segments(&self) -> impl Iterator<Item = (&Unit, &Segment)> {
        let segments = self.units.iter().flat_map(|unit| unit.segments.iter().map(move |segment| (unit, segment)));
        segments.filter(|(_, segment)| !segment.ignorable)
    }
}

/// `char`, or U+FFFD for one that XML 1.0 cannot hold.
#[must_use]
pub fn fit(char: char) -> char {
    match char {
        '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'.. => char,
        _ => char::REPLACEMENT_CHARACTER,
    }
}
