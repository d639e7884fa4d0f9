//! What is sent: the prompt, how the answer is to look, and how long it may be.

use serde_json::{Map, Value, json};

use super::{Bound, Format, Options, prompt};
use crate::translate::Batch;

/// The keys of a request that `extra` may not set: what they say is the law of this backend.
pub(super) const OWN: &[&str] = &["messages", "model", "n", "response_format", "stream", "tools"];

/// A request as JSON.
pub(super) fn body(options: &Options, bound: Bound, names: (&str, &str), batch: &Batch) -> Value {
    let mut body = Map::new();
    let system = prompt::system(names.0, names.1, &options.instructions);
    let messages = json!([{ "role": "system", "content": system }, { "role": "user", "content": prompt::user(batch) }]);
    body.insert("model".to_owned(), json!(options.model));
    body.insert("messages".to_owned(), messages);
    body.insert("stream".to_owned(), json!(false));
    body.insert("temperature".to_owned(), json!(options.temperature));
    body.insert("seed".to_owned(), json!(options.seed));
    body.insert(bound.key().to_owned(), json!(most_tokens(options, batch)));
    body.extend(options.format.wanted().map(|format| ("response_format".to_owned(), format)));
    body.retain(|key, _| !options.leave_out.contains(key));
    body.extend(options.extra.iter().map(|(key, value)| (key.clone(), json!(value))));
    Value::Object(body)
}

/// The most tokens that an answer to `batch` may take, with what the model may think before it.
///
/// No tokenizer is asked: a token is at least a byte, a translation in another script takes up to twice the bytes of its
/// source, and each segment comes with its id and the marks of JSON.
pub(super) fn most_tokens(options: &Options, batch: &Batch) -> u64 {
    const FRAME: u64 = 128;
    const SEGMENT: u64 = 32;
    let texts: u64 = batch.texts.iter().map(|input| 2 * input.text.len() as u64 + SEGMENT).sum();
    texts + FRAME + u64::from(options.thinking_tokens)
}

/// Bytes of the messages of a request.
pub(super) fn prompt_bytes(body: &Value) -> u64 {
    let contents = body["messages"].as_array().into_iter().flatten().filter_map(|message| message["content"].as_str());
    contents.map(|content| content.len() as u64).sum()
}

impl Format {
    /// What a request says of it.
    fn wanted(self) -> Option<Value> {
        match self {
            Self::JsonSchema => {
                let schema = json!({ "name": "translations", "strict": true, "schema": schema() });
                Some(json!({ "type": "json_schema", "json_schema": schema }))
            }
            Self::JsonObject => Some(json!({ "type": "json_object" })),
            Self::Text => None,
        }
    }
}

/// The shape of an answer, within what strict mode takes: all keys required, no others.
fn schema() -> Value {
    let translation = json!({
        "type": "object",
        "properties": { "id": { "type": "integer" }, "text": { "type": "string" } },
        "required": ["id", "text"],
        "additionalProperties": false,
    });
    json!({
        "type": "object",
        "properties": { "translations": { "type": "array", "items": translation } },
        "required": ["translations"],
        "additionalProperties": false,
    })
}

impl Bound {
    /// The key that says it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::MaxTokens => "max_tokens",
            Self::MaxCompletionTokens => "max_completion_tokens",
        }
    }
}
