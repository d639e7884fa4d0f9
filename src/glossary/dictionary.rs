//! The glossary as a dictionary of one direction, for services that keep a glossary of their own.
//!
//! Laws: each term stands once; a term that means several things, or that only what stands around it tells apart, is left
//! out, since a service would render it everywhere; the order depends on the terms alone.

use std::collections::BTreeMap;

use super::concept::{Concept, Term};
use crate::model::{Kind, Lang, Pair, TermStatus};

/// The terms of a pair's source in order, each with the rendering to write.
pub(super) fn of(concepts: &[Concept], pair: Pair) -> Vec<(String, String)> {
    let mut entries: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for concept in concepts {
        for term in right(concept, pair.source) {
            let Some(rendering) = rendering(concept, term, pair.target) else { continue };
            let alone = concept.when.is_none() && term.not_within.is_empty();
            let entry = entries.entry(&term.text).or_insert(alone.then_some(rendering));
            if *entry != Some(rendering) || !alone {
                *entry = None;
            }
        }
    }
    let entries = entries.into_iter().filter_map(|(term, rendering)| Some((term.to_owned(), rendering?.to_owned())));
    entries.collect()
}

/// The terms of a concept that are to be used in `lang`, the preferred ones first, then those of the own region.
fn right(concept: &Concept, lang: Lang) -> impl Iterator<Item = &Term> {
    let is_right = |term: &&Term| matches!(term.status, TermStatus::Preferred | TermStatus::Admitted);
    let reached = concept.terms.iter().filter(is_right).filter_map(|term| Some((term.reach(lang)?, term)));
    let mut terms: Vec<_> = reached.collect();
    terms.sort_by_key(|(reach, term)| (term.status, *reach));
    terms.into_iter().map(|(_, term)| term)
}

/// The rendering to write: initials for initials where the glossary has some, else the first.
fn rendering<'c>(concept: &'c Concept, term: &'c Term, target: Lang) -> Option<&'c str> {
    if concept.dnt {
        return Some(&term.text);
    }
    let initials = |other: &&Term| term.kind == Kind::Acronym && other.kind == Kind::Acronym;
    let rendering = right(concept, target).find(initials).or_else(|| right(concept, target).next())?;
    Some(&rendering.text)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::glossary::Glossary;
    use crate::model::Pair;

    const TERMS: &str = "
        schema = 1
        [[concept]]
        id = 'un'
        terms = { en = [{ t = 'United Nations' }, { t = 'UN', status = 'admitted', type = 'acronym' }, { t = 'League', status = 'forbidden' }], pt = [{ t = 'ONU', status = 'admitted', type = 'acronym' }, { t = 'Nações Unidas' }] }
        [[concept]]
        id = 'union'
        terms = { en = [{ t = 'Union' }], pt = [{ t = 'União' }] }
        [[concept]]
        id = 'court'
        terms = { en = [{ t = 'the Court' }], pt = [{ t = 'o Tribunal' }] }
        [[concept]]
        id = 'other-court'
        terms = { en = [{ t = 'the Court' }], pt = [{ t = 'a Corte' }] }
        [[concept]]
        id = 'security'
        when = { source_any = ['Council'] }
        terms = { en = [{ t = 'members' }], pt = [{ t = 'membros' }] }
        [[concept]]
        id = 'part'
        terms = { en = [{ t = 'Charter', not_within = ['Charter flight'] }], pt = [{ t = 'Carta' }] }
        [[concept]]
        id = 'name'
        dnt = true
        terms = { en = [{ t = 'Frontex' }] }
        [[concept]]
        id = 'lift'
        terms = { en = [{ t = 'lift' }], pt = [{ t = 'elevador', region = 'BR' }, { t = 'ascensor', region = 'PT' }] }
    ";

    #[track_caller]
    fn says(target: &str, wanted: &[(&str, &str)]) {
        let glossary = Glossary::parse(Path::new("g.toml"), TERMS).expect("a glossary");
        let pair = Pair { source: "en".parse().expect("a tag"), target: target.parse().expect("a tag") };
        let entries = glossary.dictionary(pair);
        let entries: Vec<(&str, &str)> = entries.iter().map(|(term, said)| (term.as_str(), said.as_str())).collect();
        assert_eq!(entries, wanted);
    }

    #[test]
    fn a_term_has_one_rendering_that_needs_no_context() {
        let common = [("Frontex", "Frontex"), ("UN", "ONU"), ("Union", "União"), ("United Nations", "Nações Unidas")];
        says("pt-BR", &[&common[..], &[("lift", "elevador")]].concat());
        says("pt-PT", &[&common[..], &[("lift", "ascensor")]].concat());
        says("fr", &[("Frontex", "Frontex")]);
    }
}
