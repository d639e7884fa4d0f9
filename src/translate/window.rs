//! The plan of a window: which segments stay as they are, and which texts are to be translated.
//!
//! Laws: each text of a pair is asked for once; batches are of one pair, longest texts first; and filling the plan
//! gives every segment its outcome, in its place.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::{Batch, Context, Input, Measure};
use crate::model::{Document, Kept, Lang, Outcome, Pair, Prepared, TermHit, Text, Unit, is_address};

/// A text to be translated, and how many segments want it.
pub(crate) struct Ask {
    pub(crate) pair: Pair,
    pub(crate) text: Text,
    /// The glossary's terms in it.
    pub(crate) terms: Vec<TermHit>,
    pub(crate) segments: usize,
    /// What stands around it where it occurs first.
    pub(crate) context: Context,
    /// The place of the article in which it occurs first.
    pub(crate) article: usize,
}

/// How texts are put into batches.
#[derive(Clone, Copy)]
pub(crate) struct Portion {
    /// Texts in a batch at the most.
    pub(crate) texts: usize,
    /// Characters in a batch at the most, unless it is of one text.
    pub(crate) total: usize,
    /// Whether texts of like length stand together, the longest first; otherwise they stand in reading order, those of an
    /// article by themselves.
    pub(crate) by_length: bool,
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
    /// Plans the translation of `documents` into `target`, where `enforce` says so with the glossary's terms, and with what
    /// stands around texts where `context` does.
    pub(crate) fn new(documents: &[Document<Prepared>], target: Lang, enforce: bool, context: bool) -> Self {
        let mut plan = Self { steps: Vec::new(), asks: Vec::new() };
        let mut known: HashMap<(Pair, &Text, &[TermHit]), usize> = HashMap::new();
        for (article, document) in documents.iter().enumerate() {
            let segments: Vec<_> = document.segments().collect();
            for (place, &(source, prepared)) in segments.iter().enumerate() {
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
                    let context = if context { around(document, &segments, place) } else { Context::default() };
                    let (text, terms) = (text.clone(), terms.to_vec());
                    plan.asks.push(Ask { pair, text, terms, segments: 0, context, article });
                }
                plan.asks[at].segments += 1;
                plan.steps.push(Step::Ask(at));
            }
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

/// What stands around the segment at `place` of a document.
fn around(document: &Document<Prepared>, segments: &[(Lang, &Prepared)], place: usize) -> Context {
    let said = |at: usize| segments.get(at).map(|(_, it)| it.segment.text.plain().to_owned()).unwrap_or_default();
    let title = document.head.metadata.title.clone().unwrap_or_default();
    Context { title, before: place.checked_sub(1).map(said).unwrap_or_default(), after: said(place + 1) }
}

/// Why a text stays as it is, if it does.
fn kept(source: Lang, target: Lang, text: &str) -> Option<Kept> {
    if source.reads_as(target) {
        return Some(Kept::AlreadyTarget);
    }
    let is_language = |word: &str| word.contains(char::is_alphabetic) && !is_address(word);
    (!text.split_whitespace().any(is_language)).then_some(Kept::NothingToTranslate)
}

/// Puts the texts at `open` into batches, as `portion` says for their pair, each with the places of its texts.
///
/// Texts of like length stand together where little is to be padded; then the longest go first, so that no core is left
/// with a long batch at the end. Services get texts in reading order, an article at a time.
pub(crate) fn batches(
    asks: &[Ask],
    mut open: Vec<usize>,
    portion: impl Fn(Pair) -> Portion,
) -> Vec<(Vec<usize>, Batch)> {
    open.sort_by_key(|&at| (asks[at].pair, at));
    let mut batches = Vec::new();
    for pair in open.chunk_by(|&one, &other| asks[one].pair == asks[other].pair) {
        let portion = portion(asks[pair[0]].pair);
        let mut places = pair.to_vec();
        if portion.by_length {
            places.sort_by_cached_key(|&at| Reverse(asks[at].text.plain().chars().count()));
        }
        batches.extend(portion.cut(asks, &places).into_iter().map(|places| batch(asks, places)));
    }
    batches
}

impl Portion {
    fn cut(self, asks: &[Ask], places: &[usize]) -> Vec<Vec<usize>> {
        let (mut portions, mut total): (Vec<Vec<usize>>, usize) = (Vec::new(), 0);
        for &at in places {
            let chars = Measure::Chars.of(asks[at].text.plain());
            let joins = |portion: &[usize]| {
                let apart = !self.by_length && asks[portion[0]].article != asks[at].article;
                portion.len() < self.texts && total.saturating_add(chars) <= self.total && !apart
            };
            match portions.last_mut() {
                Some(portion) if joins(portion) => portion.push(at),
                _ => {
                    portions.push(vec![at]);
                    total = 0;
                }
            }
            total += chars;
        }
        portions
    }
}

fn batch(asks: &[Ask], places: Vec<usize>) -> (Vec<usize>, Batch) {
    let input = |&at: &usize| {
        let Ask { text, terms, context, .. } = &asks[at];
        // Terms that are missing are found by the alignment.
        let align = !text.marks().is_empty() || !terms.is_empty();
        let (text, terms, context) = (text.plain().to_owned(), terms.clone(), context.clone());
        Input { text, align, terms, context, ..Input::default() }
    };
    let texts = places.iter().map(input).collect();
    let pair = asks[places[0]].pair;
    (places, Batch { pair, texts })
}
