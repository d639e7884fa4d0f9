//! C000: the segment has no translation.

use crate::check::{Context, Look, Rule};
use crate::model::{Finding, Outcome, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "C000",
    name: "not-translated",
    summary: "the segment could not be translated",
    severity: Severity::Error,
    on: true,
    look: Look::Unit(run),
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    match &context.unit.outcome {
        Outcome::Failed(failed) => vec![RULE.finding(format!("not translated: {failed}"))],
        Outcome::Translated(_) | Outcome::Kept(_) => Vec::new(),
    }
}
