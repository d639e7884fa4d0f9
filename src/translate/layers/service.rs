//! How a service is asked: in its time, again where that helps, and never again once it was stopped.
//!
//! ```text
//! a request: ┌▶ breaker ─ place among those under way ─ pace ─▶ one try ─┬▶ answer
//!            └──────────── wait ◀─ may help ─────────────────────────────┴▶ error: the request's, or the service is stopped
//! ```
//! The place comes before the pace, so that what the pace lets through goes out at once.
//!
//! Laws: after a service was stopped no request begins, and those under way end; a request that cannot help is not made
//! again; each try keeps the pace.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep};

use super::Limits;
use super::breaker::{Breaker, Change, Leave, Told};
use super::budget::Account;
use super::flight::Flights;
use super::notice::Teller;
use super::pace::{Pace, Quotas, Reason};
use super::retry::{Next, Patience, asked};
use super::standing::Standing;
use crate::model::Pair;
use crate::translate::{Answer, Backend, Batch, Error, Remedy, Trouble};

/// What is kept of a service while a run goes on.
pub(crate) struct Service {
    pub(crate) limits: Limits,
    pub(crate) standing: Standing,
    pub(crate) teller: Teller,
    pub(crate) account: Account,
    under_way: Semaphore,
    pace: Pace,
    patience: Patience,
    breaker: Breaker,
    pub(crate) flights: Flights,
    /// Whether it has ever answered, whatever that was.
    reached: AtomicBool,
}

/// The turn of a request, with its place among those under way: it may be made now.
type Turn<'a> = (Leave<'a>, SemaphorePermit<'a>);

impl Service {
    /// The service `name`, whose largest batch has so many characters. Nothing is known of it yet.
    pub(crate) fn new(name: &str, limits: &Limits, largest: usize) -> Self {
        let (requests, characters) = (limits.requests_per_minute.try_into(), limits.chars_per_minute.try_into());
        let largest = u32::try_from(largest).unwrap_or(u32::MAX);
        let quotas = Quotas { requests: requests.ok(), characters: characters.ok(), largest };
        Self {
            limits: limits.clone(),
            standing: Standing::default(),
            teller: Teller::new(name),
            account: Account::new(name, limits),
            under_way: Semaphore::new(limits.concurrency.get()),
            pace: Pace::new(quotas),
            patience: Patience::new(limits, fastrand::Rng::new()),
            breaker: Breaker::new(Duration::from_secs_f64(limits.pause_s)),
            flights: Flights::default(),
            reached: AtomicBool::new(false),
        }
    }

    /// A request to `backend` in its turn, made again where that may help. Who is not `patient` does not wait while the
    /// service is left alone for its failures.
    ///
    /// # Errors
    /// What the backend says, or why it is not asked.
    pub(crate) async fn request(&self, backend: &dyn Backend, batch: &Batch, patient: bool) -> Result<Answer, Error> {
        let (mut tries, mut spent) = (0, Duration::ZERO);
        loop {
            let turn = self.turn(backend, batch, patient).await?;
            let begun = Instant::now();
            let result = self.one_try(backend, batch).await;
            tries += 1;
            spent += begun.elapsed();
            let error = match result {
                Ok(answer) => return Ok(self.worked(turn, answer)),
                Err(error) => error,
            };
            // Whoever comes next sees what this answer says of the service.
            self.failed(turn, batch, &error, begun);
            let wait = self.next(error, batch.pair, tries, spent)?;
            spent += wait;
            self.unless_stopped(sleep(wait)).await?;
        }
    }

    /// One try, which the service charges whatever comes of it.
    async fn one_try(&self, backend: &dyn Backend, batch: &Batch) -> Result<Answer, Error> {
        self.account.pay(backend, batch).await
    }

