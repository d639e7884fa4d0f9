//! Ctrl-C and SIGTERM: the first asks the run to finish what it has begun, the second ends it at once.

use std::sync::Arc;
use std::sync::OnceLock;

use crate::pipeline::{Event, Observer, Stages, Stop};

use super::exit::Ending;
use super::output;

/// Which signal asked a run to stop.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked(Arc<OnceLock<Ending>>);

impl Asked {
    /// Listens for signals for as long as the runtime lives; at the first, tells `observer` and asks `stop` to stop.
    /// Services are asked for nothing more then: what they are asked takes as long as their limits say.
    pub(super) fn listen(stop: &Stop, observer: &Arc<dyn Observer>, stages: &Arc<Stages>) -> Self {
        let asked = Self::default();
        let (listener, stop, observer, stages) =
            (asked.clone(), stop.clone(), Arc::clone(observer), Arc::clone(stages));
        tokio::spawn(async move {
            let ending = signal().await;
            let _ = listener.0.set(ending);
            stop.ask();
            stages.stop("the run was asked to stop");
            observer.hear(&Event::Stopping);
            let _ = signal().await;
            output::complain("stopped at once; what was finished is kept");
            std::process::exit(ending.code().into());
        });
        asked
    }

    /// How the run ended, if a signal did it.
    pub(super) fn ending(&self) -> Option<Ending> {
        self.0.get().copied()
    }
}

/// The next signal that asks to stop.
#[cfg(unix)]
pub(super) async fn signal() -> Ending {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => Ending::Interrupted,
        _ = terminate.recv() => Ending::Terminated,
    }
}

/// The next signal that asks to stop.
#[cfg(not(unix))]
pub(super) async fn signal() -> Ending {
    let _ = tokio::signal::ctrl_c().await;
    Ending::Interrupted
}
