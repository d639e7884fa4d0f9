//! The modules of XLIFF 2: one file each.

mod changes;
mod format;
mod glossary;
mod its;
mod matches;
mod resources;
mod size;
mod validation;

use super::Part;
use crate::xliff::check::name::{Name, Space};
use crate::xliff::check::tree::Element;

impl<'a> Part<'a> {
    /// Holds an element of a module against its rules.
    pub(super) fn module(&mut self, element: Element<'a>) {
        let Name { space, local } = element.name();
        match (space, local) {
            (Space::Glossary, "glossEntry") => self.glossary_entry(element),
            (Space::Glossary, "translation") => self.glossary_reference(element),
            (Space::Matches, "matches") => self.matches(element),
            (Space::Matches, "match") => self.a_match(element),
            (Space::Resources, "resourceItem") => self.resource(element),
            (Space::Resources, "source" | "target") => self.resource_side(element),
            (Space::Resources, "resourceItemRef") => self.resource_reference(element),
            (Space::Changes, "revisions") => self.revisions(element),
            (Space::Validation, "rule") => self.validation_rule(element),
            (Space::Its, "locQualityIssue" | "provenanceRecord") => self.its_record(element),
            _ => {}
        }
    }

    /// Holds the attributes of modules on an element against their rules.
    pub(super) fn attributes_of(&mut self, element: Element<'a>) {
        let has = |space: Space| element.attributes().iter().any(|it| it.name.space == space);
        if has(Space::Format) {
            self.format(element);
        }
        if has(Space::Size) {
            self.size(element);
        }
        if has(Space::Its) || has(Space::ItsModule) {
            self.its(element);
        }
    }
}
