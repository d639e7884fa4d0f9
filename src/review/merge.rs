//! Takes what a reviewer sent back into the record of an article.
//!
//! Three versions are compared, passage by passage: what was exported, what came back, and what stands now, since another
//! review may have been merged in between. Only what differs from the export is the reviewer's; where what stands now differs
//! from the export too, and otherwise, the two are in conflict and neither wins by itself.
//!
//! Whether a segment was changed is decided by its text. States only tell how far its review has come: tools leave them
//! behind, or set them on texts that nobody touched.
//!
//! Laws: merging what stands already changes nothing; nothing is taken from a file that is refused; every segment of the
//! article keeps its text or has the reviewer's.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::cells::{Cell, are_kept, cells, rendered};
use super::find::{Came, as_sent, passages};
use super::notes;
use super::record::{Block, Former, Record, Version};
use super::report::{Notice, What};
use super::same::{is_same, squashed};
use super::sent::Sent;
use crate::model::{Lang, Passage, Remark, Review, ReviewState, SegmentId, Text, Translation, Unit};
use crate::xliff::{File, Segment};

/// The fact of a file that names its export: [`Translation::fingerprint`].
pub const EXPORT: &str = "export fingerprint";

/// What whoever merges may decide.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Takes files of an older export than the latest, too.
    pub accept_older: bool,
    /// In a conflict the file wins, and not what stands.
    pub prefer_file: bool,
    /// Every segment with a translation counts as reviewed, for tools that do not touch its state.
    pub all_reviewed: bool,
}

/// What a file made of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// What people have made of the article by now.
    pub version: Version,
    /// What happened, in reading order.
    pub notices: Vec<Notice>,
    /// Whether anything is other than before.
    pub changed: bool,
}

/// Why nothing of a file was taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// None of its sources is one of the article's.
    #[error("no source in it is one of `{origin}`: it is the review of another article, or of another version of it")]
    OtherArticle {
        /// The article.
        origin: String,
    },
    /// It is of another pair of languages.
    #[error(
        "it is from {came_source} to {came_target}, the article from {source_language} to {target}: name the right file"
    )]
    OtherLanguages {
        /// The article's language.
        source_language: Lang,
        /// The language it was translated into.
        target: Lang,
        /// What the file says.
        came_source: String,
        /// What the file says.
        came_target: String,
    },
    /// It lacks what has been merged since it was exported.
    #[error(
        "it is of an older export, and {segments} in it would take the place of newer work: send the reviewer the newer export, or merge it with --accept-older, which lists conflicts"
    )]
    Older {
        /// How many, as people say it: `1 segment`, `2 segments`.
        segments: String,
    },
}

/// Merges `file`, named `name`, into `record`. `standing` is what earlier files of the same merge made of the latest version.
/// `is_ours` tells whether a note without an author is one that the export bore.
///
/// # Errors
/// When the file is of another article or pair of languages, or of an older export.
pub fn merge(
    record: &Record,
    standing: &Version,
    (name, file): (&str, &File),
    options: Options,
    is_ours: &dyn Fn(&str) -> bool,
) -> Result<Merged, Refused> {
    check_languages(&record.machine, file)?;
    let base = Base::of(record, file);
    let (sent, stands) = (record.applied(&record.versions[base.version]), record.applied(standing));
    // What was merged since, or is taken as reviewed, is more than the file says.
    let [now, before]: [&Translation; 2] = [&stands, &sent];
    let plain = std::ptr::eq(now, before) && !options.all_reviewed;
    let claimed = |unit: &Unit| record.claimed(unit);
    let as_sent = if plain { as_sent(&sent, file, &claimed) } else { BTreeMap::new() };
    let open = |(place, passage)| (!as_sent.contains_key(&place)).then(|| Sent::of(passage));
    let sent_passages: Vec<Option<Sent>> = sent.document.passages.iter().enumerate().map(open).collect();
    let (came, mut notices) = passages(&sent_passages, file, &as_sent);
    if as_sent.is_empty() {
        check_article(record, &sent_passages, &came)?;
    }
    let former = base.former;
    let mut merge = Merge {
        record,
        sent: &sent,
        stands: &stands,
        former,
        named: base.named,
        options,
        name,
        notices: Vec::new(),
        lost: 0,
        blocks: Vec::new(),
    };
    for (place, came) in came.iter().enumerate() {
        let passage = &record.machine.document.passages[place];
        let Some(sent_passage) = &sent_passages[place] else { continue };
        match came {
            Some(came) => {
                let cells = cells(sent_passage, came, sent.target, &mut merge.notices);
                merge.passage(place, &cells);
            }
            None if passage.segments.is_empty() => {}
            None => merge.notices.push(Notice::new(&passage.id, None, What::MissingUnit, "")),
        }
    }
    let lost = if former.is_some() || !base.known { merge.blocks.len() } else { merge.lost };
    if base.is_older(record) && lost > 0 && !options.accept_older {
        let segments = format!("{lost} segment{}", if lost == 1 { "" } else { "s" });
        return Err(Refused::Older { segments });
    }
    let Merge { blocks, notices: told, .. } = merge;
    notices.splice(0..0, told);
    let mut version = standing.with(&record.machine, blocks);
    notes::add(&mut version.remarks, &sent, &came, is_ours);
    let changed = (&version.blocks, &version.remarks) != (&standing.blocks, &standing.remarks);
    if changed && !version.files.iter().any(|file| file == name) {
        version.files.push(name.to_owned());
    }
    Ok(Merged { version, notices, changed })
}

