//! One folder for each kind of backend, and the table of them.

pub mod amazon;
pub mod apertium;
pub mod azure;
pub mod command;
pub mod deepl;
pub mod firefox;
pub mod google;
pub mod libretranslate;
pub mod modernmt;
pub mod mtranserver;
pub mod openai;
pub mod yandex;

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
    Entry { kind: "azure", service: true, limits: azure::LIMITS, open: azure::open },
    Entry { kind: "amazon", service: true, limits: amazon::LIMITS, open: amazon::open },
    Entry { kind: "yandex", service: true, limits: yandex::LIMITS, open: yandex::open },
    Entry { kind: "modernmt", service: true, limits: "", open: modernmt::open },
];