    /// Waits for the turn of a request.
    async fn turn(&self, backend: &dyn Backend, batch: &Batch, patient: bool) -> Result<Turn<'_>, Error> {
        let characters = backend.charge(batch).characters;
        if characters > self.pace.most() {
            return Err(Error::too_long(characters, self.pace.most()));
        }
        loop {
            self.standing.check(batch.pair)?;
            let Some(leave) = self.unless_stopped(self.breaker.leave(patient)).await? else {
                return Err(Error::Resting);
            };
            let place = self.unless_stopped(self.under_way.acquire()).await?.expect("it is never closed");
            self.unless_stopped(self.pace.turn(characters, |reason, wait| self.tell(reason, wait))).await?;
            self.standing.check(batch.pair)?;
            if leave.holds() {
                return Ok((leave, place));
            }
        }
    }

    /// What comes of `waited`, unless the service is stopped meanwhile.
    async fn unless_stopped<T>(&self, waited: impl Future<Output = T>) -> Result<T, Error> {
        tokio::select! {
            biased;
            stopped = self.standing.stopped() => Err(stopped),
            done = waited => Ok(done),
        }
    }

    fn worked(&self, (leave, _place): Turn<'_>, answer: Answer) -> Answer {
        self.reached.store(true, Ordering::Relaxed);
        leave.told(Told::Works);
        self.breaker.hear(Told::Works);
        answer
    }

    /// Heeds what one failure says of the service.
    fn failed(&self, (leave, _place): Turn<'_>, batch: &Batch, error: &Error, begun: Instant) {
        if is_answer(error) {
            self.reached.store(true, Ordering::Relaxed);
        }
        if matches!(error, Error::Service { trouble: Trouble::Limited, .. }) {
            self.pace.slow_down(begun);
        }
        if let Some(wait) = asked(error).filter(|wait| *wait <= Duration::from_secs_f64(self.limits.deadline_s)) {
            self.pace.pause(wait);
        }
        let told = told(batch, error);
        let change = leave.told(told);
        let change = change.or_else(|| if told == Told::Refuses { self.breaker.hear(told) } else { None });
        self.changed(change, error);
        if error.remedy() == Remedy::Stop && !lacks_pair(error) {
            self.stop(error.to_string());
        }
    }

    /// How long to wait before the next try.
    fn next(&self, error: Error, pair: Pair, tries: u32, spent: Duration) -> Result<Duration, Error> {
        if lacks_pair(&error) {
            self.standing.stop_pair(pair, error.clone());
            return Err(error);
        }
        if error.remedy() == Remedy::Item {
            return Err(error);
        }
        if let Some(reason) = self.standing.reason() {
            return Err(Error::Stopped { reason });
        }
        match self.patience.next(&error, tries, spent) {
            Next::Again(wait) => Ok(wait),
            Next::Park(wait) => Err(self.stop(parked(&error, wait))),
            Next::Enough if !self.reached.load(Ordering::Relaxed) && is_unreachable(&error) => {
                Err(self.stop(format!("it was never reached: {error}")))
            }
            Next::Enough => {
                self.changed(self.breaker.hear(Told::Fails), &error);
                Err(error)
            }
        }
    }

    /// Tells what became of the breaker over `error`, and stops a service that it gave up.
    fn changed(&self, change: Option<Change>, error: &Error) {
        match change {
            None => {}
            Some(Change::Opened) => {
                let pause = Duration::from_secs_f64(self.limits.pause_s);
                self.teller.waiting(format!("it fails again and again, lately: {error}"), pause);
            }
            Some(Change::GivenUp) => {
                self.stop(format!("it fails again and again, lately: {error}"));
            }
        }
    }

    /// Stops it for the run; gives the error that its texts end with.
    pub(crate) fn stop(&self, reason: String) -> Error {
        if self.standing.stop(reason.clone()) {
            self.teller.stopped(reason);
        }
        Error::Stopped { reason: self.standing.reason().unwrap_or_default() }
    }

    /// Tells of waits that people notice.
    fn tell(&self, reason: Reason, wait: Duration) {
        let (least, said) = match reason {
            Reason::Limit => (30, "its limits allow no more in a minute"),
            Reason::Asked => (1, "it asks to be left alone"),
        };
        if wait >= Duration::from_secs(least) {
            self.teller.waiting(said, wait);
        }
    }
}

/// What the failure of a try says of the service.
fn told(batch: &Batch, error: &Error) -> Told {
    match error {
        Error::Service { trouble: Trouble::Refused, .. } if batch.texts.len() == 1 => Told::Refuses,
        error if error.remedy() == Remedy::Item || lacks_pair(error) => Told::Works,
        _ => Told::Fails,
    }
}

fn lacks_pair(error: &Error) -> bool {
    matches!(error, Error::NoPair { .. } | Error::Service { trouble: Trouble::Pair, .. })
}

fn is_unreachable(error: &Error) -> bool {
    matches!(error, Error::Service { trouble: Trouble::Unreachable, .. })
}

/// Whether an error is an answer of the service, or of something in its place.
fn is_answer(error: &Error) -> bool {
    !matches!(error, Error::Service { trouble: Trouble::Unreachable | Trouble::Insecure | Trouble::Timeout, .. })
}

fn parked(error: &Error, wait: Duration) -> String {
    let seconds = wait.as_secs();
    format!("{error}; it asks to be left alone for longer than `deadline_s`: resume after {seconds} seconds")
}

#[cfg(test)]
mod tests;
