//! DeepL: `POST /v2/translate`, with the terms of the glossary in a glossary of its own (`/v3/glossaries`).
//!
//! Documented in DeepL's OpenAPI 3.6 to 3.11 and its library `deepl` 1.32. The body of a request is 128 KiB at the most, else
//! 413; texts of a request share no context, so that what stands around them is given as `context`, which is not charged.
//! 456 says that what was paid for is used up, 429 and 529 that too much was asked at once.

mod dictionary;
mod languages;
mod options;
mod request;

use async_trait::async_trait;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::{RequestBuilder, StatusCode};
use serde::Deserialize;

use self::dictionary::Dictionaries;
pub use self::options::{Formality, Model, Options};
use self::request::{Request, Response};
use crate::model::{Lang, Pair, Provenance, Usage};
use crate::translate::service::{Codes, Http, Markup};
use crate::translate::{
    Answer, Backend, Batch, Capability, Draft, Error, Heeds, Input, Measure, Probe, Setup, TermUse, Trouble,
};

/// What is to stay as it is, for `ignore_tags`.
const KEEP: Markup = Markup::new("keep", "");

struct DeepL {
    name: String,
    http: Http,
    key: HeaderValue,
    codes: Codes,
    options: Options,
    dictionaries: Dictionaries,
}

/// Opens it; the key stands in `DEEPL_API_KEY` where the table names no other variable.
///
/// # Errors
/// When the table is wrong or there is no key.
pub fn open(setup: Setup<'_>) -> Result<Box<dyn Backend>, Error> {
    let name = setup.name.clone();
    let key = setup.access.key(&name, "DEEPL_API_KEY", true)?.unwrap_or_default();
    let address = setup.access.address(&name, Some(home(&key)))?;
    let http = Http::new(&setup, &address, Some(&key))?.reading(reads);
    let codes = Codes::new(include_str!("codes.txt"), &setup.access);
    let key = Http::sensitive(&name, &format!("DeepL-Auth-Key {key}"))?;
    let options: Options = setup.options()?;
    options.check().map_err(|message| Error::Config { name: name.clone(), message, span: None })?;
    let dictionaries = Dictionaries::new(&options);
    Ok(Box::new(DeepL { name, http, key, codes, options, dictionaries }))
}

/// Where a key is good: those of the free plan end in `:fx`.
fn home(key: &str) -> &'static str {
    if key.ends_with(":fx") { "https://api-free.deepl.com" } else { "https://api.deepl.com" }
}

/// Parameters that come from the settings, as a refusal names them.
const SETTINGS: &[&str] = &["'formality'", "model_type", "custom_instructions"];

/// What DeepL means, where that is not what everybody means.
fn reads(status: StatusCode, body: &str) -> Option<(Trouble, String)> {
    let said = crate::translate::service::message(body);
    let is = |words: &str| said.to_lowercase().contains(words);
    match status {
        StatusCode::BAD_REQUEST if is("_lang' not supported") => {
            Some((Trouble::Pair, format!("{said}; a code of your own can be given with `codes` in its table")))
        }
        StatusCode::BAD_REQUEST if SETTINGS.iter().any(|setting| is(setting)) => Some((Trouble::Settings, said)),
        _ => None,
    }
}

/// Whether a glossary that was there is no longer: somebody deleted it. What DeepL says then is not documented.
fn is_want_of_glossary(error: &Error) -> bool {
    let Error::Service { trouble, reason, .. } = error else { return false };
    match trouble {
        Trouble::Address => true,
        Trouble::Refused => reason.to_lowercase().contains("glossary"),
        _ => false,
    }
}

impl DeepL {
    fn authorized(&self, request: RequestBuilder) -> RequestBuilder {
        request.header(AUTHORIZATION, self.key.clone())
    }

    /// What is answered to a batch.
    async fn ask(&self, batch: &Batch, glossary: Option<&str>) -> Result<Answer, Error> {
        let codes = self.codes.pair(batch.pair).ok_or(Error::NoPair { pair: batch.pair })?;
        let mut request = Request::new(batch, codes, &self.options);
        request.glossary_id = glossary;
        let marked = request.tag_handling.is_some();
        let Response { translations } =
            self.http.json(self.authorized(self.http.post("/v2/translate")).json(&request)).await?;
        let billed: Option<u64> = translations.iter().map(|it| it.billed_characters).sum();
        let used = billed.map(|characters| Usage { requests: 1, characters, ..Usage::default() });
        if translations.len() != batch.texts.len() {
            let reason = format!("{} answers for {} texts", translations.len(), batch.texts.len());
            return Err(Error::bad_answer(reason));
        }
        let draft = |(input, text): (&Input, String)| {
            let text = if marked { KEEP.read(input, &text)? } else { text };
            Ok(Draft { text, alignment: None })
        };
        let texts = translations.into_iter().map(|it| it.text);
        Ok(Answer { drafts: batch.texts.iter().zip(texts).map(draft).collect(), used })
    }
}

#[derive(Deserialize)]
struct Used {
    character_count: u64,
    character_limit: u64,
}

