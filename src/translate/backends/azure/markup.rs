//! A text in HTML: what is to stay as it is, and terms with their renderings, in tags that Azure Translator knows.
//!
//! Laws: a text that needs no tags is not put into HTML for its own sake ([`escaped`] is for its neighbours in a request); what goes into tags is escaped; a translation
//! comes back without any, or is refused.

use std::ops::Range;

use quick_xml::escape::escape;

use crate::model::{MatchHow, Pair, TermHit};
use crate::translate::service::Markup;
use crate::translate::{Error, Input};

const KEEP: Markup = Markup::new("span", " class=\"notranslate\"");

/// Whether a pair may have a dictionary: one side is English.
fn has_dictionary(pair: Pair) -> bool {
    (pair.source.language() == "en") != (pair.target.language() == "en")
}

/// The rendering of a term that may go into a tag: a noun in the form that the glossary has, and a name or a compound.
fn rendering<'a>(input: &'a Input, hit: &'a TermHit, unspaced: bool) -> Option<&'a str> {
    let stands = input.text.get(hit.range.clone())?;
    let is_noun = hit.pos.as_deref().is_none_or(|pos| pos.contains("noun"));
    let is_as_written = matches!(hit.how, MatchHow::Exact | MatchHow::Case);
    let is_compound = unspaced || stands.contains([' ', '-']) || stands.contains(char::is_uppercase);
    let rendering = if hit.dnt { stands } else { &hit.preferred()?.term };
    (is_noun && is_as_written && is_compound).then_some(rendering)
}

/// The stretches of a text that go into tags, with the tags, by start and apart.
fn tags(input: &Input, pair: Pair, dictionary: bool) -> Vec<(Range<usize>, String, &'static str)> {
    let kept = input.kept.iter().filter(|kept| !kept.is_empty());
    let mut tags: Vec<_> =
        kept.map(|kept| (kept.clone(), "<span class=\"notranslate\">".to_owned(), "</span>")).collect();
    let hits = if dictionary && has_dictionary(pair) { &input.terms[..] } else { &[] };
    for hit in hits {
        let meets = |(range, ..): &(Range<usize>, _, _)| range.start < hit.range.end && hit.range.start < range.end;
        if let Some(rendering) = rendering(input, hit, pair.source.is_unspaced()).filter(|_| !tags.iter().any(meets)) {
            let start = format!("<mstrans:dictionary translation=\"{}\">", escape(rendering));
            tags.push((hit.range.clone(), start, "</mstrans:dictionary>"));
        }
    }
    tags.sort_by_key(|(range, ..)| range.start);
    tags
}

/// The text with its tags, where it needs any.
pub(super) fn write(input: &Input, pair: Pair, dictionary: bool) -> Option<String> {
    let tags = tags(input, pair, dictionary);
    // A control character cannot be escaped: such a text goes plain, unless something in it is to stay as it is.
    let is_plain = input.kept.is_empty() && input.text.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\n'));
    if tags.is_empty() || is_plain {
        return None;
    }
    if tags.iter().all(|(.., end)| *end == "</span>") {
        return Some(escaped(input));
    }
    let (mut written, mut at) = (String::new(), 0);
    for (range, start, end) in &tags {
        written.push_str(&escape(&input.text[at..range.start]));
        written.push_str(start);
        written.push_str(&escape(&input.text[range.clone()]));
        written.push_str(end);
        at = range.end;
    }
    written.push_str(&escape(&input.text[at..]));
    Some(written)
}

/// The text in HTML with no terms.
pub(super) fn escaped(input: &Input) -> String {
    KEEP.write(input)
}

/// The translation without its markup.
///
/// # Errors
/// When it holds other tags, or lacks what is to stay as it is.
pub(super) fn read(input: &Input, answer: &str) -> Result<String, Error> {
    KEEP.read(input, answer)
}
