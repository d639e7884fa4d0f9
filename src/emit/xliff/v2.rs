//! XLIFF 2.0. The order of elements within a unit is fixed by its XSD: modules, notes, original data, segments.

use std::collections::BTreeMap;

use super::codes::{Codes, numbered};
use super::notes::{self, Note};
use super::{Job, metadata, passages};
use crate::emit::xml::{Attributes, Xml};
use crate::model::spacing;
use crate::model::{BlockKind, Lang, MarkKind, Outcome, Passage, Piece, TermStatus, Text, Unit};

/// White space in what this is set on is text.
const PRESERVE: (&str, &str) = ("xml:space", "preserve");

/// Writes the document.
pub(super) fn document(xml: &mut Xml, job: &Job) {
    let translation = job.translation;
    let pair = translation.pair();
    let (source, target) = (pair.source.to_string(), pair.target.to_string());
    xml.open(
        "xliff",
        &[
            ("xmlns", "urn:oasis:names:tc:xliff:document:2.0"),
            ("xmlns:mda", "urn:oasis:names:tc:xliff:metadata:2.0"),
            ("xmlns:gls", "urn:oasis:names:tc:xliff:glossary:2.0"),
            ("version", "2.0"),
            ("srcLang", &source),
            ("trgLang", &target),
        ],
    );
    let mut attributes = vec![("id", "f1"), ("original", translation.document.head.origin.as_str())];
    attributes.extend(pair.source.is_rtl().then_some(("srcDir", "rtl")));
    attributes.extend(pair.target.is_rtl().then_some(("trgDir", "rtl")));
    xml.open("file", &attributes);
    file_metadata(xml, job);
    for (name, passage) in passages(translation) {
        unit(xml, passage, &name, job);
    }
    xml.close();
    xml.close();
}

fn file_metadata(xml: &mut Xml, job: &Job) {
    xml.open("mda:metadata", &[]);
    for group in metadata::groups(job) {
        xml.open("mda:metaGroup", &[("category", group.category)]);
        for (name, value) in &group.facts {
            xml.leaf("mda:meta", &[("type", name)], value);
        }
        xml.close();
    }
    xml.close();
}

fn unit(xml: &mut Xml, passage: &Passage<Unit>, name: &str, job: &Job) {
    let mut attributes = vec![("id", passage.id.as_str()), ("name", name), ("canResegment", "no")];
    attributes.push(("type", kind(passage.kind)));
    let turns = passage.lang.is_rtl() != job.translation.document.language.is_rtl();
    attributes.extend(turns.then_some(("srcDir", if passage.lang.is_rtl() { "rtl" } else { "ltr" })));
    xml.open("unit", &attributes);
    let data = OriginalData::of(passage);
    glossary(xml, passage);
    unit_notes(xml, passage, job);
    data.write(xml);
    segments(xml, passage, job.translation.target, &data);
    xml.close();
}

fn kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Headline => "chancery:headline",
        BlockKind::Subhead => "chancery:subhead",
        BlockKind::Paragraph => "chancery:paragraph",
        BlockKind::Bullet => "chancery:bullet",
        BlockKind::Numbered => "chancery:numbered",
        BlockKind::Quote => "chancery:quote",
        BlockKind::Caption => "chancery:caption",
    }
}

/// Writes the terms that have a rendering: an entry without one is no XLIFF.
fn glossary(xml: &mut Xml, passage: &Passage<Unit>) {
    let usable = |status| matches!(status, TermStatus::Preferred | TermStatus::Admitted);
    let entries = passage.segments.iter().flat_map(|unit| notes::distinct(&unit.terms).map(move |hit| (unit, hit)));
    let entries: Vec<_> = entries.filter(|(_, hit)| hit.renderings.iter().any(|it| usable(it.status))).collect();
    if entries.is_empty() {
        return;
    }
    xml.open("gls:glossary", &[]);
    for (place, (unit, hit)) in (1..).zip(entries) {
        let (id, reference) = (format!("g{place}"), format!("#{}", unit.segment.id));
        xml.open("gls:glossEntry", &[("id", &id), ("ref", &reference)]);
        xml.leaf("gls:term", &[("source", &hit.concept)], &hit.term);
        for rendering in hit.renderings.iter().filter(|it| usable(it.status)) {
            xml.leaf("gls:translation", &[("source", &hit.concept)], &rendering.term);
        }
        xml.close();
    }
    xml.close();
}

