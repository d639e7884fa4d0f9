//! Apertium's own server APy: `POST /translate` with one text.
//!
//! Written from APy 0.11.7: `handlers/translate.py`, `handlers/base.py` for what an error looks like, and
//! `handlers/list_modes.py` for `/listPairs`. It has no key, no glossary and no limits of its own. `markUnknown=no` takes off
//! the `*` of a word that no dictionary has; the marks of a form that could not be made come off here.

use async_trait::async_trait;
use reqwest::StatusCode;
use serde::{Deserialize, Serialize};

use crate::model::{Lang, Pair, Provenance};
use crate::translate::service::{Codes, Http, message};
use crate::translate::{Answer, Backend, Batch, Capability, Draft, Error, Input, Probe, Setup, Trouble};

/// The table `[backend.NAME]` of an `apertium` backend, beside what every service has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {}

const CODES: &str = include_str!("codes.txt");
/// Where APy listens unless it is told otherwise.
const USUAL: &str = "http://localhost:2737";

struct Apertium {
    name: String,
    http: Http,
    codes: Codes,
}

/// Opens one. Without `url` it is the server of this machine at APy's own port.
///
/// # Errors
/// When the table is wrong.
pub fn open(setup: Setup<'_>) -> Result<Box<dyn Backend>, Error> {
    let name = setup.name.clone();
    let http = Http::new(&setup, &setup.access.address(&name, Some(USUAL))?, None)?.reading(reads);
    let codes = Codes::new(CODES, &setup.access);
    let Options {} = setup.options()?;
    Ok(Box::new(Apertium { name, http, codes }))
}

#[derive(Serialize)]
struct Request<'a> {
    langpair: String,
    q: &'a str,
    #[serde(rename = "markUnknown")]
    mark_unknown: &'static str,
    format: &'static str,
}

/// What every answer is wrapped in.
#[derive(Deserialize)]
struct Response<T> {
    #[serde(rename = "responseData")]
    data: T,
}

#[derive(Deserialize)]
struct Translated {
    #[serde(rename = "translatedText")]
    text: String,
}

#[derive(Deserialize)]
struct Listed {
    #[serde(rename = "sourceLanguage")]
    source: String,
    #[serde(rename = "targetLanguage")]
    target: String,
}

#[derive(Deserialize)]
struct Refusal {
    explanation: String,
}

/// What the server means: it says 400 where it lacks a pair, and explains itself apart from the name of the status.
fn reads(status: StatusCode, body: &str) -> Option<(Trouble, String)> {
    let said = serde_json::from_str(body).map_or_else(|_| message(body), |Refusal { explanation }| explanation);
    match status {
        StatusCode::BAD_REQUEST if said.contains("pair is not installed") => {
            Some((Trouble::Pair, format!("{said}; install it on the server")))
        }
        StatusCode::BAD_REQUEST => Some((Trouble::Refused, said)),
        status if status.is_server_error() => Some((Trouble::Overloaded, said)),
        _ => None,
    }
}

#[async_trait]
impl Backend for Apertium {
    fn capability(&self) -> &Capability {
        const CAPABILITY: Capability = Capability { max_texts: 1, ..Capability::SERVICE };
        &CAPABILITY
    }

    fn route(&self, pair: Pair) -> Option<Provenance> {
        self.codes.pair(pair)?;
        Some(Provenance { backend: self.name.clone(), engine: "Apertium APy".to_owned(), models: Vec::new() })
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
        let langpair = format!("{source}|{target}");
        let mut drafts = Vec::with_capacity(batch.texts.len());
        for input in &batch.texts {
            drafts.push(Draft { text: self.one(langpair.clone(), input).await?, alignment: None });
        }
        Ok(drafts.into())
    }

    async fn probe(&self) -> Result<Probe, Error> {
        let Response { data } = self.http.json::<Response<Vec<Listed>>>(self.http.get("/listPairs")).await?;
        let lang = |code: &str| self.codes.lang(code);
        let pair = |it: &Listed| Some(Pair { source: lang(&it.source)?, target: lang(&it.target)? });
        Ok(Probe { says: String::new(), pairs: Some(data.iter().filter_map(pair).collect()) })
    }
}

impl Apertium {
    async fn one(&self, langpair: String, input: &Input) -> Result<String, Error> {
        let request = Request { langpair, q: &input.text, mark_unknown: "no", format: "txt" };
        let request = self.http.post("/translate").form(&request);
        let Response { data: Translated { text } } = self.http.json(request).await?;
        Ok(unmarked(&input.text, &text))
    }
}

/// The translation without the marks of words whose form could not be made (`#`) or found (`@`), as `apertium -u` answers;
/// a mark that the source has too stays. Where a word is left out, its space may stand at an end.
fn unmarked(source: &str, draft: &str) -> String {
    let marks: Vec<char> = ['#', '@'].into_iter().filter(|&mark| !source.contains(mark)).collect();
    draft.trim().replace(&marks[..], "")
}
