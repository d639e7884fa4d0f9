//! What came back of a passage, stretch by stretch, as text of the model.

use std::borrow::Cow;
use std::ops::Range;

use super::align::{Stretch, stretches};
use super::find::Came;
use super::report::{Notice, What};
use super::same::{is_same, squashed};
use super::sent::Sent;
use crate::model::{Lang, Outcome, ReviewState, SegmentId, Text, Unit, spacing};
use crate::xliff::{Code, Content, Segment, Step};

/// By how much a text must be longer than the one it replaces to seem doubled, in tenths.
const DOUBLED: usize = 17;

/// A text shorter than this, in characters, may well be replaced by a much longer one.
const SHORT: usize = 20;

/// Segments that were sent, side by side, and the text that came back for them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    /// Places in the passage as it was sent.
    pub(super) places: Range<usize>,
    /// The text; none where what was sent stays.
    pub(super) text: Option<Text>,
    /// What the file says of it.
    pub(super) claim: ReviewState,
}

/// Reads what came back for each segment of `sent`, translated into `target`.
pub(super) fn cells(sent: &Sent, came: &Came, target: Lang, notices: &mut Vec<Notice>) -> Vec<Cell> {
    let mut reader = Reader { sent, came, target, carried: Vec::new() };
    let stretches = stretches(sent, came, notices);
    let cells = stretches.iter().map(|stretch| reader.cell(stretch, notices)).collect();
    reader.settle_empty(cells, notices)
}

struct Reader<'a> {
    sent: &'a Sent<'a>,
    came: &'a Came<'a>,
    target: Lang,
    carried: Vec<crate::xliff::Carried>,
}