#[async_trait]
impl Backend for DeepL {
    fn capability(&self) -> &Capability {
        const CAPABILITY: Capability = Capability {
            max_texts: 50,
            // In bytes, so that a request stays below 128 KiB with its context and all that JSON and XML escape.
            max_chars: 30_000,
            max_total: 40_000,
            measure: Measure::Bytes,
            context: true,
            terms: TermUse { heeds: Heeds::Glossary, keeps: true, ..Capability::SERVICE.terms },
            ..Capability::SERVICE
        };
        const WITHOUT_GLOSSARY: Capability =
            Capability { terms: TermUse { heeds: Heeds::Nothing, ..CAPABILITY.terms }, ..CAPABILITY };
        if self.options.glossary { &CAPABILITY } else { &WITHOUT_GLOSSARY }
    }

    fn route(&self, pair: Pair) -> Option<Provenance> {
        self.codes.pair(pair)?;
        let engine = match self.options.model {
            Some(model) => format!("DeepL {model}"),
            None => "DeepL".to_owned(),
        };
        Some(Provenance { backend: self.name.clone(), engine, models: Vec::new() })
    }

    fn unsettled(&self, target: Lang) -> Option<String> {
        self.codes.unsettled(target).or_else(|| self.options.unsettled(target))
    }

    fn prepare(&self, pair: Pair, terms: &[(String, String)]) {
        self.dictionaries.tell(pair, terms);
    }

    fn fingerprint(&self, pair: Pair) -> String {
        let glossary = self.dictionaries.hash(pair).unwrap_or_default();
        format!("{} glossary={glossary}", self.options.fingerprint(pair.target))
    }

    fn charge(&self, batch: &Batch) -> Usage {
        let marked = batch.texts.iter().any(|input| !input.kept.is_empty());
        let sent = |input: &Input| if marked { KEEP.write(input).chars().count() } else { input.text.chars().count() };
        let characters = batch.texts.iter().map(|input| sent(input) as u64).sum();
        Usage { requests: 1, characters, ..Usage::default() }
    }

    async fn translate(&self, batch: &Batch) -> Result<Answer, Error> {
        self.codes.pair(batch.pair).ok_or(Error::NoPair { pair: batch.pair })?;
        if batch.texts.is_empty() {
            return Ok(Answer::default());
        }
        let glossary = self.dictionaries.synchronised(self, batch.pair).await?;
        match self.ask(batch, glossary.as_deref()).await {
            Err(error) if glossary.is_some() && is_want_of_glossary(&error) => {
                self.dictionaries.forget(batch.pair).await;
                let reason = format!("the glossary is gone, and is made again for the next try: {error}");
                Err(self.http.trouble(Trouble::Overloaded, reason))
            }
            answer => answer,
        }
    }

    async fn probe(&self) -> Result<Probe, Error> {
        let Used { character_count, character_limit } =
            self.http.json(self.authorized(self.http.get("/v2/usage"))).await?;
        let pairs = languages::pairs(self).await?;
        let with_glossary = languages::with_glossary(self).await?;
        let says = format!(
            "{character_count} of {character_limit} characters of this period are used; {with_glossary} pairs may have a glossary"
        );
        Ok(Probe { says, pairs: Some(pairs) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_knows_its_home() {
        assert_eq!(home("ca7d5694-96eb-4263-a9a4-7f7e4211529e:fx"), "https://api-free.deepl.com");
        assert_eq!(home("ca7d5694-96eb-4263-a9a4-7f7e4211529e"), "https://api.deepl.com");
    }

    #[track_caller]
    fn called(tag: &str, source: Option<&str>, target: Option<&str>) {
        let codes = Codes::new(include_str!("codes.txt"), &crate::translate::Access::default());
        let lang: Lang = tag.parse().expect("a tag");
        assert_eq!((codes.source(lang), codes.target(lang)), (source, target), "{tag}");
    }

    #[test]
    fn languages_are_called_as_documented() {
        called("ru", Some("RU"), Some("RU"));
        called("en-GB", Some("EN"), Some("EN-GB"));
        called("en", Some("EN"), None);
        called("pt-BR", Some("PT"), Some("PT-BR"));
        called("pt", Some("PT"), None);
        called("zh", Some("ZH"), None);
        called("zh-Hant", Some("ZH"), Some("ZH-HANT"));
        called("zh-TW", Some("ZH"), Some("ZH-HANT"));
        called("es-419", Some("ES"), Some("ES-419"));
        called("es-MX", Some("ES"), Some("ES"));
        called("eu", None, None);
    }

    #[track_caller]
    fn means(status: u16, body: &str, wanted: Option<Trouble>) {
        let status = StatusCode::from_u16(status).expect("a status");
        assert_eq!(reads(status, body).map(|(trouble, _)| trouble), wanted, "{body}");
    }

    #[test]
    fn a_refusal_says_what_is_wrong() {
        means(400, r#"{"message":"Value for 'target_lang' not supported."}"#, Some(Trouble::Pair));
        let formality = r#"{"message":"'formality' is not supported for given 'target_lang'."}"#;
        means(400, formality, Some(Trouble::Settings));
        means(400, r#"{"Message":"Tag handling parsing failed, please check input."}"#, None);
        means(456, r#"{"message":"Quota Exceeded"}"#, None);
    }
}
