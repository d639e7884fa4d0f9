//! An element that begins: its name, whose it is, and its attributes.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use quick_xml::events::attributes::Attribute;
use quick_xml::name::{Namespace, NamespaceResolver, QName, ResolveResult};

use super::Error;
use super::error::At;

/// The namespace of what Trados adds.
pub(super) const TRADOS: &str = "http://sdl.com/FileTypes/SdlXliff/1.0";

/// The namespace of what memoQ adds.
pub(super) const MEMOQ: &str = "MQXliff";

/// The namespace of what Phrase adds.
pub(super) const PHRASE: &str = "http://www.memsource.com/mxlf/2.0";

/// The namespace of the metadata module, in every XLIFF 2.
const METADATA: &str = "urn:oasis:names:tc:xliff:metadata:2.0";

/// Whose an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// XLIFF's core, in the version of the root.
    Core,
    /// The metadata module.
    Metadata,
    Trados,
    MemoQ,
    /// Nobody who matters here.
    Other,
}

/// The namespaces that hold at each depth, and the attributes of the element that began last.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    names: NamespaceResolver,
    attributes: Vec<Span>,
}

/// Where in a tag an attribute is: its name with its prefix, and its value.
#[derive(Debug, Clone)]
struct Span {
    key: Range<usize>,
    value: Range<usize>,
}

/// An element that begins.
pub(super) struct Element<'a> {
    pub(super) at: At<'a>,
    start: &'a BytesStart<'a>,
    attributes: &'a [Span],
    /// Whether the values of its attributes are what they say.
    plain: bool,
    names: &'a NamespaceResolver,
}

impl Scopes {
    /// Takes up `start`, which begins at `depth` (1 for the root), after looking whether its attributes are sound.
    pub(super) fn enter<'a>(
        &'a mut self,
        depth: usize,
        start: &'a BytesStart<'a>,
        at: At<'a>,
    ) -> Result<Element<'a>, Error> {
        let depth = u16::try_from(depth).map_err(|error| at.malformed(error))?;
        // What an element before this one declared goes.
        self.names.set_level(depth.saturating_sub(1));
        self.names.set_level(depth);
        self.attributes.clear();
        let plain = is_plain(start.attributes_raw());
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| at.malformed(error))?;
            let value = if plain { Cow::Borrowed(attribute.value.as_ref()) } else { checked(&attribute, at)? };
            if let Some(prefix) = attribute.key.as_namespace_binding() {
                self.names.add(prefix, Namespace(&value)).map_err(|error| at.malformed(error))?;
            }
            let (key, value) = (place(start, attribute.key.as_ref()), place(start, &attribute.value));
            self.attributes.push(Span { key, value });
        }
        Ok(Element { at, start, attributes: &self.attributes, plain, names: &self.names })
    }
}

impl<'a> Element<'a> {
    /// Its name without a prefix.
    pub(super) fn name(&self) -> &'a str {
        self.start.local_name().into_inner()
    }

    /// Its namespace; none where it is in none.
    pub(super) fn namespace(&self) -> Result<Option<&'a str>, Error> {
        match self.names.resolve_element(self.start.name()).0 {
            ResolveResult::Bound(Namespace(name)) => Ok(Some(name)),
            ResolveResult::Unbound => Ok(None),
            ResolveResult::Unknown(prefix) => Err(self.at.malformed(format!("the prefix `{prefix}` is not declared"))),
        }
    }

    /// Whose it is, where `core` is the namespace of the root.
    pub(super) fn owner(&self, core: Option<&str>) -> Result<Owner, Error> {
        let name = self.namespace()?;
        Ok(match name {
            _ if name == core => Owner::Core,
            Some(METADATA) => Owner::Metadata,
            Some(TRADOS) => Owner::Trados,
            Some(MEMOQ) => Owner::MemoQ,
            _ => Owner::Other,
        })
    }

    /// The values of the attributes `wanted`, which are in no namespace.
    pub(super) fn attributes<const N: usize>(&self, wanted: [&str; N]) -> Result<[Option<Cow<'a, str>>; N], Error> {
        self.attributes_in(wanted.map(|name| ("", name)))
    }

    /// The values of the attributes `wanted`: each its namespace and its name.
    pub(super) fn attributes_in<const N: usize>(
        &self,
        wanted: [(&str, &str); N],
    ) -> Result<[Option<Cow<'a, str>>; N], Error> {
        let tag: &str = self.start;
        let mut values = [const { None }; N];
        for span in self.attributes {
            let key = QName(&tag[span.key.clone()]);
            let wanted = wanted.iter().zip(&mut values);
            if let Some((_, value)) = wanted.into_iter().find(|((space, name), _)| self.is_named(key, space, name)) {
                let attribute = Attribute { key, value: Cow::Borrowed(&tag[span.value.clone()]) };
                *value = Some(if self.plain { attribute.value } else { checked(&attribute, self.at)? });
            }
        }
        Ok(values)
    }

    fn is_named(&self, key: QName, namespace: &str, local: &str) -> bool {
        if namespace.is_empty() {
            return key.as_ref() == local;
        }
        let (name, prefix) = key.decompose();
        name.as_ref() == local
            && matches!(self.names.resolve_prefix(prefix, false), ResolveResult::Bound(Namespace(name)) if name == namespace)
    }

    /// The value of the attribute `name`, which says what the element is.
    pub(super) fn required(&self, name: &'static str) -> Result<String, Error> {
        let [value] = self.attributes([name])?;
        value.map(Cow::into_owned).ok_or_else(|| self.at.missing(self.name(), name))
    }
}

/// Where in `tag` its part `part` is.
fn place(tag: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr().saturating_sub(tag.as_ptr().addr());
    start..start + part.len()
}

/// Whether the values in `attributes` are what they say: no reference, and no white space but spaces.
fn is_plain(attributes: &str) -> bool {
    let special = |byte: u8| matches!(byte, b'&' | b'<' | b'\t' | b'\n' | b'\r');
    // Without a way out of the loop, it is compiled to a comparison of many bytes at a time.
    !attributes.bytes().fold(false, |any, byte| any | special(byte))
}

/// The value of `attribute`, references resolved.
fn checked<'a>(attribute: &Attribute<'a>, at: At) -> Result<Cow<'a, str>, Error> {
    if attribute.value.contains('<') {
        return Err(at.malformed(format!("the value of `{}` has a `<`", attribute.key.as_ref())));
    }
    let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|error| at.malformed(error))?;
    // What stands as it is was looked at when it was read.
    if let Cow::Owned(value) = &value {
        at.allowed(value)?;
    }
    Ok(value)
}
