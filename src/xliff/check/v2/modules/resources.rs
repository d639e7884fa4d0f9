//! The resource data module.

use super::super::known::Address;
use super::super::unit::within;
use super::Part;
use crate::xliff::check::name::{Name, Space};
use crate::xliff::check::rules::{RESOURCE, RESOURCE_DOUBT};
use crate::xliff::check::tree::Element;

impl<'a> Part<'a> {
    pub(super) fn resource(&mut self, item: Element<'a>) {
        let side = |local| item.children().find(|it| it.name() == Name { space: Space::Resources, local });
        let empty = [side("source"), side("target")].into_iter().flatten().any(Element::is_empty);
        if empty && !item.has("mimeType") {
            self.tell(item, &RESOURCE, "a resource that is elsewhere needs `mimeType`: add it");
        }
    }

    pub(super) fn resource_side(&mut self, side: Element<'a>) {
        if side.has("href") != side.is_empty() {
            self.tell(side, &RESOURCE, "a resource has either content, or `href` and nothing else");
        }
        let Some(language) = side.get_in(Space::Xml, "lang") else { return };
        // The suite of OASIS has targets in other languages among what is valid, and no such source.
        let (expected, rule) = match side.name().local {
            "source" => (self.document.source.clone(), &RESOURCE),
            _ => (self.document.target.clone(), &RESOURCE_DOUBT),
        };
        if let Some(expected) = expected.filter(|it| !within(language, it)) {
            self.tell(
                side,
                rule,
                format!("the resource is in `{language}`, but the document's side is in `{expected}`"),
            );
        }
    }

    pub(super) fn resource_reference(&mut self, reference: Element<'a>) {
        let Some(id) = reference.get("ref") else { return };
        let here = Address { scope: &self.scope, prefix: "res", id };
        if self.document.known.has(here) {
            return;
        }
        let message = format!("`ref` is `{id}`, but no resource of the file or unit has that id");
        let file = self.file.clone();
        self.expect(reference.at(), Address { scope: &file, prefix: "res", id }, (&RESOURCE_DOUBT, message));
    }
}
