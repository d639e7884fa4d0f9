//! XLIFF 1.2, strict: no attribute or element that is not its own.

use super::inline::{self, Part};
use super::notes::{self, Note};
use super::states::State;
use super::{Coded, Job, MtState, Profile, metadata, passages};
use crate::emit::xml::Xml;
use crate::model::{BlockKind, MarkKind, ReviewState, Unit};
use crate::xliff::{Coding, Nature, Step};

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
        group(xml, &Coded::of(passage, job), &name);
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

fn group(xml: &mut Xml, coded: &Coded, name: &str) {
    let Coded { passage, job, .. } = coded;
    xml.open("group", &[("id", passage.id.as_str()), ("resname", name), ("restype", kind(passage.kind))]);
    write_notes(xml, notes::on_passage(passage, job.translation.document.language));
    for place in 0..passage.segments.len() {
        trans_unit(xml, coded, place, &format!("{name}-{}", place + 1));
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

/// Writes the segment at `place`, from 0.
fn trans_unit(xml: &mut Xml, coded: &Coded, place: usize, name: &str) {
    let Coded { job, passage, coding, terms } = coded;
    let unit = &passage.segments[place];
    let (id, state) = (unit.segment.id.as_str(), job.state(unit));
    let approved = if state.is_some_and(|state| state.review == ReviewState::Approved) { "yes" } else { "no" };
    xml.open("trans-unit", &[("id", id), ("resname", name), ("approved", approved), ("xml:space", "preserve")]);
    let source = inline::parts(coding.source(place), coding, &terms.sources[place]);
    xml.mixed("source", &[], |xml| text(xml, &source, coding));
    if let Some((state, steps)) = state.zip(coding.target(place)) {
        let phase = job.engine_of(unit).map(phase);
        let attributes = target_attributes(state, phase.as_deref(), job.style.mt_state);
        xml.mixed("target", &attributes, |xml| text(xml, &inline::parts(steps, coding, &[]), coding));
    }
    candidate(xml, unit, job);
    write_notes(xml, links(coding.source(place), coding));
    write_notes(xml, notes::on_segment(unit, job));
    xml.close();
}

/// The state of a target and, where a machine made it, the phase in which it did.
fn target_attributes(state: State, phase: Option<&str>, machine: MtState) -> Vec<(&'static str, &str)> {
    let mut attributes = vec![("state", state.of_trans_unit())];
    if state.is_machine() && machine == MtState::Initial {
        attributes.push(("state-qualifier", "mt-suggestion"));
    }
    attributes.extend(phase.map(|phase| ("phase-name", phase)));
    attributes
}

/// Writes what the machine made of `unit`, apart from what is under review, where the profile has that. It holds no inline
/// codes, which tools trip over, and no quality, since no backend says one that compares with another's.
fn candidate(xml: &mut Xml, unit: &Unit, job: &Job) {
    let Some(engine) = job.engine_of(unit).filter(|_| job.style.profile == Profile::Full) else { return };
    let (id, origin) = (phase(engine), job.engines[engine].backend.as_str());
    xml.open("alt-trans", &[("tool-id", id.as_str()), ("origin", origin), ("xml:space", "preserve")]);
    xml.leaf("source", &[], unit.segment.text.plain());
    xml.leaf("target", &[], unit.rendered().map_or("", |text| text.plain()));
    xml.close();
}

fn text(xml: &mut Xml, parts: &[Part], coding: &Coding) {
    for part in parts {
        match part {
            Part::Chars(chars) => xml.chars(chars),
            Part::TermEnd => xml.end("mrk"),
            Part::Term(mark) => {
                let mut attributes = vec![("mtype", "term")];
                attributes.extend((!mark.rendering.is_empty()).then_some(("comment", mark.rendering)));
                xml.start("mrk", &attributes);
            }
            Part::Code(step) => code(xml, step, coding),
        }
    }
}

/// Writes a code. One that ends in another trans-unit is isolated: both ends of a `bx` and `ex` are in one. It is empty, since
/// tools take what is in it for text.
fn code(xml: &mut Xml, step: &Step, coding: &Coding) {
    let Some(code) = step.code() else { return };
    let (id, nature) = (code.to_string(), coding.nature_of(code));
    let attributes = [("id", id.as_str()), ("ctype", nature.ctype())];
    match step {
        Step::Open(_) => xml.start("g", &attributes),
        Step::Close(_) => xml.end("g"),
        Step::Begin(_) => xml.alone("it", &[&attributes[..], &[("pos", "open")]].concat()),
        Step::End(_) => xml.alone("it", &[&attributes[..], &[("pos", "close")]].concat()),
        Step::Alone(_) => match nature {
            Nature::Placeholder(text) => xml.alone("x", &[&attributes[..], &[("equiv-text", text)]].concat()),
            Nature::LineBreak | Nature::Mark(..) => xml.alone("x", &attributes),
        },
        Step::Chars(_) => {}
    }
}

/// Where the links that begin in a source lead, which a 1.2 `g` has no place for.
fn links(source: &[Step], coding: &Coding) -> Vec<Note> {
    let begin = |step: &Step| match step {
        Step::Open(code) | Step::Begin(code) => Some(*code),
        _ => None,
    };
    let links = source.iter().filter_map(begin).filter_map(|code| match coding.nature_of(code) {
        Nature::Mark(_, MarkKind::Link { href }) => Some(format!("link {code}: {href}")),
        _ => None,
    });
    links.map(|text| Note { category: "chancery", priority: "5", side: "source", text }).collect()
}

fn write_notes(xml: &mut Xml, notes: Vec<Note>) {
    for note in notes {
        let attributes = [("from", note.category), ("priority", note.priority), ("annotates", note.side)];
        xml.leaf("note", &attributes, &note.text);
    }
}
