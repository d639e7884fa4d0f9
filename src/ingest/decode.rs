//! Finds out in which encoding bytes are text, and decodes them.
//!
//! Law: a text is returned only if every byte of it was explained; U+FFFD never stands in for bytes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::Error;
use crate::model::Origin;

/// A text and the encoding it was in.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The text, without byte-order mark.
    pub(super) text: String,
    /// The encoding's WHATWG name.
    pub(super) encoding: &'static str,
}

/// How files of other kinds begin.
const NO_TEXT: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive, as docx, odt and epub are"),
    (b"\xD0\xCF\x11\xE0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"\x7FELF", "a program"),
];

/// How far from the start a page may declare its encoding, in bytes; the standard says 1024, real pages are laxer.
const DECLARED_WITHIN: usize = 4096;

/// Decodes `bytes`: as `forced` says, else by byte-order mark, by the pattern of UTF-16, as UTF-8,
/// as the page declares, and at last as statistics say.
///
/// The order is that of certainty: each step is surer than the next.
pub(super) fn decode(origin: &Origin, bytes: &[u8], forced: Option<&str>) -> Result<Decoded, Error> {
    if let Some((_, what)) = NO_TEXT.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(Error::Binary { origin: origin.clone(), saw: (*what).to_owned() });
    }
    let decoded = choose(origin, bytes, forced)?;
    match control_characters(&decoded.text) {
        Some(saw) => Err(Error::Binary { origin: origin.clone(), saw }),
        None => Ok(Decoded { text: unix_lines(decoded.text), ..decoded }),
    }
}

/// Lines ended by `\n` alone, as Windows and the first Macs did not.
fn unix_lines(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

fn choose(origin: &Origin, bytes: &[u8], forced: Option<&str>) -> Result<Decoded, Error> {
    if let Some(label) = forced {
        let unknown = || Error::UnknownEncoding { origin: origin.clone(), label: label.to_owned() };
        let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(unknown)?;
        return strict(origin, bytes, encoding, "forced");
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return strict(origin, bytes, encoding, "marked");
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0).filter(|_| !is_dirty_utf8(bytes)) {
        let saw = || format!("a NUL byte at byte {at}");
        return utf16(bytes).ok_or_else(|| Error::Binary { origin: origin.clone(), saw: saw() });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), encoding: UTF_8.name() });
    }
    if let Some(encoding) = declared(bytes).filter(|encoding| encoding.output_encoding() != UTF_8)
        && let Ok(text) = decode_as(bytes, encoding)
    {
        return Ok(Decoded { text, encoding: name(encoding) });
    }
    if is_damaged_utf8(bytes) {
        return strict(origin, bytes, UTF_8, "likely");
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    strict(origin, bytes, detector.guess(None, Utf8Detection::Deny), "likely")
}

fn strict(origin: &Origin, bytes: &[u8], encoding: &'static Encoding, how: &'static str) -> Result<Decoded, Error> {
    match decode_as(bytes, encoding) {
        Ok(text) => Ok(Decoded { text, encoding: name(encoding) }),
        Err(offset) => Err(Error::Undecodable { origin: origin.clone(), encoding: name(encoding), how, offset }),
    }
}

/// Decodes without replacing anything; the error is the offset of the first bad byte.
fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Result<String, usize> {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0));
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    match result {
        DecoderResult::InputEmpty => Ok(text),
        DecoderResult::Malformed(bad, after) => Err(read.saturating_sub(usize::from(bad) + usize::from(after))),
        DecoderResult::OutputFull => Err(read),
    }
}

/// GBK, and what calls itself GB 2312, is read as its superset, whose name is told.
fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == GBK { GB18030.name() } else { encoding.name() }
}

/// UTF-16 without a byte-order mark: the byte order in which the text has the more characters of living scripts.
fn utf16(bytes: &[u8]) -> Option<Decoded> {
    let reading = |encoding: &'static Encoding| {
        let text = decode_as(bytes, encoding).ok()?;
        let score = text.chars().map(familiarity).sum::<i64>();
        let plausible = !text.contains('\0') && score * 2 >= i64::try_from(text.chars().count()).ok()?;
        plausible.then(|| (score, Decoded { text, encoding: encoding.name() }))
    };
    let readings = [reading(UTF_16LE), reading(UTF_16BE)];
    readings.into_iter().flatten().max_by_key(|(score, _)| *score).map(|(_, decoded)| decoded)
}

/// How likely a character is in news. Latin letters with their bytes swapped are ideographs, so ASCII counts double;
/// ideographs with their bytes swapped lie anywhere.
fn familiarity(c: char) -> i64 {
    match c {
        '\t' | '\r' | '\n' | ' '..='~' => 2,
        '\u{a0}'..='\u{24f}'
        | '\u{370}'..='\u{6ff}'
        | '\u{900}'..='\u{e7f}'
        | '\u{1e00}'..='\u{206f}'
        | '\u{3000}'..='\u{30ff}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{ff00}'..='\u{ff60}' => 1,
        _ => -1,
    }
}

