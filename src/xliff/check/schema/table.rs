//! Reads the tables of the schemas; `v2.txt` says how they are written.
//!
//! Law: the tables are part of the program, so what cannot be read in them is a fault of the program, and a test finds it.

use rustc_hash::FxHashMap;

use super::kind::{Kind, Values};
use super::{Attribute, Choice, Element, Guest, Particle, Place, Schema, Strictness};
use crate::xliff::check::name::{Name, Space};

/// The rows read so far.
#[derive(Default)]
struct Table {
    schema: Schema,
    kinds: FxHashMap<&'static str, Vec<&'static str>>,
    groups: FxHashMap<&'static str, &'static str>,
}

/// The schema that `texts` say; a later row takes the place of an earlier one.
pub(super) fn read(texts: &[&'static str]) -> Schema {
    let mut table = Table::default();
    let lines = texts.iter().flat_map(|text| text.lines());
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (head, row) = line.split_once(" =").expect("a row has a name and what it says");
        match head.split_once(' ') {
            Some(("kind", name)) => table.kind(name, row),
            Some(("group", name)) => drop(table.groups.insert(name, row)),
            Some(("attributes", prefix)) => table.module(prefix, row),
            Some(("place", name)) => table.place(name, row),
            _ => table.element(head, row),
        }
    }
    table.schema
}

impl Table {
    fn kind(&mut self, name: &'static str, row: &'static str) {
        let mut values = Vec::new();
        for word in row.split_whitespace() {
            match word.strip_prefix('+') {
                Some(other) => values.extend(self.kinds[other].iter().filter(|value| !value.contains('*'))),
                None => values.push(word),
            }
        }
        self.kinds.insert(name, values);
    }

    fn module(&mut self, prefix: &'static str, row: &'static str) {
        let space = Space::of_prefix(prefix);
        let attributes = row.split_whitespace().map(|word| Attribute {
            name: Name { space, local: word.split(':').next().unwrap_or_default() },
            ..self.attribute(word)
        });
        let attributes = attributes.collect();
        self.schema.modules.insert(space, attributes);
    }

    fn place(&mut self, name: &'static str, row: &'static str) {
        let (row, many) = row.strip_suffix(" many").map_or((row, false), |row| (row, true));
        let parents = row.split_whitespace().map(Name::of_table).collect();
        self.schema.places.push((Name::of_table(name), Place { parents, many }));
    }

    fn element(&mut self, name: &'static str, row: &'static str) {
        let (content, attributes) = row.split_once('@').unwrap_or((row, ""));
        let mut element = Element::default();
        for word in content.split_whitespace() {
            match word {
                "text" => element.text = true,
                _ => element.content.push(self.particle(word)),
            }
        }
        for word in attributes.split_whitespace() {
            match word.strip_suffix('*') {
                Some("") => element.guests.push(Guest::Any),
                Some(prefix) => element.guests.push(Guest::Of(Space::of_prefix(prefix.trim_end_matches(':')))),
                None => element.attributes.push(self.attribute(word)),
            }
        }
        let Name { space, local } = Name::of_table(name);
        self.schema.elements.entry(space).or_default().insert(local, element);
    }

    fn particle(&self, word: &'static str) -> Particle {
        let names = word.trim_end_matches(['?', '*', '+']);
        let (required, many) = match &word[names.len()..] {
            "?" => (false, false),
            "*" => (false, true),
            "+" => (true, true),
            _ => (true, false),
        };
        let choices = names.trim_matches(['(', ')']).split('|').flat_map(|name| self.choices(name)).collect();
        Particle { choices, required, many }
    }

    fn choices(&self, name: &'static str) -> Vec<Choice> {
        if let Some(group) = self.groups.get(name) {
            return group.split_whitespace().flat_map(|name| self.choices(name)).collect();
        }
        let (name, strictness) = strictness(name);
        vec![if name == "any" { Choice::Any } else { Choice::One(Name::of_table(name), strictness) }]
    }

    /// The attribute that a word says: `~xml:lang!:language`, where all but the name may be missing.
    fn attribute(&self, word: &'static str) -> Attribute {
        let (word, strictness) = strictness(word);
        let (space, word) = match word.strip_prefix("xml:") {
            Some(word) => (Space::Xml, word),
            None => (Space::None, word),
        };
        let (name, kind) = word.split_once(':').unwrap_or((word, "string"));
        let (local, required) = name.strip_suffix('!').map_or((name, false), |name| (name, true));
        // XML lets a text be in no language, too.
        let kind = if (space, kind) == (Space::Xml, "language") { "languageOrNone" } else { kind };
        let kind =
            self.kinds.get(kind).map_or_else(|| Kind::named(kind), |values| Kind::One(Values::of(values.clone())));
        Attribute { name: Name { space, local }, required, kind, strictness }
    }
}

fn strictness(word: &'static str) -> (&'static str, Strictness) {
    word.strip_prefix('~').map_or((word, Strictness::Strict), |word| (word, Strictness::Transitional))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_in_a_table_has_a_row() {
        for schema in [Schema::v1(), Schema::v2(), Schema::v22()] {
            let named = schema
                .elements
                .values()
                .flat_map(FxHashMap::values)
                .flat_map(|element| &element.content)
                .flat_map(|it| &it.choices);
            let nameless =
                named.filter(|choice| matches!(choice, Choice::One(name, _) if schema.element(*name).is_none()));
            assert_eq!(nameless.collect::<Vec<_>>(), Vec::<&Choice>::new());
        }
    }
}
