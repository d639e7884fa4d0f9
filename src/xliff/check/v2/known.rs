//! The ids of a document, each where it was, so that what refers to one can be asked whether it leads anywhere.
//!
//! Law: an id costs eight bytes, however long it is: what is kept is a hash, of which two are alike once in 10^8
//! documents of a million ids.

use std::hash::{DefaultHasher, Hash, Hasher};

use rustc_hash::FxHashSet;

/// The ids of a document.
#[derive(Debug, Default)]
pub(super) struct Known {
    keys: FxHashSet<u64>,
}

/// Where something is: the fragment identifier of what it is in, the prefix of its kind, and its id.
#[derive(Debug, Clone, Copy)]
pub(super) struct Address<'a> {
    /// `f=f1/u=u1`, or nothing for the document.
    pub(super) scope: &'a str,
    /// `n`, `d`, `t`, `gls`; nothing for what is inline in a source, and for segments.
    pub(super) prefix: &'a str,
    pub(super) id: &'a str,
}

impl Known {
    /// Adds an address; whether it was not there yet.
    pub(super) fn add(&mut self, address: Address<'_>) -> bool {
        self.keys.insert(address.key())
    }

    pub(super) fn has(&self, address: Address<'_>) -> bool {
        self.has_key(address.key())
    }

    pub(super) fn has_key(&self, key: u64) -> bool {
        self.keys.contains(&key)
    }
}

impl Address<'_> {
    pub(super) fn key(self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.scope, self.prefix, self.id).hash(&mut hasher);
        hasher.finish()
    }
}
