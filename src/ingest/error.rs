//! Why an article could not be read.

use super::Place;
use crate::model::Origin;

/// Why an article could not be read; each names the file and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such file.
    #[error("{origin}: no such file; check the path")]
    Missing {
        /// The file.
        origin: Origin,
    },
    /// It is a folder, a pipe or a device.
    #[error("{origin}: is no regular file; name a file")]
    NotAFile {
        /// The path.
        origin: Origin,
    },
    /// The system does not let it be read.
    #[error("{origin}: cannot be read; check its permissions")]
    Unreadable {
        /// The file.
        origin: Origin,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is larger than `max_bytes`.
    #[error("{origin}: has {bytes} bytes, more than the limit of {limit}; split it or raise `max_bytes`")]
    TooLarge {
        /// The file.
        origin: Origin,
        /// Its size in bytes; of a file that grew while it was read, what was seen of it.
        bytes: u64,
        /// The largest size that is read, in bytes.
        limit: u64,
    },
    /// It holds nothing but white space.
    #[error("{origin}: is empty; there is no text to translate")]
    Empty {
        /// The file.
        origin: Origin,
    },
    /// It is no text.
    #[error("{origin}: is no text ({saw}); export it as plain text, Markdown or HTML")]
    Binary {
        /// The file.
        origin: Origin,
        /// What tells: `a PDF document`, `a NUL byte at byte 17`.
        saw: String,
    },
    /// The forced encoding is unknown.
    #[error("{origin}: `{label}` is no encoding; use a WHATWG label such as `utf-8`, `gb18030` or `windows-1251`")]
    UnknownEncoding {
        /// The file.
        origin: Origin,
        /// The label given.
        label: String,
    },
    /// Some bytes stand for no character.
    #[error(
        "{origin}: byte {offset} is not {encoding}, the {how} encoding; mend the file or set `encoding` to its true one"
    )]
    Undecodable {
        /// The file.
        origin: Origin,
        /// The encoding that was tried, by its WHATWG name.
        encoding: &'static str,
        /// Where the encoding came from: `forced`, `marked`, `likely`.
        how: &'static str,
        /// Byte offset of the first bad byte, from 0.
        offset: usize,
    },
    /// A block or line is longer than `max_block_chars`.
    #[error(
        "{origin}: {place} has {chars} characters, more than the limit of {limit}; break it into paragraphs or raise `max_block_chars`"
    )]
    TooLong {
        /// The file.
        origin: Origin,
        /// The line or block.
        place: Place,
        /// Its length in characters.
        chars: usize,
        /// The greatest length that is read, in characters.
        limit: usize,
    },
    /// Markup that no page of news has and that costs a parser too much: a deep nest, a flood of attributes.
    #[error("{origin}: has {what}, more than the limit of {limit}; remove the broken markup")]
    TooComplex {
        /// The file.
        origin: Origin,
        /// What there is too much of.
        what: &'static str,
        /// How much is read.
        limit: usize,
    },
    /// Nothing but furniture was found.
    #[error(
        "{origin}: no article text is left after {cut} pieces of furniture were cut; check the file or set `keep_furniture`"
    )]
    NoArticle {
        /// The file.
        origin: Origin,
        /// How many pieces were cut.
        cut: usize,
    },
}
