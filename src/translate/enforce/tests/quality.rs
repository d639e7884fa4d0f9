//! What a repair must not do to a sentence.

use super::laws::POLITICAL;
use super::*;

/// What is held of a text with the common political terms, translated phrase by phrase.
fn repaired(pair: [&str; 2], phrases: &'static [(&str, &str)], text: &str) -> Held {
    let [source, target] = pair;
    let backend = Phrases { says: phrases, ..Phrases::new(ALIGNS) };
    let document = crate::translate::tests::document(&[(source, &[text.into()])]);
    let prepared = POLITICAL.annotate(document.map(|_, prepared| prepared.segment), lang(target));
    let terms = prepared.segments().flat_map(|(_, prepared)| prepared.terms.clone()).collect();
    let input = Input { text: text.into(), align: true, terms, ..Input::default() };
    let draft = backend.draft(&input);
    let pair = Pair { source: lang(source), target: lang(target) };
    let link = Layered::local("phrases", Arc::new(backend));
    let desk = Desk { link: &link, glossary: &POLITICAL, pair };
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(desk.hold(vec![(&input, draft)])).remove(0)
}

#[test]
fn a_derived_word_is_not_replaced_by_a_noun_that_does_not_fit() {
    const PHRASES: &[(&str, &str)] = &[("As escolas independentes", "Autonomous schools"), ("ajudam", "help")];
    let held = repaired(["pt", "en"], PHRASES, "As escolas independentes ajudam.");
    assert_eq!(held.draft.text, "Autonomous schools help.");
    assert_eq!(held.terms[0].strategy, Strategy::Missing);
}

#[test]
fn a_variant_of_its_own_is_replaced() {
    const PHRASES: &[(&str, &str)] = &[("The premier", "O premier"), ("met", "encontrou")];
    let held = repaired(["en", "pt"], PHRASES, "The premier met Julia.");
    assert_eq!(held.draft.text, "O primeiro-ministro encontrou Julia.");
}

#[test]
fn a_term_that_begins_a_sentence_keeps_its_capital_when_it_is_respelt() {
    const PHRASES: &[(&str, &str)] = &[("Vice president", "Vice presidente"), ("met", "encontrou")];
    let held = repaired(["en", "pt"], PHRASES, "Vice president Lima met Julia.");
    assert_eq!(held.draft.text, "Vice-presidente Lima encontrou Julia.");
}

#[test]
fn a_plural_among_the_listed_forms_is_a_plural() {
    const PHRASES: &[(&str, &str)] = &[("As", "The"), ("eleitoras", "electors"), ("ajudam", "help")];
    let held = repaired(["pt", "en"], PHRASES, "As eleitoras ajudam.");
    assert_eq!(held.draft.text, "The voters help.");
}

#[test]
fn the_middle_of_a_compound_is_not_cut_out() {
    let text = "an out-of-court deal";
    assert!(replace::cuts_compound(text, &(7..15)));
    assert!(!replace::cuts_compound(text, &(3..15)));
    assert!(!replace::cuts_compound("pro-war", &(4..7)));
}

/// A draft of words, each with the part of the source that it renders.
fn drafted(source: &str, words: &[(&str, &str)]) -> Draft {
    let (mut text, mut links) = (String::new(), Vec::new());
    for (word, of) in words {
        let (start, at) = (text.len(), source.find(of).expect("a part of the source"));
        text += word;
        links.push(Link { target: start..text.len(), source: at..at + of.len(), weight: 1.0 });
        text.push(' ');
    }
    Draft { text: text.trim_end().to_owned(), alignment: Some(Alignment { links }) }
}

#[test]
fn a_word_that_goes_missing_beside_a_term_is_damage() {
    let (glossary, backend, text) = (glossary(), Phrases::new(ALIGNS), "joint statement schools help");
    let link = Layered::local("phrases", Arc::new(backend));
    let desk = Desk { link: &link, glossary: &glossary, pair: Pair { source: lang("en"), target: lang("pt") } };
    let input = Input { text: text.into(), terms: terms(&glossary, text, "pt"), ..Input::default() };
    let plain = [("escolas de", "schools"), ("comunicado", "joint statement"), ("ajudam", "help")];
    let plain = Take::plain(&desk, &input, drafted(text, &plain));
    let damage = |words: &[(&str, &str)]| {
        let take = Take::forced(&desk, &input, &plain, drafted(text, words)).remove(0);
        damage::of(lang("pt"), &input, &plain, &take)
    };
    let term = ("declaração conjunta", "joint statement");
    let dropped = Some(damage::Damage::Dropped("schools".to_owned()));
    assert_eq!(damage(&[term, ("ajudam", "help")]), dropped);
    assert_eq!(damage(&[("escolas de", "schools"), term, ("ajudam", "help")]), None);
}
