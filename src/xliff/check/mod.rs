//! Whether a file is good XLIFF: well-formed, as the schemas say, as the specifications say beyond the schemas, and as
//! CAT tools can read it.
//!
//! ```text
//!  bytes ─decode→ text ─walk→ elements ─schema→ is each where it may be, with the attributes it may have?
//!                                └─ a tree of each unit, header, module ─rules→ ids, references, codes, states, modules
//! ```
//!
//! Laws: no input panics; a problem names its line and column; the same file gives the same problems, in the order of the
//! file. The rules are after the schemas and Schematron files of OASIS for 2.0, 2.1 and 2.2, the schemas of 1.2 for 1.x
//! (1.0 and 1.1 are taken for 1.2), and what tools were seen to do.

mod decode;
mod interop;
mod name;
mod report;
mod rules;
mod schema;
mod tree;
mod v1;
mod v2;
mod walk;

use std::io::{self, Read};

pub use rules::{RULES, Rule};

/// A breach of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The rule.
    pub rule: &'static Rule,
    /// What is wrong and what to do, in one sentence without a full stop.
    pub message: String,
}

/// Checks the XLIFF document `input`, in UTF-8, UTF-16 with a byte order mark, or the encoding it declares; tells what is
/// wrong in the order of the document, and nothing if it is good.
///
/// # Errors
/// When `input` cannot be read.
pub fn check(mut input: impl Read) -> io::Result<Vec<Problem>> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let mut report = report::Report::default();
    let text = decode::decode(&bytes, &mut report);
    walk::document(&text, &mut report);
    Ok(report.problems(&text))
}
