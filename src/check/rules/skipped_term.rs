//! T013: a term that the translation has only in a quotation, an address or code, which the source has outside.
//!
//! Off by default: a rendering that stands there is mostly what it should be, but whoever keeps quotations and code as they
//! are may want to know that the term was not translated elsewhere.

use std::ops::Range;

use crate::check::context::Named;
use crate::check::{Context, Look, Rule};
use crate::model::{Finding, MarkKind, Severity, Text};

pub(in crate::check) const RULE: Rule = Rule {
    code: "T013",
    name: "skipped-term",
    summary: "the translation has a term only inside a quotation, an address or code, and the source elsewhere",
    severity: Severity::Info,
    on: false,
    look: Look::Unit(look),
};

/// Quotation marks: what opens, and what may close.
const QUOTES: &[(char, &[char])] =
    &[('“', &['”']), ('„', &['“', '”']), ('«', &['»']), ('‹', &['›']), ('「', &['」']), ('『', &['』']), ('"', &['"'])];

fn look(context: &Context<'_>) -> Vec<Finding> {
    let Some(translation) = context.translation() else { return Vec::new() };
    let (source, target) = (set_apart(context.text()), set_apart(translation));
    let is_skipped = |named: &Named<'_>| {
        let outside = named.terms.iter().any(|(hit, _)| !is_in(&source, &hit.range));
        let own = context.renditions.others.iter().filter(|other| other.concept == named.first().concept);
        let mut renditions = named.renditions().chain(own).peekable();
        outside && renditions.peek().is_some() && renditions.all(|rendition| is_in(&target, &rendition.range))
    };
    let skipped = context.concepts().into_iter().filter(is_skipped);
    let message = |term: &str| format!("`{term}` is rendered only inside a quotation, an address or code");
    skipped.map(|named| RULE.about(named.first(), RULE.severity, message(&named.first().term))).collect()
}

fn is_in(stretches: &[Range<usize>], term: &Range<usize>) -> bool {
    stretches.iter().any(|stretch| stretch.start <= term.start && term.end <= stretch.end)
}

/// The quotations, addresses and code of `text`.
fn set_apart(text: &Text) -> Vec<Range<usize>> {
    let code = text.marks().iter().filter(|mark| mark.kind == MarkKind::Code).map(|mark| mark.range.clone());
    code.chain(addresses(text.plain())).chain(quotations(text.plain())).collect()
}

fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices("://").map(|(at, _)| {
        let start = text[..at]
            .rfind(|c: char| !c.is_ascii_alphabetic())
            .map_or(0, |before| before + text[before..].chars().next().map_or(0, char::len_utf8));
        let end = text[at..].find(char::is_whitespace).map_or(text.len(), |length| at + length);
        start..end
    })
}

fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some((at, opening)) = text[from..].char_indices().find(|(_, c)| QUOTES.iter().any(|(open, _)| open == c))
    {
        let start = from + at;
        let inside = start + opening.len_utf8();
        let closing = QUOTES.iter().find(|(open, _)| *open == opening).map_or(&[][..], |(_, closing)| closing);
        from = inside;
        if let Some(length) = text[inside..].find(closing) {
            found.push(start..inside + length);
            from = inside + length + text[inside + length..].chars().next().map_or(0, char::len_utf8);
        }
    }
    found
}
