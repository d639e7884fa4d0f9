//! Which unit of a file is which passage of the article.
//!
//! A unit is found by its id where its source is the passage's; else by its source, since tools number anew; else by
//! its id alone, with a source that was edited; else, in 1.x without groups, segment by segment.
//! Law: each passage is found at most once, and no unit is passed over in silence.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::report::{Notice, What};
use super::same::squashed;
use super::sent::Sent;
use crate::model::{Passage, ReviewState, Text, Translation, Unit};
use crate::xliff::{self, Content, File, Note, Segment};

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

impl<'f> Came<'f> {
    fn of(unit: &'f xliff::Unit) -> Self {
        Self { segments: unit.segments.iter().collect(), notes: unit.notes.iter().collect(), ..Self::default() }
    }
}

impl<'f> Open<'f> {
    fn of(unit: &'f xliff::Unit) -> Self {
        let sources: Vec<String> = unit.segments.iter().map(|segment| squashed(&segment.source.text)).collect();
        Self { unit, whole: sources.concat(), sources }
    }
}

/// The units that came back as they were sent, to the letter and without codes, by the place of their passage. Most do, and
/// need no closer look. `claimed` gives the state under which a segment was exported.
pub(super) fn as_sent<'f>(
    translation: &Translation,
    file: &'f File,
    claimed: &dyn Fn(&Unit) -> ReviewState,
) -> BTreeMap<usize, &'f xliff::Unit> {
    let units: HashMap<&str, &xliff::Unit> = file.units.iter().map(|unit| (unit.id.as_str(), unit)).collect();
    let passages = translation.document.passages.iter().enumerate();
    let same = passages.filter_map(|(place, passage)| {
        let came = *units.get(passage.id.as_str())?;
        is_as_sent(passage, came, claimed).then_some((place, came))
    });
    same.collect()
}

fn is_as_sent(passage: &Passage<Unit>, came: &xliff::Unit, claimed: &dyn Fn(&Unit) -> ReviewState) -> bool {
    let mut segments = came.segments.iter().filter(|segment| !segment.ignorable);
    let same = |unit: &Unit| {
        let Some(segment) = segments.next() else { return false };
        let target = match (unit.rendered(), &segment.target) {
            (Some(sent), Some(came)) => is_plainly(sent, came),
            (sent, came) => sent.is_none() && came.is_none(),
        };
        let named = segment.id.as_deref() == Some(unit.segment.id.as_str()) && segment.order.is_none();
        let state = segment.state == ReviewState::Unknown || segment.state == claimed(unit);
        named && target && state && is_plainly(&unit.segment.text, &segment.source)
    };
    !passage.segments.is_empty() && passage.segments.iter().all(same) && segments.next().is_none()
}

fn is_plainly(sent: &Text, came: &Content) -> bool {
    sent.marks().is_empty() && came.codes.is_empty() && sent.plain() == came.text
}

/// What came back of each passage, by its place, and what is to be told of the units that are no passage. The passages of
/// the units that came back `as_sent` are none of `sent`.
pub(super) fn passages<'f>(
    sent: &[Option<Sent>],
    file: &'f File,
    as_sent: &BTreeMap<usize, &'f xliff::Unit>,
) -> (Vec<Option<Came<'f>>>, Vec<Notice>) {
    let mut finder = Finder::new(sent);
    for (place, unit) in as_sent {
        finder.came[*place] = Some(Came::of(unit));
    }
    let known: HashSet<&str> = as_sent.values().map(|unit| unit.id.as_str()).collect();
    let rest = file.units.iter().filter(|unit| !known.contains(unit.id.as_str()));
    let mut left: Vec<Open> = rest.map(Open::of).collect();
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
    sent: &'s [Option<Sent<'s>>],
    ids: HashMap<&'s str, usize>,
    /// By squashed source; passages that say the same stand in reading order.
    sources: HashMap<&'s str, Vec<usize>>,
    came: Vec<Option<Came<'f>>>,
}

impl<'s, 'f> Finder<'s, 'f> {
    fn new(sent: &'s [Option<Sent<'s>>]) -> Self {
        let (mut ids, mut sources) = (HashMap::new(), HashMap::<&str, Vec<usize>>::new());
        for (place, sent) in sent.iter().enumerate().filter_map(|(place, sent)| Some((place, sent.as_ref()?))) {
            ids.insert(sent.passage.id.as_str(), place);
            sources.entry(sent.whole.as_str()).or_default().push(place);
        }
        Self { sent, ids, sources, came: sent.iter().map(|_| None).collect() }
    }

    fn sent(&self, place: usize) -> Option<&'s Sent<'s>> {
        self.sent[place].as_ref()
    }

    fn by_id_and_source(&self, open: &Open) -> Option<usize> {
        self.by_id(open).filter(|place| self.sent(*place).is_some_and(|sent| sent.whole == open.whole))
    }

    fn by_source(&self, open: &Open) -> Option<usize> {
        let places = self.sources.get(open.whole.as_str()).filter(|_| !open.unit.segments.is_empty())?;
        places.iter().copied().find(|place| self.came[*place].is_none())
    }

    fn by_id(&self, open: &Open) -> Option<usize> {
        self.ids.get(open.unit.id.as_str()).copied().filter(|place| self.came[*place].is_none())
    }

    fn take(&mut self, place: usize, Open { unit, sources, .. }: Open<'f>) {
        let known = |sent: &Sent| sent.passage.id == unit.id || sent.place(&unit.id).is_some();
        let renamed = (!self.sent(place).is_some_and(known)).then(|| unit.id.clone());
        self.came[place] = Some(Came { sources, renamed, ..Came::of(unit) });
    }

    /// Takes a segment whose unit is no passage: by its id, which names its passage too, or by its source.
    fn take_segment(&mut self, unit: &'f xliff::Unit, segment: &'f Segment, source: String) -> bool {
        let id = segment.id.as_deref().unwrap_or(&unit.id);
        let that = |is: &dyn Fn(&Sent) -> bool| self.sent.iter().position(|sent| sent.as_ref().is_some_and(is));
        let named = that(&|sent| sent.place(id).is_some());
        let found = named.or_else(|| that(&|sent| sent.sources.contains(&source)));
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
