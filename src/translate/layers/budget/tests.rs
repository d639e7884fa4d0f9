use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use tempfile::TempDir;

use super::*;
use crate::model::{Pair, Provenance};
use crate::translate::chain::tests::CAPABILITY;
use crate::translate::{Capability, Draft, Input, models};

/// A service that ends in one way, and looks at what is spent while it is asked.
struct Paid {
    ends: Result<Option<Usage>, Trouble>,
    spend: Option<Arc<Store>>,
    was_reserved: AtomicBool,
}

#[async_trait]
impl Backend for Paid {
    fn capability(&self) -> &Capability {
        &CAPABILITY
    }

    fn route(&self, _pair: Pair) -> Option<Provenance> {
        None
    }

    async fn translate(&self, batch: &Batch) -> Result<Answer, Error> {
        let spent = self.spend.as_ref().and_then(|spend| spend.spent().ok()?.remove("s"));
        self.was_reserved.store(spent.is_some_and(|spent| spent.usage.characters >= 10), Ordering::Relaxed);
        match self.ends {
            Ok(used) => {
                let drafts = batch.texts.iter().map(|it| Ok(Draft { text: it.text.clone(), alignment: None }));
                Ok(Answer { drafts: drafts.collect(), used })
            }
            Err(trouble) => Err(Error::Service { service: "s".into(), trouble, reason: "no".into(), after: None }),
        }
    }
}

/// A store in a folder, and an account that is kept in it.
fn account(allowance: Allowance) -> (TempDir, Account, Arc<Store>) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Arc::new(Store::open(&folder.path().join("s.sqlite")).expect("a store").store);
    let account = Account::new("s", &Limits { price: 10.0, price_output: 1000.0, ..Limits::default() });
    account.keep_in(&Books { results: Arc::clone(&store), spend: Arc::clone(&store), allowance });
    (folder, account, store)
}

fn batch() -> Batch {
    let texts = vec![Input { text: "ten of it.".into(), ..Input::default() }];
    Batch { pair: models::pair_of("en-pt").expect("a pair"), texts }
}

/// Expects what a try that ends so costs: requests, characters and money.
#[track_caller]
fn costs(ends: Result<Option<Usage>, Trouble>, requests: u64, characters: u64, money: &str) {
    let (_folder, account, store) = account(Allowance::default());
    let backend = Paid { ends, spend: Some(Arc::clone(&store)), was_reserved: AtomicBool::default() };
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let _ = runtime.block_on(account.pay(&backend, &batch()));
    assert!(backend.was_reserved.into_inner(), "it was asked before its charge was written down");
    let spent = store.spent().expect("an answer")["s"];
    assert_eq!((spent.usage.requests, spent.usage.characters), (requests, characters));
    assert_eq!(spent.money, money.parse().expect("an amount"));
    assert_eq!(account.spending(), Spending { backend: "s".into(), spent, cached: 0 });
}

#[test]
fn a_try_is_charged_before_it_and_settled_after_it() {
    costs(Ok(None), 1, 10, "0.0001");
    let used = Usage { requests: 0, characters: 4, input_tokens: 7, output_tokens: 3 };
    costs(Ok(Some(used)), 1, 4, "0.00304");
}

#[test]
fn what_may_have_been_accepted_stays_charged() {
    for trouble in [Trouble::Overloaded, Trouble::Timeout, Trouble::Cut, Trouble::Unreadable, Trouble::Declined] {
        costs(Err(trouble), 1, 10, "0.0001");
    }
}

#[test]
fn what_was_refused_or_never_arrived_is_given_back() {
    for trouble in [Trouble::Limited, Trouble::Quota, Trouble::Auth, Trouble::TooLarge, Trouble::Unreachable] {
        costs(Err(trouble), 1, 0, "0");
    }
}

/// Expects that so many of ten tries are made, and what is said of the next.
#[track_caller]
fn tries(allowance: Allowance, wanted: usize, said: &str) {
    let (_folder, account, store) = account(allowance);
    let backend = Paid { ends: Ok(None), spend: None, was_reserved: AtomicBool::default() };
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let results: Vec<_> = (0..10).map(|_| runtime.block_on(account.pay(&backend, &batch()))).collect();
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), wanted);
    assert_eq!(store.spent().expect("an answer")["s"].usage.characters, 10 * wanted as u64);
    let reason = results.last().and_then(|last| last.as_ref().err()).map(ToString::to_string).unwrap_or_default();
    assert!(reason.contains(said), "{reason}");
}

#[test]
fn no_try_begins_that_would_exceed_what_is_allowed() {
    let budget = |text: &str| text.parse().expect("an amount");
    tries(Allowance::default(), 10, "");
    tries(Allowance { budget: budget("0.0003"), max_chars: 0 }, 3, "0.0003 of the budget of 0.0003 is spent");
    tries(Allowance { budget: budget("0.00039"), max_chars: 0 }, 3, "a larger --budget");
    tries(Allowance { budget: budget("1"), max_chars: 49 }, 4, "40 of 49 characters are sent");
    tries(Allowance { budget: budget("1"), max_chars: 50 }, 5, "a larger --max-chars");
}
