//! T009: initials that stand in an article before the name that they are of.
//!
//! The name may stand in the same segment, before them or after. An article is told once for each concept.

use std::collections::BTreeSet;

use crate::check::context::{Named, rendering};
use crate::check::{Context, Look, Rule};
use crate::model::{Finding, FirstUse, Kind, Rendering, Rendition, Severity, TermHit};

pub(in crate::check) const RULE: Rule = Rule {
    code: "T009",
    name: "unexpanded-acronym",
    summary: "a term that is to be expanded at its first use is not",
    severity: Severity::Warning,
    on: true,
    look: Look::Article(look),
};

fn look(article: &[Context<'_>]) -> Vec<(usize, Finding)> {
    let mut settled: BTreeSet<&str> = BTreeSet::new();
    let mut findings = Vec::new();
    for (at, context) in article.iter().enumerate() {
        for named in context.concepts() {
            let concept = named.first().concept.as_str();
            let expanded = is_expanded(&named, context);
            let short = named.terms.iter().find_map(|(hit, rendition)| unexpanded(hit, (*rendition)?));
            if expanded {
                settled.insert(concept);
            } else if let Some(finding) = short.filter(|_| settled.insert(concept)) {
                findings.push((at, finding));
            }
        }
    }
    findings
}

/// Whether the translation has a full name of the concept.
fn is_expanded(named: &Named<'_>, context: &Context<'_>) -> bool {
    let own = |other: &&Rendition| other.concept == named.first().concept;
    let full = |rendition: &Rendition| rendering(named.first(), rendition).is_some_and(is_full);
    named.renditions().chain(context.renditions.others.iter().filter(own)).any(full)
}

/// What is to be said of `rendition`, should no full name stand near it or before.
fn unexpanded(hit: &TermHit, rendition: &Rendition) -> Option<Finding> {
    let short = rendering(hit, rendition).filter(|rendering| rendering.first_use == Some(FirstUse::Expand))?;
    let full = hit.renderings.iter().find(|rendering| is_full(rendering))?;
    let message = format!("`{}` stands before its full name: write `{}` beside it", short.term, full.term);
    Some(RULE.about(hit, RULE.severity, message))
}

fn is_full(rendering: &Rendering) -> bool {
    rendering.is_right() && rendering.first_use.is_none() && matches!(rendering.kind, Kind::Full | Kind::Variant)
}
