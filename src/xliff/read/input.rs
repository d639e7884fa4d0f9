//! Bytes of an XML document to checked UTF-8, block by block, with the line at hand.
//!
//! Laws: what comes out is valid UTF-8 and only characters that XML 1.0 allows; a wrong byte is refused, never replaced,
//! and all before it is handed on first, so that the line is that of the wrong byte; no more than two blocks are held.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How much is read at a time, in bytes.
const BLOCK: usize = 64 * 1024;

/// How far into a document its declaration is looked for, in bytes.
const DECLARATION: usize = 1024;

/// How long a tag, a text or a comment may be, in bytes.
pub(in crate::xliff) const PIECE: usize = 8 * 1024 * 1024;

/// What is wrong with the bytes of a document, at the line where its [`Input`] stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(in crate::xliff) enum Fault {
    /// They are not in the encoding of this name.
    #[error("not valid {0}")]
    Encoding(&'static str),
    /// XML does not allow the character of this number.
    #[error("the character U+{0:04X}, which XML does not allow")]
    Character(u32),
    /// A piece is longer than [`PIECE`].
    #[error("a tag or text is longer than {PIECE} bytes")]
    TooLarge,
}

/// A document as a reader of XML takes it: a source of UTF-8 that knows its line.
pub(in crate::xliff) struct Input<R> {
    bytes: Bytes<R>,
    /// Turns what is read into UTF-8, where it is not.
    decoder: Option<Decoder>,
    /// UTF-8: what is `start..end` was checked and not taken yet, what is `end..filled` is the beginning of a character.
    block: Vec<u8>,
    start: usize,
    end: usize,
    filled: usize,
    begun: bool,
    fault: Option<Fault>,
    /// How many line breaks were taken up to the byte `counted` of the block.
    breaks: usize,
    counted: usize,
    /// How many bytes of the current tag or text were taken.
    piece: usize,
}

/// Where the bytes come from, and those not decoded yet.
struct Bytes<R> {
    source: R,
    ended: bool,
    /// What was read and not decoded yet is `start..end`; empty where the document is UTF-8.
    raw: Vec<u8>,
    start: usize,
    end: usize,
}

impl<R: Read> Input<R> {
    /// Reads from `source`, in UTF-8, UTF-16 or the encoding that the XML declaration names.
    pub(in crate::xliff) fn new(source: R) -> Self {
        Self {
            bytes: Bytes { source, ended: false, raw: Vec::new(), start: 0, end: 0 },
            decoder: None,
            block: vec![0; BLOCK],
            start: 0,
            end: 0,
            filled: 0,
            begun: false,
            fault: None,
            breaks: 0,
            counted: 0,
            piece: 0,
        }
    }

    /// The line of what comes next, from 1.
    pub(in crate::xliff) fn line(&mut self) -> usize {
        self.breaks += memchr::memchr_iter(b'\n', &self.block[self.counted..self.start]).count();
        self.counted = self.start;
        self.breaks + 1
    }

    /// Says that a tag or text begins here.
    pub(in crate::xliff) fn begin_piece(&mut self) {
        self.piece = 0;
    }

    /// Passes over text up to the next tag or reference.
    pub(in crate::xliff) fn skip_text(&mut self) -> io::Result<()> {
        loop {
            let rest = self.fill_buf()?;
            let (text, done) = match memchr::memchr2(b'<', b'&', rest) {
                Some(at) => (at, true),
                None => (rest.len(), rest.is_empty()),
            };
            self.consume(text);
            self.begin_piece();
            if done {
                return Ok(());
            }
        }
    }

    /// Makes `start..end` the next characters; leaves it empty at the end.
    fn fill(&mut self) -> io::Result<()> {
        if !self.begun {
            self.begin()?;
        }
        while self.start == self.end {
            if let Some(fault) = self.fault {
                return Err(fault.into());
            }
            if self.piece > PIECE {
                return Err(Fault::TooLarge.into());
            }
            if self.is_finished() {
                break;
            }
            self.line();
            if self.decoder.is_some() { self.decode()? } else { self.read()? }
        }
        Ok(())
    }

    fn is_finished(&self) -> bool {
        self.bytes.ended && self.start == self.filled && self.bytes.start == self.bytes.end && self.decoder.is_none()
    }

    /// Reads enough to know the encoding, by byte order mark, by how `<?` is written, by declaration; else UTF-8.
    fn begin(&mut self) -> io::Result<()> {
        while self.filled < DECLARATION && !self.bytes.ended {
            self.filled += self.bytes.read(&mut self.block[self.filled..])?;
        }
        self.begun = true;
        let head = &self.block[..self.filled];
        let (encoding, mark) = Encoding::for_bom(head).unwrap_or_else(|| (guessed(head), 0));
        if encoding == UTF_8 {
            self.start = mark;
            self.check_bytes();
        } else {
            (self.bytes.start, self.bytes.end) = (mark, self.filled);
            self.bytes.raw = self.block.clone();
            self.decoder = Some(encoding.new_decoder_without_bom_handling());
            self.filled = 0;
        }
        Ok(())
    }

