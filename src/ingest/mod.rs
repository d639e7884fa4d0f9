//! Reads an article: bytes of some encoding and some form become an [`Article`].
//!
//! ```text
//!  path ─load→ bytes ─decode→ text ─read (one row of ENTRIES)→ Draft ─finish→ Article
//! ```
//!
//! Laws:
//! - No input panics, and none takes more time or memory than its size allows: what is too large, too deep or
//!   no text is an [`Error`] that names the file and the place.
//! - Text is never guessed at: bytes that no encoding explains are an error, and U+FFFD is never put in for them.
//! - A block is never empty and holds no control character but `\n`.
//! - Furniture is only cut when it is known for what it is, and every cut is listed in the article's head.

mod dateline;
mod decode;
mod draft;
mod error;
mod furniture;
mod html;
mod inline;
mod markdown;
mod plain;
mod published;

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};

pub use error::Error;

use crate::model::{Article, Head, Origin, sha256};
use draft::Draft;

/// How articles are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// The largest file that is read, in bytes.
    pub max_bytes: u64,
    /// The longest block that is read, in characters; a longer one is no paragraph but damage.
    pub max_block_chars: usize,
    /// The encoding of every file, as a WHATWG label such as `utf-8`, `gb18030` or `windows-1251`; detected where absent.
    pub encoding: Option<String>,
    /// Whether navigation, teasers, share lines and the like stay in the text.
    pub keep_furniture: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { max_bytes: 32 * 1024 * 1024, max_block_chars: 100_000, encoding: None, keep_furniture: false }
    }
}

/// A form of input. Adding one is a file with a `read` function and a row in [`ENTRIES`].
struct Entry {
    /// The form's name in outputs.
    name: &'static str,
    /// File extensions that say so, in lower case.
    extensions: &'static [&'static str],
    /// Whether a text without such an extension looks like it.
    sniff: fn(&str) -> bool,
    /// Reads a text of this form.
    read: fn(&Source<'_>) -> Result<Draft, Error>,
}

/// The forms that are read; a text that no row claims is read as the last.
const ENTRIES: &[Entry] = &[
    Entry { name: "html", extensions: &["html", "htm", "xhtml"], sniff: html::sniff, read: html::read },
    Entry { name: "markdown", extensions: &["md", "markdown"], sniff: markdown::sniff, read: markdown::read },
    Entry { name: "plain", extensions: &["txt"], sniff: |_| true, read: plain::read },
];

/// The form of a text that no row claims.
const PLAIN: &Entry = &ENTRIES[ENTRIES.len() - 1];

/// A decoded text on its way into a [`Draft`].
struct Source<'a> {
    origin: &'a Origin,
    text: &'a str,
    options: &'a Options,
}

/// Reads the article in the file at `path`.
///
/// # Errors
/// When the file is missing, unreadable, no regular file or too large, or for the reasons of [`article`].
pub fn load(path: &Path, options: &Options) -> Result<Article, Error> {
    let origin = Origin::file(path);
    let unreadable = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Error::Missing { origin: origin.clone() },
        _ => Error::Unreadable { origin: origin.clone(), source: error },
    };
    let metadata = path.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(Error::NotAFile { origin });
    }
    // The size on disk is asked first so that a huge file is refused unread; a growing one is caught by `take`.
    check_size(&origin, metadata.len(), options)?;
    let mut bytes = Vec::new();
    let cap = options.max_bytes.saturating_add(1);
    File::open(path).and_then(|file| file.take(cap).read_to_end(&mut bytes)).map_err(unreadable)?;
    article(origin, &bytes, options)
}

/// Reads the article in `bytes`; `origin` names it, and its extension says what form it has.
///
/// # Errors
/// When the bytes are too many, no text, in no known encoding, or hold no article.
pub fn article(origin: Origin, bytes: &[u8], options: &Options) -> Result<Article, Error> {
    check_size(&origin, bytes.len() as u64, options)?;
    let decoded = decode::decode(&origin, bytes, options.encoding.as_deref())?;
    if decoded.text.trim().is_empty() {
        return Err(Error::Empty { origin });
    }
    let entry = form(&origin, &decoded.text);
    let source = Source { origin: &origin, text: &decoded.text, options };
    let mut draft = (entry.read)(&source)?;
    draft.finish();
    check_blocks(&draft, &source)?;
    let head = Head {
        format: entry.name.to_owned(),
        encoding: decoded.encoding.to_owned(),
        sha256: sha256(bytes),
        metadata: draft.metadata,
        cut: draft.cut,
        origin,
    };
    Ok(Article { head, blocks: draft.blocks })
}

/// Whether the name of `path` is that of an article; asked when a folder is read.
#[must_use]
pub fn is_article(path: &Path) -> bool {
    path.extension().and_then(|extension| entry(&extension.to_string_lossy().to_lowercase())).is_some()
}

/// The form of a text: as its name says, except that a page saved under a `.txt` name is still a page.
fn form(origin: &Origin, text: &str) -> &'static Entry {
    let named = extension(origin.as_str()).and_then(|extension| entry(&extension));
    let misnamed = |entry: &&Entry| entry.name == PLAIN.name && html::sniff(text);
    let sniffed = || ENTRIES.iter().find(|entry| (entry.sniff)(text)).unwrap_or(PLAIN);
    named.filter(|entry| !misnamed(entry)).unwrap_or_else(sniffed)
}

fn entry(extension: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.extensions.contains(&extension))
}

fn extension(name: &str) -> Option<String> {
    Path::new(name).extension().map(|extension| extension.to_string_lossy().to_lowercase())
}

fn check_size(origin: &Origin, bytes: u64, options: &Options) -> Result<(), Error> {
    if bytes > options.max_bytes {
        return Err(Error::TooLarge { origin: origin.clone(), bytes, limit: options.max_bytes });
    }
    Ok(())
}

fn check_blocks(draft: &Draft, source: &Source<'_>) -> Result<(), Error> {
    if !draft.has_body() {
        return Err(Error::NoArticle { origin: source.origin.clone(), cut: draft.cut.len() });
    }
    for (number, block) in (1..).zip(&draft.blocks) {
        source.check_length(block.text.plain(), Place::Block(number))?;
    }
    Ok(())
}

/// Where in an input something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A line, from 1.
    Line(usize),
    /// A block, from 1, where the form has no lines.
    Block(usize),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(number) => write!(f, "line {number}"),
            Self::Block(number) => write!(f, "block {number}"),
        }
    }
}

impl Source<'_> {
    /// Refuses a text whose lines are too long to be paragraphs, before anything costlier looks at it.
    fn check_lines(&self) -> Result<(), Error> {
        (1..).zip(self.text.lines()).try_for_each(|(number, line)| self.check_length(line, Place::Line(number)))
    }

    fn check_length(&self, text: &str, place: Place) -> Result<(), Error> {
        let limit = self.options.max_block_chars;
        // Bytes are at least as many as characters, so that a short text need not be counted.
        if text.len() > limit && text.chars().count() > limit {
            let chars = text.chars().count();
            return Err(Error::TooLong { origin: self.origin.clone(), place, chars, limit });
        }
        Ok(())
    }
}
