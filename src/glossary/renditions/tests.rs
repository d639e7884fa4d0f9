use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::model::{BlockKind, Document, Head, Metadata, Origin, Passage, Segment, SegmentId, Text};

const GLOSSARY: &str = r#"
schema = 1
[[concept]]
id = "partnership"
not = ["coordination"]
[concept.terms]
en = [{ t = "strategic partnership" }]
pt = [{ t = "parceria estratégica" }, { t = "parceria", status = "admitted" }, { t = "aliança", status = "forbidden", why = "military" }, { t = "associação", superseded = true }]
[[concept]]
id = "coordination"
[concept.terms]
en = [{ t = "strategic partnership of coordination" }]
pt = [{ t = "parceria estratégica de coordenação" }]
[[concept]]
id = "league"
[concept.terms]
en = [{ t = "the alliance" }]
pt = [{ t = "aliança" }, { t = "grande aliança", status = "admitted" }]
[[concept]]
id = "front"
[concept.terms]
en = [{ t = "the front" }]
pt = [{ t = "grande aliança" }]
[[concept]]
id = "congress"
when = { source_any = ["Washington"], scope = "segment" }
[concept.terms]
en = [{ t = "Congress", case = "exact" }]
pt = [{ t = "Congresso", case = "exact" }]
[[concept]]
id = "nato"
[concept.terms]
en = [{ t = "NATO" }]
pt = [{ t = "OTAN", case = "exact", type = "acronym" }]
[[concept]]
id = "assembly"
[concept.terms]
en = [{ t = "assembly" }]
pt = [{ t = "assembleia" }, { t = "assembleia da OTAN", status = "admitted" }]
[[concept]]
id = "charter"
[concept.terms]
en = [{ t = "charter act" }]
pt = [{ t = "estratégica de" }]
[[concept]]
id = "aukus"
dnt = true
[concept.terms]
"*" = [{ t = "AUKUS", case = "exact", type = "acronym" }]
[[concept]]
id = "mercosur"
dnt = true
[concept.terms]
en = [{ t = "Mercosur", case = "exact" }]
"#;

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language tag")
}

fn glossary() -> Glossary {
    Glossary::parse(Path::new("g.toml"), GLOSSARY).expect("a sound glossary")
}

/// The terms of an article that says `source`.
fn terms(glossary: &Glossary, source: &str) -> Vec<TermHit> {
    let head = Head {
        origin: Origin::file(Path::new("a.txt")),
        format: "plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        sha256: String::new(),
        metadata: Metadata::default(),
        cut: Vec::new(),
    };
    let segment = Segment { id: SegmentId::new("p", 1), text: Text::from(source), gap: String::new() };
    let passage = Passage {
        id: "p".to_owned(),
        kind: BlockKind::Paragraph,
        lang: lang("en"),
        lead: String::new(),
        segments: vec![segment],
    };
    let document = Document { head, language: lang("en"), passages: vec![passage] };
    let prepared = glossary.annotate(document, lang("pt"));
    prepared.passages.into_iter().flat_map(|passage| passage.segments).flat_map(|prepared| prepared.terms).collect()
}

/// `concept: what stands there`, with how it matched and its status where those are worth a word.
fn written(rendition: &Rendition, text: &str) -> String {
    let mut written = format!("{}: {}", rendition.concept, &text[rendition.range.clone()]);
    if rendition.status != TermStatus::Preferred {
        written.push_str(&format!(" {:?}", rendition.status).to_lowercase());
    }
    if !rendition.cased {
        written.push_str(" in a wrong case");
    }
    written
}

