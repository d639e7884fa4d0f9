//! Prints how fast the built-in rules cut translated news, and how that compares with ICU4X's sentence segmenter.
//!
//! `cargo bench --bench segment`. Figures are megabytes a second on one core, the best of five runs.
#![expect(clippy::print_stdout, reason = "a benchmark's output is its result")]

#[path = "../shared/mod.rs"]
mod shared;

use std::time::Instant;

use chancery::model::Lang;
use chancery::segment::Rules;
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;

const LANGUAGES: [&str; 10] = ["ar", "de", "en", "es", "fr", "ja", "ko", "pt", "ru", "zh"];
/// How much text a run reads, in bytes.
const SIZE: usize = 5_000_000;
const RUNS: usize = 5;

fn main() {
    let rules = Rules::builtin();
    let icu = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    println!("language  chancery MB/s  icu4x MB/s  ratio");
    for tag in LANGUAGES {
        let lang: Lang = tag.parse().expect("a language tag");
        let paragraphs = paragraphs(tag);
        let ours = speed(&paragraphs, |text| rules.split(lang, text).len());
        let theirs = speed(&paragraphs, |text| icu.segment_str(text).count());
        println!("{tag:8} {ours:14.0} {theirs:11.0} {:6.1}", ours / theirs);
    }
}

/// The documents in one language, repeated to about [`SIZE`] bytes.
fn paragraphs(tag: &str) -> Vec<String> {
    let documents: Vec<String> =
        shared::ntrex([tag]).into_iter().map(|segments| segments.as_flattened().join(" ")).collect();
    let bytes: usize = documents.iter().map(String::len).sum();
    let repeated = documents.iter().cycle().take(documents.len() * SIZE.div_ceil(bytes));
    repeated.cloned().collect()
}

/// Megabytes a second at which `split` reads all `texts`.
fn speed(texts: &[String], split: impl Fn(&str) -> usize) -> f64 {
    let bytes: usize = texts.iter().map(String::len).sum();
    let seconds = (0..RUNS).map(|_| {
        let start = Instant::now();
        let pieces: usize = texts.iter().map(|text| split(text)).sum();
        std::hint::black_box(pieces);
        start.elapsed().as_secs_f64()
    });
    #[expect(clippy::cast_precision_loss, reason = "a few million bytes")]
    let megabytes = bytes as f64 / 1e6;
    megabytes / seconds.fold(f64::INFINITY, f64::min)
}
