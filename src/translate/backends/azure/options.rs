//! The settings of an `azure` backend.

use serde::{Deserialize, Serialize};

/// The table `[backend.NAME]` of an `azure` backend, beside what every service has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// The version of the API.
    pub api: Api,
    /// What the key is.
    pub auth: Auth,
    /// The region of the resource, such as `westeurope`; needed unless the resource is global.
    pub region: Option<String>,
    /// The resource that is charged, `/subscriptions/../accounts/NAME`; needed for a token at the global address.
    pub resource_id: Option<String>,
    /// A deployment of a language model, or the category of a model of one's own; general where it is left out.
    pub deployment: Option<String>,
    /// The tone of the translation, for a language model.
    pub tone: Option<Tone>,
    /// The gender that the translation supposes where the text leaves it open, for a language model.
    pub gender: Option<Gender>,
    /// Whether terms of the glossary go in tags, where one side is English.
    pub dictionary: bool,
}

/// A version of the API.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Api {
    /// The one of 2026-06-06, with language models.
    #[default]
    #[serde(rename = "2026-06-06")]
    V2026,
    /// The one that was there before.
    #[serde(rename = "3.0")]
    V3,
}

/// What a key is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Auth {
    /// The key of the resource, in `AZURE_TRANSLATOR_KEY`.
    #[default]
    Key,
    /// A token of Entra, in `AZURE_TRANSLATOR_TOKEN`.
    Token,
}

/// The tone of a translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Formal.
    Formal,
    /// Informal.
    Informal,
    /// Neither.
    Neutral,
}

/// The gender that a translation supposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Neutral.
    Neutral,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            api: Api::V2026,
            auth: Auth::Key,
            region: None,
            resource_id: None,
            deployment: None,
            tone: None,
            gender: None,
            dictionary: true,
        }
    }
}

impl Api {
    /// What the query calls it.
    pub(super) fn version(self) -> &'static str {
        match self {
            Self::V2026 => "2026-06-06",
            Self::V3 => "3.0",
        }
    }
}

impl Options {
    /// Refuses what the version of the API does not know.
    pub(super) fn check(&self) -> Result<(), String> {
        let models = self.tone.is_some() || self.gender.is_some();
        if models && self.api == Api::V3 {
            return Err("`tone` and `gender` need api = \"2026-06-06\"".to_owned());
        }
        Ok(())
    }

    /// What answers depend on.
    pub(super) fn fingerprint(&self) -> String {
        let deployment = self.deployment.as_deref().unwrap_or("general");
        let Self { tone, gender, dictionary, .. } = self;
        format!(
            "api={} deployment={deployment} tone={tone:?} gender={gender:?} dictionary={dictionary}",
            self.api.version()
        )
    }
}
