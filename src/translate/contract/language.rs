//! Drafts in another language than the target. A quote in a third language stays in it, and is asked of the source.

use super::{Case, OtherLanguage};
use crate::model::Pair;

pub(super) fn refuses(case: &Case<'_>) -> Option<String> {
    let told = case.other_language?;
    let other = told(case.draft, case.pair.target)?;
    let quoted = told(case.source, case.pair.source).is_some_and(|lang| lang.reads_as(other));
    (!quoted).then(|| format!("the answer is in {other}, not in {}", case.pair.target))
}

/// What is wrong with answers that are in another language together: short sentences, each too short to tell.
pub(super) fn together(pair: Pair, sides: &[[&str; 2]], told: &OtherLanguage) -> Option<String> {
    let joined = |side: usize| sides.iter().map(|texts| texts[side]).collect::<Vec<_>>().join(" ");
    let other = told(&joined(1), pair.target).filter(|_| sides.len() > 1)?;
    let quoted = told(&joined(0), pair.source).is_some_and(|lang| lang.reads_as(other));
    (!quoted).then(|| format!("the answers of its batch are in {other}, not in {}", pair.target))
}
