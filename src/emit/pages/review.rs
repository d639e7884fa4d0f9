//! What a page tells of the machines that made a translation and the people who looked at it.
//!
//! Laws: a page says that a machine translated wherever one did, however many people looked at it since; a translation
//! that nobody looked at has the page that it would have without reviews.

use super::labels::Labels;
use crate::emit::provenances;
use crate::emit::report::ReviewCounts;
use crate::model::{Outcome, Provenance, ReviewState, Target, Translation, Unit};

/// How reviewed sentences look, and only they.
const STYLE: &str = include_str!("review.css");

/// The signs of a reviewed and of an approved sentence; the style sheet sets the same ones.
const MARKS: [&str; 2] = ["✓", "✓✓"];

/// Who made a translation and how far it can be trusted.
pub(super) struct Notice<'a> {
    pub(super) made: &'static str,
    pub(super) trust: &'static str,
    /// How far the review has come; nothing where nobody looked.
    pub(super) progress: Option<Vec<Step>>,
    /// The machines that translated.
    pub(super) engines: Vec<&'a Provenance>,
    pub(super) style: &'static str,
}

/// How many sentences have come as far as a step of the review.
pub(super) struct Step {
    pub(super) mark: &'static str,
    pub(super) label: &'static str,
    pub(super) count: usize,
    pub(super) all: usize,
}

impl<'a> Notice<'a> {
    pub(super) fn of(translation: &'a Translation, labels: &'static Labels) -> Self {
        let targets: Vec<&Target> = translation.units().filter_map(target).collect();
        let by_person = targets.iter().filter(|target| target.provenance.is_person()).count();
        let counts = ReviewCounts::of(translation);
        let seen = by_person > 0 || targets.iter().any(|target| target.review.is_some());
        let made = match counts.reviewed {
            _ if by_person > 0 && by_person == targets.len() => labels.by_person,
            0 => labels.machine,
            some if some < targets.len() => labels.partly,
            _ => labels.wholly,
        };
        Self {
            made,
            trust: if seen { labels.authoritative } else { labels.unchecked },
            progress: seen.then(|| steps(counts, targets.len(), labels)),
            engines: provenances(translation).into_iter().filter(|engine| !engine.is_person()).collect(),
            style: STYLE,
        }
    }
}

fn target(unit: &Unit) -> Option<&Target> {
    match &unit.outcome {
        Outcome::Translated(target) => Some(target),
        Outcome::Kept(_) | Outcome::Failed(_) => None,
    }
}

/// The reviewed of `all` sentences, and the approved ones where there are any.
fn steps(counts: ReviewCounts, all: usize, labels: &Labels) -> Vec<Step> {
    let [reviewed, approved] = MARKS;
    let mut steps = vec![Step { mark: reviewed, label: labels.reviewed, count: counts.reviewed, all }];
    let approved = Step { mark: approved, label: labels.approved, count: counts.approved, all };
    steps.extend((counts.approved > 0).then_some(approved));
    steps
}

/// The class of a sentence by how far its review has come, with a space before it.
pub(super) fn class(target: &Target) -> &'static str {
    match target.review.map(|review| review.state) {
        Some(ReviewState::Approved) => " approved",
        Some(ReviewState::Translated | ReviewState::Reviewed) => " reviewed",
        Some(ReviewState::Unknown | ReviewState::Draft) | None => "",
    }
}

/// What a reader is told of the people who looked at a sentence.
pub(super) fn tip(unit: &Unit, labels: &Labels) -> Option<&'static str> {
    match class(target(unit)?) {
        "" => None,
        " approved" => Some(labels.approved),
        _ => Some(labels.reviewed),
    }
}
