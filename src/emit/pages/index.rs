//! The list of a run's articles.

use askama::Template;

use super::{STYLE, direction, names, render};
use crate::emit::report::{ArticleRow, Form, ReviewCounts, RunReport, Status, count};
use crate::model::Lang;

/// What lies beside the XLIFF, and what the list calls it.
const BESIDE: [(Form, &str); 3] = [(Form::Tbx, "TBX"), (Form::Tsv, "TSV"), (Form::Tmx, "TMX")];

/// Writes the list of the articles of `run`, with links to the outputs by their paths.
#[must_use]
pub fn index(run: &RunReport) -> String {
    let totals = &run.totals;
    let summary = format!(
        "{}, {}",
        count(totals.articles - totals.unneeded, "article"),
        count(totals.segments.segments, "segment")
    );
    // What is in the target language already has no page to open.
    let listed = run.articles.iter().filter(|row| row.status != Status::Unneeded);
    let items: Vec<_> = listed.map(Item::of).collect();
    let reviewed = items.iter().any(|item| item.review.is_some());
    let page = IndexPage { run, style: STYLE, reviewed, summary, items };
    render(&page)
}

#[derive(Template)]
#[template(path = "index.html", config = "src/emit/pages/askama.toml")]
struct IndexPage<'a> {
    run: &'a RunReport,
    style: &'static str,
    /// Whether people looked at any article.
    reviewed: bool,
    summary: String,
    items: Vec<Item<'a>>,
}

/// An article in the list.
struct Item<'a> {
    title: &'a str,
    lang: Option<Lang>,
    dir: &'static str,
    class: &'static str,
    state: &'static str,
    facts: Vec<String>,
    review: Option<Progress>,
    page: Option<String>,
    xliff: Option<String>,
    /// What lies beside the XLIFF for the reviewer's tool: its name and address.
    beside: Vec<(&'static str, String)>,
}

/// How far the review of an article has come.
struct Progress {
    reviewed: usize,
    all: usize,
    /// What a person changed and approved, in words.
    more: Vec<String>,
}

impl Progress {
    /// Nothing where nobody looked.
    fn of(row: &ArticleRow) -> Option<Self> {
        let counts = row.reviewed;
        let more = [(counts.edited, "edited"), (counts.approved, "approved")];
        (counts != ReviewCounts::default()).then(|| Self {
            reviewed: counts.reviewed,
            all: row.counts.translated,
            more: more.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect(),
        })
    }
}

impl<'a> Item<'a> {
    fn of(row: &'a ArticleRow) -> Self {
        let (class, state) = match row.status {
            Status::Complete => ("good", "Complete"),
            Status::Partial => ("warning", "Partly translated"),
            Status::Failed => ("error", "Not translated"),
            Status::Unreadable => ("error", "Not read"),
            Status::Protected => ("warning", "Left as changed"),
            Status::Unneeded => ("complete", "Not needed"),
            Status::Unfinished => ("warning", "Unfinished"),
        };
        Self {
            title: row.title.as_deref().unwrap_or(row.origin.as_str()),
            // Without a title the list shows a path, which is in no language.
            lang: row.source.filter(|_| row.title.is_some()),
            dir: row.source.map_or("ltr", direction),
            class,
            state,
            facts: facts(row),
            review: Progress::of(row),
            page: row.output(Form::Page).map(address),
            xliff: row.output(Form::Xliff).map(address),
            beside: BESIDE.iter().filter_map(|(form, name)| Some((*name, address(row.output(*form)?)))).collect(),
        }
    }
}

fn facts(row: &ArticleRow) -> Vec<String> {
    if let Some(reason) = &row.reason {
        return vec![reason.clone()];
    }
    let mut facts = Vec::new();
    facts.extend(row.source.map(|source| format!("{} → {}", names::name(source), names::name(row.target))));
    let counts = &row.counts;
    facts.push(count(counts.segments, "segment"));
    facts.extend((counts.kept > 0).then(|| format!("{} kept", counts.kept)));
    facts.extend((counts.failed > 0).then(|| format!("{} not translated", counts.failed)));
    facts.extend((!row.findings.is_empty()).then(|| count(row.findings.len(), "finding")));
    facts
}

/// The address of a path beside the page: what would end a path or begin a scheme is spelt out.
fn address(path: &str) -> String {
    let spelt = path.replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    format!("./{spelt}")
}
