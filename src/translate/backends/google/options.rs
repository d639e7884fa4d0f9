//! The settings of a `google` backend, and the names of resources that they stand for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::Pair;
use crate::translate::models::pair_of;

/// The table `[backend.NAME]` of a `google` backend, beside what every service has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// The project that is asked; may be left out where the file of a service account names it.
    pub project: String,
    /// Where it is translated: "global", or a region such as "us-central1", in which glossaries and models of one's own are.
    pub location: String,
    /// The name of the environment variable with the path of a service account's file, used where there is no access token.
    pub credentials_env: String,
    /// The project that pays and whose quota counts, where it is not that of the account.
    pub quota_project: String,
    /// The model: "nmt", "translation-llm", the id of one's own, or a whole resource name. Empty for the usual one.
    pub model: String,
    /// The glossary of each pair, by its id or whole resource name.
    pub glossaries: BTreeMap<String, String>,
    /// Whether glossaries take no heed of upper and lower case.
    pub ignore_case: bool,
    /// Whether terms are fitted into the sentence; only some models and pairs can.
    pub contextual: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            project: String::new(),
            location: "global".to_owned(),
            credentials_env: "GOOGLE_APPLICATION_CREDENTIALS".to_owned(),
            quota_project: String::new(),
            model: String::new(),
            glossaries: BTreeMap::new(),
            ignore_case: false,
            contextual: false,
        }
    }
}

impl Options {
    /// Refuses what Google would refuse with every request.
    pub(super) fn check(&self) -> Result<(), String> {
        if self.project.is_empty() {
            return Err("`project` is missing: write the id of the Google Cloud project".to_owned());
        }
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        let is_name = |c: char| is_part(c) || c == '/';
        let parts = [("project", &self.project), ("location", &self.location), ("quota_project", &self.quota_project)];
        if let Some((key, _)) = parts.iter().find(|(_, value)| !value.chars().all(is_part)) {
            return Err(format!("`{key}` is of letters, digits, hyphens and dots"));
        }
        let wrong = |name: &String| name.is_empty() || !name.chars().all(is_name);
        if !self.model.chars().all(is_name) || self.glossaries.values().any(wrong) {
            return Err(
                "`model` and `glossaries` are ids such as \"my-terms\", or names as \"projects/P/..\"".to_owned()
            );
        }
        if let Some(key) = self.glossaries.keys().find(|key| pair_of(key).is_none()) {
            return Err(format!("`{key}` of `glossaries` is not a pair: write it as `en-pt-BR`"));
        }
        // A glossary lies in a region, and is used there only.
        if self.location.is_empty() || (self.location == "global" && !self.glossaries.is_empty()) {
            return Err("`location` is to be the region of the `glossaries`, such as \"us-central1\"".to_owned());
        }
        Ok(())
    }

    /// The name of the project's location.
    pub(super) fn parent(&self) -> String {
        format!("projects/{}/locations/{}", self.project, self.location)
    }

    /// The name of the model, where one is chosen.
    pub(super) fn model(&self) -> Option<String> {
        match self.model.as_str() {
            "" => None,
            general @ ("nmt" | "translation-llm") => Some(format!("{}/models/general/{general}", self.parent())),
            whole if whole.contains('/') => Some(whole.to_owned()),
            own => Some(format!("{}/models/{own}", self.parent())),
        }
    }

    /// The name of a pair's glossary: that of the very pair, else of one that reads the same.
    pub(super) fn glossary(&self, pair: Pair) -> Option<String> {
        let reads_as = |own: Pair| own.source.reads_as(pair.source) && own.target.reads_as(pair.target);
        let near = || self.glossaries.iter().find(|(key, _)| pair_of(key).is_some_and(reads_as)).map(|(_, name)| name);
        let name = self.glossaries.get(&pair.to_string()).or_else(near)?;
        Some(if name.contains('/') { name.clone() } else { format!("{}/glossaries/{name}", self.parent()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> Options {
        let glossary = |(pair, name): (&str, &str)| (pair.to_owned(), name.to_owned());
        let glossaries = [("en-pt-BR", "br"), ("en-es", "projects/other/locations/l/glossaries/es")].map(glossary);
        Options { project: "p".into(), location: "l".into(), glossaries: glossaries.into(), ..Options::default() }
    }

    #[track_caller]
    fn glossary(pair: &str, wanted: Option<&str>) {
        assert_eq!(options().glossary(pair_of(pair).expect("a pair")).as_deref(), wanted);
    }

    #[test]
    fn a_pair_has_its_glossary() {
        glossary("en-pt-BR", Some("projects/p/locations/l/glossaries/br"));
        glossary("en-GB-pt-BR", Some("projects/p/locations/l/glossaries/br"));
        glossary("en-es", Some("projects/other/locations/l/glossaries/es"));
        glossary("pt-BR-en", None);
    }

    #[test]
    fn a_model_is_named_in_whole() {
        let model = |model: &str| Options { model: model.into(), ..options() }.model();
        assert_eq!(model(""), None);
        assert_eq!(model("nmt").as_deref(), Some("projects/p/locations/l/models/general/nmt"));
        assert_eq!(model("TRL12").as_deref(), Some("projects/p/locations/l/models/TRL12"));
        assert_eq!(model("projects/q/locations/l/models/m").as_deref(), Some("projects/q/locations/l/models/m"));
    }
}
