//! What the elements of a page are: text, block, furniture or nothing to read.

use dom_query::NodeRef;

use crate::model::MarkKind;

/// Elements that hold no text for readers, or say again how a word of it is read.
#[rustfmt::skip]
const UNREAD: &[&str] = &[
    "script", "style", "template", "noscript", "head", "svg", "math", "iframe", "object", "embed", "canvas",
    "audio", "video", "select", "datalist", "textarea", "input", "button", "rt", "rp",
];

/// Elements that begin and end a block.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "form", "fieldset",
    "address", "figure", "figcaption", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption",
    "thead", "tbody", "tfoot", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "body",
    "html", "details", "summary", "hgroup", "center",
];

/// Furniture by element or ARIA role.
#[rustfmt::skip]
const FURNITURE: &[(&str, &str)] = &[
    ("nav", "navigation"), ("aside", "sidebar"), ("footer", "footer"), ("form", "form"), ("dialog", "dialog"),
    ("menu", "navigation"), ("navigation", "navigation"), ("complementary", "sidebar"),
    ("contentinfo", "footer"), ("search", "form"), ("banner", "page header"), ("alert", "dialog"),
];

/// Furniture by a word of its class or id.
#[rustfmt::skip]
const NAMES: &[(&str, &str)] = &[
    ("share", "share line"), ("sharing", "share line"), ("sharebar", "share line"), ("social", "share line"),
    ("addthis", "share line"), ("bdsharebuttonbox", "share line"), ("related", "related news"),
    ("recommended", "related news"), ("recommend", "related news"), ("recirc", "related news"),
    ("trending", "related news"), ("mostread", "related news"), ("xgxw", "related news"),
    ("readmore", "related news"), ("breadcrumb", "breadcrumb"), ("breadcrumbs", "breadcrumb"),
    ("crumbs", "breadcrumb"), ("crumb", "breadcrumb"), ("newsletter", "newsletter"),
    ("subscribe", "newsletter"), ("subscription", "newsletter"), ("paywall", "newsletter"),
    ("advert", "advertisement"), ("advertisement", "advertisement"), ("ad", "advertisement"),
    ("ads", "advertisement"), ("sponsored", "advertisement"), ("promo", "advertisement"), ("cookie", "dialog"),
    ("cookies", "dialog"), ("popup", "dialog"), ("modal", "dialog"), ("comments", "comments"),
    ("disqus", "comments"), ("sidebar", "sidebar"), ("navbar", "navigation"), ("nav", "navigation"),
    ("menu", "navigation"), ("skip", "navigation"), ("copyright", "copyright line"), ("tags", "tags"),
];

/// Elements that are the page or its article and never furniture, whatever their names say.
const NEVER: &[&str] = &["html", "body", "main", "article", "p", "h1", "h2", "h3", "blockquote"];

/// Whether nothing in `node` is text for readers: scripts, styles, what is hidden.
pub(super) fn is_unread(node: &NodeRef<'_>, name: &str) -> bool {
    UNREAD.contains(&name)
        || node.has_attr("hidden")
        || node.attr("aria-hidden").is_some_and(|value| &*value == "true")
        || node.attr("style").is_some_and(|style| style.replace(' ', "").to_ascii_lowercase().contains("display:none"))
}

/// Whether `name` begins and ends a block.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Why `node` is furniture, if its element or role says so.
pub(super) fn furniture_by_kind(node: &NodeRef<'_>, name: &str) -> Option<&'static str> {
    if let Some(why) = look_up(FURNITURE, name) {
        return Some(why);
    }
    if name == "header" {
        let is_page = node.ancestors_it(None).all(|outer| !outer.has_name("article") && !outer.has_name("main"));
        // A header with paragraphs is that of the article.
        let is_bare = node.descendants_it().all(|inner| !inner.has_name("p"));
        return (is_page && is_bare).then_some("page header");
    }
    if NEVER.contains(&name) {
        return None;
    }
    node.attr("role").and_then(|role| look_up(FURNITURE, &role))
}

/// Why `node` is furniture, if a word of its class or id says so.
pub(super) fn furniture_by_name(node: &NodeRef<'_>, name: &str) -> Option<&'static str> {
    if NEVER.contains(&name) {
        return None;
    }
    let classes = node.attr("class");
    let classes = classes.iter().flat_map(|classes| classes.split_ascii_whitespace());
    // Long names are phrases: the id of a chapter is made of the words of its heading.
    let id = node.attr("id");
    let short = |name: &&str| name.split(|c: char| !c.is_ascii_alphanumeric()).count() <= 3;
    let mut words =
        classes.chain(id.as_deref()).filter(short).flat_map(|name| name.split(|c: char| !c.is_ascii_alphanumeric()));
    words.find_map(|word| look_up(NAMES, &word.to_ascii_lowercase()))
}

fn look_up(table: &[(&str, &'static str)], key: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == key).map(|(_, why)| *why)
}

/// The inline mark that `node` puts on its text.
pub(super) fn mark(node: &NodeRef<'_>, name: &str) -> Option<MarkKind> {
    match name {
        "b" | "strong" => Some(MarkKind::Bold),
        "i" | "em" | "cite" | "dfn" => Some(MarkKind::Italic),
        "code" | "kbd" | "samp" | "tt" => Some(MarkKind::Code),
        "a" => node.attr("href").map(|href| MarkKind::Link { href: href.trim().to_owned() }),
        _ => None,
    }
}
