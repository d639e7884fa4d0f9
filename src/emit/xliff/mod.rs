//! Writes XLIFF that CAT tools read whole.
//!
//! A passage is a unit (XLIFF 2) or a group (1.2), a sentence a segment or a trans-unit, under the ids that the pipeline gave
//! them. White space is written as it is under `xml:space="preserve"`; a line break that the author set is an inline code, as
//! are bold and italic type, links and placeholders, numbered by [`Coding`].
//!
//! The lean profile is what every tool reads. Terms stand in notes and, in XLIFF 2, in the glossary module, never as inline
//! markup, which several editors show in place of the text; nothing is written that common tools are known to choke on: no
//! `mrk`, `alt-trans`, `match` or `seg-source`. The full profile, for archives and for tools that read modules, marks terms
//! where they stand and says what the machine made apart from what is under review.
//!
//! Laws: what is written obeys the XSD of its version (1.2: strict), whatever the text; texts and codes read back are those
//! written; an id stays when another paragraph comes or goes.

mod inline;
mod known;
mod metadata;
mod notes;
mod states;
mod terms;
mod v1;
mod v2;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::xml::Xml;
use super::{Error, Facts, Written, provenances};
use crate::model::{Outcome, Passage, Provenance, Translation, Unit};
use crate::xliff::Coding;
use states::State;
use terms::Terms;

pub use known::note_texts;

/// A version of XLIFF.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Version {
    /// XLIFF 1.2 of 2008.
    #[serde(rename = "1.2")]
    V1_2,
    /// XLIFF 2.0 of 2014; whatever reads 2.1 reads it.
    #[default]
    #[serde(rename = "2.0")]
    V2_0,
    /// XLIFF 2.1 of 2018, which has a module for ITS; some tools that read 2.0 refuse it.
    #[serde(rename = "2.1")]
    V2_1,
    /// XLIFF 2.2, whose namespace is another; few tools read it.
    #[serde(rename = "2.2")]
    V2_2,
}

/// How much a document holds besides texts, codes and notes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// What every CAT tool reads.
    #[default]
    Lean,
    /// Terms marked where they stand, and the machine's translation apart: matches with ITS annotators, `alt-trans`.
    Full,
}

/// What a machine's translation that nobody looked at says of itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MtState {
    /// That it is to be reviewed.
    #[default]
    Initial,
    /// That it is translated, for tools that show no other (Matecat).
    Translated,
}

/// How a document is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Style {
    /// The version of XLIFF.
    pub version: Version,
    /// How much it holds.
    pub profile: Profile,
    /// What machine translation says of itself.
    pub mt_state: MtState,
}

/// Writes `translation` as an XLIFF document of `style`.
///
/// # Errors
/// When no passage holds a segment, or an id is not fit for XLIFF or occurs twice.
pub fn write(translation: &Translation, style: Style, facts: &Facts) -> Result<Written, Error> {
    check_ids(translation)?;
    let job = Job::new(translation, style, facts);
    let mut xml = Xml::new();
    match style.version {
        Version::V1_2 => v1::document(&mut xml, &job),
        Version::V2_0 | Version::V2_1 | Version::V2_2 => v2::document(&mut xml, &job),
    }
    Ok(xml.finish())
}

impl Version {
    /// Every version, from the oldest.
    pub const ALL: [Self; 4] = [Self::V1_2, Self::V2_0, Self::V2_1, Self::V2_2];

    /// Its number: `2.0`.
    #[must_use]
    pub fn number(self) -> &'static str {
        match self {
            Self::V1_2 => "1.2",
            Self::V2_0 => "2.0",
            Self::V2_1 => "2.1",
            Self::V2_2 => "2.2",
        }
    }
}

/// What a document is written from.
struct Job<'a> {
    translation: &'a Translation,
    style: Style,
    /// Every engine that translated a segment, each once, sorted; people are none.
    engines: Vec<&'a Provenance>,
    /// The place, from 0, of the one that translated most.
    main_engine: Option<usize>,
    facts: &'a Facts,
}

impl<'a> Job<'a> {
    fn new(translation: &'a Translation, style: Style, facts: &'a Facts) -> Self {
        let engines: Vec<_> = provenances(translation).into_iter().filter(|engine| !engine.is_person()).collect();
        let mut job = Self { translation, style, engines, main_engine: None, facts };
        let mut share = vec![0; job.engines.len()];
        translation.units().filter_map(|unit| job.engine_of(unit)).for_each(|place| share[place] += 1);
        job.main_engine = (0..share.len()).rev().max_by_key(|place| share[*place]);
        job
    }

    /// The place, from 0, of the engine that translated `unit`; none where the text is a person's.
    fn engine_of(&self, unit: &Unit) -> Option<usize> {
        let Outcome::Translated(target) = &unit.outcome else { return None };
        if target.review.is_some_and(|review| review.edited) {
            return None;
        }
        self.engines.iter().position(|engine| *engine == &target.provenance)
    }

    /// What `unit` says of its translation.
    fn state(&self, unit: &Unit) -> Option<State> {
        State::of(unit, self.style.mt_state)
    }
}

/// A passage with what is written in its texts.
struct Coded<'a> {
    job: &'a Job<'a>,
    passage: &'a Passage<Unit>,
    coding: Coding,
    terms: Terms<'a>,
}

impl<'a> Coded<'a> {
    fn of(passage: &'a Passage<Unit>, job: &'a Job<'a>) -> Self {
        let coding = Coding::of(passage);
        let terms = Terms::of(passage, &coding, job.style.profile);
        Self { job, passage, coding, terms }
    }
}

/// The passages that hold a segment, each with a readable name: a unit without one is no XLIFF.
fn passages(translation: &Translation) -> impl Iterator<Item = (String, &Passage<Unit>)> {
    let filled = (1..).zip(&translation.document.passages).filter(|(_, passage)| !passage.segments.is_empty());
    filled.map(|(place, passage)| (format!("{}-p{place}", translation.slug), passage))
}

fn check_ids(translation: &Translation) -> Result<(), Error> {
    let slug = || translation.slug.clone();
    let mut passage_ids = BTreeSet::new();
    let mut segment_ids = BTreeSet::new();
    for (_, passage) in passages(translation) {
        let segments = passage.segments.iter().map(|unit| unit.segment.id.as_str());
        let fresh = passage_ids.insert(passage.id.as_str());
        for (id, fresh) in
            [(passage.id.as_str(), fresh)].into_iter().chain(segments.map(|id| (id, segment_ids.insert(id))))
        {
            if !is_id(id) {
                return Err(Error::Id { slug: slug(), id: id.to_owned() });
            }
            if !fresh {
                return Err(Error::DuplicateId { slug: slug(), id: id.to_owned() });
            }
        }
    }
    if segment_ids.is_empty() { Err(Error::Empty { slug: slug() }) } else { Ok(()) }
}

/// What every CAT tool takes as an id.
fn is_id(id: &str) -> bool {
    (1..=100).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}
