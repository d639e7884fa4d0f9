//! Finding the terms of a segment in its translation.
//!
//! Law: no two terms share a stretch of the translation.

use super::Glossary;
use crate::model::{Lang, MatchHow, Rendition, Renditions, TermHit, TermStatus};

/// How `terms` are rendered in `text`.
pub(super) fn of(glossary: &Glossary, target: Lang, terms: &[TermHit], text: &str) -> Renditions {
    let matcher = glossary.matcher(target);
    let mut found: Vec<Rendition> = matcher
        .find(text)
        .into_iter()
        .map(|hit| Rendition {
            concept: hit.concept.id.clone(),
            term: hit.term.text.clone(),
            status: hit.term.status,
            range: hit.range,
            how: hit.how,
            cased: hit.how != MatchHow::Case,
        })
        .collect();
    let right = |found: &Rendition, hit: &TermHit| {
        found.concept == hit.concept && matches!(found.status, TermStatus::Preferred | TermStatus::Admitted)
    };
    let terms = terms.iter().map(|hit| {
        let at = found.iter().position(|found| right(found, hit))?;
        Some(found.remove(at))
    });
    let terms = terms.collect();
    Renditions { terms, others: found }
}
