//! T005: a term that is rendered in one way here and was in another before.
//!
//! Two terms of the source for one concept may have two renderings, and a full name and its initials are not two ways.

use std::collections::BTreeMap;

use crate::check::context::rendering;
use crate::check::{Context, Look, Rule};
use crate::model::{Finding, Kind, Rendition, Severity, TermHit};

pub(in crate::check) const RULE: Rule = Rule {
    code: "T005",
    name: "inconsistent-term",
    summary: "a glossary term has two renderings in one article; a warning where the term is mandatory",
    severity: Severity::Info,
    on: true,
    look: Look::Article(look),
};

fn look(article: &[Context<'_>]) -> Vec<(usize, Finding)> {
    let mut ways: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    let mut findings = Vec::new();
    for (at, context) in article.iter().enumerate() {
        for (hit, rendition) in context.terms().filter_map(|(hit, rendition)| Some((hit, rendition?))) {
            if !is_full(hit, rendition) {
                continue;
            }
            let known = ways.entry((&hit.concept, &hit.term)).or_default();
            if known.contains(&rendition.term.as_str()) {
                continue;
            }
            findings.extend(known.first().map(|before| (at, inconsistent(hit, rendition, before))));
            known.push(&rendition.term);
        }
    }
    findings
}

fn is_full(hit: &TermHit, rendition: &Rendition) -> bool {
    rendering(hit, rendition).is_some_and(|rendering| matches!(rendering.kind, Kind::Full | Kind::Variant))
}

fn inconsistent(hit: &TermHit, rendition: &Rendition, before: &str) -> Finding {
    let severity = if hit.mandatory { Severity::Warning } else { RULE.severity };
    let message = format!("`{}` is rendered as `{}` here and as `{before}` before", hit.term, rendition.term);
    RULE.about(hit, severity, message)
}
