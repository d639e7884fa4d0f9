//! Models as rows: for people, and as JSON.

use serde::Serialize;

use crate::translate::models::{ModelSet, Offer, State};

/// A model on this machine.
#[derive(Serialize)]
pub(super) struct Row {
    source: String,
    target: String,
    variant: Option<String>,
    version: Option<String>,
    folder: String,
    bytes: u64,
    memory_bytes: u64,
    sha256: Option<String>,
    /// `ok`, `not checked` or `broken`.
    state: &'static str,
    /// Whether it serves; an earlier folder may have another for its direction.
    in_use: bool,
    error: Option<String>,
}

impl Row {
    pub(super) fn of(set: &ModelSet, in_use: bool) -> Self {
        let description = set.description();
        let (state, mut error) = match set.state() {
            State::Checked => ("ok", None),
            State::Unlisted => ("not checked", None),
            State::Broken(faults) => ("broken", faults.first().map(ToString::to_string)),
        };
        error = error.or_else(|| description.as_ref().err().map(ToString::to_string));
        let description = description.ok().flatten();
        Self {
            source: set.pair.source.to_string(),
            target: set.pair.target.to_string(),
            variant: description.as_ref().map(|description| description.architecture.clone()),
            version: description.as_ref().map(|description| description.version.to_string()),
            folder: set.dir.display().to_string(),
            bytes: set.bytes(),
            memory_bytes: set.memory(),
            sha256: set.weights_sha256().ok().filter(|_| state != "broken"),
            state,
            in_use,
            error,
        }
    }

    pub(super) fn readable(&self) -> String {
        let unknown = || "-".to_owned();
        let (variant, version) = (self.variant.clone(), self.version.clone());
        let state = match (&self.sha256, &self.error) {
            (Some(sum), None) => format!("{}, sha256 {}", self.state, sum.get(..12).unwrap_or(sum)),
            (Some(_), Some(error)) => format!("{}, but {error}", self.state),
            (None, error) => format!("BROKEN: {}", error.as_deref().unwrap_or("unknown")),
        };
        format!(
            "{:8} {:11} {:4} {} on disk, {} loaded  {}  {state}{}",
            format!("{}-{}", self.source, self.target),
            variant.unwrap_or_else(unknown),
            version.unwrap_or_else(unknown),
            megabytes(self.bytes),
            megabytes(self.memory_bytes),
            self.folder,
            if self.in_use { "" } else { "  (not used: an earlier folder has one)" },
        )
    }
}

/// A model that can be fetched.
#[derive(Serialize)]
pub(super) struct Available {
    source: String,
    target: String,
    variant: String,
    version: String,
    download_bytes: u64,
    bytes: u64,
    sha256: String,
    /// Whether the very same weights serve on this machine.
    installed: bool,
    /// The version that serves on this machine, where another one does and says what it is.
    installed_version: Option<String>,
    /// Whether it is newer than the one that serves.
    newer: bool,
}

impl Available {
    pub(super) fn of(offer: &Offer, serving: Option<&ModelSet>) -> Self {
        let sum = offer.weights_sha256();
        let installed = serving.is_some_and(|set| set.weights_sha256().is_ok_and(|own| own == sum));
        let own = serving.and_then(|set| set.description().ok().flatten());
        Self {
            source: offer.pair.source.to_string(),
            target: offer.pair.target.to_string(),
            variant: offer.architecture.clone(),
            version: offer.version.to_string(),
            download_bytes: offer.packed_bytes(),
            bytes: offer.bytes(),
            sha256: sum.to_owned(),
            installed,
            installed_version: own.as_ref().map(|own| own.version.to_string()),
            newer: own.is_some_and(|own| own.version < offer.version),
        }
    }

    pub(super) fn readable(&self, has_another: bool) -> String {
        let state = match &self.installed_version {
            _ if self.installed => "installed".to_owned(),
            Some(version) if self.newer => format!("newer than the installed {version}"),
            Some(version) => format!("{version} is installed"),
            None if has_another => "another one is installed".to_owned(),
            None => String::new(),
        };
        let row = format!(
            "{:8} {:11} {:4} {} to fetch, {} on disk  {state}",
            format!("{}-{}", self.source, self.target),
            self.variant,
            self.version,
            megabytes(self.download_bytes),
            megabytes(self.bytes),
        );
        row.trim_end().to_owned()
    }
}

/// A size for people.
#[expect(clippy::cast_precision_loss, reason = "a size for people, far below 2^52")]
pub(super) fn megabytes(bytes: u64) -> String {
    format!("{:6.1} MB", bytes as f64 / 1e6)
}
