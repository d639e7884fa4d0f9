//! What a backend asked of its table while it was opened, for those who show how it is configured.

use std::sync::{Arc, Mutex, PoisonError};

/// The host and the key's variable, as they were asked for. All notes are equal: they are no part of the configuration.
#[derive(Debug, Clone, Default)]
pub(crate) struct Noted(Arc<Mutex<Reach>>);

/// How a service is reached, as far as that is known. Holds no key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// The address that is asked: scheme, host and port.
    pub address: Option<String>,
    /// The environment variable that the key is read from, and whether it is set.
    pub key: Option<(String, bool)>,
}

impl Noted {
    /// What was noted so far.
    pub(crate) fn reach(&self) -> Reach {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn address(&self, url: &reqwest::Url) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).address = Some(url.origin().ascii_serialization());
    }

    pub(super) fn key(&self, variable: &str, set: bool) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).key = Some((variable.to_owned(), set));
    }
}

impl PartialEq for Noted {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Noted {}
