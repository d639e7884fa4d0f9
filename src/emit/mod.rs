//! Writes translations for the people who use them: reviewers, readers, and the desk that runs the batch.
//!
//! - [`xliff`]: the file a reviewer opens in a CAT tool;
//! - [`termbase`]: the terms of an article, which the reviewer's tool loads beside it;
//! - [`tmx`]: its translated segments as a translation memory;
//! - [`pages`]: the bilingual page a reader opens in a browser, and the list of a run's pages;
//! - [`diagnostics`]: what is wrong with files, for editors and scripts;
//! - [`report`]: what came of each article of a run, for machines and for a terminal.
//!
//! Laws: the same translation and [`Facts`] give the same bytes, since no clock, hash order or machine path goes in;
//! a failed segment is shown as failed and its text never passes for a translation; every character of an
//! article stays text, whatever it looks like to the form it is written in.

pub mod diagnostics;
pub mod pages;
pub mod report;
pub mod termbase;
pub mod tmx;
pub mod xliff;

mod xml;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::{Outcome, Provenance, Translation};
use crate::xliff::fit;

/// How outputs are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// The version of XLIFF to write: `"2.0"`, which current CAT tools read, `"1.2"` for older ones, `"2.1"` or `"2.2"`.
    pub xliff: xliff::Version,
    /// How much XLIFF holds: `"lean"`, what every CAT tool reads, or `"full"`.
    pub profile: xliff::Profile,
    /// What machine translation says of itself in XLIFF: `"initial"`, or `"translated"` for tools that show no other.
    pub mt_state: xliff::MtState,
    /// What is written beside the XLIFF for the reviewer's tool.
    pub beside: Vec<Beside>,
}

/// What can be written beside the XLIFF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beside {
    /// The concepts that occur, as TBX.
    Tbx,
    /// The concepts that occur, as a table.
    Tsv,
    /// The translated segments, as TMX.
    Tmx,
}

impl Default for Options {
    fn default() -> Self {
        let xliff::Style { version, profile, mt_state } = xliff::Style::default();
        Self { xliff: version, profile, mt_state, beside: vec![Beside::Tbx, Beside::Tsv, Beside::Tmx] }
    }
}

impl Options {
    /// How XLIFF is written.
    #[must_use]
    pub fn style(&self) -> xliff::Style {
        xliff::Style { version: self.xliff, profile: self.profile, mt_state: self.mt_state }
    }
}

/// What an output depends on besides the translation itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The version of chancery, such as `0.1.0`.
    pub tool_version: String,
    /// Fingerprint of the glossary in use, where there was one.
    pub glossary: Option<String>,
    /// Fingerprint of the segmentation rules in use, where known.
    pub rules: Option<String>,
}

/// An XML document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The document, to be stored as UTF-8.
    pub text: String,
    /// How many characters XML cannot hold were written as U+FFFD.
    pub replaced: usize,
}

/// Why an output cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No passage of the article holds a segment.
    #[error("article `{slug}` holds no segment: leave it out of the outputs")]
    Empty {
        /// The article.
        slug: String,
    },
    /// An id is not made of ASCII letters, digits, `.`, `_` and `-`, or is longer than CAT tools take.
    #[error("article `{slug}`: id `{id}` is not 1 to 100 of A-Z a-z 0-9 . _ -: name passages and segments with these")]
    Id {
        /// The article.
        slug: String,
        /// The id.
        id: String,
    },
    /// Two passages or two segments bear one id.
    #[error("article `{slug}`: id `{id}` occurs twice: name every passage and segment differently")]
    DuplicateId {
        /// The article.
        slug: String,
        /// The id.
        id: String,
    },
}

/// Everyone who translated a segment of `translation`, each once, sorted.
fn provenances(translation: &Translation) -> BTreeSet<&Provenance> {
    let translated = translation.units().filter_map(|unit| match &unit.outcome {
        Outcome::Translated(target) => Some(&target.provenance),
        Outcome::Kept(_) | Outcome::Failed(_) => None,
    });
    translated.collect()
}
