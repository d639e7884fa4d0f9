//! The glossary module.

use super::super::known::Address;
use super::Part;
use crate::xliff::check::name::{Name, Space};
use crate::xliff::check::rules::GLOSSARY;
use crate::xliff::check::tree::Element;

impl<'a> Part<'a> {
    pub(super) fn glossary_entry(&mut self, entry: Element<'a>) {
        let says = |local| entry.children().any(|it| it.name() == Name { space: Space::Glossary, local });
        if !says("translation") && !says("definition") {
            self.tell(entry, &GLOSSARY, "a glossary entry without a translation or a definition: add one");
        }
        self.glossary_reference(entry);
    }

    /// `ref` of an entry or translation means text of its unit.
    pub(super) fn glossary_reference(&mut self, element: Element<'a>) {
        let Some(reference) = element.get("ref") else { return };
        // The suite of OASIS has `t=#m2` among what is valid, and its Schematron rules take what is after the `#`.
        let id = reference.split_once('#').map_or(reference, |(_, id)| id);
        let loose = |prefix| self.document.known.has(Address { scope: &self.scope, prefix, id });
        if !reference.starts_with('#') && (loose("") || loose("t")) {
            return;
        }
        if !self.means_text(element, reference) {
            self.tell(
                element,
                &GLOSSARY,
                format!("`ref` is `{reference}`: it means text of this unit, such as `#s1` or `#m1`"),
            );
        }
    }

    /// Whether a reference means a segment or inline element of its unit; it is held against the rules of fragments.
    pub(super) fn means_text(&mut self, element: Element<'a>, reference: &'a str) -> bool {
        if !reference.starts_with('#') {
            return false;
        }
        let fragment = self.fragment(element, reference);
        fragment.is_none_or(|it| matches!(it.leaf(), Some("" | "t")) && it.is_in(self.around()))
    }
}
