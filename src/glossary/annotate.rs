//! Marking the terms of an article and how they are to be rendered.

use super::Glossary;
use super::concept::{Concept, Term};
use super::matching::{Context, Hit, Scan};
use crate::model::{Document, Lang, Prepared, Rendering, Segment, TermHit, TermStatus};

/// Marks the terms of `document`; the whole article is searched first, since conditions may look at all of it.
pub(super) fn annotate(glossary: &Glossary, document: Document<Segment>, target: Lang) -> Document<Prepared> {
    let scan = |(lang, segment): (Lang, &Segment)| glossary.matcher(lang).scan(segment.text.plain());
    let scans: Vec<Scan> = document.segments().map(scan).collect();
    let section = document.head.metadata.section.clone();
    let context = Context::new(&scans, section.as_deref());
    let mut scans = scans.into_iter();
    document.map(|lang, segment| {
        let scan = scans.next().unwrap_or_default();
        let matcher = glossary.matcher(lang);
        let hits =
            if lang.reads_as(target) { Vec::new() } else { matcher.hits(scan, &context, Term::names_its_concept) };
        Prepared { segment, terms: hits.into_iter().map(|hit| term_hit(hit, target)).collect() }
    })
}

fn term_hit(hit: Hit<'_>, target: Lang) -> TermHit {
    TermHit {
        concept: hit.concept.id.clone(),
        term: hit.term.text.clone(),
        status: hit.term.status,
        range: hit.range,
        how: hit.how,
        pos: hit.concept.pos.clone(),
        mandatory: hit.concept.mandatory,
        dnt: hit.concept.dnt,
        not: hit.concept.not.clone(),
        renderings: renderings(hit.concept, hit.term, target),
        note: hit.concept.note.clone(),
    }
}

/// How `concept`, named by `term` in the source, is called in `target`: by status, then the target's own region first.
fn renderings(concept: &Concept, term: &Term, target: Lang) -> Vec<Rendering> {
    if concept.dnt {
        return vec![Rendering { status: TermStatus::Preferred, why: None, ..rendering(term) }];
    }
    let reached = concept.terms.iter().filter_map(|term| Some((term.status, term.reach(target)?, term)));
    let mut terms: Vec<_> = reached.collect();
    terms.sort_by_key(|(status, reach, _)| (*status, *reach));
    terms.into_iter().map(|(_, _, term)| rendering(term)).collect()
}

fn rendering(term: &Term) -> Rendering {
    Rendering {
        term: term.text.clone(),
        status: term.status,
        why: term.why.clone(),
        mode: term.mode,
        forms: term.forms.clone(),
        case: term.case,
        kind: term.kind,
        first_use: term.first_use,
        gender: term.gender,
        number: term.number,
    }
}

#[cfg(test)]
mod tests;
