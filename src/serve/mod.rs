//! A server over the stages of a run, in LibreTranslate's interface: what speaks to LibreTranslate speaks to the glossary.
//!
//! ```text
//! request ─wire→ Ask ─settle→ texts of a pair ─desk: segments, glossary, backends, contract→ translations ─wire→ answer
//! ```
//! Written from LibreTranslate 1.9.6 (`app.py`, `language.py`): its paths, its JSON and its form, its words for what is wrong
//! with a request. What it has besides, such as files, suggestions, `format` html and a web page, is refused with a word.
//! Other pages may not call it: it sends no CORS headers.
//!
//! Laws: a text is answered by a translation that kept the contract, or its request by an error that says why not; a language
//! is never guessed at; no key and no text is logged; what is too large, too much or too slow is refused before it is worked on.

mod answers;
mod body;
mod desk;
mod languages;
mod metrics;
mod refusal;
mod routes;

use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::config::Plan;
use crate::model::sha256;
use crate::pipeline::Error;

use desk::Desk;
use metrics::Metrics;

/// How requests are treated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The key that a request must bear, where one is wanted.
    pub key: Option<String>,
    /// Requests that are translated at once.
    pub concurrency: NonZeroUsize,
    /// Characters of a text at the most.
    pub char_limit: usize,
    /// Texts of a request at the most.
    pub batch_limit: usize,
}

/// A server that is ready to listen.
pub struct Server {
    options: Options,
    /// What is kept of the key: enough to know it again.
    key: Option<String>,
    desk: Desk,
    metrics: Metrics,
    slots: Semaphore,
    waiting: Semaphore,
}

/// How serving ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Every request that had come was answered.
    Whole,
    /// Time ran out before all of them were.
    Cut,
}

/// Requests that may wait for each that is translated.
const WAITING: usize = 16;

impl Server {
    /// Opens the plan's glossary, rules and backends.
    ///
    /// # Errors
    /// When a file or a setting is not usable.
    pub fn open(plan: &Plan, options: Options) -> Result<Self, Error> {
        let slots = options.concurrency.get();
        Ok(Self {
            desk: Desk::open(plan)?,
            metrics: Metrics::new(),
            key: options.key.as_ref().map(|key| sha256(key.as_bytes())),
            slots: Semaphore::new(slots),
            waiting: Semaphore::new(slots.saturating_mul(WAITING).min(Semaphore::MAX_PERMITS)),
            options,
        })
    }

    /// Answers what comes to `listener` until `stop` ends; then what has come for as long as `grace`.
    ///
    /// # Errors
    /// When the system does not let it listen.
    pub async fn run<F>(self, listener: TcpListener, stop: F, grace: Duration) -> io::Result<Ended>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let (asked, heard) = tokio::sync::oneshot::channel();
        let stop = async move {
            stop.await;
            let _ = asked.send(());
        };
        let serving = axum::serve(listener, routes::of(Arc::new(self))).with_graceful_shutdown(stop);
        let too_late = async {
            let _ = heard.await;
            tokio::time::sleep(grace).await;
        };
        tokio::select! {
            served = serving => served.map(|()| Ended::Whole),
            () = too_late => Ok(Ended::Cut),
        }
    }
}
