//! TMX 1.4b, level 2: translated segments as a translation memory that CAT tools load.
//!
//! What a machine made is told from a person's so that a tool can take something off a match: `creationid="MT!"` on the
//! unit, where Trados and `MyMemory` look, and on its target, where others do; `x-Origin` and `x-ConfirmationLevel` as
//! Trados writes them itself. The segments before and after stand as memoQ writes them, so that a match in context counts
//! as one.
//!
//! Laws: a unit for each translated segment in reading order, and none for what was kept or failed; no date.

use std::borrow::Borrow;

use super::Facts;
use super::xml::{Attributes, Xml};
use crate::model::{Lang, Outcome, Provenance, Review, ReviewState, SegmentId, Target, Translation};
use crate::xliff::{Coding, Step};

/// Writes the translated segments of `translation`; where there is none there is no memory.
#[must_use]
pub fn tmx(translation: &Translation, facts: &Facts) -> Option<String> {
    let mut memory = Memory::new(&translation.document.language.to_string(), facts);
    memory.article(translation, |_| true);
    memory.finish()
}

/// Writes what people confirmed or edited in `translations`, of many articles and pairs of languages; nothing where
/// nobody did.
#[must_use]
pub fn reviewed(translations: impl IntoIterator<Item = impl Borrow<Translation>>, facts: &Facts) -> Option<String> {
    let mut memory = Memory::new("*all*", facts);
    for translation in translations {
        memory.article(translation.borrow(), |target| target.review.is_some_and(is_persons));
    }
    memory.finish()
}

/// Whether a person stands for the text: changed it, or looked at it and let it stand.
fn is_persons(review: Review) -> bool {
    review.edited || review.state >= ReviewState::Translated
}

/// A memory that is being written.
struct Memory {
    xml: Xml,
    /// The source language of the header.
    language: String,
    units: usize,
}

impl Memory {
    fn new(language: &str, facts: &Facts) -> Self {
        let mut xml = Xml::new();
        xml.open("tmx", &[("version", "1.4")]);
        let header = [
            ("creationtool", "chancery"),
            ("creationtoolversion", facts.tool_version.as_str()),
            ("segtype", "sentence"),
            ("o-tmf", "chancery"),
            ("adminlang", "en"),
            ("srclang", language),
            ("datatype", "html"),
        ];
        xml.empty("header", &header);
        xml.open("body", &[]);
        Self { xml, language: language.to_owned(), units: 0 }
    }

    /// Writes the segments of an article that were translated and that `wanted` wants.
    fn article(&mut self, translation: &Translation, wanted: impl Fn(&Target) -> bool) {
        let sources: Vec<&str> = translation.units().map(|unit| unit.segment.text.plain()).collect();
        let mut before = 0;
        for passage in &translation.document.passages {
            let coding = Coding::of(passage);
            for (place, unit) in passage.segments.iter().enumerate() {
                let Outcome::Translated(target) = &unit.outcome else { continue };
                if wanted(target) {
                    let neighbour = |at: Option<usize>| sources.get(at?).copied();
                    let context = [neighbour((before + place).checked_sub(1)), neighbour(Some(before + place + 1))];
                    let id = &unit.segment.id;
                    self.unit(&Entry { translation, lang: passage.lang, id, target, coding: &coding, place, context });
                }
            }
            before += passage.segments.len();
        }
    }

    fn unit(&mut self, entry: &Entry) {
        self.units += 1;
        let (lang, id) = (entry.lang.to_string(), entry.name());
        let mut attributes = vec![("tuid", id.as_str())];
        attributes.extend((lang != self.language).then_some(("srclang", lang.as_str())));
        attributes.extend(entry.creator());
        let xml = &mut self.xml;
        xml.open("tu", &attributes);
        for (name, value) in entry.properties() {
            xml.leaf("prop", &[("type", name)], &value);
        }
        xml.open("tuv", &[("xml:lang", &lang)]);
        for (name, text) in ["x-context-pre", "x-context-post"].iter().zip(entry.context) {
            if let Some(text) = text {
                xml.leaf("prop", &[("type", name)], &as_segment(text));
            }
        }
        xml.mixed("seg", &[], |xml| segment(xml, entry.coding, entry.coding.source(entry.place)));
        xml.close();
        let target = entry.translation.target.to_string();
        let mut attributes = vec![("xml:lang", target.as_str())];
        attributes.extend(entry.creator());
        xml.open("tuv", &attributes);
        xml.mixed("seg", &[], |xml| segment(xml, entry.coding, entry.coding.target(entry.place).unwrap_or_default()));
        xml.close();
        xml.close();
    }

