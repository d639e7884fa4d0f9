//! C003: the translation says nothing.

use crate::check::{Context, Look, Rule};
use crate::model::{Finding, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "C003",
    name: "empty-target",
    summary: "the translation is empty",
    severity: Severity::Error,
    on: true,
    look: Look::Unit(run),
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let says = |text: &str| text.contains(char::is_alphanumeric);
    match context.translation() {
        Some(target) if says(context.text().plain()) && !says(target.plain()) => {
            vec![RULE.finding("the translation holds no words".to_owned())]
        }
        _ => Vec::new(),
    }
}