    /// Reads a block of UTF-8.
    fn read(&mut self) -> io::Result<()> {
        self.block.copy_within(self.end..self.filled, 0);
        self.filled -= self.end;
        (self.start, self.end, self.counted) = (0, 0, 0);
        let read = self.bytes.read(&mut self.block[self.filled..])?;
        self.filled += read;
        if read == 0 && self.filled > 0 {
            self.fault = Some(Fault::Encoding(UTF_8.name()));
        } else {
            self.check_bytes();
        }
        Ok(())
    }

    /// Finds how far `start..filled` is sound UTF-8.
    fn check_bytes(&mut self) {
        self.end = self.filled;
        if let Err(error) = std::str::from_utf8(&self.block[self.start..self.filled]) {
            self.end = self.start + error.valid_up_to();
            self.fault = error.error_len().map(|_| Fault::Encoding(UTF_8.name()));
        }
        self.check_characters();
    }

    /// Finds how far `start..end` is characters that XML allows.
    fn check_characters(&mut self) {
        if let Some((at, code)) = forbidden(&self.block[self.start..self.end]) {
            self.end = self.start + at;
            self.fault = Some(Fault::Character(code));
        }
    }

    /// Reads and decodes a block that is not UTF-8.
    fn decode(&mut self) -> io::Result<()> {
        let Some(decoder) = &mut self.decoder else { return Ok(()) };
        let bytes = &mut self.bytes;
        if bytes.start == bytes.end && !bytes.ended {
            bytes.refill()?;
        }
        let rest = &bytes.raw[bytes.start..bytes.end];
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(rest, &mut self.block, bytes.ended);
        bytes.start += read;
        (self.start, self.end, self.filled) = (0, written, written);
        self.counted = 0;
        match result {
            DecoderResult::Malformed(..) => self.fault = Some(Fault::Encoding(decoder.encoding().name())),
            // The decoder may not be asked again once it has seen the end.
            DecoderResult::InputEmpty if bytes.ended => self.decoder = None,
            DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
        }
        self.check_characters();
        Ok(())
    }
}

impl<R: Read> BufRead for Input<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            self.fill()?;
        }
        Ok(&self.block[self.start..self.end])
    }

    fn consume(&mut self, amount: usize) {
        self.start += amount;
        self.piece += amount;
    }
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: Read> Bytes<R> {
    /// Reads some bytes; none at the end.
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = loop {
            match self.source.read(into) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
        self.ended = read == 0;
        Ok(read)
    }

    /// Reads the next bytes to decode.
    fn refill(&mut self) -> io::Result<()> {
        let mut raw = std::mem::take(&mut self.raw);
        let read = self.read(&mut raw);
        (self.raw, self.start) = (raw, 0);
        self.end = read?;
        Ok(())
    }
}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        Self::new(io::ErrorKind::InvalidData, fault)
    }
}

/// The first character in `utf8` that XML does not allow: its byte and its number.
fn forbidden(utf8: &[u8]) -> Option<(usize, u32)> {
    let control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    // Without a way out of the loop, it is compiled to a comparison of many bytes at a time.
    let any = |chunk: &[u8]| chunk.iter().fold(false, |any, byte| any | control(byte));
    let chunk = utf8.chunks(256).position(any).map(|chunk| chunk * 256);
    let control = chunk.and_then(|from| Some(from + utf8[from..].iter().position(control)?));
    let control = control.map(|at| (at, u32::from(utf8[at])));
    // U+FFFE and U+FFFF.
    let last = |at: &usize| utf8[*at..].starts_with(&[0xEF, 0xBF]) && utf8[at + 2] >= 0xBE;
    let last = memchr::memchr_iter(0xEF, utf8).find(last).map(|at| (at, 0xFF40 + u32::from(utf8[at + 2])));
    [control, last].into_iter().flatten().min()
}

/// The encoding of a document without a byte order mark.
fn guessed(head: &[u8]) -> &'static Encoding {
    match head {
        [b'<', 0, b'?', 0, ..] => UTF_16LE,
        [0, b'<', 0, b'?', ..] => UTF_16BE,
        _ => declared(head).unwrap_or(UTF_8),
    }
}

