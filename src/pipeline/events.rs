//! What a run says while it goes on.

use serde::Serialize;

use crate::emit::report::ArticleRow;
use crate::model::Lang;
use crate::translate::Notice;

/// Hears what a run says. Called from several threads; must not block for long.
pub trait Observer: Send + Sync {
    /// Hears one event.
    fn hear(&self, event: &Event<'_>);
}

/// Something that happened in a run. Serialised, it is one line of `--json`.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event<'a> {
    /// The run knows what it will do.
    Planned {
        /// Articles to read.
        articles: usize,
        /// Languages to translate each into.
        targets: &'a [Lang],
    },
    /// An article was read.
    Read {
        /// The article's name.
        origin: &'a str,
        /// How many segments it has; none where it is refused, or was finished by an earlier run.
        segments: usize,
    },
    /// Segments have been dealt with since the last event of this kind.
    Translated {
        /// How many.
        segments: usize,
    },
    /// An article is finished in one language, or failed; the row says which.
    Finished {
        /// Its row in the report.
        row: &'a ArticleRow,
        /// Whether an earlier run had finished it.
        resumed: bool,
    },
    /// A backend is not asked for a while: its limits, it asks to be left alone, or it fails again and again.
    Waiting {
        /// The backend as the configuration names it.
        backend: &'a str,
        /// Why.
        reason: &'a str,
        /// For how long.
        seconds: u64,
    },
    /// A backend is not asked again in this run.
    Stopped {
        /// The backend as the configuration names it.
        backend: &'a str,
        /// Why, and what to do.
        reason: &'a str,
    },
    /// Something is not as it should be, and the run goes on.
    Warning {
        /// What, and what was done about it.
        message: &'a str,
    },
    /// The run was asked to stop and finishes what it has begun.
    Stopping,
}

impl<'a> From<&'a Notice> for Event<'a> {
    fn from(notice: &'a Notice) -> Self {
        match notice {
            Notice::Waiting { backend, reason, seconds } => Self::Waiting { backend, reason, seconds: *seconds },
            Notice::Stopped { backend, reason } => Self::Stopped { backend, reason },
        }
    }
}

/// Hears nothing.
#[derive(Debug, Clone, Copy)]
pub struct Silence;

impl Observer for Silence {
    fn hear(&self, _event: &Event<'_>) {}
}
