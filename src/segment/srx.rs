//! SRX 2.0 documents, read and written.

use std::fmt::Write as _;
use std::path::Path;

use quick_xml::escape::escape;

use super::Error;

mod parse;

/// Largest file in bytes.
pub(super) const MAX_BYTES: usize = 16 * 1024 * 1024;

/// A document: its header, its groups of rules, and which languages use which groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Srx {
    pub(super) header: Header,
    pub(super) groups: Vec<Group>,
    pub(super) maps: Vec<Map>,
}

/// What a document says of its use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// Whether every map that fits a language counts, in order, and not only the first.
    pub(super) cascade: bool,
    /// Whether text inside inline markup is segmented too. A text's marks never change its segments here.
    pub(super) segment_subflows: bool,
    /// Which segment a format code belongs to that stands on a border, as pairs of kind and `include`.
    pub(super) format_handles: Vec<(String, bool)>,
}

/// The rules of a `languagerule` element, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) rules: Vec<Rule>,
}

/// A rule in Java's regular expressions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) breaks: bool,
    pub(super) before: String,
    pub(super) after: String,
    /// Line in the file, from 1.
    pub(super) line: usize,
    /// What it is for; written as a comment, not read.
    pub(super) why: String,
}

/// Which languages use a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Map {
    /// Regular expression over language tags.
    pub(super) languages: String,
    /// The group's name.
    pub(super) group: String,
    /// Line in the file, from 1.
    pub(super) line: usize,
}

impl Srx {
    /// Reads a document.
    ///
    /// # Errors
    /// With path and line, when it is not well-formed, too large or not SRX 2.0.
    pub(super) fn parse(path: &Path, bytes: &[u8]) -> Result<Self, Error> {
        parse::document(path, bytes)
    }

    /// The place of the group that is called `name`.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.groups.iter().position(|group| group.name == name)
    }

    /// Writes the document.
    pub(super) fn write(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.push_str("<srx xmlns=\"http://www.lisa.org/srx20\" version=\"2.0\">\n");
        self.write_to(&mut out).expect("a String takes all that is written");
        out.push_str("</srx>\n");
        out
    }

    fn write_to(&self, out: &mut String) -> std::fmt::Result {
        let header = &self.header;
        let (subflows, cascade) = (yes_no(header.segment_subflows), yes_no(header.cascade));
        writeln!(out, "  <header segmentsubflows=\"{subflows}\" cascade=\"{cascade}\">")?;
        for (kind, include) in &header.format_handles {
            writeln!(out, "    <formathandle type=\"{}\" include=\"{}\"/>", escape(kind), yes_no(*include))?;
        }
        out.push_str("  </header>\n  <body>\n    <languagerules>\n");
        for group in &self.groups {
            writeln!(out, "      <languagerule languagerulename=\"{}\">", escape(&group.name))?;
            for rule in &group.rules {
                if !rule.why.is_empty() {
                    writeln!(out, "        <!-- {} -->", rule.why.replace("--", "—"))?;
                }
                let (before, after) = (escape(&rule.before), escape(&rule.after));
                writeln!(out, "        <rule break=\"{}\">", yes_no(rule.breaks))?;
                writeln!(out, "          <beforebreak>{before}</beforebreak>")?;
                writeln!(out, "          <afterbreak>{after}</afterbreak>\n        </rule>")?;
            }
            out.push_str("      </languagerule>\n");
        }
        out.push_str("    </languagerules>\n    <maprules>\n");
        for map in &self.maps {
            let (languages, group) = (escape(&map.languages), escape(&map.group));
            writeln!(out, "      <languagemap languagepattern=\"{languages}\" languagerulename=\"{group}\"/>")?;
        }
        out.push_str("    </maprules>\n  </body>\n");
        Ok(())
    }
}

impl Default for Header {
    /// The defaults of the SRX 2.0 specification.
    fn default() -> Self {
        let handles = [("start", false), ("end", true), ("isolated", false)];
        let format_handles = handles.map(|(kind, include)| (kind.to_owned(), include)).to_vec();
        Self { cascade: true, segment_subflows: true, format_handles }
    }
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

#[cfg(test)]
mod tests;
