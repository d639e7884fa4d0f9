//! Text that came back, with the codes that a reviewer left in it, as text of the model.
//!
//! Nothing that comes back is refused: the characters are kept whole, codes are put right, and what was put right is told.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use super::nest::{Span, nest};
use super::{Coding, Nature, Step};
use crate::model::{Mark, Text};
use crate::xliff::{Content, Role};

/// What came back, as text of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text with its marks. The characters are as they came back, white space at the ends too.
    pub text: Text,
    /// What became of its codes, in the order of the codes, unknown ones last.
    pub problems: Vec<CodeProblem>,
}

/// What became of an inline code. Each names the code as a reviewer knows it: `bold 2`, `line break 3`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodeProblem {
    /// What was exported did not come back, or came back with nothing in it.
    Lost(String),
    /// It came back more than once.
    Doubled(String),
    /// It crosses another, ends before it begins or does not end, and was put right.
    Moved(String),
    /// It is none that was exported; it was left out.
    Unknown(String),
}

/// A mark that goes on beyond the segment that was decoded last, or was expected to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    code: u32,
    /// Whether it is open.
    open: bool,
}

impl fmt::Display for CodeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost(code) => write!(f, "{code} is missing from the translation"),
            Self::Doubled(code) => write!(f, "{code} stands in the translation more than once"),
            Self::Moved(code) => {
                write!(f, "{code} crosses another code, or lacks its beginning or end: it was put right")
            }
            Self::Unknown(code) => write!(f, "{code} was not exported: it was left out, and the text in it kept"),
        }
    }
}

/// The walk through what came back.
struct Walk<'a> {
    coding: &'a Coding,
    text: String,
    /// By where they begin.
    spans: Vec<Span>,
    /// How often a code began again inside itself.
    again: BTreeMap<u32, usize>,
    /// The codes that began or stand by themselves.
    begun: BTreeSet<u32>,
    /// The codes that ended.
    ended: BTreeSet<u32>,
    /// Where codes ended that had not begun.
    loose: BTreeMap<u32, usize>,
    /// The marks that were to come in from the segments before, and ended or were lost there.
    gone: BTreeSet<u32>,
    doubled: BTreeSet<u32>,
    moved: BTreeSet<u32>,
    unknown: BTreeSet<&'a str>,
}

/// See [`Coding::decode`].
pub(super) fn decode(coding: &Coding, places: &Range<usize>, returned: &Content, open: &mut Vec<Carried>) -> Decoded {
    let mut walk = Walk::new(coding);
    walk.come_in(places, open);
    walk.read(returned);
    *open = walk.carried(places);
    walk.end(places);
    let mut lost = walk.lost(places, returned);
    let marks = walk.marks(places, &mut lost);
    let problems = walk.problems(&lost);
    let text = Text::new(walk.text.as_str(), marks).unwrap_or_else(|_| Text::from(walk.text));
    Decoded { text, problems }
}

impl<'a> Walk<'a> {
    fn new(coding: &'a Coding) -> Self {
        Self {
            coding,
            text: String::new(),
            spans: Vec::new(),
            again: BTreeMap::new(),
            begun: BTreeSet::new(),
            ended: BTreeSet::new(),
            loose: BTreeMap::new(),
            gone: BTreeSet::new(),
            doubled: BTreeSet::new(),
            moved: BTreeSet::new(),
            unknown: BTreeSet::new(),
        }
    }

    /// Begins with the marks that come in from the segments before.
    fn come_in(&mut self, places: &Range<usize>, open: &[Carried]) {
        for run in self.coding.runs.iter().filter(|run| run.first < places.start && places.start <= run.last) {
            if open.iter().find(|carried| carried.code == run.code).is_none_or(|carried| carried.open) {
                self.spans.push(Span::at(0, run.code));
            } else {
                self.gone.insert(run.code);
            }
        }
    }

    /// Takes the characters and the codes, in order.
    fn read(&mut self, returned: &'a Content) {
        let mut codes: Vec<_> = returned.codes.iter().collect();
        codes.sort_by_key(|code| code.at);
        let mut at = 0;
        for code in codes {
            let to = returned.text.floor_char_boundary(code.at).max(at);
            self.text.push_str(&returned.text[at..to]);
            at = to;
            let Some(number) = self.coding.number(&code.id) else {
                self.unknown.insert(&code.id);
                continue;
            };
            match (self.coding.nature_of(number), code.role) {
                (Nature::Mark(..), Role::Open) => self.open(number),
                (Nature::Mark(..), Role::Close) => self.close(number),
                (Nature::Mark(..), Role::Alone) | (_, Role::Close) => {}
                (thing, Role::Open | Role::Alone) => self.stand(number, thing),
            }
        }
        self.text.push_str(&returned.text[at..]);
    }

    fn open(&mut self, code: u32) {
        let first = self.begun.insert(code);
        if self.spans.iter().any(|span| span.code == code && span.end.is_none()) {
            self.doubled.insert(code);
            *self.again.entry(code).or_default() += 1;
            return;
        }
        if !first {
            self.doubled.insert(code);
        }
        let here = self.text.len();
        let mut span = Span { first, ..Span::at(here, code) };
        if let Some(start) = self.loose.remove(&code) {
            self.moved.insert(code);
            span = Span { start, end: Some(here), ..span };
        }
        self.spans.push(span);
    }

