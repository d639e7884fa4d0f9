//! C002: the translation is the source.

use crate::check::{Context, Look, Rule};
use crate::model::{Finding, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "C002",
    name: "copied-source",
    summary: "the translation repeats the source though the languages differ",
    severity: Severity::Error,
    on: true,
    look: Look::Unit(run),
};

/// Fewer words may be a name that both languages write alike.
const LEAST_WORDS: usize = 3;

fn run(context: &Context<'_>) -> Vec<Finding> {
    let Some(target) = context.translation() else { return Vec::new() };
    let source = context.text().plain();
    let copied = !context.source.reads_as(context.target)
        && source.split_whitespace().eq(target.plain().split_whitespace())
        && is_sentence(source, context.source.is_unspaced());
    if copied { vec![RULE.finding("the translation is a copy of the source".to_owned())] } else { Vec::new() }
}

/// Whether `text` says more than names and numbers: it has words enough, and one of them without a capital.
fn is_sentence(text: &str, unspaced: bool) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let words: Vec<&str> = text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).collect();
    let is_plain = |word: &&str| word.chars().find(|c| c.is_alphabetic()).is_some_and(|first| !first.is_uppercase());
    if unspaced { letters >= 2 * LEAST_WORDS } else { words.len() >= LEAST_WORDS && words.iter().any(is_plain) }
}
