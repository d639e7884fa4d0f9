//! What all services have in common: how they are reached, what they call languages, and what their answers may be.

mod codes;
mod http;
mod markup;
mod noted;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::DeValue;

use super::Error;
use super::registry::{options, taken};
use crate::model::Lang;

pub use codes::Codes;
pub(crate) use http::{Http, Reply, message};
pub(crate) use markup::Markup;
pub(crate) use noted::Noted;
pub use noted::Reach;

/// How a service is reached. These keys stand in the table `[backend.NAME]` of every service, beside its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Access {
    /// The address of the service, where it is not the usual one: `http://localhost:5000`.
    pub url: Option<String>,
    /// The name of the environment variable that holds the key, where it is not the usual one; empty for no key.
    pub key_env: Option<String>,
    /// What the service calls a language, where its own table is not to be followed or leaves it open:
    /// `{ pt = "PT-BR" }`.
    pub codes: BTreeMap<Lang, String>,
    /// What was asked of it.
    #[serde(skip)]
    pub(crate) noted: Noted,
}

const KEYS: &[&str] = &["url", "key_env", "codes"];

/// Takes the keys of [`Access`] out of a backend's table, so that the rest can be read strictly.
///
/// # Errors
/// When a value is of the wrong type, with its place.
pub(crate) fn take_access(name: &str, table: &mut Spanned<DeValue<'_>>) -> Result<Access, Error> {
    let span = table.span();
    options(name, Spanned::new(span, DeValue::Table(taken(table, KEYS))))
}

impl Access {
    /// The address that is asked, without a slash at its end.
    ///
    /// # Errors
    /// When none is given and there is no usual one, or it is no address.
    pub(crate) fn address(&self, name: &str, usual: Option<&str>) -> Result<String, Error> {
        let wrong = |message: String| Error::Config { name: name.to_owned(), message, span: None };
        let url = self.url.as_deref().or(usual).ok_or_else(|| {
            wrong("`url` is missing: write the address of the service, such as \"http://localhost:5000\"".to_owned())
        })?;
        match reqwest::Url::parse(url) {
            Ok(parsed) if matches!(parsed.scheme(), "http" | "https") && parsed.has_host() => {
                self.noted.address(&parsed);
                Ok(url.trim_end_matches('/').to_owned())
            }
            _ => {
                Err(wrong(format!("`url` is no address: {url}; write it as \"https://HOST\" or \"http://HOST:PORT\"")))
            }
        }
    }

    /// The key, from the environment variable that the table names, else from `usual`.
    ///
    /// # Errors
    /// When the table names a variable that is not set, or `needed` and the usual one is not.
    pub(crate) fn key(&self, name: &str, usual: &str, needed: bool) -> Result<Option<String>, Error> {
        self.secret(name, ("key_env", self.key_env.as_deref()), usual, needed)
    }

    /// What the environment variable holds that `setting` of the table names, else the variable `usual`: a service may
    /// want more than one.
    ///
    /// # Errors
    /// When the table names a variable that is not set, or `needed` and the usual one is not.
    pub(crate) fn secret(
        &self,
        name: &str,
        (setting, named): (&str, Option<&str>),
        usual: &str,
        needed: bool,
    ) -> Result<Option<String>, Error> {
        let wrong = |message: String| Error::Config { name: name.to_owned(), message, span: None };
        let variable = named.unwrap_or(usual);
        if variable.is_empty() && !needed {
            return Ok(None);
        }
        let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        if variable.is_empty() || !variable.chars().all(is_name) {
            // It may be the key itself: it is not repeated.
            return Err(wrong(format!(
                "`{setting}` is the name of an environment variable in capitals, such as \"{usual}\", never the key itself"
            )));
        }
        let key = std::env::var(variable).map(|key| key.trim().to_owned()).ok().filter(|key| !key.is_empty());
        if setting == "key_env" {
            self.noted.key(variable, key.is_some());
        }
        match key {
            Some(key) => Ok(Some(key)),
            None if needed || named.is_some() => {
                Err(wrong(format!("the environment variable {variable} is not set: put the key of the service in it")))
            }
            None => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests;
