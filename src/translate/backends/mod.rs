//! One folder for each kind of backend, and the table of them.

pub mod apertium;
pub mod command;
pub mod deepl;
pub mod firefox;
pub mod google;
pub mod libretranslate;
pub mod mtranserver;
pub mod openai;

use super::Entry;

/// The kinds of backend. A new one is a folder and a row here; the conformance suite picks it up.
pub const ENTRIES: &[Entry] = &[
    Entry { kind: "firefox", service: false, limits: "", open: firefox::open },
    Entry { kind: "command", service: false, limits: "", open: command::open },
    Entry { kind: "deepl", service: true, limits: "", open: deepl::open },
    Entry { kind: "google", service: true, limits: "", open: google::open },
    Entry { kind: "libretranslate", service: true, limits: "", open: libretranslate::open },
    Entry { kind: "mtranserver", service: true, limits: "", open: mtranserver::open },
    Entry { kind: "openai", service: true, limits: "timeout_s = 120", open: openai::open },
    Entry { kind: "apertium", service: true, limits: "", open: apertium::open },
];