/// Expects the terms of `source` to be `rendered` in `target`, `-` for one that is not, and `others` beside them.
#[track_caller]
fn renders(source: &str, target: &str, rendered: &[&str], others: &[&str]) {
    let glossary = glossary();
    let renditions = glossary.renditions(lang("pt"), &terms(&glossary, source), target);
    let found = renditions.terms.iter().map(|it| it.as_ref().map_or("-".to_owned(), |it| written(it, target)));
    let beside = renditions.others.iter().map(|it| written(it, target));
    assert_eq!((found.collect::<Vec<_>>(), beside.collect::<Vec<_>>()), (owned(rendered), owned(others)), "{target}");
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn a_term_is_found_in_either_of_its_right_renderings() {
    renders("A strategic partnership", "Uma parceria estratégica", &["partnership: parceria estratégica"], &[]);
    renders("A strategic partnership", "Uma parceria", &["partnership: parceria admitted"], &[]);
    renders("A strategic partnership", "Um acordo", &["-"], &[]);
    renders("Nothing", "Nada", &[], &[]);
}

#[test]
fn the_preferred_rendering_is_taken_before_the_admitted_one() {
    renders(
        "A strategic partnership",
        "A parceria é uma parceria estratégica",
        &["partnership: parceria estratégica"],
        &["partnership: parceria admitted"],
    );
}

#[test]
fn two_terms_of_one_concept_need_two_renditions() {
    let source = "A strategic partnership, no strategic partnership";
    renders(source, "Uma parceria estratégica", &["partnership: parceria estratégica", "-"], &[]);
    renders(
        source,
        "Uma parceria e outra parceria",
        &["partnership: parceria admitted", "partnership: parceria admitted"],
        &[],
    );
}

#[test]
fn a_term_inside_a_longer_one_of_another_concept_does_not_count() {
    let longer = "coordination: parceria estratégica de coordenação";
    renders("A strategic partnership", "Uma parceria estratégica de coordenação", &["-"], &[longer]);
    renders("A strategic partnership of coordination", "Uma parceria estratégica de coordenação", &[longer], &[]);
}

#[test]
fn what_crosses_a_term_of_the_source_is_left_out() {
    renders("A strategic partnership", "Uma parceria estratégica de paz", &["partnership: parceria estratégica"], &[]);
    renders(
        "A strategic partnership and a charter act",
        "Uma parceria estratégica de paz",
        &["partnership: parceria estratégica", "-"],
        &[],
    );
}

#[test]
fn a_stretch_goes_to_the_concept_that_still_wants_it() {
    renders("The alliance", "A aliança", &["league: aliança"], &[]);
    renders("A strategic partnership", "Uma aliança", &["-"], &["partnership: aliança forbidden"]);
    renders(
        "The alliance and a strategic partnership",
        "A aliança e a parceria",
        &["league: aliança", "partnership: parceria admitted"],
        &[],
    );
    renders(
        "The alliance and a strategic partnership",
        "A aliança e outra aliança",
        &["league: aliança", "-"],
        &["partnership: aliança forbidden"],
    );
}

#[test]
fn as_many_terms_as_possible_are_rendered() {
    renders(
        "The alliance and the front",
        "A grande aliança e a aliança",
        &["league: aliança", "front: grande aliança"],
        &[],
    );
    renders(
        "The alliance, the alliance and the front",
        "A grande aliança e a aliança",
        &["league: aliança", "-", "front: grande aliança"],
        &[],
    );
    renders(
        "The alliance, the alliance and the front",
        "Uma grande aliança, a grande aliança e a aliança",
        &["league: aliança", "league: grande aliança admitted", "front: grande aliança"],
        &[],
    );
}

#[test]
fn a_stretch_is_cut_where_both_parts_are_wanted() {
    renders("The NATO assembly", "A assembleia da OTAN", &["nato: OTAN", "assembly: assembleia"], &[]);
    renders("The assembly", "A assembleia da OTAN", &["assembly: assembleia da OTAN admitted"], &[]);
    renders(
        "The NATO assembly and the assembly",
        "A assembleia da OTAN e a assembleia da OTAN",
        &["nato: OTAN", "assembly: assembleia", "assembly: assembleia da OTAN admitted"],
        &[],
    );
}

#[test]
fn a_superseded_term_stands_for_nothing() {
    renders("A strategic partnership", "Uma associação", &["-"], &["partnership: associação superseded"]);
}

#[test]
fn forbidden_terms_of_other_concepts_are_not_looked_for() {
    renders("Nothing", "Uma associação e uma parceria", &[], &["partnership: parceria admitted"]);
}

#[test]
fn conditions_are_asked_of_concepts_that_the_source_does_not_name() {
    renders("Congress met in Washington", "O Congresso reuniu-se", &["congress: Congresso"], &[]);
    renders("They met", "O Congresso reuniu-se", &[], &[]);
}

#[test]
fn a_wrong_case_counts_and_is_told() {
    renders("Congress met in Washington", "O congresso", &["congress: congresso in a wrong case"], &[]);
    renders(
        "Congress met in Washington",
        "O congresso, o Congresso",
        &["congress: Congresso"],
        &["congress: congresso in a wrong case"],
    );
    renders("NATO met", "A Otan", &["nato: Otan in a wrong case"], &[]);
    renders("NATO met", "Eles se otan", &["-"], &[]);
}

#[test]
fn what_is_not_to_be_translated_stands_as_it_is() {
    renders("AUKUS met", "A AUKUS", &["aukus: AUKUS"], &[]);
    renders("AUKUS met", "A Aukus", &["aukus: Aukus in a wrong case"], &[]);
    renders("AUKUS met", "A aliança", &["-"], &["league: aliança"]);
    renders("Mercosur met", "O Mercosur reuniu-se", &["mercosur: Mercosur"], &[]);
    renders("Mercosur met", "O MERCOSUR reuniu-se", &["mercosur: MERCOSUR in a wrong case"], &[]);
    renders("Mercosur met", "O Mercosul reuniu-se", &["-"], &[]);
}

const SOURCES: &[&str] = &[
    "The alliance",
    "the front",
    "a strategic partnership",
    "a strategic partnership of coordination",
    "NATO",
    "AUKUS",
    "Mercosur",
    "Congress in Washington",
    "a charter act",
    "the assembly",
];

const TARGETS: &[&str] = &[
    "aliança",
    "grande",
    "parceria",
    "estratégica",
    "de",
    "coordenação",
    "OTAN",
    "otan",
    "AUKUS",
    "Mercosur",
    "Congresso",
    "associação",
    "assembleia da OTAN",
];

fn phrase(words: &[usize], of: &[&str]) -> String {
    words.iter().map(|word| of[word % of.len()]).collect::<Vec<_>>().join(" ")
}

proptest! {
    #[test]
    fn renditions_are_apart_in_order_and_the_same_each_time(
        source in prop::collection::vec(0usize..SOURCES.len(), 0..6),
        target in prop::collection::vec(0usize..TARGETS.len(), 0..12),
    ) {
        let glossary = glossary();
        let (terms, text) = (terms(&glossary, &phrase(&source, SOURCES)), phrase(&target, TARGETS));
        let renditions = glossary.renditions(lang("pt"), &terms, &text);
        prop_assert_eq!(renditions.terms.len(), terms.len());
        prop_assert!(renditions.others.is_sorted_by_key(|other| other.range.start));
        let mut all: Vec<&Rendition> = renditions.terms.iter().flatten().chain(&renditions.others).collect();
        all.sort_by_key(|rendition| rendition.range.start);
        prop_assert!(all.windows(2).all(|two| two[0].range.end <= two[1].range.start));
        prop_assert!(all.iter().all(|rendition| text.get(rendition.range.clone()).is_some()));
        for (hit, rendition) in terms.iter().zip(&renditions.terms) {
            if let Some(rendition) = rendition {
                prop_assert_eq!(&rendition.concept, &hit.concept);
                prop_assert!(standing(rendition, hit).is_some());
            } else {
                let could = |other: &Rendition| other.concept == hit.concept && standing(other, hit).is_some();
                prop_assert!(!renditions.others.iter().any(could));
            }
        }
        prop_assert_eq!(glossary.renditions(lang("pt"), &terms, &text), renditions);
    }

    #[test]
    fn as_many_are_placed_as_can_be(wishes in prop::collection::vec(prop::collection::btree_set(0usize..5, 0..4), 0..6)) {
        let wishes: Vec<Vec<usize>> = wishes.into_iter().map(|wish| wish.into_iter().collect()).collect();
        let mut owners = vec![None; 5];
        for term in 0..wishes.len() {
            place(term, &wishes, &mut owners, &mut [false; 5]);
        }
        prop_assert_eq!(owners.iter().flatten().count(), most(&wishes, &mut [false; 5]));
        prop_assert!(owners.iter().enumerate().all(|(at, owner)| owner.is_none_or(|term| wishes[term].contains(&at))));
    }
}

/// The most terms that can be placed, by trying everything.
fn most(wishes: &[Vec<usize>], taken: &mut [bool]) -> usize {
    let Some((first, rest)) = wishes.split_first() else { return 0 };
    let mut best = most(rest, taken);
    for &at in first {
        if !taken[at] {
            taken[at] = true;
            best = best.max(1 + most(rest, taken));
            taken[at] = false;
        }
    }
    best
}
