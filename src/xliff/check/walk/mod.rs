//! Walks a document event by event, without recursion, and hands its parts to the rules.
//!
//! Law: what is told twice would be noise, so after markup that cannot be read nothing more is read.

mod attributes;
mod frame;
mod hold;

use quick_xml::NsReader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::decode::forbidden;
use super::interop::Interop;
use super::name::{Name, Space, Spaces};
use super::report::Report;
use super::rules::{DEPTH, DOCTYPE, MALFORMED, NOT_XLIFF};
use super::schema::Schema;
use super::schema::kind::{begins_name, in_name};
use super::tree::{Attribute, Text, Tree};
use super::{v1, v2};
use frame::Frame;
pub(super) use frame::Inherited;

/// How deep elements may nest; no tool comes near it.
const MOST: usize = 256;

/// What a version of XLIFF asks beyond its schema.
pub(super) trait Rules {
    /// Takes the start of an element that parts of a document are in: `xliff`, `file`, `group`, `body`.
    fn open(&mut self, element: super::tree::Element<'_>, report: &mut Report);
    /// Takes a part of a document, whole, with what it inherits.
    fn part(&mut self, root: super::tree::Element<'_>, inherited: Inherited<'_>, report: &mut Report);
    /// Takes the end of an element that parts are in.
    fn close(&mut self, name: Name<'_>, report: &mut Report);
}

/// A version family of XLIFF as its root names it.
struct Version {
    schema: &'static Schema,
    /// The elements that are taken by themselves, and not as a tree with all that is in them.
    containers: &'static [&'static str],
    rules: Box<dyn Rules>,
}

struct Walk<'t, 'r> {
    text: &'t str,
    report: &'r mut Report,
    spaces: Spaces,
    version: Option<Version>,
    frames: Vec<Frame<'t>>,
    /// The part of the document that is being read.
    part: Tree<'t>,
    /// The attributes of the element that is being read.
    attributes: Vec<Attribute<'t>>,
    interop: Interop,
    ended: bool,
}

/// Checks the document `text`.
pub(super) fn document(text: &str, report: &mut Report) {
    let mut walk = Walk {
        text,
        report,
        spaces: Spaces::default(),
        version: None,
        frames: Vec::new(),
        part: Tree::default(),
        attributes: Vec::new(),
        interop: Interop::default(),
        ended: false,
    };
    walk.run();
}

/// Reading goes on, or stops at what was told.
type Go = Result<(), Stop>;

/// Something was told after which nothing can be read.
struct Stop;

impl<'t> Walk<'t, '_> {
    fn run(&mut self) {
        let mut reader = NsReader::from_str(self.text);
        reader.config_mut().check_comments = true;
        loop {
            let at = position(reader.buffer_position());
            match reader.read_event() {
                Ok(Event::Eof) => return self.finish(),
                Ok(event) => {
                    if self.event(&reader, at, event).is_err() || self.report.is_full() {
                        return;
                    }
                }
                Err(error) => {
                    let at = position(reader.error_position());
                    return self.report.tell(at, &MALFORMED, format!("not well-formed: {error}"));
                }
            }
        }
    }

    fn event(&mut self, reader: &NsReader<&'t [u8]>, at: usize, event: Event<'_>) -> Go {
        match event {
            Event::Start(tag) => self.start(reader, at, &tag),
            Event::Empty(tag) => {
                self.start(reader, at, &tag)?;
                self.end();
                Ok(())
            }
            Event::End(_) => {
                self.end();
                Ok(())
            }
            Event::Text(text) => self.text(at, &text.into_inner()),
            Event::CData(text) => self.words(at, if text.is_empty() { Text::None } else { Text::Words }),
            Event::GeneralRef(reference) => self.reference(at, &reference),
            Event::DocType(_) => {
                self.report.tell(at, &DOCTYPE, "a DOCTYPE is refused, since entities can read files: remove it");
                Err(Stop)
            }
            Event::Decl(_) if at > 0 => Err(self.malformed(at, "an XML declaration stands at the very beginning only")),
            Event::PI(pi) if pi.target().eq_ignore_ascii_case("xml") => {
                Err(self.malformed(at, "an XML declaration stands at the very beginning only"))
            }
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Eof => Ok(()),
        }
    }

