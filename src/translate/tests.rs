use std::sync::Mutex;

use super::chain::tests::{Rule, chain};
use super::*;
use crate::model::{
    BlockKind, Failure, Head, Kept, Mark, MarkKind, Metadata, Origin, Passage, Segment, SegmentId, Text,
};

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a tag")
}

/// A document of one passage for each language and its sentences.
pub(super) fn document(passages: &[(&str, &[Text])]) -> Document<Prepared> {
    let origin = Origin::file(Path::new("a.txt"));
    let head = Head {
        origin,
        format: "plain".into(),
        encoding: "UTF-8".into(),
        sha256: String::new(),
        metadata: Metadata::default(),
        cut: Vec::new(),
    };
    let passage = |(number, (tag, texts)): (usize, &(&str, &[Text]))| {
        let id = format!("p{number}");
        let segment = |(place, text): (usize, &Text)| Prepared {
            segment: Segment { id: SegmentId::new(&id, place + 1), text: text.clone(), gap: " ".into() },
            terms: Vec::new(),
        };
        let segments = texts.iter().enumerate().map(segment).collect();
        Passage { kind: BlockKind::Paragraph, lang: lang(tag), lead: String::new(), segments, id }
    };
    Document { head, language: lang("en"), passages: passages.iter().enumerate().map(passage).collect() }
}

fn texts(texts: &[&str]) -> Vec<Text> {
    texts.iter().map(|text| Text::from(*text)).collect()
}

fn translator(chain: Chain, batch: usize) -> Translator {
    Translator { chain, batch, enforce: true, memory: Memory::new(100) }
}

fn run(translator: &Translator, documents: Vec<Document<Prepared>>) -> (Vec<Document<Unit>>, usize) {
    let told = Mutex::new(0);
    let progress = |ended: usize| *told.lock().expect("a number") += ended;
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let units = runtime.block_on(translator.units(documents, lang("pt"), &Glossary::default(), &progress));
    let told = *told.lock().expect("a number");
    (units, told)
}

fn outcomes(documents: &[Document<Unit>]) -> Vec<String> {
    let said = |unit: &Unit| match &unit.outcome {
        Outcome::Translated(target) => target.text.plain().to_owned(),
        Outcome::Kept(Kept::AlreadyTarget) => "(target)".to_owned(),
        Outcome::Kept(Kept::NothingToTranslate) => "(nothing)".to_owned(),
        Outcome::Failed(failed) => format!("({:?})", failed.kind),
    };
    documents.iter().flat_map(Document::segments).map(|(_, unit)| said(unit)).collect()
}

const TALKS: Rule = |text| Ok(format!("o {text}"));

#[test]
fn every_segment_has_its_outcome_in_its_place() {
    let (translator, (english, portuguese, french)) = (
        translator(chain(&[TALKS]).0, 2),
        (
            texts(&["Peace.", "10,000", "https://un.org press@un.org", "A long sentence.", "Peace."]),
            texts(&["Paz."]),
            texts(&["La paix."]),
        ),
    );
    let first = document(&[("en", &english), ("pt-BR", &portuguese), ("fr", &french)]);
    let second = document(&[("en", &texts(&["Peace."]))]);
    let (units, told) = run(&translator, vec![first, second]);
    let wanted =
        ["o Peace.", "(nothing)", "(nothing)", "o A long sentence.", "o Peace.", "(target)", "o La paix.", "o Peace."];
    assert_eq!(outcomes(&units), wanted);
    assert_eq!(told, 8);
}

#[test]
fn a_text_is_translated_once() {
    let (chain, asked) = chain(&[TALKS]);
    let translator = translator(chain, 16);
    let document = || document(&[("en", &texts(&["Peace.", "War.", "Peace.", "No longer."]))]);
    run(&translator, vec![document(), document()]);
    let (units, told) = run(&translator, vec![document()]);
    assert_eq!(*asked[0].lock().expect("a list"), [["No longer.", "Peace.", "War."]]);
    assert_eq!(outcomes(&units), ["o Peace.", "o War.", "o Peace.", "o No longer."]);
    assert_eq!(told, 4);
}

#[test]
fn a_failure_is_tried_again_in_the_next_window() {
    let (chain, asked) = chain(&[|_| Err(Error::bad_answer("no"))]);
    let translator = translator(chain, 16);
    for _ in 0..2 {
        let (units, told) = run(&translator, vec![document(&[("en", &texts(&["Peace."]))])]);
        assert_eq!(outcomes(&units), ["(BadAnswer)"]);
        assert_eq!(told, 1);
    }
    assert_eq!(asked[0].lock().expect("a list").len(), 2);
}

#[test]
fn a_pair_without_a_backend_fails_with_what_to_do() {
    let (chain, _) = chain(&[]);
    let (units, _) = run(&translator(chain, 16), vec![document(&[("en", &texts(&["Peace."]))])]);
    let Outcome::Failed(failed) = &units[0].passages[0].segments[0].outcome else { panic!("{units:?}") };
    assert_eq!(failed.kind, Failure::NoRoute);
}

#[test]
fn marks_come_through_the_real_engine() {
    let dir = backends::firefox::tests::demo();
    let table = registry::tests::table(&format!("models = [{:?}]", dir.to_string_lossy()));
    let translator =
        Translator::open(&Options::default(), Tables::from([("firefox".to_owned(), table)]), Path::new(""))
            .expect("open");
    let plain = "The foreign minister spoke in Geneva.";
    let marks = vec![Mark { id: 1, range: 4..20, kind: MarkKind::Bold }];
    let text = Text::new(plain, marks).expect("marks");
    let (units, _) = run(&translator, vec![document(&[("en", &[text, plain.into()])])]);
    let targets: Vec<&Text> = units[0].segments().filter_map(|(_, unit)| unit.rendered()).collect();
    assert_eq!(targets[0].plain(), targets[1].plain());
    let range = targets[0].marks()[0].range.clone();
    assert!(targets[0].plain()[range.clone()].contains("ministro"), "{:?}", targets[0]);
    assert!(!targets[0].plain()[range].contains("Genebra"), "{:?}", targets[0]);
}
