use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use futures_util::future::join_all;

use super::*;
use crate::model::Provenance;
use crate::translate::chain::tests::CAPABILITY;
use crate::translate::layers::notice::Notice;
use crate::translate::{Capability, Input, models};

/// A service whose answers take a second: to each request as `answers` says, after those the last for ever.
struct Scripted {
    answers: Vec<Option<Error>>,
    asked: Mutex<Vec<Duration>>,
    begun: Instant,
}

#[async_trait]
impl Backend for Scripted {
    fn capability(&self) -> &Capability {
        &CAPABILITY
    }

    fn route(&self, _pair: Pair) -> Option<Provenance> {
        None
    }

    async fn translate(&self, _batch: &Batch) -> Result<Answer, Error> {
        let number = {
            let mut asked = self.asked.lock().expect("a list");
            asked.push(self.begun.elapsed());
            asked.len() - 1
        };
        sleep(Duration::from_secs(1)).await;
        match &self.answers[number.min(self.answers.len() - 1)] {
            Some(error) => Err(error.clone()),
            None => Ok(Answer::default()),
        }
    }
}

fn trouble(trouble: Trouble, after: Option<u64>) -> Error {
    let after = after.map(Duration::from_secs);
    Error::Service { service: "s".into(), trouble, reason: "no".into(), after }
}

fn batch() -> Batch {
    let texts = vec![Input { text: "A word.".into(), ..Input::default() }];
    Batch { pair: models::pair_of("en-pt").expect("a pair"), texts }
}

/// What comes of requests that are made at once to a service with this script.
struct Ended {
    answers: Vec<Result<Answer, Error>>,
    asked: Vec<Duration>,
    took: Duration,
    told: Vec<Notice>,
}

async fn ask(script: Vec<Option<Error>>, limits: &Limits, requests: usize) -> Ended {
    let (begun, service, batch) = (Instant::now(), Service::new("s", limits, 1000), batch());
    let told = Arc::new(Mutex::new(Vec::new()));
    let ear = Arc::clone(&told);
    let ear: super::super::Ear = Arc::new(move |notice| ear.lock().expect("a list").push(notice.clone()));
    service.teller.listen(&ear);
    let backend = Scripted { answers: script, asked: Mutex::default(), begun };
    let answers = join_all((0..requests).map(|_| service.request(&backend, &batch, true))).await;
    let asked = backend.asked.lock().expect("a list").clone();
    let told = told.lock().expect("a list").clone();
    Ended { answers, asked, took: begun.elapsed(), told }
}

fn stopped(ended: &Ended) -> bool {
    ended.answers.iter().all(|answer| matches!(answer, Err(Error::Stopped { .. })))
        && ended.told.iter().any(|notice| matches!(notice, Notice::Stopped { .. }))
}

#[tokio::test(start_paused = true)]
async fn once_stopped_no_request_begins_and_those_under_way_end() {
    for kind in [Trouble::Auth, Trouble::Quota, Trouble::Insecure, Trouble::Address] {
        let ended = ask(vec![Some(trouble(kind, None))], &Limits::default(), 100).await;
        assert!(stopped(&ended), "{:?}", ended.answers);
        assert_eq!(ended.asked.len(), Limits::default().concurrency.get());
        assert_eq!(ended.told, [Notice::Stopped { backend: "s".into(), reason: "s: no".into() }]);
    }
}

