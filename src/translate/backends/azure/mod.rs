//! Azure Translator: `POST /translate` of the API versions 2026-06-06 and 3.0, with terms in tags (dynamic dictionary).
//!
//! Documented in "Azure Translator 2026-06-06: translate method", "Translator 3.0: Translate", "Service limits", "Response codes
//! and messages" and the library `azure-ai-translation-text` 2.0. 1,000 texts and 50,000 characters a request, all of
//! them charged, markup too. 429 comes with `Retry-After`: what an hour allows is to be asked for evenly.
//!
//! The dynamic dictionary wants English on one side, heeds case and is "safe only for compound nouns like proper names and
//! product names"; it writes what it is told and inflects nothing. It is documented for 3.0 and, by the remark in the library
//! of 2.0, for 2026-06-06.

mod errors;
mod markup;
mod options;
mod request;

use async_trait::async_trait;
use reqwest::RequestBuilder;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::Value;

use self::errors::reads;
pub use self::options::{Api, Auth, Gender, Options, Tone};
use self::request::{Request, Translated};
use crate::model::{Lang, Pair, Provenance, Usage};
use crate::translate::service::{Codes, Http, Reply};
use crate::translate::{Answer, Backend, Batch, Capability, Draft, Error, Heeds, Input, Probe, Setup, TermUse};

/// 40 million characters an hour, as the tier S1 has it, evenly. F0 has 2 million: 33,300 a minute.
pub(super) const LIMITS: &str = "chars_per_minute = 666_000";

const ADDRESS: &str = "https://api.cognitive.microsofttranslator.com";
/// The header of an answer that says how many characters were charged.
const METERED: &str = "x-metered-usage";

struct Azure {
    name: String,
    http: Http,
    headers: Vec<(HeaderName, HeaderValue)>,
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
    options.check().map_err(|message| Error::Config { name: name.clone(), message, span: None })?;
    let usual = match options.auth {
        Auth::Key => "AZURE_TRANSLATOR_KEY",
        Auth::Token => "AZURE_TRANSLATOR_TOKEN",
    };
    let key = setup.access.key(&name, usual, true)?.unwrap_or_default();
    let address = base(&setup.access.address(&name, Some(ADDRESS))?, options.api);
    let http = Http::new(&setup, &address, Some(&key))?.reading(reads);
    let codes = Codes::new(include_str!("codes.txt"), &setup.access);
    let headers = headers(&name, &options, &key)?;
    Ok(Box::new(Azure { name, http, headers, codes, options }))
}

/// The address that paths are added to: that of a resource of one's own has a path before them.
fn base(address: &str, api: Api) -> String {
    match (address.ends_with(".cognitiveservices.azure.com"), api) {
        (true, Api::V2026) => format!("{address}/translator/text"),
        (true, Api::V3) => format!("{address}/translator/text/v3.0"),
        (false, _) => address.to_owned(),
    }
}

/// The headers that say who asks.
fn headers(name: &str, options: &Options, key: &str) -> Result<Vec<(HeaderName, HeaderValue)>, Error> {
    const KEY: HeaderName = HeaderName::from_static("ocp-apim-subscription-key");
    const REGION: HeaderName = HeaderName::from_static("ocp-apim-subscription-region");
    const RESOURCE: HeaderName = HeaderName::from_static("ocp-apim-resourceid");
    let mut headers = vec![match options.auth {
        Auth::Key => (KEY, Http::sensitive(name, key)?),
        Auth::Token => (AUTHORIZATION, Http::sensitive(name, &format!("Bearer {key}"))?),
    }];
    let own = [(REGION, "region", &options.region), (RESOURCE, "resource_id", &options.resource_id)];
    for (header, setting, value) in own {
        let Some(value) = value else { continue };
        let value = HeaderValue::from_str(value).map_err(|_| Error::Config {
            name: name.to_owned(),
            message: format!("`{setting}` holds characters that no header may have"),
            span: None,
        })?;
        headers.push((header, value));
    }
    Ok(headers)
}

#[derive(Deserialize)]
struct Languages {
    translation: serde_json::Map<String, Value>,
}

impl Azure {
    fn authorized(&self, request: RequestBuilder) -> RequestBuilder {
        self.headers.iter().fold(request, |request, (name, value)| request.header(name, value))
    }

