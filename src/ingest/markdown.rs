//! Reads Markdown (`CommonMark` with tables and strikethrough) with front matter.
//!
//! ```text
//!  ---                      front matter: title, date, source, section, place, lang, url
//!  title: A headline
//!  ---
//!  # A headline             a heading of the first rank above the text is the headline, the others are subheads
//! ```
//! Tables become a paragraph for each cell, raw HTML is read as HTML, code blocks are cut.

use pulldown_cmark::{Event, HeadingLevel, Options as Extensions, Parser, Tag, TagEnd};

use super::draft::Draft;
use super::inline::{Inline, fold};
use super::{Error, Source, html, published};
use crate::model::{BlockKind, MarkKind, Metadata};

/// Whether a text of unknown name looks like Markdown: front matter or a heading at its very top.
pub(super) fn sniff(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("# ") || (text.starts_with("---\n") && text[4..].contains("\n---\n"))
}

/// Reads a Markdown text.
pub(super) fn read(source: &Source<'_>) -> Result<Draft, Error> {
    source.check_lines()?;
    let extensions =
        Extensions::ENABLE_TABLES | Extensions::ENABLE_STRIKETHROUGH | Extensions::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader {
        source,
        draft: Draft::default(),
        inline: Inline::default(),
        within: Vec::new(),
        raw: None,
        counted: (0, 1),
    };
    for (event, range) in Parser::new_ext(source.text, extensions).into_offset_iter() {
        reader.event(event, range.start)?;
    }
    reader.flush();
    let mut draft = reader.draft;
    if !source.options.keep_furniture {
        draft.cut_furniture_blocks();
    }
    Ok(draft)
}

/// What encloses the text that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Heading(HeadingLevel),
    Quote,
    Item { numbered: bool },
    List { numbered: bool },
    Caption,
}

/// Text that is not read as Markdown, collected until its end.
#[derive(Debug)]
struct Raw {
    text: String,
    start: usize,
}

struct Reader<'a> {
    source: &'a Source<'a>,
    draft: Draft,
    inline: Inline,
    within: Vec<Within>,
    raw: Option<Raw>,
    /// Up to which byte lines were counted, and the number of the line there.
    counted: (usize, usize),
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, at: usize) -> Result<(), Error> {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag)?,
            Event::Text(text) | Event::Html(text) => match &mut self.raw {
                Some(raw) => raw.text.push_str(&text),
                None => self.inline.text(&text),
            },
            Event::Code(text) => {
                self.inline.open(MarkKind::Code);
                self.inline.text(&text);
                self.inline.close();
            }
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => self.inline.line_break(),
            Event::HardBreak => self.inline.line_break(),
            Event::SoftBreak => self.inline.text(" "),
            Event::Rule => self.flush(),
            // Other raw tags are dropped and the text between them is kept; the rest are extensions that are off.
            Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag<'_>, at: usize) {
        match tag {
            Tag::Strong => self.inline.open(MarkKind::Bold),
            Tag::Emphasis => self.inline.open(MarkKind::Italic),
            Tag::Link { dest_url, .. } => self.inline.open(MarkKind::Link { href: dest_url.to_string() }),
            Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.flush();
                self.raw = Some(Raw { text: String::new(), start: at });
            }
            Tag::Heading { level, .. } => self.enter(Within::Heading(level)),
            Tag::BlockQuote(_) => self.enter(Within::Quote),
            Tag::List(first) => self.enter(Within::List { numbered: first.is_some() }),
            Tag::Item => {
                let numbered = matches!(self.within.last(), Some(Within::List { numbered: true }));
                self.enter(Within::Item { numbered });
            }
            Tag::Image { .. } => self.enter(Within::Caption),
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), Error> {
        match tag {
            TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link => self.inline.close(),
            TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                let raw = self.raw.take();
                return raw.map_or(Ok(()), |raw| self.raw(tag, &raw));
            }
            TagEnd::Heading(_) | TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::Image => {
                self.flush();
                self.within.pop();
            }
            _ => self.flush(),
        }
        Ok(())
    }

    fn enter(&mut self, within: Within) {
        self.flush();
        self.within.push(within);
    }

    /// Ends the block that is being read.
    fn flush(&mut self) {
        let kind = self.kind();
        for text in self.inline.take() {
            if kind == BlockKind::Headline {
                self.draft.metadata.title.get_or_insert_with(|| text.plain().replace('\n', " "));
            }
            self.draft.block(kind, text);
        }
    }

    fn kind(&self) -> BlockKind {
        match self.within.last() {
            Some(Within::Heading(HeadingLevel::H1)) if self.draft.is_above_text() => BlockKind::Headline,
            Some(Within::Heading(_)) => BlockKind::Subhead,
            Some(Within::Quote) => BlockKind::Quote,
            Some(Within::Item { numbered: true } | Within::List { numbered: true }) => BlockKind::Numbered,
            Some(Within::Item { .. } | Within::List { .. }) => BlockKind::Bullet,
            Some(Within::Caption) => BlockKind::Caption,
            None => BlockKind::Paragraph,
        }
    }

    /// The number of the line at byte `at`; each is asked after the ones before it, so that lines are counted once.
    fn line(&mut self, at: usize) -> usize {
        let (from, number) = self.counted;
        let number = number + self.source.text[from..at].matches('\n').count();
        self.counted = (at, number);
        number
    }

    fn raw(&mut self, tag: TagEnd, raw: &Raw) -> Result<(), Error> {
        let line = self.line(raw.start);
        match tag {
            TagEnd::MetadataBlock(_) => front_matter(&raw.text, &mut self.draft.metadata),
            TagEnd::HtmlBlock => self.draft.blocks.extend(html::fragment(self.source, &raw.text)?),
            _ if self.source.options.keep_furniture => self.draft.block(BlockKind::Paragraph, fold(&raw.text)),
            _ => self.draft.cut_region(Some(line), &raw.text, "code"),
        }
        Ok(())
    }
}

