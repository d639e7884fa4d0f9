//! C005: inline marks of the source that the translation lacks, or the reverse, or that were placed by guess.

use crate::check::{Context, Look, Rule};
use crate::model::{Finding, Mark, MarkKind, Outcome, Severity, Text};

pub(in crate::check) const RULE: Rule = Rule {
    code: "C005",
    name: "inline-marks",
    summary: "the translation lost inline marks of the source, has others, or their place is a guess",
    severity: Severity::Warning,
    on: true,
    look: Look::Unit(run),
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let Some(target) = context.translation() else { return Vec::new() };
    let lost = without(context.text(), target).map(|mark| Finding {
        source: Some(mark.range.clone()),
        ..RULE.finding(format!("inline mark {} ({}) of the source is missing", mark.id, kind(mark)))
    });
    let added = without(target, context.text())
        .map(|mark| RULE.finding(format!("inline mark {} ({}) is not in the source", mark.id, kind(mark))));
    lost.chain(added).chain(guessed(context)).collect()
}

/// Marks that the backend gave no place, so that their number of characters did.
fn guessed(context: &Context<'_>) -> Vec<Finding> {
    let Outcome::Translated(target) = &context.unit.outcome else { return Vec::new() };
    let marks = target.text.marks().iter().filter(|mark| target.guessed.contains(&mark.id));
    let finding = |mark: &Mark| Finding {
        severity: Severity::Info,
        ..RULE.finding(format!("inline mark {} ({}) was placed by its position alone", mark.id, kind(mark)))
    };
    marks.map(finding).collect()
}

/// The marks of `text` whose numbers `other` does not have.
fn without<'a>(text: &'a Text, other: &'a Text) -> impl Iterator<Item = &'a Mark> {
    text.marks().iter().filter(|mark| other.marks().iter().all(|twin| twin.id != mark.id))
}

fn kind(mark: &Mark) -> &'static str {
    match mark.kind {
        MarkKind::Bold => "bold",
        MarkKind::Italic => "italic",
        MarkKind::Code => "code",
        MarkKind::Link { .. } => "link",
    }
}
