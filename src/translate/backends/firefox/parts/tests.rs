use super::super::tests::demo;
use super::*;
use crate::translate::models;

fn model() -> Model {
    let sets = models::list(&[demo()]).expect("models");
    let set = sets.iter().find(|set| set.pair.to_string() == "en-pt").expect("the English-Portuguese model");
    Model::load(set, 1).expect("a sound model")
}

/// Expects that every link leads from one text to the other.
#[track_caller]
fn linked(text: &str, sentence: &Sentence) {
    assert!(!sentence.links.is_empty());
    for link in &sentence.links {
        assert!(text.get(link.source.clone()).is_some_and(|part| !part.is_empty()), "{link:?}");
        assert!(sentence.text.get(link.target.clone()).is_some_and(|part| !part.is_empty()), "{link:?}");
    }
}

#[test]
fn a_lost_token_is_translated_around() {
    let text = "The minister met Kaczyński, and Müller left.";
    let tokens = [text.find("Kacz").expect("a name")..text.find(", and").expect("a comma"), 32..39];
    let sentence = around(&model(), text, &tokens, true).expect("a translation");
    assert_eq!(sentence.text.matches("Kaczyński").count(), 1, "{}", sentence.text);
    assert_eq!(sentence.text.matches("Müller").count(), 1, "{}", sentence.text);
    assert!(sentence.text.contains("ministro"), "{}", sentence.text);
    linked(text, &sentence);
}

#[test]
fn what_does_not_come_to_its_end_is_translated_in_halves() {
    let text = "The minister came at ten; the ambassador left at once.";
    let sentence = again(&model(), text, true).expect("a translation");
    assert!(sentence.text.contains("ministro") && sentence.text.contains("embaixador"), "{}", sentence.text);
    linked(text, &sentence);
    assert!(again(&model(), "a", false).is_err());
}

#[test]
fn a_token_is_tried_with_other_placeholders_first() {
    let text = "The fund holds €5 billion, said Müller.";
    let sentence = again(&model(), text, false).expect("a translation");
    assert!(sentence.text.contains("€5") && sentence.text.contains("Müller"), "{}", sentence.text);
}
