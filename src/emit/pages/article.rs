//! The bilingual page of an article.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use super::labels::{Labels, labels};
use super::review::Notice;
use super::rows::{self, Row};
use super::{STYLE, direction, inline, names, render};
use crate::emit::Facts;
use crate::emit::report::findings;
use crate::model::{BlockKind, Lang, Metadata, Outcome, Severity, Translation};

/// How many characters of a sentence are quoted for the editors.
const QUOTED: usize = 140;

/// Where a page leads, relative to itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// The list of articles.
    pub index: Option<String>,
    /// The XLIFF of the same translation.
    pub xliff: Option<String>,
}

/// Writes the bilingual page of `translation`.
#[must_use]
pub fn article(translation: &Translation, links: &Links, facts: &Facts) -> String {
    let head = &translation.document.head;
    let labels = labels(translation.target);
    let mut headline = rows::rows(translation, labels);
    let rows = headline.split_off(usize::from(headline.first().is_some_and(|row| row.tag == "h1")));
    let page = ArticlePage {
        source: Language::of(translation.document.language),
        target: Language::of(translation.target),
        title: title(translation),
        style: STYLE,
        pairs: rows::pairs(translation),
        tool_version: &facts.tool_version,
        links,
        labels,
        said: &head.metadata,
        date: head.metadata.published.as_deref().map(readable_date).unwrap_or_default(),
        original: head.metadata.url.as_deref().and_then(inline::live),
        headline,
        rows,
        notice: Notice::of(translation, labels),
        terms: terms(translation),
        desk: desk(translation, labels),
        origin: head.origin.as_str(),
        sha256: &head.sha256,
    };
    render(&page)
}

#[derive(Template)]
#[template(path = "article.html", config = "src/emit/pages/askama.toml")]
struct ArticlePage<'a> {
    source: Language,
    target: Language,
    title: String,
    style: &'static str,
    pairs: String,
    tool_version: &'a str,
    links: &'a Links,
    labels: &'static Labels,
    said: &'a Metadata,
    date: String,
    original: Option<&'a str>,
    /// The row of the headline, or none.
    headline: Vec<Row>,
    rows: Vec<Row>,
    notice: Notice<'a>,
    terms: Vec<Term>,
    desk: Vec<DeskItem>,
    origin: &'a str,
    sha256: &'a str,
}

/// A language as a page names it.
struct Language {
    lang: Lang,
    dir: &'static str,
    name: String,
}

/// A term of the article and its rendering.
struct Term {
    term: String,
    rendering: String,
}

/// Something for the editors to look at.
struct DeskItem {
    segment: String,
    class: &'static str,
    lang: &'static str,
    what: String,
    message: String,
    quote: String,
}

impl Language {
    fn of(lang: Lang) -> Self {
        Self { lang, dir: direction(lang), name: names::name(lang) }
    }
}

/// The title of the window: the translated headline, else what the article calls itself.
fn title(translation: &Translation) -> String {
    let headline = translation.document.passages.iter().find(|passage| passage.kind == BlockKind::Headline);
    let rendered = headline.and_then(|passage| {
        passage.segments.iter().map(|unit| Some(unit.rendered()?.plain())).collect::<Option<Vec<_>>>()
    });
    let said = &translation.document.head.metadata.title;
    rendered.map(|sentences| sentences.join(" ")).or_else(|| said.clone()).unwrap_or_else(|| translation.slug.clone())
}

/// The date and minute of an ISO 8601 time, without a zone.
fn readable_date(published: &str) -> String {
    let minute = published.get(..16).unwrap_or(published);
    minute.replacen('T', " ", 1)
}

/// The terms that have a rendering, each once, in the order of the article.
fn terms(translation: &Translation) -> Vec<Term> {
    let mut seen = BTreeSet::new();
    let fresh = translation.units().flat_map(|unit| &unit.terms).filter(|hit| seen.insert((&hit.concept, &hit.term)));
    fresh.filter_map(|hit| Some(Term { term: hit.term.clone(), rendering: hit.preferred()?.term.clone() })).collect()
}

/// The failed sentences in reading order, then the findings, worst first.
fn desk(translation: &Translation, labels: &Labels) -> Vec<DeskItem> {
    let quotes: BTreeMap<_, _> =
        translation.units().map(|unit| (&unit.segment.id, quote(unit.segment.text.plain()))).collect();
    let failed = translation.units().filter_map(|unit| match &unit.outcome {
        Outcome::Failed(failed) => Some(DeskItem {
            segment: unit.segment.id.to_string(),
            class: "error",
            lang: labels.lang,
            what: labels.not_translated.to_owned(),
            message: failed.to_string(),
            quote: quote(unit.segment.text.plain()),
        }),
        Outcome::Translated(_) | Outcome::Kept(_) => None,
    });
    let found = findings(translation).into_iter().map(|found| DeskItem {
        class: match found.finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        },
        lang: "en",
        what: format!("{} {}", found.finding.code, found.finding.severity),
        message: found.finding.message,
        quote: quotes.get(&found.segment).cloned().unwrap_or_default(),
        segment: found.segment.0,
    });
    failed.chain(found).collect()
}

/// The start of a sentence.
fn quote(plain: &str) -> String {
    match plain.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", plain[..end].trim_end()),
        None => plain.to_owned(),
    }
}
