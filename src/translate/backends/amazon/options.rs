//! The settings of an `amazon` backend.

use serde::{Deserialize, Serialize};

/// The table `[backend.NAME]` of an `amazon` backend, beside what every service has. `key_env` there names the variable
/// that holds the secret key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// The region, such as `eu-west-1`; where it is left out, what `AWS_REGION` or `AWS_DEFAULT_REGION` says.
    pub region: Option<String>,
    /// The name of the environment variable that holds the id of the access key.
    pub access_key_env: String,
    /// The name of the environment variable that holds the token of a session, where keys are temporary.
    pub session_token_env: String,
    /// The name of the custom terminology that the account has in the region.
    pub terminology: Option<String>,
    /// How formal the translation is, in languages that know that.
    pub formality: Option<Formality>,
}

/// How formal a translation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "UPPERCASE", deserialize = "lowercase"))]
pub enum Formality {
    /// Formal.
    Formal,
    /// Informal.
    Informal,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            region: None,
            access_key_env: "AWS_ACCESS_KEY_ID".to_owned(),
            session_token_env: "AWS_SESSION_TOKEN".to_owned(),
            terminology: None,
            formality: None,
        }
    }
}

/// Characters of a terminology's name (`ResourceName`).
const LONGEST_NAME: usize = 256;

impl Options {
    /// Refuses what the service would refuse with every text.
    pub(super) fn check(&self) -> Result<(), String> {
        let part = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        // Hyphens, letters and digits; an underscore only between or after them.
        let is_name = |name: &str| {
            (1..=LONGEST_NAME).contains(&name.len())
                && !name.starts_with('_')
                && !name.contains("__")
                && name.split('_').all(part)
        };
        match self.terminology.as_deref() {
            Some(name) if !is_name(name) => Err(format!(
                "`terminology` is no name of a terminology: it has 1 to {LONGEST_NAME} letters, digits, hyphens and single underscores"
            )),
            _ => Ok(()),
        }
    }

    /// The region that is asked.
    pub(super) fn region(&self) -> Result<String, String> {
        let usual = || ["AWS_REGION", "AWS_DEFAULT_REGION"].iter().find_map(|name| std::env::var(name).ok());
        let region = self.region.clone().or_else(usual).unwrap_or_default();
        let is_region = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if region.is_empty() || !region.chars().all(is_region) {
            return Err("`region` is missing or no region: write it as \"eu-west-1\"".to_owned());
        }
        Ok(region)
    }

    /// What answers depend on.
    pub(super) fn fingerprint(&self) -> String {
        format!("terminology={} formality={:?}", self.terminology.as_deref().unwrap_or_default(), self.formality)
    }
}
