//! What the rules find in running news, against occurrences marked by hand.

use std::collections::BTreeSet;
use std::fs;

use serde::Deserialize;

use super::*;
use crate::shared;

#[derive(Deserialize)]
struct Terms {
    terms: Vec<String>,
}

#[derive(Deserialize)]
struct Sentence {
    text: String,
    hits: Vec<Occurrence>,
}

#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord, Clone)]
struct Occurrence {
    term: String,
    start: usize,
    end: usize,
}

/// Hits that are right, all hits, and all occurrences; every candidate counts, also inside a longer one.
#[derive(Default)]
struct Score {
    right: usize,
    found: usize,
    all: usize,
    notes: Vec<String>,
}

fn measure(tag: &str, only: impl Fn(&str) -> bool) -> Score {
    let path = shared::path(&format!("data/term-matching/{tag}.jsonl"));
    let lines = fs::read_to_string(path).expect("the shared data");
    let mut lines = lines.lines();
    let terms: Terms = serde_json::from_str(lines.next().expect("a first line")).expect("terms");
    let rules = rules(lang(tag)).expect("rules");
    let sought: Vec<(String, Sought)> =
        terms.terms.into_iter().map(|term| (term.clone(), Sought::new(tag, &term))).collect();
    let mut score = Score::default();
    for line in lines {
        let sentence: Sentence = serde_json::from_str(line).expect("a sentence");
        let seen = words(tag, &sentence.text);
        let mut hits = BTreeSet::new();
        for start in 0..seen.len() {
            for (term, sought) in &sought {
                let Some(run) = seen.get(start..start + sought.words.len()) else { continue };
                if only(term) && sought.is(rules, run) {
                    hits.insert(Occurrence { term: term.clone(), start: run[0].start, end: run[run.len() - 1].end });
                }
            }
        }
        let gold: BTreeSet<Occurrence> = sentence.hits.into_iter().filter(|hit| only(&hit.term)).collect();
        let shown = |hit: &Occurrence| {
            let covered: String = sentence.text.chars().skip(hit.start).take(hit.end - hit.start).collect();
            format!("{}: {covered}", hit.term)
        };
        score.notes.extend(hits.difference(&gold).map(|hit| format!("{tag} wrong {}", shown(hit))));
        score.notes.extend(gold.difference(&hits).map(|hit| format!("{tag} missed {}", shown(hit))));
        score.right += hits.intersection(&gold).count();
        score.found += hits.len();
        score.all += gold.len();
    }
    score
}

#[track_caller]
fn floor(tag: &str, precision: f64, recall: f64) {
    for (name, several) in [("all", false), ("of several words", true)] {
        let score = measure(tag, |term| !several || term.contains([' ', '-', '\'']));
        #[expect(clippy::cast_precision_loss, reason = "counts of hundreds")]
        let share = |part: usize, of: usize| part as f64 / of as f64;
        let (p, r) = (share(score.right, score.found), share(score.right, score.all));
        assert!(
            p >= precision && r >= recall,
            "{tag} {name}: precision {p:.3}, recall {r:.3}\n{}",
            score.notes.join("\n")
        );
    }
}

#[test]
fn news_are_read_by_rule() {
    for tag in ["ru", "fr", "es", "pt", "de", "ar"] {
        floor(tag, 0.98, 0.95);
    }
}
