//! A report as lines for a terminal: the articles with problems, each with its worst, then the sums.

use std::fmt::Write;

use super::{ArticleRow, RunReport, ServiceRow, Status, Totals, count};
use crate::model::{Failed, SegmentId, Spent};

/// How many problems of one article are shown.
const SHOWN: usize = 8;

/// Writes `report` as plain lines without colour; articles without a problem are only counted.
#[must_use]
pub fn text(report: &RunReport) -> String {
    let mut out = String::new();
    for row in report.articles.iter().filter(|row| row.status != Status::Unfinished) {
        article(&mut out, row);
    }
    unfinished(&mut out, &report.articles);
    if !out.is_empty() {
        out.push('\n');
    }
    sums(&mut out, &report.totals);
    report.services.iter().for_each(|service| line(&mut out, format_args!("{}", paid(service))));
    out
}

/// The articles that were not finished, once for each reason.
fn unfinished(out: &mut String, articles: &[ArticleRow]) {
    let mut reasons: Vec<(&str, Vec<&ArticleRow>)> = Vec::new();
    for row in articles.iter().filter(|row| row.status == Status::Unfinished) {
        let reason = row.reason.as_deref().unwrap_or_default();
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, rows)) => rows.push(row),
            None => reasons.push((reason, vec![row])),
        }
    }
    for (reason, rows) in reasons {
        let others = if rows.len() > 1 { format!(" and {} more", rows.len() - 1) } else { String::new() };
        line(out, format_args!("unfinished: {}{others}: {reason}", rows[0].origin));
    }
}

/// What was had of a service: `deepl: 3 requests, 1200 characters, 0.03; 7 texts were answered in an earlier run`.
fn paid(service: &ServiceRow) -> String {
    let ServiceRow { backend, spent: Spent { usage, money }, cached } = service;
    let count = |number: u64, what: &str| count(usize::try_from(number).unwrap_or(usize::MAX), what);
    let mut parts = vec![count(usage.requests, "request"), count(usage.characters, "character")];
    let tokens = usage.input_tokens + usage.output_tokens;
    parts.extend((tokens > 0).then(|| count(tokens, "token")));
    parts.extend((!money.is_zero()).then(|| format!("cost {money}")));
    let were = if *cached == 1 { "was" } else { "were" };
    let before = format!("; {} {were} answered in an earlier run", count(*cached, "text"));
    format!("{backend}: {}{}", parts.join(", "), if *cached > 0 { &before } else { "" })
}

fn article(out: &mut String, row: &ArticleRow) {
    let problems = problems(row);
    if problems.is_empty() && matches!(row.status, Status::Complete | Status::Unneeded) {
        return;
    }
    line(out, format_args!("{}", headline(row)));
    for problem in problems.iter().take(SHOWN) {
        line(out, format_args!("  {problem}"));
    }
    if problems.len() > SHOWN {
        line(out, format_args!("  and {} more, in the report", problems.len() - SHOWN));
    }
}

fn headline(row: &ArticleRow) -> String {
    let origin = row.origin.as_str();
    if let Some(reason) = &row.reason {
        let place = if reason.starts_with(origin) { String::new() } else { format!("{origin}: ") };
        return format!("{}: {place}{reason}", if row.status.is_failure() { "failed" } else { "left" });
    }
    let source = row.source.map(|source| format!("{source} ")).unwrap_or_default();
    let mut parts = vec![format!("{origin}: {source}to {}", row.target)];
    parts.extend(
        (row.counts.failed > 0)
            .then(|| format!("{} of {} not translated", row.counts.failed, count(row.counts.segments, "segment"))),
    );
    parts.extend((!row.findings.is_empty()).then(|| count(row.findings.len(), "finding")));
    parts.join(", ")
}

/// What is wrong with an article, worst first: each reason to fail once, and the findings of what was translated.
fn problems(row: &ArticleRow) -> Vec<String> {
    let mut reasons: Vec<(&Failed, Vec<&SegmentId>)> = Vec::new();
    for failed in &row.failures {
        match reasons.iter_mut().find(|(why, _)| **why == failed.why) {
            Some((_, segments)) => segments.push(&failed.segment),
            None => reasons.push((&failed.why, vec![&failed.segment])),
        }
    }
    let failures = reasons.iter().map(|(why, segments)| {
        let others = if segments.len() > 1 { format!(" and {} more", segments.len() - 1) } else { String::new() };
        format!("{}{others}: not translated: {why}", segments[0])
    });
    let findings =
        row.findings.iter().filter(|found| !row.failures.iter().any(|failed| failed.segment == found.segment));
    let findings = findings.map(|found| {
        let finding = &found.finding;
        format!("{}: {} {}: {}", found.segment, finding.severity, finding.code, finding.message)
    });
    let replaced = (row.replaced > 0).then(|| {
        let these = if row.replaced == 1 { "stands" } else { "stand" };
        format!("{} that XML cannot hold {these} in the XLIFF as U+FFFD", count(row.replaced, "character"))
    });
    failures.chain(findings).chain(replaced).collect()
}

fn sums(out: &mut String, totals: &Totals) {
    let segments = &totals.segments;
    let parts = |parts: &[(usize, &str)]| -> Vec<String> {
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect()
    };
    let articles = parts(&[
        (totals.complete, "complete"),
        (totals.partial, "partial"),
        (totals.failed, "failed"),
        (totals.unreadable, "not read"),
        (totals.protected, "left as changed"),
        (totals.unneeded, "in the target language"),
        (totals.unfinished, "unfinished"),
    ]);
    let mut outcomes = parts(&[(segments.translated, "translated")]);
    outcomes.extend(parts(&[(segments.passed_on, "of them by a later backend")]));
    outcomes.extend(parts(&[(segments.kept, "kept"), (segments.failed, "failed")]));
    let terms = &totals.terms;
    let kinds = parts(&[(terms.translated, "as required"), (terms.repaired, "put right"), (terms.missing, "missing")]);
    let severities = [(totals.errors, "error"), (totals.warnings, "warning"), (totals.infos, "info")];
    let findings: Vec<_> = severities.iter().filter(|(n, _)| *n > 0).map(|(n, what)| count(*n, what)).collect();
    sum(out, totals.articles, "article", &articles);
    sum(out, segments.segments, "segment", &outcomes);
    if terms.terms > 0 {
        sum(out, terms.terms, "term", &kinds);
    }
    sum(out, totals.errors + totals.warnings + totals.infos, "finding", &findings);
}

/// Writes `4 segments: 3 translated, 1 kept`.
fn sum(out: &mut String, n: usize, what: &str, parts: &[String]) {
    let colon = if parts.is_empty() { "" } else { ": " };
    line(out, format_args!("{}{colon}{}", count(n, what), parts.join(", ")));
}

/// Writes a line, in which nothing can steer the terminal or turn the direction of the rest.
pub(super) fn line(out: &mut String, parts: std::fmt::Arguments) {
    let start = out.len();
    write!(out, "{parts}").expect("writing to a string cannot fail");
    let steers = |char: char| char.is_control() || matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    if out[start..].contains(steers) {
        let plain = out[start..].replace(steers, "\u{FFFD}");
        out.replace_range(start.., &plain);
    }
    out.push('\n');
}
