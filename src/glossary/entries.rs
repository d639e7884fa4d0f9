//! The part of the glossary that an article needs: what reviewers load into their tools beside it.

use std::collections::BTreeMap;

use super::Glossary;
use super::concept::{Concept, Term};
use crate::model::{Document, EntryTerm, Lang, TermEntry, TermStatus, Unit};

/// The concepts that occur in `document`, by id, with their terms in the language they occur in first and in `target`.
pub(super) fn of(glossary: &Glossary, document: &Document<Unit>, target: Lang) -> Vec<TermEntry> {
    let mut met: BTreeMap<&str, Lang> = BTreeMap::new();
    for (lang, unit) in document.segments() {
        for hit in &unit.terms {
            met.entry(&hit.concept).or_insert(lang);
        }
    }
    let entries = met.into_iter().filter_map(|(id, lang)| Some(entry(glossary.concept(id)?, lang, target)));
    entries.collect()
}

fn entry(concept: &Concept, lang: Lang, target: Lang) -> TermEntry {
    let source = terms(concept, lang);
    let itself = |term: &EntryTerm| EntryTerm { status: TermStatus::Preferred, why: None, ..term.clone() };
    TermEntry {
        concept: concept.id.clone(),
        lang,
        domain: concept.domain.clone(),
        pos: concept.pos.clone(),
        definition: concept.definition.clone(),
        note: concept.note.clone(),
        origin: concept.source.clone(),
        mandatory: concept.mandatory,
        dnt: concept.dnt,
        target: if concept.dnt { source.iter().map(itself).collect() } else { terms(concept, target) },
        source,
    }
}

/// The terms of `concept` that a reader of `lang` reads: by status, then those of the own region first.
fn terms(concept: &Concept, lang: Lang) -> Vec<EntryTerm> {
    let reached = concept.terms.iter().filter_map(|term| Some((term.status, term.reach(lang)?, term)));
    let mut terms: Vec<_> = reached.collect();
    terms.sort_by_key(|(status, reach, _)| (*status, *reach));
    terms.into_iter().map(|(_, _, term)| entry_term(term)).collect()
}

fn entry_term(term: &Term) -> EntryTerm {
    EntryTerm {
        text: term.text.clone(),
        lang: term.lang,
        status: term.status,
        why: term.why.clone(),
        kind: term.kind,
        case: term.case,
        gender: term.gender,
        number: term.number,
    }
}