/// Takes down the facts of `key: value` lines; what is no such line is passed over.
fn front_matter(text: &str, metadata: &mut Metadata) {
    for (key, value) in entries(text) {
        let value = fold(&unquoted(value.trim()));
        if value.is_empty() || key.starts_with('#') {
            continue;
        }
        match key.trim().to_lowercase().as_str() {
            "title" | "headline" => metadata.title = Some(value),
            "date" | "published" | "pubdate" => metadata.published = Some(published::iso(&value).unwrap_or(value)),
            "source" | "agency" | "publisher" => metadata.source = Some(value),
            "place" | "location" | "dateline" => metadata.place = Some(value),
            "section" | "category" => metadata.section = Some(value),
            "lang" | "language" => metadata.language = value.parse().ok(),
            "url" | "link" | "canonical" => metadata.url = Some(value),
            _ => {}
        }
    }
}

/// The keys of the first rank and their values, of which indented lines go on with one begun on the line of its key.
fn entries(text: &str) -> Vec<(&str, String)> {
    let mut entries: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        if !line.starts_with([' ', '\t']) {
            entries.extend(line.split_once(':').map(|(key, value)| (key, value.trim().to_owned())));
        } else if let Some((_, value)) = entries.last_mut().filter(|(_, value)| !value.is_empty()) {
            if matches!(value.as_str(), "|" | "|-" | "|+" | ">" | ">-" | ">+") {
                value.clear();
            }
            value.push(' ');
            value.push_str(line.trim());
        }
    }
    entries
}

