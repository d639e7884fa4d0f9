//! What Azure Translator means by the number of an error: six digits, the HTTP status and three more.

use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use crate::translate::Trouble;
use crate::translate::service::message;

/// Numbers of errors, what they mean, and what to do; what is not here is as the HTTP status says.
const CODES: &[(u32, Trouble, &str)] = &[
    (400_002, Trouble::Settings, "; look at `deployment`"),
    (400_003, Trouble::Pair, CODE),
    (400_018, Trouble::Pair, CODE),
    (400_019, Trouble::Pair, CODE),
    (400_021, Trouble::Settings, "; look at `api`"),
    (400_023, Trouble::Pair, CODE),
    (400_035, Trouble::Pair, CODE),
    (400_036, Trouble::Pair, CODE),
    (400_042, Trouble::Settings, ""),
    (400_050, Trouble::TooLarge, ""),
    (400_072, Trouble::TooLarge, ""),
    (400_075, Trouble::Settings, "; look at `deployment`"),
    (400_077, Trouble::TooLarge, ""),
    (400_079, Trouble::Settings, "; look at `deployment`"),
    (403_001, Trouble::Quota, ""),
    (408_001, Trouble::Overloaded, ""),
    (429_000, Trouble::Limited, ""),
    (429_001, Trouble::Limited, ""),
    (429_002, Trouble::Limited, ""),
];
const CODE: &str = "; a code of your own can be given with `codes` in its table";

#[derive(Deserialize)]
struct Body {
    error: Fault,
}

#[derive(Deserialize)]
struct Fault {
    /// A number in the documents, text in the library.
    code: Value,
}

/// What an answer without success means. The gateway before the service has no such numbers; where it says 403 for want of
/// quota, its message tells.
pub(super) fn reads(status: StatusCode, body: &str) -> Option<(Trouble, String)> {
    let Body { error: Fault { code } } = serde_json::from_str(body).ok()?;
    let said = message(body);
    let number: Option<u32> = match &code {
        Value::Number(number) => number.as_u64().and_then(|number| number.try_into().ok()),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    let known = CODES.iter().find(|(own, ..)| Some(*own) == number);
    if let Some((code, trouble, advice)) = known {
        return Some((*trouble, format!("{code} {said}{advice}")));
    }
    let is_quota = status == StatusCode::FORBIDDEN && said.to_lowercase().contains("quota");
    is_quota.then_some((Trouble::Quota, said))
}
