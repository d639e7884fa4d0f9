//! Whether a service is still asked in this run.
//!
//! Laws: what stopped a service stops it for the rest of the run, and the first reason is the one that is told; a pair that
//! it does not translate stops that pair alone.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;

use crate::model::Pair;
use crate::translate::Error;

/// What is known of a service's standing.
#[derive(Debug)]
pub(crate) struct Standing {
    reason: watch::Sender<Option<String>>,
    pairs: Mutex<BTreeMap<Pair, Error>>,
}

impl Default for Standing {
    fn default() -> Self {
        Self { reason: watch::Sender::new(None), pairs: Mutex::default() }
    }
}

impl Standing {
    /// Stops the service for the run; whether it was not stopped before.
    pub(crate) fn stop(&self, reason: impl Into<String>) -> bool {
        self.reason.send_if_modified(|stopped| {
            let first = stopped.is_none();
            stopped.get_or_insert_with(|| reason.into());
            first
        })
    }

    /// Stops one pair for the run.
    pub(crate) fn stop_pair(&self, pair: Pair, error: Error) {
        self.pairs.lock().unwrap_or_else(PoisonError::into_inner).entry(pair).or_insert(error);
    }

    /// What stopped it, where something did.
    pub(crate) fn reason(&self) -> Option<String> {
        self.reason.borrow().clone()
    }

    /// Refuses what would be asked of a service that is stopped.
    ///
    /// # Errors
    /// With what stopped the service, or the pair.
    pub(crate) fn check(&self, pair: Pair) -> Result<(), Error> {
        if let Some(reason) = self.reason() {
            return Err(Error::Stopped { reason });
        }
        let pairs = self.pairs.lock().unwrap_or_else(PoisonError::into_inner);
        pairs.get(&pair).map_or(Ok(()), |error| Err(error.clone()))
    }

    /// Waits until it is stopped.
    pub(crate) async fn stopped(&self) -> Error {
        let mut reason = self.reason.subscribe();
        let stopped = reason.wait_for(Option::is_some).await;
        let reason = stopped.ok().and_then(|reason| reason.clone()).unwrap_or_default();
        Error::Stopped { reason }
    }
}
