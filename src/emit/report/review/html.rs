//! What came of reviews as a page: how far they have come, what was changed of each backend's work, which terms reviewers
//! change, and each article with what happened, what reviewers noted and every change word by word.
//!
//! Laws: no script and no request leave the page, whatever an article or a note holds; each text stands in its own
//! direction; the same report gives the same bytes.

use askama::Template;

use super::pictures;
use super::share::{grouped, percent};
use crate::emit::report::count;
use crate::model::{Finding, Lang, Remark, SegmentId, Severity};
use crate::review::diff::{self, Piece};
use crate::review::effort::{BackendEffort, CLASSES, ConceptEffort, Effort, SegmentEffort};
use crate::review::report::{ArticleReview, Notice, ReviewReport, SegmentState};
use crate::xliff::fit;

/// How many concepts are listed, and how many renderings of each.
const CONCEPTS: usize = 20;
const INSTEADS: usize = 4;

/// The states, and the class of each in the style sheet.
const STATES: [(SegmentState, &str); 6] = [
    (SegmentState::Approved, "approved"),
    (SegmentState::Reviewed, "reviewed"),
    (SegmentState::Translated, "translated"),
    (SegmentState::Draft, "draft"),
    (SegmentState::Machine, "machine"),
    (SegmentState::Missing, "missing"),
];

/// Writes `report` as a page.
#[must_use]
#[expect(clippy::missing_panics_doc, reason = "writing to a string cannot fail")]
pub fn html(report: &ReviewReport) -> String {
    let sum = Effort::sum(report.articles.iter().map(|article| &article.effort));
    let most = sum.concepts.iter().map(|concept| concept.stood).max().unwrap_or(0);
    let changed = sum.concepts.iter().filter(|concept| !concept.changes.is_empty());
    let page = Page {
        report,
        style: include_str!("page.css"),
        summary: summary(report, &sum),
        states: states(report.articles.iter().flat_map(|article| article.states.iter().copied())),
        backends: sum.backends.iter().map(Backend::of).collect(),
        concepts: changed.take(CONCEPTS).map(|concept| Concept::of(concept, most)).collect(),
        articles: report.articles.iter().map(Article::of).collect(),
    };
    page.render().expect("writing to a string cannot fail")
}

#[derive(Template)]
#[template(path = "page.html", config = "src/emit/report/review/askama.toml")]
struct Page<'a> {
    report: &'a ReviewReport,
    style: &'static str,
    summary: Vec<String>,
    states: States,
    backends: Vec<Backend<'a>>,
    concepts: Vec<Concept<'a>>,
    articles: Vec<Article<'a>>,
}

/// Segments by state: the picture, and its table.
struct States {
    picture: String,
    rows: Vec<State>,
}

struct State {
    class: &'static str,
    name: &'static str,
    count: String,
    share: String,
}

/// What was changed of what a backend had translated.
struct Backend<'a> {
    name: &'a str,
    facts: Vec<String>,
    picture: String,
    rows: Vec<[String; 3]>,
}

/// A concept whose terms reviewers change.
struct Concept<'a> {
    id: &'a str,
    picture: String,
    changed: usize,
    stood: usize,
    instead: Vec<String>,
}

struct Article<'a> {
    review: &'a ArticleReview,
    origin: String,
    states: States,
    facts: Vec<String>,
    /// What happened that somebody should look at.
    worth: Vec<Told<'a>>,
    /// What else happened.
    rest: Vec<Told<'a>>,
    remarks: Vec<[String; 3]>,
    findings: Vec<Told<'a>>,
    changes: Vec<Change<'a>>,
}

/// Something that is told of a segment.
struct Told<'a> {
    class: &'static str,
    what: String,
    about: &'a str,
    detail: String,
}

/// A segment that a person changed.
struct Change<'a> {
    segment: &'a str,
    distance: String,
    class: usize,
    source: String,
    pieces: Vec<(&'static str, String)>,
}

fn summary(report: &ReviewReport, sum: &Effort) -> Vec<String> {
    let total = |of: fn(&BackendEffort) -> usize| sum.backends.iter().map(of).sum::<usize>();
    let (seen, changed) = (total(|it| it.segments), total(|it| it.changed));
    let (edits, words) = (total(|it| it.words.edits), total(|it| it.words.length));
    vec![
        count(report.articles.len(), "article"),
        format!("{} of a machine looked at", count(seen, "segment")),
        format!("{} of them changed", percent(changed, seen)),
        format!("{} of the words", percent(edits, words)),
    ]
}

fn states(counts: impl Iterator<Item = (SegmentState, usize)>) -> States {
    let mut sums = STATES.map(|(state, class)| (state, class, 0));
    for (state, count) in counts {
        sums.iter_mut().filter(|(own, ..)| *own == state).for_each(|(.., sum)| *sum += count);
    }
    let whole: usize = sums.iter().map(|(.., sum)| sum).sum();
    let parts = sums.map(|(_, class, sum)| (class, sum));
    let row = |(state, class, sum): &(SegmentState, &'static str, usize)| State {
        class,
        name: state.said(),
        count: grouped(*sum),
        share: percent(*sum, whole),
    };
    let rows = sums.iter().filter(|(.., sum)| *sum > 0).map(row).collect();
    States { picture: pictures::bar("segments by state", &parts), rows }
}

