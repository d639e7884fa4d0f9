//! C004: the translation is in another language than it should be.

use crate::check::{Context, Look, Rule};
use crate::model::{Finding, Lang, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "C004",
    name: "wrong-language",
    summary: "the translation is clearly in another language than the target",
    severity: Severity::Error,
    on: true,
    look: Look::Unit(run),
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let Some(target) = context.translation() else { return Vec::new() };
    let other = (context.aids.other_language)(target.plain(), context.target);
    let finding = |lang: Lang| RULE.finding(format!("the translation is in {lang}, not in {}", context.target));
    other.map(finding).into_iter().collect()
}
