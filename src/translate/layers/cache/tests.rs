use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use tempfile::TempDir;

use super::*;
use crate::memory::Store;
use crate::model::{Provenance, Rendering, TermStatus};
use crate::translate::chain::tests::CAPABILITY;
use crate::translate::layers::budget::Allowance;
use crate::translate::{Answer, Backend, Capability, Context, Limits, TermUse, alignment, models};

/// A service that writes down what it is asked.
#[derive(Clone)]
struct Told {
    fingerprint: &'static str,
    engine: &'static str,
    capability: Capability,
    asked: Arc<Mutex<Vec<String>>>,
    says: fn(&str) -> String,
}

impl Told {
    fn new() -> Self {
        let (fingerprint, engine, says) = ("model 1", "told", |text: &str| format!("«{text}»"));
        Self { fingerprint, engine, capability: CAPABILITY, asked: Arc::default(), says }
    }

    fn using(capability: Capability) -> Self {
        Self { capability, ..Self::new() }
    }
}

#[async_trait]
impl Backend for Told {
    fn capability(&self) -> &Capability {
        &self.capability
    }

    fn route(&self, _pair: Pair) -> Option<Provenance> {
        Some(Provenance { backend: "t".into(), engine: self.engine.into(), models: Vec::new() })
    }

    fn fingerprint(&self, _pair: Pair) -> String {
        self.fingerprint.into()
    }

    async fn translate(&self, batch: &Batch) -> Result<Answer, Error> {
        self.asked.lock().expect("a list").extend(batch.texts.iter().map(|input| input.text.clone()));
        let draft = |input: &Input| {
            let links = vec![alignment::Link { target: 0..2, source: 0..1, weight: 0.3 }];
            Draft { text: (self.says)(&input.text), alignment: input.align.then_some(Alignment { links }) }
        };
        Ok(batch.texts.iter().map(draft).collect::<Vec<_>>().into())
    }
}

/// A link to `backend` as a process of its own has it, with what is kept in `folder`.
fn link(folder: &TempDir, backend: &Told) -> Link {
    let link = Link::service("t", Arc::new(backend.clone()), &Limits::default());
    let store = Arc::new(Store::open(&folder.path().join("s.sqlite")).expect("a store").store);
    let (results, spend, allowance) = (Arc::clone(&store), store, Allowance::default());
    link.keep_in(&Books { results, spend, allowance });
    link
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn pair(tags: &str) -> Pair {
    models::pair_of(tags).expect("a pair")
}

fn text(text: &str) -> Input {
    Input { text: text.into(), ..Input::default() }
}

/// What a link answers to texts.
fn ask(link: &Link, tags: &str, texts: &[Input]) -> Vec<Result<Draft, Error>> {
    let batch = Batch { pair: pair(tags), texts: texts.to_vec() };
    let all: Vec<usize> = (0..texts.len()).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let mut results = runtime.block_on(link.ask(&batch, &all, true));
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Expects whether a backend is asked for `input` when `earlier` answered `before`.
#[track_caller]
fn asks_again((earlier, before): (&Told, &Input), (backend, input): (&Told, &Input), wanted: bool) {
    let folder = folder();
    ask(&link(&folder, earlier), "en-pt", std::slice::from_ref(before));
    let asked = backend.asked.lock().expect("a list").len();
    assert!(ask(&link(&folder, backend), "en-pt", std::slice::from_ref(input))[0].is_ok());
    assert_eq!(backend.asked.lock().expect("a list").len() > asked, wanted);
}

#[test]
fn what_was_answered_is_not_asked_again() {
    let (folder, backend) = (folder(), Told::new());
    let texts = [text("a"), text("b")];
    let first = ask(&link(&folder, &backend), "en-pt", &texts);
    let later = link(&folder, &backend);
    assert_eq!(ask(&later, "en-pt", &[text("c"), text("b"), text("a")])[1..], [first[1].clone(), first[0].clone()]);
    assert_eq!(*backend.asked.lock().expect("a list"), ["a", "b", "c"]);
    assert_eq!(later.spending().map(|spending| spending.cached), Some(2));
    ask(&later, "en-es", &texts);
    assert_eq!(backend.asked.lock().expect("a list").len(), 5);
}

#[test]
fn an_alignment_is_kept_with_its_draft() {
    let (folder, backend) = (folder(), Told::using(Capability { aligns: true, ..CAPABILITY }));
    let input = Input { align: true, ..text("one") };
    let first = ask(&link(&folder, &backend), "en-pt", std::slice::from_ref(&input));
    assert!(first[0].as_ref().is_ok_and(|draft| draft.alignment.is_some()));
    assert_eq!(ask(&link(&folder, &backend), "en-pt", &[input]), first);
    assert_eq!(backend.asked.lock().expect("a list").len(), 1);
}

#[test]
fn another_model_or_engine_is_asked_anew() {
    let (backend, input) = (Told::new(), text("a"));
    asks_again((&backend, &input), (&backend, &input), false);
    asks_again((&backend, &input), (&Told { fingerprint: "model 2", ..backend.clone() }, &input), true);
    asks_again((&backend, &input), (&Told { engine: "another", ..backend.clone() }, &input), true);
}

#[test]
fn what_is_sent_with_a_text_counts_and_what_is_not_sent_does_not() {
    let term = |written: &str| {
        let rendering = Rendering { term: written.into(), status: TermStatus::Preferred, ..Rendering::default() };
        let hit = TermHit {
            concept: "c".into(),
            term: "a".into(),
            status: TermStatus::Preferred,
            range: 0..1,
            how: crate::model::MatchHow::Exact,
            pos: None,
            mandatory: true,
            dnt: false,
            not: Vec::new(),
            renderings: vec![rendering],
            note: None,
        };
        Input { terms: vec![hit], ..text("a") }
    };
    let heeding = |heeds| Told::using(Capability { terms: TermUse { heeds, ..TermUse::default() }, ..CAPABILITY });
    for (heeds, wanted) in [(Heeds::Nothing, false), (Heeds::Glossary, true), (Heeds::Instructions, true)] {
        let backend = heeding(heeds);
        asks_again((&backend, &term("ã")), (&backend, &term("õ")), wanted);
    }
    let after = Input { context: Context { after: "b".into(), ..Context::default() }, ..text("a") };
    asks_again((&Told::new(), &text("a")), (&Told::new(), &after), false);
    let backend = Told::using(Capability { context: true, ..CAPABILITY });
    asks_again((&backend, &text("a")), (&backend, &after), true);
}

#[test]
fn what_the_contract_refuses_is_not_kept() {
    let (folder, backend) = (folder(), Told { says: |_| String::new(), ..Told::new() });
    assert!(ask(&link(&folder, &backend), "en-pt", &[text("a")])[0].is_err());
    let asked = backend.asked.lock().expect("a list").len();
    ask(&link(&folder, &backend), "en-pt", &[text("a")]);
    assert!(backend.asked.lock().expect("a list").len() > asked);
}
