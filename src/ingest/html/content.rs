//! Chooses which elements of a page are the article.
//!
//! Furniture that calls itself so goes first. Then `dom_smoothie`, a port of Mozilla's Readability, scores the rest.
//! Every element with text of its own is numbered in an attribute that the library carries through, so that its
//! answer is read off our own tree. Losing a paragraph is worse than keeping a stray line: what a page itself marks as
//! its article is taken but for boxes of links, and elsewhere sentences between those that the library takes are kept.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::Readability;

use super::elements;
use crate::ingest::furniture;
use crate::model::guarded;

/// The attribute that carries an element's number through the library.
const NUMBER: &str = "data-chancery";
/// How much of the page's text furniture may hold, in percent; what holds more is misnamed.
const FURNITURE_PERCENT: usize = 50;

/// What of a page is taken.
pub(super) struct Choice {
    /// Elements that are cut with all they hold, and why.
    furniture: HashMap<NodeId, &'static str>,
    /// Elements whose own text is taken; all where absent.
    taken: Option<HashSet<NodeId>>,
}

impl Choice {
    /// Takes all text.
    pub(super) fn everything() -> Self {
        Self { furniture: HashMap::new(), taken: None }
    }

    /// Why the element is cut with all it holds.
    pub(super) fn furniture(&self, node: &NodeRef<'_>) -> Option<&'static str> {
        self.furniture.get(&node.id).copied()
    }

    /// Whether the element's own text is taken.
    pub(super) fn takes(&self, node: &NodeRef<'_>) -> bool {
        self.taken.as_ref().is_none_or(|taken| taken.contains(&node.id))
    }
}

/// Chooses the article of a page.
pub(super) fn choose(page: &Document) -> Choice {
    let furniture = furniture(page);
    let pruned = page.clone();
    for node in pruned.root().descendants() {
        if furniture.contains_key(&node.id) {
            node.remove_from_parent();
        }
    }
    let owners = owners(&pruned);
    let by_library = ask_library(&pruned, &owners).unwrap_or_default();
    let taken = match (marked_article(&pruned, &owners), common_root(&owners, &by_library)) {
        (Some(article), _) if by_library.is_empty() => article,
        (Some(article), _) => {
            let mut boxes = by_block(is_linked);
            let left_out = owners.iter().filter(|node| !by_library.contains(&node.id));
            let dropped: HashSet<NodeId> = left_out.filter(|node| boxes(node)).map(|node| node.id).collect();
            article.difference(&dropped).copied().collect()
        }
        (None, Some(root)) => rescue(&owners, by_library, root),
        (None, None) if by_library.is_empty() => owners.iter().map(|node| node.id).collect(),
        (None, None) => by_library,
    };
    Choice { furniture, taken: Some(taken) }
}

/// The outermost elements that are furniture by their own word.
fn furniture(page: &Document) -> HashMap<NodeId, &'static str> {
    let Some(body) = page.body() else { return HashMap::new() };
    let whole = visible_length(&body);
    let mut found = HashMap::new();
    let mut ahead = vec![body];
    while let Some(node) = ahead.pop() {
        let Some(name) = node.node_name() else { continue };
        // Some sites wrap the whole page in a form, or call it `related`.
        let is_part = || 100 * visible_length(&node) <= FURNITURE_PERCENT * whole;
        let by_kind =
            elements::furniture_by_kind(&node, &name).filter(|_| matches!(&*name, "nav" | "footer") || is_part());
        let by_name = || {
            elements::furniture_by_name(&node, &name)
                .filter(|why| is_part() && (*why == "comments" || !is_prose(&node)))
        };
        match by_kind.or_else(by_name) {
            Some(why) => _ = found.insert(node.id, why),
            None => ahead.extend(node.children_it(false).filter(NodeRef::is_element)),
        }
    }
    found
}

/// Whether an element holds several paragraphs of sentences, which no box of links does.
fn is_prose(node: &NodeRef<'_>) -> bool {
    let is_paragraph = |node: &NodeRef<'_>| {
        node.has_name("p") && visible_length(node) >= 40 && furniture::is_sentence(&node.text()) && !is_linked(node)
    };
    node.descendants_it().filter(is_paragraph).take(3).count() == 3
}

/// How many characters of a node readers see.
fn visible_length(node: &NodeRef<'_>) -> usize {
    let mut length = 0;
    let mut ahead = vec![*node];
    while let Some(node) = ahead.pop() {
        if node.is_text() {
            length += node.normalized_char_count();
        } else if node.node_name().is_none_or(|name| !elements::is_unread(&node, &name)) {
            ahead.extend(node.children_it(false));
        }
    }
    length
}

