//! T011: a term of which an inline mark takes only a part, though that of the source does not.

use std::ops::Range;

use crate::check::{Context, Look, Rule};
use crate::model::{Finding, Severity, Text};

pub(in crate::check) const RULE: Rule = Rule {
    code: "T011",
    name: "parted-term",
    summary: "an inline mark begins or ends inside a term of the translation, and not so in the source",
    severity: Severity::Info,
    on: true,
    look: Look::Unit(look),
};

fn look(context: &Context<'_>) -> Vec<Finding> {
    let Some(translation) = context.translation() else { return Vec::new() };
    let rendered = context.terms().filter_map(|(hit, rendition)| Some((hit, rendition?)));
    let parted = rendered
        .filter(|(hit, rendition)| is_parted(translation, &rendition.range) && !is_parted(context.text(), &hit.range));
    let finding = |said: &str| format!("an inline mark begins or ends inside `{said}`");
    parted.map(|(hit, rendition)| RULE.about(hit, RULE.severity, finding(context.said(rendition)))).collect()
}

fn is_parted(text: &Text, term: &Range<usize>) -> bool {
    let is_inside = |at: usize| term.start < at && at < term.end;
    text.marks().iter().any(|mark| is_inside(mark.range.start) || is_inside(mark.range.end))
}
