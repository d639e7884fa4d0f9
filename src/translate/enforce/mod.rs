//! Holds drafts to the glossary: what a draft does not render as required is repaired, or stays and is told as missing.
//!
//! ```text
//! drafts ─verify→ missing ─replace by alignment→ takes ─score→ best ─force→ ─placeholder→ ─verify→ held
//! ```
//! A draft that has its terms is left alone. For one that lacks some, takes are made: the stretch that renders the term
//! is replaced, with article and preposition made to agree; where that does not do, the backend is made to say the term,
//! or the term goes through as a placeholder. Of the takes that have most of the terms and no damage the likeliest wins.
//!
//! Laws: what is held has at least the terms of its draft; a take that breaks the sentence is thrown away; for each term
//! it is told which strategy brought it, or that it is missing; a text without terms costs nothing.

mod agreement;
mod damage;
mod placeholder;
mod replace;
mod take;
mod wording;
mod words;

use std::collections::BTreeMap;

use self::placeholder::Covered;
use self::take::Take;
use self::wording::Wording;
use super::layers::Link;
use super::{Batch, Draft, Forced, Input, Scored, contract};
use crate::glossary::Glossary;
use crate::model::{Pair, Strategy, TermMade};

/// What drafts are held with.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) link: &'a Link,
    pub(super) glossary: &'a Glossary,
    pub(super) pair: Pair,
}

/// A draft that was held to the glossary, and what became of each term of its text that the glossary renders.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Held {
    pub(crate) draft: Draft,
    pub(crate) terms: Vec<TermMade>,
}

impl Held {
    /// Whether any term is missing.
    pub(crate) fn lacks_terms(&self) -> bool {
        self.terms.iter().any(|term| term.strategy == Strategy::Missing)
    }
}

/// A text whose draft lacks terms.
struct Case<'a> {
    input: &'a Input,
    plain: Take,
    best: Take,
    /// The plain take with titles in the feminine, where the source speaks of a woman.
    feminine: Option<Take>,
}

/// A span of the source is being rendered once this part of the attention lies on it.
const AT_LEAST: f32 = 0.35;

/// A repair that makes the translation so much less likely, in natural logarithms for a token, is doubted: then it is
/// seen what the backend makes of the sentence when it is made to say the term.
const DOUBT: f32 = 0.5;

/// By so much for a token models prefer the masculine to the feminine, in natural logarithms, where all speaks for a woman.
const BIAS: f32 = 0.2;