#[tokio::test(start_paused = true)]
async fn what_may_help_is_tried_again_and_what_cannot_is_not() {
    for kind in [Trouble::Limited, Trouble::Overloaded, Trouble::Timeout, Trouble::Cut, Trouble::Unreadable] {
        let ended = ask(vec![Some(trouble(kind, None)), Some(trouble(kind, None)), None], &Limits::default(), 1).await;
        assert_eq!((ended.answers[0].is_ok(), ended.asked.len()), (true, 3), "{kind:?}");
        let ended = ask(vec![Some(trouble(kind, None))], &Limits::default(), 1).await;
        assert_eq!((&ended.answers[0], ended.asked.len()), (&Err(trouble(kind, None)), 6), "{kind:?}");
    }
    for kind in [Trouble::TooLarge, Trouble::Refused, Trouble::Oversize, Trouble::Declined] {
        let ended = ask(vec![Some(trouble(kind, None))], &Limits::default(), 1).await;
        assert_eq!(ended.asked.len(), 1, "{kind:?}");
        assert_eq!(ended.answers[0], Err(trouble(kind, None)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_asked_for_holds_every_request() {
    let ended = ask(vec![Some(trouble(Trouble::Limited, Some(40))), None], &Limits::default(), 20).await;
    assert!(ended.answers.iter().all(Result::is_ok));
    // Three more are under way when the first is refused; nothing else begins before the wait is over.
    let before = ended.asked.iter().filter(|at| at.as_secs() < 41).count();
    assert_eq!((before, ended.asked.len()), (4, 21));
    let reason = "it asks to be left alone".to_owned();
    assert!(ended.told.contains(&Notice::Waiting { backend: "s".into(), reason, seconds: 40 }), "{:?}", ended.told);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_asks_for_a_day_is_parked() {
    let ended = ask(vec![Some(trouble(Trouble::Limited, Some(86_400)))], &Limits::default(), 20).await;
    assert!(stopped(&ended));
    assert_eq!(ended.asked.len(), 4);
    assert!(ended.took < Duration::from_secs(2), "{:?}", ended.took);
    let Err(error) = &ended.answers[19] else { panic!("it is stopped") };
    assert!(error.to_string().contains("resume after 86400 seconds"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_service_that_was_never_reached_is_stopped() {
    let ended = ask(vec![Some(trouble(Trouble::Unreachable, None))], &Limits::default(), 20).await;
    assert!(stopped(&ended), "{:?}", ended.answers);
    assert!(ended.asked.len() <= 6 * 20 && ended.took < Duration::from_mins(1), "{:?}", ended.took);
    let mut script = vec![None];
    script.extend(vec![Some(trouble(Trouble::Unreachable, None)); 6]);
    let limits = Limits { concurrency: std::num::NonZeroUsize::MIN, ..Limits::default() };
    let ended = ask(script, &limits, 2).await;
    assert_eq!(ended.answers[1], Err(trouble(Trouble::Unreachable, None)));
}

#[tokio::test(start_paused = true)]
async fn a_service_that_fails_and_fails_is_paused_probed_and_given_up() {
    let limits = Limits { tries: 1, ..Limits::default() };
    let ended = ask(vec![Some(trouble(Trouble::Overloaded, None))], &limits, 50).await;
    // Five in a row, what was under way with them, and three probes.
    assert!((8..=11).contains(&ended.asked.len()), "{}", ended.asked.len());
    let failed = ended.answers.iter().filter(|answer| matches!(answer, Err(Error::Service { .. }))).count();
    assert_eq!(failed, ended.asked.len() - 1);
    let waits = ended.told.iter().filter(|notice| matches!(notice, Notice::Waiting { seconds: 30, .. })).count();
    assert_eq!(waits, 3);
    assert!(matches!(ended.told.last(), Some(Notice::Stopped { .. })));
}

#[tokio::test(start_paused = true)]
async fn a_service_that_works_again_is_used_again() {
    let mut script = vec![Some(trouble(Trouble::Overloaded, None)); 9];
    script.push(None);
    let limits = Limits { tries: 1, ..Limits::default() };
    let ended = ask(script, &limits, 50).await;
    assert_eq!(ended.answers.iter().filter(|answer| answer.is_ok()).count(), 41);
    assert!(ended.took < Duration::from_secs(100), "{:?}", ended.took);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_can_never_keep_the_limit_is_too_long() {
    let limits = Limits { chars_per_minute: 5, ..Limits::default() };
    let ended = ask(vec![None], &limits, 1).await;
    assert_eq!(ended.answers[0], Err(Error::too_long(7, 5)));
    assert!(ended.asked.is_empty());
}
