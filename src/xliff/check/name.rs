//! Names of elements and attributes: a namespace, known once, and a local name.

use std::fmt;

/// A namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Space {
    /// None.
    None,
    /// That of the document's version of XLIFF.
    Core,
    Xml,
    /// What schemas say about themselves in documents; it may stand anywhere.
    Instance,
    Changes,
    Format,
    Glossary,
    Its,
    ItsModule,
    Matches,
    Metadata,
    Plurals,
    Resources,
    Size,
    Validation,
    /// Any other, by the order in which the document brings them.
    Foreign(u16),
}

/// A name in a document or schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Name<'t> {
    pub(super) space: Space,
    pub(super) local: &'t str,
}

/// Namespaces with their usual prefixes.
const SPACES: &[(&str, &str, Space)] = &[
    ("xml", "http://www.w3.org/XML/1998/namespace", Space::Xml),
    ("xsi", "http://www.w3.org/2001/XMLSchema-instance", Space::Instance),
    ("ctr", "urn:oasis:names:tc:xliff:changetracking:2.0", Space::Changes),
    ("ctr", "urn:oasis:names:tc:xliff:changetracking:2.1", Space::Changes),
    ("ctr", "urn:oasis:names:tc:xliff:changetracking:2.2", Space::Changes),
    ("fs", "urn:oasis:names:tc:xliff:fs:2.0", Space::Format),
    ("gls", "urn:oasis:names:tc:xliff:glossary:2.0", Space::Glossary),
    ("its", "http://www.w3.org/2005/11/its", Space::Its),
    ("itsm", "urn:oasis:names:tc:xliff:itsm:2.1", Space::ItsModule),
    ("mtc", "urn:oasis:names:tc:xliff:matches:2.0", Space::Matches),
    ("mda", "urn:oasis:names:tc:xliff:metadata:2.0", Space::Metadata),
    ("pgs", "urn:oasis:names:tc:xliff:pgs:1.0", Space::Plurals),
    ("res", "urn:oasis:names:tc:xliff:resourcedata:2.0", Space::Resources),
    ("slr", "urn:oasis:names:tc:xliff:sizerestriction:2.0", Space::Size),
    ("val", "urn:oasis:names:tc:xliff:validation:2.0", Space::Validation),
];

impl Space {
    /// The namespace of this usual prefix.
    pub(super) fn of_prefix(prefix: &str) -> Self {
        SPACES.iter().find(|(known, _, _)| *known == prefix).map_or(Self::None, |(_, _, space)| *space)
    }

    /// Its usual prefix, where it has one.
    pub(super) fn prefix(self) -> Option<&'static str> {
        SPACES.iter().find(|(_, _, space)| *space == self).map(|(prefix, _, _)| *prefix)
    }

    /// Whether it is that of a module of XLIFF 2.
    pub(super) fn is_module(self) -> bool {
        !matches!(self, Self::None | Self::Core | Self::Xml | Self::Instance | Self::Foreign(_))
    }
}

/// The namespaces that a document brings.
#[derive(Debug, Default)]
pub(super) struct Spaces {
    core: String,
    foreign: Vec<String>,
}

impl Spaces {
    /// Sets the namespace of the document's version of XLIFF; XLIFF 1.0 is in none.
    pub(super) fn set_core(&mut self, core: &str) {
        core.clone_into(&mut self.core);
    }

    /// The namespace of an element; none at all is that of XLIFF 1.0.
    pub(super) fn of_element(&mut self, uri: &str) -> Space {
        if uri == self.core { Space::Core } else { self.of(uri) }
    }

    /// The namespace of this address.
    pub(super) fn of(&mut self, uri: &str) -> Space {
        if uri.is_empty() {
            return Space::None;
        }
        if uri == self.core {
            return Space::Core;
        }
        if let Some((_, _, space)) = SPACES.iter().find(|(_, known, _)| *known == uri) {
            return *space;
        }
        let at = self.foreign.iter().position(|known| known == uri).unwrap_or_else(|| {
            self.foreign.push(uri.to_owned());
            self.foreign.len() - 1
        });
        Space::Foreign(u16::try_from(at).unwrap_or(u16::MAX))
    }
}

impl<'t> Name<'t> {
    pub(super) fn core(local: &'t str) -> Self {
        Self { space: Space::Core, local }
    }

    /// The name that a table of a schema writes with its usual prefix, or without for the core.
    pub(super) fn of_table(name: &'t str) -> Self {
        name.split_once(':').map_or(Self::core(name), |(prefix, local)| Self { space: Space::of_prefix(prefix), local })
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(prefix) = self.space.prefix() {
            write!(f, "{prefix}:")?;
        }
        f.write_str(self.local)
    }
}