/// Writes the notes of the passage and its segments. XLIFF 2.0 ties no note to a segment, so the id of a
/// note begins with the id of what it is about, and its text says which sentence where there are several.
fn unit_notes(xml: &mut Xml, passage: &Passage<Unit>, job: &Job) {
    let on_passage = notes::on_passage(passage, job.translation.document.language);
    let mut all: Vec<(&str, Note)> = on_passage.into_iter().map(|note| (passage.id.as_str(), note)).collect();
    for (place, unit) in (1..).zip(&passage.segments) {
        for mut note in notes::on_segment(unit, job) {
            if passage.segments.len() > 1 {
                note.text = format!("sentence {place}: {}", note.text);
            }
            all.push((unit.segment.id.as_str(), note));
        }
    }
    if all.is_empty() {
        return;
    }
    xml.open("notes", &[]);
    for (place, (about, note)) in (1..).zip(all) {
        let id = format!("{about}-n{place}");
        let attributes =
            [("id", id.as_str()), ("category", note.category), ("appliesTo", note.side), ("priority", note.priority)];
        xml.leaf("note", &attributes, &note.text);
    }
    xml.close();
}

fn segments(xml: &mut Xml, passage: &Passage<Unit>, target: Lang, data: &OriginalData) {
    let mut codes = Codes::default();
    ignorable(xml, &passage.lead, &passage.lead);
    for (place, unit) in (1..).zip(&passage.segments) {
        let last = place == passage.segments.len();
        segment(xml, unit, &mut codes, data);
        let gap = &unit.segment.gap;
        ignorable(xml, gap, spacing::between(gap, passage.lang, target, last));
    }
}

fn ignorable(xml: &mut Xml, source: &str, target: &str) {
    if source.is_empty() && target.is_empty() {
        return;
    }
    xml.open("ignorable", &[]);
    xml.leaf("source", &[PRESERVE], source);
    xml.leaf("target", &[PRESERVE], target);
    xml.close();
}

fn segment(xml: &mut Xml, unit: &Unit, codes: &mut Codes, data: &OriginalData) {
    let state: &Attributes = match &unit.outcome {
        Outcome::Translated(_) => &[("state", "initial"), ("subState", "chancery:mt")],
        Outcome::Kept(_) => &[("state", "translated"), ("subState", "chancery:kept")],
        Outcome::Failed(_) => &[],
    };
    let source = &unit.segment.text;
    let target = unit.rendered();
    let (source_codes, target_codes) = codes.number(source, target);
    xml.open("segment", &[&[("id", unit.segment.id.as_str())], state].concat());
    xml.mixed("source", &[PRESERVE], |xml| text(xml, source, &source_codes, data));
    if let Some(target) = target {
        xml.mixed("target", &[PRESERVE], |xml| text(xml, target, &target_codes, data));
    }
    xml.close();
}

fn text(xml: &mut Xml, text: &Text, codes: &[u32], data: &OriginalData) {
    for (piece, code) in numbered(text, codes) {
        match piece {
            Piece::Chars(chars) => xml.chars(chars),
            Piece::Close(_) => xml.end("pc"),
            Piece::Open(mark) => {
                let (code, [start, end]) = (code.to_string(), data.references(&mark.kind));
                let references = [("id", code.as_str()), ("dataRefStart", &start), ("dataRefEnd", &end)];
                xml.start("pc", &[&references, types(&mark.kind)].concat());
            }
        }
    }
}

/// What a code is to a tool that does not read its original data.
fn types(kind: &MarkKind) -> &'static Attributes<'static> {
    match kind {
        MarkKind::Bold => &[("type", "fmt"), ("subType", "xlf:b")],
        MarkKind::Italic => &[("type", "fmt"), ("subType", "xlf:i")],
        MarkKind::Code => &[("type", "fmt"), ("subType", "chancery:code")],
        MarkKind::Link { .. } => &[("type", "link")],
    }
}

/// The tags that the inline codes of a unit stand for: each once, numbered from 1 in the order of their first use.
struct OriginalData {
    tags: Vec<String>,
    places: BTreeMap<String, usize>,
}

impl OriginalData {
    fn of(passage: &Passage<Unit>) -> Self {
        let texts = passage.segments.iter().flat_map(|unit| [Some(&unit.segment.text), unit.rendered()]);
        let mut data = Self { tags: Vec::new(), places: BTreeMap::new() };
        for tag in texts.flatten().flat_map(Text::marks).flat_map(|mark| tags(&mark.kind)) {
            if !data.places.contains_key(&tag) {
                data.tags.push(tag.clone());
                data.places.insert(tag, data.tags.len());
            }
        }
        data
    }

    /// The ids of the start and end tag of a mark.
    fn references(&self, kind: &MarkKind) -> [String; 2] {
        tags(kind).map(|tag| format!("d{}", self.places[&tag]))
    }

    fn write(&self, xml: &mut Xml) {
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
}

/// The HTML start and end tag of a mark.
fn tags(kind: &MarkKind) -> [String; 2] {
    let pair = |name: &str| [format!("<{name}>"), format!("</{name}>")];
    match kind {
        MarkKind::Bold => pair("b"),
        MarkKind::Italic => pair("i"),
        MarkKind::Code => pair("code"),
        MarkKind::Link { href } => {
            let href = href.replace('&', "&amp;").replace('"', "&quot;");
            [format!("<a href=\"{href}\">"), "</a>".to_owned()]
        }
    }
}
