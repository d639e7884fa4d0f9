//! An element that begins: its name, whose it is, and its attributes.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use quick_xml::events::attributes::Attribute;
use quick_xml::name::{Namespace, NamespaceResolver, ResolveResult};

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

/// The namespaces that hold at each depth.
#[derive(Debug, Default)]
pub(super) struct Scopes(NamespaceResolver);

/// An element that begins.
pub(super) struct Element<'a> {
    pub(super) at: At<'a>,
    start: &'a BytesStart<'a>,
    scopes: &'a NamespaceResolver,
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
        self.0.set_level(depth.saturating_sub(1));
        self.0.set_level(depth);
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| at.malformed(error))?;
            let value = checked(&attribute, at)?;
            if let Some(prefix) = attribute.key.as_namespace_binding() {
                self.0.add(prefix, Namespace(&value)).map_err(|error| at.malformed(error))?;
            }
        }
        Ok(Element { at, start, scopes: &self.0 })
    }
}

impl<'a> Element<'a> {
    /// Its name without a prefix.
    pub(super) fn name(&self) -> &'a str {
        self.start.local_name().into_inner()
    }

    /// Its namespace; none where it is in none.
    pub(super) fn namespace(&self) -> Result<Option<&'a str>, Error> {
        match self.scopes.resolve_element(self.start.name()).0 {
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
        let mut values = [const { None }; N];
        let mut attributes = self.start.attributes();
        for attribute in attributes.with_checks(false) {
            let attribute = attribute.map_err(|error| self.at.malformed(error))?;
            let (name, prefix) = attribute.key.decompose();
            for ((namespace, local), value) in wanted.iter().zip(&mut values) {
                let here = || match self.scopes.resolve_prefix(prefix, false) {
                    ResolveResult::Bound(Namespace(name)) => name == *namespace,
                    ResolveResult::Unbound => namespace.is_empty(),
                    ResolveResult::Unknown(_) => false,
                };
                if name.as_ref() == *local && here() {
                    *value = Some(checked(&attribute, self.at)?);
                }
            }
        }
        Ok(values)
    }

    /// The value of the attribute `name`, which says what the element is.
    pub(super) fn required(&self, name: &'static str) -> Result<String, Error> {
        let [value] = self.attributes([name])?;
        value.map(Cow::into_owned).ok_or_else(|| self.at.missing(self.name(), name))
    }
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
