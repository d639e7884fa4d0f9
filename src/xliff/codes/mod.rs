//! The inline codes of a passage in XLIFF: marks, line breaks and placeholders, by number.
//!
//! The numbers are the same for every version and profile, and follow from the passage alone, so that what comes back is
//! understood by whoever has the passage. A mark of the model keeps its number through all sentences of its block, and a
//! translation may bear it twice; a code of XLIFF occurs once in the sources and once in the targets of its unit.
//!
//! A mark that goes on from one sentence to the next, in the sources and in the translations, is one code, which begins in
//! the first of them and ends in the last. A mark of which a translation keeps only a part is a code in each sentence.
//!
//! Laws: what was exported decodes to the texts it was made from; whatever else comes back decodes to a text that holds all
//! its characters, and what had to be left out or put right is told.

mod decode;
mod nest;
mod runs;

use std::ops::Range;

use self::runs::Run;
use super::Content;
use crate::model::{Mark, MarkKind, Passage, Piece, Text, Unit, placeholders};

pub use decode::{Carried, CodeProblem, Decoded};

/// The inline codes of a passage.
#[derive(Debug, Clone)]
pub struct Coding {
    /// What each code is, by its number less one.
    natures: Vec<Nature>,
    /// The marks that go on from sentence to sentence.
    runs: Vec<Run>,
    sources: Vec<Vec<Step>>,
    targets: Vec<Option<Vec<Step>>>,
}

/// What an inline code stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nature {
    /// The mark of the model with this number, and what it says of its text.
    Mark(u32, MarkKind),
    /// A line break that the author set.
    LineBreak,
    /// The hole of a template, as it is written: `{name}`.
    Placeholder(String),
}

/// A step of a walk through a text with its codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Characters; never empty.
    Chars(String),
    /// A code begins here that ends in this text: `pc`, `g`.
    Open(u32),
    /// The code that was opened last ends here.
    Close(u32),
    /// A code begins here that ends in a later sentence: `sc`, `it`.
    Begin(u32),
    /// A code ends here that began in an earlier sentence: `ec`, `it`.
    End(u32),
    /// Something stands here by itself: `ph`, `x`.
    Alone(u32),
}

impl Coding {
    /// Numbers the codes of `passage`, from 1, in the order of its sources.
    #[must_use]
    pub fn of(passage: &Passage<Unit>) -> Self {
        let units = passage.segments.len();
        let mut coding = Self {
            natures: Vec::new(),
            runs: runs::of(passage),
            sources: Vec::with_capacity(units),
            targets: Vec::with_capacity(units),
        };
        for (place, unit) in passage.segments.iter().enumerate() {
            let mut fresh = Vec::new();
            let source = coding.steps(place, &unit.segment.text, &mut |coding, nature| {
                fresh.push(coding.next(nature));
                coding.natures.len()
            });
            let target = unit.rendered().map(|text| {
                coding.steps(place, text, &mut |coding, nature| match fresh
                    .iter()
                    .position(|code| coding.natures[code - 1] == nature)
                {
                    Some(at) => fresh.remove(at),
                    None => coding.next(nature),
                })
            });
            coding.sources.push(source);
            coding.targets.push(target);
        }
        coding
    }

    /// The source of the segment at `place`, from 0, with its codes.
    ///
    /// # Panics
    /// When the passage has no segment there.
    #[must_use]
    pub fn source(&self, place: usize) -> &[Step] {
        &self.sources[place]
    }

    /// The translation of the segment at `place`, from 0, with its codes, where it has one.
    ///
    /// # Panics
    /// When the passage has no segment there.
    #[must_use]
    pub fn target(&self, place: usize) -> Option<&[Step]> {
        self.targets[place].as_deref()
    }

    /// What the code with the id `id` stands for, where the passage has one.
    #[must_use]
    pub fn nature(&self, id: &str) -> Option<&Nature> {
        self.number(id).map(|code| self.nature_of(code))
    }