    fn close(&mut self, code: u32) {
        self.ended.insert(code);
        if let Some(again) = self.again.get_mut(&code).filter(|again| **again > 0) {
            *again -= 1;
            return;
        }
        let end = self.text.len();
        match self.spans.iter_mut().rfind(|span| span.code == code && span.end.is_none()) {
            Some(span) => span.end = Some(end),
            None => _ = self.loose.insert(code, end),
        }
    }

    /// Takes what stands by itself.
    fn stand(&mut self, code: u32, thing: &Nature) {
        if !self.begun.insert(code) {
            self.doubled.insert(code);
        }
        self.text.push_str(thing.text());
    }

    /// The marks that are expected to go on after `places`, and whether they do.
    fn carried(&self, places: &Range<usize>) -> Vec<Carried> {
        let beyond = self.coding.runs.iter().filter(|run| run.first < places.end && places.end <= run.last);
        let open = |code| self.spans.iter().any(|span| span.code == code && span.end.is_none());
        beyond.map(|run| Carried { code: run.code, open: open(run.code) }).collect()
    }

    /// Ends what is still open, and begins what ended without a beginning where it should have come in.
    fn end(&mut self, places: &Range<usize>) {
        let runs = &self.coding.runs;
        for span in self.spans.iter_mut().filter(|span| span.end.is_none()) {
            span.end = Some(self.text.len());
            if !runs.iter().any(|run| run.code == span.code && run.last >= places.start) {
                self.moved.insert(span.code);
            }
        }
        for (&code, &at) in &self.loose {
            if self.spans.iter().any(|span| span.code == code) {
                self.doubled.insert(code);
            } else if runs.iter().any(|run| run.code == code && run.first < places.start) {
                self.spans.push(Span { end: Some(at), ..Span::at(0, code) });
            } else {
                self.moved.insert(code);
            }
        }
    }

    /// The codes that were exported and did not come back.
    fn lost(&self, places: &Range<usize>, returned: &Content) -> BTreeSet<u32> {
        let missing = |step: &&Step| match step {
            Step::Open(code) | Step::Begin(code) | Step::Alone(code) => !self.begun.contains(code),
            Step::End(code) => !self.ended.contains(code) && !self.gone.contains(code),
            Step::Chars(_) | Step::Close(_) => false,
        };
        let lost = self.coding.exported(places).filter(missing).filter_map(Step::code).collect();
        self.without_typed(lost, places, returned)
    }

    /// `lost` without those that a reviewer wrote as characters: a `{name}` instead of its code.
    fn without_typed(&self, mut lost: BTreeSet<u32>, places: &Range<usize>, returned: &Content) -> BTreeSet<u32> {
        let texts: BTreeSet<&str> = lost.iter().map(|code| self.coding.nature_of(*code).text()).collect();
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            let exported = self.coding.exported(places).map(|step| match step {
                Step::Chars(chars) => chars.matches(text).count(),
                _ => 0,
            });
            let typed = returned.text.matches(text).count().saturating_sub(exported.sum());
            let same = lost.iter().copied().filter(|code| self.coding.nature_of(*code).text() == text);
            for code in same.take(typed).collect::<Vec<_>>() {
                lost.remove(&code);
            }
        }
        lost
    }

    /// The marks that came back. One with nothing in it is lost, unless it has the rest of it in another segment.
    fn marks(&mut self, places: &Range<usize>, lost: &mut BTreeSet<u32>) -> Vec<Mark> {
        let (full, empty): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.spans).into_iter().partition(|it| !it.is_empty());
        let elsewhere = |code| {
            self.coding.runs.iter().any(|run| run.code == code && (run.first < places.start || run.last >= places.end))
        };
        let full_ones: BTreeSet<u32> = full.iter().map(|span| span.code).collect();
        lost.extend(empty.iter().map(|span| span.code).filter(|code| !full_ones.contains(code) && !elsewhere(*code)));
        let marks = full.into_iter().filter_map(|span| {
            let Nature::Mark(id, kind) = self.coding.nature_of(span.code) else { return None };
            let range = span.start..span.end.unwrap_or(span.start);
            Some((span.code, span.first, Mark { id: *id, range, kind: kind.clone() }))
        });
        nest(marks.collect(), &mut self.moved)
    }

    fn problems(&self, lost: &BTreeSet<u32>) -> Vec<CodeProblem> {
        let codes: BTreeSet<u32> = lost.iter().chain(&self.doubled).chain(&self.moved).copied().collect();
        let mut problems = Vec::new();
        for code in codes {
            let name = || self.coding.name(code);
            if lost.contains(&code) {
                problems.push(CodeProblem::Lost(name()));
            } else if self.moved.contains(&code) {
                problems.push(CodeProblem::Moved(name()));
            }
            if self.doubled.contains(&code) {
                problems.push(CodeProblem::Doubled(name()));
            }
        }
        problems.extend(self.unknown.iter().map(|id| CodeProblem::Unknown(format!("code `{id}`"))));
        problems
    }
}
