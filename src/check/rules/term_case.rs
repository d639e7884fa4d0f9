//! T007: a term in a case that the glossary does not allow.
//!
//! Two things are no fault: a capital at the start of the segment, and capitals where the whole segment is in capitals.

use crate::check::context::rendering;
use crate::check::{Context, Look, Rule};
use crate::model::{Finding, Rendering, Rendition, Severity, TermHit};

pub(in crate::check) const RULE: Rule = Rule {
    code: "T007",
    name: "term-case",
    summary: "a term is written in a case that the glossary does not allow",
    severity: Severity::Warning,
    on: true,
    look: Look::Unit(look),
};

fn look(context: &Context<'_>) -> Vec<Finding> {
    let Some(translation) = context.translation() else { return Vec::new() };
    if !translation.plain().contains(char::is_lowercase) && translation.plain().contains(char::is_uppercase) {
        return Vec::new();
    }
    let wrong = |(hit, rendition): (&TermHit, Option<&Rendition>)| {
        let rendition = rendition.filter(|rendition| !rendition.cased)?;
        let is_opening = starts(translation.plain(), rendition)
            && rendering(hit, rendition).is_some_and(|rendering| is_capitalised(context.said(rendition), rendering));
        let message = format!("`{}` is to be written `{}`", context.said(rendition), rendition.term);
        (!is_opening).then(|| RULE.about(hit, RULE.severity, message))
    };
    context.terms().filter_map(wrong).collect()
}

/// Whether `rendition` stands at the start of `text`, but for quotation marks and the like.
fn starts(text: &str, rendition: &Rendition) -> bool {
    !text[..rendition.range.start].contains(char::is_alphanumeric)
}

/// Whether `said` is the term or one of its forms, with a capital first.
fn is_capitalised(said: &str, rendering: &Rendering) -> bool {
    let (Some(first), rest) = head(said) else { return false };
    let spellings = std::iter::once(&rendering.term).chain(&rendering.forms);
    first.is_uppercase() && spellings.into_iter().any(|spelling| head(spelling).1 == rest)
}

fn head(text: &str) -> (Option<char>, &str) {
    let mut letters = text.chars();
    (letters.next(), letters.as_str())
}
