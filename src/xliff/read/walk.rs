//! Walks an XLIFF document event by event, without recursion.

use std::path::Path;

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::Error;
use super::build::{Builder, Languages};
use super::content::LAYOUT;
use super::element::{Element, Scopes};
use super::error::At;
use super::places::{Family, Place, within};
use crate::xliff::File;

/// How deep elements may nest; no tool comes near it.
const DEPTH: usize = 256;

/// What the namespaces of XLIFF begin with, before the version.
const NAMESPACE: &str = "urn:oasis:names:tc:xliff:document:";

/// A document that is being read.
pub(super) struct Walk<'a> {
    path: &'a Path,
    each: &'a mut dyn FnMut(File),
    root: Option<Root>,
    /// Whether anything came yet, were it a comment.
    begun: bool,
    open: Vec<Place>,
    scopes: Scopes,
    builder: Builder,
}

/// What the root says.
struct Root {
    family: Family,
    /// Its namespace.
    core: Option<String>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(path: &'a Path, each: &'a mut dyn FnMut(File)) -> Self {
        Self {
            path,
            each,
            root: None,
            begun: false,
            open: Vec::new(),
            scopes: Scopes::default(),
            builder: Builder::default(),
        }
    }

    /// Whether the characters that come next may be passed over unread.
    pub(super) fn passes_over_text(&self) -> bool {
        self.open.last().is_some_and(|place| !place.is_text())
    }

    /// Takes what was read at `line`; says whether the document goes on.
    pub(super) fn take(&mut self, event: &Event, line: usize) -> Result<bool, Error> {
        let at = At { path: self.path, line };
        let begun = std::mem::replace(&mut self.begun, true);
        match event {
            Event::Start(start) => self.start(start, at)?,
            Event::Empty(start) => {
                self.start(start, at)?;
                self.end();
            }
            Event::End(_) => self.end(),
            Event::Text(text) => self.chars(&text.xml10_content(), at)?,
            Event::CData(text) => self.chars(&text.xml10_content(), at)?,
            Event::GeneralRef(reference) => self.reference(reference, at)?,
            Event::DocType(_) => return Err(Error::Doctype { path: self.path.to_owned(), line }),
            Event::Eof => return self.finish(at).map(|()| false),
            Event::Decl(_) if begun => return Err(at.malformed("an XML declaration that is not at the start")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
        Ok(true)
    }

    fn start(&mut self, start: &BytesStart, at: At) -> Result<(), Error> {
        if self.open.len() == DEPTH {
            return Err(Error::TooDeep { path: self.path.to_owned(), line: at.line, limit: DEPTH });
        }
        let element = self.scopes.enter(self.open.len() + 1, start, at)?;
        let place = match (self.open.last(), &self.root) {
            (Some(Place::Skipped), _) => Place::Skipped,
            (Some(parent), Some(root)) => place(root, *parent, &element, &mut self.builder)?,
            (_, Some(_)) => return Err(at.malformed("a second root element")),
            (_, None) => {
                self.root = Some(Root::of(&element, &mut self.builder)?);
                Place::Xliff
            }
        };
        self.open.push(place);
        Ok(())
    }

    fn end(&mut self) {
        let (Some(place), Some(root)) = (self.open.pop(), &self.root) else { return };
        if let Some(file) = self.builder.end(root.family, place, self.open.last().copied()) {
            (self.each)(file);
        }
    }

    fn chars(&mut self, chars: &str, at: At) -> Result<(), Error> {
        match self.open.last() {
            None if !chars.trim_matches(LAYOUT).is_empty() => Err(at.malformed("text outside the root element")),
            Some(place) if place.is_text() => {
                self.builder.text.push(chars);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn reference(&mut self, reference: &BytesRef, at: At) -> Result<(), Error> {
        let char = reference.resolve_char_ref().map_err(|error| at.malformed(error))?;
        if let Some(char) = char {
            let mut bytes = [0; 4];
            let chars = char.encode_utf8(&mut bytes);
            at.allowed(chars)?;
            return self.chars(chars, at);
        }
        let name = reference.xml10_content();
        let chars = resolve_xml_entity(&name);
        self.chars(chars.ok_or_else(|| at.malformed(format!("entity `{name}` is not declared")))?, at)
    }

    fn finish(&self, at: At) -> Result<(), Error> {
        match (&self.root, self.open.is_empty()) {
            (None, _) => Err(at.not_xliff()),
            (_, false) => Err(at.malformed("it ends before its root element does")),
            _ => Ok(()),
        }
    }
}

/// What `element`, which begins in `parent`, is a place for.
fn place(root: &Root, parent: Place, element: &Element, builder: &mut Builder) -> Result<Place, Error> {
    let owner = element.owner(root.core.as_deref())?;
    if matches!(parent, Place::Source | Place::Target | Place::Inline | Place::Span) {
        return builder.text.begin(root.family, owner, element);
    }
    builder.begin(root.family, within(root.family, parent, owner, element.name()), element)
}

impl Root {
    fn of(element: &Element, builder: &mut Builder) -> Result<Self, Error> {
        let namespace = element.namespace()?;
        let [version] = element.attributes(["version"])?;
        // 1.0 has no namespace, and some tools write later versions without it.
        let claimed = match namespace {
            Some(name) => name.strip_prefix(NAMESPACE),
            None => version.as_deref(),
        };
        let family = match claimed.and_then(|version| version.split('.').next()) {
            Some("1") => Family::V1,
            Some("2") => Family::V2,
            _ => return Err(element.at.not_xliff()),
        };
        if element.name() != "xliff" {
            return Err(element.at.not_xliff());
        }
        if family == Family::V2 {
            builder.set_languages(Languages::of(element, "srcLang", "trgLang")?);
        }
        Ok(Self { family, core: namespace.map(str::to_owned) })
    }
}
