//! Amazon Translate: `TranslateText` in AWS JSON 1.1, signed with Signature Version 4; one text of 10,000 bytes a call.
//!
//! Documented in the service's API model 2017-07-01 (as botocore 1.44 ships it) and the developer guide. A terminology is a
//! file that was imported into the account under a name; the service does not promise to follow it, and what is not in
//! it is not asked for: terms are left to enforcement, which looks at every draft. Text in an element with `translate="no"`
//! stays as it is. Characters of the text are charged, in every call that is answered.

mod errors;
mod options;
mod signature;

use async_trait::async_trait;
use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, HeaderName};
use serde::{Deserialize, Serialize};
use serde_json::json;

use self::errors::reads;
pub use self::options::{Formality, Options};
use self::signature::Signer;
use crate::model::{Lang, Pair, Provenance, Usage};
use crate::translate::service::{Codes, Http, Markup};
use crate::translate::{
    Answer, Backend, Batch, Capability, Draft, Error, Input, Measure, Probe, Setup, TermUse, Trouble,
};

/// One text a call wants more calls at once.
pub(super) const LIMITS: &str = "concurrency = 10";

/// What stays as it is.
const KEEP: Markup = Markup::new("span", " translate=\"no\"");
const JSON: &str = "application/x-amz-json-1.1";
/// Languages listed at once.
const PAGE: u32 = 500;
/// Pages of languages that are read at the most.
const PAGES: usize = 10;

struct Amazon {
    name: String,
    http: Http,
    signer: Signer,
    codes: Codes,
    options: Options,
}

/// Opens it; the keys stand in `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, where there is one, `AWS_SESSION_TOKEN`,
/// where the table names no other variables.
///
/// # Errors
/// When the table is wrong, or there is no key or region.
pub fn open(setup: Setup<'_>) -> Result<Box<dyn Backend>, Error> {
    let (options, setup) = setup.split::<Options>()?;
    let name = setup.name.clone();
    let wrong = |message: String| Error::Config { name: name.clone(), message, span: None };
    options.check().map_err(wrong)?;
    let region = options.region().map_err(wrong)?;
    let address = setup.access.address(&name, Some(&host(&region)))?;
    let (signer, secret) = Signer::new(&setup, &options, region, &address)?;
    let http = Http::new(&setup, &address, Some(&secret))?.reading(reads);
    let codes = Codes::new(include_str!("codes.txt"), &setup.access);
    Ok(Box::new(Amazon { name, http, signer, codes, options }))
}

