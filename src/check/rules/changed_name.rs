//! T006: a term that is not to be translated, and does not stand in the translation as it is.
//!
//! Where it stands changed (inflected, or in another spelling that the glossary knows) that is an error; where it is not
//! found at all it is as bad as any missing term, for which see T001. Its case is the business of T007.

use std::collections::BTreeSet;

use super::missing_term;
use crate::check::context::Named;
use crate::check::{Context, Look, Rule};
use crate::model::{Finding, Rendition, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "T006",
    name: "changed-name",
    summary: "a term that is not to be translated was translated, inflected or left out",
    severity: Severity::Error,
    on: true,
    look: Look::Article(look),
};

fn look(article: &[Context<'_>]) -> Vec<(usize, Finding)> {
    let mut kept: BTreeSet<&str> = BTreeSet::new();
    let mut findings = Vec::new();
    for (at, context) in article.iter().enumerate() {
        for named in context.concepts().iter().filter(|named| named.first().dnt) {
            let concept = named.first().concept.as_str();
            let mut changed =
                context.renditions.others.iter().filter(|other| other.concept == concept && is_changed(named, other));
            if let Some(other) = changed.next() {
                findings.push((at, changed_to(named, context.said(other))));
            } else if named.renditions().next().is_some() {
                kept.insert(concept);
            } else {
                findings.push((at, lost(named, kept.contains(concept))));
            }
        }
    }
    findings
}

/// Whether `other` is not simply one more occurrence of the name as it is.
fn is_changed(named: &Named<'_>, other: &Rendition) -> bool {
    use crate::model::MatchHow::{Case, Exact};
    let is_own = named.terms.iter().any(|(hit, _)| hit.renderings.iter().any(|own| own.term == other.term));
    !is_own || !matches!(other.how, Exact | Case)
}

fn changed_to(named: &Named<'_>, said: &str) -> Finding {
    let hit = named.first_missing();
    RULE.about(hit, RULE.severity, format!("`{}` is to stand as it is, but became `{said}`", hit.term))
}

fn lost(named: &Named<'_>, before: bool) -> Finding {
    let hit = named.first();
    let message = format!("`{}` is to stand as it is, but is not in the translation", hit.term);
    RULE.about(hit, missing_term::severity(named, before), message)
}
