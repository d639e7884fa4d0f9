//! What came of each article of a run: as data for machines, as text for a terminal.
//!
//! Laws: the report holds no clock and no machine path, so that the same run reports the same bytes; every
//! article of the run has a row, read or not; what an article says reaches a terminal without control characters.

pub mod review;

mod text;

use serde::{Deserialize, Serialize};

use super::provenances;
use crate::model::{
    Cut, Failed, Finding, Lang, Origin, Outcome, Provenance, Review, ReviewState, SegmentId, Severity, Spent, Strategy,
    Translation, Unit,
};

pub use text::text;

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunReport {
    /// The version of chancery that ran.
    pub tool_version: String,
    /// The sums over all articles.
    pub totals: Totals,
    /// A row for each article and target language, in the order of the run.
    pub articles: Vec<ArticleRow>,
    /// What the run had of each service that it used, in the order of the settings.
    #[serde(default)]
    pub services: Vec<ServiceRow>,
}

/// What a run had of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceRow {
    /// The service as the configuration names it.
    pub backend: String,
    /// What it was asked for, and what that costs.
    #[serde(flatten)]
    pub spent: Spent,
    /// Texts that it had answered in an earlier run, which were not sent again.
    pub cached: u64,
}

/// The sums of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Articles, once for each target language.
    pub articles: usize,
    /// Articles without a failed segment.
    pub complete: usize,
    /// Articles with some failed segments.
    pub partial: usize,
    /// Articles of which no segment was translated or kept.
    pub failed: usize,
    /// Articles that could not be read.
    pub unreadable: usize,
    /// Articles left alone, since somebody has changed an output of theirs.
    pub protected: usize,
    /// Articles that are in the target language already.
    pub unneeded: usize,
    /// Articles that the same command goes on with, since a backend was stopped.
    #[serde(default)]
    pub unfinished: usize,
    /// Segments by what came of them.
    pub segments: Counts,
    /// Terms of the glossary in translated segments by what became of them.
    pub terms: TermCounts,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity info.
    pub infos: usize,
}

/// Segments by what came of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// All segments.
    pub segments: usize,
    /// Those that were translated.
    pub translated: usize,
    /// Those among them that a later backend translated, since one that was asked before could not.
    #[serde(default)]
    pub passed_on: usize,
    /// Those that stand as they are.
    pub kept: usize,
    /// Those that could not be translated.
    pub failed: usize,
}

/// Terms of the glossary, with a rendering in the target language, in translated segments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermCounts {
    /// All of them.
    pub terms: usize,
    /// Those that the backend rendered as required.
    pub translated: usize,
    /// Those that were put in: by replacing, forcing, a placeholder, or a change of case.
    pub repaired: usize,
    /// Those that are missing.
    pub missing: usize,
}

/// Segments by what a person made of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewCounts {
    /// Those that a person looked at and left as translated, reviewed or approved.
    pub reviewed: usize,
    /// Those among them that are approved.
    pub approved: usize,
    /// Those whose text is a person's, whatever their state.
    pub edited: usize,
}

/// What came of an article in one target language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleRow {
    /// Where it was read.
    pub origin: Origin,
    /// How far it got.
    pub status: Status,
    /// Why nothing was written for it, where nothing was.
    pub reason: Option<String>,
    /// The part of its outputs' names; absent where nothing was written.
    pub slug: Option<String>,
    /// Its headline, where it has one.
    pub title: Option<String>,
    /// Its language; absent where nothing was written.
    pub source: Option<Lang>,
    /// The language it was to be translated into.
    pub target: Lang,
    /// Its segments by what came of them.
    pub counts: Counts,
    /// Its terms by what became of them.
    pub terms: TermCounts,
    /// Its segments by what a person made of them.
    #[serde(default)]
    pub reviewed: ReviewCounts,
    /// The segments that could not be translated, in reading order.
    pub failures: Vec<FailedSegment>,
    /// What the checks found, worst first, then in reading order.
    pub findings: Vec<SegmentFinding>,
    /// Furniture that was taken off the article.
    pub cut: Vec<Cut>,
    /// Everyone who translated a part of it.
    pub engines: Vec<Provenance>,
    /// How many characters of its XLIFF are written as U+FFFD, since XML cannot hold them.
    #[serde(default)]
    pub replaced: usize,
    /// The files written for it.
    pub outputs: Vec<Output>,
}

