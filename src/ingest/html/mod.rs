//! Reads web pages: clean ones, and ones with navigation and advertisements around the article.
//!
//! ```text
//!  page ─parse→ tree ─furniture→ what is cut ─content→ which elements are the article ─walk→ blocks
//! ```
//! The tree is parsed once and walked in its own order; the library that knows articles only says which elements
//! to take. So links, emphasis and line breaks arrive as the page has them, and what is not taken can be listed.
//! Scripts, styles and what is hidden is no text and is not listed.

mod content;
mod elements;
mod metadata;
mod parse;
mod walk;

use super::draft::Draft;
use super::{Error, Source};
use crate::model::Block;

/// Whether a text of unknown name looks like a page.
pub(super) fn sniff(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(64).collect::<String>().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<article", "<?xml", "<!--"].iter().any(|tag| start.starts_with(tag))
}

/// Reads a page.
pub(super) fn read(source: &Source<'_>) -> Result<Draft, Error> {
    let page = parse::document(source)?;
    let mut draft = Draft { metadata: metadata::read(&page), ..Draft::default() };
    if source.options.keep_furniture {
        walk::walk(&page, &content::Choice::everything(), &mut draft);
    } else {
        walk::walk(&page, &content::choose(&page), &mut draft);
        draft.cut_furniture_blocks();
    }
    Ok(draft)
}

/// Reads a piece of a page, such as the raw HTML in a Markdown text, and keeps all of its text.
pub(super) fn fragment(source: &Source<'_>, html: &str) -> Result<Vec<Block>, Error> {
    let page = parse::document(&Source { text: html, ..*source })?;
    let mut draft = Draft::default();
    walk::walk(&page, &content::Choice::everything(), &mut draft);
    Ok(draft.blocks)
}

#[cfg(test)]
mod tests;
