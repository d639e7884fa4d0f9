//! A merge as lines for a terminal: what was refused, what somebody should look at, then the sums of each article.

use std::collections::BTreeMap;

use super::html;
use super::share::percent;
use crate::emit::report::count;
use crate::emit::report::text::line;
use crate::model::Severity;
use crate::review::effort::Effort;
use crate::review::report::{ArticleReview, Notice, ReviewReport, What};

/// How many things to look at are shown of one article.
const SHOWN: usize = 20;

/// Writes `report` as plain lines without colour.
#[must_use]
pub fn text(report: &ReviewReport) -> String {
    let mut out = String::new();
    for refused in &report.refused {
        line(&mut out, format_args!("refused: {}", refused.reason));
    }
    for article in &report.articles {
        one(&mut out, article);
    }
    let changed: usize = report.articles.iter().map(changed).sum();
    line(&mut out, format_args!("{}, {changed} changed", count(report.articles.len(), "article")));
    out
}

fn one(out: &mut String, article: &ArticleReview) {
    line(out, format_args!("{}: {} to {}, {}", article.origin, article.source, article.target, sums(article)));
    let worth: Vec<&Notice> = article.notices.iter().filter(|notice| notice.what.severity() > Severity::Info).collect();
    for notice in worth.iter().take(SHOWN) {
        let about = notice.segment.as_ref().map_or(notice.unit.as_str(), |segment| segment.as_str());
        let colon = if notice.detail.is_empty() { "" } else { ": " };
        line(out, format_args!("  {about} {}{colon}{}", notice.what.said(), notice.detail));
    }
    if worth.len() > SHOWN {
        line(out, format_args!("  and {} more, in the report", worth.len() - SHOWN));
    }
    effort(out, &article.effort);
    for (segment, remark) in &article.remarks {
        let from = remark.from.as_ref().map(|from| format!("{from}: ")).unwrap_or_default();
        line(out, format_args!("  {segment} note: {from}{}", remark.text));
    }
    for (segment, finding) in &article.findings {
        line(out, format_args!("  {segment}: {} {}: {}", finding.severity, finding.code, finding.message));
    }
}

/// How much was changed of each backend's work, and which terms.
fn effort(out: &mut String, effort: &Effort) {
    for backend in &effort.backends {
        let (seen, words) = (count(backend.segments, "segment"), backend.words);
        let share = percent(words.edits, words.length);
        line(out, format_args!("  {}: {} of {seen} changed, {share} of the words", backend.backend, backend.changed));
    }
    for concept in effort.concepts.iter().filter(|concept| !concept.changes.is_empty()) {
        let changed = concept.changes.len();
        let said = html::instead(concept).join(", ");
        line(out, format_args!("  term {}: {changed} of {} changed: {said}", concept.concept, concept.stood));
    }
}

/// `3 edited, 1 confirmed`, or `0 changed`.
fn sums(article: &ArticleReview) -> String {
    let mut counts: BTreeMap<What, usize> = BTreeMap::new();
    article.notices.iter().for_each(|notice| *counts.entry(notice.what).or_default() += 1);
    let told = [What::Edited, What::Filled, What::Confirmed, What::Reopened, What::Conflict, What::AlreadyMerged];
    let told = told.iter().filter_map(|what| Some(format!("{} {}", counts.get(what)?, what.said())));
    let told: Vec<String> = told.collect();
    if told.is_empty() { "0 changed".to_owned() } else { told.join(", ") }
}

/// Segments that the merge changed.
fn changed(article: &ArticleReview) -> usize {
    let changes = [What::Edited, What::Filled, What::Confirmed, What::Reopened];
    article.notices.iter().filter(|notice| changes.contains(&notice.what)).count()
}
