//! Translation candidates: what the machine made, apart from what is under review.
//!
//! No candidate has a quality, since no backend says one that compares with another's; none holds inline codes, which tools
//! trip over.

use crate::emit::xliff::{Job, Profile, Version};
use crate::emit::xml::Xml;
use crate::model::{Passage, Unit};

use super::PRESERVE;

/// Who vouches for a confidence: ITS 2.0, which XLIFF 2.1 has a module for.
pub(super) const ANNOTATOR: &str = "its:annotatorsRef";

/// Writes a candidate for each segment of `passage` whose text is a machine's.
pub(super) fn write(xml: &mut Xml, passage: &Passage<Unit>, job: &Job) {
    let engine = |unit| Some((unit, job.engine_of(unit)?));
    let made: Vec<_> = passage.segments.iter().filter_map(engine).collect();
    if made.is_empty() || job.style.profile == Profile::Lean {
        return;
    }
    xml.open("mtc:matches", &[]);
    for (place, (unit, engine)) in (1..).zip(made) {
        candidate(xml, &format!("mt{place}"), unit, (engine, job));
    }
    xml.close();
}

fn candidate(xml: &mut Xml, id: &str, unit: &Unit, (engine, job): (usize, &Job)) {
    let about = format!("#{}", unit.segment.id);
    let annotator = annotator(job, Some(engine)).filter(|_| job.main_engine != Some(engine));
    let mut attributes = vec![("id", id), ("ref", &about), ("type", "mt")];
    attributes.push(("origin", &job.engines[engine].backend));
    attributes.extend(annotator.as_deref().map(|annotator| (ANNOTATOR, annotator)));
    xml.open("mtc:match", &attributes);
    xml.leaf("source", &[PRESERVE], unit.segment.text.plain());
    xml.leaf("target", &[PRESERVE], unit.rendered().map_or("", |text| text.plain()));
    xml.close();
}

/// What says whose confidence it would be, where the version and the profile say so: `mt-confidence|firefox`.
pub(super) fn annotator(job: &Job, engine: Option<usize>) -> Option<String> {
    let says = job.style.profile == Profile::Full && job.style.version != Version::V2_0;
    let backend = &job.engines[engine.filter(|_| says)?].backend;
    let name = |char: char| if char.is_whitespace() || char == '|' { '-' } else { char };
    Some(format!("mt-confidence|{}", backend.chars().map(name).collect::<String>()))
}
