//! T003: the term of another concept, with which this one is confused, in the place of its own.

use crate::check::context::{expected, is_right};
use crate::check::{Context, Look, Rule};
use crate::model::{Finding, MatchHow, Rendition, Severity, TermHit};

pub(in crate::check) const RULE: Rule = Rule {
    code: "T003",
    name: "confused-term",
    summary: "a glossary term is missing, and a term of a concept that it is confused with is there",
    severity: Severity::Error,
    on: true,
    look: Look::Unit(look),
};

fn look(context: &Context<'_>) -> Vec<Finding> {
    confused(context).into_iter().map(|(hit, other)| finding(hit, other)).collect()
}

fn finding(hit: &TermHit, other: &Rendition) -> Finding {
    let severity = if other.how == MatchHow::Stem { Severity::Warning } else { RULE.severity };
    let instead = expected(hit).map(|right| format!(", use `{right}`")).unwrap_or_default();
    let message = format!("`{}` names `{}`, not `{}`{instead}", other.term, other.concept, hit.term);
    RULE.about(hit, severity, message)
}

/// The missing terms of the source, each with what stands in the translation and names what it is confused with.
pub(super) fn confused<'c>(context: &'c Context<'_>) -> Vec<(&'c TermHit, &'c Rendition)> {
    let mut others: Vec<&Rendition> = context.renditions.others.iter().filter(|other| is_right(other.status)).collect();
    let pair = |hit: &'c TermHit| {
        let at = others.iter().position(|other| hit.not.contains(&other.concept))?;
        Some((hit, others.remove(at)))
    };
    context.missing().filter_map(pair).collect()
}
