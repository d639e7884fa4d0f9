//! What fetching models has to tell while it goes on.

use std::path::Path;
use std::time::Duration;

use super::catalogue::Offer;
use crate::model::Pair;

/// Something that happened while models were fetched or installed.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// Another process fetches into the folder; this one waits for it.
    Waiting {
        /// The folder of models.
        folder: &'a Path,
    },
    /// A model begins to be fetched.
    Begun {
        /// The model.
        offer: &'a Offer,
    },
    /// A file has come so far; it may fall back to nothing where a server does not resume.
    Received {
        /// The file.
        name: &'a str,
        /// Bytes that are there, those of an earlier run included.
        bytes: u64,
        /// Bytes that it will have.
        of: u64,
    },
    /// A request failed and is made again.
    Retrying {
        /// The address.
        url: &'a str,
        /// What went wrong.
        reason: &'a str,
        /// How long is waited before.
        pause: Duration,
    },
    /// A model is in its place.
    Installed {
        /// The direction.
        pair: Pair,
    },
    /// A model is there already, with the same files.
    Kept {
        /// The direction.
        pair: Pair,
    },
}

/// Hears what goes on.
pub trait Observer {
    /// Is told an event. It should be quick: the work waits for it.
    fn hear(&self, event: &Event<'_>);
}

/// Hears nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silence;

impl Observer for Silence {
    fn hear(&self, _: &Event<'_>) {}
}