/// What a file was exported from.
struct Base<'r> {
    /// The place of the version that it is compared with.
    version: usize,
    /// What it was exported as, where the machine has translated the article anew since.
    former: Option<&'r Former>,
    /// Whether the record knows its export; a file that names none is taken for the one that it is most like.
    known: bool,
    /// Whether the file names its export.
    named: bool,
}

impl<'r> Base<'r> {
    fn of(record: &'r Record, file: &File) -> Self {
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
    fn is_older(&self, record: &Record) -> bool {
        self.version != record.latest() || self.former.is_some() || !self.known
    }
}

fn said(segment: &Segment) -> Option<String> {
    segment.target.as_ref().map(|target| squashed(&target.text)).filter(|said| !said.is_empty())
}

/// `trgLang="en"` may come back as `en-US`, and a file may not say into which language it is.
fn check_languages(translation: &Translation, file: &File) -> Result<(), Refused> {
    let pair = translation.pair();
    let reads = |tag: &str, lang: Lang| tag.replace('_', "-").parse::<Lang>().is_ok_and(|it| it.reads_as(lang));
    let target = file.target.as_deref().is_none_or(|tag| reads(tag, pair.target));
    if reads(&file.source, pair.source) && target {
        return Ok(());
    }
    Err(Refused::OtherLanguages {
        source_language: pair.source,
        target: pair.target,
        came_source: file.source.clone(),
        came_target: file.target.clone().unwrap_or_default(),
    })
}

fn check_article(record: &Record, sent: &[Option<Sent>], came: &[Option<Came>]) -> Result<(), Refused> {
    let known = sent.iter().zip(came).any(|(sent, came)| {
        let (Some(sent), Some(came)) = (sent, came) else { return false };
        let mut sources = came.sources.iter().filter(|said| !said.is_empty());
        let whole: String = sources.clone().map(String::as_str).collect();
        !whole.is_empty() && (whole == sent.whole || sources.any(|said| sent.sources.contains(said)))
    });
    let origin = || record.machine.document.head.origin.to_string();
    if known { Ok(()) } else { Err(Refused::OtherArticle { origin: origin() }) }
}

struct Merge<'a> {
    record: &'a Record,
    sent: &'a Translation,
    stands: &'a Translation,
    former: Option<&'a Former>,
    /// Whether the file names its export. Of one that does not, a state that says less than stands may be an old one.
    named: bool,
    options: Options,
    name: &'a str,
    notices: Vec<Notice>,
    /// Segments that are otherwise in the file than a merge since has left them.
    lost: usize,
    /// What is taken from the file.
    blocks: Vec<Block>,
}

/// Segments that all three versions begin and end together.
struct Group<'c> {
    /// Places in the machine's passage.
    places: Range<usize>,
    sent: &'c [Unit],
    stands: &'c [Unit],
    cells: Vec<(Range<usize>, &'c Cell)>,
}

/// What the file makes of a cell.
struct Verdict {
    block: Block,
    /// Whether the text is another than was sent.
    edited: bool,
    what: What,
}

