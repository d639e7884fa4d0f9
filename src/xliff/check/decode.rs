//! Bytes of a document to text, and the characters that XML forbids.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use super::report::Report;
use super::rules::{BYTE_ORDER_MARK, ENCODING, MALFORMED, NOT_UTF8};

/// How far into a document its declaration is looked for, in bytes.
const DECLARATION: usize = 200;

/// Decodes `bytes` as their byte order mark says, else as their XML declaration says, else as UTF-8. What is not in the
/// encoding becomes U+FFFD and is told.
pub(super) fn decode<'a>(bytes: &'a [u8], report: &mut Report) -> Cow<'a, str> {
    let mark = Encoding::for_bom(bytes);
    let (encoding, skipped) = mark.unwrap_or_else(|| (declared(bytes, report), 0));
    let (text, broken) = encoding.decode_without_bom_handling(&bytes[skipped..]);
    if broken {
        let at = text.find('\u{FFFD}').unwrap_or_default();
        report.tell(at, &ENCODING, format!("not valid {}: save it as UTF-8", encoding.name()));
    }
    if encoding != UTF_8 {
        report.tell(0, &NOT_UTF8, format!("in {}: save it as UTF-8, which all tools read", encoding.name()));
    } else if mark.is_some() {
        report.tell(0, &BYTE_ORDER_MARK, "begins with a byte order mark: leave it out");
    }
    if let Some(at) = forbidden(&text) {
        let char = text[at..].chars().next().unwrap_or_default();
        report.tell(
            at,
            &MALFORMED,
            format!("U+{:04X} is not allowed in XML: take it out, or write `cp`", u32::from(char)),
        );
    }
    text
}

/// The encoding that the XML declaration names. A declaration that is read byte by byte is not UTF-16, whatever it says.
fn declared(bytes: &[u8], report: &mut Report) -> &'static Encoding {
    let Some(label) = label(bytes) else { return UTF_8 };
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) if encoding.is_ascii_compatible() => encoding,
        Some(_) => UTF_8,
        None => {
            report.tell(0, &ENCODING, format!("the encoding `{label}` is not known: save it as UTF-8"));
            UTF_8
        }
    }
}

fn label(bytes: &[u8]) -> Option<&str> {
    let head = bytes.get(..DECLARATION.min(bytes.len()))?.split(|byte| *byte == b'>').next()?;
    let head = std::str::from_utf8(head).ok()?.strip_prefix("<?xml")?;
    let value = head.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|char| matches!(char, '"' | '\''))?;
    value[1..].split(quote).next()
}

/// Where the first character stands that XML 1.0 forbids.
pub(super) fn forbidden(text: &str) -> Option<usize> {
    let control = text.bytes().position(|byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r'));
    let unassigned =
        [&b"\xEF\xBF\xBE"[..], b"\xEF\xBF\xBF"].iter().filter_map(|it| memchr::memmem::find(text.as_bytes(), it)).min();
    match (control, unassigned) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(bytes: &[u8], text: &str, codes: &[&str]) {
        let mut report = Report::default();
        let decoded = decode(bytes, &mut report).into_owned();
        let found: Vec<_> = report.problems(&decoded).iter().map(|it| it.rule.code).collect();
        assert_eq!((decoded.as_str(), found.as_slice()), (text, codes));
    }

    #[test]
    fn bytes_are_read_as_they_claim() {
        finds(b"<a>\xC3\xA9</a>", "<a>\u{e9}</a>", &[]);
        finds(b"\xEF\xBB\xBF<a/>", "<a/>", &["X905"]);
        finds(b"\xFF\xFE<\0a\0/\0>\0", "<a/>", &["X904"]);
        finds(b"<?xml encoding='latin1'?>\xE9", "<?xml encoding='latin1'?>\u{e9}", &["X904"]);
        finds(b"<?xml encoding='nil'?>", "<?xml encoding='nil'?>", &["X001"]);
        finds(b"\xFF", "\u{FFFD}", &["X001"]);
        finds(b"a\x01", "a\x01", &["X002"]);
        finds("a\u{FFFE}".as_bytes(), "a\u{FFFE}", &["X002"]);
    }
}