    fn finish(mut self) -> Option<String> {
        self.xml.close();
        self.xml.close();
        (self.units > 0).then(|| self.xml.finish().text)
    }
}

/// What a unit of the memory is written from.
struct Entry<'a> {
    translation: &'a Translation,
    lang: Lang,
    id: &'a SegmentId,
    target: &'a Target,
    /// The codes of its passage, and its place there, from 0.
    coding: &'a Coding,
    place: usize,
    /// The sources of the segments before and after.
    context: [Option<&'a str>; 2],
}

impl Entry<'_> {
    /// Names the unit among those of all articles and languages.
    fn name(&self) -> String {
        format!("{}.{}.{}", self.translation.slug, self.translation.pair(), self.id)
    }

    /// Whether nobody stands for the text but a machine.
    fn is_machine(&self) -> bool {
        !self.target.review.is_some_and(is_persons) && !self.target.provenance.is_person()
    }

    fn creator(&self) -> Option<(&'static str, &'static str)> {
        self.is_machine().then_some(("creationid", "MT!"))
    }

    fn properties(&self) -> Vec<(&'static str, String)> {
        let Target { provenance, review, .. } = self.target;
        let (origin, state) = (if self.is_machine() { "MachineTranslation" } else { "TM" }, state(*review));
        let edited = review.is_some_and(|review| review.edited);
        let mut said = vec![
            ("x-Origin", origin.to_owned()),
            ("x-ConfirmationLevel", level(*review).to_owned()),
            ("x-document", self.translation.document.head.origin.to_string()),
            ("x-segment", self.id.to_string()),
            ("x-state", if edited { format!("{state}, edited") } else { state.to_owned() }),
        ];
        said.extend((!provenance.is_person()).then(|| ("x-engine", engine(provenance))));
        said
    }
}

fn state(review: Option<Review>) -> &'static str {
    match review.map(|review| review.state) {
        None => "machine",
        Some(ReviewState::Unknown | ReviewState::Draft) => "draft",
        Some(ReviewState::Translated) => "translated",
        Some(ReviewState::Reviewed) => "reviewed",
        Some(ReviewState::Approved) => "approved",
    }
}

/// What Trados calls the state: it takes points off a draft.
fn level(review: Option<Review>) -> &'static str {
    match review.map(|review| review.state) {
        None | Some(ReviewState::Unknown | ReviewState::Draft) => "Draft",
        Some(ReviewState::Translated) => "Translated",
        Some(ReviewState::Reviewed) => "ApprovedTranslation",
        Some(ReviewState::Approved) => "ApprovedSignOff",
    }
}

fn engine(provenance: &Provenance) -> String {
    format!("{} ({})", provenance.backend, provenance.engine)
}

/// A text as memoQ keeps the segments around one: as an element of its own, of which the text is escaped.
fn as_segment(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<seg>{escaped}</seg>")
}

fn segment(xml: &mut Xml, coding: &Coding, steps: &[Step]) {
    for step in steps {
        if let Step::Chars(chars) = step {
            xml.chars(chars);
        }
        let Some(code) = step.code() else { continue };
        let (nature, number) = (coding.nature_of(code), code.to_string());
        let (start, end) = (nature.start_tag(), nature.end_tag().unwrap_or_default());
        let (pair, kind, name) = (("i", &*number), ("type", nature.ctype()), ("x", &*number));
        match step {
            Step::Chars(_) => {}
            Step::Open(_) => element(xml, "bpt", &[pair, name, kind], &start),
            Step::Close(_) => element(xml, "ept", &[pair], &end),
            Step::Begin(_) => element(xml, "it", &[("pos", "begin"), name, kind], &start),
            Step::End(_) => element(xml, "it", &[("pos", "end"), name, kind], &end),
            Step::Alone(_) => element(xml, "ph", &[name, kind], &start),
        }
    }
}

fn element(xml: &mut Xml, name: &str, attributes: &Attributes, native: &str) {
    xml.start(name, attributes);
    xml.chars(native);
    xml.end(name);
}
