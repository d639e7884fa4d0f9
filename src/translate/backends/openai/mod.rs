//! Chat models behind the interface of OpenAI: `POST /chat/completions`, not streamed.
//!
//! Followed are OpenAI's API reference for chat completions (2026, as its SDK 3.54 has it) and what its fellows say of
//! theirs: Ollama's `/v1` (its `openai` package), the server of llama.cpp (`tools/server`), vLLM. Batches of numbered segments
//! of one article go as JSON data, with the sentences around them and the terms of the glossary, and come back as JSON of a
//! given schema; what servers lack of that is left out by `format` and `leave_out`.
//!
//! Ollama cuts prompts that its context does not hold without a word; its interface for OpenAI's clients has no setting for
//! that. Set `OLLAMA_CONTEXT_LENGTH=8192` for its server, or `PARAMETER num_ctx 8192` in a Modelfile. A prompt that was cut
//! grossly is seen by the count of its tokens, and one whose segments were lost by their ids.
//!
//! The key goes only where it belongs: where `url` is set, none is sent unless `key_env` names one.

mod answer;
mod error;
mod names;
mod prompt;
mod refusal;
mod request;

use std::num::NonZeroUsize;

use async_trait::async_trait;
use reqwest::header::HeaderMap;
use reqwest::{RequestBuilder, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use self::answer::{Completion, Reader};
use crate::model::{Lang, Pair, Provenance, Usage};
use crate::translate::service::{Access, Codes, Http};
use crate::translate::{Answer, Backend, Batch, Capability, Error, Heeds, Probe, Setup, TermUse, Trouble};

/// The table `[backend.NAME]` of an `openai` backend, beside what every service has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// The model, as the server calls it.
    pub model: String,
    /// How the server is asked for JSON.
    pub format: Format,
    /// House style: what is to be kept in mind besides the task, in words.
    pub instructions: String,
    /// How freely the model chooses its words; 0 takes the likeliest.
    pub temperature: f64,
    /// Where chance begins, so that the same request may get the same answer.
    pub seed: u64,
    /// Segments in a request.
    pub max_texts: NonZeroUsize,
    /// Characters of segments in a request.
    pub max_chars: NonZeroUsize,
    /// Tokens that the model may think before it answers.
    pub thinking_tokens: u32,
    /// The key by which a request says how long an answer may be; without it `max_completion_tokens` of OpenAI, `max_tokens`
    /// of any other `url`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
    /// Keys of a request that the server does not take: `temperature`, `seed`, `max_tokens`.
    pub leave_out: Vec<String>,
    /// Keys that a request has besides, such as `reasoning_effort`.
    pub extra: toml::Table,
}

/// How a server is asked for JSON.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// By a schema, which it keeps.
    #[default]
    JsonSchema,
    /// By name only; the prompt says the rest.
    JsonObject,
    /// Only by the prompt.
    Text,
}

/// The keys by which servers are told how long an answer may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// What everybody but OpenAI's newer models takes.
    MaxTokens,
    /// What OpenAI took its place.
    MaxCompletionTokens,
}

impl Default for Options {
    fn default() -> Self {
        const TEXTS: NonZeroUsize = NonZeroUsize::new(20).expect("more than 0");
        const CHARS: NonZeroUsize = NonZeroUsize::new(4000).expect("more than 0");
        Self {
            model: String::new(),
            format: Format::default(),
            instructions: String::new(),
            temperature: 0.0,
            seed: 0,
            max_texts: TEXTS,
            max_chars: CHARS,
            thinking_tokens: 0,
            bound: None,
            leave_out: Vec::new(),
            extra: toml::Table::new(),
        }
    }
}

const USUAL: &str = "https://api.openai.com/v1";
const KEY: &str = "OPENAI_API_KEY";
/// Characters of one segment at the most; it goes in a request of its own where it is longer than `max_chars`.
const MOST_CHARS: usize = 8000;

struct OpenAi {
    name: String,
    http: Http,
    key: Option<String>,
    codes: Codes,
    access: Access,
    options: Options,
    bound: Bound,
    capability: Capability,
}

/// Opens one: `model` is needed, and a key where `url` is not set.
///
/// # Errors
/// When the table is wrong.
pub fn open(setup: Setup<'_>) -> Result<Box<dyn Backend>, Error> {
    let (name, access) = (setup.name.clone(), setup.access.clone());
    let is_usual = access.url.is_none();
    let key = if is_usual || access.key_env.is_some() { access.key(&name, KEY, is_usual)? } else { None };
    let address = access.address(&name, Some(USUAL))?;
    let http = Http::new(&setup, &address, key.as_deref())?.reading(error::reads);
    let options: Options = setup.options()?;
    options.check().map_err(|message| Error::Config { name: name.clone(), message, span: None })?;
    let capability = options.capability();
    let bound = options.bound.unwrap_or(if is_usual { Bound::MaxCompletionTokens } else { Bound::MaxTokens });
    let codes = Codes::new(include_str!("codes.txt"), &access);
    Ok(Box::new(OpenAi { name, http, key, codes, access, options, bound, capability }))
}

