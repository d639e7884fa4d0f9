//! One way to translate a text: a draft, which terms it has, and how they came into it.

use std::ops::Range;

use super::wording::{self, Wording};
use super::words::meet;
use super::{Desk, Held, agreement};
use crate::model::{MatchHow, Rendition, Strategy, TermHit, TermMade};
use crate::translate::rewrite::Rewrite;
use crate::translate::{Alignment, Draft, Input, Link};

/// A draft and what is known of its terms.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Take {
    pub(super) draft: Draft,
    /// For each term of the text: what stands for it, and how that came there.
    pub(super) terms: Vec<Term>,
    /// What stands in the draft for no term of the text, or should not stand there.
    pub(super) others: Vec<Rendition>,
    /// Mean log-probability of a token, where the backend tells.
    pub(super) score: Option<f32>,
}

/// A term of a text in a take.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Term {
    /// The concept's id.
    concept: String,
    /// Whether the glossary renders it in the target language.
    wanted: bool,
    /// Whether it is worth a repair: what the source has is the term for sure, and not initials beside the full name.
    required: bool,
    /// What stands for it.
    pub(super) rendition: Option<Rendition>,
    strategy: Strategy,
    /// Bytes of the draft that the take was made from, where the term replaced something.
    pub(super) replaced: Option<Range<usize>>,
    /// What stood there before.
    instead_of: Option<String>,
}

/// A stretch of a draft to be replaced for a term of its text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Edit {
    /// The term's place.
    pub(super) term: usize,
    /// Bytes of the draft that render the term.
    pub(super) core: Range<usize>,
    /// Those and what has to agree with them.
    pub(super) range: Range<usize>,
    /// What goes there: the term, with what agrees with it.
    pub(super) with: String,
}

impl Take {
    /// A draft as the backend made it, but for how its terms are spelt.
    pub(super) fn plain(desk: &Desk<'_>, input: &Input, draft: Draft) -> Self {
        let term = |hit: &TermHit| Term {
            concept: hit.concept.clone(),
            wanted: hit.is_rendered(),
            required: is_required(desk, input, hit),
            rendition: None,
            strategy: Strategy::Translated,
            replaced: None,
            instead_of: None,
        };
        let mut take = Self { draft, terms: input.terms.iter().map(term).collect(), others: Vec::new(), score: None };
        if take.terms.is_empty() {
            return take;
        }
        take.verify(desk, input);
        let edits: Vec<Edit> = (0..take.terms.len()).filter_map(|term| take.respelling(desk, input, term)).collect();
        if edits.is_empty() { take } else { take.edited(desk, input, edits, Strategy::Respelt) }
    }

    /// The edit that writes a term in the case and with the hyphens that the glossary asks for, where it has others.
    fn respelling(&self, desk: &Desk<'_>, input: &Input, term: usize) -> Option<Edit> {
        let Rendition { term: matched, range, cased, .. } = self.terms[term].rendition.as_ref()?;
        let stands = &self.draft.text[range.clone()];
        let letters = |text: &str| text.to_lowercase().replace('-', " ");
        let rendering = input.terms[term].renderings.iter().find(|it| it.term == *matched)?;
        let forms = Wording::forms(desk.pair.target, rendering);
        let with = forms.into_iter().find(|form| letters(form) == letters(stands))?;
        let hyphens = with.matches('-').count() != stands.matches('-').count();
        let with = agreement::begun(&self.draft.text, range, &with);
        let differs = (!cased || hyphens) && with != stands && !wording::is_derived(desk, &input.terms[term]);
        differs.then(|| Edit { term, core: range.clone(), range: range.clone(), with })
    }

    /// This take with the titles of persons in the feminine, where the source speaks of a woman and the glossary has such a
    /// form; nothing where there is none.
    pub(super) fn feminine(&self, desk: &Desk<'_>, input: &Input) -> Option<Self> {
        if !wording::speaks_of_a_woman(desk.pair.source, &input.text) {
            return None;
        }
        let edits: Vec<Edit> = (0..self.terms.len()).filter_map(|term| self.feminising(desk, input, term)).collect();
        (!edits.is_empty()).then(|| self.edited(desk, input, edits, Strategy::Inflected))
    }