/// The service's address in a region; China's regions are a partition of their own.
fn host(region: &str) -> String {
    let end = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
    format!("https://translate.{region}.{end}")
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Request<'a> {
    text: &'a str,
    source_language_code: &'a str,
    target_language_code: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    terminology_names: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<Settings>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Settings {
    formality: Formality,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Response {
    translated_text: String,
    target_language_code: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Languages {
    languages: Vec<Language>,
    #[serde(default)]
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Language {
    language_code: String,
}

impl Amazon {
    /// A call of an operation, signed.
    fn call(&self, operation: &str, body: &impl Serialize) -> Result<RequestBuilder, Error> {
        let refused = |reason: String| self.http.trouble(Trouble::Refused, reason);
        let body = serde_json::to_vec(body).map_err(|error| refused(error.to_string()))?;
        let target = format!("AWSShineFrontendService_20170701.{operation}");
        let headers = [(CONTENT_TYPE, JSON), (HeaderName::from_static("x-amz-target"), target.as_str())];
        let signed = self.signer.sign(&headers, &body).map_err(refused)?;
        let request =
            headers.into_iter().fold(self.http.post("/"), |request, (name, value)| request.header(name, value));
        Ok(signed.into_iter().fold(request, |request, (name, value)| request.header(name, value)).body(body))
    }

    async fn text(&self, pair: Pair, input: &Input) -> Result<Draft, Error> {
        let (source, target) = self.codes.pair(pair).ok_or(Error::NoPair { pair })?;
        let marked = (!input.kept.is_empty()).then(|| KEEP.write(input));
        let request = Request {
            text: marked.as_deref().unwrap_or(&input.text),
            source_language_code: source,
            target_language_code: target,
            terminology_names: self.options.terminology.as_deref().into_iter().collect(),
            settings: self.options.formality.map(|formality| Settings { formality }),
        };
        let Response { translated_text: text, target_language_code: said } =
            self.http.json(self.call("TranslateText", &request)?).await?;
        if !said.eq_ignore_ascii_case(target) {
            return Err(Error::bad_answer(format!("it answers in `{said}` and not in `{target}`")));
        }
        let text = if marked.is_some() { KEEP.read(input, &text)? } else { text };
        Ok(Draft { text, alignment: None })
    }

    /// The codes of all languages that the service lists.
    async fn languages(&self) -> Result<Vec<String>, Error> {
        let (mut codes, mut next) = (Vec::new(), None);
        for _ in 0..PAGES {
            let body = match &next {
                Some(token) => json!({ "MaxResults": PAGE, "NextToken": token }),
                None => json!({ "MaxResults": PAGE }),
            };
            let Languages { languages, next_token } = self.http.json(self.call("ListLanguages", &body)?).await?;
            codes.extend(languages.into_iter().map(|language| language.language_code));
            next = next_token;
            if next.is_none() {
                break;
            }
        }
        Ok(codes)
    }
}

#[async_trait]
impl Backend for Amazon {
    fn capability(&self) -> &Capability {
        const CAPABILITY: Capability = Capability {
            max_texts: 1,
            max_chars: 10_000,
            max_total: 10_000,
            measure: Measure::Bytes,
            terms: TermUse { keeps: true, ..Capability::SERVICE.terms },
            ..Capability::SERVICE
        };
        &CAPABILITY
    }

    fn route(&self, pair: Pair) -> Option<Provenance> {
        self.codes.pair(pair)?;
        Some(Provenance { backend: self.name.clone(), engine: "Amazon Translate".to_owned(), models: Vec::new() })
    }

    fn unsettled(&self, target: Lang) -> Option<String> {
        self.codes.unsettled(target)
    }

    fn fingerprint(&self, _: Pair) -> String {
        self.options.fingerprint()
    }

    fn charge(&self, batch: &Batch) -> Usage {
        let sent = |input: &Input| {
            if input.kept.is_empty() { input.text.chars().count() } else { KEEP.write(input).chars().count() }
        };
        let characters = batch.texts.iter().map(|input| sent(input) as u64).sum();
        Usage { requests: batch.texts.len() as u64, characters, ..Usage::default() }
    }

    /// One call for each text, one after the other: the capability says one text, so that there is one.
    async fn translate(&self, batch: &Batch) -> Result<Answer, Error> {
        self.codes.pair(batch.pair).ok_or(Error::NoPair { pair: batch.pair })?;
        if let [input] = &batch.texts[..] {
            return Ok(vec![self.text(batch.pair, input).await?].into());
        }
        let mut drafts = Vec::with_capacity(batch.texts.len());
        for input in &batch.texts {
            drafts.push(self.text(batch.pair, input).await);
        }
        Ok(Answer { drafts, used: None })
    }

    /// Lists the languages, which is free and needs the key to be good.
    async fn probe(&self) -> Result<Probe, Error> {
        let codes = self.languages().await?;
        let terminology = match &self.options.terminology {
            Some(name) => format!("; whether the terminology `{name}` is there shows with the first text"),
            None => String::new(),
        };
        let says = format!("{} languages{terminology}", codes.len());
        let pairs = self.codes.among(codes.iter().map(String::as_str));
        Ok(Probe { says, pairs: Some(pairs) })
    }
}

#[cfg(test)]
mod tests;
