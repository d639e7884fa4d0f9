//! Attributes held against what the schema says of the element that bears them.

use crate::xliff::check::name::{Name, Space};
use crate::xliff::check::report::Report;
use crate::xliff::check::rules::{ATTRIBUTE, MISSING_ATTRIBUTE, NOT_STRICT, VALUE};
use crate::xliff::check::schema::kind::Kind;
use crate::xliff::check::schema::{Element, Guest, Schema, Strictness};
use crate::xliff::check::tree::Attribute;

/// What an attribute is to the element that bears it.
enum Standing<'s> {
    /// Its values are of this kind.
    Known(&'s Kind, Strictness),
    /// It is of another namespace, of which the schema says nothing.
    Foreign,
    /// The element may not bear it.
    Unknown,
}

/// Holds the attributes of the element `name` at the byte `at` against its row of the schema.
pub(super) fn attributes(
    report: &mut Report,
    (schema, element): (&Schema, &Element),
    (name, at): (Name<'_>, usize),
    attributes: &[Attribute<'_>],
) {
    for attribute in attributes.iter().filter(|it| it.name.space != Space::Instance) {
        let (place, own) = (attribute.at, attribute.name);
        match standing(schema, element, own) {
            Standing::Known(kind, strictness) => value(report, (kind, strictness), attribute),
            Standing::Foreign if !schema.has_strict => {}
            Standing::Foreign => {
                report.tell(place, &NOT_STRICT, format!("`{own}` is foreign, which the strict schema refuses"));
            }
            Standing::Unknown => {
                report.tell(place, &ATTRIBUTE, format!("`{own}` has no place on `{name}`: take it out"));
            }
        }
    }
    for own in element.attributes.iter().filter(|it| it.required) {
        if attributes.iter().all(|it| it.name != own.name) {
            report.tell(at, &MISSING_ATTRIBUTE, format!("`{name}` lacks `{}`: add it", own.name));
        }
    }
}

fn standing<'s>(schema: &'s Schema, element: &'s Element, name: Name<'_>) -> Standing<'s> {
    if let Some(own) = element.attributes.iter().find(|it| it.name == name) {
        return Standing::Known(&own.kind, own.strictness);
    }
    let welcome = |guest: &Guest| *guest == Guest::Any || *guest == Guest::Of(name.space);
    if name.space == Space::None || !element.guests.iter().any(welcome) {
        return Standing::Unknown;
    }
    let Some(module) = schema.module(name.space) else { return Standing::Foreign };
    let known = module.iter().find(|it| it.name == name);
    known.map_or(Standing::Unknown, |it| Standing::Known(&it.kind, it.strictness))
}

fn value(report: &mut Report, (kind, strictness): (&Kind, Strictness), attribute: &Attribute<'_>) {
    let Attribute { name, value, at } = attribute;
    if strictness == Strictness::Transitional {
        report.tell(*at, &NOT_STRICT, format!("`{name}` is not in the strict schema"));
    }
    if !kind.takes(value) {
        report.tell(*at, &VALUE, format!("`{name}` is `{value}`: it has to be {}", kind.words()));
    }
}
