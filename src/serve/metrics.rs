//! What is counted, for Prometheus: requests, texts, characters, segments by what came of them, and how long it took.
//!
//! Law: labels are of a few fixed values; none comes from a request.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::model::{Failure, Outcome, Severity, Unit};

/// The counters.
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    seconds: Family<Path, Histogram, fn() -> Histogram>,
    under_way: Gauge,
    texts: Counter,
    characters: Counter,
    segments: Family<Came, Counter>,
    failures: Family<Kind, Counter>,
    findings: Family<Found, Counter>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    path: &'static str,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Path {
    path: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Came {
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    kind: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Found {
    severity: &'static str,
}

/// The type of what is answered: `OpenMetrics` 1.0, which Prometheus reads.
pub(super) const TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Seconds, from a short sentence on this machine to a long batch of a service.
const SECONDS: [f64; 12] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0];

impl Metrics {
    pub(super) fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("chancery"),
            requests: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            under_way: Gauge::default(),
            texts: Counter::default(),
            characters: Counter::default(),
            segments: Family::default(),
            failures: Family::default(),
            findings: Family::default(),
        };
        metrics.register();
        metrics
    }

    fn register(&mut self) {
        let to = &mut self.registry;
        to.register("requests", "Requests answered", self.requests.clone());
        to.register("request_seconds", "Seconds until a request was answered", self.seconds.clone());
        to.register("requests_under_way", "Requests not answered yet", self.under_way.clone());
        to.register("texts", "Texts that were to be translated", self.texts.clone());
        to.register("characters", "Characters of texts that were to be translated", self.characters.clone());
        to.register("segments", "Segments by what came of them", self.segments.clone());
        to.register("failures", "Segments that could not be translated, by why", self.failures.clone());
        to.register("findings", "What the checks found in translations, by how bad it is", self.findings.clone());
    }

    /// Counts a request as under way for as long as what is answered lives.
    pub(super) fn begin(&self) -> UnderWay {
        self.under_way.inc();
        UnderWay(self.under_way.clone())
    }

    /// Counts a request that was answered.
    pub(super) fn answered(&self, path: &'static str, status: u16, took: Duration) {
        self.requests.get_or_create(&Request { path, status }).inc();
        self.seconds.get_or_create(&Path { path }).observe(took.as_secs_f64());
    }

    /// Counts texts that are to be translated.
    pub(super) fn asked(&self, texts: &[String]) {
        self.texts.inc_by(texts.len() as u64);
        self.characters.inc_by(texts.iter().map(|text| text.chars().count() as u64).sum());
    }

    /// Counts what came of segments.
    pub(super) fn came(&self, units: &[Unit]) {
        for unit in units {
            let outcome = match &unit.outcome {
                Outcome::Translated(_) => "translated",
                Outcome::Kept(_) => "kept",
                Outcome::Failed(failed) => {
                    self.failures.get_or_create(&Kind { kind: kind(failed.kind) }).inc();
                    "failed"
                }
            };
            self.segments.get_or_create(&Came { outcome }).inc();
            for finding in &unit.findings {
                self.findings.get_or_create(&Found { severity: severity(finding.severity) }).inc();
            }
        }
    }

    /// All of it as text.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        // A `String` takes whatever is written to it.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// A request that is not answered yet.
pub(super) struct UnderWay(Gauge);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.dec();
    }
}

fn kind(failure: Failure) -> &'static str {
    match failure {
        Failure::NoRoute => "no_route",
        Failure::Unavailable => "unavailable",
        Failure::Backend => "backend",
        Failure::BadAnswer => "bad_answer",
        Failure::TooLong => "too_long",
        Failure::Halted => "halted",
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