/// How far an article got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Every segment was translated or kept.
    Complete,
    /// Some segments failed.
    Partial,
    /// Every segment failed.
    Failed,
    /// It could not be read, or not got ready.
    Unreadable,
    /// Somebody has changed an output of it, a reviewer for one, which was left as it is.
    Protected,
    /// It is in the target language already.
    Unneeded,
    /// A backend was stopped before all of it was translated; nothing was written, and the same command goes on.
    Unfinished,
}

/// A segment that could not be translated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedSegment {
    /// The segment.
    pub segment: SegmentId,
    /// Why.
    #[serde(flatten)]
    pub why: Failed,
}

/// A finding and the segment it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentFinding {
    /// The segment.
    pub segment: SegmentId,
    /// What was found.
    #[serde(flatten)]
    pub finding: Finding,
}

/// A file written for an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// What it is.
    pub form: Form,
    /// Its path from the output folder, with `/` between folders.
    pub path: String,
}

/// The forms of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// XLIFF for reviewers.
    Xliff,
    /// The bilingual page for readers.
    Page,
    /// The concepts that occur, as TBX.
    Tbx,
    /// The concepts that occur, as a table.
    Tsv,
    /// The translated segments, as TMX.
    Tmx,
}

/// Writes `report` as JSON for machines, ending in a line feed.
#[must_use]
#[expect(clippy::missing_panics_doc, reason = "plain data with string keys always becomes JSON")]
pub fn json(report: &RunReport) -> String {
    serde_json::to_string_pretty(report).expect("a report is plain data with string keys") + "\n"
}

/// Writes a number of things as people say it: `1 segment`, `2 segments`.
#[must_use]
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

impl RunReport {
    /// Sums up `articles`.
    #[must_use]
    pub fn new(tool_version: impl Into<String>, articles: Vec<ArticleRow>) -> Self {
        let mut totals = Totals::default();
        for row in &articles {
            totals.add(row);
        }
        Self { tool_version: tool_version.into(), totals, articles, services: Vec::new() }
    }

    /// The report with what was had of services.
    #[must_use]
    pub fn with_services(self, services: Vec<ServiceRow>) -> Self {
        Self { services, ..self }
    }
}

impl ArticleRow {
    /// The row of a translated article with the files written for it.
    #[must_use]
    pub fn of(translation: &Translation, outputs: Vec<Output>) -> Self {
        let head = &translation.document.head;
        let (mut counts, mut terms) = (Counts::default(), TermCounts::default());
        translation.units().for_each(|unit| counts.add(unit));
        translation.units().for_each(|unit| terms.add(unit));
        Self {
            origin: head.origin.clone(),
            status: counts.status(),
            reason: None,
            slug: Some(translation.slug.clone()),
            title: head.metadata.title.clone(),
            source: Some(translation.document.language),
            target: translation.target,
            counts,
            terms,
            reviewed: ReviewCounts::of(translation),
            failures: translation.units().filter_map(FailedSegment::of).collect(),
            findings: findings(translation),
            cut: head.cut.clone(),
            engines: provenances(translation).into_iter().cloned().collect(),
            replaced: 0,
            outputs,
        }
    }

    /// The row with the number of characters that XML could not hold.
    #[must_use]
    pub fn with_replaced(self, replaced: usize) -> Self {
        Self { replaced, ..self }
    }

    /// The row of an article that could not be read, or not got ready, or whose outputs could not be written.
    #[must_use]
    pub fn unreadable(origin: Origin, target: Lang, reason: impl Into<String>) -> Self {
        Self::unwritten(origin, target, Status::Unreadable, reason.into())
    }

    /// The row of an article that is in `target` already.
    #[must_use]
    pub fn unneeded(origin: Origin, target: Lang) -> Self {
        Self::unwritten(origin, target, Status::Unneeded, format!("it is in {target} already"))
    }

    /// The row of an article whose output `path` somebody has changed since the run that wrote `earlier`.
    #[must_use]
    pub fn protected(earlier: Self, path: &str) -> Self {
        let reason = format!("`{path}` was changed since it was written and stays as it is: --overwrite replaces it");
        let (failures, findings) = (Vec::new(), Vec::new());
        Self { status: Status::Protected, reason: Some(reason), failures, findings, ..earlier }
    }

    /// The row of an article that was not translated to its end, and why; what an earlier run wrote of it still stands.
    #[must_use]
    pub fn unfinished(origin: Origin, target: Lang, reason: impl Into<String>, earlier: Option<Self>) -> Self {
        let reason = reason.into();
        match earlier {
            Some(earlier) => {
                let (failures, findings) = (Vec::new(), Vec::new());
                let reason = format!("{reason}; what stands is of an earlier run");
                Self { status: Status::Unfinished, reason: Some(reason), failures, findings, ..earlier }
            }
            None => Self::unwritten(origin, target, Status::Unfinished, reason),
        }
    }