    /// What the code `code` of a [`Step`] stands for.
    ///
    /// # Panics
    /// When the passage has no such code.
    #[must_use]
    pub fn nature_of(&self, code: u32) -> &Nature {
        &self.natures[code as usize - 1]
    }

    /// What each code stands for, in the order of their numbers from 1.
    pub fn natures(&self) -> impl Iterator<Item = &Nature> {
        self.natures.iter()
    }

    /// What came back as the target of the segments at `places`, from 0, as text with marks.
    ///
    /// `open` carries the marks that go on from one segment of the passage to the next: empty before the first segment of a
    /// passage, and handed on from each to the next. A segment that is left out counts as it was exported.
    #[must_use]
    pub fn decode(&self, places: Range<usize>, returned: &Content, open: &mut Vec<Carried>) -> Decoded {
        decode::decode(self, &places, returned, open)
    }

    /// The number of the code with the id `id`.
    fn number(&self, id: &str) -> Option<u32> {
        let code: u32 = id.parse().ok()?;
        (id.starts_with(|first| ('1'..='9').contains(&first)) && code as usize <= self.natures.len()).then_some(code)
    }

    /// What a reviewer calls the code `code`.
    fn name(&self, code: u32) -> String {
        match self.nature_of(code) {
            Nature::Placeholder(text) => format!("placeholder {code} (`{text}`)"),
            nature => format!("{} {code}", nature.name()),
        }
    }

    /// The translations at `places` as they were exported, or the sources where there was none.
    fn exported(&self, places: &Range<usize>) -> impl Iterator<Item = &Step> {
        let sides = self.targets.iter().zip(&self.sources);
        let sides = sides.map(|(target, source)| target.as_ref().unwrap_or(source));
        sides.skip(places.start).take(places.len()).flatten()
    }

    fn next(&mut self, nature: Nature) -> usize {
        self.natures.push(nature);
        self.natures.len()
    }

    /// Walks the text of the segment at `place`; `number` gives the code of each thing that is not part of a run.
    fn steps(&mut self, place: usize, text: &Text, number: &mut dyn FnMut(&mut Self, Nature) -> usize) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut open = Vec::new();
        let mut things = things(text).into_iter().peekable();
        let mut at = 0;
        for piece in text.pieces() {
            match piece {
                Piece::Open(mark) => steps.extend(self.opened(place, mark, number, &mut open)),
                Piece::Close(mark) => steps.extend(self.closed(place, mark, &mut open)),
                Piece::Chars(chars) => {
                    let end = at + chars.len();
                    while let Some((range, nature)) = things.next_if(|(range, _)| range.start < end) {
                        push(&mut steps, &text.plain()[at..range.start]);
                        steps.push(Step::Alone(code(number(self, nature))));
                        at = range.end;
                    }
                    push(&mut steps, &text.plain()[at..end]);
                    at = end;
                }
            }
        }
        steps
    }

    /// The step at which `mark` begins, if any; notes its code in `open` where it ends in the same text.
    fn opened(
        &mut self,
        place: usize,
        mark: &Mark,
        number: &mut dyn FnMut(&mut Self, Nature) -> usize,
        open: &mut Vec<u32>,
    ) -> Option<Step> {
        let Some(run) = self.runs.iter().position(|run| run.holds(place, mark)) else {
            let code = code(number(self, Nature::Mark(mark.id, mark.kind.clone())));
            open.push(code);
            return Some(Step::Open(code));
        };
        if self.runs[run].code == 0 {
            self.runs[run].code = code(self.next(Nature::Mark(mark.id, mark.kind.clone())));
        }
        (self.runs[run].first == place).then_some(Step::Begin(self.runs[run].code))
    }

    /// The step at which `mark` ends, if any.
    fn closed(&self, place: usize, mark: &Mark, open: &mut Vec<u32>) -> Option<Step> {
        match self.runs.iter().find(|run| run.holds(place, mark)) {
            None => open.pop().map(Step::Close),
            Some(run) => (run.last == place).then_some(Step::End(run.code)),
        }
    }
}

