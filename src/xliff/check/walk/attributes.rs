//! The attributes of a tag: read, resolved, and held against what well-formedness asks of them.

use std::borrow::Cow;

use quick_xml::events::BytesStart;
use quick_xml::events::attributes::Attribute as Raw;
use quick_xml::name::{Namespace, QName, ResolveResult};
use quick_xml::{NsReader, XmlVersion};

use super::{Go, Stop, Walk};
use crate::xliff::check::decode::forbidden;
use crate::xliff::check::name::{Name, Space};
use crate::xliff::check::schema::kind::{begins_name, in_name};
use crate::xliff::check::tree::Attribute;

/// The part of `text` that `part`, which was cut out of it, is.
pub(super) fn slice<'t>(text: &'t str, part: &str) -> &'t str {
    let from = offset(text, part);
    text.get(from..from + part.len()).unwrap_or_default()
}

/// Where in `text` the part of it begins.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(text.as_ptr().addr())
}

impl<'t> Walk<'t, '_> {
    /// Reads the attributes of `tag`, which begins at the byte `at`; declarations of namespaces are none.
    pub(super) fn read_attributes(&mut self, reader: &NsReader<&'t [u8]>, at: usize, tag: &BytesStart<'_>) -> Go {
        self.attributes.clear();
        for attribute in tag.attributes() {
            let attribute = match attribute {
                Ok(attribute) => attribute,
                Err(error) => return Err(self.malformed(at, &format!("attributes of `{}`: {error}", tag.name().0))),
            };
            let place = offset(self.text, attribute.key.0);
            self.written_well(place, &attribute)?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let name = self.attribute_name(reader, place, attribute.key)?;
            if self.attributes.iter().any(|other| other.name == name) {
                return Err(self.malformed(place, &format!("`{name}` occurs twice")));
            }
            let value = self.value(place, &attribute)?;
            self.attributes.push(Attribute { name, value, at: place });
        }
        Ok(())
    }

    /// Asks what the library does not: white space before an attribute, a name for it, and no `<` in its value.
    fn written_well(&mut self, at: usize, attribute: &Raw<'_>) -> Go {
        let key = attribute.key.0;
        let apart = at == 0 || self.text.as_bytes()[at - 1].is_ascii_whitespace();
        if !apart {
            return Err(self.malformed(at, &format!("white space is missing before `{key}`")));
        }
        if !key.starts_with(begins_name) || !key.chars().all(in_name) || key.matches(':').count() > 1 {
            return Err(self.malformed(at, &format!("`{key}` is no name of an attribute")));
        }
        if attribute.value.contains('<') {
            return Err(self.malformed(at, &format!("`<` in the value of `{key}`: write `&lt;`")));
        }
        Ok(())
    }

    fn attribute_name(&mut self, reader: &NsReader<&'t [u8]>, at: usize, key: QName<'_>) -> Result<Name<'t>, Stop> {
        let (namespace, local) = reader.resolver().resolve_attribute(key);
        let space = match namespace {
            ResolveResult::Unbound => Space::None,
            ResolveResult::Bound(Namespace(uri)) => self.spaces.of(uri),
            ResolveResult::Unknown(prefix) => return Err(self.undeclared(at, &prefix)),
        };
        Ok(Name { space, local: slice(self.text, local.into_inner()) })
    }

    fn value(&mut self, at: usize, attribute: &Raw<'_>) -> Result<Cow<'t, str>, Stop> {
        let raw = slice(self.text, &attribute.value);
        if !raw.contains(['&', '\t', '\n', '\r']) {
            return Ok(Cow::Borrowed(raw));
        }
        match attribute.normalized_value(XmlVersion::Explicit1_0) {
            Ok(value) if forbidden(&value).is_none() => Ok(Cow::Owned(value.into_owned())),
            Ok(_) => Err(self.malformed(at, "a reference to a character that XML does not allow")),
            Err(error) => Err(self.malformed(at, &format!("the value of `{}`: {error}", attribute.key.0))),
        }
    }
}
