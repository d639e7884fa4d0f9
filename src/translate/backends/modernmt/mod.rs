//! ModernMT: `POST /translate` that stands for GET, with a list of texts.
//!
//! Taken from its library `modernmt` 1.5 and the API documentation of its open server: an envelope of `status` and `data`, or
//! `status` and `error` with a type and a message. 128 texts a request are told by others and could not be confirmed in the
//! service's own documents, nor which status says that the plan is used up. Glossaries are memories of the account,
//! named by their numbers: what is not in them is not asked for, so that terms are left to enforcement. Answers tell the
//! characters that were charged. The service learns from memories: what it says changes with them.

use async_trait::async_trait;
use reqwest::header::HeaderValue;
use reqwest::{RequestBuilder, StatusCode};
use serde::{Deserialize, Serialize};

use crate::model::{Lang, Pair, Provenance, Usage};
use crate::translate::service::{Codes, Http, message};
use crate::translate::{Answer, Backend, Batch, Capability, Draft, Error, Probe, Setup, Trouble};

const ADDRESS: &str = "https://api.modernmt.com";

/// The table `[backend.NAME]` of a `modernmt` backend, beside what every service has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Memories of the account that suit the texts, by their numbers, the best first.
    pub hints: Vec<u64>,
    /// What suits the texts as the service weighs it: `"1:0.42,2:0.3"`.
    pub context_vector: Option<String>,
    /// Glossaries of the account that hold, by their numbers, the weightiest first.
    pub glossaries: Vec<u64>,
    /// Whether terms of glossaries are found in whatever case they stand.
    pub ignore_glossary_case: bool,
}

struct ModernMt {
    name: String,
    http: Http,
    key: HeaderValue,
    codes: Codes,
    options: Options,
}

/// Opens it; the key stands in `MODERNMT_API_KEY` where the table names no other variable.
///
/// # Errors
/// When the table is wrong or there is no key.
pub fn open(setup: Setup<'_>) -> Result<Box<dyn Backend>, Error> {
    let (options, setup) = setup.split::<Options>()?;
    let name = setup.name.clone();
    let key = setup.access.key(&name, "MODERNMT_API_KEY", true)?.unwrap_or_default();
    let address = setup.access.address(&name, Some(ADDRESS))?;
    let http = Http::new(&setup, &address, Some(&key))?.reading(reads);
    let codes = Codes::new(include_str!("codes.txt"), &setup.access);
    let key = Http::sensitive(&name, &key)?;
    Ok(Box::new(ModernMt { name, http, key, codes, options }))
}

#[derive(Serialize)]
struct Request<'a> {
    source: &'a str,
    target: &'a str,
    q: Vec<&'a str>,
    format: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    hints: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    context_vector: Option<&'a str>,
    #[serde(skip_serializing_if = "String::is_empty")]
    glossaries: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    ignore_glossary_case: Option<bool>,
}

