//! A part of a document as a light tree: a unit, the notes of a file, an element of a module.
//!
//! Law: nodes stand in the order of the document, so that what is within a node follows it without a gap; the memory of a
//! part is that of the next.

use std::borrow::Cow;
use std::ops::Range;

use super::name::{Name, Space};

/// A part of a document.
#[derive(Debug, Default)]
pub(super) struct Tree<'t> {
    nodes: Vec<Node<'t>>,
    attributes: Vec<Attribute<'t>>,
}

/// An attribute as a document has it.
#[derive(Debug, Clone)]
pub(super) struct Attribute<'t> {
    pub(super) name: Name<'t>,
    pub(super) value: Cow<'t, str>,
    /// Byte of the document.
    pub(super) at: usize,
}

#[derive(Debug)]
struct Node<'t> {
    name: Name<'t>,
    at: usize,
    parent: Option<usize>,
    attributes: Range<usize>,
    end: usize,
    text: Text,
}

/// What text stands directly in an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Text {
    None,
    Blank,
    Words,
}

/// An element of a tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    tree: &'a Tree<'a>,
    node: usize,
}

impl<'t> Tree<'t> {
    /// Opens an element, in the element `parent`; tells its number.
    pub(super) fn open(
        &mut self,
        parent: Option<usize>,
        (name, at): (Name<'t>, usize),
        attributes: &mut Vec<Attribute<'t>>,
    ) -> usize {
        let from = self.attributes.len();
        self.attributes.append(attributes);
        let attributes = from..self.attributes.len();
        self.nodes.push(Node { name, at, parent, attributes, end: self.nodes.len() + 1, text: Text::None });
        self.nodes.len() - 1
    }

    pub(super) fn text(&mut self, node: usize, text: Text) {
        let node = &mut self.nodes[node];
        node.text = node.text.max(text);
    }

    pub(super) fn close(&mut self, node: usize) {
        self.nodes[node].end = self.nodes.len();
    }

    pub(super) fn clear(&mut self) {
        self.nodes.clear();
        self.attributes.clear();
    }

    /// The first element, which all others are within.
    pub(super) fn root(&self) -> Option<Element<'_>> {
        (!self.nodes.is_empty()).then_some(Element { tree: self, node: 0 })
    }
}

impl<'a> Element<'a> {
    fn node(self) -> &'a Node<'a> {
        &self.tree.nodes[self.node]
    }

    pub(super) fn name(self) -> Name<'a> {
        self.node().name
    }

    /// Byte of the document.
    pub(super) fn at(self) -> usize {
        self.node().at
    }

    pub(super) fn text(self) -> Text {
        self.node().text
    }

    /// Its place in the order of the document, for comparison.
    pub(super) fn place(self) -> usize {
        self.node
    }

    /// Whether it is the core element of this name.
    pub(super) fn is(self, local: &str) -> bool {
        self.name() == Name::core(local)
    }

    /// Whether it is the core element of one of these names.
    pub(super) fn is_any(self, locals: &[&str]) -> bool {
        self.name().space == Space::Core && locals.contains(&self.name().local)
    }

    pub(super) fn attributes(self) -> &'a [Attribute<'a>] {
        &self.tree.attributes[self.node().attributes.clone()]
    }

    /// The value of an attribute in no namespace.
    pub(super) fn get(self, local: &str) -> Option<&'a str> {
        self.get_in(Space::None, local)
    }

    pub(super) fn get_in(self, space: Space, local: &str) -> Option<&'a str> {
        let found = self.attributes().iter().find(|it| it.name.local == local && it.name.space == space);
        found.map(|it| it.value.as_ref())
    }

    /// Whether it has this attribute in no namespace.
    pub(super) fn has(self, local: &str) -> bool {
        self.get(local).is_some()
    }

    /// Whether this attribute in no namespace has this value.
    pub(super) fn says(self, local: &str, value: &str) -> bool {
        self.get(local) == Some(value)
    }

    pub(super) fn parent(self) -> Option<Self> {
        self.node().parent.map(|node| Self { node, ..self })
    }

    pub(super) fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.parent(), |it| it.parent())
    }

    /// All elements within it, in order.
    pub(super) fn within(self) -> impl Iterator<Item = Self> {
        (self.node + 1..self.node().end).map(move |node| Self { node, ..self })
    }

    pub(super) fn children(self) -> impl Iterator<Item = Self> {
        let first = (self.node + 1 < self.node().end).then_some(self.node + 1);
        let next = move |node: &usize| Some(self.tree.nodes[*node].end).filter(|next| *next < self.node().end);
        std::iter::successors(first, next).map(move |node| Self { node, ..self })
    }

    /// The first child that is the core element of this name.
    pub(super) fn child(self, local: &str) -> Option<Self> {
        self.children().find(|it| it.is(local))
    }

    /// Whether nothing at all is in it.
    pub(super) fn is_empty(self) -> bool {
        self.text() == Text::None && self.children().next().is_none()
    }
}
