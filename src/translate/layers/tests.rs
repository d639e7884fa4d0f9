use std::sync::Mutex;
use std::time::Duration;

use async_trait::async_trait;
use proptest::prelude::*;

use super::*;
use crate::model::Provenance;
use crate::translate::chain::tests::CAPABILITY;
use crate::translate::models;

/// What befalls a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Nothing: each text is answered.
    None,
    /// An answer is missing.
    Short,
    /// The first text is answered by a copy of itself.
    Copied,
    /// The first text fails by itself.
    One(Trouble),
    /// The request fails.
    All(Trouble),
}

/// A service which translates by turning letters around, unless the next fault befalls the request.
struct Faulty {
    faults: Mutex<Vec<Fault>>,
    asked: Mutex<Vec<Vec<String>>>,
}

impl Faulty {
    fn new(faults: &[Fault]) -> Arc<Self> {
        let faults = Mutex::new(faults.iter().rev().copied().collect());
        Arc::new(Self { faults, asked: Mutex::default() })
    }

    fn asked(&self) -> Vec<Vec<String>> {
        self.asked.lock().expect("a list").clone()
    }
}

fn trouble(trouble: Trouble) -> Error {
    Error::Service { service: "s".into(), trouble, reason: "no".into(), after: None }
}

fn said(text: &str) -> String {
    text.chars().rev().collect()
}

fn draft(text: &str) -> Draft {
    Draft { text: said(text), alignment: None }
}

#[async_trait]
impl Backend for Faulty {
    fn capability(&self) -> &Capability {
        &CAPABILITY
    }

    fn route(&self, _pair: Pair) -> Option<Provenance> {
        Some(Provenance { backend: "faulty".into(), engine: "faulty 1".into(), models: Vec::new() })
    }

    async fn translate(&self, batch: &Batch) -> Result<Answer, Error> {
        let texts: Vec<String> = batch.texts.iter().map(|input| input.text.clone()).collect();
        self.asked.lock().expect("a list").push(texts.clone());
        let fault = self.faults.lock().expect("a list").pop().unwrap_or(Fault::None);
        tokio::time::sleep(Duration::from_millis(100)).await;
        let mut drafts: Vec<_> = texts.iter().map(|text| Ok(draft(text))).collect();
        match fault {
            Fault::None => {}
            Fault::Short => drop(drafts.pop()),
            Fault::Copied => drafts[0] = Ok(Draft { text: texts[0].clone(), alignment: None }),
            Fault::One(kind) => drafts[0] = Err(trouble(kind)),
            Fault::All(kind) => return Err(trouble(kind)),
        }
        Ok(Answer { drafts, used: None })
    }
}

fn batch(texts: &[&str]) -> Batch {
    let texts = texts.iter().map(|text| Input { text: (*text).to_owned(), ..Input::default() }).collect();
    Batch { pair: models::pair_of("en-pt").expect("a pair"), texts }
}

fn link(backend: &Arc<Faulty>) -> Link {
    Link::service("s", Arc::clone(backend) as Arc<dyn Backend>, &Limits::default())
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime")
        .block_on(work)
}

const TEXTS: &[&str] = &["one two three", "four five six", "seven eight nine", "ten eleven twelve"];

/// Expects the texts that each request asks for, by the numbers of their places, and which texts fail at last.
#[track_caller]
fn asks(faults: &[Fault], requests: &[&[usize]], failing: &[usize]) {
    let backend = Faulty::new(faults);
    let all: Vec<usize> = (0..TEXTS.len()).collect();
    let mut results = run(async { link(&backend).ask(&batch(TEXTS), &all, true).await });
    let texts = |places: &&[usize]| places.iter().map(|&at| TEXTS[at].to_owned()).collect::<Vec<_>>();
    assert_eq!(backend.asked(), requests.iter().map(texts).collect::<Vec<_>>());
    results.sort_by_key(|(at, _)| *at);
    let failed: Vec<usize> = results.iter().filter(|(_, result)| result.is_err()).map(|(at, _)| *at).collect();
    assert_eq!(failed, failing);
    assert!(results.iter().all(|(at, result)| result.is_err() || *result == Ok(draft(TEXTS[*at]))));
}

