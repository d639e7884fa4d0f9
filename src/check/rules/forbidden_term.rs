//! T002: a term that the glossary does not want for what the source names.

use crate::check::context::{expected, rendering};
use crate::check::{Context, Look, Rule};
use crate::model::{Finding, MatchHow, Rendition, Severity, TermHit, TermStatus};

pub(in crate::check) const RULE: Rule = Rule {
    code: "T002",
    name: "forbidden-term",
    summary: "the translation uses a rendering that the glossary forbids; a warning where it is superseded only",
    severity: Severity::Error,
    on: true,
    look: Look::Unit(look),
};

fn look(context: &Context<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for named in context.concepts() {
        let hit = named.first_missing();
        let own = context.renditions.others.iter().filter(|other| other.concept == hit.concept);
        found.extend(own.filter_map(|other| forbidden(hit, other)));
    }
    found.dedup();
    found
}

fn forbidden(hit: &TermHit, used: &Rendition) -> Option<Finding> {
    let (word, severity) = match (used.status, used.how) {
        (TermStatus::Forbidden, MatchHow::Stem) => ("forbidden", Severity::Warning),
        (TermStatus::Forbidden, _) => ("forbidden", Severity::Error),
        (TermStatus::Superseded, MatchHow::Stem) => ("superseded", Severity::Info),
        (TermStatus::Superseded, _) => ("superseded", Severity::Warning),
        (TermStatus::Preferred | TermStatus::Admitted, _) => return None,
    };
    let why = rendering(hit, used).and_then(|rendering| rendering.why.as_ref());
    let why = why.map(|why| format!(" ({why})")).unwrap_or_default();
    let instead = expected(hit).map(|right| format!(", use `{right}`")).unwrap_or_default();
    Some(RULE.about(hit, severity, format!("`{}` is {word} for `{}`{why}{instead}", used.term, hit.term)))
}