    fn request(&self, batch: &Batch) -> Result<Request, Error> {
        let (source, target) = self.codes.pair(batch.pair).ok_or(Error::NoPair { pair: batch.pair })?;
        Ok(Request::new(batch, source, target, &self.options))
    }

    /// What was charged, where the answer says so.
    fn used(reply: &Reply, translated: &[Translated]) -> Option<Usage> {
        let metered = reply.headers.get(METERED).and_then(|it| it.to_str().ok()).and_then(|it| it.parse().ok());
        let characters = metered.or_else(|| translated.iter().map(|it| it.source_characters).sum());
        let tokens = |part: fn(&Translated) -> u64| translated.iter().map(part).sum();
        let (input_tokens, output_tokens) = (tokens(Translated::input_tokens), tokens(Translated::output_tokens));
        let is_told = characters.is_some() || input_tokens + output_tokens > 0;
        is_told.then(|| Usage { requests: 1, characters: characters.unwrap_or_default(), input_tokens, output_tokens })
    }
}

#[async_trait]
impl Backend for Azure {
    fn capability(&self) -> &Capability {
        const CAPABILITY: Capability = Capability {
            max_texts: 1_000,
            // Tags and what they escape come on top, up to 50,000.
            max_chars: 40_000,
            max_total: 40_000,
            terms: TermUse { heeds: Heeds::Glossary, keeps: true, ..Capability::SERVICE.terms },
            ..Capability::SERVICE
        };
        const WITHOUT_DICTIONARY: Capability =
            Capability { terms: TermUse { heeds: Heeds::Nothing, ..CAPABILITY.terms }, ..CAPABILITY };
        if self.options.dictionary { &CAPABILITY } else { &WITHOUT_DICTIONARY }
    }

    fn route(&self, pair: Pair) -> Option<Provenance> {
        self.codes.pair(pair)?;
        let engine = match &self.options.deployment {
            Some(deployment) => format!("Azure Translator {deployment}"),
            None => "Azure Translator".to_owned(),
        };
        Some(Provenance { backend: self.name.clone(), engine, models: Vec::new() })
    }

    fn unsettled(&self, target: Lang) -> Option<String> {
        self.codes.unsettled(target)
    }

    fn fingerprint(&self, _: Pair) -> String {
        self.options.fingerprint()
    }

    fn charge(&self, batch: &Batch) -> Usage {
        let Ok(request) = self.request(batch) else { return Usage::default() };
        let tokens = if self.options.deployment.is_some() { request.tokens() } else { (0, 0) };
        Usage { requests: 1, characters: request.characters(), input_tokens: tokens.0, output_tokens: tokens.1 }
    }

    async fn translate(&self, batch: &Batch) -> Result<Answer, Error> {
        let request = self.request(batch)?;
        if batch.texts.is_empty() {
            return Ok(Answer::default());
        }
        let asked = self.http.post("/translate").query(&request.query).json(&request.body);
        let reply = self.http.send(self.authorized(asked)).await?;
        let translated = request::read(&reply, self.options.api)?;
        if translated.len() != batch.texts.len() {
            let reason = format!("{} answers for {} texts", translated.len(), batch.texts.len());
            return Err(Error::bad_answer(reason));
        }
        let used = Self::used(&reply, &translated);
        let draft = |((input, marked), it): ((&Input, &bool), Translated)| {
            let text = if *marked { markup::read(input, &it.text)? } else { it.text };
            Ok(Draft { text, alignment: None })
        };
        let drafts = batch.texts.iter().zip(&request.marked).zip(translated).map(draft).collect();
        Ok(Answer { drafts, used })
    }

    /// Lists the languages, for which no key is needed: no free call of this address tells whether the key is good.
    async fn probe(&self) -> Result<Probe, Error> {
        let query = [("api-version", self.options.api.version()), ("scope", "translation")];
        let Languages { translation } = self.http.json(self.http.get("/languages").query(&query)).await?;
        let pairs = self.codes.among(translation.keys().map(String::as_str));
        let says = format!(
            "{} languages; they are told without a key: whether it is good shows with the first text",
            translation.len()
        );
        Ok(Probe { says, pairs: Some(pairs) })
    }
}

#[cfg(test)]
mod tests;
