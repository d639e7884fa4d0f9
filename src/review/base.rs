//! Which export a file that came back is compared with.

use std::collections::HashSet;

use super::merge::EXPORT;
use super::record::{Former, Record};
use super::same::squashed;
use crate::model::{Text, Unit};
use crate::xliff::{File, Segment};

/// What a file was exported from.
pub(super) struct Base<'r> {
    /// The place of the version that it is compared with.
    pub(super) version: usize,
    /// What it was exported as, where the machine has translated the article anew since.
    pub(super) former: Option<&'r Former>,
    /// Whether the record knows its export; a file that names none is taken for the one that it is most like.
    pub(super) known: bool,
    /// Whether the file names its export.
    pub(super) named: bool,
}

impl<'r> Base<'r> {
    pub(super) fn of(record: &'r Record, file: &File) -> Self {
        let latest = record.latest();
        let Some((_, print)) = file.facts.iter().find(|(name, _)| name == EXPORT) else {
            return Self::most_like(record, file);
        };
        let version = record.versions.iter().rposition(|version| version.fingerprint == *print);
        let former = record.former.iter().find(|former| former.fingerprint == *print);
        let known = version.is_some() || former.is_some();
        Self { version: version.unwrap_or(latest), former: former.filter(|_| version.is_none()), known, named: true }
    }

    fn most_like(record: &'r Record, file: &File) -> Self {
        let targets: HashSet<String> = file.units.iter().flat_map(|unit| &unit.segments).filter_map(said).collect();
        let count =
            |texts: &mut dyn Iterator<Item = &str>| texts.filter(|text| targets.contains(&squashed(text))).count();
        let like = |place: &usize| {
            let translation = record.translation(*place);
            count(&mut translation.units().filter_map(Unit::rendered).map(Text::plain))
        };
        let version = (0..record.versions.len()).max_by_key(like).unwrap_or_default();
        let likeness = |former: &&Former| count(&mut former.targets.values().map(String::as_str));
        let former = record.former.iter().max_by_key(likeness).filter(|former| likeness(former) > like(&version));
        Self { version, former, known: true, named: false }
    }

    /// Whether something has been exported since.
    pub(super) fn is_older(&self, record: &Record) -> bool {
        self.version != record.latest() || self.former.is_some() || !self.known
    }
}

fn said(segment: &Segment) -> Option<String> {
    segment.target.as_ref().map(|target| squashed(&target.text)).filter(|said| !said.is_empty())
}
