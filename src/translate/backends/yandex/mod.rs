//! Yandex Cloud's Translate API v2: `POST /translate/v2/translate` with a list of texts, and the terms in them beside.
//!
//! Documented in its API reference and in the definitions of its library `yandexcloud` 0.413: 10,000 characters in all
//! texts, 20 calls a second, a million characters an hour, 50 terms a request, and bodies of errors as gRPC has them
//! (`google.rpc.Status`). Characters that are sent are charged. Text in an element with `translate="no"` stays as it is.

mod errors;
mod glossary;

use async_trait::async_trait;
use reqwest::RequestBuilder;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use serde::{Deserialize, Serialize};

use self::errors::reads;
use self::glossary::Glossary;
use crate::model::{Lang, Pair, Provenance, Usage};
use crate::translate::service::{Codes, Http, Markup};
use crate::translate::{Answer, Backend, Batch, Capability, Draft, Error, Heeds, Input, Probe, Setup, TermUse};

/// 20 calls a second, a million characters an hour.
pub(super) const LIMITS: &str = "requests_per_minute = 1200\nchars_per_minute = 16_600";

const ADDRESS: &str = "https://translate.api.cloud.yandex.net";
/// What stays as it is.
const KEEP: Markup = Markup::new("span", " translate=\"no\"");

/// The table `[backend.NAME]` of a `yandex` backend, beside what every service has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// What the key is.
    pub auth: Auth,
    /// The folder that is charged; needed for the token of a person, and left out for a service account.
    pub folder: Option<String>,
    /// The id of a model of one's own.
    pub model: Option<String>,
    /// Whether the terms of the glossary go with the texts, for pairs that take them.
    pub glossary: bool,
}

/// What a key is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Auth {
    /// The API key of a service account, in `YANDEX_API_KEY`.
    #[default]
    ApiKey,
    /// An IAM token, in `YANDEX_IAM_TOKEN`; it is good for 12 hours.
    IamToken,
}

impl Default for Options {
    fn default() -> Self {
        Self { auth: Auth::ApiKey, folder: None, model: None, glossary: true }
    }
}

struct Yandex {
    name: String,
    http: Http,
    key: HeaderValue,
    codes: Codes,
    options: Options,
}

/// Opens it, with the key that the table names.
///
/// # Errors
/// When the table is wrong or there is no key.
pub fn open(setup: Setup<'_>) -> Result<Box<dyn Backend>, Error> {
    let (options, setup) = setup.split::<Options>()?;
    let name = setup.name.clone();
    let (scheme, usual) = match options.auth {
        Auth::ApiKey => ("Api-Key", "YANDEX_API_KEY"),
        Auth::IamToken => ("Bearer", "YANDEX_IAM_TOKEN"),
    };
    let key = setup.access.key(&name, usual, true)?.unwrap_or_default();
    let address = setup.access.address(&name, Some(ADDRESS))?;
    let http = Http::new(&setup, &address, Some(&key))?.reading(reads);
    let codes = Codes::new(include_str!("codes.txt"), &setup.access);
    let key = Http::sensitive(&name, &format!("{scheme} {key}"))?;
    Ok(Box::new(Yandex { name, http, key, codes, options }))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    folder_id: Option<&'a str>,
    texts: Vec<String>,
    source_language_code: &'a str,
    target_language_code: &'a str,
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    glossary_config: Option<Glossary>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Folder<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    folder_id: Option<&'a str>,
}

#[derive(Deserialize)]
struct Response {
    translations: Vec<Translation>,
}

#[derive(Deserialize)]
struct Translation {
    /// Left out where it is empty, as JSON of Protocol Buffers is.
    #[serde(default)]
    text: String,
}

#[derive(Deserialize)]
struct Languages {
    languages: Vec<Language>,
}

#[derive(Deserialize)]
struct Language {
    code: String,
}

/// Whether a batch is sent with tags: something in it is to stay as it is.
fn is_marked(batch: &Batch) -> bool {
    batch.texts.iter().any(|input| !input.kept.is_empty())
}