#[test]
fn a_batch_at_fault_is_halved_so_that_only_the_culprit_fails() {
    use Fault::{All, None, Short};
    for fault in [All(Trouble::Refused), All(Trouble::TooLarge), All(Trouble::Declined), Short] {
        asks(&[fault], &[&[0, 1, 2, 3], &[0, 1], &[2, 3]], &[]);
    }
    let refused = All(Trouble::Refused);
    asks(&[refused, refused, refused, None], &[&[0, 1, 2, 3], &[0, 1], &[0], &[1], &[2, 3]], &[0]);
}

#[test]
fn what_is_no_translation_is_asked_for_once_more_by_itself() {
    use Fault::{Copied, One, Short};
    asks(&[Copied], &[&[0, 1, 2, 3], &[0]], &[]);
    asks(&[Copied, Copied], &[&[0, 1, 2, 3], &[0]], &[0]);
    asks(&[One(Trouble::Declined)], &[&[0, 1, 2, 3], &[0]], &[]);
    asks(&[One(Trouble::TooLarge)], &[&[0, 1, 2, 3]], &[0]);
    asks(&[Short; 4], &[&[0, 1, 2, 3], &[0, 1], &[0], &[0], &[1], &[2, 3]], &[0]);
}

#[test]
fn the_same_text_is_not_asked_for_twice_at_once() {
    let backend = Faulty::new(&[]);
    let (one, other) = (batch(&TEXTS[..3]), batch(&[TEXTS[2], TEXTS[3], TEXTS[3]]));
    let (one, other) = run(async {
        let link = link(&backend);
        tokio::join!(link.ask(&one, &[0, 1, 2], true), link.ask(&other, &[0, 1, 2], true))
    });
    assert_eq!(backend.asked(), [TEXTS[..3].to_vec(), vec![TEXTS[3]]]);
    assert_eq!((one.len(), other.len()), (3, 3));
    assert!(other.contains(&(0, Ok(draft(TEXTS[2])))) && other.contains(&(2, Ok(draft(TEXTS[3])))), "{other:?}");
}

fn fault() -> impl Strategy<Value = Fault> {
    let kind = prop::sample::select(vec![
        Trouble::Limited,
        Trouble::Overloaded,
        Trouble::Unreachable,
        Trouble::Timeout,
        Trouble::Cut,
        Trouble::TooLarge,
        Trouble::Refused,
        Trouble::Unreadable,
        Trouble::Declined,
        Trouble::Auth,
    ]);
    prop_oneof![
        3 => Just(Fault::None),
        1 => Just(Fault::Short),
        1 => Just(Fault::Copied),
        1 => kind.clone().prop_map(Fault::One),
        3 => kind.prop_map(Fault::All),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_text_gets_one_answer_in_its_place_whatever_the_faults(
        faults in prop::collection::vec(fault(), 0..60),
        sizes in prop::collection::vec(1_usize..30, 1..6),
    ) {
        let backend = Faulty::new(&faults);
        let texts: Vec<String> = (0..*sizes.iter().max().unwrap_or(&1)).map(|at| format!("the good word {at}")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let batches: Vec<Batch> = sizes.iter().map(|&size| batch(&texts[..size])).collect();
        let (results, stopped) = run(async {
            let link = link(&backend);
            let asks = batches.iter().map(|batch| async {
                let open: Vec<usize> = (0..batch.texts.len()).collect();
                link.ask(batch, &open, true).await
            });
            (join_all(asks).await, link.stopped())
        });
        for (batch, mut results) in batches.iter().zip(results) {
            results.sort_by_key(|(at, _)| *at);
            let places: Vec<usize> = results.iter().map(|(at, _)| *at).collect();
            prop_assert_eq!(places, (0..batch.texts.len()).collect::<Vec<_>>());
            for (at, result) in results {
                match result {
                    Ok(answer) => prop_assert_eq!(answer.text, said(&batch.texts[at].text)),
                    Err(Error::Stopped { .. }) => prop_assert!(stopped.is_some()),
                    Err(_) => {}
                }
            }
        }
    }
}
