//! Notes for the reviewer: the one thing that every CAT tool shows.

use std::collections::BTreeSet;

use crate::model::{Finding, Lang, Outcome, Passage, Remark, Severity, TermHit, TermStatus, Unit};
use crate::xliff::REMARK;

use super::Job;

/// A note on a passage or a segment.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Note {
    /// What it is about: `failed`, `review`, `check`, `glossary`, `term`, `language`, `engine`.
    pub(super) category: &'static str,
    /// From 1, the most urgent, to 10.
    pub(super) priority: &'static str,
    /// Which side it speaks of: `source` or `target`.
    pub(super) side: &'static str,
    /// What it says.
    pub(super) text: String,
}

/// The notes on `passage` as a whole; `article` is the language of its article.
pub(super) fn on_passage(passage: &Passage<Unit>, article: Lang) -> Vec<Note> {
    if passage.lang.reads_as(article) {
        return Vec::new();
    }
    let text = format!("this passage is in `{}`, the article in `{article}`", passage.lang);
    vec![Note { category: "language", priority: "2", side: "source", text }]
}

/// The notes on `unit`, most urgent first.
pub(super) fn on_segment(unit: &Unit, job: &Job) -> Vec<Note> {
    let mut notes = Vec::new();
    if let Outcome::Failed(failed) = &unit.outcome {
        let text = format!("not translated: {failed}");
        notes.push(Note { category: "failed", priority: "1", side: "source", text });
    }
    let since = passed(unit);
    if let Some(engine) = job.engine_of(unit).filter(|it| job.main_engine != Some(*it) || since.is_some()) {
        let text = format!("translated by {}{}", job.engines[engine], since.unwrap_or_default());
        notes.push(Note { category: "engine", priority: "5", side: "target", text });
    }
    notes.extend(unit.remarks.iter().map(remark));
    notes.extend(unit.findings.iter().map(check));
    notes.extend(distinct(&unit.terms).map(|hit| term(hit, job.translation.target)));
    notes.extend(repairs(unit));
    notes.sort_by_key(|note| note.priority);
    notes
}

/// Which backends had no translation before another one did, and why.
fn passed(unit: &Unit) -> Option<String> {
    let Outcome::Translated(target) = &unit.outcome else { return None };
    let passed: Vec<String> = target.passed.iter().map(ToString::to_string).collect();
    (!passed.is_empty()).then(|| format!(", since others had no translation: {}", passed.join("; ")))
}

/// The terms of a segment without repetitions of one concept.
pub(super) fn distinct(terms: &[TermHit]) -> impl Iterator<Item = &TermHit> {
    let mut seen = BTreeSet::new();
    terms.iter().filter(move |hit| seen.insert((&hit.concept, &hit.term)))
}

/// What was changed in the machine's translation so that it has its terms.
fn repairs(unit: &Unit) -> impl Iterator<Item = Note> {
    let target = match &unit.outcome {
        Outcome::Translated(target) => Some(target),
        Outcome::Kept(_) | Outcome::Failed(_) => None,
    };
    target.into_iter().flat_map(|target| {
        target.terms.iter().filter(|term| term.is_repaired()).filter_map(|term| {
            let stands = target.text.plain().get(term.range.clone()?)?;
            let instead = term.instead_of.as_ref().map(|before| format!(", instead of `{before}`")).unwrap_or_default();
            let text = format!("`{stands}`: {}{instead}", term.strategy);
            Some(Note { category: "term", priority: "4", side: "target", text })
        })
    })
}

/// What a reviewer noted, under the name of who did.
fn remark(remark: &Remark) -> Note {
    let author = remark.from.as_ref().map(|from| format!("{from}: ")).unwrap_or_default();
    Note { category: REMARK, priority: "1", side: "target", text: format!("{author}{}", remark.text) }
}

fn check(finding: &Finding) -> Note {
    let priority = match finding.severity {
        Severity::Error => "1",
        Severity::Warning => "2",
        Severity::Info => "3",
    };
    let text = format!("{} {}: {}", finding.code, finding.severity, finding.message);
    Note { category: "check", priority, side: "target", text }
}

fn term(hit: &TermHit, target: Lang) -> Note {
    let mut parts = vec![match hit.preferred() {
        Some(preferred) => format!("{} = {}", hit.term, preferred.term),
        None => format!("{}: no preferred term in `{target}`", hit.term),
    }];
    for rendering in &hit.renderings {
        let label = match rendering.status {
            TermStatus::Preferred => continue,
            TermStatus::Admitted => "also",
            TermStatus::Superseded => "no longer",
            TermStatus::Forbidden => "never",
        };
        let why = rendering.why.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
        parts.push(format!("{label} {}{why}", rendering.term));
    }
    parts.extend(hit.note.as_ref().map(|note| format!("note: {note}")));
    let priority = if hit.mandatory { "2" } else { "3" };
    Note { category: "glossary", priority, side: "source", text: parts.join("; ") }
}
