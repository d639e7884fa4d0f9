//! T001: a term of the glossary that is rendered as none of its terms in the target language.
//!
//! What was named once may be shortened or left to a pronoun after that, so that a later miss is only worth knowing, unless
//! the concept is mandatory. What is not to be translated is the business of T006, and what the glossary has no rendering
//! for that of T014.

use std::collections::BTreeSet;

use crate::check::context::{Named, expected};
use crate::check::{Context, Look, Rule};
use crate::model::{Finding, MatchHow, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "T001",
    name: "missing-term",
    summary: "a glossary term is not rendered as the glossary says; an error where the term is mandatory",
    severity: Severity::Warning,
    on: true,
    look: Look::Article(look),
};

fn look(article: &[Context<'_>]) -> Vec<(usize, Finding)> {
    let mut rendered: BTreeSet<&str> = BTreeSet::new();
    let mut findings = Vec::new();
    for (at, context) in article.iter().enumerate() {
        for named in context.concepts().iter().filter(|named| !named.first().dnt) {
            let concept = named.first().concept.as_str();
            if named.renditions().next().is_some() {
                rendered.insert(concept);
            } else if let Some(finding) = missing(named, rendered.contains(concept)) {
                findings.push((at, finding));
            }
        }
    }
    findings
}

fn missing(named: &Named<'_>, before: bool) -> Option<Finding> {
    let hit = named.first();
    let expected = expected(hit)?;
    let but = if before { ", as it was before" } else { "" };
    let message = format!("term `{}` is not rendered as `{expected}`{but}", hit.term);
    Some(RULE.about(hit, severity(named, before), message))
}

/// How bad it is that a concept is missing that was rendered `before` in its article, or not.
pub(super) fn severity(named: &Named<'_>, before: bool) -> Severity {
    let closest = named.terms.iter().map(|(hit, _)| hit.how).min();
    if named.first().mandatory {
        Severity::Error
    } else if before || closest == Some(MatchHow::Stem) {
        Severity::Info
    } else {
        Severity::Warning
    }
}
