//! What comes back: a completion, the JSON in it, and a draft for each id.
//!
//! Laws: JSON is found wherever it stands, and then taken strictly. A draft is given to the text whose id it bears. An id
//! that no text has, or an entry without one, means that the model counted otherwise, and no draft is believed. Where a
//! text is left out, what stands beside it is not believed either: it may hold both.

use serde::Deserialize;
use serde_json::Value;

use super::refusal;
use crate::model::{Lang, Usage};
use crate::translate::service::Http;
use crate::translate::{Batch, Draft, Error, Trouble};

/// A completion, of which there is one choice.
#[derive(Debug, Deserialize)]
pub(super) struct Completion {
    #[serde(default)]
    choices: Option<Vec<Choice>>,
    usage: Option<Tokens>,
    /// What gateways say instead, with the status of a success.
    pub(super) error: Option<Value>,
}

#[derive(Debug, Deserialize)]
struct Choice {
    message: Message,
    finish_reason: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Message {
    content: Option<Content>,
    refusal: Option<String>,
}

/// Most servers say it as a string, some as a list of parts.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Parts(Vec<Part>),
}

#[derive(Debug, Deserialize)]
struct Part {
    text: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Tokens {
    prompt_tokens: Option<u64>,
    completion_tokens: Option<u64>,
}

/// Bytes of a prompt for a token that no tokenizer reaches with texts: Arabic and Russian take up to 9, English up to 5.
const MOST_BYTES_OF_A_TOKEN: u64 = 12;

/// Whoever reads an answer to a batch.
pub(super) struct Reader<'b> {
    pub(super) http: &'b Http,
    pub(super) batch: &'b Batch,
    /// Bytes of the prompt as it was sent.
    pub(super) prompt: u64,
}

impl Completion {
    /// What was charged, where the server tells.
    pub(super) fn used(&self, batch: &Batch) -> Option<Usage> {
        let usage = self.usage.as_ref()?;
        let (input_tokens, output_tokens) = (usage.prompt_tokens?, usage.completion_tokens.unwrap_or_default());
        let characters = batch.texts.iter().map(|input| input.text.chars().count() as u64).sum();
        Some(Usage { requests: 1, characters, input_tokens, output_tokens })
    }
}

impl Reader<'_> {
    /// A draft for each text, or why there is none.
    ///
    /// # Errors
    /// When the answer as a whole is no use.
    pub(super) fn drafts(&self, completion: Completion) -> Result<Vec<Result<Draft, Error>>, Error> {
        self.check_prompt(&completion)?;
        let content = self.content(completion)?;
        let Some(entries) = entries(thoughtless(&content)) else { return Err(self.no_json(&content)) };
        let said = by_id(entries, self.batch.texts.len()).map_err(Error::bad_answer)?;
        let drafts = said.into_iter().zip(&self.batch.texts);
        Ok(drafts.map(|(said, input)| self.draft(&input.text, said)).collect())
    }

    /// Refuses what was said of a prompt that the server cut: its count of tokens is far below what the text can be.
    fn check_prompt(&self, completion: &Completion) -> Result<(), Error> {
        let counted = completion.usage.as_ref().and_then(|usage| usage.prompt_tokens).filter(|&tokens| tokens > 0);
        match counted {
            Some(tokens) if tokens * MOST_BYTES_OF_A_TOKEN < self.prompt => {
                let reason = format!(
                    "it read only {tokens} tokens of a prompt of {} bytes: give the model a larger context (Ollama: \
                     OLLAMA_CONTEXT_LENGTH), or lower `max_chars`",
                    self.prompt
                );
                Err(self.http.trouble(Trouble::TooLarge, reason))
            }
            _ => Ok(()),
        }
    }

    /// What the model said, once it said all of it.
    fn content(&self, completion: Completion) -> Result<String, Error> {
        let Some(Choice { message, finish_reason }) = completion.choices.into_iter().flatten().next() else {
            return Err(self.http.trouble(Trouble::Unreadable, "its answer has no choice"));
        };
        if let Some(refusal) = message.refusal.filter(|refusal| !refusal.trim().is_empty()) {
            return Err(self.declined(&refusal));
        }
        match finish_reason.as_deref() {
            Some("content_filter") => Err(self.http.trouble(Trouble::Declined, "its filter took the answer away")),
            Some("length") => Err(self.http.trouble(
                Trouble::TooLarge,
                "the answer broke off at the most tokens it may have: where the model thinks first, raise `thinking_tokens`",
            )),
            _ => Ok(message.content.map(Content::text).unwrap_or_default()),
        }
    }

    /// What an answer without translations means.
    fn no_json(&self, content: &str) -> Error {
        let content = thoughtless(content);
        if refusal::is_prose_of_one(content) {
            return self.declined(content);
        }
        match shortened(content) {
            said if said.is_empty() => Error::bad_answer("the answer is empty"),
            said => Error::bad_answer(format!("the answer holds no JSON with translations; it begins: {said}")),
        }
    }

    fn draft(&self, source: &str, said: Result<String, String>) -> Result<Draft, Error> {
        let text = said.map_err(Error::bad_answer)?;
        let lang: Lang = self.batch.pair.source;
        if refusal::declines(lang, source, &text) {
            Err(self.declined(&text))
        } else {
            Ok(Draft { text, alignment: None })
        }
    }

    fn declined(&self, said: &str) -> Error {
        self.http.trouble(Trouble::Declined, format!("the model declines: {}", shortened(said)))
    }
}

