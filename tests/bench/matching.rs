//! Prints how well and how fast terms are found.
//!
//! `cargo bench --bench matching`. Precision and recall are of the occurrences marked by hand in the shared data, of all
//! terms and of those of several words. Speed is megabytes of translated news a second on one core, the best of some runs,
//! under glossaries that are made up from the words of the news, so that nearly every word begins some terms.
#![expect(clippy::print_stdout, reason = "a benchmark's output is its result")]

#[path = "../shared/mod.rs"]
mod shared;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Instant;

use chancery::glossary::{Glossary, Hit, Matcher};
use chancery::model::Lang;
use serde::Deserialize;

const LANGUAGES: [&str; 7] = ["en", "zh", "ru", "fr", "es", "ar", "pt"];
const MARKED: [&str; 6] = ["ru", "fr", "es", "pt", "de", "ar"];
const CONCEPTS: [usize; 3] = [1_000, 10_000, 100_000];
/// How much text a run reads, in bytes.
const SIZE: usize = 2_000_000;
const RUNS: usize = 5;

fn main() {
    quality();
    scale();
}

#[derive(Deserialize)]
struct Terms {
    terms: Vec<String>,
}

#[derive(Deserialize)]
struct Sentence {
    text: String,
    hits: Vec<Place>,
}

/// A term and where it stands, in characters.
#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    term: String,
    start: usize,
    end: usize,
}

/// Hits that are right, all hits, and all occurrences.
#[derive(Default)]
struct Score([usize; 3]);

impl Score {
    fn count(&mut self, hits: &BTreeSet<Place>, gold: &BTreeSet<Place>, counts: impl Fn(&Place) -> bool) {
        let number = |places: &mut dyn Iterator<Item = &Place>| places.filter(|place| counts(place)).count();
        let counted = [number(&mut hits.intersection(gold)), number(&mut hits.iter()), number(&mut gold.iter())];
        self.0.iter_mut().zip(counted).for_each(|(sum, count)| *sum += count);
    }

    /// Precision, recall and how many there are.
    fn told(&self) -> String {
        let [right, found, all] = self.0;
        format!("{:9.3} {:6.3} {all:4}", ratio(right, found), ratio(right, all))
    }
}

fn quality() {
    println!("language  all: precision recall   n   several words: precision recall   n");
    for tag in MARKED {
        let [all, several] = scores(tag);
        println!("{tag:8}       {}                  {}", all.told(), several.told());
    }
}

fn scores(tag: &str) -> [Score; 2] {
    let file = shared::path(&format!("data/term-matching/{tag}.jsonl"));
    let text = std::fs::read_to_string(file).expect("the shared data; set CHANCERY_SHARED");
    let mut lines = text.lines();
    let terms: Terms = serde_json::from_str(lines.next().expect("a first line")).expect("terms");
    let matcher = Matcher::of_terms(lang(tag), terms.terms);
    let [mut all, mut several] = [Score::default(), Score::default()];
    for line in lines {
        let Sentence { text, hits: gold } = serde_json::from_str(line).expect("a sentence");
        let chars = |end: usize| text[..end].chars().count();
        let place = |hit: Hit<'_>| Place {
            term: hit.term.text.clone(),
            start: chars(hit.range.start),
            end: chars(hit.range.end),
        };
        let hits = matcher.find_all(&text).into_iter().map(place).collect();
        let gold = gold.into_iter().collect();
        all.count(&hits, &gold, |_| true);
        several.count(&hits, &gold, |place| place.term.contains(' '));
    }
    [all, several]
}

/// Builds and searches under glossaries of growing size.
fn scale() {
    let texts: Vec<Vec<String>> = LANGUAGES.iter().map(|tag| segments(tag)).collect();
    let words: Vec<Vec<String>> = LANGUAGES.iter().zip(&texts).map(|(tag, texts)| vocabulary(tag, texts)).collect();
    for concepts in CONCEPTS {
        let toml = made_up(concepts, &words);
        let start = core_seconds();
        let glossary = Glossary::parse(Path::new("made-up.toml"), &toml).expect("a sound glossary");
        let read = core_seconds() - start;
        let start = core_seconds();
        for tag in LANGUAGES {
            let _ = glossary.matcher(lang(tag));
        }
        let built = core_seconds() - start;
        println!(
            "\n{concepts} concepts in {} languages: read in {read:.2} s, index built in {built:.2} s",
            LANGUAGES.len()
        );
        println!("language    MB/s  first time  µs/segment  hits/segment");
        for (tag, texts) in LANGUAGES.iter().zip(&texts) {
            search(tag, texts, &glossary.matcher(lang(tag)));
        }
    }
}

