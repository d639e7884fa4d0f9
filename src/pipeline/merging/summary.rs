//! What a folder says of its reviews: `review.json`, `review.html`, and `reviewed.tmx`.

use std::collections::BTreeMap;

use crate::emit::report::{self, ArticleRow, RunReport, review as review_report};
use crate::emit::{Facts, tmx};
use crate::model::{Finding, Pair, SegmentId, Translation};
use crate::pipeline::ledger::{Book, Entry};
use crate::pipeline::outputs::Outputs;
use crate::pipeline::{Error, records};
use crate::review::report::{ArticleReview, Notice, ReviewReport, SegmentState};
use crate::review::{Record, effort};

use super::rewrite::key;

const JSON: &str = "review.json";
const REPORT: &str = "report.json";

/// What came of the reviews of an article that stands as `now`.
pub(super) fn article(record: &Record, now: &Translation, entry: &Entry, notices: Vec<Notice>) -> ArticleReview {
    let version = record.versions.last();
    let mut states: BTreeMap<SegmentState, usize> = BTreeMap::new();
    now.units().for_each(|unit| *states.entry(SegmentState::of(unit)).or_default() += 1);
    ArticleReview {
        origin: entry.row.origin.clone(),
        slug: entry.slug.clone(),
        source: now.document.language,
        target: now.target,
        files: version.map(|version| version.files.clone()).unwrap_or_default(),
        states: states.into_iter().collect(),
        notices,
        remarks: version.map(|version| version.remarks.clone()).unwrap_or_default(),
        findings: findings(entry),
        effort: effort::of(&record.machine, now),
    }
}

/// What came of files on an article that no person has changed anything of, as far as its row tells.
pub(super) fn untouched(entry: &Entry, notices: Vec<Notice>) -> ArticleReview {
    let counts = &entry.row.counts;
    let states = [(SegmentState::Missing, counts.failed), (SegmentState::Machine, counts.segments - counts.failed)];
    ArticleReview {
        origin: entry.row.origin.clone(),
        slug: entry.slug.clone(),
        source: entry.row.source.unwrap_or(entry.target),
        target: entry.target,
        files: Vec::new(),
        states: states.into_iter().filter(|(_, count)| *count > 0).collect(),
        notices,
        remarks: Vec::new(),
        findings: findings(entry),
        effort: effort::Effort::default(),
    }
}

fn findings(entry: &Entry) -> Vec<(SegmentId, Finding)> {
    entry.row.findings.iter().map(|found| (found.segment.clone(), found.finding.clone())).collect()
}

/// The report of the folder: what it had before, with the articles of `report` in the place of theirs.
pub(super) fn together(outputs: &Outputs, report: &ReviewReport) -> ReviewReport {
    let before: ReviewReport = std::fs::read(outputs.path(JSON))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    let mut articles: BTreeMap<_, _> = before.articles.into_iter().map(|article| (key(&article), article)).collect();
    articles.extend(report.articles.iter().map(|article| (key(article), article.clone())));
    let (tool_version, articles) = (report.tool_version.clone(), articles.into_values().collect());
    // What was refused left nothing in the folder.
    ReviewReport { tool_version, articles, refused: Vec::new() }
}

/// Brings the report of the last run up to what stands now.
pub(super) fn run_report(outputs: &Outputs, book: &Book) -> Result<(), Error> {
    let bytes = std::fs::read(outputs.path(REPORT)).unwrap_or_default();
    let Ok(before) = serde_json::from_slice::<RunReport>(&bytes) else { return Ok(()) };
    let now = |row: ArticleRow| {
        let entry =
            book.entries.iter().find(|entry| row.slug.as_ref() == Some(&entry.slug) && row.target == entry.target);
        entry.map(|entry| entry.row.clone()).unwrap_or(row)
    };
    let report = RunReport::new(before.tool_version, before.articles.into_iter().map(now).collect());
    outputs.write(REPORT, report::json(&report).as_bytes()).map(|_| ())
}

/// Writes the report of the folder.
pub(super) fn write(outputs: &Outputs, report: &ReviewReport) -> Result<(), Error> {
    outputs.write(JSON, review_report::json(report).as_bytes())?;
    outputs.write("review.html", review_report::html(report).as_bytes())?;
    Ok(())
}

/// Writes all reviewed segments of the folder as a translation memory.
pub(super) fn memory(outputs: &Outputs, book: &Book, facts: &Facts) -> Result<(), Error> {
    let reviewed = book.entries.iter().filter(|entry| entry.has_reviews() || entry.exports.len() > 1);
    let records = reviewed.filter_map(|entry| {
        let pair = Pair { source: entry.row.source?, target: entry.target };
        records::load(outputs, &entry.slug, pair).ok().flatten()
    });
    let translations = records.flat_map(|record| [Some(record.now()), record.without_place()]).flatten();
    if let Some(text) = tmx::reviewed(translations, facts) {
        outputs.write("reviewed.tmx", text.as_bytes())?;
    }
    Ok(())
}
