//! T008: a term in the translation of something that the source does not name.
//!
//! What an earlier segment of the article named may stand for a pronoun here; what the glossary has no name for in the
//! source's language cannot be looked for there; and what T003 tells is not told again.

use std::collections::BTreeSet;

use super::confused_term::confused;
use crate::check::context::is_right;
use crate::check::{Context, Look, Rule};
use crate::model::{Finding, Rendition, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "T008",
    name: "extra-term",
    summary: "the translation has a term of a concept that the source does not name",
    severity: Severity::Info,
    on: true,
    look: Look::Article(look),
};

fn look(article: &[Context<'_>]) -> Vec<(usize, Finding)> {
    let mut named: BTreeSet<&str> = BTreeSet::new();
    let mut findings = Vec::new();
    for (at, context) in article.iter().enumerate() {
        named.extend(context.unit.terms.iter().map(|hit| hit.concept.as_str()));
        let confused: Vec<&Rendition> = confused(context).into_iter().map(|(_, other)| other).collect();
        let is_extra = |other: &&Rendition| {
            is_right(other.status)
                && !named.contains(other.concept.as_str())
                && !confused.contains(other)
                && (context.aids.names)(&other.concept, context.source)
        };
        let extra = context.renditions.others.iter().filter(is_extra);
        findings.extend(extra.map(|other| (at, finding(context.said(other), &other.concept))));
    }
    findings
}

fn finding(said: &str, concept: &str) -> Finding {
    RULE.finding(format!("`{said}` names `{concept}`, which the source does not"))
}
