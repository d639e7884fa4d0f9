//! Reads what a page says of itself: its head, JSON-LD, Open Graph and the usual elements.

use dom_query::Document;
use serde_json::Value;

use crate::ingest::draft::same_words;
use crate::ingest::inline::fold;
use crate::ingest::published;
use crate::model::Metadata;

/// Where each fact is looked for, surest first: a CSS selector and the attribute that says it, or the text.
const PUBLISHED: &[(&str, &str)] = &[
    ("meta[property='article:published_time']", "content"),
    ("meta[name='publishdate'], meta[name='pubdate'], meta[name='date'], meta[itemprop=datePublished]", "content"),
    ("article time[datetime], main time[datetime], time[itemprop=datePublished]", "datetime"),
    ("time[datetime]", "datetime"),
];
const SOURCE: &[(&str, &str)] =
    &[("meta[property='og:site_name']", "content"), ("meta[name='application-name']", "content")];
const SECTION: &[(&str, &str)] =
    &[("meta[property='article:section']", "content"), ("meta[name='section']", "content")];
const URL: &[(&str, &str)] = &[("link[rel=canonical]", "href"), ("meta[property='og:url']", "content")];
const LANGUAGE: &[(&str, &str)] = &[("html[lang]", "lang"), ("meta[http-equiv='content-language' i]", "content")];
const TITLE: &[(&str, &str)] =
    &[("meta[property='og:title']", "content"), ("meta[name='twitter:title']", "content"), ("title", TEXT)];
/// Stands for an element's text in place of an attribute.
const TEXT: &str = "";

/// The types of schema.org that are articles end like this.
const ARTICLE_TYPE: &str = "Article";
/// What parts a title from the name of the site.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " · ", "_", "-", "|"];

/// Reads the page's metadata.
pub(super) fn read(page: &Document) -> Metadata {
    let linked = linked_data(page);
    let said = |path: &[&str]| linked.as_ref().and_then(|article| string(article, path));
    let source = first(page, SOURCE).or_else(|| said(&["publisher", "name"]));
    Metadata {
        title: title(page, said(&["headline"]), source.as_deref()),
        published: said(&["datePublished"]).or_else(|| first(page, PUBLISHED)).and_then(|date| published::iso(&date)),
        place: said(&["dateline"]).filter(|dateline| dateline.chars().count() <= 40),
        section: first(page, SECTION).or_else(|| said(&["articleSection"])),
        language: first(page, LANGUAGE)
            .or_else(|| said(&["inLanguage"]))
            .and_then(|tag| tag.replace('_', "-").parse().ok()),
        url: first(page, URL).or_else(|| said(&["url"])),
        source,
    }
}

fn first(page: &Document, places: &[(&str, &str)]) -> Option<String> {
    places.iter().find_map(|(selector, attribute)| {
        let found = page.select(selector);
        let values = found.nodes().iter().map(|node| match *attribute {
            TEXT => node.text(),
            attribute => node.attr_or(attribute, ""),
        });
        values.map(|value| fold(&value)).find(|value| !value.is_empty())
    })
}

/// The title: as the page's only `h1` has it if a title begins like that, else without the name of the site.
fn title(page: &Document, linked: Option<String>, site: Option<&str>) -> Option<String> {
    let headings = page.select("h1");
    let heading = (headings.length() == 1).then(|| fold(&headings.text())).filter(|heading| !heading.is_empty());
    let titles: Vec<String> =
        linked.into_iter().chain(TITLE.iter().filter_map(|place| first(page, &[*place]))).collect();
    let is_start = |heading: &String| {
        titles
            .iter()
            .any(|title| same_words(title, heading) || title.to_lowercase().starts_with(&heading.to_lowercase()))
    };
    if let Some(heading) = heading.clone().filter(is_start) {
        return Some(heading);
    }
    titles.first().map(|title| without_site(title, site)).or(heading)
}

/// Cuts the site's name off a title: the last part, if it is the name or the title is clearly longer.
fn without_site(title: &str, site: Option<&str>) -> String {
    for separator in SEPARATORS {
        let Some((before, after)) = title.rsplit_once(separator) else { continue };
        let is_site = site.is_some_and(|site| same_words(site, after));
        let spaced = separator.starts_with(' ');
        let is_short = spaced && after.chars().count() <= 25 && before.chars().count() >= 2 * after.chars().count();
        if (is_site || is_short) && !before.trim().is_empty() {
            return before.trim().to_owned();
        }
    }
    title.to_owned()
}

/// The article that the page describes in JSON-LD.
fn linked_data(page: &Document) -> Option<Value> {
    let scripts = page.select("script[type='application/ld+json']");
    let mut values = scripts.nodes().iter().filter_map(|script| serde_json::from_str(&script.text()).ok());
    values.find_map(article_in)
}

fn article_in(value: Value) -> Option<Value> {
    let is_article = |kind: &Value| kind.as_str().is_some_and(|kind| kind.ends_with(ARTICLE_TYPE) || kind == "Report");
    match value {
        Value::Array(values) => values.into_iter().find_map(article_in),
        Value::Object(mut object) => {
            let holds = match object.get("@type") {
                Some(Value::Array(kinds)) => kinds.iter().any(is_article),
                Some(kind) => is_article(kind),
                None => false,
            };
            if holds { Some(Value::Object(object)) } else { article_in(object.remove("@graph")?) }
        }
        _ => None,
    }
}

/// The string at `path`; of a list, the first.
fn string(value: &Value, path: &[&str]) -> Option<String> {
    match value {
        Value::Array(values) => values.iter().find_map(|value| string(value, path)),
        Value::String(text) if path.is_empty() => Some(fold(text)).filter(|text| !text.is_empty()),
        Value::Object(object) => string(object.get(*path.first()?)?, &path[1..]),
        _ => None,
    }
}