    fn feminising(&self, desk: &Desk<'_>, input: &Input, term: usize) -> Option<Edit> {
        let Rendition { term: matched, range, .. } = self.terms[term].rendition.as_ref()?;
        let rendering = input.terms[term].renderings.iter().find(|it| it.term == *matched)?;
        let wording = Wording::feminine(desk.pair.target, rendering, &self.draft.text[range.clone()])?;
        let fit = agreement::fits(desk.pair.target, &self.draft.text, range, &wording, false).into_iter().next()?;
        Some(Edit { term, core: range.clone(), range: fit.range, with: fit.with })
    }

    /// Looks which terms the draft has.
    fn verify(&mut self, desk: &Desk<'_>, input: &Input) {
        let found = desk.glossary.renditions(desk.pair.target, &input.terms, &self.draft.text);
        for (term, rendition) in self.terms.iter_mut().zip(found.terms) {
            term.rendition = rendition;
        }
        self.others = found.others;
    }

    /// This take with edits made, but for those that overlap one before them; the terms they are for came by `strategy`.
    pub(super) fn edited(&self, desk: &Desk<'_>, input: &Input, mut edits: Vec<Edit>, strategy: Strategy) -> Self {
        edits.sort_by_key(|edit| edit.range.start);
        let mut end = 0;
        edits.retain(|edit| {
            edit.range.start >= end && {
                end = edit.range.end;
                true
            }
        });
        let rewrite = Rewrite::new(&self.draft.text, edits.iter().map(|edit| (edit.range.clone(), &edit.with)));
        let alignment = self.draft.alignment.as_ref().map(|old| realigned(old, &rewrite, input, &edits));
        let mut take = Self { score: None, ..self.clone() };
        for edit in &edits {
            let term = &mut take.terms[edit.term];
            term.strategy = strategy;
            term.replaced = Some(edit.core.clone());
            term.instead_of = Some(self.draft.text[edit.core.clone()].to_owned());
        }
        take.draft = Draft { text: rewrite.into_text(), alignment };
        take.verify(desk, input);
        take
    }

    /// Takes of a draft in which the backend was made to say what `plain` lacks: with what stands before the terms made
    /// to agree, and as it is.
    pub(super) fn forced(desk: &Desk<'_>, input: &Input, plain: &Self, draft: Draft) -> Vec<Self> {
        let take = plain.anew(desk, input, draft);
        let edits: Vec<Edit> =
            (0..take.terms.len()).filter_map(|term| take.agreeing(desk, input, plain, term)).collect();
        let agreeing = (!edits.is_empty()).then(|| take.edited(desk, input, edits, Strategy::Forced));
        agreeing.into_iter().chain([take]).map(|take| take.since(plain, Strategy::Forced)).collect()
    }

    /// A take of another draft of the text.
    pub(super) fn anew(&self, desk: &Desk<'_>, input: &Input, draft: Draft) -> Self {
        let mut take = Self { draft, score: None, ..self.clone() };
        take.verify(desk, input);
        take
    }

    /// This take as one of another translation than `before`: what that lacks came by `strategy`, and nothing is known
    /// of what was said in its place.
    pub(super) fn since(mut self, before: &Self, strategy: Strategy) -> Self {
        for (term, before) in self.terms.iter_mut().zip(&before.terms).filter(|(_, before)| before.rendition.is_none())
        {
            *term = Term { strategy, rendition: term.rendition.take(), ..before.clone() };
        }
        self
    }

