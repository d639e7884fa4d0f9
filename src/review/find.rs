//! Which unit of a file is which passage of the article.
//!
//! A unit is found by its id where its source is the passage's; else by its source, since tools number anew; else by
//! its id alone, with a source that was edited; else, in 1.x without groups, segment by segment.
//! Law: each passage is found at most once, and no unit is passed over in silence.

use std::collections::HashMap;

use super::report::{Notice, What};
use super::same::squashed;
use super::sent::Sent;
use crate::xliff::{self, File, Note, Segment};

/// What came back of a passage.
#[derive(Default)]
pub(super) struct Came<'f> {
    /// Its segments and what stands between them, in the order of the file.
    pub(super) segments: Vec<&'f Segment>,
    /// The source of each, squashed.
    pub(super) sources: Vec<String>,
    /// The notes on it as a whole.
    pub(super) notes: Vec<&'f Note>,
    /// What the file calls it, where that is not its id.
    pub(super) renamed: Option<String>,
}

/// A unit that is no passage yet.
struct Open<'f> {
    unit: &'f xliff::Unit,
    /// The sources of its segments, squashed.
    sources: Vec<String>,
    /// The same as one string.
    whole: String,
}

impl<'f> Open<'f> {
    fn of(unit: &'f xliff::Unit) -> Self {
        let sources: Vec<String> = unit.segments.iter().map(|segment| squashed(&segment.source.text)).collect();
        Self { unit, whole: sources.concat(), sources }
    }
}

/// What came back of each passage, by its place, and what is to be told of the units that are no passage.
pub(super) fn passages<'f>(sent: &[Sent], file: &'f File) -> (Vec<Option<Came<'f>>>, Vec<Notice>) {
    let mut finder = Finder::new(sent);
    let mut left: Vec<Open> = file.units.iter().map(Open::of).collect();
    for by in [Finder::by_id_and_source, Finder::by_source, Finder::by_id] {
        for open in std::mem::take(&mut left) {
            match by(&finder, &open) {
                Some(place) => finder.take(place, open),
                None => left.push(open),
            }
        }
    }
    let mut notices = Vec::new();
    for Open { unit, sources, .. } in left {
        for (segment, source) in unit.segments.iter().zip(sources).filter(|(segment, _)| !segment.ignorable) {
            if !finder.take_segment(unit, segment, source) {
                notices.push(unknown(unit, segment));
            }
        }
    }
    (finder.came, notices)
}

struct Finder<'s, 'f> {
    sent: &'s [Sent<'s>],
    ids: HashMap<&'s str, usize>,
    /// By squashed source; passages that say the same stand in reading order.
    sources: HashMap<&'s str, Vec<usize>>,
    came: Vec<Option<Came<'f>>>,
}

impl<'s, 'f> Finder<'s, 'f> {
    fn new(sent: &'s [Sent<'s>]) -> Self {
        let ids = sent.iter().enumerate().map(|(place, sent)| (sent.passage.id.as_str(), place)).collect();
        let mut sources: HashMap<&str, Vec<usize>> = HashMap::new();
        for (place, sent) in sent.iter().enumerate() {
            sources.entry(sent.whole.as_str()).or_default().push(place);
        }
        Self { sent, ids, sources, came: sent.iter().map(|_| None).collect() }
    }

    fn by_id_and_source(&self, open: &Open) -> Option<usize> {
        self.by_id(open).filter(|place| self.sent[*place].whole == open.whole)
    }

    fn by_source(&self, open: &Open) -> Option<usize> {
        let places = self.sources.get(open.whole.as_str()).filter(|_| !open.unit.segments.is_empty())?;
        places.iter().copied().find(|place| self.came[*place].is_none())
    }

    fn by_id(&self, open: &Open) -> Option<usize> {
        self.ids.get(open.unit.id.as_str()).copied().filter(|place| self.came[*place].is_none())
    }

    fn take(&mut self, place: usize, Open { unit, sources, .. }: Open<'f>) {
        let known = self.sent[place].passage.id == unit.id || self.sent[place].place(&unit.id).is_some();
        let renamed = (!known).then(|| unit.id.clone());
        let (segments, notes) = (unit.segments.iter().collect(), unit.notes.iter().collect());
        self.came[place] = Some(Came { segments, sources, notes, renamed });
    }

    /// Takes a segment whose unit is no passage: by its id, which names its passage too, or by its source.
    fn take_segment(&mut self, unit: &'f xliff::Unit, segment: &'f Segment, source: String) -> bool {
        let id = segment.id.as_deref().unwrap_or(&unit.id);
        let named = self.sent.iter().position(|sent| sent.place(id).is_some());
        let found = named.or_else(|| self.sent.iter().position(|sent| sent.sources.contains(&source)));
        let Some(place) = found else { return false };
        let came = self.came[place].get_or_insert_default();
        came.segments.push(segment);
        came.sources.push(source);
        if came.notes.is_empty() {
            came.notes.extend(&unit.notes);
        }
        true
    }
}

fn unknown(unit: &xliff::Unit, segment: &Segment) -> Notice {
    let target = segment.target.as_ref().map(|target| target.text.trim()).filter(|target| !target.is_empty());
    let detail = match target {
        Some(target) => format!("line {}: nothing was taken of `{target}`", segment.line),
        None => format!("line {}: `{}`", segment.line, segment.source.text.trim()),
    };
    Notice::new(&unit.id, None, What::UnknownUnit, detail)
}
