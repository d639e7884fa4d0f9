//! T002: a term that the glossary forbids.

use crate::check::{Context, Rule};
use crate::model::{Finding, Severity, TermHit, TermStatus};

pub(in crate::check) const RULE: Rule = Rule {
    code: "T002",
    name: "forbidden-term",
    summary: "the translation uses a rendering that the glossary forbids",
    severity: Severity::Error,
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let Some(target) = context.translation() else { return Vec::new() };
    let occurs = |text: &str, term: &str| (context.aids.occurs)(context.target, text, term);
    super::concepts(&context.unit.terms).flat_map(|hit| forbidden(hit, target.plain(), occurs)).collect()
}

fn forbidden(hit: &TermHit, target: &str, occurs: impl Fn(&str, &str) -> bool) -> Vec<Finding> {
    let used = hit
        .renderings
        .iter()
        .filter(|rendering| rendering.status == TermStatus::Forbidden)
        .filter(|rendering| occurs(&without_right_ones(hit, target, &rendering.term), &rendering.term));
    let finding = |message| Finding { source: Some(hit.range.clone()), ..RULE.finding(message) };
    used.map(|rendering| {
        let why = rendering.why.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
        let instead = hit.preferred().map(|right| format!(", use `{}`", right.term)).unwrap_or_default();
        finding(format!("`{}` is forbidden for `{}`{why}{instead}", rendering.term, hit.term))
    })
    .collect()
}

/// `target` less the right renderings that `forbidden` is a part of, within which it is no fault.
fn without_right_ones(hit: &TermHit, target: &str, forbidden: &str) -> String {
    let right = hit.renderings.iter().filter(|rendering| rendering.status != TermStatus::Forbidden);
    right
        .filter(|rendering| rendering.term.contains(forbidden))
        .fold(target.to_owned(), |text, rendering| text.replace(&rendering.term, " \u{fffc} "))
}