    fn unwritten(origin: Origin, target: Lang, status: Status, reason: String) -> Self {
        Self {
            origin,
            status,
            reason: Some(reason),
            slug: None,
            title: None,
            source: None,
            target,
            counts: Counts::default(),
            terms: TermCounts::default(),
            reviewed: ReviewCounts::default(),
            failures: Vec::new(),
            findings: Vec::new(),
            cut: Vec::new(),
            engines: Vec::new(),
            replaced: 0,
            outputs: Vec::new(),
        }
    }

    /// The path of the output of the form `form`, where there is one.
    #[must_use]
    pub fn output(&self, form: Form) -> Option<&str> {
        self.outputs.iter().find(|output| output.form == form).map(|output| output.path.as_str())
    }
}

impl Status {
    /// Whether something of the article is missing from the outputs.
    #[must_use]
    pub fn is_failure(self) -> bool {
        match self {
            Self::Complete | Self::Protected | Self::Unneeded => false,
            Self::Partial | Self::Failed | Self::Unreadable | Self::Unfinished => true,
        }
    }
}

impl FailedSegment {
    fn of(unit: &Unit) -> Option<Self> {
        match &unit.outcome {
            Outcome::Failed(why) => Some(Self { segment: unit.segment.id.clone(), why: why.clone() }),
            Outcome::Translated(_) | Outcome::Kept(_) => None,
        }
    }
}

/// The findings of `translation`, worst first, then in reading order.
pub(super) fn findings(translation: &Translation) -> Vec<SegmentFinding> {
    let of_unit = |unit: &Unit| {
        let segment = unit.segment.id.clone();
        let pair = move |finding: &Finding| SegmentFinding { segment: segment.clone(), finding: finding.clone() };
        unit.findings.iter().map(pair).collect::<Vec<_>>()
    };
    let mut findings: Vec<_> = translation.units().flat_map(of_unit).collect();
    findings.sort_by_key(|found| std::cmp::Reverse(found.finding.severity));
    findings
}

impl Totals {
    fn add(&mut self, row: &ArticleRow) {
        self.articles += 1;
        match row.status {
            Status::Complete => self.complete += 1,
            Status::Partial => self.partial += 1,
            Status::Failed => self.failed += 1,
            Status::Unreadable => self.unreadable += 1,
            Status::Protected => self.protected += 1,
            Status::Unneeded => self.unneeded += 1,
            Status::Unfinished => self.unfinished += 1,
        }
        self.segments.segments += row.counts.segments;
        self.segments.translated += row.counts.translated;
        self.segments.passed_on += row.counts.passed_on;
        self.segments.kept += row.counts.kept;
        self.segments.failed += row.counts.failed;
        self.terms.terms += row.terms.terms;
        self.terms.translated += row.terms.translated;
        self.terms.repaired += row.terms.repaired;
        self.terms.missing += row.terms.missing;
        for found in &row.findings {
            match found.finding.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Info => self.infos += 1,
            }
        }
    }
}

impl TermCounts {
    fn add(&mut self, unit: &Unit) {
        let Outcome::Translated(target) = &unit.outcome else { return };
        self.terms += target.terms.len();
        for term in &target.terms {
            match term.strategy {
                Strategy::Translated => self.translated += 1,
                Strategy::Missing => self.missing += 1,
                _ => self.repaired += 1,
            }
        }
    }
}

impl ReviewCounts {
    /// Counts the segments of `translation`.
    #[must_use]
    pub fn of(translation: &Translation) -> Self {
        let mut counts = Self::default();
        translation.units().filter_map(Unit::review).for_each(|review| counts.add(review));
        counts
    }

    fn add(&mut self, review: Review) {
        self.reviewed += usize::from(review.state >= ReviewState::Translated);
        self.approved += usize::from(review.state == ReviewState::Approved);
        self.edited += usize::from(review.edited);
    }
}

impl Counts {
    fn add(&mut self, unit: &Unit) {
        self.segments += 1;
        match &unit.outcome {
            Outcome::Translated(target) => {
                self.translated += 1;
                self.passed_on += usize::from(!target.passed.is_empty());
            }
            Outcome::Kept(_) => self.kept += 1,
            Outcome::Failed(_) => self.failed += 1,
        }
    }

    fn status(self) -> Status {
        match self.failed {
            0 => Status::Complete,
            failed if failed == self.segments => Status::Failed,
            _ => Status::Partial,
        }
    }
}

#[cfg(test)]
mod tests;
