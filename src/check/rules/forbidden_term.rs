//! T002: a term that the glossary forbids.

use crate::check::{Context, Rule};
use crate::model::{Finding, Rendering, Severity, TermHit, TermStatus};

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
    let terms = &context.unit.terms;
    let right: Vec<&Rendering> = terms.iter().flat_map(|hit| &hit.renderings).filter(|it| !is_forbidden(it)).collect();
    super::concepts(terms).flat_map(|hit| forbidden(hit, &right, target.plain(), occurs)).collect()
}

fn is_forbidden(rendering: &Rendering) -> bool {
    rendering.status == TermStatus::Forbidden
}

fn forbidden(hit: &TermHit, right: &[&Rendering], target: &str, occurs: impl Fn(&str, &str) -> bool) -> Vec<Finding> {
    let used = hit
        .renderings
        .iter()
        .filter(|rendering| is_forbidden(rendering))
        .filter(|rendering| occurs(&without_right_ones(right, target, &rendering.term), &rendering.term));
    let finding = |message| Finding { source: Some(hit.range.clone()), ..RULE.finding(message) };
    used.map(|rendering| {
        let why = rendering.why.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
        let instead = hit.preferred().map(|right| format!(", use `{}`", right.term)).unwrap_or_default();
        finding(format!("`{}` is forbidden for `{}`{why}{instead}", rendering.term, hit.term))
    })
    .collect()
}

/// `target`, in lower case, less the right renderings of any term that `forbidden` is, or is a part of: there it is no fault.
fn without_right_ones(right: &[&Rendering], target: &str, forbidden: &str) -> String {
    let forbidden = forbidden.to_lowercase();
    let right = right.iter().map(|rendering| rendering.term.to_lowercase());
    right
        .filter(|term| term.contains(&forbidden))
        .fold(target.to_lowercase(), |text, term| text.replace(&term, " \u{fffc} "))
}
