//! The glossaries that come with chancery are sound and complete enough to be used.

use std::collections::BTreeMap;
use std::path::Path;

use chancery::glossary::{Case, Concept, Gender, Glossary, Kind, Options, Term, When};
use chancery::model::TermStatus;

/// The languages that nearly every concept has terms in.
const CORE: [&str; 7] = ["ar", "en", "es", "fr", "pt", "ru", "zh-Hans"];

/// The languages that a concept may have terms in besides.
const FURTHER: [&str; 3] = ["de", "ja", "ko"];

/// The languages in which a word before a term agrees with it: an article, a preposition melted with one.
const AGREEING: [&str; 3] = ["es", "fr", "pt"];

/// Terms of two Chinese characters that are not known to occur across the border of two words.
const SAFE: [&str; 5] = ["斡旋", "周旋", "停戦", "軍縮", "覚書"];

/// Languages besides English whose news has initials of its own for most bodies, and how many percent of those that English
/// has initials for have some.
const INITIALS: [(&str, usize); 5] = [("de", 90), ("es", 94), ("fr", 94), ("pt", 94), ("ru", 85)];

/// What is filed among the titles and is no person.
const NO_PERSON: [&str; 1] = ["ministry-of-foreign-affairs"];

#[track_caller]
fn glossary() -> Glossary {
    let paths = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("glossaries")];
    Glossary::open(&Options { paths }).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Fails with each term that does not keep the promise.
#[track_caller]
fn every_term(keeps: impl Fn(&Concept, &Term) -> bool) {
    let glossary = glossary();
    let terms = glossary.concepts().iter().flat_map(|concept| concept.terms.iter().map(move |term| (concept, term)));
    let broken = terms.filter(|(concept, term)| !keeps(concept, term));
    let named: Vec<_> = broken.map(|(concept, term)| format!("{}: {}", concept.id, term.text)).collect();
    assert_eq!(named, [""; 0]);
}

/// The term's language without its region: `zh-Hans`; nothing where it is of every language.
fn tag(term: &Term) -> Option<String> {
    term.lang.map(|lang| lang.without_region().to_string())
}

fn is_han(char: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&char)
}

#[test]
fn there_are_concepts_enough() {
    let count = glossary().concepts().len();
    assert!(count >= 450, "{count} concepts");
}

#[test]
fn nearly_every_concept_has_terms_in_every_core_language() {
    let glossary = glossary();
    let concepts = glossary.concepts();
    for lang in CORE {
        let has = |concept: &&Concept| concept.terms.iter().any(|term| tag(term).is_none_or(|tag| tag == lang));
        let count = concepts.iter().filter(has).count();
        assert!(count * 100 >= concepts.len() * 95, "{lang}: {count} of {}", concepts.len());
    }
}

#[test]
fn every_language_of_a_concept_has_a_term_to_prefer() {
    every_term(|concept, term| {
        let preferred = |other: &&Term| other.status == TermStatus::Preferred;
        concept.terms.iter().filter(preferred).any(|other| tag(other) == tag(term))
    });
}

#[test]
fn every_acronym_stands_in_its_own_case() {
    every_term(|_, term| term.kind != Kind::Acronym || term.case == Case::Exact);
}

#[test]
fn what_has_initials_in_english_has_some_in_nearly_every_language() {
    let glossary = glossary();
    let has = |concept: &Concept, lang: &str| {
        concept.terms.iter().any(|term| term.kind == Kind::Acronym && tag(term).is_none_or(|tag| tag == lang))
    };
    let concepts: Vec<_> = glossary.concepts().iter().filter(|concept| has(concept, "en")).collect();
    for (lang, percent) in INITIALS {
        let without: Vec<_> =
            concepts.iter().filter(|concept| !has(concept, lang)).map(|concept| &concept.id).collect();
        assert!(without.len() * 100 <= concepts.len() * (100 - percent), "{lang}: none for {without:?}");
    }
}

#[test]
fn no_initials_stand_for_two_concepts_in_one_language() {
    let glossary = glossary();
    let mut named: BTreeMap<_, &str> = BTreeMap::new();
    for concept in glossary.concepts() {
        for term in concept.terms.iter().filter(|term| term.kind == Kind::Acronym) {
            let other = named.insert((tag(term), &term.text), &concept.id).filter(|other| *other != concept.id);
            assert_eq!(other, None, "`{}` stands for {} too", term.text, concept.id);
        }
    }
}

#[test]
fn what_is_of_the_un_is_of_the_u_n_too() {
    every_term(|concept, term| {
        let dotted = term.text.strip_prefix("UN ").map(|rest| format!("U.N. {rest}"));
        dotted.is_none_or(|dotted| concept.terms.iter().any(|other| other.text == dotted))
    });
}

#[test]
fn every_title_of_a_man_has_those_of_a_woman_and_of_several() {
    every_term(|concept, term| {
        let is_title = concept.domain.as_deref() == Some("diplomacy/titles") && !NO_PERSON.contains(&&*concept.id);
        let agreeing = tag(term).is_some_and(|tag| AGREEING.contains(&tag.as_str()));
        let of_a_man = term.status == TermStatus::Preferred && term.gender == Some(Gender::Masculine);
        !(is_title && agreeing && of_a_man) || term.forms.len() >= 3
    });
}

#[test]
fn every_forbidden_term_says_why() {
    every_term(|_, term| term.status != TermStatus::Forbidden || term.why.is_some());
}

#[test]
fn translators_are_warned_of_calques_enough() {
    let glossary = glossary();
    let terms = glossary.concepts().iter().flat_map(|concept| &concept.terms);
    let count = terms.filter(|term| term.status == TermStatus::Forbidden && !term.superseded).count();
    assert!(count >= 200, "{count} forbidden terms");
}

#[test]
fn no_short_term_in_chinese_characters_is_found_across_words_unblocked() {
    every_term(|_, term| {
        let short = term.text.chars().count() <= 2 && term.text.chars().all(is_han);
        !short || !term.not_within.is_empty() || SAFE.contains(&term.text.as_str())
    });
}

#[test]
fn every_preferred_noun_says_its_gender_where_other_words_agree() {
    every_term(|concept, term| {
        let noun = concept.pos.as_deref() == Some("noun") && term.status == TermStatus::Preferred;
        let agreeing = noun && tag(term).is_some_and(|tag| AGREEING.contains(&tag.as_str()));
        !agreeing || term.gender.is_some()
    });
}

#[test]
fn every_listed_form_is_found() {
    let glossary = glossary();
    for concept in glossary.concepts() {
        for term in concept.terms.iter().filter(|term| term.names_its_concept() && concept.when.is_none()) {
            let Some(lang) = term.lang else { continue };
            let matcher = glossary.matcher(lang);
            for form in &term.forms {
                let hits = matcher.find(form);
                let whole = hits.iter().any(|hit| hit.range == (0..form.len()));
                assert!(whole, "{}: {lang} `{form}` is found as {hits:?}", concept.id);
            }
        }
    }
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
            let known = CORE.iter().chain(&FURTHER).any(|lang| **lang == *tag);
            assert!(known, "{}: {lang}", concept.id);
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
