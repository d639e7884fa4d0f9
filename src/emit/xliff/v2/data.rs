//! The original data of a unit: what its inline codes stand for.

use std::collections::BTreeMap;

use crate::emit::xml::Xml;
use crate::xliff::{Coding, Nature};

/// What the inline codes of a unit stand for: each once, numbered from 1 in the order of the codes.
pub(super) struct OriginalData {
    tags: Vec<String>,
    places: BTreeMap<String, usize>,
}

impl OriginalData {
    pub(super) fn of(coding: &Coding) -> Self {
        let mut data = Self { tags: Vec::new(), places: BTreeMap::new() };
        for tag in coding.natures().flat_map(|nature| [Some(nature.start_tag()), nature.end_tag()]).flatten() {
            if !data.places.contains_key(&tag) {
                data.tags.push(tag.clone());
                data.places.insert(tag, data.tags.len());
            }
        }
        data
    }

    /// The id of what begins a code, or stands by itself.
    pub(super) fn start(&self, nature: &Nature) -> String {
        self.id(&nature.start_tag())
    }

    /// The id of what ends a mark.
    pub(super) fn end(&self, nature: &Nature) -> String {
        nature.end_tag().map_or_else(String::new, |tag| self.id(&tag))
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        if self.tags.is_empty() {
            return;
        }
        xml.open("originalData", &[]);
        for (place, tag) in (1..).zip(&self.tags) {
            let id = format!("d{place}");
            xml.leaf("data", &[("id", &id)], tag);
        }
        xml.close();
    }

    fn id(&self, tag: &str) -> String {
        format!("d{}", self.places[tag])
    }
}
