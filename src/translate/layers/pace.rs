//! How fast a service is asked: so many requests and characters in a minute and no more, and not at all while it asks to be
//! left alone.
//!
//! Requests flow evenly: a governor lets one through after the other. Characters flow evenly behind the largest batch,
//! and what went out within a minute is added up besides. A service that says "too many" is asked half as often, and then a
//! tenth more often each minute in which it does not.
//!
//! Laws: within any 60 seconds no more requests and no more characters go out than the limits say, whatever the batches;
//! first come, first served; nothing goes out while a pause lasts.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use tokio::time::{Instant, sleep, sleep_until};

use super::clock::RuntimeClock;

/// What is a minute to us: a second longer, so that requests which take unlike long on their way still arrive apart.
const MINUTE: Duration = Duration::from_secs(61);
/// Of so many requests in a minute, one more may follow at once on one that came late, since timers are never early.
const CATCHES_UP: u32 = 150;
/// A service is asked no less often than this part of its limit.
const LEAST_SHARE: f64 = 1.0 / 16.0;

type Governor = RateLimiter<NotKeyed, InMemoryState, RuntimeClock, NoOpMiddleware<Duration>>;

/// What a service takes in a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quotas {
    pub(crate) requests: Option<NonZeroU32>,
    pub(crate) characters: Option<NonZeroU32>,
    /// Characters of the largest batch.
    pub(crate) largest: u32,
}

/// Why a request waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// It is as many in a minute as the limits allow.
    Limit,
    /// The service asks to be left alone.
    Asked,
}

/// The pace of a service.
pub(crate) struct Pace {
    quotas: Quotas,
    clock: RuntimeClock,
    line: tokio::sync::Mutex<Line>,
    news: Mutex<News>,
}

/// What whoever stands at the head of the line goes by.
struct Line {
    /// The part of the limits that it was made for.
    rate: Option<Rate>,
    requests: Option<Governor>,
    characters: Option<Governor>,
}

/// What answers say of the pace.
#[derive(Debug)]
struct News {
    pause: Option<Instant>,
    /// Requests in a minute, where the service tells by its refusals that there is a limit which is not configured.
    found: Option<f64>,
    share: f64,
    since: Instant,
    sent: VecDeque<(Instant, u64)>,
}

/// Requests in a minute, and the part of the limits that is made use of.
type Rate = (Option<f64>, f64);

impl Pace {
    pub(crate) fn new(quotas: Quotas) -> Self {
        let news = News { pause: None, found: None, share: 1.0, since: Instant::now(), sent: VecDeque::new() };
        let line = Line { rate: None, requests: None, characters: None };
        Self { quotas, clock: RuntimeClock::new(), line: tokio::sync::Mutex::new(line), news: Mutex::new(news) }
    }

    /// The most characters that can ever go out in one request.
    pub(crate) fn most(&self) -> u64 {
        self.quotas.characters.map_or(u64::MAX, |most| u64::from(most.get()))
    }

    /// Waits until a request of so many characters may go out, which is to do so at once. `tell` hears of each wait before
    /// it begins.
    pub(crate) async fn turn(&self, characters: u64, tell: impl Fn(Reason, Duration)) {
        let mut line = self.line.lock().await;
        let characters = characters.min(self.most());
        loop {
            while let Some(until) = self.paused() {
                tell(Reason::Asked, until - Instant::now());
                sleep_until(until).await;
            }
            self.flow(&mut line, characters, &tell).await;
            if self.paused().is_none() {
                return self.news().send(characters, self.quotas.characters.is_none());
            }
        }
    }

    /// Waits until the limits let a request through. Their governor comes last, so that requests go out as far apart as it
    /// says.
    async fn flow(&self, line: &mut Line, characters: u64, tell: &impl Fn(Reason, Duration)) {
        let rate = self.news().rate();
        if line.rate != Some(rate) {
            *line = self.line(rate, line.rate.is_some());
        }
        if let Some(governor) = &line.characters {
            let largest = self.largest().get();
            let mut left = characters;
            while left > 0 {
                let part = u32::try_from(left).unwrap_or(u32::MAX).min(largest);
                self.let_through(governor, part, tell).await;
                left -= u64::from(part);
            }
        }
        while let Some(wait) = self.too_much(characters) {
            tell(Reason::Limit, wait);
            sleep(wait).await;
        }
        if let Some(governor) = &line.requests {
            self.let_through(governor, 1, tell).await;
        }
    }

