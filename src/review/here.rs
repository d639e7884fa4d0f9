//! Where in a document the reader is, and what the element there says.

use std::path::Path;

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

use super::Error;
use crate::model::Lang;

/// A place in a document.
pub(super) struct Here<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
    /// Byte of the text.
    pub(super) at: usize,
}

impl Here<'_> {
    /// The languages that `element` names in its attributes `source`, which it must have, and `target`.
    pub(super) fn languages(
        &self,
        element: &BytesStart,
        source: &'static str,
        target: &'static str,
    ) -> Result<(Lang, Option<Lang>), Error> {
        let parse = |attribute: &'static str, tag: String| {
            let refused =
                |_| Error::Language { path: self.path.to_owned(), line: self.line(), attribute, tag: tag.clone() };
            tag.parse::<Lang>().map_err(refused)
        };
        let source = parse(source, self.required(element, source)?)?;
        let target = self.attribute(element, target)?.map(|tag| parse(target, tag)).transpose()?;
        Ok((source, target))
    }

    pub(super) fn required(&self, element: &BytesStart, attribute: &'static str) -> Result<String, Error> {
        let element_name = || element.local_name().as_ref().to_owned();
        let missing =
            || Error::Missing { path: self.path.to_owned(), line: self.line(), element: element_name(), attribute };
        self.attribute(element, attribute)?.ok_or_else(missing)
    }

    pub(super) fn attribute(&self, element: &BytesStart, name: &str) -> Result<Option<String>, Error> {
        let attribute = element.try_get_attribute(name).map_err(|error| self.malformed(error))?;
        let Some(attribute) = attribute else { return Ok(None) };
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|error| self.malformed(error))?;
        Ok(Some(value.into_owned()))
    }

    /// The line, from 1.
    pub(super) fn line(&self) -> usize {
        1 + self.text.as_bytes().iter().take(self.at).filter(|byte| **byte == b'\n').count()
    }

    pub(super) fn malformed(&self, reason: impl std::fmt::Display) -> Error {
        Error::Malformed { path: self.path.to_owned(), line: self.line(), reason: reason.to_string() }
    }

    pub(super) fn not_xliff(&self) -> Error {
        Error::NotXliff { path: self.path.to_owned(), line: self.line() }
    }
}
