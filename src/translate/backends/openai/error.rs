//! What servers of this interface mean by an answer that is no success.
//!
//! Errors are `{"error": {"message", "type", "code", "param"}}` with OpenAI, Ollama and newer vLLM, the same without `param`
//! and with a number as `code` with llama.cpp, and `{"object": "error", "message", "type", "code"}` with older vLLM. What
//! they mean is told by words of all of these together, since servers differ in which they fill in. OpenAI's codes are those
//! of its error guide in 2026, Ollama's words those of its `openai` and `server` packages at 0.13 and later.

use reqwest::StatusCode;

use crate::translate::Trouble;
use crate::translate::service::message;

/// Words of an error, what they mean, and what to do. The first that are found count.
const MEANINGS: &[(&[&str], Trouble, &str)] = &[
    (
        &["insufficient_quota", "credit_balance_exhausted", "spend_limit_exceeded", "usage_limit_exceeded"],
        Trouble::Quota,
        "",
    ),
    (&["billing_hard_limit_reached", "billing_not_active", "exceeded your current quota"], Trouble::Quota, ""),
    (&["context_length_exceeded", "exceed_context_size_error", "maximum context length"], Trouble::TooLarge, ""),
    (&["available context size", "exceeds the context", "max_tokens must be at least 1"], Trouble::TooLarge, ""),
    // A limit of tokens a minute that one request exceeds by itself: waiting does not help.
    (&["request too large"], Trouble::TooLarge, ""),
    (&["content_filter", "content_policy_violation", "content management policy"], Trouble::Declined, ""),
    (&["unsupported_parameter", "unsupported_value", "unknown_parameter"], Trouble::Settings, SETTING),
    (&["unrecognized request argument", "extra inputs are not permitted"], Trouble::Settings, SETTING),
    (&["response_format"], Trouble::Settings, FORMAT),
    (&["requires more system memory"], Trouble::Settings, "take a smaller model"),
    (&["model_not_found"], Trouble::Settings, MODEL),
];

const SETTING: &str = "name what it does not take in `leave_out`, or set it in `extra`";
const FORMAT: &str = "ask for another `format`: \"json_object\" or \"text\"";
const MODEL: &str = "look at `model`";

/// What an answer without success means, where that is not what its status says.
pub(super) fn reads(status: StatusCode, body: &str) -> Option<(Trouble, String)> {
    let (words, said) = (body.to_lowercase(), message(body));
    let told = |advice: &str| if advice.is_empty() { said.clone() } else { format!("{said}; {advice}") };
    if let Some((_, trouble, advice)) = MEANINGS.iter().find(|(any, ..)| any.iter().any(|it| words.contains(it))) {
        return Some((*trouble, told(advice)));
    }
    let lacks_model = words.contains("model") && (words.contains("not found") || words.contains("does not exist"));
    match status {
        StatusCode::NOT_FOUND if lacks_model => Some((Trouble::Settings, told(&pull(&said)))),
        StatusCode::NOT_FOUND => Some((Trouble::Address, told("the address usually ends with /v1"))),
        _ => None,
    }
}

/// How to come by a model that Ollama says it has not: `model "llama3" not found, try pulling it first`.
fn pull(said: &str) -> String {
    let quoted = said.strip_prefix("model ").and_then(|rest| rest.split(['\'', '"']).nth(1));
    quoted.map_or_else(|| MODEL.to_owned(), |model| format!("fetch it with `ollama pull {model}`, or {MODEL}"))
}
