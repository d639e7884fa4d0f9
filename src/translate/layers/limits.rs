//! How a service is to be treated: how much at once, how long, how often again, and what it costs.

use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::translate::Error;
use crate::translate::registry::{options, taken};

/// How a service is to be treated. These keys stand in the table `[backend.NAME]` of every service, beside its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Requests in a minute; 0 for no limit. A service that says "too many" is asked half as often, then a tenth more often
    /// each minute.
    pub requests_per_minute: u32,
    /// Characters in a minute, as [`Backend::charge`](crate::translate::Backend::charge) counts them; 0 for no limit.
    pub chars_per_minute: u32,
    /// Requests under way at once.
    pub concurrency: NonZeroUsize,
    /// Seconds after which a request without a whole answer is given up.
    pub timeout_s: f64,
    /// Times that a request is made at the most.
    pub tries: u32,
    /// Seconds before the second try at the most, and twice as long before each one after it, up to a minute; the wait is
    /// drawn by lot.
    pub wait_s: f64,
    /// Seconds for all tries of a request together and the waits between them. A service that asks to wait longer is left alone for the run.
    pub deadline_s: f64,
    /// Seconds that a service which fails again and again is left alone.
    pub pause_s: f64,
    /// Money for a million characters sent, in whatever currency all prices are in.
    pub price: f64,
    /// Money for a million tokens of prompts.
    pub price_input: f64,
    /// Money for a million tokens of answers.
    pub price_output: f64,
}

impl Default for Limits {
    fn default() -> Self {
        const CONCURRENCY: NonZeroUsize = NonZeroUsize::new(4).expect("more than 0");
        Self {
            requests_per_minute: 0,
            chars_per_minute: 0,
            concurrency: CONCURRENCY,
            timeout_s: 60.0,
            tries: 6,
            wait_s: 0.5,
            deadline_s: 300.0,
            pause_s: 30.0,
            price: 0.0,
            price_input: 0.0,
            price_output: 0.0,
        }
    }
}

/// The keys of [`Limits`].
const KEYS: &[&str] = &[
    "requests_per_minute",
    "chars_per_minute",
    "concurrency",
    "timeout_s",
    "tries",
    "wait_s",
    "deadline_s",
    "pause_s",
    "price",
    "price_input",
    "price_output",
];

/// Takes the keys of [`Limits`] out of a backend's table, so that the rest can be read strictly. What it leaves out is as
/// `usual`, the keys of its kind in TOML, has it.
///
/// # Errors
/// When a value is of the wrong type or makes no sense, with its place.
pub(crate) fn take_limits(name: &str, table: &mut Spanned<DeValue<'_>>, usual: &'static str) -> Result<Limits, Error> {
    let span = table.span();
    let mut own = taken(table, KEYS);
    let spans: Vec<_> = own.iter().map(|(key, value)| (key.get_ref().to_string(), value.span())).collect();
    for (key, value) in DeTable::parse(usual).expect("the limits of a kind are TOML").into_inner() {
        if !own.contains_key(key.get_ref().as_ref()) {
            own.insert(key, value);
        }
    }
    let limits: Limits = options(name, Spanned::new(span, DeValue::Table(own)))?;
    let wrong = |(key, message): (&str, String)| Error::Config {
        name: name.to_owned(),
        message,
        span: spans.iter().find(|(own, _)| own == key).map(|(_, span)| span.clone()),
    };
    limits.check().map_err(wrong)?;
    Ok(limits)
}

impl Limits {
    /// The key that makes no sense, and what would.
    fn check(&self) -> Result<(), (&'static str, String)> {
        let seconds = [
            ("timeout_s", self.timeout_s),
            ("wait_s", self.wait_s),
            ("deadline_s", self.deadline_s),
            ("pause_s", self.pause_s),
        ];
        if let Some((key, _)) = seconds.iter().find(|(_, value)| !(0.001..=86_400.0).contains(value)) {
            return Err((key, format!("`{key}` is a number of seconds from 0.001 to 86400")));
        }
        let prices = [("price", self.price), ("price_input", self.price_input), ("price_output", self.price_output)];
        if let Some((key, _)) = prices.iter().find(|(_, value)| !(0.0..=1_000_000.0).contains(value)) {
            return Err((key, format!("`{key}` is what a million cost, from 0 to 1000000")));
        }
        if self.tries == 0 {
            return Err(("tries", "`tries` is at least 1".to_owned()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translate::backends::ENTRIES;
    use crate::translate::registry::tests::table;

    fn taken(toml: &str, usual: &'static str) -> Limits {
        take_limits("x", &mut table(toml), usual).expect("limits")
    }

    #[test]
    fn a_kind_may_have_limits_of_its_own() {
        let usual = "requests_per_minute = 1200\nconcurrency = 8";
        let concurrency = NonZeroUsize::new(8).expect("more than 0");
        let limits = Limits { requests_per_minute: 1200, concurrency, ..Limits::default() };
        assert_eq!(taken("", usual), limits);
        assert_eq!(taken("requests_per_minute = 0", usual), Limits { requests_per_minute: 0, ..limits });
        assert_eq!(taken("", ""), Limits::default());
    }

    #[test]
    fn the_limits_of_every_kind_can_be_read() {
        for entry in ENTRIES {
            taken("", entry.limits);
        }
    }
}
