//! T001: a term of the glossary that is rendered as none of its terms in the target language.

use crate::check::{Context, Rule};
use crate::model::{Finding, Severity, TermHit, TermStatus};

pub(in crate::check) const RULE: Rule = Rule {
    code: "T001",
    name: "missing-term",
    summary: "a glossary term is not rendered as the glossary says; an error where the term is mandatory",
    severity: Severity::Warning,
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let Some(target) = context.translation() else { return Vec::new() };
    let occurs = |term: &str| (context.aids.occurs)(context.target, target.plain(), term);
    super::concepts(&context.unit.terms).filter_map(|hit| missing(hit, occurs)).collect()
}

fn missing(hit: &TermHit, occurs: impl Fn(&str) -> bool) -> Option<Finding> {
    let right = |status| matches!(status, TermStatus::Preferred | TermStatus::Admitted);
    let mut renderings = hit.renderings.iter().filter(|rendering| right(rendering.status)).peekable();
    let expected = hit.preferred().or(renderings.peek().copied())?;
    if renderings.any(|rendering| occurs(&rendering.term)) {
        return None;
    }
    let severity = if hit.mandatory { Severity::Error } else { RULE.severity };
    let message = format!("term `{}` is not rendered as `{}`", hit.term, expected.term);
    Some(Finding { severity, source: Some(hit.range.clone()), ..RULE.finding(message) })
}
