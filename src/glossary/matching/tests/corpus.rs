//! What is found in running news, against occurrences marked by hand: citation forms and case only, inflection comes
//! later and is to raise these floors.

use std::collections::BTreeSet;
use std::fs;

use serde::Deserialize;

use super::*;
use crate::shared;

/// The first line of a file: the terms looked for.
#[derive(Deserialize)]
struct Terms {
    terms: Vec<String>,
}

/// A sentence and where terms occur in it, in characters.
#[derive(Deserialize)]
struct Sentence {
    text: String,
    hits: Vec<Occurrence>,
}

#[derive(Deserialize)]
struct Occurrence {
    start: usize,
    end: usize,
}

/// Hits that are right, all hits, and all occurrences of a language's file.
fn measure(tag: &str) -> (usize, usize, usize) {
    let path = shared::path(&format!("data/term-matching/{tag}.jsonl"));
    let lines = fs::read_to_string(path).expect("the shared data");
    let mut lines = lines.lines();
    let terms: Terms = serde_json::from_str(lines.next().expect("a first line")).expect("terms");
    let matcher = glossary_of(tag, &terms.terms).matcher(lang(tag));
    let (mut right, mut found, mut all) = (0, 0, 0);
    for line in lines {
        let sentence: Sentence = serde_json::from_str(line).expect("a sentence");
        let chars = |range: &Range<usize>| {
            let count = |end: usize| sentence.text[..end].chars().count();
            (count(range.start), count(range.end))
        };
        let hits: BTreeSet<_> = matcher.find(&sentence.text).iter().map(|hit| chars(&hit.range)).collect();
        let gold: BTreeSet<_> = sentence.hits.iter().map(|hit| (hit.start, hit.end)).collect();
        right += hits.intersection(&gold).count();
        found += hits.len();
        all += gold.len();
    }
    (right, found, all)
}

fn glossary_of(tag: &str, terms: &[String]) -> Glossary {
    let concept = |(index, term): (usize, &String)| {
        let term = serde_json::to_string(term).expect("a string");
        format!("[[concept]]\nid = 'c{index}'\nterms = {{ {tag} = [{{ t = {term} }}] }}\n")
    };
    let concepts: String = terms.iter().enumerate().map(concept).collect();
    Glossary::parse(Path::new("terms.toml"), &format!("schema = 1\n{concepts}")).expect("a sound glossary")
}

/// Asserts that no more than `wrong` hits are wrong and at least `right` occurrences are found.
#[track_caller]
fn floor(tag: &str, right: usize, wrong: usize) {
    let (is_right, found, all) = measure(tag);
    let is_wrong = found - is_right;
    assert!(is_right >= right && is_wrong <= wrong, "{tag}: {is_right} of {all} found, {is_wrong} wrong");
}

#[test]
fn citation_forms_are_found_in_news() {
    for (tag, right) in [("ru", 31), ("fr", 40), ("es", 52), ("pt", 72), ("de", 13), ("ar", 96)] {
        floor(tag, right, 0);
    }
}
