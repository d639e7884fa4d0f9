//! How a service is asked: never by more requests at once than it takes, and never again once it was stopped.
//!
//! Law: after a service was stopped no request begins; those under way end.

use tokio::sync::Semaphore;

use super::Limits;
use super::standing::Standing;
use crate::model::Pair;
use crate::translate::{Answer, Backend, Batch, Error, Remedy, Trouble};

/// What is kept of a service while a run goes on.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) standing: Standing,
    under_way: Semaphore,
}

impl Service {
    /// A service that nothing is known of yet.
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { standing: Standing::default(), under_way: Semaphore::new(limits.concurrency.get()) }
    }

    /// One request to `backend`, once it is its turn.
    ///
    /// # Errors
    /// What the backend says, or that it was stopped.
    pub(crate) async fn request(&self, backend: &dyn Backend, batch: &Batch) -> Result<Answer, Error> {
        let turn = tokio::select! {
            biased;
            stopped = self.standing.stopped() => return Err(stopped),
            turn = self.under_way.acquire() => turn,
        };
        self.standing.check(batch.pair)?;
        let answer = backend.translate(batch).await.map_err(|error| self.heed(batch.pair, error));
        // Whoever comes next sees what this answer said of the service.
        drop(turn);
        answer
    }

    /// Stops what an error says is of no use to be asked again; gives what it is for the texts.
    fn heed(&self, pair: Pair, error: Error) -> Error {
        match error {
            Error::NoPair { .. } | Error::Service { trouble: Trouble::Pair, .. } => {
                self.standing.stop_pair(pair, error.clone());
                error
            }
            error if error.remedy() == Remedy::Stop => {
                let reason = error.to_string();
                self.standing.stop(reason.clone());
                Error::Stopped { reason }
            }
            error => error,
        }
    }
}

#[cfg(test)]
mod tests;