impl Reader<'_> {
    fn cell(&mut self, stretch: &Stretch, notices: &mut Vec<Notice>) -> Cell {
        let segments: Vec<&Segment> = stretch.came.iter().map(|at| self.came.segments[*at]).collect();
        let claim = segments.iter().map(|segment| segment.state).min().unwrap_or_default();
        let places = stretch.places.clone();
        let Some(content) = self.content(stretch) else {
            if !segments.is_empty() && self.units(&places).iter().any(|unit| unit.rendered().is_some()) {
                notices.push(self.notice(places.start, What::MissingTarget, ""));
            }
            return Cell { places, text: None, claim };
        };
        let decoded = self.sent.coding.decode(places.clone(), &content, &mut self.carried);
        let text = decoded.text.trimmed();
        let before = self.before(&places);
        let same = is_same(text.plain(), before.plain());
        if !decoded.problems.is_empty() {
            let said: Vec<String> = decoded.problems.iter().map(ToString::to_string).collect();
            let stays = if same { "; the text is as it was, and its codes stay" } else { "" };
            notices.push(self.notice(places.start, What::Codes, said.join("; ") + stays));
        }
        if !same && is_doubled(before.plain(), text.plain()) {
            notices.push(self.notice(places.start, What::Doubled, format!("`{}`", text.plain())));
        }
        let kept = same && !decoded.problems.is_empty();
        let text = if kept { before.into_owned() } else { text };
        Cell { places, text: Some(text), claim }
    }

    /// The targets of what came back for `stretch`, put together; none where there is none.
    fn content(&self, stretch: &Stretch) -> Option<Content> {
        let mut whole: Option<Content> = None;
        let (mut last, mut length) = (None, 0);
        for at in &stretch.came {
            let Segment { source, target, .. } = self.came.segments[*at];
            if let Some(target) = target {
                let content = whole.get_or_insert_default();
                let gap = last.map(|last| self.gap(last, *at, self.sent.is_spaced_after(stretch.places.start, length)));
                let laid_out = target.text.contains('\n') && !self.has_line_breaks();
                let settled = if laid_out { &target.without_layout() } else { target };
                append(content, &gap.unwrap_or_default(), settled);
                last = Some(*at);
            }
            // How far the first of several reaches is where the second begins.
            length += if stretch.came.len() > 1 { squashed(&source.text).chars().count() } else { 0 };
        }
        whole
    }

    /// Whether the passage was sent with line breaks as text: all but those in program code are sent as codes.
    fn has_line_breaks(&self) -> bool {
        let targets = (0..self.sent.passage.segments.len()).filter_map(|place| self.sent.coding.target(place));
        targets.flatten().any(|step| matches!(step, Step::Chars(chars) if chars.contains('\n')))
    }

    /// What stands between two targets that came back: what the file has there, else what the language sets where the source
    /// has a space.
    fn gap(&self, one: usize, other: usize, spaced: bool) -> String {
        let between = self.came.segments.get(one + 1..other).unwrap_or_default();
        let said = between.iter().filter(|segment| segment.ignorable).find_map(|segment| segment.target.as_ref());
        let source = self.sent.passage.lang;
        let within_a_word = !spaced && !source.is_unspaced();
        let usual = spacing::between(if spaced { " " } else { "" }, source, self.target, within_a_word);
        said.map(|said| said.text.clone()).filter(|said| !said.is_empty()).unwrap_or_else(|| usual.to_owned())
    }

    /// An empty target is a sentence left out or moved into its neighbour where the reviewer worked on it or beside it;
    /// else the tool has only not filled it, and what was sent stays.
    fn settle_empty(&self, mut cells: Vec<Cell>, notices: &mut Vec<Notice>) -> Vec<Cell> {
        let empty: Vec<bool> = cells.iter().map(|cell| self.is_emptied(cell)).collect();
        let mut settled: Vec<Cell> = Vec::with_capacity(cells.len());
        for place in 0..cells.len() {
            if !empty[place] {
                settled.push(cells[place].clone());
                continue;
            }
            let first = cells[place].places.start;
            let grown = |at: usize| cells.get(at).filter(|_| !empty[at]).and_then(|cell| self.growth(cell));
            let (before, after) = (place.checked_sub(1).and_then(grown), grown(place + 1));
            if before.is_none() && after.is_none() && cells[place].claim <= ReviewState::Draft {
                notices.push(self.notice(first, What::MissingTarget, ""));
                settled.push(Cell { text: None, ..cells[place].clone() });
                continue;
            }
            notices.push(self.notice(first, What::Emptied, ""));
            if after > before || settled.is_empty() && place + 1 < cells.len() {
                let next = self.before(&cells[place + 1].places).into_owned();
                cells[place + 1].text.get_or_insert(next);
                cells[place + 1].places.start = first;
            } else if let Some(last) = settled.last_mut() {
                last.text = last.text.clone().or_else(|| Some(self.before(&last.places).into_owned()));
                last.places.end = cells[place].places.end;
            } else {
                settled.push(cells[place].clone());
            }
        }
        settled
    }

    fn is_emptied(&self, cell: &Cell) -> bool {
        let empty = cell.text.as_ref().is_some_and(|text| text.plain().is_empty());
        empty && !self.before(&cell.places).plain().is_empty()
    }

    /// By how many bytes the text of `cell` is longer than what was sent, where it is another.
    fn growth(&self, cell: &Cell) -> Option<isize> {
        let (text, before) = (cell.text.as_ref()?, self.before(&cell.places));
        (!is_same(text.plain(), before.plain()))
            .then(|| text.plain().len().cast_signed() - before.plain().len().cast_signed())
    }

    /// The translation that was sent of the segments at `places`; empty where there was none.
    fn before(&self, places: &Range<usize>) -> Cow<'_, Text> {
        rendered(self.units(places), self.sent.passage.lang, self.target)
    }

    fn units(&self, places: &Range<usize>) -> &[Unit] {
        &self.sent.passage.segments[places.clone()]
    }

    fn notice(&self, place: usize, what: What, detail: impl Into<String>) -> Notice {
        let id: &SegmentId = &self.sent.passage.segments[place].segment.id;
        Notice::new(&self.sent.passage.id, Some(id), what, detail)
    }
}

/// Puts `target` behind `content`, after `gap` where there is none yet.
fn append(content: &mut Content, gap: &str, target: &Content) {
    if !content.text.is_empty() && !content.text.ends_with(char::is_whitespace) {
        content.text.push_str(gap);
    }
    let shift = content.text.len();
    content.text.push_str(&target.text);
    content.codes.extend(target.codes.iter().map(|code| Code { at: code.at + shift, ..code.clone() }));
}

/// What stands in the translation for `units`, put together.
pub(super) fn rendered(units: &[Unit], source: Lang, target: Lang) -> Cow<'_, Text> {
    if let [unit] = units {
        return unit.rendered().map_or_else(Cow::default, Cow::Borrowed);
    }
    let mut gap = "";
    let mut parts = Vec::new();
    for unit in units {
        // A text that is empty takes no gap of its own.
        if let Some(text) = unit.rendered().filter(|text| !text.plain().is_empty()) {
            parts.push((if parts.is_empty() { "" } else { gap }, text));
        }
        gap = spacing::between(&unit.segment.gap, source, target, false);
    }
    Cow::Owned(Text::join(parts))
}

/// Whether all of `units` are as the machine left them.
pub(super) fn are_kept(units: &[Unit]) -> bool {
    units.iter().all(|unit| matches!(unit.outcome, Outcome::Kept(_)))
}

fn is_doubled(before: &str, after: &str) -> bool {
    let (before, after) = (before.chars().count(), after.chars().count());
    before >= SHORT && after * 10 >= before * DOUBLED
}
