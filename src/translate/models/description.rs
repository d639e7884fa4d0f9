//! `model.json`: what a model set is, beside its files.

use std::fmt;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer, Serialize};

use super::sums::read_text;
use crate::model::{Lang, Pair};
use crate::translate::Error;

/// The name of the file in a model folder.
pub(super) const DESCRIPTION: &str = "model.json";

/// What a catalogue said of a model set, and when it was fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// The language it translates from.
    pub source: Lang,
    /// The language it translates into.
    pub target: Lang,
    /// Its version, `3.0`.
    pub version: Version,
    /// Its architecture: `tiny`, `base` or `base-memory`.
    #[serde(deserialize_with = "word")]
    pub architecture: String,
    /// The address of the catalogue that listed it.
    pub catalogue: String,
    /// When it was fetched: UTC, as RFC 3339 writes it.
    pub fetched_at: String,
}

/// A version of a model, ordered as numbers are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version(Vec<u64>);

impl Version {
    /// The first number: another one is another format.
    #[must_use]
    pub fn major(&self) -> u64 {
        self.0.first().copied().unwrap_or_default()
    }
}

impl TryFrom<String> for Version {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let numbers = text.split('.').map(|part| part.parse().ok()).collect::<Option<_>>();
        numbers.map(Self).ok_or_else(|| format!("`{text}` is not a version such as 3.0"))
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<String> = self.0.iter().map(u64::to_string).collect();
        f.write_str(&numbers.join("."))
    }
}

impl Description {
    /// The description in a folder, where it has one.
    pub(super) fn of(dir: &Path) -> Result<Option<Self>, Error> {
        let path = dir.join(DESCRIPTION);
        let parse = |text: String| {
            serde_json::from_str(&text).map_err(|error| Error::Model {
                path: path.clone(),
                reason: format!("it does not describe a model ({error}); remove it or fetch the model again"),
            })
        };
        read_text(&path)?.map(parse).transpose()
    }

    /// The direction.
    #[must_use]
    pub fn pair(&self) -> Pair {
        Pair { source: self.source, target: self.target }
    }

    /// The content of its file.
    pub(super) fn to_json(&self) -> String {
        let text = serde_json::to_string_pretty(self).expect("a description is plain data");
        text + "\n"
    }
}

/// Reads a word such as `base-memory`, which may be shown on a terminal as it is; empty where nothing is known.
pub(super) fn word<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let word = String::deserialize(from)?;
    let plain = word.len() <= 32 && word.bytes().all(|c| c.is_ascii_alphanumeric() || b"-_.".contains(&c));
    if plain { Ok(word) } else { Err(serde::de::Error::custom(format!("{word:?} is not a word such as tiny"))) }
}

/// The time now: UTC, as RFC 3339 writes it.
pub(super) fn now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    utc(since.as_secs())
}

/// Seconds since 1970 as a date and a time of the Gregorian calendar.
fn utc(seconds: u64) -> String {
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Years begin in March, so that a leap day comes last; 719,468 days lie between 0000-03-01 and 1970-01-01.
    let day = days + 719_468;
    let (era, of_era) = (day / 146_097, day % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{date:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_written_as_the_calendar_has_it() {
        assert_eq!(utc(0), "1970-01-01T00:00:00Z");
        assert_eq!(utc(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(utc(1_709_251_199), "2024-02-29T23:59:59Z");
        assert_eq!(utc(4_107_542_400), "2100-03-01T00:00:00Z");
    }

    #[test]
    fn versions_are_numbers() {
        let version = |text: &str| Version::try_from(text.to_owned());
        assert!(version("3.10") > version("3.9"));
        assert!(version("3.0a1").is_err() && version("").is_err() && version("3.").is_err());
        assert_eq!(version("3.0").map(String::from), Ok("3.0".to_owned()));
    }
}
