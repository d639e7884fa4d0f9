//! A unit as rules see it, and what they ask of other rooms.

use crate::model::{Lang, Outcome, Rendering, Rendition, Renditions, TermHit, TermStatus, Text, Unit};

/// What rules ask of other rooms.
#[derive(Clone, Copy)]
pub struct Aids<'a> {
    /// The language of a text, where that clearly is another than the one it is said to be in (second).
    pub other_language: &'a dyn Fn(&str, Lang) -> Option<Lang>,
    /// How the terms of a source are rendered in its translation (third) into that language (first).
    pub renditions: &'a dyn Fn(Lang, &[TermHit], &str) -> Renditions,
    /// Whether the glossary has a term for the concept of that id by which a source of that language could name it.
    pub names: &'a dyn Fn(&str, Lang) -> bool,
}

/// A unit as a rule sees it.
#[derive(Clone)]
pub struct Context<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// The language of its source.
    pub source: Lang,
    /// The language that it is translated into.
    pub target: Lang,
    /// How its terms are rendered; empty where it has no translation.
    pub renditions: Renditions,
    /// What other rooms know.
    pub aids: Aids<'a>,
}

/// A concept that a source names, and what became of it in the translation.
pub(super) struct Named<'c> {
    /// Its terms in the source, from left to right, each with what renders it; never empty.
    pub(super) terms: Vec<(&'c TermHit, Option<&'c Rendition>)>,
}

impl<'a> Context<'a> {
    /// Looks for the terms of `unit`, once for all rules.
    #[must_use]
    pub fn new(unit: &'a Unit, source: Lang, target: Lang, aids: Aids<'a>) -> Self {
        let mut context = Self { unit, source, target, renditions: Renditions::default(), aids };
        if let Some(translation) = context.translation() {
            context.renditions = (aids.renditions)(target, &unit.terms, translation.plain());
        }
        context
    }

    /// The source.
    #[must_use]
    pub fn text(&self) -> &'a Text {
        &self.unit.segment.text
    }

    /// The translation; nothing where the segment was kept as it is or not translated, and most rules have nothing to say.
    #[must_use]
    pub fn translation(&self) -> Option<&'a Text> {
        match &self.unit.outcome {
            Outcome::Translated(target) => Some(&target.text),
            Outcome::Kept(_) | Outcome::Failed(_) => None,
        }
    }

    /// The terms of the source, each with what renders it; none where there is no translation.
    pub(super) fn terms(&self) -> impl Iterator<Item = (&TermHit, Option<&Rendition>)> {
        self.unit.terms.iter().zip(self.renditions.terms.iter().map(Option::as_ref))
    }

    /// The terms of the source that nothing renders, though the glossary says what would.
    pub(super) fn missing(&self) -> impl Iterator<Item = &TermHit> {
        let is_missing =
            |(hit, rendition): &(&TermHit, Option<&Rendition>)| rendition.is_none() && expected(hit).is_some();
        self.terms().filter(is_missing).map(|(hit, _)| hit)
    }

    /// The concepts of the source, in the order of their first terms; none where there is no translation.
    pub(super) fn concepts(&self) -> Vec<Named<'_>> {
        let mut concepts: Vec<Named<'_>> = Vec::new();
        for (hit, rendition) in self.terms() {
            match concepts.iter_mut().find(|named| named.first().concept == hit.concept) {
                Some(named) => named.terms.push((hit, rendition)),
                None => concepts.push(Named { terms: vec![(hit, rendition)] }),
            }
        }
        concepts
    }

    /// What the translation says at `rendition`.
    pub(super) fn said(&self, rendition: &Rendition) -> &'a str {
        self.translation().and_then(|text| text.plain().get(rendition.range.clone())).unwrap_or_default()
    }
}

impl<'c> Named<'c> {
    /// The first term that names it.
    pub(super) fn first(&self) -> &'c TermHit {
        self.terms[0].0
    }

    /// The first term that names it and has no rendition; the first, where all have one.
    pub(super) fn first_missing(&self) -> &'c TermHit {
        self.terms.iter().find(|(_, rendition)| rendition.is_none()).unwrap_or(&self.terms[0]).0
    }

    /// What renders it, in the order of the source.
    pub(super) fn renditions(&self) -> impl Iterator<Item = &'c Rendition> {
        self.terms.iter().filter_map(|(_, rendition)| *rendition)
    }
}

/// What the glossary wants for `hit`: the preferred rendering, or the first admitted one.
pub(super) fn expected(hit: &TermHit) -> Option<&str> {
    let right = || hit.renderings.iter().find(|rendering| rendering.is_right());
    hit.preferred().or_else(right).map(|rendering| rendering.term.as_str())
}

/// What the glossary says of `rendition` as a rendering of `hit`.
pub(super) fn rendering<'c>(hit: &'c TermHit, rendition: &Rendition) -> Option<&'c Rendering> {
    hit.renderings.iter().find(|rendering| rendering.term == rendition.term)
}

/// Whether a term of this status may stand for its concept in a translation.
pub(super) fn is_right(status: TermStatus) -> bool {
    matches!(status, TermStatus::Preferred | TermStatus::Admitted)
}
