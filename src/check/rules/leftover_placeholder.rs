//! C006: a placeholder that stood for a term while the text was translated, and stayed.

use crate::check::{Context, Rule};
use crate::model::{Finding, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "C006",
    name: "leftover-placeholder",
    summary: "the translation holds a placeholder such as `X1X`, `QX71` or `⟦1⟧`",
    severity: Severity::Error,
    run,
};

/// What comes before and after the number of a placeholder, in upper case.
const AROUND: &[(&str, &str)] = &[("X", "X"), ("A", "B"), ("QX", "")];

fn run(context: &Context<'_>) -> Vec<Finding> {
    let Some(target) = context.translation() else { return Vec::new() };
    let source = context.text().plain();
    let mut left: Vec<&str> = tokens(target.plain()).filter(|token| is_placeholder(token)).collect();
    left.extend(bracketed(target.plain()));
    left.retain(|token| !source.contains(token));
    left.dedup();
    left.iter().map(|token| RULE.finding(format!("placeholder `{token}` was left in the translation"))).collect()
}

/// Runs of ASCII letters and digits; a letter of another script ends one, as Chinese puts no space there.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|token| !token.is_empty())
}

fn is_placeholder(token: &str) -> bool {
    let token = token.to_ascii_uppercase();
    AROUND.iter().any(|(before, after)| {
        let number = token.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// The stretches in brackets that no news text uses.
fn bracketed(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('⟦').map(|(at, _)| {
        let rest = &text[at..];
        rest.find('⟧').map_or(rest, |end| &rest[..end + '⟧'.len_utf8()])
    })
}
