//! The languages of NTREX that chancery knows.

#![expect(unreachable_pub, reason = "a module of tests has no outside")]

/// NTREX's name of each language and ours.
pub const NAMES: [(&str, &str); 12] = [
    ("en", "en"),
    ("zh", "zh-Hans"),
    ("zh-TW", "zh-Hant"),
    ("ru", "ru"),
    ("fr", "fr"),
    ("es", "es"),
    ("ar", "ar"),
    ("pt", "pt"),
    ("pt-BR", "pt"),
    ("de", "de"),
    ("ja", "ja"),
    ("ko", "ko"),
];
