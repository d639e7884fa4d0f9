//! What a reader makes of a text, before the rules that hold for every form are applied.

use super::furniture::{self, Sieve};
use super::{dateline, inline};
use crate::model::{Block, BlockKind, Cut, Metadata, Text};

/// An article in the making.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) metadata: Metadata,
    pub(super) blocks: Vec<Block>,
    pub(super) cut: Vec<Cut>,
}

/// How many paragraphs from the top may hold the dateline: a summary often stands before it.
const DATELINE_WITHIN: usize = 3;

impl Draft {
    /// Adds a block, unless it says nothing.
    pub(super) fn block(&mut self, kind: BlockKind, text: impl Into<Text>) {
        let text = text.into();
        if !text.plain().is_empty() {
            self.blocks.push(Block { kind, text });
        }
    }

    /// Lists something that was cut, unless it says nothing.
    pub(super) fn cut(&mut self, line: Option<usize>, text: &str, why: &str) {
        let text = inline::fold(text);
        if !text.is_empty() {
            self.cut.push(Cut { line, text, why: why.to_owned() });
        }
    }

    /// Lists the beginning of something long that was cut: a menu, a listing.
    pub(super) fn cut_region(&mut self, line: Option<usize>, text: &str, why: &str) {
        const LISTED_CHARS: usize = 200;
        let text = inline::fold(text);
        match text.char_indices().nth(LISTED_CHARS) {
            Some((end, _)) => self.cut(line, &format!("{}…", text[..end].trim_end()), why),
            None => self.cut(line, &text, why),
        }
    }

    /// Cuts furniture out of blocks that were found by markup and not by line.
    pub(super) fn cut_furniture_blocks(&mut self) {
        let mut sieve = Sieve::default();
        let mut at_top = true;
        for mut block in std::mem::take(&mut self.blocks) {
            self.cut_end_mark(&mut block);
            let text = block.text.plain();
            at_top &= !furniture::is_sentence(text);
            let is_kept = matches!(block.kind, BlockKind::Headline | BlockKind::Caption);
            let head = if at_top && !is_kept { self.head_line(text) } else { None };
            match head.or_else(|| sieve.why(text)) {
                Some(why) if !is_kept => self.cut(None, text, why),
                _ => self.blocks.push(block),
            }
        }
    }

    /// Takes the mark of an agency off the end of a block.
    fn cut_end_mark(&mut self, block: &mut Block) {
        let text = block.text.plain();
        let Some(at) = furniture::end_mark(text) else { return };
        self.cut(None, &text[at..], furniture::END_MARK);
        block.text = block.text.slice(0..text[..at].trim_end().len());
    }

    /// Why a line above the text is furniture, its facts taken down.
    pub(super) fn head_line(&mut self, line: &str) -> Option<&'static str> {
        let metadata = &mut self.metadata;
        if let Some(section) = furniture::breadcrumb(line) {
            metadata.section = metadata.section.take().or(section);
            return Some("breadcrumb");
        }
        if let Some(date) = furniture::date_line(line) {
            metadata.published.get_or_insert(date.published);
            metadata.source = metadata.source.take().or(date.source);
            return Some("date line");
        }
        if let Some(name) = furniture::source_line(line) {
            metadata.source.get_or_insert_with(|| name.to_owned());
            return Some("source line");
        }
        if metadata.title.is_some() && furniture::is_byline(line) {
            return Some("byline");
        }
        // A list of teasers above the headline has no end that could be told.
        Sieve::default().why(line).filter(|why| *why != furniture::RELATED)
    }

    /// Applies what holds for every form: the dateline says place and source, and a known title stands first.
    pub(super) fn finish(&mut self) {
        let paragraphs = self.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
        if let Some(dateline) = paragraphs.take(DATELINE_WITHIN).find_map(|block| dateline::find(block.text.plain())) {
            self.metadata.place.get_or_insert(dateline.place);
            if let Some(source) = dateline.source {
                self.metadata.source.get_or_insert(source);
            }
        }
        self.put_headline();
    }

    /// Whether what was read so far is neither headline nor text, as breadcrumbs and pictures above the headline.
    pub(super) fn is_above_text(&self) -> bool {
        let is_above = |block: &Block| {
            block.kind == BlockKind::Caption
                || block.kind == BlockKind::Paragraph && !furniture::is_sentence(block.text.plain())
        };
        self.blocks.len() < DATELINE_WITHIN && self.blocks.iter().all(is_above)
    }

    /// Whether there is text besides the headline.
    pub(super) fn has_body(&self) -> bool {
        self.blocks.iter().any(|block| block.kind != BlockKind::Headline)
    }

    fn put_headline(&mut self) {
        let marked = self.blocks.first().filter(|block| block.kind == BlockKind::Headline);
        let marked = marked.map(|block| block.text.plain().to_owned());
        for block in self.blocks.iter_mut().filter(|block| block.kind == BlockKind::Headline) {
            block.kind = BlockKind::Subhead;
        }
        let Some(title) = self.metadata.title.take().or(marked.clone()) else { return };
        let is_title = |block: &Block| same_words(block.text.plain(), &title);
        let at_top = self.blocks.iter().take(DATELINE_WITHIN).position(is_title);
        // A page's head often has a shorter or longer title; readers see the one in the text.
        let variant = || marked.is_some_and(|marked| is_variant(&marked, &title)).then_some(0);
        let mut headline = match at_top.or_else(variant) {
            Some(at) => self.blocks.remove(at),
            None => Block { kind: BlockKind::Headline, text: Text::from(title) },
        };
        headline.kind = BlockKind::Headline;
        self.metadata.title = Some(headline.text.plain().replace('\n', " "));
        self.blocks.insert(0, headline);
    }
}

/// Whether a marked headline can be the title in other words; a label such as `News` is none.
fn is_variant(marked: &str, title: &str) -> bool {
    2 * marked.chars().count() >= title.chars().count()
}

/// Whether two texts are the same but for case, white space and punctuation.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    let words =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    a == b || (words(a) == words(b) && !words(a).is_empty())
}
