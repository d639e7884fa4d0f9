//! C006: a placeholder that stood for something while the text was translated, and stayed.
//!
//! Where a term of the segment is missing, the placeholder probably stood for it, and T012 says so in its place.

use crate::check::{Context, Look, Rule, placeholder};
use crate::model::{Finding, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "C006",
    name: "leftover-placeholder",
    summary: "the translation holds a placeholder such as `X1X`, `QX71` or `⟦1⟧`",
    severity: Severity::Error,
    on: true,
    look: Look::Unit(look),
};

fn look(context: &Context<'_>) -> Vec<Finding> {
    let Some(target) = context.translation() else { return Vec::new() };
    if context.missing().next().is_some() {
        return Vec::new();
    }
    let left = placeholder::left(context.text().plain(), target.plain());
    left.iter().map(|token| RULE.finding(format!("placeholder `{token}` was left in the translation"))).collect()
}
