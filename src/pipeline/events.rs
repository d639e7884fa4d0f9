//! What a run says while it goes on.

use serde::Serialize;

use crate::emit::report::ArticleRow;
use crate::model::Lang;

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
    /// The run was asked to stop and finishes what it has begun.
    Stopping,
}

/// Hears nothing.
#[derive(Debug, Clone, Copy)]
pub struct Silence;

impl Observer for Silence {
    fn hear(&self, _event: &Event<'_>) {}
}
