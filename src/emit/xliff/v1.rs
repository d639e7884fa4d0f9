//! XLIFF 1.2, strict: no attribute or element that is not its own.

use super::codes::{Codes, numbered};
use super::notes::{self, Note};
use super::{Job, metadata, passages};
use crate::emit::xml::Xml;
use crate::model::{BlockKind, MarkKind, Passage, Piece, Text, Unit};

/// Writes the document.
pub(super) fn document(xml: &mut Xml, job: &Job) {
    let translation = job.translation;
    let pair = translation.pair();
    let (source, target) = (pair.source.to_string(), pair.target.to_string());
    xml.open("xliff", &[("xmlns", "urn:oasis:names:tc:xliff:document:1.2"), ("version", "1.2")]);
    xml.open(
        "file",
        &[
            ("original", translation.document.head.origin.as_str()),
            ("source-language", &source),
            ("target-language", &target),
            ("datatype", "html"),
            ("tool-id", "chancery"),
        ],
    );
    header(xml, job);
    xml.open("body", &[]);
    for (name, passage) in passages(translation) {
        group(xml, passage, &name, job);
    }
    xml.close();
    xml.close();
    xml.close();
}

/// Writes a phase and a tool for each engine. A phase bears no date: the same run gives the same bytes.
fn header(xml: &mut Xml, job: &Job) {
    xml.open("header", &[]);
    if !job.engines.is_empty() {
        xml.open("phase-group", &[]);
        for place in 0..job.engines.len() {
            let id = phase(place);
            xml.empty("phase", &[("phase-name", &id), ("process-name", "machine-translation"), ("tool-id", &id)]);
        }
        xml.close();
    }
    tool(xml, "chancery", "chancery", &job.facts.tool_version);
    for (place, engine) in job.engines.iter().enumerate() {
        tool(xml, &phase(place), &engine.backend, &engine.engine);
    }
    for group in metadata::groups(job) {
        for (name, value) in &group.facts {
            xml.leaf("note", &[("from", "chancery")], &format!("{} {name}: {value}", group.category));
        }
    }
    xml.close();
}

fn tool(xml: &mut Xml, id: &str, name: &str, version: &str) {
    xml.empty("tool", &[("tool-id", id), ("tool-name", name), ("tool-version", version)]);
}

/// Names the phase, and the tool, of the engine at `place` from 0.
fn phase(place: usize) -> String {
    format!("mt{}", place + 1)
}

fn group(xml: &mut Xml, passage: &Passage<Unit>, name: &str, job: &Job) {
    xml.open("group", &[("id", passage.id.as_str()), ("resname", name), ("restype", kind(passage.kind))]);
    write_notes(xml, notes::on_passage(passage, job.translation.document.language));
    for (place, unit) in (1..).zip(&passage.segments) {
        trans_unit(xml, unit, &format!("{name}-{place}"), job);
    }
    xml.close();
}

fn kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Headline => "x-headline",
        BlockKind::Subhead => "x-subhead",
        BlockKind::Paragraph => "x-paragraph",
        BlockKind::Bullet => "x-bullet",
        BlockKind::Numbered => "x-numbered",
        BlockKind::Quote => "x-quote",
        BlockKind::Caption => "x-caption",
    }
}

fn trans_unit(xml: &mut Xml, unit: &Unit, name: &str, job: &Job) {
    let (source, target) = (&unit.segment.text, unit.rendered());
    let (source_codes, target_codes) = Codes::default().number(source, target);
    let id = unit.segment.id.as_str();
    xml.open("trans-unit", &[("id", id), ("resname", name), ("approved", "no"), ("xml:space", "preserve")]);
    xml.mixed("source", &[], |xml| text(xml, source, &source_codes));
    if let Some(target) = target {
        let phase = job.engine_of(unit).map(phase);
        xml.mixed("target", &state(phase.as_deref()), |xml| text(xml, target, &target_codes));
    }
    write_notes(xml, links(source, &source_codes));
    write_notes(xml, notes::on_segment(unit, job));
    xml.close();
}

/// The state of a target: machine translation of a phase, or text that was kept.
fn state(phase: Option<&str>) -> Vec<(&'static str, &str)> {
    match phase {
        Some(phase) => {
            vec![("state", "needs-review-translation"), ("state-qualifier", "mt-suggestion"), ("phase-name", phase)]
        }
        None => vec![("state", "translated")],
    }
}

fn text(xml: &mut Xml, text: &Text, codes: &[u32]) {
    for (piece, code) in numbered(text, codes) {
        match piece {
            Piece::Chars(chars) => xml.chars(chars),
            Piece::Close(_) => xml.end("g"),
            Piece::Open(mark) => xml.start("g", &[("id", &code.to_string()), ("ctype", ctype(&mark.kind))]),
        }
    }
}

fn ctype(kind: &MarkKind) -> &'static str {
    match kind {
        MarkKind::Bold => "bold",
        MarkKind::Italic => "italic",
        MarkKind::Code => "x-code",
        MarkKind::Link { .. } => "link",
    }
}

/// Where the links of a segment lead, which a 1.2 `g` has no place for.
fn links(text: &Text, codes: &[u32]) -> Vec<Note> {
    let links = text.marks().iter().zip(codes).filter_map(|(mark, code)| match &mark.kind {
        MarkKind::Link { href } => Some(format!("link {code}: {href}")),
        MarkKind::Bold | MarkKind::Italic | MarkKind::Code => None,
    });
    links.map(|text| Note { category: "chancery", priority: "5", side: "source", text }).collect()
}

fn write_notes(xml: &mut Xml, notes: Vec<Note>) {
    for note in notes {
        let attributes = [("from", note.category), ("priority", note.priority), ("annotates", note.side)];
        xml.leaf("note", &attributes, &note.text);
    }
}
