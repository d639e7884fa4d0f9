//! An article as it was read: what it says of itself, its blocks, and what was cut off as furniture.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Lang, Text};

/// A news article in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// What is known of it besides its text.
    pub head: Head,
    /// The text, headline first where there is one; no block is empty.
    pub blocks: Vec<Block>,
}

/// What is known of an article besides its text. Every later form of the article carries it along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Where it was read.
    pub origin: Origin,
    /// The name of the input form: `plain`, `markdown`, `html`.
    pub format: String,
    /// The character encoding it was decoded from, by its WHATWG name: `UTF-8`, `gb18030`.
    pub encoding: String,
    /// SHA-256 of the bytes read, in lower-case hexadecimal.
    pub sha256: String,
    /// What the article says of itself.
    pub metadata: Metadata,
    /// Furniture that was taken off: navigation, teasers, share lines.
    pub cut: Vec<Cut>,
}

/// Where an article was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Origin(String);

/// What an article says of itself; a field it does not say is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The headline as plain text.
    pub title: Option<String>,
    /// When it was published, as ISO 8601 with as much as the article gives: `2020-07-24T10:35:00`.
    pub published: Option<String>,
    /// The agency or paper: `Xinhua`.
    pub source: Option<String>,
    /// The place of its dateline: `BEIJING`.
    pub place: Option<String>,
    /// The section it stood in: `World`.
    pub section: Option<String>,
    /// The language it claims to be in.
    pub language: Option<Lang>,
    /// Its own address.
    pub url: Option<String>,
}

/// A block of an article: a paragraph, a headline, an item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// What it says; a `\n` is a line break its author set.
    pub text: Text,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The article's headline.
    Headline,
    /// A heading inside the article.
    Subhead,
    /// A paragraph.
    Paragraph,
    /// An item of a bulleted list.
    Bullet,
    /// An item of a numbered list.
    Numbered,
    /// A quotation set apart.
    Quote,
    /// The caption of a picture.
    Caption,
}

/// Something that stood around the article and was taken off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// Line of the input where it stood, from 1, where the form has lines.
    pub line: Option<usize>,
    /// The words that were cut.
    pub text: String,
    /// Why, in a word or two: `breadcrumb`, `related news`, `navigation`.
    pub why: String,
}

impl Origin {
    /// Names a file as its user did, with `/` between folders on every system.
    #[must_use]
    pub fn file(path: &std::path::Path) -> Self {
        Self(path.to_string_lossy().replace('\\', "/"))
    }

    /// The name, for people and for outputs.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file's name without folders and extension; never empty.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.0.rsplit('/').find(|part| !part.is_empty()).unwrap_or("article");
        name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
