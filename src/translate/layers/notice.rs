//! What a run is told of its services while it goes on, so that no wait and no stop is silent.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Something that befell a backend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// It is not asked for a while.
    Waiting {
        /// The backend as the configuration names it.
        backend: String,
        /// Why.
        reason: String,
        /// For how long.
        seconds: u64,
    },
    /// It is not asked again in this run.
    Stopped {
        /// The backend as the configuration names it.
        backend: String,
        /// Why, and what to do.
        reason: String,
    },
}

/// Hears notices. Called from several threads; must not block for long.
pub type Ear = Arc<dyn Fn(&Notice) + Send + Sync>;

/// Tells of one backend whoever listens.
#[derive(Default)]
pub(crate) struct Teller {
    backend: String,
    ear: OnceLock<Ear>,
}

impl Teller {
    pub(crate) fn new(backend: impl Into<String>) -> Self {
        Self { backend: backend.into(), ear: OnceLock::new() }
    }

    /// Has `ear` hear of it; the first one that listens does.
    pub(crate) fn listen(&self, ear: &Ear) {
        let _ = self.ear.set(Arc::clone(ear));
    }

    pub(crate) fn waiting(&self, reason: impl Into<String>, wait: Duration) {
        let (backend, reason) = (self.backend.clone(), reason.into());
        // A second begun is a second waited.
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        self.tell(&Notice::Waiting { backend, reason, seconds });
    }

    pub(crate) fn stopped(&self, reason: impl Into<String>) {
        self.tell(&Notice::Stopped { backend: self.backend.clone(), reason: reason.into() });
    }

    fn tell(&self, notice: &Notice) {
        if let Some(ear) = self.ear.get() {
            ear(notice);
        }
    }
}

impl fmt::Debug for Teller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Teller").field("backend", &self.backend).finish_non_exhaustive()
    }
}
