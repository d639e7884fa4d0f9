//! Bytes of an XML document to text.

use std::borrow::Cow;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8};

use super::Error;

/// How far into a document its declaration is looked for, in bytes.
const DECLARATION: usize = 200;

/// Decodes `bytes` as their byte order mark says, else as their XML declaration says, else as UTF-8.
pub(super) fn decode<'a>(path: &Path, bytes: &'a [u8]) -> Result<Cow<'a, str>, Error> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (declared(bytes).unwrap_or(UTF_8), 0));
    let refused = || Error::Encoding { path: path.to_owned(), encoding: encoding.name().to_owned() };
    encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]).ok_or_else(refused)
}

/// The encoding that the XML declaration names. A declaration that is read byte by byte is not UTF-16, whatever it says.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head =
        std::str::from_utf8(bytes.get(..DECLARATION.min(bytes.len()))?.split(|byte| *byte == b'>').next()?).ok()?;
    let value = head.strip_prefix("<?xml")?.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|char| matches!(char, '"' | '\''))?;
    let label = value[1..].split(quote).next()?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn decoded(bytes: &[u8], expected: &str) {
        assert_eq!(decode(Path::new("a.xlf"), bytes).expect("readable"), expected);
    }

    #[test]
    fn the_byte_order_mark_wins() {
        decoded(b"\xEF\xBB\xBF<a>\xC3\xA9</a>", "<a>\u{e9}</a>");
        decoded(b"\xFF\xFE<\0a\0/\0>\0", "<a/>");
        decoded(b"\xFE\xFF\0<\0a\0/\0>", "<a/>");
    }

    #[test]
    fn the_declaration_comes_next() {
        let latin = b"<?xml version='1.0' encoding = 'iso-8859-1'?><a>\xE9</a>";
        decoded(latin, "<?xml version='1.0' encoding = 'iso-8859-1'?><a>\u{e9}</a>");
        let lying = b"<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>\xC3\xA9</a>";
        decoded(lying, "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>\u{e9}</a>");
    }

    #[test]
    fn broken_bytes_are_refused() {
        let refused = decode(Path::new("a.xlf"), b"<a>\xFF</a>").expect_err("not UTF-8");
        assert_eq!(refused.to_string(), "a.xlf: not valid UTF-8: save it as UTF-8");
    }
}