impl Step {
    /// The code of which it is a part.
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        match self {
            Self::Chars(_) => None,
            Self::Open(code) | Self::Close(code) | Self::Begin(code) | Self::End(code) | Self::Alone(code) => {
                Some(*code)
            }
        }
    }
}

impl Nature {
    /// The characters that it stands for: none for a mark.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Mark(..) => "",
            Self::LineBreak => "\n",
            Self::Placeholder(text) => text,
        }
    }

    /// What XLIFF 1.2 (`ctype`) and TMX (`type`) call it.
    #[must_use]
    pub fn ctype(&self) -> &'static str {
        match self {
            Self::Mark(_, MarkKind::Bold) => "bold",
            Self::Mark(_, MarkKind::Italic) => "italic",
            Self::Mark(_, MarkKind::Code) => "x-code",
            Self::Mark(_, MarkKind::Link { .. }) => "link",
            Self::LineBreak => "lb",
            Self::Placeholder(_) => "x-placeholder",
        }
    }

    /// The HTML that begins it, or stands for it.
    #[must_use]
    pub fn start_tag(&self) -> String {
        match self {
            Self::LineBreak => "<br/>".to_owned(),
            Self::Placeholder(text) => text.clone(),
            Self::Mark(_, MarkKind::Link { href }) => {
                format!("<a href=\"{}\">", href.replace('&', "&amp;").replace('"', "&quot;"))
            }
            Self::Mark(_, kind) => format!("<{}>", element(kind)),
        }
    }

    /// The HTML that ends a mark; none for what stands by itself.
    #[must_use]
    pub fn end_tag(&self) -> Option<String> {
        match self {
            Self::Mark(_, kind) => Some(format!("</{}>", element(kind))),
            Self::LineBreak | Self::Placeholder(_) => None,
        }
    }

    /// What a reviewer calls it: `bold`, `line break`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Mark(_, MarkKind::Bold) => "bold",
            Self::Mark(_, MarkKind::Italic) => "italic",
            Self::Mark(_, MarkKind::Code) => "code",
            Self::Mark(_, MarkKind::Link { .. }) => "link",
            Self::LineBreak => "line break",
            Self::Placeholder(_) => "placeholder",
        }
    }
}

fn element(kind: &MarkKind) -> &'static str {
    match kind {
        MarkKind::Bold => "b",
        MarkKind::Italic => "i",
        MarkKind::Code => "code",
        MarkKind::Link { .. } => "a",
    }
}

fn push(steps: &mut Vec<Step>, chars: &str) {
    if !chars.is_empty() {
        steps.push(Step::Chars(chars.to_owned()));
    }
}

fn code(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The line breaks and placeholders of `text`, in order and apart. A placeholder within what is marked as code is a part of
/// the code, and one that a mark begins or ends inside of is no whole.
fn things(text: &Text) -> Vec<(Range<usize>, Nature)> {
    let plain = text.plain();
    let splits = |mark: &Mark, range: &Range<usize>| {
        let inside = |border: usize| range.start < border && border < range.end;
        let code = mark.kind == MarkKind::Code && mark.range.start <= range.start && range.end <= mark.range.end;
        code || inside(mark.range.start) || inside(mark.range.end)
    };
    let holes = placeholders(plain).into_iter().filter(|range| !text.marks().iter().any(|mark| splits(mark, range)));
    let mut things: Vec<_> = holes.map(|range| (range.clone(), Nature::Placeholder(plain[range].to_owned()))).collect();
    things.extend(plain.match_indices('\n').map(|(at, _)| (at..at + 1, Nature::LineBreak)));
    things.sort_by_key(|(range, _)| range.start);
    things
}

#[cfg(test)]
mod tests;
