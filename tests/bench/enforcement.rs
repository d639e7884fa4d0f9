//! What enforcement does to terms, quality and cost, in one run: the same texts translated with it and without.
//!
//! Texts are our own sentences and NTREX-128's (CC BY-SA 4.0), en to pt-BR, under the glossaries that come with chancery.
//! Whether a term is there is found by comparing letters, not by the matcher. chrF is of the segments with terms.

#![expect(clippy::print_stdout, clippy::cast_precision_loss, reason = "a benchmark prints figures for people")]

#[expect(dead_code, reason = "other benchmarks watch a program")]
mod clock;
#[path = "../shared/enforcement.rs"]
mod enforcement;
#[path = "../shared/mod.rs"]
mod shared;

use chancery::glossary::Glossary;
use chancery::model::{Document, Prepared, Strategy, Unit};
use clock::{cpu_seconds, median};
use enforcement::Sentence;

const ROUNDS: usize = 5;

fn main() {
    if !shared::path(shared::NTREX).exists() {
        println!("enforcement: skipped, the NTREX data is not there (set CHANCERY_SHARED)");
        return;
    }
    let glossary = enforcement::glossary();
    quality("our sentences", &enforcement::own(), &glossary);
    quality("NTREX", &enforcement::ntrex(), &glossary);
    let mut all = enforcement::own();
    all.extend(enforcement::ntrex());
    cost(&enforcement::prepared(&all, &glossary), &glossary);
}

fn quality(name: &str, documents: &[Vec<Sentence>], glossary: &Glossary) {
    let [plain, held] = [false, true].map(|enforce| {
        let translator = enforcement::translator(enforce, 0);
        enforcement::translate(&translator, glossary, enforcement::prepared(documents, glossary))
    });
    let before = enforcement::count(documents, &plain, |_, _| true);
    let after = enforcement::count(documents, &held, enforcement::is_told);
    let [was, is] = [&plain, &held].map(|units| enforcement::chrf_of_terms(documents, units));
    println!("enforcement: {name}: {} segments with {} terms", after.segments, after.terms);
    println!("  term success {:.2} % without, {:.2} % with", before.success(), after.success());
    println!("  chrF {was:.2} without, {is:.2} with, difference {:+.2}", is - was);
    println!(
        "  not there: {} told, {} in another form, {} silent",
        after.missing.len(),
        after.otherwise.len(),
        after.silent.len()
    );
    println!("  {}", strategies(&held));
}

/// How the terms came into translations.
fn strategies(units: &[Document<Unit>]) -> String {
    const ALL: [Strategy; 8] = [
        Strategy::Translated,
        Strategy::Respelt,
        Strategy::Inflected,
        Strategy::Replaced,
        Strategy::Substituted,
        Strategy::Forced,
        Strategy::Placeholder,
        Strategy::Missing,
    ];
    let made = || units.iter().flat_map(Document::segments).flat_map(|(_, unit)| &enforcement::target(unit).terms);
    let count = |strategy: Strategy| made().filter(|made| made.strategy == strategy).count();
    let told = ALL.iter().map(|strategy| (strategy, count(*strategy))).filter(|(_, count)| *count > 0);
    told.map(|(strategy, count)| format!("{strategy:?} {count}").to_lowercase()).collect::<Vec<_>>().join(", ")
}

/// Processor time of segments with terms and of those without, with enforcement and without, on one thread.
fn cost(documents: &[Document<Prepared>], glossary: &Glossary) {
    for (name, with_terms) in [("with terms", true), ("without terms", false)] {
        let documents: Vec<Document<Prepared>> = documents.iter().map(|document| only(document, with_terms)).collect();
        let segments: usize = documents.iter().map(|document| document.segments().count()).sum();
        let mut took = [Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            for (enforce, took) in [false, true].into_iter().zip(&mut took) {
                took.push(seconds(enforce, &documents, glossary));
            }
        }
        let [plain, held] = took.map(|took| median(&took, |seconds| *seconds));
        println!(
            "cost: {segments} segments {name}: {plain:.2} s CPU without, {held:.2} s with, ratio {:.3}",
            held / plain
        );
    }
}

/// The segments of a document that hold a term which the glossary renders, or the others.
fn only(document: &Document<Prepared>, with_terms: bool) -> Document<Prepared> {
    let mut document = document.clone();
    let holds = |prepared: &Prepared| prepared.terms.iter().any(chancery::model::TermHit::is_rendered);
    for passage in &mut document.passages {
        passage.segments.retain(|prepared| holds(prepared) == with_terms);
    }
    document
}

fn seconds(enforce: bool, documents: &[Document<Prepared>], glossary: &Glossary) -> f64 {
    let translator = enforcement::translator(enforce, 1);
    // The model is loaded and the matcher made before the clock starts.
    let first = documents.iter().find(|document| document.segments().count() > 0).cloned();
    std::hint::black_box(enforcement::translate(&translator, glossary, first.into_iter().collect()));
    let begin = cpu_seconds();
    std::hint::black_box(enforcement::translate(&translator, glossary, documents.to_vec()));
    cpu_seconds() - begin
}