    async fn let_through(&self, governor: &Governor, cells: u32, tell: &impl Fn(Reason, Duration)) {
        let Some(cells) = NonZeroU32::new(cells) else { return };
        while let Ok(Err(not_yet)) = governor.check_n(cells) {
            let wait = not_yet.wait_time_from(self.clock.now());
            tell(Reason::Limit, wait);
            // A timer may go off a little early by this clock.
            sleep(wait.max(Duration::from_millis(1))).await;
        }
    }

    /// Governors for a rate. One that follows another begins where that one ended.
    fn line(&self, (found, share): Rate, follows: bool) -> Line {
        let governor = |a_minute: f64, burst: NonZeroU32| {
            let quota = Quota::with_period(MINUTE.div_f64(a_minute.max(0.01)))?.allow_burst(burst);
            let governor = RateLimiter::direct_with_clock(quota, self.clock.clone());
            if follows {
                let _ = governor.check_n(burst);
            }
            Some(governor)
        };
        let a_minute = |quota: Option<NonZeroU32>| quota.map(|quota| f64::from(quota.get()) * share);
        let requests = a_minute(self.quotas.requests).or(found.map(|found| found * share));
        let most = self.quotas.requests.map_or(0, NonZeroU32::get);
        let burst = NonZeroU32::new(most / CATCHES_UP).unwrap_or(NonZeroU32::MIN);
        let requests = requests.and_then(|requests| governor(requests, burst));
        let characters = a_minute(self.quotas.characters).and_then(|it| governor(it, self.largest()));
        Line { rate: Some((found, share)), requests, characters }
    }

    /// The most characters that the governor lets through at once.
    fn largest(&self) -> NonZeroU32 {
        let most = self.quotas.characters.unwrap_or(NonZeroU32::MAX);
        NonZeroU32::new(self.quotas.largest).map_or(most, |largest| largest.min(most))
    }

    /// Until when nothing goes out.
    fn paused(&self) -> Option<Instant> {
        self.news().pause.filter(|until| *until > Instant::now())
    }

    /// How long to wait until so many more characters are not too many in a minute.
    fn too_much(&self, characters: u64) -> Option<Duration> {
        self.news().too_much(characters, self.most())
    }

    /// Nothing goes out for so long.
    pub(crate) fn pause(&self, wait: Duration) {
        let mut news = self.news();
        let until = Instant::now() + wait;
        news.pause = Some(news.pause.map_or(until, |earlier| earlier.max(until)));
    }

    /// The service said "too many" to a request that went out at `begun`: it is asked half as often, unless it already is
    /// since then.
    pub(crate) fn slow_down(&self, begun: Instant) {
        let mut news = self.news();
        if begun < news.since {
            return;
        }
        if self.quotas.requests.is_none() && news.found.is_none() {
            news.found = Some(news.measured());
        }
        let (_, share) = news.rate();
        news.share = (share / 2.0).max(LEAST_SHARE);
        news.since = Instant::now();
    }

    fn news(&self) -> MutexGuard<'_, News> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl News {
    /// What there is of the rate: a tenth more for each minute since the service last said "too many".
    fn rate(&self) -> Rate {
        let minutes = i32::try_from(self.since.elapsed().as_secs() / 60).unwrap_or(i32::MAX);
        let grown = self.share * 1.1_f64.powi(minutes.min(1000));
        // A limit that was found out by asking may be higher than it seemed.
        let most = if self.found.is_some() { 16.0 } else { 1.0 };
        (self.found, grown.min(most))
    }

    /// How long to wait until so many more characters are no more than `most` in a minute.
    fn too_much(&mut self, characters: u64, most: u64) -> Option<Duration> {
        let now = Instant::now();
        while self.sent.front().is_some_and(|(at, _)| *at + MINUTE <= now) {
            self.sent.pop_front();
        }
        let sum: u64 = self.sent.iter().map(|(_, characters)| characters).sum();
        let (oldest, _) = self.sent.front()?;
        (sum.saturating_add(characters) > most).then(|| *oldest + MINUTE - now)
    }

    /// Writes down what goes out; where no sum is limited, the last ones do.
    fn send(&mut self, characters: u64, bounded: bool) {
        const MEASURED: usize = 1000;
        self.sent.push_back((Instant::now(), characters));
        if bounded && self.sent.len() > MEASURED {
            self.sent.pop_front();
        }
    }

    /// Requests in a minute, as they have gone out lately.
    #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
    fn measured(&self) -> f64 {
        let span = self.sent.front().map_or(0.0, |(at, _)| at.elapsed().as_secs_f64());
        self.sent.len() as f64 * 60.0 / span.max(1.0)
    }
}

#[cfg(test)]
mod tests;
