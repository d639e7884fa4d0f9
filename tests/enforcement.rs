//! Terms that hold: enforcement over our own sentences and over NTREX, with the real model.
//!
//! What is there is found by comparing letters, not by the matcher that the program uses.

#![expect(clippy::print_stdout, reason = "a test prints what it measured, for those who ask")]
#![expect(clippy::cast_precision_loss, reason = "counts of a test set are far below 2^52")]

#[path = "shared/enforcement.rs"]
mod enforcement;
mod shared;

use chancery::model::{Document, Unit};
use enforcement::{Counts, Sentence};

/// Translates with and without enforcement; gives what was counted, and by how much chrF rose.
fn measured(name: &str, documents: &[Vec<Sentence>]) -> (Counts, f64) {
    let glossary = enforcement::glossary();
    let [plain, held] = [false, true].map(|enforce| {
        let translator = enforcement::translator(enforce, 2);
        enforcement::translate(&translator, &glossary, enforcement::prepared(documents, &glossary))
    });
    let before = enforcement::count(documents, &plain, |_, _| true);
    let after = enforcement::count(documents, &held, enforcement::is_told);
    let [was, is] = [&plain, &held].map(|units| enforcement::chrf_of_terms(documents, units));
    let (without, with) = (before.success(), after.success());
    println!("{name}: {} terms: {without:.2} % without, {with:.2} % with; chrF {was:.2} -> {is:.2}", after.terms);
    if std::env::var_os("CHANCERY_SHOW_REPAIRS").is_some() {
        show(&plain, &held);
    }
    (after, is - was)
}

/// Prints what was changed.
fn show(plain: &[Document<Unit>], held: &[Document<Unit>]) {
    let units = |of: &'_ [Document<Unit>]| -> Vec<Unit> {
        of.iter().flat_map(Document::segments).map(|(_, unit)| unit.clone()).collect()
    };
    for (one, other) in units(plain).iter().zip(&units(held)) {
        let (before, after) = (enforcement::target(one), enforcement::target(other));
        if before.text == after.text {
            continue;
        }
        println!("  {}\n    {}\n    {}", one.segment.text.plain(), before.text.plain(), after.text.plain());
        for term in after.terms.iter().filter(|term| term.is_repaired()) {
            println!("      {}: {:?} for {:?}", term.concept, term.strategy, term.instead_of);
        }
    }
}

/// At least 98 % of the terms stand as required, every miss is told, and chrF does not fall by more than 0.5.
fn hold(name: &str, documents: &[Vec<Sentence>]) {
    let (counts, gain) = measured(name, documents);
    assert!(counts.success() >= 98.0, "{:.2} %: {counts:#?}", counts.success());
    assert!(counts.silent.is_empty(), "{:#?}", counts.silent);
    assert!(gain >= -0.5, "chrF {gain:+.2}");
}

#[test]
fn required_terms_are_in_our_sentences() {
    hold("our sentences", &enforcement::own());
}

#[test]
fn required_terms_are_in_ntrex() {
    hold("NTREX", &enforcement::ntrex());
}
