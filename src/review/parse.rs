//! Walks an XLIFF document event by event, without recursion.

use std::collections::BTreeSet;
use std::path::Path;

use quick_xml::NsReader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::here::Here;
use super::{Error, ReviewState, Reviewed, ReviewedFile, ReviewedSegment};
use crate::model::Lang;

/// What XML calls white space.
const LAYOUT: [char; 4] = [' ', '\t', '\r', '\n'];

/// How deep elements may nest; no tool comes near it.
const DEPTH: usize = 256;

/// Where the walk is: one for each element that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Xliff,
    File,
    /// A group, or the body of a 1.2 file, with its id.
    Group(Option<String>),
    /// A unit of XLIFF 2, with its id.
    Unit(String),
    /// A segment of XLIFF 2 or a trans-unit of 1.2.
    Segment,
    /// A source or target, or an inline element within one: its characters are text.
    Text(Side),
    /// Whatever the review does not need; so is all within it.
    Skipped,
}

/// The two texts of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Source,
    Target,
}

/// The two families of XLIFF, which share some names and nest them differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    V1,
    V2,
}

struct Parser<'a> {
    /// Where the current event begins.
    here: Here<'a>,
    family: Family,
    /// The namespace of the root.
    core: String,
    languages: Option<(Lang, Option<Lang>)>,
    open: Vec<Place>,
    files: Vec<ReviewedFile>,
    /// The segment that is being read.
    segment: Option<ReviewedSegment>,
    /// Unit and segment of each segment of the file so far.
    seen: BTreeSet<(String, String)>,
}

/// Reads the document `text`.
pub(super) fn document(path: &Path, text: &str) -> Result<Reviewed, Error> {
    let mut parser = Parser {
        here: Here { path, text, at: 0 },
        family: Family::V2,
        core: String::new(),
        languages: None,
        open: Vec::new(),
        files: Vec::new(),
        segment: None,
        seen: BTreeSet::new(),
    };
    parser.walk()?;
    Ok(Reviewed { files: parser.files })
}

