//! What is asked of a service at this moment: the same text is never asked twice at once.
//!
//! Laws: of those who want a text at once one asks and the others get the same answer; where the one who asked goes away
//! without an answer, another asks.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::memory::Key;
use crate::translate::{Draft, Error};

/// What came of a text.
type Landed = Result<Draft, Error>;

/// The texts that are asked for.
#[derive(Debug, Default)]
pub(crate) struct Flights {
    open: Mutex<BTreeMap<Key, watch::Receiver<Option<Landed>>>>,
}

/// What one who wants a text is to do.
pub(crate) enum Claim<'a> {
    /// Ask for it.
    Ask(Flight<'a>),
    /// Wait for whoever asks.
    Wait(watch::Receiver<Option<Landed>>),
}

/// A text that is asked for by whoever holds this.
pub(crate) struct Flight<'a> {
    flights: &'a Flights,
    key: Key,
    landed: watch::Sender<Option<Landed>>,
}

impl Flights {
    /// Claims the text of a key, which says all that its answer depends on.
    pub(crate) fn claim(&self, key: Key) -> Claim<'_> {
        let mut open = self.lock();
        if let Some(waiting) = open.get(&key) {
            return Claim::Wait(waiting.clone());
        }
        let landed = watch::Sender::new(None);
        open.insert(key, landed.subscribe());
        Claim::Ask(Flight { flights: self, key, landed })
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Key, watch::Receiver<Option<Landed>>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Flight<'_> {
    /// Answers those who wait.
    pub(crate) fn land(self, result: Landed) {
        self.landed.send_replace(Some(result));
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        self.flights.lock().remove(&self.key);
    }
}

/// What comes of a text that somebody else asks for; nothing where they went away.
pub(crate) async fn landed(mut waiting: watch::Receiver<Option<Landed>>) -> Option<Landed> {
    waiting.wait_for(Option::is_some).await.ok().and_then(|landed| landed.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str) -> Draft {
        Draft { text: text.into(), alignment: None }
    }

    fn asks(flights: &Flights) -> Option<Flight<'_>> {
        match flights.claim(Key::of(&[b"a"])) {
            Claim::Ask(flight) => Some(flight),
            Claim::Wait(_) => None,
        }
    }

    #[tokio::test]
    async fn one_asks_and_the_others_get_its_answer() {
        let flights = Flights::default();
        let flight = asks(&flights).expect("the first asks");
        let Claim::Wait(waiting) = flights.claim(Key::of(&[b"a"])) else { panic!("it is asked for") };
        assert!(matches!(flights.claim(Key::of(&[b"b"])), Claim::Ask(_)));
        flight.land(Ok(draft("x")));
        assert_eq!(landed(waiting).await, Some(Ok(draft("x"))));
        assert!(asks(&flights).is_some(), "who comes later asks again");
    }

    #[tokio::test]
    async fn where_the_first_goes_away_another_asks() {
        let flights = Flights::default();
        let flight = asks(&flights).expect("the first asks");
        let Claim::Wait(waiting) = flights.claim(Key::of(&[b"a"])) else { panic!("it is asked for") };
        drop(flight);
        assert_eq!(landed(waiting).await, None);
        assert!(asks(&flights).is_some());
    }
}
