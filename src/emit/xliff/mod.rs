//! Writes XLIFF that CAT tools read whole: the lean profile.
//!
//! A passage is a unit (2.0) or a group (1.2), a sentence a segment or a trans-unit, under the ids that the
//! pipeline gave them. Terms stand in notes and, in 2.0, in the glossary module, never as inline markup, which
//! several editors show in place of the text. Nothing is written that common tools are known to choke on: no
//! `mrk`, `alt-trans`, `match` or `seg-source`.
//!
//! Machine translation bears the state that asks for review; a kept segment counts as translated, since there
//! is nothing left to do, but not as reviewed, since nobody looked; a failed one has no target and no state.
//!
//! White space is written as it is under `xml:space="preserve"`, line breaks too: a placeholder for each
//! would be one more tag that a reviewer has to carry over, and whoever merges knows the article's line breaks.
//!
//! Laws: what is written obeys the XSD of its version (1.2: strict), whatever the text; texts read back are the texts written.

mod codes;
mod metadata;
mod notes;
mod v1;
mod v2;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::xml::Xml;
use super::{Error, Facts, Written, provenances};
use crate::model::{Outcome, Passage, Provenance, Translation, Unit};

/// A version of XLIFF.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Version {
    /// XLIFF 1.2 of 2008.
    #[serde(rename = "1.2")]
    V1_2,
    /// XLIFF 2.0 of 2014; 2.1 reads it as its own.
    #[default]
    #[serde(rename = "2.0")]
    V2_0,
}

/// Writes `translation` as an XLIFF document of `version`.
///
/// # Errors
/// When no passage holds a segment, or an id is not fit for XLIFF or occurs twice.
pub fn write(translation: &Translation, version: Version, facts: &Facts) -> Result<Written, Error> {
    check_ids(translation)?;
    let job = Job::new(translation, facts);
    let mut xml = Xml::new();
    match version {
        Version::V1_2 => v1::document(&mut xml, &job),
        Version::V2_0 => v2::document(&mut xml, &job),
    }
    Ok(xml.finish())
}

/// What a document is written from.
struct Job<'a> {
    translation: &'a Translation,
    /// Everyone who translated a segment, each once, sorted.
    engines: Vec<&'a Provenance>,
    /// The place, from 0, of the one that translated most.
    main_engine: Option<usize>,
    facts: &'a Facts,
}

impl<'a> Job<'a> {
    fn new(translation: &'a Translation, facts: &'a Facts) -> Self {
        let engines: Vec<_> = provenances(translation).into_iter().collect();
        let mut job = Self { translation, engines, main_engine: None, facts };
        let mut share = vec![0; job.engines.len()];
        translation.units().filter_map(|unit| job.engine_of(unit)).for_each(|place| share[place] += 1);
        job.main_engine = (0..share.len()).rev().max_by_key(|place| share[*place]);
        job
    }

    /// The place, from 0, of the engine that translated `unit`.
    fn engine_of(&self, unit: &Unit) -> Option<usize> {
        let Outcome::Translated(target) = &unit.outcome else { return None };
        self.engines.iter().position(|engine| *engine == &target.provenance)
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
