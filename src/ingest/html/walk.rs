//! Walks a page in reading order and makes blocks of the text that is taken, cuts of what is not.

use dom_query::{Document, NodeRef};

use super::content::Choice;
use super::elements;
use crate::ingest::draft::{Draft, same_words};
use crate::ingest::furniture;
use crate::ingest::inline::{Inline, fold};
use crate::model::BlockKind;

/// Adds the page's blocks and cuts to `draft`. The tree is no deeper than the parser lets it, so recursion is safe.
pub(super) fn walk(page: &Document, choice: &Choice, draft: &mut Draft) {
    let mut walk = Walk { choice, draft, inline: Inline::default(), left: String::new() };
    walk.children(&page.root(), BlockKind::Paragraph);
    walk.flush(BlockKind::Paragraph);
    walk.flush_left();
}

struct Walk<'a> {
    choice: &'a Choice,
    draft: &'a mut Draft,
    inline: Inline,
    /// Text that is not taken, until the next that is.
    left: String,
}

impl Walk<'_> {
    fn children(&mut self, node: &NodeRef<'_>, kind: BlockKind) {
        for child in node.children_it(false) {
            if child.is_text() {
                self.text(node, &child.text());
            } else if let Some(name) = child.node_name().filter(|_| child.is_element()) {
                self.element(&child, &name, kind);
            }
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, name: &str, kind: BlockKind) {
        if elements::is_unread(node, name) {
            return;
        }
        if let Some(why) = self.choice.furniture(node) {
            self.flush(kind);
            self.flush_left();
            return self.draft.cut_region(None, &words(node), why);
        }
        if name == "br" {
            return self.inline.line_break();
        }
        if let Some(mark) = elements::mark(node, name) {
            self.inline.open(mark);
            self.children(node, kind);
            return self.inline.close();
        }
        if !elements::is_block(name) {
            return self.children(node, kind);
        }
        self.flush(kind);
        let inner = self.kind(node, name, kind);
        self.children(node, inner);
        self.flush(inner);
    }

    fn text(&mut self, owner: &NodeRef<'_>, text: &str) {
        if text.trim().is_empty() || self.choice.takes(owner) || self.is_title(owner) {
            self.inline.text(text);
        } else {
            self.left.push_str(text);
            self.read_date(text);
        }
    }

    /// The date below the headline is often left out with what is around the article.
    fn read_date(&mut self, line: &str) {
        let is_below = self.draft.blocks.last().is_some_and(|block| block.kind == BlockKind::Headline);
        if let Some(date) = furniture::date_line(&fold(line)).filter(|_| is_below) {
            self.draft.metadata.published.get_or_insert(date.published);
        }
    }

    /// The library takes the title off the article; it is no furniture.
    fn is_title(&self, owner: &NodeRef<'_>) -> bool {
        let Some(title) = self.draft.metadata.title.as_ref().filter(|_| self.draft.blocks.is_empty()) else {
            return false;
        };
        let heading = std::iter::once(*owner).chain(owner.ancestors_it(Some(3))).find(|node| node.has_name("h1"));
        heading.is_some_and(|heading| same_words(title, &heading.text()))
    }

    fn kind(&self, node: &NodeRef<'_>, name: &str, outer: BlockKind) -> BlockKind {
        match name {
            "h1" if self.draft.blocks.is_empty() => BlockKind::Headline,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Subhead,
            "li" if node.parent().is_some_and(|list| list.has_name("ol")) => BlockKind::Numbered,
            "li" => BlockKind::Bullet,
            "blockquote" => BlockKind::Quote,
            "figcaption" | "caption" => BlockKind::Caption,
            _ => outer,
        }
    }

    /// Ends the block that is being read.
    fn flush(&mut self, kind: BlockKind) {
        let texts = self.inline.take();
        if !texts.is_empty() {
            self.flush_left();
        } else if !self.left.is_empty() {
            self.left.push(' ');
        }
        for text in texts {
            if kind == BlockKind::Headline {
                self.draft.metadata.title.get_or_insert_with(|| text.plain().replace('\n', " "));
            }
            self.draft.block(kind, text);
        }
    }

    fn flush_left(&mut self) {
        let left = std::mem::take(&mut self.left);
        self.draft.cut_region(None, &left, "outside the article");
    }
}

/// What a reader sees of `node`, a space between its parts.
fn words(node: &NodeRef<'_>) -> String {
    let mut words = String::new();
    let mut ahead = vec![*node];
    while let Some(node) = ahead.pop() {
        let name = node.node_name();
        if node.is_text() {
            words.push_str(&node.text());
            words.push(' ');
        } else if name.is_none_or(|name| !elements::is_unread(&node, &name)) {
            ahead.extend(node.children_it(true));
        }
    }
    words
}
