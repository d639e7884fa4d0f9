//! Three versions of an article compared, passage by passage: what was sent, what came back, what stands now.
//!
//! Law: every segment keeps its text or has the reviewer's; what both sides changed differently is told.

use std::borrow::Cow;
use std::ops::Range;

use super::cells::{Cell, are_kept, rendered};
use super::merge::Options;
use super::record::{Block, Former, Record};
use super::report::{Notice, What};
use super::same::{is_same, squashed};
use crate::model::{Passage, Review, ReviewState, SegmentId, Text, Translation, Unit};

/// The comparison of an article as it was sent, as it came back, and as it stands.
pub(super) struct ThreeWay<'a> {
    pub(super) record: &'a Record,
    pub(super) sent: &'a Translation,
    pub(super) stands: &'a Translation,
    pub(super) former: Option<&'a Former>,
    /// Whether the file names its export. Of one that does not, a state that says less than stands may be an old one.
    pub(super) named: bool,
    pub(super) options: Options,
    pub(super) name: &'a str,
    pub(super) notices: Vec<Notice>,
    /// Segments that are otherwise in the file than a merge since has left them.
    pub(super) lost: usize,
    /// What is taken from the file.
    pub(super) blocks: Vec<Block>,
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

impl ThreeWay<'_> {
    /// Compares the passage at `place`, of which `cells` came back.
    pub(super) fn passage(&mut self, place: usize, cells: &[Cell]) {
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
