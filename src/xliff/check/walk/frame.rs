//! The elements that are open, and what their schema says of what comes within them.

use std::borrow::Cow;

use super::{Go, Stop, Walk, hold};
use crate::xliff::check::name::{Name, Space};
use crate::xliff::check::rules::{ELEMENT, ELEMENT_ORDER, MALFORMED, MISSING_ELEMENT, MODULE_PLACE, NOT_STRICT, TEXT};
use crate::xliff::check::schema::content::{Progress, Step};
use crate::xliff::check::schema::{Element, Schema, Strictness};
use crate::xliff::check::tree::{Attribute, Text, Tree};

/// An element that is open.
#[derive(Debug)]
pub(super) struct Frame<'t> {
    pub(super) name: Name<'t>,
    pub(super) at: usize,
    /// What the schema says of it; nothing of what is foreign.
    element: Option<&'static Element>,
    progress: Progress,
    inherited: Own<'t>,
    /// Its number in the part of the document that is being read; none for what parts are in.
    node: Option<usize>,
    /// The modules that it holds so far.
    modules: Vec<Name<'t>>,
    /// Whether text was told where none may be.
    told: bool,
}

/// What an element hands down to those within it.
#[derive(Debug, Clone, Default)]
struct Own<'t> {
    language: Option<Cow<'t, str>>,
    preserve: bool,
}

/// What a part of a document inherits.
#[derive(Debug, Clone, Copy)]
pub(in crate::xliff::check) struct Inherited<'a> {
    /// The value of `xml:lang`.
    pub(in crate::xliff::check) language: Option<&'a str>,
    /// Whether `xml:space` is `preserve`.
    pub(in crate::xliff::check) preserve: bool,
}

impl<'t> Walk<'t, '_> {
    /// Enters an element whose attributes were read.
    pub(super) fn enter(&mut self, name: Name<'t>, at: usize) {
        let Some(version) = &self.version else { return };
        let (schema, containers) = (version.schema, version.containers);
        let element = self.row(schema, name, at);
        if let Some(element) = element {
            hold::attributes(self.report, (schema, element), (name, at), &self.attributes);
        }
        self.interop.element(self.report, self.text, (name, at), &self.attributes);
        let outer = self.frames.last();
        let inherited = Own::of(outer.map(|it| &it.inherited), &self.attributes);
        let container =
            name.space == Space::Core && containers.contains(&name.local) && outer.is_none_or(|it| it.node.is_none());
        let node = if container {
            self.open(name, at);
            None
        } else {
            let parent = outer.and_then(|it| it.node);
            Some(self.part.open(parent, (name, at), &mut self.attributes))
        };
        let progress = Progress::default();
        self.frames.push(Frame { name, at, element, progress, inherited, node, modules: Vec::new(), told: false });
    }

    /// Hands the start of an element that parts are in to the rules.
    fn open(&mut self, name: Name<'t>, at: usize) {
        let mut tree = Tree::default();
        tree.open(None, (name, at), &mut self.attributes);
        if let (Some(version), Some(root)) = (&mut self.version, tree.root()) {
            version.rules.open(root, self.report);
        }
    }

    /// What the schema says of an element, after asking whether it may come here.
    fn row(&mut self, schema: &'static Schema, name: Name<'t>, at: usize) -> Option<&'static Element> {
        let row = schema.element(name);
        let Some(outer) = self.frames.last_mut() else { return row };
        let Some(element) = outer.element else { return row };
        let inside = outer.name;
        match outer.progress.step(element, inside.space, name) {
            Step::Known(Strictness::Strict) => {}
            Step::Known(Strictness::Transitional) => {
                self.report.tell(at, &NOT_STRICT, format!("`{name}` is not in the strict schema"));
            }
            Step::Any => self.guest(schema, name, at),
            Step::Order => self.report.tell(
                at,
                &ELEMENT_ORDER,
                format!("`{name}` stands too late in `{inside}`, or once too often: put it in its place"),
            ),
            Step::Early(first) => self.report.tell(
                at,
                &ELEMENT_ORDER,
                format!("`{name}` stands before {first} in `{inside}`, which has to come first"),
            ),
            Step::Never => self.report.tell(at, &ELEMENT, format!("`{name}` has no place in `{inside}`: take it out")),
        }
        row
    }

    /// Asks whether an element of another namespace, which any may be in, is one that its module has there.
    fn guest(&mut self, schema: &Schema, name: Name<'t>, at: usize) {
        let Some(outer) = self.frames.last_mut() else { return };
        let inside = outer.name;
        if !schema.knows(name.space) {
            if !schema.has_strict {
                return;
            }
            return self.report.tell(at, &NOT_STRICT, format!("`{name}` is foreign, which the strict schema refuses"));
        }
        if schema.element(name).is_none() {
            return self.report.tell(
                at,
                &ELEMENT,
                format!("`{name}` is no element of its module: take it out or mend its name"),
            );
        }
        let Some(place) = schema.place(name).filter(|_| inside.space == Space::Core) else { return };
        if !place.parents.contains(&inside) {
            self.report.tell(at, &MODULE_PLACE, format!("`{name}` has no place in `{inside}`: move it"));
        } else if !place.many && outer.modules.contains(&name) {
            self.report.tell(at, &MODULE_PLACE, format!("`{inside}` has `{name}` twice: join them"));
        }
        outer.modules.push(name);
    }

    /// Takes text in the innermost element.
    pub(super) fn words(&mut self, at: usize, text: Text) -> Go {
        let Some(frame) = self.frames.last_mut() else {
            if text == Text::Words {
                self.report.tell(at, &MALFORMED, "text outside the root element: take it out");
                return Err(Stop);
            }
            return Ok(());
        };
        if let Some(node) = frame.node {
            self.part.text(node, text);
        }
        if text == Text::Words && !frame.told && frame.element.is_some_and(|it| !it.text) {
            frame.told = true;
            self.report.tell(at, &TEXT, format!("text has no place in `{}`: take it out", frame.name));
        }
        Ok(())
    }

    /// Leaves the innermost element.
    pub(super) fn end(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        self.ended = self.frames.is_empty();
        if let Some(missing) = frame.element.and_then(|it| frame.progress.missing(it)) {
            self.report.tell(frame.at, &MISSING_ELEMENT, format!("`{}` lacks {missing}: add it", frame.name));
        }
        let Some(version) = &mut self.version else { return };
        let Some(node) = frame.node else {
            return version.rules.close(frame.name, self.report);
        };
        self.part.close(node);
        if node > 0 {
            return;
        }
        let outer = self.frames.last().map(|it| &it.inherited);
        let inherited = Inherited {
            language: outer.and_then(|it| it.language.as_deref()),
            preserve: outer.is_some_and(|it| it.preserve),
        };
        if let Some(root) = self.part.root() {
            version.rules.part(root, inherited, self.report);
        }
        self.part.clear();
    }
}

impl<'t> Own<'t> {
    fn of(outer: Option<&Self>, attributes: &[Attribute<'t>]) -> Self {
        let mut own = outer.cloned().unwrap_or_default();
        for attribute in attributes.iter().filter(|it| it.name.space == Space::Xml) {
            match attribute.name.local {
                "lang" => own.language = Some(attribute.value.clone()),
                "space" => own.preserve = attribute.value == "preserve",
                _ => {}
            }
        }
        own
    }
}
