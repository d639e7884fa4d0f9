//! Whether a request that failed is made again, and when.
//!
//! Waits are drawn evenly from nothing to a limit that doubles with each try ("full jitter", AWS Architecture Blog,
//! "Exponential Backoff And Jitter", 2015), so that requests which failed together do not come back together.
//!
//! Laws: no more tries than the limits say; no wait past the deadline; what a service asks for is waited for, or it is not
//! asked again.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::Limits;
use crate::translate::Error;

/// The longest wait that is not asked for.
const LONGEST: Duration = Duration::from_mins(1);

/// How often and for how long a request is tried.
#[derive(Debug)]
pub(crate) struct Patience {
    tries: u32,
    wait: Duration,
    deadline: Duration,
    dice: Mutex<fastrand::Rng>,
}

/// What is to be done after a try that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Another one, after so long.
    Again(Duration),
    /// None: the service asks to be left alone for longer than the request has.
    Park(Duration),
    /// None: it has been tried often or long enough.
    Enough,
}

impl Patience {
    pub(crate) fn new(limits: &Limits, dice: fastrand::Rng) -> Self {
        let (wait, deadline) = (Duration::from_secs_f64(limits.wait_s), Duration::from_secs_f64(limits.deadline_s));
        Self { tries: limits.tries, wait, deadline, dice: Mutex::new(dice) }
    }

    /// What follows on `error` after so many tries, which took `spent` with the waits between them.
    pub(crate) fn next(&self, error: &Error, tries: u32, spent: Duration) -> Next {
        let left = self.deadline.saturating_sub(spent);
        match asked(error) {
            Some(asked) if asked > left => Next::Park(asked),
            _ if tries >= self.tries => Next::Enough,
            Some(asked) => Next::Again(asked),
            None => match self.jitter(tries) {
                wait if wait > left => Next::Enough,
                wait => Next::Again(wait),
            },
        }
    }

    fn jitter(&self, tries: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(tries.saturating_sub(1));
        let most = self.wait.saturating_mul(doubled).min(LONGEST);
        let part = self.dice.lock().unwrap_or_else(PoisonError::into_inner).f64();
        most.mul_f64(part)
    }
}

/// How long the service asks to be left alone.
pub(crate) fn asked(error: &Error) -> Option<Duration> {
    match error {
        Error::Service { after, .. } => *after,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translate::Trouble;

    fn error(after: Option<u64>) -> Error {
        let after = after.map(Duration::from_secs);
        Error::Service { service: "s".into(), trouble: Trouble::Limited, reason: "no".into(), after }
    }

    fn patience() -> Patience {
        Patience::new(&Limits::default(), fastrand::Rng::with_seed(7))
    }

    #[track_caller]
    fn follows(after: Option<u64>, tries: u32, spent: u64, wanted: Next) {
        assert_eq!(patience().next(&error(after), tries, Duration::from_secs(spent)), wanted);
    }

    #[test]
    fn what_a_service_asks_for_is_waited_for_or_it_is_parked() {
        follows(Some(7), 1, 0, Next::Again(Duration::from_secs(7)));
        follows(Some(300), 1, 0, Next::Again(Duration::from_mins(5)));
        follows(Some(301), 1, 0, Next::Park(Duration::from_secs(301)));
        follows(Some(7), 1, 294, Next::Park(Duration::from_secs(7)));
        follows(Some(86_400), 6, 0, Next::Park(Duration::from_hours(24)));
        follows(Some(7), 6, 0, Next::Enough);
    }

    #[test]
    fn tries_and_time_come_to_an_end() {
        follows(None, 6, 0, Next::Enough);
        follows(None, 1, 300, Next::Enough);
    }

    #[test]
    fn waits_are_drawn_from_a_limit_that_doubles() {
        for (tries, most) in [(1, 0.5), (2, 1.0), (3, 2.0), (4, 4.0), (30, 60.0)] {
            let limits = Limits { tries: 100, ..Limits::default() };
            let patience = Patience::new(&limits, fastrand::Rng::with_seed(7));
            let waits: Vec<f64> = (0..200)
                .map(|_| match patience.next(&error(None), tries, Duration::ZERO) {
                    Next::Again(wait) => wait.as_secs_f64(),
                    other => panic!("{other:?}"),
                })
                .collect();
            assert!(waits.iter().all(|wait| (0.0..=most).contains(wait)), "{waits:?}");
            let mean = waits.iter().sum::<f64>() / 200.0;
            assert!((most * 0.4..most * 0.6).contains(&mean), "{mean} of {most}");
        }
        assert_eq!(patience().jitter(3), patience().jitter(3));
    }
}
