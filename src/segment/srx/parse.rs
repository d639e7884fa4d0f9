//! Reads SRX 2.0 documents: strictly, and without trusting them.

use std::path::Path;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::{Group, Header, MAX_BYTES, Map, Rule, Srx};
use crate::segment::Error;

/// Most rules in a file; the largest in use have some thousands.
const MAX_RULES: usize = 50_000;
/// Deepest nesting of elements.
const MAX_DEPTH: usize = 32;

/// Reads the document in `bytes`; `path` is only named in errors.
pub(super) fn document(path: &Path, bytes: &[u8]) -> Result<Srx, Error> {
    let limit = MAX_BYTES;
    if bytes.len() > limit {
        return Err(Error::TooLarge { path: path.to_owned(), what: "bytes", size: bytes.len(), limit });
    }
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).map_err(|bad| {
        let line = 1 + lines(&bytes[..bad.valid_up_to()]);
        syntax(path, line, "is not UTF-8: save the file in that encoding")
    })?;
    let mut parser = Parser::new(path, text);
    parser.run()?;
    parser.finish()
}

struct Parser<'a> {
    path: &'a Path,
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Byte up to which lines were counted, and the line there.
    counted: (usize, usize),
    depth: usize,
    rules: usize,
    saw: Saw,
    header: Option<Header>,
    groups: Vec<Group>,
    maps: Vec<Map>,
    rule: Option<Rule>,
    /// The part of a rule that is being read.
    part: Option<Part>,
}

/// Which of the elements that make up a document were met.
#[derive(Default)]
struct Saw {
    root: bool,
    rules: bool,
    maps: bool,
}

#[derive(Clone, Copy)]
enum Part {
    Before,
    After,
}