fn search(tag: &str, texts: &[String], matcher: &Matcher) {
    let bytes: usize = texts.iter().map(String::len).sum();
    let rounds = SIZE.div_ceil(bytes);
    let start = core_seconds();
    let mut hits: usize = texts.iter().map(|text| matcher.find(text).len()).sum();
    let first = core_seconds() - start;
    let mut best = f64::INFINITY;
    for _ in 0..RUNS {
        let start = core_seconds();
        hits = (0..rounds).flat_map(|_| texts).map(|text| matcher.find(text).len()).sum();
        best = best.min(core_seconds() - start);
    }
    let searched = rounds * texts.len();
    println!(
        "{tag:8} {:7.1} {:10.1} {:11.2} {:13.2}",
        ratio(bytes * rounds, 1_000_000) / best,
        ratio(bytes, 1_000_000) / first,
        best * 1e6 / ratio(searched, 1),
        ratio(hits, searched)
    );
}

/// The time that this thread has had a core, in seconds; where the system does not tell, that since the first call.
fn core_seconds() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

/// The news in one language, by segment.
fn segments(tag: &str) -> Vec<String> {
    shared::ntrex([tag]).into_iter().flatten().map(|[segment]| segment).collect()
}

/// The longer words of `texts` in order; for Chinese, pairs of characters.
fn vocabulary(tag: &str, texts: &[String]) -> Vec<String> {
    let is_han = |char: &char| ('\u{4E00}'..='\u{9FFF}').contains(char);
    let pairs = |text: &String| {
        let han: Vec<char> = text.chars().filter(is_han).collect();
        han.chunks_exact(2).map(|pair| pair.iter().collect()).collect::<Vec<String>>()
    };
    let words = |text: &String| {
        let words = text.split(|char: char| !char.is_alphabetic()).filter(|word| word.chars().count() > 3);
        words.map(str::to_owned).collect::<Vec<String>>()
    };
    let words: BTreeSet<String> =
        if tag == "zh" { texts.iter().flat_map(pairs).collect() } else { texts.iter().flat_map(words).collect() };
    words.into_iter().collect()
}

/// A glossary of `concepts` concepts with a term in each language, inflected, made of `words`.
fn made_up(concepts: usize, words: &[Vec<String>]) -> String {
    let mut dice = Dice(0x5EED);
    let mut toml = String::from("schema = 1\n");
    for concept in 0..concepts {
        let _ = writeln!(toml, "[[concept]]\nid = 'c{concept}'\n[concept.terms]");
        for (tag, words) in LANGUAGES.iter().zip(words) {
            let tag = if *tag == "zh" { "zh-Hans" } else { tag };
            let _ = writeln!(toml, "{tag} = [{{ t = '{}', match = 'stem' }}]", dice.term(tag, words));
        }
    }
    toml
}

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides
    }

    /// Two to four words; most of them are of the text, the others are two halves of such words, so that a glossary of
    /// 100,000 concepts has about 60,000 words of a language.
    fn term(&mut self, tag: &str, words: &[String]) -> String {
        let separator = if tag == "zh-Hans" { "" } else { " " };
        let count = 2 + self.throw(3);
        (0..count).map(|_| self.word(words)).collect::<Vec<String>>().join(separator)
    }

    fn word(&mut self, words: &[String]) -> String {
        let (one, other) = (&words[self.throw(words.len())], &words[self.throw(words.len())]);
        if self.throw(6) > 0 {
            return one.clone();
        }
        let half = |word: &str| word.chars().count().div_ceil(2);
        one.chars().take(half(one)).chain(other.chars().skip(half(other) / 2)).collect()
    }
}

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language tag")
}

#[expect(clippy::cast_precision_loss, reason = "counts of some millions")]
fn ratio(one: usize, other: usize) -> f64 {
    one as f64 / other.max(1) as f64
}