/// The encoding that a page declares in a `<meta>` tag or its XML declaration.
///
/// Other tags are not looked at: a `<script charset>` says nothing of the page.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARED_WITHIN).unwrap_or(bytes).to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let tags = head.split('<').filter_map(|tag| tag.split('>').next());
    tags.filter(|tag| tag.starts_with("meta") || tag.starts_with("?xml")).find_map(|tag| {
        let key = if tag.starts_with("?xml") { "encoding" } else { "charset" };
        let (_, value) = tag.split_once(key)?;
        let value = value.trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
        let label = value.split([' ', '"', '\'', ';', '/', '?']).next()?;
        Encoding::for_label(label.as_bytes())
    })
}

/// Whether bytes that are not UTF-8 were UTF-8 before they were damaged or cut short.
///
/// Text in another encoding hardly ever holds a well-formed sequence of several bytes by accident.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 10 * bad || (bad == 1 && good > 0 && std::str::from_utf8(bytes).is_err_and(|e| e.error_len().is_none()))
}

/// Whether bytes are UTF-8 with a few stray control characters. In UTF-16, where it is UTF-8 by accident, every other
/// byte is one.
fn is_dirty_utf8(bytes: &[u8]) -> bool {
    let is_odd = |byte: &&u8| byte.is_ascii_control() && !byte.is_ascii_whitespace();
    std::str::from_utf8(bytes).is_ok() && bytes.iter().filter(is_odd).count() * 10 < bytes.len()
}

/// What tells that a decoded text is none: more than a stray control character.
fn control_characters(text: &str) -> Option<String> {
    let is_odd = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{85}');
    let odd = text.chars().filter(is_odd).count();
    // One in a hundred is a damaged text; text exported from old systems has a few.
    (odd * 100 > text.len()).then(|| format!("{odd} control characters in {} bytes of text", text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads_as(bytes: &[u8], encoding: &str, text: &str) {
        let decoded = decode(&Origin::file("a.txt".as_ref()), bytes, None).expect("a text");
        assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, text));
    }

    #[track_caller]
    fn fails(bytes: &[u8], forced: Option<&str>, message: &str) {
        let error = decode(&Origin::file("a.txt".as_ref()), bytes, forced).expect_err("no text");
        assert!(error.to_string().contains(message), "{error}");
    }

    #[test]
    fn byte_order_marks_are_believed_and_removed() {
        reads_as(b"\xEF\xBB\xBFPeace", "UTF-8", "Peace");
        reads_as(b"\xFF\xFEP\0x\0", "UTF-16LE", "Px");
        reads_as(b"\xFE\xFF\0P\0x", "UTF-16BE", "Px");
    }

    #[test]
    fn utf16_without_a_mark_is_known_by_its_pattern() {
        for text in ["Peace talks open.\n", "和平会谈一一开始，双方。", "Мир и безопасность, 2020"]
        {
            let units: Vec<u16> = text.encode_utf16().collect();
            reads_as(&units.iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<_>>(), "UTF-16LE", text);
            reads_as(&units.iter().flat_map(|unit| unit.to_be_bytes()).collect::<Vec<_>>(), "UTF-16BE", text);
        }
    }

    #[test]
    fn only_a_meta_tag_declares_the_encoding() {
        let page =
            "<script charset=\"utf-8\"></script><meta http-equiv=a content=\"text/html; charset=gb2312\"><p>外交部";
        let (bytes, _, _) = GB18030.encode(page);
        reads_as(&bytes, "gb18030", page);
    }

    #[test]
    fn a_page_that_can_be_asked_is_not_in_utf16() {
        let page = "<meta charset=utf-16><p>ação";
        reads_as(page.as_bytes(), "UTF-8", page);
        reads_as(b"<meta charset=utf-16><p>caf\xE9", "windows-1252", "<meta charset=utf-16><p>café");
    }

    #[test]
    fn a_stray_nul_does_not_make_a_text_utf16() {
        let text = format!("{}\0\n", "Ministros assinam o acordo. ".repeat(8));
        reads_as(text.as_bytes(), "UTF-8", &text);
        fails(b"Ministros assinam\0 acordo.", None, "1 control characters in 26 bytes");
    }

    #[test]
    fn damaged_utf8_is_an_error_with_its_place() {
        fails("Ministério das Relações Exteriores".as_bytes().split_at(23).0, None, "byte 22 is not UTF-8");
        fails("外交部发言人".as_bytes().split_at(17).0, None, "byte 15 is not UTF-8");
        fails(b"abc\xFF", Some("utf-8"), "byte 3 is not UTF-8, the forced");
        fails(b"abc", Some("utf-7"), "`utf-7` is no encoding");
        reads_as(b"caf\xE9", "windows-1252", "café");
    }

    #[test]
    fn what_is_no_text_says_what_it_is() {
        fails(b"%PDF-1.7 ...", None, "a PDF document");
        fails(b"a\0b\0\0\0\0\x01\x02", None, "a NUL byte at byte 1");
        fails(b"\x01\x02\x03\x04abc", None, "4 control characters");
    }
}