impl<'a> Parser<'a> {
    fn new(path: &'a Path, text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self {
            path,
            text,
            reader,
            counted: (0, 1),
            depth: 0,
            rules: 0,
            saw: Saw::default(),
            header: None,
            groups: Vec::new(),
            maps: Vec::new(),
            rule: None,
            part: None,
        }
    }

    fn run(&mut self) -> Result<(), Error> {
        loop {
            let event = self.reader.read_event();
            let line = self.line();
            let event = event.map_err(|bad| syntax(self.path, line, format!("is not well-formed XML: {bad}")))?;
            match event {
                Event::Start(element) => self.start(&element, line)?,
                Event::End(element) => self.end(element.local_name().as_ref().as_ref()),
                Event::Text(text) => self.characters(&text.xml10_content()),
                Event::CData(text) => self.characters(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let name = reference.xml10_content();
                    let character = reference.resolve_char_ref().ok().flatten().map(String::from);
                    let value = character.or_else(|| resolve_predefined_entity(&name).map(str::to_owned));
                    let value = value.ok_or_else(|| syntax(self.path, line, format!("unknown entity `&{name};`")))?;
                    self.characters(&value);
                }
                Event::DocType(_) => return Err(syntax(self.path, line, "has a DOCTYPE, which rule files may not")),
                Event::Eof if self.depth > 0 => return Err(syntax(self.path, line, "ends inside an element")),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn finish(self) -> Result<Srx, Error> {
        let last = self.counted.1;
        for (seen, what) in [(self.saw.root, "srx"), (self.saw.rules, "languagerules"), (self.saw.maps, "maprules")] {
            if !seen {
                return Err(syntax(self.path, last, format!("has no `{what}` element: is it an SRX 2.0 file?")));
            }
        }
        for map in &self.maps {
            if !self.groups.iter().any(|group| group.name == map.group) {
                return Err(syntax(self.path, map.line, format!("no `languagerule` is named `{}`", map.group)));
            }
        }
        Ok(Srx { header: self.header.unwrap_or_default(), groups: self.groups, maps: self.maps })
    }

    fn start(&mut self, element: &BytesStart<'_>, line: usize) -> Result<(), Error> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(syntax(self.path, line, format!("elements nest deeper than {MAX_DEPTH}")));
        }
        match element.local_name().as_ref() {
            "srx" => self.root(element, line)?,
            "header" => self.header(element, line)?,
            "formathandle" => self.format_handle(element, line)?,
            "languagerules" => self.saw.rules = true,
            "maprules" => self.saw.maps = true,
            "languagerule" => {
                let name = self.required(element, "languagerulename", line)?;
                self.groups.push(Group { name, rules: Vec::new() });
            }
            "rule" => self.rule = Some(self.begin_rule(element, line)?),
            "beforebreak" => self.part = Some(Part::Before),
            "afterbreak" => self.part = Some(Part::After),
            "languagemap" => {
                let languages = self.required(element, "languagepattern", line)?;
                let group = self.required(element, "languagerulename", line)?;
                self.maps.push(Map { languages, group, line });
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        self.depth -= 1;
        match name {
            "rule" => {
                let rule = self.rule.take();
                if let Some(group) = self.groups.last_mut() {
                    group.rules.extend(rule);
                }
            }
            "beforebreak" | "afterbreak" => self.part = None,
            _ => {}
        }
    }

    fn characters(&mut self, text: &str) {
        let Some(rule) = &mut self.rule else { return };
        match self.part {
            Some(Part::Before) => rule.before.push_str(text),
            Some(Part::After) => rule.after.push_str(text),
            None => {}
        }
    }

    fn root(&mut self, element: &BytesStart<'_>, line: usize) -> Result<(), Error> {
        self.saw.root = true;
        match self.required(element, "version", line)?.as_str() {
            "2.0" => Ok(()),
            other => Err(syntax(self.path, line, format!("is SRX {other}: convert it to SRX 2.0"))),
        }
    }

    fn header(&mut self, element: &BytesStart<'_>, line: usize) -> Result<(), Error> {
        let cascade = self.flag(element, "cascade", line)?.unwrap_or(true);
        let segment_subflows = self.flag(element, "segmentsubflows", line)?.unwrap_or(true);
        self.header = Some(Header { cascade, segment_subflows, format_handles: Vec::new() });
        Ok(())
    }

    fn format_handle(&mut self, element: &BytesStart<'_>, line: usize) -> Result<(), Error> {
        let kind = self.required(element, "type", line)?;
        let include = self.flag(element, "include", line)?.unwrap_or(false);
        if let Some(header) = &mut self.header {
            header.format_handles.push((kind, include));
        }
        Ok(())
    }

    fn begin_rule(&mut self, element: &BytesStart<'_>, line: usize) -> Result<Rule, Error> {
        self.rules += 1;
        if self.rules > MAX_RULES {
            let (size, limit) = (self.rules, MAX_RULES);
            return Err(Error::TooLarge { path: self.path.to_owned(), what: "rules", size, limit });
        }
        if self.groups.is_empty() {
            return Err(syntax(self.path, line, "a `rule` stands outside any `languagerule`"));
        }
        Ok(Rule { breaks: self.flag(element, "break", line)?.unwrap_or(true), line, ..Rule::default() })
    }

    fn flag(&self, element: &BytesStart<'_>, name: &str, line: usize) -> Result<Option<bool>, Error> {
        match self.attribute(element, name, line)?.as_deref() {
            None => Ok(None),
            Some("yes") => Ok(Some(true)),
            Some("no") => Ok(Some(false)),
            Some(other) => Err(syntax(self.path, line, format!("`{name}` is `{other}`: write `yes` or `no`"))),
        }
    }

    fn required(&self, element: &BytesStart<'_>, name: &str, line: usize) -> Result<String, Error> {
        let missing = || syntax(self.path, line, format!("`{}` lacks `{name}`", element.local_name().as_ref()));
        self.attribute(element, name, line)?.ok_or_else(missing)
    }

    fn attribute(&self, element: &BytesStart<'_>, name: &str, line: usize) -> Result<Option<String>, Error> {
        let bad = |what: String| syntax(self.path, line, format!("attribute `{name}`: {what}"));
        let Some(found) = element.try_get_attribute(name).map_err(|error| bad(error.to_string()))? else {
            return Ok(None);
        };
        let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0);
        Ok(Some(value.map_err(|error| bad(error.to_string()))?.into_owned()))
    }

    /// The line that the reader stands on.
    fn line(&mut self) -> usize {
        let here = usize::try_from(self.reader.buffer_position()).unwrap_or(self.text.len()).min(self.text.len());
        let (from, line) = self.counted;
        let passed = self.text.as_bytes().get(from..here).unwrap_or_default();
        self.counted = (here, line + lines(passed));
        self.counted.1
    }
}

fn syntax(path: &Path, line: usize, message: impl Into<String>) -> Error {
    Error::Syntax { path: path.to_owned(), line, message: message.into() }
}

/// The line ends in `bytes`.
fn lines(bytes: &[u8]) -> usize {
    bytes.split(|byte| *byte == b'\n').count() - 1
}