/// What every answer is in.
#[derive(Deserialize)]
struct Envelope<T> {
    data: T,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Translation {
    translation: String,
    #[serde(default)]
    billed_characters: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct User {
    billing_period: Option<Period>,
}

/// What of the plan is used.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Period {
    #[serde(default)]
    chars: u64,
    #[serde(default)]
    plan: Option<String>,
}

/// Words of a refusal, and what they mean whatever the status.
const WORDS: &[(&[&str], Trouble)] = &[
    (&["quota"], Trouble::Quota),
    (&["plan", "exceeded"], Trouble::Quota),
    (&["plan", "limit"], Trouble::Quota),
    (&["language", "not supported"], Trouble::Pair),
    (&["unsupported", "language"], Trouble::Pair),
    (&["glossar"], Trouble::Settings),
    (&["memory", "not found"], Trouble::Settings),
    (&["context vector"], Trouble::Settings),
    (&["too long"], Trouble::TooLarge),
    (&["too many"], Trouble::TooLarge),
];

/// Statuses whose message is looked at; what others mean is plain.
const VAGUE: &[StatusCode] = &[StatusCode::BAD_REQUEST, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];

#[derive(Deserialize)]
struct Failure {
    error: Fault,
}

#[derive(Deserialize)]
struct Fault {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    message: String,
}

/// What an answer without success means: the type of the error is repeated, and its message where the status is vague.
fn reads(status: StatusCode, body: &str) -> Option<(Trouble, String)> {
    let Failure { error: Fault { kind, message: said } } = serde_json::from_str(body).ok()?;
    let lower = said.to_lowercase();
    let known = WORDS.iter().find(|(words, _)| words.iter().all(|word| lower.contains(word)));
    let (_, trouble) = known.filter(|_| VAGUE.contains(&status))?;
    Some((*trouble, message(&format!("{kind}: {said}"))))
}

fn listed(numbers: &[u64]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

impl ModernMt {
    /// A request that stands for GET, as the service has it.
    fn get(&self, path: &str) -> RequestBuilder {
        self.http.post(path).header("X-HTTP-Method-Override", "GET").header("MMT-ApiKey", self.key.clone())
    }

    fn request<'a>(&'a self, batch: &'a Batch) -> Result<Request<'a>, Error> {
        let (source, target) = self.codes.pair(batch.pair).ok_or(Error::NoPair { pair: batch.pair })?;
        Ok(Request {
            source,
            target,
            q: batch.texts.iter().map(|input| input.text.as_str()).collect(),
            format: "text/plain",
            hints: listed(&self.options.hints),
            context_vector: self.options.context_vector.as_deref(),
            glossaries: listed(&self.options.glossaries),
            ignore_glossary_case: self.options.ignore_glossary_case.then_some(true),
        })
    }
}

#[async_trait]
impl Backend for ModernMt {
    fn capability(&self) -> &Capability {
        const CAPABILITY: Capability = Capability { max_texts: 128, ..Capability::SERVICE };
        &CAPABILITY
    }

    fn route(&self, pair: Pair) -> Option<Provenance> {
        self.codes.pair(pair)?;
        Some(Provenance { backend: self.name.clone(), engine: "ModernMT".to_owned(), models: Vec::new() })
    }

    fn unsettled(&self, target: Lang) -> Option<String> {
        self.codes.unsettled(target)
    }

    fn fingerprint(&self, _: Pair) -> String {
        let Options { hints, context_vector, glossaries, ignore_glossary_case } = &self.options;
        let vector = context_vector.as_deref().unwrap_or_default();
        format!("hints={hints:?} context_vector={vector} glossaries={glossaries:?} ignore_case={ignore_glossary_case}")
    }

    async fn translate(&self, batch: &Batch) -> Result<Answer, Error> {
        let request = self.request(batch)?;
        if batch.texts.is_empty() {
            return Ok(Answer::default());
        }
        let Envelope { data } =
            self.http.json::<Envelope<Vec<Translation>>>(self.get("/translate").json(&request)).await?;
        let billed: Option<u64> = data.iter().map(|it| it.billed_characters).sum();
        let used = billed.map(|characters| Usage { requests: 1, characters, ..Usage::default() });
        let draft = |it: Translation| Ok(Draft { text: it.translation, alignment: None });
        Ok(Answer { drafts: data.into_iter().map(draft).collect(), used })
    }

    /// Asks whose key it is, and lists the languages; both are free.
    async fn probe(&self) -> Result<Probe, Error> {
        let Envelope { data: User { billing_period } } = self.http.json(self.get("/users/me")).await?;
        let Envelope { data: codes } =
            self.http.json::<Envelope<Vec<String>>>(self.get("/translate/languages")).await?;
        let says = billing_period.map(|Period { chars, plan }| {
            format!("{chars} characters used in this period of the plan {}", plan.unwrap_or_default())
        });
        let pairs = self.codes.among(codes.iter().map(String::as_str));
        Ok(Probe { says: says.unwrap_or_default(), pairs: Some(pairs) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translate::service::Access;

    fn lang(tag: &str) -> Lang {
        tag.parse().expect("a tag")
    }

    #[test]
    fn codes_are_the_services() {
        let codes = Codes::new(include_str!("codes.txt"), &Access::default());
        for (tag, code) in [("zh-Hans", "zh-CN"), ("zh-TW", "zh-TW"), ("zh-Hant", "zh-TW"), ("pt-BR", "pt-BR")] {
            assert_eq!(codes.target(lang(tag)), Some(code), "{tag}");
        }
        for (tag, code) in
            [("pt-PT", "pt-PT"), ("es", "es"), ("es-ES", "es"), ("es-419", "es-419"), ("es-MX", "es-419")]
        {
            assert_eq!(codes.target(lang(tag)), Some(code), "{tag}");
        }
        for tag in ["pt", "zh", "sr"] {
            assert_eq!(codes.target(lang(tag)), None, "{tag}");
            assert!(codes.unsettled(lang(tag)).is_some(), "{tag}");
        }
    }

    #[track_caller]
    fn means(status: u16, message: &str, trouble: Option<Trouble>) {
        let body = format!(r#"{{"status":{status},"error":{{"type":"SomeException","message":"{message}"}}}}"#);
        let read = reads(StatusCode::from_u16(status).expect("a status"), &body);
        assert_eq!(read.as_ref().map(|(kind, _)| *kind), trouble, "{message}");
        assert!(read.is_none_or(|(_, said)| said.starts_with("SomeException: ")));
    }

    #[test]
    fn a_message_tells_more_than_a_vague_status() {
        means(403, "You have reached the quota of this month", Some(Trouble::Quota));
        means(400, "The language xx is not supported", Some(Trouble::Pair));
        means(404, "Memory not found", Some(Trouble::Settings));
        means(400, "Parameter q is missing", None);
        means(401, "Unknown key, or its quota", None);
        means(429, "Too many requests", None);
    }
}
