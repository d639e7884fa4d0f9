//! C007: the translation is far shorter or longer than such a text is.

use crate::check::{Context, Look, Rule};
use crate::model::{Finding, Severity, length_in_english};

pub(in crate::check) const RULE: Rule = Rule {
    code: "C007",
    name: "odd-length",
    summary: "the translation is far shorter or longer than translations between the two languages are",
    severity: Severity::Warning,
    on: true,
    look: Look::Unit(run),
};

/// How many times the expected length is still plausible, and how many times shorter.
const FACTOR: f64 = 2.2;

/// Characters of English that come on top, since short texts vary more.
const ALLOWANCE: f64 = 20.0;

fn run(context: &Context<'_>) -> Vec<Finding> {
    let Some(target) = context.translation() else { return Vec::new() };
    let (Some(source), Some(target)) =
        (length_in_english(context.text().plain(), context.source), length_in_english(target.plain(), context.target))
    else {
        return Vec::new();
    };
    let how = if target > FACTOR * source + ALLOWANCE {
        "longer"
    } else if source > FACTOR * target + ALLOWANCE {
        "shorter"
    } else {
        return Vec::new();
    };
    let times = target.max(source) / target.min(source).max(1.0);
    vec![RULE.finding(format!("the translation is {times:.1} times {how} than expected"))]
}