impl Content {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Parts(parts) => parts.into_iter().filter_map(|part| part.text).collect(),
        }
    }
}

/// The beginning of what was said, on one line.
fn shortened(said: &str) -> String {
    const MOST: usize = 120;
    let line: String = said.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST).collect();
    line.trim().to_owned()
}

/// An answer without what the model thought aloud before it, whose first mark its template may have swallowed.
fn thoughtless(content: &str) -> &str {
    const ENDS: &[&str] = &["</think>", "</thinking>", "</thought>", "</reasoning>"];
    let answer = content.trim();
    if answer.starts_with(['{', '[', '`']) {
        return answer;
    }
    let end = ENDS.iter().filter_map(|end| Some(answer.rfind(end)? + end.len())).max();
    answer[end.unwrap_or_default()..].trim()
}

/// The last list of translations in an answer: what stands before it may be a draft or a repetition of the task.
fn entries(answer: &str) -> Option<Vec<Value>> {
    /// Places where JSON may begin that are looked at, so that no answer takes long.
    const MOST: usize = 64;
    let (mut from, mut last) = (0, None);
    for _ in 0..MOST {
        let Some(at) = answer[from..].find(['{', '[']).map(|at| from + at) else { break };
        let mut values = serde_json::Deserializer::from_str(&answer[at..]).into_iter::<Value>();
        let found = values.next().and_then(Result::ok).and_then(list);
        from = at + if found.is_some() { values.byte_offset() } else { 1 };
        last = found.or(last);
    }
    last
}

/// The entries of what may be a list of translations.
fn list(value: Value) -> Option<Vec<Value>> {
    match value {
        Value::Object(mut object) => match object.remove("translations") {
            Some(Value::Array(entries)) => Some(entries),
            _ => None,
        },
        Value::Array(entries) if entries.iter().any(|entry| entry.get("id").is_some()) => Some(entries),
        _ => None,
    }
}

/// What is said for each of `texts` texts, in order, or why nothing is.
fn by_id(entries: Vec<Value>, texts: usize) -> Result<Vec<Result<String, String>>, String> {
    let mut said: Vec<Vec<Result<String, String>>> = vec![Vec::new(); texts];
    for mut entry in entries {
        let id = id(&entry).ok_or("the answer has a translation without an id")?;
        let place = usize::try_from(id).ok().and_then(|id| id.checked_sub(1)).and_then(|at| said.get_mut(at));
        let place = place.ok_or_else(|| format!("the answer has a translation with the id {id}, for {texts} texts"))?;
        place.push(match entry.get_mut("text").map(Value::take) {
            Some(Value::String(text)) => Ok(text),
            _ => Err(format!("the answer has no text with the id {id}")),
        });
    }
    let missing: Vec<bool> = said.iter().map(Vec::is_empty).collect();
    let doubtful = |at: usize| missing[at.saturating_sub(1)] || missing.get(at + 1).is_some_and(|&missing| missing);
    Ok(said.into_iter().enumerate().map(|(at, said)| only(at + 1, said, doubtful(at))).collect())
}

/// The id of an entry; some models write it as a string.
fn id(entry: &Value) -> Option<u64> {
    let id = entry.get("id")?;
    id.as_u64().or_else(|| id.as_str()?.trim().parse().ok())
}

/// The one thing that is said for an id.
fn only(id: usize, mut said: Vec<Result<String, String>>, doubtful: bool) -> Result<String, String> {
    said.dedup();
    match said.len() {
        0 => Err(format!("the answer leaves out the text with the id {id}")),
        1 if doubtful => Err(format!("the answer leaves out a text beside that with the id {id}, which may hold both")),
        1 => said.remove(0),
        several => Err(format!("the answer has {several} translations with the id {id}")),
    }
}
