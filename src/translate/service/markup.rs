//! Parts of a text that a service is to leave as they are, in tags that it knows, and the text around them escaped.
//!
//! Laws: what comes back as it went is the text, but for characters that no markup can hold (XML 1.0, 2.2), which are left
//! out; a translation that lacks a part which is to be kept, has it twice or changed, or holds other tags, is refused.

use std::borrow::Cow;
use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_predefined_entity};
use quick_xml::events::{BytesRef, Event};

use crate::translate::{Error, Input};

/// The tags around what is kept, as one service knows them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Markup {
    /// The name of the element: `span`.
    name: &'static str,
    /// What stands in its start tag after the name, with a space before it, if anything: ` translate="no"`.
    attributes: &'static str,
}

impl Markup {
    /// Tags of an element with attributes as they are written, or none.
    pub(crate) const fn new(name: &'static str, attributes: &'static str) -> Self {
        Self { name, attributes }
    }

    /// The text in markup: escaped, and what is to be kept inside the element.
    pub(crate) fn write(self, input: &Input) -> String {
        let Self { name, attributes } = self;
        let (mut written, mut at) = (String::new(), 0);
        for kept in input.kept.iter().filter(|kept| !kept.is_empty()) {
            written.push_str(&escaped(&input.text[at..kept.start]));
            let part = escaped(&input.text[kept.clone()]);
            let _ = write!(written, "<{name}{attributes}>{part}</{name}>");
            at = kept.end;
        }
        written.push_str(&escaped(&input.text[at..]));
        written
    }

    /// The translation without its markup.
    ///
    /// # Errors
    /// When it is not well-formed, holds other tags, or lacks, doubles or changes what is to be kept.
    pub(crate) fn read(self, input: &Input, answer: &str) -> Result<String, Error> {
        let Read { text, mut kept } = self.parse(answer).map_err(Error::bad_answer)?;
        let parts = input.kept.iter().filter(|part| !part.is_empty());
        let mut wanted: Vec<Cow<'_, str>> = parts.map(|part| held(&input.text[part.clone()])).collect();
        kept.sort_unstable();
        wanted.sort_unstable();
        if kept.iter().eq(wanted.iter()) {
            return Ok(text);
        }
        let lost = wanted.iter().find(|part| !kept.iter().any(|own| own == *part));
        Err(Error::bad_answer(match lost {
            Some(part) => format!("the answer lacks `{part}`, which it is to keep as it is"),
            None => "the answer has more parts that are to be kept than there are".to_owned(),
        }))
    }

    fn parse(self, answer: &str) -> Result<Read, String> {
        let mut reader = Reader::from_str(answer);
        reader.config_mut().allow_dangling_amp = true;
        let mut read = Read::default();
        let mut since = None;
        loop {
            match reader.read_event().map_err(|error| format!("the tags of the answer are broken: {error}"))? {
                Event::Start(tag) if tag.name().as_ref() == self.name && since.is_none() => {
                    since = Some(read.text.len());
                }
                Event::End(_) => read.kept.extend(since.take().map(|since| read.text[since..].to_owned())),
                Event::Text(text) => read.text.push_str(&text),
                Event::GeneralRef(reference) => read.text.push_str(&character(&reference)?),
                Event::Eof if since.is_none() => return Ok(read),
                _ => return Err("the answer holds tags that were not sent".to_owned()),
            }
        }
    }
}

/// A translation without its markup.
#[derive(Default)]
struct Read {
    text: String,
    kept: Vec<String>,
}

/// The characters of a text that markup can hold.
fn held(text: &str) -> Cow<'_, str> {
    let is_held =
        |c: char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.chars().all(is_held) { text.into() } else { text.chars().filter(|&c| is_held(c)).collect() }
}

fn escaped(text: &str) -> String {
    // Parsers take a bare carriage return for the end of a line, and a byte order mark at the start for none of the text.
    escape(held(text)).replace('\r', "&#13;").replace('\u{feff}', "&#xFEFF;")
}

