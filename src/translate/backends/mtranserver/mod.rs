//! MTranServer, a server of Firefox's translation models: `POST /translate/batch` with a list of texts.
//!
//! Followed are its API document and its sources at 4.0.28, and its OpenAPI file at 3.0, whose paths are the same. It has no
//! glossary and no limits of its own but for 100 KB in a request. The token goes as it is in `Authorization`: version 3
//! takes no `Bearer` before it, version 4 takes both. Where a version 4 runs for production it answers a wrong token with 500
//! and no word of why, so that it cannot be told from a fault.

use async_trait::async_trait;
use reqwest::header::AUTHORIZATION;
use reqwest::{RequestBuilder, StatusCode};
use serde::{Deserialize, Serialize};

use crate::model::{Lang, Pair, Provenance};
use crate::translate::service::{Codes, Http, message};
use crate::translate::{Answer, Backend, Batch, Capability, Draft, Error, Measure, Probe, Setup, Trouble};

/// The table `[backend.NAME]` of an `mtranserver` backend, beside what every service has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {}

const CODES: &str = include_str!("codes.txt");
const USUAL: &str = "http://localhost:8989";

struct MTranServer {
    name: String,
    http: Http,
    token: Option<String>,
    codes: Codes,
}

/// Opens one; without `url` it is the server of this machine.
///
/// # Errors
/// When the table is wrong.
pub fn open(setup: Setup<'_>) -> Result<Box<dyn Backend>, Error> {
    let name = setup.name.clone();
    let token = setup.access.key(&name, "MTRANSERVER_API_TOKEN", false)?;
    let address = setup.access.address(&name, Some(USUAL))?;
    let http = Http::new(&setup, &address, token.as_deref())?.reading(reads);
    let codes = Codes::new(CODES, &setup.access);
    let Options {} = setup.options()?;
    Ok(Box::new(MTranServer { name, http, token, codes }))
}

#[derive(Serialize)]
struct Request<'a> {
    from: &'a str,
    to: &'a str,
    texts: Vec<&'a str>,
    html: bool,
}

#[derive(Deserialize)]
struct Response {
    results: Vec<String>,
}

#[derive(Deserialize)]
struct Version {
    version: String,
}

#[derive(Deserialize)]
struct Languages {
    /// Names of models such as `en-zh-Hans`; version 3 does not tell them.
    pairs: Option<Vec<String>>,
}

/// What the server means: all that goes wrong with a translation is 500 to it.
fn reads(status: StatusCode, body: &str) -> Option<(Trouble, String)> {
    const MEANINGS: &[(&str, Trouble)] = &[
        ("no model found", Trouble::Pair),
        ("model file not found", Trouble::Pair),
        ("entity too large", Trouble::TooLarge),
        ("unauthorized", Trouble::Auth),
    ];
    let words = body.to_lowercase();
    let (_, trouble) = MEANINGS.iter().find(|(any, _)| words.contains(any))?;
    let said = if status == StatusCode::INTERNAL_SERVER_ERROR { of_fault(body) } else { message(body) };
    Some((*trouble, said))
}

/// What a fault of the server says of itself: `message` where `error` says only that it is one.
fn of_fault(body: &str) -> String {
    let json: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    json["message"].as_str().map_or_else(|| message(body), message)
}

impl MTranServer {
    fn signed(&self, request: RequestBuilder) -> Result<RequestBuilder, Error> {
        match &self.token {
            Some(token) => Ok(request.header(AUTHORIZATION, Http::sensitive(&self.name, token)?)),
            None => Ok(request),
        }
    }

    /// The languages of a model's name: the `-` between two codes, not one within a code.
    fn pair(&self, name: &str) -> Option<Pair> {
        name.match_indices('-').find_map(|(at, _)| {
            let (source, target) = (self.codes.lang(&name[..at])?, self.codes.lang(&name[at + 1..])?);
            Some(Pair { source, target })
        })
    }
}

#[async_trait]
impl Backend for MTranServer {
    fn capability(&self) -> &Capability {
        const CAPABILITY: Capability = Capability {
            max_texts: 100,
            max_chars: 20_000,
            max_total: 40_000,
            measure: Measure::Bytes,
            ..Capability::SERVICE
        };
        &CAPABILITY
    }

    fn route(&self, pair: Pair) -> Option<Provenance> {
        self.codes.pair(pair)?;
        Some(Provenance { backend: self.name.clone(), engine: "MTranServer".to_owned(), models: Vec::new() })
    }

    fn unsettled(&self, target: Lang) -> Option<String> {
        self.codes.unsettled(target)
    }

    /// Every server has models of its own.
    fn fingerprint(&self, _: Pair) -> String {
        self.http.address().to_owned()
    }

    async fn translate(&self, batch: &Batch) -> Result<Answer, Error> {
        let (from, to) = self.codes.pair(batch.pair).ok_or(Error::NoPair { pair: batch.pair })?;
        if batch.texts.is_empty() {
            return Ok(Answer::default());
        }
        let texts = batch.texts.iter().map(|input| input.text.as_str()).collect();
        let request = Request { from, to, texts, html: false };
        let request = self.signed(self.http.post("/translate/batch"))?.json(&request);
        let Response { results } = self.http.json(request).await?;
        let draft = |text: String| Draft { text, alignment: None };
        Ok(results.into_iter().map(draft).collect::<Vec<_>>().into())
    }

    async fn probe(&self) -> Result<Probe, Error> {
        let Version { version } = self.http.json(self.http.get("/version")).await?;
        let Languages { pairs } = self.http.json(self.signed(self.http.get("/languages"))?).await?;
        let pairs = pairs.map(|names| names.iter().filter_map(|name| self.pair(name)).collect());
        Ok(Probe { says: format!("MTranServer {version}"), pairs })
    }
}
