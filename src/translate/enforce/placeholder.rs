//! Sends terms that have one form through a translation as placeholders, and puts them back.
//!
//! A backend that keeps what it is told to gets the term itself. Law: a translation is restored only when every
//! placeholder occurs in it exactly once; what is restored is the term's one form.

use std::ops::Range;

use super::take::{self, Edit, Take};
use super::wording::Wording;
use super::{Desk, agreement};
use crate::model::Strategy;
use crate::translate::rewrite::Rewrite;
use crate::translate::{Alignment, Draft, Input, Link};

/// A text whose missing terms are covered.
pub(super) struct Covered {
    input: Input,
    rewrite: Rewrite,
    stand_ins: Vec<StandIn>,
}

struct StandIn {
    /// The term's place.
    term: usize,
    written: String,
    wording: Wording,
}

/// Covers the terms that `take` lacks and that have one form; nothing where there is none.
pub(super) fn cover(desk: &Desk<'_>, input: &Input, take: &Take) -> Option<Covered> {
    let keeps = desk.link.capability().terms.keeps;
    let mut names = (1..).map(|number| format!("X{number}X")).filter(|name| !input.text.contains(name.as_str()));
    let mut stand_ins = Vec::new();
    for term in take.places_missing() {
        let wordings = Wording::all(desk, input, term);
        let mut forms = wordings.into_iter();
        let Some(wording) = forms.next().filter(|_| desk.pair.target.is_unspaced() || forms.len() == 0) else {
            continue;
        };
        let written = if keeps { wording.text.clone() } else { names.next()? };
        stand_ins.push(StandIn { term, written, wording });
    }
    let replacements = stand_ins.iter().map(|it| (input.terms[it.term].range.clone(), it.written.as_str()));
    let rewrite = Rewrite::new(&input.text, replacements);
    let kept = |it: &StandIn| rewrite.rewritten(&input.terms[it.term].range);
    let kept = if keeps { stand_ins.iter().map(kept).collect() } else { Vec::new() };
    let text = rewrite.text().to_owned();
    let input = Input { text, align: true, kept, ..Input::default() };
    (!stand_ins.is_empty()).then_some(Covered { input, rewrite, stand_ins })
}

impl Covered {
    /// The text as it is sent.
    pub(super) fn input(&self) -> &Input {
        &self.input
    }

    /// The take that a translation of the covered text becomes; nothing where a placeholder was lost or doubled.
    pub(super) fn take(self, desk: &Desk<'_>, input: &Input, before: &Take, draft: Draft) -> Option<Take> {
        let alignment = draft.alignment.map(|alignment| self.uncovered(alignment));
        let draft = Draft { text: draft.text, alignment };
        let edits: Option<Vec<Edit>> = self.stand_ins.iter().map(|it| it.edit(desk, &draft.text)).collect();
        let edits = edits.filter(|edits| take::are_apart(edits))?;
        let take = before.anew(desk, input, draft).edited(desk, input, edits, Strategy::Placeholder);
        Some(take.since(before, Strategy::Placeholder))
    }

    /// The alignment with the text as it was before it was covered.
    fn uncovered(&self, alignment: Alignment) -> Alignment {
        let link = |link: Link| Link { source: self.rewrite.original(&link.source), ..link };
        Alignment { links: alignment.links.into_iter().map(link).collect() }
    }
}

impl StandIn {
    /// The edit that puts the term in the place of its stand-in, if that occurs once.
    fn edit(&self, desk: &Desk<'_>, text: &str) -> Option<Edit> {
        let mut found = text.match_indices(&self.written);
        let (at, _) = found.next().filter(|_| found.next().is_none())?;
        let range: Range<usize> = at..at + self.written.len();
        let fit = agreement::fits(desk.pair.target, text, &range, &self.wording, false).into_iter().next()?;
        Some(Edit { term: self.term, core: range, range: fit.range, with: fit.with })
    }
}
