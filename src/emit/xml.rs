//! Writes XML text: laid out where white space does not count, to the letter where it does.
//!
//! Law: whatever strings go in, what comes out is well-formed XML 1.0. A character that XML cannot hold is
//! written as U+FFFD and counted.

use super::{Written, fit};

/// Attributes by name, in the order they are written.
pub(super) type Attributes<'a> = [(&'static str, &'a str)];

/// An XML document being written.
pub(super) struct Xml {
    text: String,
    open: Vec<&'static str>,
    replaced: usize,
}

impl Xml {
    pub(super) fn new() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned(), open: Vec::new(), replaced: 0 }
    }

    /// Begins an element that holds elements only, on a line of its own.
    pub(super) fn open(&mut self, name: &'static str, attributes: &Attributes) {
        self.line();
        self.start(name, attributes);
        self.open.push(name);
    }

    /// Ends the element that was opened last.
    pub(super) fn close(&mut self) {
        let name = self.open.pop().expect("as many elements are opened as closed");
        self.line();
        self.end(name);
    }

    /// Writes an element that holds nothing, on a line of its own.
    pub(super) fn empty(&mut self, name: &'static str, attributes: &Attributes) {
        self.line();
        self.alone(name, attributes);
    }

    /// Writes an element that holds `text`, on a line of its own.
    pub(super) fn leaf(&mut self, name: &'static str, attributes: &Attributes, text: &str) {
        self.mixed(name, attributes, |xml| xml.chars(text));
    }

    /// Writes an element on a line of its own, within which `content` is written to the letter.
    pub(super) fn mixed(&mut self, name: &'static str, attributes: &Attributes, content: impl FnOnce(&mut Self)) {
        self.line();
        self.start(name, attributes);
        content(self);
        self.end(name);
    }

    /// Writes a start tag where the last character ended.
    pub(super) fn start(&mut self, name: &str, attributes: &Attributes) {
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            self.text.push(' ');
            self.text.push_str(name);
            self.text.push_str("=\"");
            self.escaped(value, true);
            self.text.push('"');
        }
        self.text.push('>');
    }

    /// Writes an element that holds nothing where the last character ended.
    pub(super) fn alone(&mut self, name: &str, attributes: &Attributes) {
        self.start(name, attributes);
        self.text.insert(self.text.len() - 1, '/');
    }

    /// Writes an end tag where the last character ended.
    pub(super) fn end(&mut self, name: &str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    /// Writes characters, whatever they are, as text.
    pub(super) fn chars(&mut self, text: &str) {
        self.escaped(text, false);
    }

    pub(super) fn finish(mut self) -> Written {
        self.text.push('\n');
        Written { text: self.text, replaced: self.replaced }
    }

    fn line(&mut self) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', self.open.len()));
    }

    fn escaped(&mut self, text: &str, in_attribute: bool) {
        for char in text.chars() {
            match char {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' if in_attribute => self.text.push_str("&quot;"),
                // A parser turns these into a space or a line feed unless they are spelt out.
                '\t' if in_attribute => self.text.push_str("&#9;"),
                '\n' if in_attribute => self.text.push_str("&#10;"),
                '\r' => self.text.push_str("&#13;"),
                char => {
                    self.text.push(fit(char));
                    self.replaced += usize::from(fit(char) != char);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn written(text: &str, expected: &str, replaced: usize) {
        let mut xml = Xml::new();
        xml.leaf("a", &[("b", text)], text);
        let written = xml.finish();
        let body = written.text.split_once('\n').expect("a declaration and a body").1;
        assert_eq!((body.trim_end(), written.replaced), (expected, replaced));
    }

    #[test]
    fn markup_in_a_text_stays_text() {
        written("<&>\"'", "<a b=\"&lt;&amp;&gt;&quot;'\">&lt;&amp;&gt;\"'</a>", 0);
        written("]]>", "<a b=\"]]&gt;\">]]&gt;</a>", 0);
    }

    #[test]
    fn white_space_survives_a_parser() {
        written("\t\r\n", "<a b=\"&#9;&#13;&#10;\">\t&#13;\n</a>", 0);
    }

    #[test]
    fn what_xml_cannot_hold_is_replaced_and_counted() {
        written("\u{0}\u{1b}\u{FFFF}", "<a b=\"\u{FFFD}\u{FFFD}\u{FFFD}\">\u{FFFD}\u{FFFD}\u{FFFD}</a>", 6);
    }
}
