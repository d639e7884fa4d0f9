//! Drafts in another language than the target. A quote in a third language stays in it, and is asked of the source.

use super::Case;

pub(super) fn refuses(case: &Case<'_>) -> Option<String> {
    let told = case.other_language?;
    let other = told(case.draft, case.pair.target)?;
    let quoted = told(case.source, case.pair.source).is_some_and(|lang| lang.reads_as(other));
    (!quoted).then(|| format!("the answer is in {other}, not in {}", case.pair.target))
}
