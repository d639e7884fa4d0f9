//! What is found in running news, against occurrences marked by hand.
//!
//! The marks are of every true occurrence, also of a term inside a longer one, and so all that is found is looked at.

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
    term: String,
    start: usize,
    end: usize,
}

/// Hits that are right, all hits, and all occurrences.
#[derive(Debug, Default)]
struct Score {
    right: usize,
    found: usize,
    all: usize,
}

impl Score {
    fn count(&mut self, hits: &BTreeSet<Place>, gold: &BTreeSet<Place>) {
        self.right += hits.intersection(gold).count();
        self.found += hits.len();
        self.all += gold.len();
    }

    #[expect(clippy::cast_precision_loss, reason = "a few hundred occurrences")]
    fn precision(&self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    #[expect(clippy::cast_precision_loss, reason = "a few hundred occurrences")]
    fn recall(&self) -> f64 {
        self.right as f64 / self.all.max(1) as f64
    }
}

/// A term, and where it begins and ends in characters.
type Place = (String, usize, usize);

/// How well all occurrences in a language's file are found, and those of terms of several words; what went wrong.
fn measure(tag: &str) -> (Score, Score, Vec<String>) {
    let path = shared::path(&format!("data/term-matching/{tag}.jsonl"));
    let lines = fs::read_to_string(path).expect("the shared data");
    let mut lines = lines.lines();
    let terms: Terms = serde_json::from_str(lines.next().expect("a first line")).expect("terms");
    let matcher = Matcher::of_terms(lang(tag), terms.terms);
    let (mut all, mut several, mut wrong) = (Score::default(), Score::default(), Vec::new());
    for line in lines {
        let sentence: Sentence = serde_json::from_str(line).expect("a sentence");
        let text = &sentence.text;
        let chars = |end: usize| text[..end].chars().count();
        let place = |hit: &Hit<'_>| (hit.term.text.clone(), chars(hit.range.start), chars(hit.range.end));
        let hits: BTreeSet<Place> = matcher.find_all(text).iter().map(place).collect();
        let gold: BTreeSet<Place> = sentence.hits.into_iter().map(|hit| (hit.term, hit.start, hit.end)).collect();
        all.count(&hits, &gold);
        let of_several =
            |places: &BTreeSet<Place>| places.iter().filter(|place| place.0.contains(' ')).cloned().collect();
        several.count(&of_several(&hits), &of_several(&gold));
        wrong.extend(hits.difference(&gold).map(|place| format!("wrong {place:?} in {text}")));
        wrong.extend(gold.difference(&hits).map(|place| format!("missed {place:?} in {text}")));
    }
    (all, several, wrong)
}

#[test]
fn inflected_terms_are_found_in_news() {
    for tag in ["ru", "fr", "es", "pt", "de", "ar"] {
        let (all, several, wrong) = measure(tag);
        for score in [&all, &several] {
            assert!(
                score.precision() >= 0.98 && score.recall() >= 0.95,
                "{tag}: all {all:?}, of several words {several:?}\n{}",
                wrong.join("\n")
            );
        }
    }
}
