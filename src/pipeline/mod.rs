//! A run: articles in, XLIFF and pages out.
//!
//! The only room that knows all the others. Articles stream: a reader thread fills a window of segments while the
//! window before it is translated and the one before that is written, so memory does not grow with the batch.
//! What befalls one article is a row of the report; only what befalls the run is an [`Error`].

mod books;
mod desk;
mod error;
mod events;
mod forecast;
mod inputs;
mod ledger;
mod merging;
mod outputs;
mod publish;
mod reading;
mod records;
mod stages;
mod writing;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

use crate::config::Plan;
use crate::emit::report::RunReport;
use crate::translate::Ear;

pub use error::Error;
pub use events::{Event, Observer, Silence};
pub use forecast::{Articles, BackendForecast, Forecast, PairWithout, Refused, forecast};
pub use inputs::{Input, expand};
pub use merging::{Merge, MergeEvent, articles, changes, merge};
pub use reading::goals;

pub use stages::{Stages, TOOL};

use desk::Desk;

/// Windows that are translated at the same time: while the tail of one keeps one core busy, the next keeps the others.
const WINDOWS_AT_ONCE: usize = 2;

/// Asks a run to stop: it begins nothing more and finishes what it has begun.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether somebody has asked.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Translates the plan's articles into its languages and writes the outputs.
///
/// The report has a row for each article and language, in the order of the inputs.
///
/// # Errors
/// When there is nothing to read, the output folder cannot be written to, or the disk is full in the middle.
pub async fn run(
    plan: &Plan,
    stages: Arc<Stages>,
    observer: Arc<dyn Observer>,
    stop: Stop,
) -> Result<RunReport, Error> {
    inputs::keep_apart(&plan.inputs, &plan.out)?;
    let inputs = expand(&plan.inputs)?;
    let (desk, ledger) = Desk::open(plan, stages, observer, stop)?;
    let desk = Arc::new(desk);
    let observer = Arc::clone(&desk.observer);
    let ear: Ear = Arc::new(move |notice| observer.hear(&Event::from(notice)));
    desk.stages.translator.listen(&ear);
    desk.observer.hear(&Event::Planned { articles: inputs.len(), targets: &plan.to });
    let windows = ReceiverStream::new(reading::windows(inputs, Arc::clone(&desk)));
    let finished = windows.map(|window| Arc::clone(&desk).finish(window)).buffered(WINDOWS_AT_ONCE);
    desk.close(finished, ledger).await.map_err(Error::after_the_start)
}