    /// The edit that makes what stands before a term agree with it, where the term came in after `plain`.
    fn agreeing(&self, desk: &Desk<'_>, input: &Input, plain: &Self, term: usize) -> Option<Edit> {
        let range =
            self.terms[term].rendition.as_ref().filter(|_| plain.terms[term].rendition.is_none())?.range.clone();
        let stands = &self.draft.text[range.clone()];
        let wording = Wording::all(desk, input, term).into_iter().find(|wording| wording.text == stands)?;
        let text = &self.draft.text;
        let fit = agreement::fits(desk.pair.target, text, &range, &wording, false).into_iter().next()?;
        let begins = agreement::begins_sentence(text, fit.range.start);
        let with = if begins { agreement::capital(&fit.with) } else { fit.with };
        (text[fit.range.clone()] != with).then_some(Edit { term, core: range, range: fit.range, with })
    }

    /// Whether a term stands in a stretch of the draft.
    pub(super) fn has_term_in(&self, range: &Range<usize>) -> bool {
        self.terms.iter().filter_map(|term| term.rendition.as_ref()).any(|it| meet(&it.range, range))
    }

    /// Whether something in a stretch of the draft that it was made from was replaced.
    pub(super) fn has_replaced_in(&self, range: &Range<usize>) -> bool {
        self.terms.iter().filter_map(|term| term.replaced.as_ref()).any(|it| meet(it, range))
    }

    /// How many terms it lacks.
    pub(super) fn missing(&self) -> usize {
        self.places_missing().count()
    }

    /// How many terms it has, required or not.
    pub(super) fn rendered(&self) -> usize {
        self.terms.iter().filter(|term| term.rendition.is_some()).count()
    }

    /// The places of the terms it lacks.
    pub(super) fn places_missing(&self) -> impl Iterator<Item = usize> {
        let lacks = |term: &Term| term.wanted && term.required && term.rendition.is_none();
        (0..self.terms.len()).filter(move |&term| lacks(&self.terms[term]))
    }

    /// Whether it is better than another: it has more of the terms, or as many and is likelier.
    pub(super) fn beats(&self, other: &Self) -> bool {
        let likelier = self.score.zip(other.score).is_some_and(|(own, other)| own > other);
        self.missing() < other.missing() || (self.missing() == other.missing() && likelier)
    }

    /// The draft, and what became of each term that the glossary renders.
    pub(super) fn held(self) -> Held {
        let made = |term: &Term| TermMade {
            concept: term.concept.clone(),
            strategy: if term.rendition.is_some() { term.strategy } else { Strategy::Missing },
            range: term.rendition.as_ref().map(|it| it.range.clone()),
            instead_of: term.instead_of.clone().filter(|_| term.rendition.is_some()),
        };
        let terms = self.terms.iter().filter(|term| term.wanted).map(made).collect();
        Held { draft: self.draft, terms }
    }
}

/// Whether no two edits are of one stretch.
pub(super) fn are_apart(edits: &[Edit]) -> bool {
    edits.iter().enumerate().all(|(at, edit)| !edits[..at].iter().any(|other| meet(&edit.range, &other.range)))
}

/// Whether a term that is missing is to be repaired. A match by stems may be another word, and a derived word another part
/// of speech; initials in brackets after the full name need no second full name.
fn is_required(desk: &Desk<'_>, input: &Input, hit: &TermHit) -> bool {
    let initials = |hit: &TermHit| wording::is_initials(&input.text[hit.range.clone()]);
    let named = |other: &TermHit| other.concept == hit.concept && !initials(other);
    let sure = hit.how != MatchHow::Stem && !wording::is_derived(desk, hit);
    sure && !(initials(hit) && input.terms.iter().any(named))
}

/// The alignment of an edited draft: what was put for a term renders the term.
fn realigned(old: &Alignment, rewrite: &Rewrite, input: &Input, edits: &[Edit]) -> Alignment {
    let kept = old.links.iter().filter(|link| !edits.iter().any(|edit| meet(&link.target, &edit.range)));
    let kept = kept.map(|link| Link { target: rewrite.rewritten(&link.target), ..link.clone() });
    let put = edits.iter().map(|edit| Link {
        target: rewrite.rewritten(&edit.range),
        source: input.terms[edit.term].range.clone(),
        weight: 1.0,
    });
    let mut links: Vec<Link> = kept.chain(put).collect();
    links.sort_by_key(|link| (link.target.start, link.target.end));
    Alignment { links }
}
