//! The terms of a batch as they go with its texts: `glossaryConfig.glossaryData.glossaryPairs`.
//!
//! Laws: only pairs of languages that are documented to take terms get any; 50 terms and 10,000 characters on either side
//! are never exceeded, and what is beyond is left to enforcement; a term that is rendered in two ways within one batch goes
//! with none of them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{MatchHow, TermHit};
use crate::translate::Batch;

/// Terms in a request, and characters of them on either side.
const MOST: (usize, usize) = (50, 10_000);

/// Pairs in which the service knows a term in whatever form it stands ("Word forms"): terms go in their citation form.
const INFLECTED: &[(&str, &str)] = &[("en", "ru"), ("ru", "en"), ("tr", "ru")];

/// The value of `glossaryConfig`.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Glossary {
    glossary_data: Data,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    glossary_pairs: Vec<Term>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Term {
    source_text: String,
    translated_text: String,
}

/// Whether texts of a pair, by the service's codes, may come with terms ("Glossary support").
pub(super) fn is_taken(source: &str, target: &str) -> bool {
    let lines = include_str!("glossary.txt").lines().filter(|line| !line.starts_with('#'));
    let targets = lines.filter_map(|line| line.split_once(':')).find(|(own, _)| *own == source).map(|(_, rest)| rest);
    targets.is_some_and(|targets| targets.split_whitespace().any(|own| own == target))
}

impl Glossary {
    /// The terms of the texts, in the order of their first occurrence; nothing where there are none, or the pair takes none.
    pub(super) fn new(batch: &Batch, source: &str, target: &str) -> Option<Self> {
        if !is_taken(source, target) {
            return None;
        }
        let inflected = INFLECTED.contains(&(source, target));
        let hits = batch.texts.iter().flat_map(|input| input.terms.iter().map(|hit| (hit, input.text.as_str())));
        let told: Vec<_> = hits.filter_map(|(hit, text)| pair(hit, text, inflected)).collect();
        let mut renderings: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (source, target) in &told {
            let known = renderings.entry(source).or_default();
            if !known.contains(target) {
                known.push(target);
            }
        }
        let mut terms: Vec<Term> = Vec::new();
        let (most, characters) = MOST;
        let (mut sources, mut targets) = (0, 0);
        for (source, target) in &told {
            let fits = |sum: usize, text: &str| sum + text.chars().count() <= characters;
            let new = renderings[source].len() == 1 && !terms.iter().any(|term| term.source_text == *source);
            if new && terms.len() < most && fits(sources, source) && fits(targets, target) {
                sources += source.chars().count();
                targets += target.chars().count();
                terms.push(Term { source_text: (*source).to_owned(), translated_text: (*target).to_owned() });
            }
        }
        (!terms.is_empty()).then_some(Self { glossary_data: Data { glossary_pairs: terms } })
    }
}

/// What a term is called in the texts, and its rendering.
fn pair<'a>(hit: &'a TermHit, text: &'a str, inflected: bool) -> Option<(&'a str, &'a str)> {
    let stands = text.get(hit.range.clone())?;
    let rendering = if hit.dnt { stands } else { &hit.preferred()?.term };
    let by_form = inflected && !hit.dnt && matches!(hit.how, MatchHow::Forms | MatchHow::Rule);
    Some((if by_form { &hit.term } else { stands }, rendering))
}
