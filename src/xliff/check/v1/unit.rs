//! Units of XLIFF 1.2: their texts, states, segments and alternatives.

use rustc_hash::FxHashSet;

use super::File;
use crate::xliff::check::name::Space;
use crate::xliff::check::report::Report;
use crate::xliff::check::rules::{
    ALTERNATIVE, EMPTY_TARGET, INLINE_TERM, LANGUAGE_12, NOT_STRICT, SEGMENT_MARK, SEGMENTED_SOURCE,
};
use crate::xliff::check::tree::{Element, Text};

/// States that claim a translation.
const DONE: &[&str] = &["translated", "final", "signed-off"];

impl File {
    pub(super) fn unit(&mut self, unit: Element<'_>, report: &mut Report) {
        let (source, target) = (unit.child("source"), unit.child("target"));
        for alternative in unit.children().filter(|it| it.is("alt-trans")) {
            self::alternative(alternative, report);
        }
        segment_marks(unit, report);
        for text in unit.within().filter(|it| it.is_any(&["source", "seg-source", "target"])) {
            super::codes::halves(text, report);
        }
        for mark in unit.within().filter(|it| it.is("mrk") && it.says("mtype", "term")) {
            report.tell(
                mark.at(),
                &INLINE_TERM,
                "a term is marked in the text, which tools damage: write a note instead",
            );
        }
        if let Some(source) = unit.child("seg-source") {
            report.tell(
                source.at(),
                &SEGMENTED_SOURCE,
                "marked segments, of which some tools see one: write a unit for each",
            );
        }
        let sides = [(source, &self.source, "source-language"), (target, &self.target, "target-language")];
        for (text, expected, name) in sides {
            if let (Some(text), Some(expected)) = (text, expected) {
                language(text, expected, name, report);
            }
        }
        state(unit, source, target, report);
        if let (Some(source), Some(target)) = (source, target) {
            super::codes::parity(source, target, report);
        }
        if let Some(target) = target {
            self.target_language(target, report);
        }
    }
}

fn alternative(alternative: Element<'_>, report: &mut Report) {
    report.tell(
        alternative.at(),
        &ALTERNATIVE,
        "an alternative, which some tools show instead of the target: leave it out for them",
    );
    if alternative.children().filter(|it| it.is("target")).count() > 1 {
        report.tell(
            alternative.at(),
            &NOT_STRICT,
            "more than one target in `alt-trans`, which the strict schema refuses",
        );
    }
}

/// A text in a language is that of its file, or one of it.
fn language(text: Element<'_>, expected: &str, name: &str, report: &mut Report) {
    let Some(language) = text.get_in(Space::Xml, "lang") else { return };
    if !language.get(..expected.len()).is_some_and(|head| head.eq_ignore_ascii_case(expected)) {
        let message =
            format!("the language of this text is `{language}`, but `{name}` is `{expected}`: write the same");
        report.tell(text.at(), &LANGUAGE_12, message);
    }
}

fn state(unit: Element<'_>, source: Option<Element<'_>>, target: Option<Element<'_>>, report: &mut Report) {
    let claimed = target.and_then(|it| it.get("state")).filter(|it| DONE.contains(it));
    let claim = claimed.or(unit.get("approved").filter(|it| *it == "yes").map(|_| "approved"));
    let says =
        |text: Option<Element<'_>>| text.is_some_and(|it| it.text() == Text::Words || it.children().next().is_some());
    if let Some(claim) = claim.filter(|_| says(source) && !says(target)) {
        report.tell(
            unit.at(),
            &EMPTY_TARGET,
            format!("this unit claims to be {claim}, but its target is empty: fill it or lower the state"),
        );
    }
}

/// The marked segments of a unit and of its alternatives, as the keys of the schema have it: those directly in the text.
fn segment_marks(unit: Element<'_>, report: &mut Report) {
    let holders = unit.children().filter(|it| it.is("alt-trans"));
    for holder in holders.chain([unit]) {
        let marks = |name| holder.child(name).into_iter().flat_map(Element::children).filter(|it| it.is("mrk"));
        let mut known: FxHashSet<&str> = FxHashSet::default();
        for mark in marks("seg-source") {
            let Some(id) = mark.get("mid") else { continue };
            if !known.insert(id) {
                report.tell(
                    mark.at(),
                    &SEGMENT_MARK,
                    format!("the `mid` `{id}` was there before: give this segment another"),
                );
            }
        }
        let alternatives = holder.children().filter(|it| it.is("alt-trans"));
        for mark in marks("target").chain(alternatives) {
            if let Some(id) = mark.get("mid").filter(|id| !known.contains(id)) {
                report.tell(
                    mark.at(),
                    &SEGMENT_MARK,
                    format!("the `mid` `{id}` is that of no segment in `seg-source`: add it there"),
                );
            }
        }
    }
}
