//! Ids: each once where it has to be unique, and known to what refers to it.

use rustc_hash::FxHashMap;

use super::body::Body;
use super::known::Address;
use super::{Part, duplicate};
use crate::xliff::check::name::{Name, Space};
use crate::xliff::check::rules::TARGET_ID;
use crate::xliff::check::tree::Element;

/// Elements of modules whose ids have one scope, with what that is: the element of this name that they are in.
const MODULES: &[(Space, &[&str])] = &[
    (Space::Glossary, &["glossEntry", "translation"]),
    (Space::Matches, &["match"]),
    (Space::Metadata, &["metadata", "metaGroup"]),
    (Space::Resources, &["resourceItem", "resourceItemRef"]),
    (Space::Its, &["locQualityIssues", "provenanceRecords"]),
];

impl<'a> Part<'a> {
    /// Takes down the ids of a part.
    pub(super) fn ids(&mut self) {
        if self.root.is("unit") {
            self.body_ids(&Body::of_unit(self.root), None);
        }
        for element in std::iter::once(self.root).chain(self.root.within()) {
            self.id_of(element);
        }
    }

    fn id_of(&mut self, element: Element<'a>) {
        let Name { space, local } = element.name();
        let id = element.get("id").or_else(|| element.get_in(Space::Xml, "id"));
        let Some(id) = id else { return };
        match space {
            Space::Core if local == "note" => self.take(element, "n", id),
            Space::Core if local == "data" => self.take(element, "d", id),
            Space::Foreign(_) => self.foreign(element, space, id),
            _ if MODULES.iter().any(|(known, locals)| *known == space && locals.contains(&local)) => {
                self.take(element, space.prefix().unwrap_or_default(), id);
            }
            _ => {}
        }
    }

    /// Takes down an id; within a match it is known to the match only.
    fn take(&mut self, element: Element<'a>, prefix: &str, id: &str) {
        let holder = element.ancestors().find(|it| it.name() == (Name { space: Space::Matches, local: "match" }));
        let scope = holder.map_or_else(|| self.scope.clone(), |it| format!("{}@{}", self.scope, it.place()));
        if !self.document.known.add(Address { scope: &scope, prefix, id }) {
            duplicate(self.report, element, id);
        }
    }

    /// Ids of an extension are unique within what it extends, but for the data of sizes, which `sizeInfoRef` names.
    fn foreign(&mut self, element: Element<'a>, space: Space, id: &str) {
        self.document.known.add(Address { scope: &self.scope, prefix: "tbx", id });
        self.take(element, &format!("{space:?}"), id);
    }

    /// Takes down the ids of inline elements and segments, which share one scope; `within` is the scope of a match.
    pub(super) fn body_ids(&mut self, body: &Body<'a>, within: Option<&str>) {
        let mut sources: FxHashMap<&str, Element<'a>> = FxHashMap::default();
        let segments = body.segments.iter().map(|it| it.element).filter(|it| it.is_any(&["segment", "ignorable"]));
        for element in segments.chain(body.source.iter().copied()) {
            let Some(id) = element.get("id") else { continue };
            if sources.insert(id, element).is_some() {
                duplicate(self.report, element, id);
            }
            let scope = within.unwrap_or(&self.scope);
            self.document.known.add(Address { scope, prefix: "", id });
        }
        let mut targets: FxHashMap<&str, Element<'a>> = FxHashMap::default();
        for element in &body.target {
            let Some(id) = element.get("id") else { continue };
            if targets.insert(id, *element).is_some() {
                duplicate(self.report, *element, id);
            }
            if let Some(source) = sources.get(id).filter(|it| !alike(**it, *element)) {
                let message = format!(
                    "the id `{id}` is that of a `{}` in the source: give this `{}` another",
                    source.name(),
                    element.name()
                );
                self.tell(*element, &TARGET_ID, message);
            }
            let scope = within.unwrap_or(&self.scope);
            self.document.known.add(Address { scope, prefix: "t", id });
        }
    }
}

/// Whether two elements may bear one id, in source and target: halves may stand for a whole.
fn alike(one: Element<'_>, other: Element<'_>) -> bool {
    let kinds: [&[&str]; 4] = [&["pc", "sc"], &["mrk", "sm"], &["ph"], &["ec"]];
    kinds.iter().any(|kind| one.is_any(kind) && other.is_any(kind))
}
