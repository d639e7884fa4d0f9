//! The schemas of XLIFF as tables: which elements and attributes stand where.
//!
//! The tables are the text files beside this one, so that a schema is read as one; [`table`] reads them once, and
//! [`content`] tells for each element that comes whether it may come now.

pub(super) mod content;
pub(super) mod kind;
mod table;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::name::{Name, Space};
use kind::Kind;

/// The schemas of one version.
#[derive(Debug, Default)]
pub(super) struct Schema {
    elements: FxHashMap<Space, FxHashMap<&'static str, Element>>,
    /// The attributes of modules, which stand on elements of others.
    modules: FxHashMap<Space, Vec<Attribute>>,
    places: Vec<(Name<'static>, Place)>,
    /// Whether there is a stricter schema, which has nothing foreign.
    pub(super) has_strict: bool,
}

/// What an element may hold.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Whether it holds text.
    pub(super) text: bool,
    /// What elements it holds, in order.
    pub(super) content: Vec<Particle>,
    /// Its attributes that are in no namespace, or in that of XML.
    pub(super) attributes: Vec<Attribute>,
    /// Whose attributes it may bear beside.
    pub(super) guests: Vec<Guest>,
}

/// One place in the content of an element.
#[derive(Debug)]
pub(super) struct Particle {
    /// What may stand there.
    pub(super) choices: Vec<Choice>,
    /// Whether something must.
    pub(super) required: bool,
    /// Whether more than one may.
    pub(super) many: bool,
}

/// What may stand at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// An element of another namespace.
    Any,
    /// This element.
    One(Name<'static>, Strictness),
}

/// An attribute that an element may bear.
#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) name: Name<'static>,
    pub(super) required: bool,
    pub(super) kind: Kind,
    pub(super) strictness: Strictness,
}

/// Whether something is in the strict schema too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    Strict,
    Transitional,
}

/// Whose attributes an element may bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guest {
    /// Those of any namespace but its own.
    Any,
    /// Those of a module.
    Of(Space),
}

/// Where an element of a module stands.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) parents: Vec<Name<'static>>,
    pub(super) many: bool,
}

static V1: LazyLock<Schema> = LazyLock::new(|| Schema { has_strict: true, ..table::read(&[include_str!("v1.txt")]) });
static V2: LazyLock<Schema> = LazyLock::new(|| table::read(&[include_str!("v2.txt")]));
static V22: LazyLock<Schema> = LazyLock::new(|| table::read(&[include_str!("v2.txt"), include_str!("v22.txt")]));

impl Schema {
    /// XLIFF 1.2, and 1.0 and 1.1, which it takes in.
    pub(super) fn v1() -> &'static Self {
        &V1
    }

    /// XLIFF 2.0 and 2.1, which differ in modules only.
    pub(super) fn v2() -> &'static Self {
        &V2
    }

    /// XLIFF 2.2.
    pub(super) fn v22() -> &'static Self {
        &V22
    }

    pub(super) fn element(&self, name: Name<'_>) -> Option<&Element> {
        self.elements.get(&name.space)?.get(name.local)
    }

    /// Whether this is the namespace of the core or of a module that the schema knows.
    pub(super) fn knows(&self, space: Space) -> bool {
        self.elements.contains_key(&space)
    }

    pub(super) fn module(&self, space: Space) -> Option<&[Attribute]> {
        self.modules.get(&space).map(Vec::as_slice)
    }

    pub(super) fn place(&self, name: Name<'_>) -> Option<&Place> {
        self.places.iter().find(|(known, _)| *known == name).map(|(_, place)| place)
    }
}
