//! The time that the layers go by: monotonic, so that a wall clock that jumps changes nothing.

use std::time::Duration;

use governor::clock::Clock;
use tokio::time::Instant;

/// The runtime's clock for a governor: what is awaited and what is counted go by the same time.
#[derive(Debug, Clone)]
pub(crate) struct RuntimeClock {
    begun: Instant,
}

impl RuntimeClock {
    pub(crate) fn new() -> Self {
        Self { begun: Instant::now() }
    }
}

impl Clock for RuntimeClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.begun.elapsed()
    }
}
