//! C004: the translation is in another language than it should be.

use crate::check::{Context, Rule};
use crate::model::{Finding, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "C004",
    name: "wrong-language",
    summary: "the translation is clearly in another language than the target",
    severity: Severity::Error,
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let Some(target) = context.translation() else { return Vec::new() };
    match (context.aids.detect)(target.plain()) {
        Some(lang) if !lang.reads_as(context.target) => {
            vec![RULE.finding(format!("the translation is in {lang}, not in {}", context.target))]
        }
        _ => Vec::new(),
    }
}