impl Merge<'_> {
    fn passage(&mut self, place: usize, cells: &[Cell]) {
        let (sent, stands) = (&self.sent.document.passages[place], &self.stands.document.passages[place]);
        let machine = &self.record.machine.document.passages[place];
        let borders = borders(machine, sent);
        let cells: Vec<_> =
            cells.iter().map(|cell| (borders[cell.places.start]..borders[cell.places.end], cell)).collect();
        for group in groups(machine, (sent, &borders), (stands, &self::borders(machine, stands)), &cells) {
            self.group(machine, &group);
        }
    }

    fn group(&mut self, machine: &Passage<Unit>, group: &Group) {
        let verdicts: Vec<Verdict> = group.cells.iter().filter_map(|cell| self.verdict(machine, group, cell)).collect();
        if verdicts.is_empty() && std::ptr::eq(self.sent, self.stands) {
            return;
        }
        let target = self.sent.target;
        let (sent, stands) = (rendered(group.sent, machine.lang, target), rendered(group.stands, machine.lang, target));
        let moved_on = !same(&sent, &stands);
        let said = if verdicts.iter().any(|verdict| verdict.edited) {
            Cow::Owned(self.said(machine, group, &verdicts))
        } else {
            sent
        };
        if same(&said, &stands) {
            self.take_states(machine, group, verdicts, moved_on);
        } else if !moved_on {
            self.take(machine, verdicts);
        } else if verdicts.iter().all(|verdict| !verdict.edited) {
            self.lost += group.stands.len();
        } else {
            self.lost += group.stands.len();
            self.conflict(machine, group, verdicts, (&said, &stands));
        }
    }

    /// What the file makes of `cell`; nothing where it leaves it as it was sent.
    fn verdict(
        &self,
        machine: &Passage<Unit>,
        group: &Group,
        (places, cell): &(Range<usize>, &Cell),
    ) -> Option<Verdict> {
        let text = cell.text.as_ref()?;
        let first = group.sent.iter().position(|unit| unit.segment.id == machine.segments[places.start].segment.id)?;
        let units = &group.sent[first..first + cell.places.len()];
        let before = rendered(units, machine.lang, self.sent.target);
        let was_there = units.iter().any(|unit| unit.rendered().is_some());
        let edited = !same(text, &before) || (!was_there && !text.plain().is_empty());
        let edited = edited && !self.was_sent_before(units, text);
        let (claimed, review) = (self.claimed(units), units.iter().filter_map(Unit::review).min_by_key(|it| it.state));
        let claim = if self.options.all_reviewed { cell.claim.max(ReviewState::Reviewed) } else { cell.claim };
        let told = claim != ReviewState::Unknown && claim != claimed;
        let (state, what) = match (edited, review) {
            (true, _) if !was_there => (settled(told, claim), What::Filled),
            (true, _) => (settled(told, claim), What::Edited),
            (false, _) if are_kept(units) || !told => return None,
            (false, None) if claim < claimed => return None,
            (false, Some(review)) if claim < review.state && !self.named => return None,
            (false, Some(review)) if claim < review.state => (claim, What::Reopened),
            (false, _) => (claim, What::Confirmed),
        };
        let edited_before = review.is_some_and(|review| review.edited);
        let segments = machine.segments[places.clone()].iter().map(|unit| unit.segment.id.clone()).collect();
        let review = Review { state, edited: edited || edited_before };
        Some(Verdict { block: Block { segments, text: text.clone(), review }, edited, what })
    }

    /// Whether `text` is what the export had for `units` before the machine translated the article anew.
    fn was_sent_before(&self, units: &[Unit], text: &Text) -> bool {
        let Some(former) = self.former else { return false };
        let sent = units.iter().filter_map(|unit| former.targets.get(&unit.segment.id));
        squashed(&sent.map(String::as_str).collect::<String>()) == squashed(text.plain())
    }

    /// The state under which `units` were exported.
    fn claimed(&self, units: &[Unit]) -> ReviewState {
        units.iter().map(|unit| self.record.claimed(unit)).min().unwrap_or_default()
    }

    /// The text of the group as the file has it.
    fn said(&self, machine: &Passage<Unit>, group: &Group, verdicts: &[Verdict]) -> Text {
        let mut units = Vec::new();
        let mut skip = 0;
        for unit in group.sent {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let verdict = verdicts.iter().find(|verdict| verdict.block.segments.first() == Some(&unit.segment.id));
            let covers =
                group.cells.iter().find(|(places, _)| machine.segments[places.start].segment.id == unit.segment.id);
            skip = covers.map_or(0, |(_, cell)| cell.places.len() - 1);
            units.push(match verdict {
                Some(verdict) => super::record::reviewed(std::slice::from_ref(unit), &verdict.block),
                None => unit.clone(),
            });
        }
        rendered(&units, machine.lang, self.sent.target).into_owned()
    }

    /// Takes states where the text of the file is what stands. One that was given to a text that has moved on since, or that
    /// says less than what stands does, is passed over.
    fn take_states(&mut self, machine: &Passage<Unit>, group: &Group, verdicts: Vec<Verdict>, moved_on: bool) {
        for verdict in verdicts {
            let first = verdict.block.segments.first();
            let stands = group.stands.iter().find(|unit| Some(&unit.segment.id) == first).and_then(Unit::review);
            match stands {
                Some(stands)
                    if stands.state >= verdict.block.review.state && (moved_on || verdict.what != What::Reopened) =>
                {
                    if moved_on || stands.edited {
                        self.notices.push(Notice::new(&machine.id, first, What::AlreadyMerged, ""));
                    }
                }
                _ => self.take(machine, vec![verdict]),
            }
        }
    }

    fn take(&mut self, machine: &Passage<Unit>, verdicts: Vec<Verdict>) {
        for verdict in verdicts {
            let detail = match verdict.what {
                What::Edited | What::Filled => format!("`{}`", verdict.block.text.plain()),
                _ => verdict.block.review.state.to_string(),
            };
            self.notices.push(Notice::new(&machine.id, verdict.block.segments.first(), verdict.what, detail));
            self.blocks.push(verdict.block);
        }
    }

    fn conflict(
        &mut self,
        machine: &Passage<Unit>,
        group: &Group,
        verdicts: Vec<Verdict>,
        (said, stands): (&Text, &Text),
    ) {
        let first = group.places.start;
        let winner = if self.options.prefer_file { "the file's was taken" } else { "what stood stays" };
        let detail = format!("it stood as `{}`, {} has `{}`: {winner}", stands.plain(), self.name, said.plain());
        self.notices.push(Notice::new(&machine.id, Some(&machine.segments[first].segment.id), What::Conflict, detail));
        if self.options.prefer_file {
            self.take(machine, verdicts);
        }
    }
}