/// What a reference stands for.
fn character(reference: &BytesRef<'_>) -> Result<String, String> {
    let name: &str = reference;
    match reference.resolve_char_ref() {
        Ok(Some(c)) => return Ok(c.to_string()),
        Err(error) => return Err(format!("the answer holds `&{name};`: {error}")),
        Ok(None) => {}
    }
    match name {
        // HTML's; services write it for a space that is not to be broken.
        "nbsp" => Ok("\u{a0}".to_owned()),
        _ => resolve_predefined_entity(name)
            .map(str::to_owned)
            .ok_or_else(|| format!("the answer holds `&{name};`, which was not sent")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const XML: Markup = Markup::new("k", "");
    const HTML: Markup = Markup::new("span", " translate=\"no\"");

    fn input(text: &str, kept: &[std::ops::Range<usize>]) -> Input {
        Input { text: text.to_owned(), kept: kept.to_vec(), ..Input::default() }
    }

    /// A text with every other piece to be kept.
    fn pieces() -> impl Strategy<Value = Input> {
        proptest::collection::vec("[^\u{0}]{0,6}|[&<>\"'; k/\r\n\t\u{feff}\u{b}]{0,6}", 0..8).prop_map(|pieces| {
            let (mut text, mut kept) = (String::new(), Vec::new());
            for (place, piece) in pieces.iter().enumerate() {
                let start = text.len();
                text.push_str(piece);
                if place % 2 == 1 {
                    kept.push(start..text.len());
                }
            }
            Input { text, kept, ..Input::default() }
        })
    }

    proptest! {
        #[test]
        fn what_comes_back_as_it_went_is_the_text(input in pieces()) {
            for markup in [XML, HTML] {
                prop_assert_eq!(markup.read(&input, &markup.write(&input)), Ok(held(&input.text).into_owned()));
            }
        }

        #[test]
        fn no_answer_breaks_it(input in pieces(), answer in "\\PC*|[&<>k/ ;#0-9]*") {
            let _ = XML.read(&input, &answer);
        }
    }

    #[test]
    fn what_is_kept_stands_in_tags() {
        let input = input("Talks at <UN> & AT&T", &[0..5, 17..20]);
        assert_eq!(XML.write(&input), "<k>Talks</k> at &lt;UN&gt; &amp; A<k>T&amp;T</k>");
        assert_eq!(
            HTML.write(&input),
            "<span translate=\"no\">Talks</span> at &lt;UN&gt; &amp; A<span translate=\"no\">T&amp;T</span>"
        );
    }

    #[track_caller]
    fn reads(answer: &str, wanted: Result<&str, &str>) {
        let input = input("open Settings or Help", &[5..13, 17..21]);
        let read = HTML.read(&input, answer).map_err(|error| error.to_string());
        assert_eq!(read.as_deref().map_err(String::as_str), wanted);
    }

    #[test]
    fn parts_may_change_places_but_not_be_lost() {
        reads(
            "<span translate=\"no\">Help</span> ou <span>Settings</span> d&#39;A&nbsp;",
            Ok("Help ou Settings d'A\u{a0}"),
        );
        reads("abra <span>Settings</span> & Help", Err("the answer lacks `Help`, which it is to keep as it is"));
        reads(
            "<span>Ajustes</span> <span>Help</span>",
            Err("the answer lacks `Settings`, which it is to keep as it is"),
        );
        let twice = "<span>Help</span><span>Settings</span><span>Help</span>";
        reads(twice, Err("the answer has more parts that are to be kept than there are"));
        reads("<span>Settings</span> <b>Help</b>", Err("the answer holds tags that were not sent"));
        reads("<span>Settings</span> <span>Help", Err("the answer holds tags that were not sent"));
        reads("Settings &eacute;", Err("the answer holds `&eacute;`, which was not sent"));
    }
}