    fn start(&mut self, reader: &NsReader<&'t [u8]>, at: usize, tag: &BytesStart<'_>) -> Go {
        if self.frames.len() == MOST {
            self.report.tell(at, &DEPTH, format!("elements nest deeper than {MOST}: no tool reads this"));
            return Err(Stop);
        }
        if self.frames.is_empty() && self.ended {
            return Err(self.malformed(at, "a second root element: a document has one"));
        }
        let local = attributes::slice(self.text, tag.local_name().into_inner());
        if !local.starts_with(begins_name) || !local.chars().all(in_name) || local.contains(':') {
            return Err(self.malformed(at, &format!("`{local}` is no name of an element")));
        }
        let (namespace, _) = reader.resolver().resolve_element(tag.name());
        let space = match namespace {
            ResolveResult::Bound(Namespace(uri)) => self.space(at, uri, local)?,
            ResolveResult::Unbound => self.space(at, "", local)?,
            ResolveResult::Unknown(prefix) => return Err(self.undeclared(at, &prefix)),
        };
        self.read_attributes(reader, at, tag)?;
        self.enter(Name { space, local }, at);
        Ok(())
    }

    /// The namespace of an element; that of the root says the version.
    fn space(&mut self, at: usize, uri: &str, local: &str) -> Result<Space, Stop> {
        if self.version.is_none() {
            self.version = Version::of(uri).filter(|_| local == "xliff");
            if self.version.is_none() {
                let asked = "write it as `xliff` in `urn:oasis:names:tc:xliff:document:2.0` or that of another version";
                self.report.tell(at, &NOT_XLIFF, format!("the root is `{local}` in `{uri}`, not XLIFF: {asked}"));
                return Err(Stop);
            }
            self.spaces.set_core(uri);
        }
        Ok(self.spaces.of_element(uri))
    }

    fn text(&mut self, at: usize, text: &str) -> Go {
        if let Some(end) = memchr::memmem::find(text.as_bytes(), b"]]>") {
            return Err(self.malformed(at + end, "`]]>` in text: write `]]&gt;`"));
        }
        let blank = text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
        self.words(at, if blank { Text::Blank } else { Text::Words })
    }

    fn reference(&mut self, at: usize, reference: &BytesRef<'_>) -> Go {
        let char = match reference.resolve_char_ref() {
            Ok(Some(char)) => Some(char),
            Ok(None) => quick_xml::escape::resolve_predefined_entity(reference).and_then(|it| it.chars().next()),
            Err(_) => None,
        };
        match char {
            Some(char) if forbidden(char.encode_utf8(&mut [0; 4])).is_none() => self.words(at, Text::Words),
            _ => {
                let name: &str = reference;
                Err(self.malformed(at, &format!("`&{name};` stands for nothing that XML allows")))
            }
        }
    }

    fn finish(&mut self) {
        if let Some(frame) = self.frames.last() {
            let message = format!("`{}` is not closed: the file is cut short", frame.name);
            let _: Stop = self.malformed(frame.at, &message);
        } else if !self.ended {
            self.report.tell(0, &NOT_XLIFF, "no element at all: this is not XLIFF");
        }
    }

    fn malformed(&mut self, at: usize, message: &str) -> Stop {
        self.report.tell(at, &MALFORMED, message);
        Stop
    }

    fn undeclared(&mut self, at: usize, prefix: &str) -> Stop {
        self.malformed(at, &format!("the prefix `{prefix}` is not declared: add `xmlns:{prefix}`"))
    }
}

impl Version {
    /// The version whose namespace is `uri`; XLIFF 1.0 is in none.
    fn of(uri: &str) -> Option<Self> {
        const V1: &[&str] = &["xliff", "file", "body", "group"];
        const V2: &[&str] = &["xliff", "file", "group"];
        Some(match uri.strip_prefix("urn:oasis:names:tc:xliff:document:") {
            Some("1.1" | "1.2") => Self { schema: Schema::v1(), containers: V1, rules: Box::new(v1::File::default()) },
            Some("2.0") => Self { schema: Schema::v2(), containers: V2, rules: Box::new(v2::Document::default()) },
            Some("2.2") => Self { schema: Schema::v22(), containers: V2, rules: Box::new(v2::Document::default()) },
            None if uri.is_empty() => {
                Self { schema: Schema::v1(), containers: V1, rules: Box::new(v1::File::default()) }
            }
            _ => return None,
        })
    }
}

/// A byte of the document, which is in memory and so within `usize`.
fn position(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}
