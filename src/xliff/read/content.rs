//! The text of a source or target and the inline codes in it, as they are read.
//!
//! Laws: every code stands between two characters of the text; the codes are in the order of the file; of `pc` and `g` the
//! ends pair, of other codes the ends bear the id of what begins them where that stands in the same text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::Error;
use super::element::{Element, Owner, TRADOS};
use super::places::{Family, Place};
use crate::xliff::{Code, Content, Role, fit};

/// What XML calls white space.
pub(super) const LAYOUT: [char; 4] = [' ', '\t', '\r', '\n'];

/// What an inline element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inline {
    /// A span that its tags hold.
    Span,
    /// The beginning of a span that another element ends.
    Begin,
    /// The end of a span that another element begins.
    End,
    /// Half of a span, as `pos` says.
    Half,
    /// Something by itself.
    Alone,
    /// A character that XML cannot hold.
    Character,
}

/// The inline elements that are codes. Of any other the text stays and the tag goes.
const CODES: &[(Family, &str, Inline)] = &[
    (Family::V1, "g", Inline::Span),
    (Family::V1, "x", Inline::Alone),
    (Family::V1, "bx", Inline::Begin),
    (Family::V1, "ex", Inline::End),
    (Family::V1, "bpt", Inline::Begin),
    (Family::V1, "ept", Inline::End),
    (Family::V1, "it", Inline::Half),
    (Family::V1, "ph", Inline::Alone),
    (Family::V2, "pc", Inline::Span),
    (Family::V2, "sc", Inline::Begin),
    (Family::V2, "ec", Inline::End),
    (Family::V2, "ph", Inline::Alone),
    (Family::V2, "cp", Inline::Character),
];

/// Kinds of 1.x `mrk` around what a reviewer deleted while changes were tracked.
const DELETED: &[&str] = &["x-sdl-deleted", "x-sdl-feedback-deleted"];

/// A text that is being read.
#[derive(Debug, Default)]
pub(super) struct Gather {
    text: String,
    codes: Vec<Code>,
    /// The ids of the spans that are open by tags.
    open: Vec<String>,
    /// What ends name, and the id of what began there.
    begun: HashMap<String, String>,
    /// The ids of the comments that the text points to.
    comments: Vec<String>,
}

impl Gather {
    /// Forgets what was read.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.codes.clear();
        self.open.clear();
        self.begun.clear();
        self.comments.clear();
    }

    pub(super) fn push(&mut self, chars: &str) {
        self.text.push_str(chars);
    }

    /// Takes up an element that begins in the text, and says what it is a place for.
    pub(super) fn begin(&mut self, family: Family, owner: Owner, element: &Element) -> Result<Place, Error> {
        let name = element.name();
        let code = CODES.iter().find(|(whose, known, _)| *whose == family && *known == name);
        match code {
            Some((_, _, inline)) if owner == Owner::Core => self.code(*inline, element),
            _ if owner == Owner::Core && name == "mrk" => self.mark(element),
            _ => Ok(Place::Inline),
        }
    }

    fn mark(&mut self, element: &Element) -> Result<Place, Error> {
        let [kind, comment] = element.attributes_in([("", "mtype"), (TRADOS, "cid")])?;
        self.comments.extend(comment.map(Cow::into_owned));
        let deleted = kind.is_some_and(|kind| DELETED.contains(&kind.as_ref()));
        Ok(if deleted { Place::Skipped } else { Place::Inline })
    }

    /// Ends the innermost span.
    pub(super) fn end_span(&mut self) {
        if let Some(id) = self.open.pop() {
            self.add(Role::Close, id);
        }
    }

    /// What was read, without layout at its ends.
    pub(super) fn content(&mut self) -> Content {
        let inner = within_layout(&self.text, &self.codes);
        let mut codes = std::mem::take(&mut self.codes);
        for code in &mut codes {
            code.at = code.at.clamp(inner.start, inner.end) - inner.start;
        }
        Content { text: self.text[inner].to_owned(), codes }
    }

    /// The ids of the comments that the text points to.
    pub(super) fn comments(&mut self) -> Vec<String> {
        std::mem::take(&mut self.comments)
    }

    /// The text that was read, without white space at its ends.
    pub(super) fn prose(&self) -> &str {
        self.text.trim_matches(LAYOUT)
    }

    fn code(&mut self, inline: Inline, element: &Element) -> Result<Place, Error> {
        if inline == Inline::Character {
            let hex = element.required("hex")?;
            let number = u32::from_str_radix(&hex, 16);
            let number = number.map_err(|_| element.at.value("hex", &hex, "hexadecimal number of a character"))?;
            self.text.push(char::from_u32(number).map_or(char::REPLACEMENT_CHARACTER, fit));
            return Ok(Place::Skipped);
        }
        let [id, rid, start, half] = element.attributes(["id", "rid", "startRef", "pos"])?;
        let key = start.or(rid).or_else(|| id.clone()).unwrap_or_default();
        let id = id.map(Cow::into_owned).unwrap_or_default();
        match (inline, half.as_deref()) {
            (Inline::Span, _) => {
                self.open.push(id.clone());
                self.add(Role::Open, id);
                return Ok(Place::Span);
            }
            (Inline::Begin, _) | (Inline::Half, Some("open")) => {
                self.begun.insert(key.into_owned(), id.clone());
                self.add(Role::Open, id);
            }
            (Inline::End, _) | (Inline::Half, Some("close")) => {
                let id = self.begun.get(key.as_ref()).cloned().unwrap_or_else(|| key.into_owned());
                self.add(Role::Close, id);
            }
            _ => self.add(Role::Alone, id),
        }
        // What is within is the code of the original document.
        Ok(Place::Skipped)
    }

    fn add(&mut self, role: Role, id: String) {
        self.codes.push(Code { at: self.text.len(), role, id });
    }
}

/// Where the text within the line breaks and indents at its ends is. White space without a line break is the author's, and
/// so is what stands between a code and the line break after it.
fn within_layout(text: &str, codes: &[Code]) -> Range<usize> {
    let words = text.trim_end_matches(LAYOUT).len();
    let mut end = text.len();
    for border in codes.iter().rev().map(|code| code.at.max(words)).chain([words]) {
        let last = end == text.len();
        match text[border..end].find('\n') {
            None if border < end => break,
            Some(at) if !last && at > 0 => {
                end = border + at;
                break;
            }
            _ => end = border,
        }
    }
    let words = end - text[..end].trim_start_matches(LAYOUT).len();
    let mut start = 0;
    for border in codes.iter().map(|code| code.at.min(words)).chain([words]) {
        match text[start..border].find('\n') {
            None if start < border => break,
            Some(at) if start > 0 && at > 0 => break,
            _ => start = border,
        }
    }
    start..end
}