/// The texts of a batch as they are sent.
fn sent(batch: &Batch) -> Vec<String> {
    let marked = is_marked(batch);
    batch.texts.iter().map(|input| if marked { KEEP.write(input) } else { input.text.clone() }).collect()
}

impl Yandex {
    fn authorized(&self, request: RequestBuilder) -> RequestBuilder {
        request.header(AUTHORIZATION, self.key.clone())
    }

    fn request<'a>(&'a self, batch: &Batch) -> Result<Request<'a>, Error> {
        let (source, target) = self.codes.pair(batch.pair).ok_or(Error::NoPair { pair: batch.pair })?;
        let glossary = self.options.glossary.then(|| Glossary::new(batch, source, target)).flatten();
        Ok(Request {
            folder_id: self.options.folder.as_deref(),
            texts: sent(batch),
            source_language_code: source,
            target_language_code: target,
            format: if is_marked(batch) { "HTML" } else { "PLAIN_TEXT" },
            model: self.options.model.as_deref(),
            glossary_config: glossary,
        })
    }
}

#[async_trait]
impl Backend for Yandex {
    fn capability(&self) -> &Capability {
        const CAPABILITY: Capability = Capability {
            max_texts: 50,
            max_chars: 10_000,
            max_total: 10_000,
            terms: TermUse { heeds: Heeds::Glossary, keeps: true, ..Capability::SERVICE.terms },
            ..Capability::SERVICE
        };
        const WITHOUT_GLOSSARY: Capability =
            Capability { terms: TermUse { heeds: Heeds::Nothing, ..CAPABILITY.terms }, ..CAPABILITY };
        if self.options.glossary { &CAPABILITY } else { &WITHOUT_GLOSSARY }
    }

    fn route(&self, pair: Pair) -> Option<Provenance> {
        self.codes.pair(pair)?;
        Some(Provenance { backend: self.name.clone(), engine: "Yandex Translate".to_owned(), models: Vec::new() })
    }

    fn unsettled(&self, target: Lang) -> Option<String> {
        self.codes.unsettled(target)
    }

    fn fingerprint(&self, _: Pair) -> String {
        format!("model={} glossary={}", self.options.model.as_deref().unwrap_or_default(), self.options.glossary)
    }

    fn charge(&self, batch: &Batch) -> Usage {
        let characters = sent(batch).iter().map(|text| text.chars().count() as u64).sum();
        Usage { requests: 1, characters, ..Usage::default() }
    }

    async fn translate(&self, batch: &Batch) -> Result<Answer, Error> {
        let request = self.request(batch)?;
        if batch.texts.is_empty() {
            return Ok(Answer::default());
        }
        let request = self.http.post("/translate/v2/translate").json(&request);
        let Response { translations } = self.http.json(self.authorized(request)).await?;
        if translations.len() != batch.texts.len() {
            let reason = format!("{} answers for {} texts", translations.len(), batch.texts.len());
            return Err(Error::bad_answer(reason));
        }
        let marked = is_marked(batch);
        let draft = |(input, Translation { text }): (&Input, Translation)| {
            let text = if marked { KEEP.read(input, &text)? } else { text };
            Ok(Draft { text, alignment: None })
        };
        Ok(Answer { drafts: batch.texts.iter().zip(translations).map(draft).collect(), used: None })
    }

    /// Lists the languages, which is free and needs the key to be good.
    async fn probe(&self) -> Result<Probe, Error> {
        let folder = Folder { folder_id: self.options.folder.as_deref() };
        let request = self.http.post("/translate/v2/languages").json(&folder);
        let Languages { languages } = self.http.json(self.authorized(request)).await?;
        let pairs = self.codes.among(languages.iter().map(|language| language.code.as_str()));
        let takes = pairs.iter().filter_map(|&pair| self.codes.pair(pair));
        let takes = takes.filter(|(source, target)| glossary::is_taken(source, target)).count();
        let says = format!("{} languages; {takes} pairs take a glossary", languages.len());
        Ok(Probe { says, pairs: Some(pairs) })
    }
}

#[cfg(test)]
mod tests;