/// The state of an edited text. A state that is as it was sent was left behind by the tool: a person has translated it.
fn settled(told: bool, claim: ReviewState) -> ReviewState {
    if told { claim } else { claim.max(ReviewState::Translated) }
}

/// Whether two texts say the same under the same marks.
fn same(one: &Text, other: &Text) -> bool {
    is_same(one.plain(), other.plain()) && (one.plain() != other.plain() || one.marks() == other.marks())
}

/// Where each unit of `passage` begins among the segments of `machine`, and the end.
fn borders(machine: &Passage<Unit>, passage: &Passage<Unit>) -> Vec<usize> {
    let mut places = machine.segments.iter().enumerate();
    let mut begins = |id: &SegmentId| places.find(|(_, unit)| unit.segment.id == *id).map(|(place, _)| place);
    let starts: Vec<usize> = passage.segments.iter().filter_map(|unit| begins(&unit.segment.id)).collect();
    starts.into_iter().chain([machine.segments.len()]).collect()
}

/// Cuts a passage where what was sent, what stands and what came back all have a border.
fn groups<'c>(
    machine: &Passage<Unit>,
    (sent, sent_borders): (&'c Passage<Unit>, &[usize]),
    (stands, stands_borders): (&'c Passage<Unit>, &[usize]),
    cells: &[(Range<usize>, &'c Cell)],
) -> Vec<Group<'c>> {
    let ends = |end: &usize| cells.iter().any(|(places, _)| places.end == *end);
    let common = (1..=machine.segments.len()).filter(|end| stands_borders.contains(end) && ends(end));
    let mut from = 0;
    let within = |borders: &[usize], places: &Range<usize>| {
        let place = |at| borders.iter().position(|border| *border == at).unwrap_or_default();
        place(places.start)..place(places.end)
    };
    let group = |end: usize| {
        let places = std::mem::replace(&mut from, end)..end;
        Group {
            sent: &sent.segments[within(sent_borders, &places)],
            stands: &stands.segments[within(stands_borders, &places)],
            cells: cells.iter().filter(|(it, _)| places.contains(&it.start)).cloned().collect(),
            places,
        }
    };
    common.map(group).collect()
}

impl Record {
    /// The state under which `unit` was exported.
    fn claimed(&self, unit: &Unit) -> ReviewState {
        match unit.review() {
            Some(review) => review.state,
            None if unit.rendered().is_none() => ReviewState::Unknown,
            None if are_kept(std::slice::from_ref(unit)) => ReviewState::Translated,
            None => self.drafts_as,
        }
    }
}

impl Version {
    /// This version with `blocks` in the place of those that cover the same segments, in reading order.
    fn with(&self, machine: &Translation, blocks: Vec<Block>) -> Self {
        let replaced = |old: &Block| blocks.iter().any(|new| new.segments.iter().any(|id| old.segments.contains(id)));
        let mut all: Vec<Block> = self.blocks.iter().filter(|old| !replaced(old)).cloned().collect();
        all.extend(blocks);
        let order: HashMap<&SegmentId, usize> =
            machine.units().enumerate().map(|(place, unit)| (&unit.segment.id, place)).collect();
        all.sort_by_key(|block| block.segments.first().and_then(|id| order.get(id)).copied());
        Self { blocks: all, ..self.clone() }
    }
}

/// What a reviewer noted on a segment, without what the export said itself.
pub(super) fn remark(from: Option<&str>, text: &str) -> Remark {
    Remark { from: from.map(str::to_owned), text: text.trim().to_owned() }
}
