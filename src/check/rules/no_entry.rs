//! T014: a term of the source for which the glossary has no term in the target language.
//!
//! An article is told once for each concept.

use std::collections::BTreeSet;

use crate::check::context::expected;
use crate::check::{Context, Look, Rule};
use crate::model::{Finding, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "T014",
    name: "no-entry",
    summary: "the glossary has no term to use in the target language for a term of the source",
    severity: Severity::Info,
    on: true,
    look: Look::Article(look),
};

fn look(article: &[Context<'_>]) -> Vec<(usize, Finding)> {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut findings = Vec::new();
    for (at, context) in article.iter().enumerate() {
        for (hit, _) in context.terms() {
            if expected(hit).is_none() && told.insert(&hit.concept) {
                let message = format!("the glossary has no term in {} for `{}`", context.target, hit.term);
                findings.push((at, RULE.about(hit, RULE.severity, message)));
            }
        }
    }
    findings
}