/// The encoding that the XML declaration names. A declaration that is read byte by byte is not UTF-16, whatever it says.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = std::str::from_utf8(head.split(|byte| *byte == b'>').next()?).ok()?;
    let value = head.strip_prefix("<?xml")?.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|char| matches!(char, '"' | '\''))?;
    let label = value[1..].split(quote).next()?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a few bytes at a time.
    struct Trickle<'a>(&'a [u8], usize);

    impl Read for Trickle<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let some = self.1.min(into.len()).min(self.0.len());
            into[..some].copy_from_slice(&self.0[..some]);
            self.0 = &self.0[some..];
            Ok(some)
        }
    }

    /// Asserts that `bytes` are read as `expected`, however they arrive.
    #[track_caller]
    fn decoded(bytes: &[u8], expected: &str) {
        for some in [1, 2, 3, 1000, BLOCK] {
            let mut text = String::new();
            Input::new(Trickle(bytes, some)).read_to_string(&mut text).expect("readable");
            assert!(text == expected, "{some} at a time: {text:.200}");
        }
    }

    /// Asserts that reading `bytes` ends at `line` with `expected`, after all that stands before.
    #[track_caller]
    fn refused(bytes: &[u8], line: usize, expected: &str) {
        for some in [1, 2, 3, 1000, BLOCK] {
            let mut input = Input::new(Trickle(bytes, some));
            let error = io::copy(&mut input, &mut io::sink()).expect_err("refused");
            assert_eq!((input.line(), error.to_string()), (line, expected.to_owned()));
        }
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn the_byte_order_mark_wins() {
        decoded(b"\xEF\xBB\xBF<a>\xC3\xA9</a>", "<a>\u{e9}</a>");
        decoded(b"\xFF\xFE<\0a\0/\0>\0", "<a/>");
        decoded(b"\xFE\xFF\0<\0a\0/\0>", "<a/>");
    }

    #[test]
    fn the_first_signs_tell_utf_16_without_a_mark() {
        let text = "<?xml version='1.0' encoding='utf-16'?><a>\u{1F600}</a>";
        decoded(&utf16(text, u16::to_le_bytes), text);
        decoded(&utf16(text, u16::to_be_bytes), text);
    }

    #[test]
    fn the_declaration_comes_next() {
        let latin = b"<?xml version='1.0' encoding = 'iso-8859-1'?><a>\xE9</a>";
        decoded(latin, "<?xml version='1.0' encoding = 'iso-8859-1'?><a>\u{e9}</a>");
        let lying = b"<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>\xC3\xA9</a>";
        decoded(lying, "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>\u{e9}</a>");
        let chinese = b"<?xml version='1.0' encoding='gb18030'?><a>\xD6\xD0</a>";
        decoded(chinese, "<?xml version='1.0' encoding='gb18030'?><a>\u{4e2d}</a>");
        decoded(b"", "");
    }

    #[test]
    fn characters_over_the_border_of_a_block_are_whole() {
        for shift in 0..4 {
            let text = format!("{}{}", " ".repeat(shift), "a\u{4e2d}\u{1F600}".repeat(20_000));
            decoded(text.as_bytes(), &text);
            decoded(&utf16(&format!("\u{FEFF}{text}"), u16::to_le_bytes), &text);
        }
    }

    #[test]
    fn broken_bytes_are_refused_where_they_stand() {
        refused(b"<a>\xFF</a>", 1, "not valid UTF-8");
        refused(&[&b"\n".repeat(100_000), &b"\xC3"[..]].concat(), 100_001, "not valid UTF-8");
        refused(b"\xFF\xFE<\0\n\0a", 2, "not valid UTF-16LE");
        refused(b"\xFF\xFE\n\0\x00\xD8a\0", 2, "not valid UTF-16LE");
        refused(b"<?xml version='1.0' encoding='shift_jis'?>\n\x81", 2, "not valid Shift_JIS");
    }

    #[test]
    fn characters_that_xml_does_not_allow_are_refused_where_they_stand() {
        refused(b"<a>\n\x01</a>\n", 2, "the character U+0001, which XML does not allow");
        refused("<a>\n\n\u{FFFF}</a>".as_bytes(), 3, "the character U+FFFF, which XML does not allow");
        refused("\u{FFFE}".as_bytes(), 1, "the character U+FFFE, which XML does not allow");
        refused(b"\xFF\xFE\n\0\x02\0", 2, "the character U+0002, which XML does not allow");
        decoded("\t\r\n \u{7F}\u{FFFD}\u{F0FF}".as_bytes(), "\t\r\n \u{7F}\u{FFFD}\u{F0FF}");
    }

    #[test]
    fn a_piece_has_a_limit_and_text_passed_over_has_none() {
        let long = [&b"<a>"[..], &vec![b' '; PIECE + BLOCK], b"<b>"].concat();
        let mut input = Input::new(long.as_slice());
        input.skip_text().expect("at a tag");
        input.consume(3);
        input.skip_text().expect("at a tag");
        assert!(input.fill_buf().expect("a tag").starts_with(b"<b>"));
        let mut whole = Input::new(long.as_slice());
        assert_eq!(
            io::copy(&mut whole, &mut io::sink()).expect_err("refused").to_string(),
            Fault::TooLarge.to_string()
        );
    }
}
