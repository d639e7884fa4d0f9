//! T004: an admitted rendering of a mandatory term, of which the preferred one is demanded.
//!
//! Where the source has an admitted term itself, its counterpart is right. Initials and short names do not count: they are admitted so that a name need not be given in full each time.

use crate::check::context::{expected, rendering};
use crate::check::{Context, Look, Rule};
use crate::model::{Finding, Kind, Rendition, Severity, TermHit, TermStatus};

pub(in crate::check) const RULE: Rule = Rule {
    code: "T004",
    name: "admitted-term",
    summary: "a mandatory term is rendered by an admitted term and not by the preferred one",
    severity: Severity::Info,
    on: true,
    look: Look::Unit(look),
};

fn look(context: &Context<'_>) -> Vec<Finding> {
    context.terms().filter_map(|(hit, rendition)| admitted(hit, rendition?)).collect()
}

fn admitted(hit: &TermHit, rendition: &Rendition) -> Option<Finding> {
    let is_short = matches!(rendering(hit, rendition)?.kind, Kind::Acronym | Kind::Short);
    let is_demanded = hit.status == TermStatus::Preferred && hit.mandatory && !hit.dnt && hit.preferred().is_some();
    let demanded = expected(hit).filter(|_| is_demanded)?;
    let message = format!("`{}` is admitted for `{}`, but `{demanded}` is preferred", rendition.term, hit.term);
    let finding = RULE.about(hit, RULE.severity, message);
    (rendition.status == TermStatus::Admitted && !is_short).then_some(finding)
}
