//! Leaves a service alone for a while that fails again and again, then lets one request see whether it works again.
//!
//! ```text
//! closed ─5 failures in a row, more than half of 20, or 20 texts refused in a row─▶ open ─pause─▶ one probe ─▶ closed
//!                                                                         ▲────────────────────┘ └─third failure─▶ given up
//! ```
//! Laws: while it is open no request begins but the probe, and of probes there is one at a time; it ends closed or given up.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

/// Failures in a row that open it.
const IN_A_ROW: usize = 5;
/// Requests that are looked back at: it opens where more than half of as many failed.
const LOOKED_AT: usize = 20;
/// Texts in a row that were refused by themselves, each with 400, with nothing translated between.
const REFUSED: usize = 20;
/// Probes that may fail.
const PROBES: u32 = 3;

/// What came of a request, as far as it speaks of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// The service works.
    Works,
    /// It refuses a text that was sent by itself.
    Refuses,
    /// It does not work.
    Fails,
}

/// What opened or closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// The service is left alone for a while.
    Opened,
    /// It is not asked again.
    GivenUp,
}

/// The breaker of a service.
#[derive(Debug)]
pub(crate) struct Breaker {
    pause: Duration,
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    phase: Phase,
    /// The last requests, whether each failed.
    last: VecDeque<bool>,
    refused: usize,
    /// Probes that failed since it opened.
    probes: u32,
    /// Whether refusals opened it: then a probe that is refused has failed.
    by_refusals: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Closed,
    Open {
        until: Instant,
    },
    Probing,
}

/// Leave to make a request.
#[derive(Debug)]
pub(crate) struct Leave<'a> {
    breaker: &'a Breaker,
    probe: bool,
}

impl Breaker {
    pub(crate) fn new(pause: Duration) -> Self {
        Self { pause, state: Mutex::default(), changed: Notify::new() }
    }

    /// Leave to make a request: at once while it is closed; otherwise, for whoever is patient, when the probe succeeds or
    /// it is one's own turn to be the probe.
    pub(crate) async fn leave(&self, patient: bool) -> Option<Leave<'_>> {
        loop {
            let changed = self.changed.notified();
            let phase = self.enter();
            match phase {
                Phase::Closed => return Some(Leave { breaker: self, probe: false }),
                Phase::Open { until } if until <= Instant::now() => return Some(Leave { breaker: self, probe: true }),
                _ if !patient => return None,
                Phase::Open { until } => tokio::select! { () = sleep_until(until) => {}, () = changed => {} },
                Phase::Probing => changed.await,
            }
        }
    }

    /// The phase; whoever finds that the pause is over makes the probe.
    fn enter(&self) -> Phase {
        let mut state = self.lock();
        let phase = state.phase;
        if matches!(phase, Phase::Open { until } if until <= Instant::now()) {
            state.phase = Phase::Probing;
        }
        phase
    }

    /// Hears what came of a request after all its tries; says what that changed.
    pub(crate) fn hear(&self, told: Told) -> Option<Change> {
        let mut state = self.lock();
        if state.phase != Phase::Closed {
            return None;
        }
        state.refused = if told == Told::Refuses { state.refused + 1 } else { 0 };
        if told != Told::Refuses {
            state.last.push_front(told == Told::Fails);
            state.last.truncate(LOOKED_AT);
        }
        let row = state.last.iter().take_while(|&&failed| failed).count();
        let often =
            state.last.len() == LOOKED_AT && state.last.iter().filter(|&&failed| failed).count() * 2 > LOOKED_AT;
        state.by_refusals = state.refused >= REFUSED;
        if told == Told::Works || !(row >= IN_A_ROW || often || state.by_refusals) {
            return None;
        }
        self.open(&mut state);
        Some(Change::Opened)
    }

    fn open(&self, state: &mut State) {
        state.phase = Phase::Open { until: Instant::now() + self.pause };
        self.changed.notify_waiters();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Leave<'_> {
    /// Whether the request may still be made: it is the probe, or nothing has opened meanwhile.
    pub(crate) fn holds(&self) -> bool {
        self.probe || self.breaker.lock().phase == Phase::Closed
    }

    /// Says what came of one try, which decides where it was the probe.
    pub(crate) fn told(mut self, told: Told) -> Option<Change> {
        if !std::mem::take(&mut self.probe) {
            return None;
        }
        let mut state = self.breaker.lock();
        if told == Told::Works || (told == Told::Refuses && !state.by_refusals) {
            *state = State::default();
            self.breaker.changed.notify_waiters();
            return None;
        }
        state.probes += 1;
        self.breaker.open(&mut state);
        Some(if state.probes < PROBES { Change::Opened } else { Change::GivenUp })
    }
}

impl Drop for Leave<'_> {
    /// A probe of which nothing was told was not made: the next one is.
    fn drop(&mut self) {
        if self.probe {
            self.breaker.lock().phase = Phase::Open { until: Instant::now() };
            self.breaker.changed.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests;
