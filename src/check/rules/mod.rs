//! The rules, one a file.

pub(super) mod copied_source;
pub(super) mod empty_target;
pub(super) mod forbidden_term;
pub(super) mod inline_marks;
pub(super) mod leftover_placeholder;
pub(super) mod missing_number;
pub(super) mod missing_term;
pub(super) mod not_translated;
pub(super) mod odd_length;
pub(super) mod wrong_language;

use crate::model::TermHit;

/// The first hit of each concept: a term that occurs twice in a segment is looked at once.
fn concepts(terms: &[TermHit]) -> impl Iterator<Item = &TermHit> {
    let is_first = |at: usize, hit: &TermHit| terms[..at].iter().all(|earlier| earlier.concept != hit.concept);
    terms.iter().enumerate().filter(move |(at, hit)| is_first(*at, hit)).map(|(_, hit)| hit)
}