/// A YAML scalar without its quotation marks and what escapes marks in it.
fn unquoted(value: &str) -> String {
    let within = |quote| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    let double = within('"').map(|inner| inner.replace("\\\"", "\""));
    double.or_else(|| within('\'').map(|inner| inner.replace("''", "'"))).unwrap_or_else(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Options, article};
    use crate::model::{Article, Origin};

    #[track_caller]
    fn parsed(text: &str) -> Article {
        article(Origin::file("a.md".as_ref()), text.as_bytes(), &Options::default()).expect("an article")
    }

    #[track_caller]
    fn reads(text: &str, blocks: &[(BlockKind, &str)]) {
        let article = parsed(text);
        let found: Vec<_> = article.blocks.iter().map(|block| (block.kind, block.text.plain())).collect();
        assert_eq!(found, blocks, "{text}");
    }

    #[test]
    fn blocks_are_told_apart() {
        reads(
            "# Talks\n\nMinisters  met\nin *Lisbon*.\\\nThey spoke.\n\n## Trade\n\n- tariffs\n  1. steel\n- quotas\n\n> A start.\n",
            &[
                (BlockKind::Headline, "Talks"),
                (BlockKind::Paragraph, "Ministers met in Lisbon.\nThey spoke."),
                (BlockKind::Subhead, "Trade"),
                (BlockKind::Bullet, "tariffs"),
                (BlockKind::Numbered, "steel"),
                (BlockKind::Bullet, "quotas"),
                (BlockKind::Quote, "A start."),
            ],
        );
    }

    #[test]
    fn pictures_tables_and_raw_tags_keep_their_words() {
        reads(
            "See <u>this</u> ![The hall](a.png) now.\n\n| a | b |\n|---|---|\n| c | d |\n\n<div>Raw <b>text</b></div>\n",
            &[
                (BlockKind::Paragraph, "See this"),
                (BlockKind::Caption, "The hall"),
                (BlockKind::Paragraph, "now."),
                (BlockKind::Paragraph, "a"),
                (BlockKind::Paragraph, "b"),
                (BlockKind::Paragraph, "c"),
                (BlockKind::Paragraph, "d"),
                (BlockKind::Paragraph, "Raw text"),
            ],
        );
    }

    #[test]
    fn a_picture_or_a_breadcrumb_may_stand_above_the_headline() {
        let text = "[Home](/) > [World](/w)\n\n![The hall](a.png)\n\n# Talks open\n\nThey talk.\n\n# Part two\n\nThey go on.\n";
        reads(
            text,
            &[
                (BlockKind::Headline, "Talks open"),
                (BlockKind::Caption, "The hall"),
                (BlockKind::Paragraph, "They talk."),
                (BlockKind::Subhead, "Part two"),
                (BlockKind::Paragraph, "They go on."),
            ],
        );
        assert_eq!(parsed(text).head.metadata.section.as_deref(), Some("World"));
    }

    #[test]
    fn front_matter_is_read_as_yaml_writes_it() {
        let title = |matter: &str| parsed(&format!("---\n{matter}\nlang: pt\n---\n\nText.\n")).head.metadata.title;
        for matter in [
            "title: \"Minister: \\\"We agree\\\"\"",
            "title: 'Minister: \"We agree\"'",
            "title: >-\n  Minister:\n  \"We agree\"",
            "title: Minister:\n  \"We agree\"",
        ] {
            assert_eq!(title(matter).as_deref(), Some("Minister: \"We agree\""), "{matter}");
        }
        assert_eq!(title("author:\n  title: Dr").as_deref(), None);
    }

    #[test]
    fn marks_are_numbered_and_nested() {
        let article = parsed("A **bold _and italic_** [link](http://example.org) and `code`.");
        let marks: Vec<_> = article.blocks[0].text.marks().iter().map(|mark| (mark.id, mark.kind.clone())).collect();
        let link = MarkKind::Link { href: "http://example.org".to_owned() };
        assert_eq!(marks, [(1, MarkKind::Bold), (2, MarkKind::Italic), (3, link), (4, MarkKind::Code)]);
    }

    #[test]
    fn front_matter_is_metadata_and_code_is_cut() {
        let article = parsed(
            "---\ntitle: \"Talks: day two\"\ndate: 24 July 2020\nlang: pt-BR\n---\n\nText.\n\n```\nlet x;\n```\n",
        );
        assert_eq!(article.head.metadata.title.as_deref(), Some("Talks: day two"));
        assert_eq!(article.head.metadata.published.as_deref(), Some("2020-07-24"));
        assert_eq!(article.head.metadata.language.map(|lang| lang.to_string()).as_deref(), Some("pt-BR"));
        assert_eq!(article.head.cut[0].line, Some(9));
        assert_eq!((article.head.cut[0].why.as_str(), article.blocks.len()), ("code", 2));
    }
}