impl Desk<'_> {
    /// Holds each draft to the terms of its text.
    pub(super) async fn hold(&self, drafts: Vec<(&Input, Draft)>) -> Vec<Held> {
        let mut takes = Vec::with_capacity(drafts.len());
        let (mut places, mut cases) = (Vec::new(), Vec::new());
        for (place, (input, draft)) in drafts.into_iter().enumerate() {
            let plain = Take::plain(self, input, draft);
            let feminine = plain.feminine(self, input);
            if plain.missing() > 0 || feminine.is_some() {
                places.push(place);
                cases.push(Case { input, plain: plain.clone(), best: plain.clone(), feminine });
            }
            takes.push(plain);
        }
        self.repair(&mut cases).await;
        for (place, case) in places.into_iter().zip(cases) {
            takes[place] = case.best;
        }
        takes.into_iter().map(Take::held).collect()
    }

    /// Repairs what can be repaired, beginning with what costs least.
    async fn repair(&self, cases: &mut [Case<'_>]) {
        if cases.is_empty() {
            return;
        }
        self.choose_gender(cases).await;
        let takes = self.replacements(cases).await;
        self.choose(cases, takes).await;
        let takes = self.forcings(cases).await;
        self.choose(cases, takes).await;
        let takes = self.placeholders(cases).await;
        self.choose(cases, takes).await;
    }

    /// Lets titles be feminine where that is hardly less likely: the source speaks of a woman and of no man.
    async fn choose_gender(&self, cases: &mut [Case<'_>]) {
        let mut rounds: Vec<Vec<Take>> = cases.iter_mut().map(|case| Vec::from_iter(case.feminine.take())).collect();
        self.score(cases, &mut rounds).await;
        for (case, takes) in cases.iter_mut().zip(rounds) {
            let likely = |take: &Take| case.plain.score.zip(take.score).is_some_and(|(plain, own)| own > plain - BIAS);
            if let Some(take) = takes.into_iter().find(|take| likely(take) && self.is_sound(case, take)) {
                // Ranges of later takes are of the draft as it is now.
                case.plain.clone_from(&take);
                case.best = take;
            }
        }
    }

    /// Takes with the rendering of each missing term replaced.
    async fn replacements(&self, cases: &[Case<'_>]) -> Vec<Vec<Take>> {
        let bare = self.bare_terms(cases).await;
        cases.iter().map(|case| replace::takes(self, case.input, &case.plain, &bare)).collect()
    }

    /// How the backend renders missing terms by themselves: what it says there is likely what it says in the sentence.
    async fn bare_terms(&self, cases: &[Case<'_>]) -> BTreeMap<String, String> {
        let mut terms: Vec<String> = Vec::new();
        for Case { input, plain, .. } in cases {
            terms.extend(plain.places_missing().map(|term| input.text[input.terms[term].range.clone()].to_owned()));
        }
        terms.sort();
        terms.dedup();
        let inputs = terms.iter().map(|term| Input { text: term.clone(), ..Input::default() }).collect();
        let drafts = self.ask(inputs).await;
        terms.into_iter().zip(drafts).filter_map(|(term, draft)| Some((term, draft?.text))).collect()
    }

    /// Takes in which the backend was made to say what is missing or in doubt.
    async fn forcings(&self, cases: &[Case<'_>]) -> Vec<Vec<Take>> {
        let forces = self.link.capability().terms.forces;
        self.again(cases, |case| (forces && (case.is_open() || case.is_in_doubt())).then(|| self.forcing(case))).await
    }

    /// A text, with what is missing in its draft to be said.
    fn forcing(&self, case: &Case<'_>) -> Again {
        let Case { input, plain, .. } = case;
        let forced = plain.places_missing().filter_map(|term| {
            let target = Wording::all(self, input, term).into_iter().next()?.text;
            Some(Forced { source: input.terms[term].range.clone(), target, at_least: AT_LEAST })
        });
        Again::Forced(Input { align: true, forced: forced.collect(), ..(*input).clone() })
    }

    /// Takes in which the terms that have one form went through the translation as placeholders.
    async fn placeholders(&self, cases: &[Case<'_>]) -> Vec<Vec<Take>> {
        let covered = |case: &Case<'_>| placeholder::cover(self, case.input, &case.best).map(Again::Covered);
        self.again(cases, |case| case.is_open().then(|| covered(case)).flatten()).await
    }

    /// Has some texts translated again; gives the takes of each case.
    async fn again<'c>(&self, cases: &'c [Case<'c>], each: impl Fn(&'c Case<'c>) -> Option<Again>) -> Vec<Vec<Take>> {
        let asked: Vec<Option<Again>> = cases.iter().map(each).collect();
        let inputs = asked.iter().flatten().map(|again| again.input().clone()).collect();
        let mut drafts = self.ask(inputs).await.into_iter();
        let takes = cases.iter().zip(asked).map(|(case, again)| {
            let Some(again) = again else { return Vec::new() };
            let Some(draft) = drafts.next().flatten() else { return Vec::new() };
            again.takes(self, case, draft)
        });
        takes.collect()
    }

    /// Translates texts; none for one that could not be: then the plain draft stays, whose missing terms are told.
    async fn ask(&self, inputs: Vec<Input>) -> Vec<Option<Draft>> {
        let mut drafts = vec![None; inputs.len()];
        let all: Vec<usize> = (0..inputs.len()).collect();
        for (at, draft) in self.link.ask(&Batch { pair: self.pair, texts: inputs }, &all, true).await {
            drafts[at] = draft.ok();
        }
        drafts
    }

    /// Lets the best take of each case win.
    async fn choose(&self, cases: &mut [Case<'_>], takes: Vec<Vec<Take>>) {
        let mut rounds: Vec<Vec<Take>> =
            cases.iter().zip(takes).map(|(case, takes)| self.contenders(case, takes)).collect();
        self.score(cases, &mut rounds).await;
        for (case, takes) in cases.iter_mut().zip(rounds) {
            for take in takes {
                if take.beats(&case.best) {
                    case.best = take;
                }
            }
        }
    }

    /// The takes that lack no more terms than the best one, have as many as the draft, required or not, and are sound; each
    /// text once.
    fn contenders(&self, case: &Case<'_>, takes: Vec<Take>) -> Vec<Take> {
        let mut contenders: Vec<Take> = Vec::new();
        for take in takes {
            let known = contenders.iter().any(|other| other.draft.text == take.draft.text);
            let has = take.missing() <= case.best.missing() && take.rendered() >= case.plain.rendered();
            if has && !known && self.is_sound(case, &take) {
                contenders.push(take);
            }
        }
        contenders
    }

    /// Whether a take is a translation still, and not damaged beside the plain draft.
    fn is_sound(&self, case: &Case<'_>, take: &Take) -> bool {
        contract::check(self.pair, &case.input.text, &take.draft.text).is_ok()
            && damage::of(self.pair.target, case.input, &case.plain, take).is_none()
    }

    /// Finds out how likely takes are, and the plain drafts beside them.
    async fn score(&self, cases: &mut [Case<'_>], rounds: &mut [Vec<Take>]) {
        if !self.link.capability().terms.scores {
            return;
        }
        let asked = |(case, takes): (&Case<'_>, &Vec<Take>)| {
            let plain = case.plain.score.is_none().then_some(&case.plain);
            let translations = plain.into_iter().chain(takes).map(|take| take.draft.text.clone()).collect();
            Scored { text: case.input.text.clone(), translations }
        };
        let open: Vec<usize> = (0..cases.len()).filter(|&case| !rounds[case].is_empty()).collect();
        if open.is_empty() {
            return;
        }
        let asks = open.iter().map(|&case| asked((&cases[case], &rounds[case]))).collect();
        let Ok(scores) = self.link.backend.score(self.pair, asks).await else { return };
        for (case, scores) in open.into_iter().zip(scores) {
            let (case, takes) = (&mut cases[case], &mut rounds[case]);
            let mut scores = scores.into_iter();
            if case.plain.score.is_none() {
                case.plain.score = scores.next();
                if case.best.draft.text == case.plain.draft.text {
                    case.best.score = case.plain.score;
                }
            }
            for take in takes {
                take.score = scores.next();
            }
        }
    }
}

/// A text to be translated once more.
enum Again {
    Forced(Input),
    Covered(Covered),
}

impl Again {
    fn input(&self) -> &Input {
        match self {
            Self::Forced(input) => input,
            Self::Covered(covered) => covered.input(),
        }
    }

    fn takes(self, desk: &Desk<'_>, case: &Case<'_>, draft: Draft) -> Vec<Take> {
        match self {
            Self::Forced(_) => Take::forced(desk, case.input, &case.plain, draft),
            Self::Covered(covered) => covered.take(desk, case.input, &case.best, draft).into_iter().collect(),
        }
    }
}

impl Case<'_> {
    fn is_open(&self) -> bool {
        self.best.missing() > 0
    }

    fn is_in_doubt(&self) -> bool {
        self.plain.score.zip(self.best.score).is_some_and(|(plain, best)| best < plain - DOUBT)
    }
}

#[cfg(test)]
mod tests;