impl<'a> Backend<'a> {
    fn of(effort: &'a BackendEffort) -> Self {
        let [words, characters] = [effort.words, effort.characters];
        let row = |(class, count): (&str, &usize)| {
            [class.replace(" to ", "–") + "\u{A0}%", grouped(*count), percent(*count, effort.segments)]
        };
        Self {
            name: &effort.backend,
            facts: vec![
                format!("{} of {} changed", grouped(effort.changed), count(effort.segments, "segment")),
                format!(
                    "{} edits in {} words: {}",
                    grouped(words.edits),
                    grouped(words.length),
                    percent(words.edits, words.length)
                ),
                format!("{} of the characters", percent(characters.edits, characters.length)),
            ],
            picture: pictures::histogram("segments by edit distance", &effort.spread),
            rows: CLASSES.into_iter().zip(&effort.spread).map(row).collect(),
        }
    }
}

impl<'a> Concept<'a> {
    fn of(effort: &'a ConceptEffort, most: usize) -> Self {
        let changed = effort.changes.len();
        Self {
            id: &effort.concept,
            picture: pictures::share("changed of all", [changed, effort.stood, most]),
            changed,
            stood: effort.stood,
            instead: instead(effort),
        }
    }
}

/// What stands instead of the terms of a concept, the most frequent first: `Carta da ONU → Estatuto (3)`.
pub(super) fn instead(effort: &ConceptEffort) -> Vec<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for change in &effort.changes {
        let now = match change.instead.as_deref() {
            None => "a rewritten sentence",
            Some("") => "nothing",
            Some(now) => now,
        };
        let said = clean(&format!("{} → {now}", change.stood));
        match counts.iter_mut().find(|(own, _)| *own == said) {
            Some((_, count)) => *count += 1,
            None => counts.push((said, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let times = |(said, count): (String, usize)| if count > 1 { format!("{said} ({count}\u{D7})") } else { said };
    counts.into_iter().take(INSTEADS).map(times).collect()
}

impl<'a> Article<'a> {
    fn of(review: &'a ArticleReview) -> Self {
        let notices = review.notices.iter();
        let (worth, rest) = notices.partition::<Vec<_>, _>(|notice| notice.what.severity() > Severity::Info);
        let changed = review.effort.segments.iter().filter(|segment| segment.before != segment.after);
        Self {
            review,
            origin: clean(review.origin.as_str()),
            states: states(review.states.iter().copied()),
            facts: facts(&review.effort),
            worth: worth.into_iter().map(Told::notice).collect(),
            rest: rest.into_iter().map(Told::notice).collect(),
            remarks: review.remarks.iter().map(remark).collect(),
            findings: review.findings.iter().map(Told::finding).collect(),
            changes: changed.map(Change::of).collect(),
        }
    }

    fn dir(lang: Lang) -> &'static str {
        if lang.is_rtl() { "rtl" } else { "ltr" }
    }
}

fn facts(effort: &Effort) -> Vec<String> {
    let words = |of: fn(&BackendEffort) -> usize| effort.backends.iter().map(of).sum();
    vec![
        format!("{} looked at", count(effort.segments.len(), "segment")),
        format!("{} of the words changed", percent(words(|it| it.words.edits), words(|it| it.words.length))),
    ]
}

/// The segment of a note, who left it, and what it says.
fn remark((segment, remark): &(SegmentId, Remark)) -> [String; 3] {
    [segment.to_string(), clean(remark.from.as_deref().unwrap_or_default()), clean(&remark.text)]
}

impl<'a> Told<'a> {
    fn finding((segment, finding): &'a (SegmentId, Finding)) -> Self {
        Self {
            class: class(finding.severity),
            what: format!("{} {}", finding.severity, finding.code),
            about: segment.as_str(),
            detail: clean(&finding.message),
        }
    }

    fn notice(notice: &'a Notice) -> Self {
        Self {
            class: class(notice.what.severity()),
            what: notice.what.said().to_owned(),
            about: notice.segment.as_ref().map_or(&notice.unit, |segment| &segment.0),
            detail: clean(&notice.detail),
        }
    }
}

impl<'a> Change<'a> {
    fn of(segment: &'a SegmentEffort) -> Self {
        let piece = |piece| match piece {
            Piece::Same(text) => ("", clean(&text)),
            Piece::Cut(text) => ("del", clean(&text)),
            Piece::Put(text) => ("ins", clean(&text)),
        };
        Self {
            segment: segment.segment.as_str(),
            distance: format!("{}\u{A0}%", segment.words.percent()),
            class: segment.words.class(),
            source: clean(&segment.source),
            pieces: diff::words(&segment.before, &segment.after).into_iter().map(piece).collect(),
        }
    }
}

fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// A text that a page can hold.
fn clean(text: &str) -> String {
    text.chars().map(fit).collect()
}
