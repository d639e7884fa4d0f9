//! XLIFF 2. The order of elements within a unit is fixed by its XSD: modules, notes, original data, segments.

mod data;
mod inline;
mod matches;

use super::notes::{self, Note};
use super::{Coded, Job, Profile, Version, metadata, passages};
use crate::emit::xml::Xml;
use crate::model::spacing;
use crate::model::{BlockKind, Passage, Unit};
use data::OriginalData;

/// White space in what this is set on is text.
const PRESERVE: (&str, &str) = ("xml:space", "preserve");

/// Writes the document.
pub(super) fn document(xml: &mut Xml, job: &Job) {
    let translation = job.translation;
    let pair = translation.pair();
    let (source, target) = (pair.source.to_string(), pair.target.to_string());
    let mut root = vec![("xmlns", core(job.style.version))];
    root.extend(modules(job));
    root.extend([("version", job.style.version.number()), ("srcLang", &source), ("trgLang", &target)]);
    xml.open("xliff", &root);
    let annotator = matches::annotator(job, job.main_engine);
    let mut attributes = vec![("id", "f1"), ("original", translation.document.head.origin.as_str())];
    attributes.extend(annotator.as_deref().map(|annotator| (matches::ANNOTATOR, annotator)));
    attributes.extend(pair.source.is_rtl().then_some(("srcDir", "rtl")));
    attributes.extend(pair.target.is_rtl().then_some(("trgDir", "rtl")));
    xml.open("file", &attributes);
    file_metadata(xml, job);
    for (name, passage) in passages(translation) {
        unit(xml, &Coded::of(passage, job), &name);
    }
    xml.close();
    xml.close();
}

/// The namespace of the core of a version.
fn core(version: Version) -> &'static str {
    match version {
        Version::V2_2 => "urn:oasis:names:tc:xliff:document:2.2",
        Version::V1_2 | Version::V2_0 | Version::V2_1 => "urn:oasis:names:tc:xliff:document:2.0",
    }
}

/// The namespaces of the modules in use. Some tools know them by these prefixes only.
fn modules(job: &Job) -> Vec<(&'static str, &'static str)> {
    let mut modules = vec![
        ("xmlns:mda", "urn:oasis:names:tc:xliff:metadata:2.0"),
        ("xmlns:gls", "urn:oasis:names:tc:xliff:glossary:2.0"),
    ];
    if job.style.profile == Profile::Full {
        modules.push(("xmlns:mtc", "urn:oasis:names:tc:xliff:matches:2.0"));
        if job.style.version != Version::V2_0 {
            modules.extend([("xmlns:its", "http://www.w3.org/2005/11/its"), ("its:version", "2.0")]);
        }
    }
    modules
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

fn unit(xml: &mut Xml, coded: &Coded, name: &str) {
    let Coded { passage, job, .. } = coded;
    let mut attributes = vec![("id", passage.id.as_str()), ("name", name), ("canResegment", "no")];
    attributes.push(("type", kind(passage.kind)));
    let turns = passage.lang.is_rtl() != job.translation.document.language.is_rtl();
    attributes.extend(turns.then_some(("srcDir", if passage.lang.is_rtl() { "rtl" } else { "ltr" })));
    xml.open("unit", &attributes);
    let data = OriginalData::of(&coded.coding);
    matches::write(xml, passage, job);
    glossary(xml, coded);
    unit_notes(xml, passage, job);
    data.write(xml);
    segments(xml, coded, &data);
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
fn glossary(xml: &mut Xml, coded: &Coded) {
    if coded.terms.entries.is_empty() {
        return;
    }
    xml.open("gls:glossary", &[]);
    for (place, entry) in (1..).zip(&coded.terms.entries) {
        let id = format!("g{place}");
        let about = match entry.mark {
            Some(mark) => format!("#m{mark}"),
            None => format!("#{}", entry.unit.segment.id),
        };
        xml.open("gls:glossEntry", &[("id", &id), ("ref", &about)]);
        xml.leaf("gls:term", &[("source", &entry.hit.concept)], &entry.hit.term);
        for rendering in entry.hit.renderings.iter().filter(|it| it.is_right()) {
            xml.leaf("gls:translation", &[("source", &entry.hit.concept)], &rendering.term);
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

fn segments(xml: &mut Xml, coded: &Coded, data: &OriginalData) {
    let Passage { lead, segments, lang, .. } = coded.passage;
    ignorable(xml, lead, lead);
    for (place, unit) in segments.iter().enumerate() {
        segment(xml, coded, place, data);
        let (gap, last) = (&unit.segment.gap, place + 1 == segments.len());
        ignorable(xml, gap, spacing::between(gap, *lang, coded.job.translation.target, last));
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

/// Writes the segment at `place`, from 0.
fn segment(xml: &mut Xml, coded: &Coded, place: usize, data: &OriginalData) {
    let Coded { job, passage, coding, terms } = coded;
    let unit = &passage.segments[place];
    let mut attributes: Vec<_> = vec![("id", unit.segment.id.as_str())];
    if let Some(state) = job.state(unit) {
        attributes.extend(state.of_segment());
    }
    xml.open("segment", &attributes);
    let text = |side, steps, marks| (side, super::inline::parts(steps, coding, marks));
    let source = text("source", coding.source(place), &terms.sources[place]);
    let target = coding.target(place).map(|steps| text("target", steps, &terms.targets[place]));
    for (side, parts) in [source].into_iter().chain(target) {
        xml.mixed(side, &[PRESERVE], |xml| inline::write(xml, &parts, coding, data));
    }
    xml.close();
}
