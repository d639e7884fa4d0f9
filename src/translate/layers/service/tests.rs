use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use futures_util::future::join_all;

use super::*;
use crate::model::Provenance;
use crate::translate::chain::tests::CAPABILITY;
use crate::translate::{Capability, Input, models};

/// A service whose answers take a second, and which accepts no key.
#[derive(Default)]
struct Slow {
    asked: AtomicUsize,
}

#[async_trait]
impl Backend for Slow {
    fn capability(&self) -> &Capability {
        &CAPABILITY
    }

    fn route(&self, _pair: Pair) -> Option<Provenance> {
        None
    }

    async fn translate(&self, _batch: &Batch) -> Result<Answer, Error> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        let (service, reason) = ("s".into(), "it answers 401 Unauthorized".into());
        Err(Error::Service { service, trouble: Trouble::Auth, reason, after: None })
    }
}

fn batch() -> Batch {
    let texts = vec![Input { text: "A word.".into(), ..Input::default() }];
    Batch { pair: models::pair_of("en-pt").expect("a pair"), texts }
}

#[tokio::test(start_paused = true)]
async fn once_stopped_no_request_begins_and_those_under_way_end() {
    let (service, slow, batch) = (Service::new(&Limits::default()), Slow::default(), batch());
    let answers = join_all((0..100).map(|_| service.request(&slow, &batch))).await;
    assert_eq!(slow.asked.load(Ordering::Relaxed), Limits::default().concurrency.get());
    let stopped = Err(Error::Stopped { reason: "s: it answers 401 Unauthorized".into() });
    assert!(answers.iter().all(|answer| *answer == stopped), "{answers:?}");
}