impl Options {
    /// What makes no sense, and what would.
    fn check(&self) -> Result<(), String> {
        const MAY_GO: &[&str] = &["max_completion_tokens", "max_tokens", "seed", "stream", "temperature"];
        if self.model.trim().is_empty() {
            return Err("`model` is missing: write the model as the server calls it, such as \"gpt-5-mini\"".to_owned());
        }
        if !(0.0..=2.0).contains(&self.temperature) {
            return Err("`temperature` is a number from 0 to 2".to_owned());
        }
        if let Some(key) = self.leave_out.iter().find(|key| !MAY_GO.contains(&key.as_str())) {
            return Err(format!("`leave_out` names `{key}`; what can be left out is {}", MAY_GO.join(", ")));
        }
        match self.extra.keys().find(|key| request::OWN.contains(&key.as_str())) {
            Some(key) => Err(format!("`extra` cannot set `{key}`")),
            None => Ok(()),
        }
    }

    fn capability(&self) -> Capability {
        let terms = TermUse { heeds: Heeds::Instructions, forces: false, keeps: true, scores: false };
        Capability {
            max_texts: self.max_texts.get(),
            max_chars: MOST_CHARS.max(self.max_chars.get()),
            max_total: self.max_chars.get(),
            context: true,
            terms,
            more_pairs: "it translates between any two languages, but not from a language into itself",
            ..Capability::SERVICE
        }
    }
}

impl OpenAi {
    fn body(&self, batch: &Batch) -> Value {
        let (source, target) = (self.called(batch.pair.source), self.called(batch.pair.target));
        request::body(&self.options, self.bound, (&source, &target), batch)
    }

    /// What the prompt calls a language: what the table's `codes` say, a tag or a name, else its own name.
    fn called(&self, lang: Lang) -> String {
        match self.access.codes.get(&lang) {
            Some(own) => own.parse().map_or_else(|_| own.clone(), names::name),
            None => names::name(lang),
        }
    }

    fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.key {
            Some(key) => request.bearer_auth(key),
            None => request,
        }
    }

    /// The trouble that an error with the status of a success tells of.
    fn told(&self, error: &Value) -> Error {
        let status = error["code"].as_u64().and_then(|code| u16::try_from(code).ok());
        let status = status.and_then(|code| StatusCode::from_u16(code).ok());
        let body = serde_json::json!({ "error": error }).to_string();
        self.http.refusal(status.unwrap_or(StatusCode::BAD_GATEWAY), &HeaderMap::new(), &body)
    }
}

#[async_trait]
impl Backend for OpenAi {
    fn capability(&self) -> &Capability {
        &self.capability
    }

    fn route(&self, pair: Pair) -> Option<Provenance> {
        if pair.source.reads_as(pair.target) || self.codes.unsettled(pair.target).is_some() {
            return None;
        }
        Some(Provenance { backend: self.name.clone(), engine: self.options.model.clone(), models: Vec::new() })
    }

    fn unsettled(&self, target: Lang) -> Option<String> {
        self.codes.unsettled(target)
    }

    async fn translate(&self, batch: &Batch) -> Result<Answer, Error> {
        self.route(batch.pair).ok_or(Error::NoPair { pair: batch.pair })?;
        if batch.texts.is_empty() {
            return Ok(Answer::default());
        }
        let body = self.body(batch);
        let request = self.signed(self.http.post("/chat/completions")).json(&body);
        let completion: Completion = self.http.json(request).await?;
        if let Some(error) = &completion.error {
            return Err(self.told(error));
        }
        let used = completion.used(batch);
        let reader = Reader { http: &self.http, batch, prompt: request::prompt_bytes(&body) };
        Ok(Answer { drafts: reader.drafts(completion)?, used })
    }

    /// Bytes of the request for the prompt, since no token is shorter than a byte, and the most tokens that the answer may
    /// have. With the bound in `leave_out` the second is an estimate.
    fn charge(&self, batch: &Batch) -> Usage {
        let characters = batch.texts.iter().map(|input| input.text.chars().count() as u64).sum();
        let input_tokens = self.body(batch).to_string().len() as u64;
        let output_tokens = request::most_tokens(&self.options, batch);
        Usage { requests: 1, characters, input_tokens, output_tokens }
    }

    fn fingerprint(&self, _: Pair) -> String {
        let Options { model, format, instructions, temperature, seed, thinking_tokens, leave_out, extra, .. } =
            &self.options;
        let asked = format!("{format:?} {temperature} {seed} {thinking_tokens} {leave_out:?} {extra} {instructions}");
        let codes = format!("{:?}", self.access.codes);
        let hash = xxh3_64(format!("{}\0{asked}\0{codes}", prompt::TEMPLATE).as_bytes());
        format!("{model} {hash:016x}")
    }

    async fn probe(&self) -> Result<Probe, Error> {
        let models: Models = self.http.json(self.signed(self.http.get("/models"))).await?;
        let (own, data) = (&self.options.model, models.data.unwrap_or_default());
        // The server of llama.cpp has one model and does not ask for its name; Ollama's names end with a tag.
        let is_it = |it: &Model| it.owned_by == "llamacpp" || it.id == *own || it.id == format!("{own}:latest");
        if data.iter().any(is_it) {
            return Ok(Probe { says: format!("model {own}"), pairs: None });
        }
        let some: Vec<&str> = data.iter().map(|model| model.id.as_str()).take(8).collect();
        let some = if some.is_empty() { "none".to_owned() } else { some.join(", ") };
        let reason = format!("it does not list the model `{own}`; it has {some}: look at `model`");
        Err(self.http.trouble(Trouble::Settings, reason))
    }
}

/// What `GET /models` answers.
#[derive(Deserialize)]
struct Models {
    /// Ollama without models says `null`.
    data: Option<Vec<Model>>,
}

#[derive(Deserialize)]
struct Model {
    id: String,
    #[serde(default)]
    owned_by: String,
}
