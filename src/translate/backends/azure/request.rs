//! What is asked of `/translate` in either version of the API, and what it answers.

use serde::{Deserialize, Serialize};

use super::markup;
use super::options::{Api, Gender, Options, Tone};
use crate::translate::service::Reply;
use crate::translate::{Batch, Error};

/// A request: its query, its body, and which of its texts are in HTML.
pub(super) struct Request {
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) body: Body,
    pub(super) marked: Vec<bool>,
    texts: Vec<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Body {
    V2026 { inputs: Vec<Item> },
    V3(Vec<Bare>),
}

/// A text of the version 2026-06-06.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Item {
    text: String,
    language: String,
    text_type: &'static str,
    targets: [Target; 1],
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Target {
    language: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    deployment_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tone: Option<Tone>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gender: Option<Gender>,
}

/// A text of the version 3.0.
#[derive(Serialize)]
pub(super) struct Bare {
    #[serde(rename = "Text")]
    text: String,
}

/// Tokens of the instructions that a language model gets with a text, at a guess on the safe side.
const INSTRUCTIONS: u64 = 200;

impl Request {
    /// The request for a batch. In the version 3.0 either all its texts are in HTML or none.
    pub(super) fn new(batch: &Batch, source: &str, target: &str, options: &Options) -> Self {
        let written: Vec<Option<String>> =
            batch.texts.iter().map(|input| markup::write(input, batch.pair, options.dictionary)).collect();
        let all = options.api == Api::V3 && written.iter().any(Option::is_some);
        let marked: Vec<bool> = written.iter().map(|text| all || text.is_some()).collect();
        let text = |(input, text): (_, Option<String>)| match text {
            Some(text) => text,
            None if all => markup::escaped(input),
            None => input.text.clone(),
        };
        let texts: Vec<String> = batch.texts.iter().zip(written).map(text).collect();
        let mut query = vec![("api-version", options.api.version().to_owned())];
        let body = match options.api {
            Api::V2026 => Body::V2026 { inputs: inputs(&texts, &marked, (source, target), options) },
            Api::V3 => {
                let kind = if all { "html" } else { "plain" };
                query.extend(
                    [("from", source), ("to", target), ("textType", kind)].map(|(key, it)| (key, it.to_owned())),
                );
                query.extend(options.deployment.clone().map(|category| ("category", category)));
                Body::V3(texts.iter().map(|text| Bare { text: text.clone() }).collect())
            }
        };
        Self { query, body, marked, texts }
    }

    /// The characters that are charged: all that are sent, for one target.
    pub(super) fn characters(&self) -> u64 {
        self.texts.iter().map(|text| text.chars().count() as u64).sum()
    }

    /// The tokens that a language model may charge at the most, of its input and of its answer: a token is at least a byte.
    pub(super) fn tokens(&self) -> (u64, u64) {
        let bytes: u64 = self.texts.iter().map(|text| text.len() as u64).sum();
        (bytes + INSTRUCTIONS * self.texts.len() as u64, 2 * bytes)
    }
}

fn inputs(texts: &[String], marked: &[bool], (source, target): (&str, &str), options: &Options) -> Vec<Item> {
    let target = Target {
        language: target.to_owned(),
        deployment_name: options.deployment.clone(),
        tone: options.tone,
        gender: options.gender,
    };
    let text = |(text, marked): (&String, &bool)| Item {
        text: text.clone(),
        language: source.to_owned(),
        text_type: if *marked { "html" } else { "plain" },
        targets: [target.clone()],
    };
    texts.iter().zip(marked).map(text).collect()
}

/// A translation, and what it was charged.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Translated {
    pub(super) text: String,
    #[serde(default)]
    pub(super) source_characters: Option<u64>,
    #[serde(default)]
    instruction_tokens: u64,
    #[serde(default)]
    source_tokens: u64,
    #[serde(default)]
    target_tokens: u64,
    #[serde(default)]
    response_tokens: u64,
}

impl Translated {
    pub(super) fn input_tokens(&self) -> u64 {
        self.instruction_tokens + self.source_tokens
    }

    /// What the model wrote is charged; where that is not told, the translation is what it wrote.
    pub(super) fn output_tokens(&self) -> u64 {
        self.response_tokens.max(self.target_tokens)
    }
}

#[derive(Deserialize)]
struct Value {
    value: Vec<Answered>,
}

#[derive(Deserialize)]
struct Answered {
    translations: Vec<Translated>,
}

/// The translations of an answer.
///
/// # Errors
/// When it is not what is documented: one translation of each text.
pub(super) fn read(reply: &Reply, api: Api) -> Result<Vec<Translated>, Error> {
    let items = match api {
        Api::V2026 => reply.json::<Value>()?.value,
        Api::V3 => reply.json::<Vec<Answered>>()?,
    };
    let one = |item: Answered| match <[Translated; 1]>::try_from(item.translations) {
        Ok([translated]) => Ok(translated),
        Err(other) => Err(Error::bad_answer(format!("{} translations of a text into one language", other.len()))),
    };
    items.into_iter().map(one).collect()
}
