//! The glossaries that come with chancery are sound and complete enough to be used.

use std::collections::BTreeMap;
use std::path::Path;

use chancery::glossary::{Glossary, Options, When};
use chancery::model::TermStatus;

/// The languages a concept may have terms in.
const LANGUAGES: [&str; 7] = ["ar", "en", "es", "fr", "pt", "ru", "zh-Hans"];

#[track_caller]
fn glossary() -> Glossary {
    let paths = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("glossaries")];
    Glossary::open(&Options { paths }).unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn there_are_concepts_enough() {
    let count = glossary().concepts().len();
    assert!(count >= 60, "{count} concepts");
}

#[test]
fn every_concept_has_a_source() {
    let glossary = glossary();
    let without = glossary.concepts().iter().filter(|concept| concept.source.is_none());
    assert_eq!(without.map(|concept| concept.id.as_str()).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn every_concept_is_of_the_languages_promised() {
    for concept in glossary().concepts() {
        for lang in concept.terms.iter().filter_map(|term| term.lang) {
            let tag = lang.without_region().to_string();
            assert!(LANGUAGES.contains(&tag.as_str()), "{}: {lang}", concept.id);
        }
    }
}

#[test]
fn every_concept_that_others_are_confused_with_is_there() {
    let glossary = glossary();
    for concept in glossary.concepts() {
        for other in &concept.not {
            let named = glossary.concept(other).unwrap_or_else(|| panic!("{}: no concept `{other}`", concept.id));
            assert!(named.not.contains(&concept.id), "{}: `{other}` does not name it back", concept.id);
        }
    }
}

#[test]
fn no_preferred_term_names_two_concepts_under_the_same_condition() {
    let glossary = glossary();
    let mut named: BTreeMap<_, Vec<(&str, &Option<When>)>> = BTreeMap::new();
    for concept in glossary.concepts() {
        for term in concept.terms.iter().filter(|term| term.status == TermStatus::Preferred) {
            let others = named.entry((term.lang, term.text.to_lowercase())).or_default();
            for (other, when) in others.iter() {
                assert_ne!(&concept.when, *when, "`{}` names {other} and {}", term.text, concept.id);
            }
            others.push((&concept.id, &concept.when));
        }
    }
}

#[test]
fn every_term_is_found_in_itself() {
    let glossary = glossary();
    for concept in glossary.concepts() {
        for term in concept.terms.iter().filter(|term| term.names_its_concept() && concept.when.is_none()) {
            let Some(lang) = term.lang else { continue };
            let matcher = glossary.matcher(lang);
            let hits = matcher.find(&term.text);
            let whole = hits.iter().any(|hit| hit.range == (0..term.text.len()));
            assert!(whole, "{}: {lang} `{}` is found as {hits:?}", concept.id, term.text);
        }
    }
}