impl Parser<'_> {
    fn walk(&mut self) -> Result<(), Error> {
        let mut reader = NsReader::from_str(self.here.text);
        reader.config_mut().expand_empty_elements = true;
        loop {
            self.here.at = position(reader.buffer_position());
            let (namespace, event) = match reader.read_resolved_event() {
                Ok((ResolveResult::Bound(Namespace(name)), event)) => (Some(name.to_owned()), event),
                Ok((_, event)) => (None, event),
                Err(error) => {
                    self.here.at = position(reader.error_position());
                    return Err(self.here.malformed(error));
                }
            };
            match event {
                Event::Start(element) => self.start(namespace.as_deref(), &element)?,
                Event::End(_) => self.end()?,
                Event::Text(text) => self.chars(&text.xml10_content())?,
                Event::CData(text) => self.chars(&text.xml10_content())?,
                Event::GeneralRef(reference) => self.reference(&reference)?,
                Event::DocType(_) => {
                    return Err(Error::Doctype { path: self.here.path.to_owned(), line: self.here.line() });
                }
                Event::Eof => return self.finish(),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn start(&mut self, namespace: Option<&str>, element: &BytesStart) -> Result<(), Error> {
        let Some(parent) = self.open.last().cloned() else { return self.root(namespace, element) };
        if self.open.len() == DEPTH {
            return Err(self.here.malformed(format!("elements nest deeper than {DEPTH}")));
        }
        let core = namespace == Some(self.core.as_str());
        let local = element.local_name();
        let place = match (parent, local.as_ref()) {
            (Place::Text(side), name) => self.inline(side, core.then_some(name), element)?,
            (Place::Skipped, _) => Place::Skipped,
            _ if !core => Place::Skipped,
            (Place::Xliff, "file") => self.file(element)?,
            (Place::File | Place::Group(_), "group") => Place::Group(self.here.attribute(element, "id")?),
            (Place::File, "body") if self.family == Family::V1 => Place::Group(None),
            (Place::File | Place::Group(_), "unit") if self.family == Family::V2 => {
                Place::Unit(self.here.required(element, "id")?)
            }
            (Place::Group(_), "trans-unit") if self.family == Family::V1 => self.trans_unit(element)?,
            (Place::Unit(unit), "segment") => self.segment(element, unit)?,
            (Place::Segment, "source") => Place::Text(Side::Source),
            (Place::Segment, "target") => self.target(element)?,
            _ => Place::Skipped,
        };
        self.open.push(place);
        Ok(())
    }

    fn root(&mut self, namespace: Option<&str>, element: &BytesStart) -> Result<(), Error> {
        if !self.core.is_empty() {
            return Err(self.here.malformed("a second root element"));
        }
        let version = namespace.and_then(|name| name.strip_prefix("urn:oasis:names:tc:xliff:document:"));
        self.family = match version {
            Some("1.2") => Family::V1,
            Some(version) if version.starts_with("2.") => Family::V2,
            _ => return Err(self.here.not_xliff()),
        };
        if element.local_name().as_ref() != "xliff" {
            return Err(self.here.not_xliff());
        }
        namespace.unwrap_or_default().clone_into(&mut self.core);
        if self.family == Family::V2 {
            self.languages = Some(self.here.languages(element, "srcLang", "trgLang")?);
        }
        self.open.push(Place::Xliff);
        Ok(())
    }

    fn file(&mut self, element: &BytesStart) -> Result<Place, Error> {
        let (source, target) = match self.languages {
            Some(languages) => languages,
            None => self.here.languages(element, "source-language", "target-language")?,
        };
        let original = self.here.attribute(element, "original")?;
        self.files.push(ReviewedFile { original, source, target, segments: Vec::new() });
        self.seen.clear();
        Ok(Place::File)
    }

    fn segment(&mut self, element: &BytesStart, unit: String) -> Result<Place, Error> {
        let segment = self.here.attribute(element, "id")?;
        let state = self.here.attribute(element, "state")?.map_or(ReviewState::Unknown, |state| state_of(&state));
        self.segment = Some(ReviewedSegment { unit, segment, source: String::new(), target: None, state });
        Ok(Place::Segment)
    }

    fn trans_unit(&mut self, element: &BytesStart) -> Result<Place, Error> {
        let id = self.here.required(element, "id")?;
        let group = self.open.iter().rev().find_map(|place| match place {
            Place::Group(id) => id.clone(),
            _ => None,
        });
        let approved = self.here.attribute(element, "approved")?.is_some_and(|approved| approved == "yes");
        let state = if approved { ReviewState::Approved } else { ReviewState::Unknown };
        let unit = group.unwrap_or_else(|| id.clone());
        self.segment = Some(ReviewedSegment { unit, segment: Some(id), source: String::new(), target: None, state });
        Ok(Place::Segment)
    }

    fn target(&mut self, element: &BytesStart) -> Result<Place, Error> {
        let state = self.here.attribute(element, "state")?.map_or(ReviewState::Unknown, |state| state_of(&state));
        if let Some(segment) = &mut self.segment {
            segment.state = segment.state.max(state);
            segment.target.get_or_insert_default();
        }
        Ok(Place::Text(Side::Target))
    }

    /// An element within a source or target; `core` is its name where it is XLIFF's own.
    fn inline(&mut self, side: Side, core: Option<&str>, element: &BytesStart) -> Result<Place, Error> {
        match (self.family, core) {
            // These hold the code of the original document.
            (Family::V1, Some("bpt" | "ept" | "ph" | "it")) => Ok(Place::Skipped),
            (Family::V2, Some("cp")) => {
                let hex = self.here.required(element, "hex")?;
                let char = u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32);
                let char = char.ok_or_else(|| self.here.malformed(format!("`{hex}` is no character")))?;
                self.chars(char.encode_utf8(&mut [0; 4]))?;
                Ok(Place::Text(side))
            }
            _ => Ok(Place::Text(side)),
        }
    }

    fn end(&mut self) -> Result<(), Error> {
        if self.open.pop() != Some(Place::Segment) {
            return Ok(());
        }
        let (Some(mut segment), Some(file)) = (self.segment.take(), self.files.last_mut()) else { return Ok(()) };
        segment.source = without_layout(segment.source);
        segment.target = segment.target.map(without_layout);
        if let Some(id) = &segment.segment
            && !self.seen.insert((segment.unit.clone(), id.clone()))
        {
            let (path, line) = (self.here.path.to_owned(), self.here.line());
            return Err(Error::Duplicate { path, line, unit: segment.unit, segment: id.clone() });
        }
        file.segments.push(segment);
        Ok(())
    }

    fn chars(&mut self, chars: &str) -> Result<(), Error> {
        if self.open.is_empty() && !chars.trim_matches(LAYOUT).is_empty() {
            return Err(self.here.malformed("text outside the root element"));
        }
        match (self.open.last(), &mut self.segment) {
            (Some(Place::Text(Side::Source)), Some(segment)) => segment.source.push_str(chars),
            (Some(Place::Text(Side::Target)), Some(segment)) => segment.target.get_or_insert_default().push_str(chars),
            _ => {}
        }
        Ok(())
    }

    fn reference(&mut self, reference: &BytesRef) -> Result<(), Error> {
        let char = match reference.resolve_char_ref() {
            Ok(char) => char,
            Err(error) => return Err(self.here.malformed(error)),
        };
        if let Some(char) = char {
            return self.chars(char.encode_utf8(&mut [0; 4]));
        }
        let name = reference.xml10_content();
        match quick_xml::escape::resolve_xml_entity(&name) {
            Some(chars) => self.chars(chars),
            None => Err(self.here.malformed(format!("entity `{name}` is not declared"))),
        }
    }

    fn finish(&self) -> Result<(), Error> {
        if !self.open.is_empty() {
            return Err(self.here.malformed("it ends before its root element does"));
        }
        if self.core.is_empty() { Err(self.here.not_xliff()) } else { Ok(()) }
    }
}

fn position(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

/// The states of both versions; a user-defined one (`x-..`) is unknown.
fn state_of(state: &str) -> ReviewState {
    match state {
        "initial" | "new" => ReviewState::Draft,
        state if state.starts_with("needs-") => ReviewState::Draft,
        "translated" => ReviewState::Translated,
        "reviewed" => ReviewState::Reviewed,
        "final" | "signed-off" => ReviewState::Approved,
        _ => ReviewState::Unknown,
    }
}

/// `text` without the line breaks and indents that a pretty-printer sets at its ends. White space without a
/// line break is the author's.
fn without_layout(mut text: String) -> String {
    let inner = text.trim_end_matches(LAYOUT).len();
    if text[inner..].contains('\n') {
        text.truncate(inner);
    }
    let outer = text.len() - text.trim_start_matches(LAYOUT).len();
    if text[..outer].contains('\n') {
        text.drain(..outer);
    }
    text
}
