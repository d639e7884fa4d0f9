//! Parses a page into a tree that is safe to walk: neither too deep nor too large.
//!
//! HTML lets markup nest without end, and the standard's algorithm then takes time that grows with the square of the
//! depth. So the page is fed in small steps, and now and then its depth is looked at.

use dom_query::Document;
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document, tree_builder::TreeBuilderOpts};

use crate::ingest::{Error, Source};

/// The deepest nest that is read; real pages stay under 60.
const MAX_DEPTH: usize = 256;
/// The most nodes that are read; real pages stay under 20,000.
const MAX_NODES: usize = 200_000;
/// How many new nodes call for a look at the depth.
const LOOK_EVERY: usize = 2048;
/// The most attributes of one tag; real pages stay under 50. Parsers compare each with each.
const MAX_ATTRIBUTES: usize = 1000;
/// How much is parsed at a time, in bytes.
const STEP: usize = 1024;

/// Parses the page.
pub(super) fn document(source: &Source<'_>) -> Result<Document, Error> {
    let refuse = |what, limit| Error::TooComplex { origin: source.origin.clone(), what, limit };
    if has_attribute_flood(source.text) {
        return Err(refuse("a tag with very many attributes", MAX_ATTRIBUTES));
    }
    let refuse_deep = |page: &Document| {
        if is_deep(page) { Err(refuse("markup nested very deep", MAX_DEPTH)) } else { Ok(()) }
    };
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let mut parser = parse_document(Document::default(), ParseOpts { tree_builder, ..ParseOpts::default() });
    let mut rest = source.text;
    let mut look_at = LOOK_EVERY;
    while !rest.is_empty() {
        let (step, after) = rest.split_at(rest.floor_char_boundary(STEP));
        parser.process(step.into());
        rest = after;
        let page = &parser.tokenizer.sink.sink;
        if page.tree.len() > MAX_NODES {
            return Err(refuse("very many elements", MAX_NODES));
        }
        if page.tree.len() > look_at {
            look_at = page.tree.len() + LOOK_EVERY;
            refuse_deep(page)?;
        }
    }
    let page = parser.finish();
    refuse_deep(&page)?;
    Ok(page)
}

fn is_deep(page: &Document) -> bool {
    let mut ahead = vec![(page.root(), 0)];
    while let Some((node, depth)) = ahead.pop() {
        if depth > MAX_DEPTH {
            return true;
        }
        ahead.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    false
}

/// Whether a tag has a flood of attributes: counted by white space, which parts them, outside quotes.
fn has_attribute_flood(html: &str) -> bool {
    let mut tag = None;
    let mut quote = None;
    for byte in html.bytes() {
        match (tag, quote, byte) {
            (Some(_), Some(open), _) if byte == open => quote = None,
            (Some(_), None, b'"' | b'\'') => quote = Some(byte),
            (_, None, b'>') => tag = None,
            (Some(count), None, b' ' | b'\n' | b'\t' | b'/') if count > MAX_ATTRIBUTES => return true,
            (Some(count), None, b' ' | b'\n' | b'\t' | b'/') => tag = Some(count + 1),
            (None, None, b'<') => tag = Some(0),
            _ => {}
        }
    }
    false
}
