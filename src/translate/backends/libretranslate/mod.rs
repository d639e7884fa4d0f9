//! LibreTranslate and whatever speaks its interface, such as `chancery serve`: `POST /translate` with a list of texts.
//!
//! Documented in the server's `/spec` (OpenAPI). It has no glossary; its limits are the server's own, which it tells by 400.

use async_trait::async_trait;
use reqwest::StatusCode;
use serde::{Deserialize, Serialize};

use crate::model::{Lang, Pair, Provenance};
use crate::translate::service::{Codes, Http};
use crate::translate::{Answer, Backend, Batch, Capability, Draft, Error, Probe, Setup, Trouble};

/// The table `[backend.NAME]` of a `libretranslate` backend, beside what every service has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {}

const CODES: &str = include_str!("codes.txt");

struct LibreTranslate {
    name: String,
    http: Http,
    key: Option<String>,
    codes: Codes,
}

/// Opens one: `url` is needed, a key only where the server wants one.
///
/// # Errors
/// When the table is wrong.
pub fn open(setup: Setup<'_>) -> Result<Box<dyn Backend>, Error> {
    let name = setup.name.clone();
    let key = setup.access.key(&name, "LIBRETRANSLATE_API_KEY", false)?;
    let address = setup.access.address(&name, None)?;
    let http = Http::new(&setup, &address, key.as_deref())?.reading(reads);
    let codes = Codes::new(CODES, &setup.access);
    let Options {} = setup.options()?;
    Ok(Box::new(LibreTranslate { name, http, key, codes }))
}

#[derive(Serialize)]
struct Request<'a> {
    q: Vec<&'a str>,
    source: &'a str,
    target: &'a str,
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    api_key: Option<&'a str>,
}

#[derive(Deserialize)]
struct Response {
    #[serde(rename = "translatedText")]
    translated: Vec<String>,
}

#[derive(Deserialize)]
struct Language {
    code: String,
    #[serde(default)]
    targets: Vec<String>,
}

/// What the server means: it says 400 where it lacks a language or a text is too long, and 403 to whom it has banned.
fn reads(status: StatusCode, body: &str) -> Option<(Trouble, String)> {
    let said = crate::translate::service::message(body);
    let is = |words: &str| said.to_lowercase().contains(words);
    match status {
        StatusCode::BAD_REQUEST if is("exceeds") && is("limit") => Some((Trouble::TooLarge, said)),
        StatusCode::BAD_REQUEST if is("not supported") || is("not available as a target") => {
            Some((Trouble::Pair, format!("{said}; the server lacks a model for this pair")))
        }
        StatusCode::BAD_REQUEST if is("api key") => Some((Trouble::Auth, said)),
        // `chancery serve` says so of texts that were translated wrongly: others of the request may not be.
        StatusCode::INTERNAL_SERVER_ERROR if is("cannot translate text") => Some((Trouble::Declined, said)),
        _ => None,
    }
}

#[async_trait]
impl Backend for LibreTranslate {
    fn capability(&self) -> &Capability {
        const CAPABILITY: Capability = Capability { max_texts: 50, max_total: 5_000, ..Capability::SERVICE };
        &CAPABILITY
    }

    fn route(&self, pair: Pair) -> Option<Provenance> {
        self.codes.pair(pair)?;
        Some(Provenance { backend: self.name.clone(), engine: "LibreTranslate".to_owned(), models: Vec::new() })
    }

    fn unsettled(&self, target: Lang) -> Option<String> {
        self.codes.unsettled(target)
    }

    /// Every server has models of its own.
    fn fingerprint(&self, _: Pair) -> String {
        self.http.address().to_owned()
    }

    async fn translate(&self, batch: &Batch) -> Result<Answer, Error> {
        let (source, target) = self.codes.pair(batch.pair).ok_or(Error::NoPair { pair: batch.pair })?;
        if batch.texts.is_empty() {
            return Ok(Answer::default());
        }
        let q = batch.texts.iter().map(|input| input.text.as_str()).collect();
        let request = Request { q, source, target, format: "text", api_key: self.key.as_deref() };
        let Response { translated } = self.http.json(self.http.post("/translate").json(&request)).await?;
        let draft = |text: String| Draft { text, alignment: None };
        Ok(translated.into_iter().map(draft).collect::<Vec<_>>().into())
    }

    async fn probe(&self) -> Result<Probe, Error> {
        let languages: Vec<Language> = self.http.json(self.http.get("/languages")).await?;
        let mut pairs = Vec::new();
        for Language { code, targets } in &languages {
            let targets = targets.iter().filter(|target| *target != code);
            let langs = targets.filter_map(|target| self.codes.lang(code).zip(self.codes.lang(target)));
            pairs.extend(langs.map(|(source, target)| Pair { source, target }));
        }
        Ok(Probe { says: String::new(), pairs: Some(pairs) })
    }
}
