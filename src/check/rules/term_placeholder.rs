//! T012: a placeholder that stayed where a term is missing.
//!
//! Where none is missing, C006 tells of placeholders; no placeholder is told of twice.

use crate::check::{Context, Look, Rule, placeholder};
use crate::model::{Finding, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "T012",
    name: "term-placeholder",
    summary: "the translation lacks a term and holds a placeholder such as `X1X`, `QX71` or `⟦1⟧`",
    severity: Severity::Error,
    on: true,
    look: Look::Unit(look),
};

fn look(context: &Context<'_>) -> Vec<Finding> {
    let (Some(target), Some(hit)) = (context.translation(), context.missing().next()) else { return Vec::new() };
    let message =
        |token: &str| format!("placeholder `{token}` was left in the translation, where `{}` is missing", hit.term);
    let left = placeholder::left(context.text().plain(), target.plain());
    left.into_iter().map(|token| RULE.about(hit, RULE.severity, message(token))).collect()
}
