//! The plan of a window: which segments stay as they are, and which texts are to be translated.
//!
//! Laws: each text of a pair is asked for once; batches are of one pair, longest texts first; and filling the plan
//! gives every segment its outcome, in its place.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::{Batch, Input};
use crate::model::{Document, Kept, Lang, Outcome, Pair, Prepared, TermHit, Text, Unit, is_address};

/// A text to be translated, and how many segments want it.
pub(crate) struct Ask {
    pub(crate) pair: Pair,
    pub(crate) text: Text,
    /// The glossary's terms in it.
    pub(crate) terms: Vec<TermHit>,
    pub(crate) segments: usize,
}

/// What is to be done for each segment of a window, in order.
pub(crate) struct Plan {
    steps: Vec<Step>,
    asks: Vec<Ask>,
}

#[derive(Clone, Copy)]
enum Step {
    Keep(Kept),
    Ask(usize),
}

impl Plan {
    /// Plans the translation of `documents` into `target`, where `enforce` says so with the glossary's terms.
    pub(crate) fn new(documents: &[Document<Prepared>], target: Lang, enforce: bool) -> Self {
        let mut plan = Self { steps: Vec::new(), asks: Vec::new() };
        let mut known: HashMap<(Pair, &Text, &[TermHit]), usize> = HashMap::new();
        for (source, prepared) in documents.iter().flat_map(Document::segments) {
            let text = &prepared.segment.text;
            if let Some(kept) = kept(source, target, text.plain()) {
                plan.steps.push(Step::Keep(kept));
                continue;
            }
            let pair = Pair { source, target };
            let held = enforce && prepared.terms.iter().any(TermHit::is_rendered);
            let terms: &[TermHit] = if held { &prepared.terms } else { &[] };
            let at = *known.entry((pair, text, terms)).or_insert(plan.asks.len());
            if at == plan.asks.len() {
                plan.asks.push(Ask { pair, text: text.clone(), terms: terms.to_vec(), segments: 0 });
            }
            plan.asks[at].segments += 1;
            plan.steps.push(Step::Ask(at));
        }
        plan
    }

    /// How many segments stay as they are.
    pub(crate) fn kept(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step, Step::Keep(_))).count()
    }

    /// The texts to be translated, in order of first occurrence.
    pub(crate) fn asks(&self) -> &[Ask] {
        &self.asks
    }

    /// Turns the documents that were planned into units, given what came of each text.
    pub(crate) fn fill(self, documents: Vec<Document<Prepared>>, outcomes: &[Outcome]) -> Vec<Document<Unit>> {
        let mut steps = self.steps.into_iter();
        let mut unit = |_: Lang, prepared: Prepared| {
            let outcome = match steps.next().expect("a step for each segment") {
                Step::Keep(kept) => Outcome::Kept(kept),
                Step::Ask(at) => outcomes[at].clone(),
            };
            Unit {
                segment: prepared.segment,
                terms: prepared.terms,
                outcome,
                findings: Vec::new(),
                remarks: Vec::new(),
            }
        };
        documents.into_iter().map(|document| document.map(&mut unit)).collect()
    }
}

/// Why a text stays as it is, if it does.
fn kept(source: Lang, target: Lang, text: &str) -> Option<Kept> {
    if source.reads_as(target) {
        return Some(Kept::AlreadyTarget);
    }
    let is_language = |word: &str| word.contains(char::is_alphabetic) && !is_address(word);
    (!text.split_whitespace().any(is_language)).then_some(Kept::NothingToTranslate)
}

/// Puts the texts at `open` into batches of at most `size`, each with the places of its texts.
///
/// Texts of like length stand together, so that little is padded; the longest go first, so that no core is left with a
/// long batch at the end.
pub(crate) fn batches(asks: &[Ask], mut open: Vec<usize>, size: usize) -> Vec<(Vec<usize>, Batch)> {
    open.sort_by_cached_key(|&at| (asks[at].pair, Reverse(asks[at].text.plain().chars().count()), at));
    let portions = open.chunk_by(|&one, &other| asks[one].pair == asks[other].pair).flat_map(|pair| pair.chunks(size));
    let batch = |places: &[usize]| {
        let input = |&at: &usize| {
            let Ask { text, terms, .. } = &asks[at];
            // Terms that are missing are found by the alignment.
            let align = !text.marks().is_empty() || !terms.is_empty();
            Input { text: text.plain().to_owned(), align, terms: terms.clone(), ..Input::default() }
        };
        (places.to_vec(), Batch { pair: asks[places[0]].pair, texts: places.iter().map(input).collect() })
    };
    portions.map(batch).collect()
}