/// The elements with own text in the longest `<article>`, or in `<main>`, where that is most of the page's text.
fn marked_article(page: &Document, owners: &[NodeRef<'_>]) -> Option<HashSet<NodeId>> {
    let whole: usize = owners.iter().map(own_length).sum();
    for name in ["article", "[role=article]", "[itemprop=articleBody]", "main", "[role=main]"] {
        let marked = page.select(name);
        let within = |root: &NodeRef<'_>| -> HashSet<NodeId> {
            let inner: HashSet<NodeId> = root.descendants_it().map(|node| node.id).chain([root.id]).collect();
            owners.iter().map(|node| node.id).filter(|id| inner.contains(id)).collect()
        };
        // A list page has an article for each teaser, and none of them is the page.
        let longest = marked.nodes().iter().take(8).map(within).max_by_key(|ids| length(owners, ids));
        if let Some(ids) = longest.filter(|ids| 2 * length(owners, ids) >= whole) {
            return Some(ids);
        }
    }
    None
}

/// The elements with own text that the library takes; nothing where it finds no article.
///
/// It panicked on one of 2,221 real pages, which is no reason for us to.
fn ask_library(page: &Document, owners: &[NodeRef<'_>]) -> Option<HashSet<NodeId>> {
    for (number, node) in owners.iter().enumerate() {
        node.set_attr(NUMBER, &number.to_string());
    }
    let copy = page.clone();
    let content = guarded(|| {
        let article = Readability::with_document(copy, None, None).ok()?.parse().ok()?;
        Some(article.content)
    });
    let content = Document::fragment(content.ok()??);
    let numbered = content.select(&format!("[{NUMBER}]"));
    let numbers = numbered.nodes().iter().filter_map(|node| node.attr(NUMBER)?.parse::<usize>().ok());
    let taken = numbers.filter_map(|number| owners.get(number)).map(|node| node.id).collect();
    // The library makes an element of its own for words that stand in no element but the body.
    (2 * length(owners, &taken) >= content.root().normalized_char_count()).then_some(taken)
}

/// Adds prose inside `root` that the library left out: sentences in paragraphs that are no links.
fn rescue(owners: &[NodeRef<'_>], mut taken: HashSet<NodeId>, root: NodeId) -> HashSet<NodeId> {
    let mut prose = by_block(|block| {
        let is_paragraph = block.has_name("p") || block.has_name("blockquote");
        is_paragraph && furniture::is_sentence(&block.text()) && !is_linked(block)
    });
    let within = owners.iter().filter(|node| node.ancestors_it(None).any(|outer| outer.id == root));
    taken.extend(within.filter(|node| prose(node)).map(|node| node.id));
    taken
}

/// Answers `judge` for the block an element stands in, asking once for each block however much stands in it.
fn by_block<'a>(judge: impl Fn(&NodeRef<'a>) -> bool) -> impl FnMut(&NodeRef<'a>) -> bool {
    let mut known: HashMap<NodeId, bool> = HashMap::new();
    move |node| {
        let block = block(node);
        *known.entry(block.id).or_insert_with(|| judge(&block))
    }
}

/// The block that an element stands in, which may be itself.
fn block<'a>(node: &NodeRef<'a>) -> NodeRef<'a> {
    let is_block = |outer: &NodeRef<'_>| outer.node_name().is_some_and(|name| elements::is_block(&name));
    std::iter::once(*node).chain(node.ancestors_it(None)).find(is_block).unwrap_or(*node)
}

/// The innermost element that holds all that is taken, if that is not the whole page.
fn common_root(owners: &[NodeRef<'_>], taken: &HashSet<NodeId>) -> Option<NodeId> {
    let mut taken = owners.iter().filter(|node| taken.contains(&node.id));
    let first = taken.next()?;
    let around_last: HashSet<NodeId> = taken.next_back()?.ancestors_it(None).map(|outer| outer.id).collect();
    let root = first.ancestors_it(None).find(|outer| around_last.contains(&outer.id))?;
    (!root.has_name("body")).then_some(root.id)
}

/// Whether all text of a block is links.
fn is_linked(block: &NodeRef<'_>) -> bool {
    block.descendants_it().filter(owns_text).all(|node| node.has_name("a")) && !owns_text(block)
}

/// The elements with text of their own that readers see, in reading order.
fn owners(page: &Document) -> Vec<NodeRef<'_>> {
    let mut owners = Vec::new();
    let mut ahead = vec![page.root()];
    while let Some(node) = ahead.pop() {
        if node.node_name().is_some_and(|name| elements::is_unread(&node, &name)) {
            continue;
        }
        if owns_text(&node) {
            owners.push(node);
        }
        ahead.extend(node.children_it(true));
    }
    owners
}

fn owns_text(node: &NodeRef<'_>) -> bool {
    node.is_element() && node.children_it(false).any(|child| child.is_nonempty_text())
}

fn own_length(node: &NodeRef<'_>) -> usize {
    node.children_it(false).filter(NodeRef::is_text).map(|child| child.normalized_char_count()).sum()
}

fn length(owners: &[NodeRef<'_>], ids: &HashSet<NodeId>) -> usize {
    owners.iter().filter(|node| ids.contains(&node.id)).map(own_length).sum()
}
