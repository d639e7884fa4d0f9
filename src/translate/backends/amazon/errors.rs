//! What Amazon Translate means by the name of an error, of its own and of those that all of Amazon's services have.
//!
//! Documented in the API model of the service and in "Common errors" of its reference; what is throttling is as botocore
//! 1.44 has it (`retries`).

use reqwest::StatusCode;
use serde::Deserialize;

use crate::translate::Trouble;
use crate::translate::service::message;

/// Names of errors, without `Exception` and `Error` at their ends, and what they mean.
const NAMES: &[(&str, Trouble)] = &[
    ("Throttling", Trouble::Limited),
    ("Throttled", Trouble::Limited),
    ("RequestThrottled", Trouble::Limited),
    ("TooManyRequests", Trouble::Limited),
    ("RequestLimitExceeded", Trouble::Limited),
    ("LimitExceeded", Trouble::Limited),
    ("SlowDown", Trouble::Limited),
    ("ServiceQuotaExceeded", Trouble::Quota),
    ("TextSizeLimitExceeded", Trouble::TooLarge),
    ("RequestEntityTooLarge", Trouble::TooLarge),
    ("UnsupportedLanguagePair", Trouble::Pair),
    ("ResourceNotFound", Trouble::Settings),
    ("InvalidRequest", Trouble::Refused),
    ("InvalidParameterValue", Trouble::Refused),
    ("Validation", Trouble::Refused),
    ("Serialization", Trouble::Refused),
    ("ServiceUnavailable", Trouble::Overloaded),
    ("InternalServer", Trouble::Overloaded),
    ("InternalFailure", Trouble::Overloaded),
    ("RequestTimeout", Trouble::Overloaded),
    ("AccessDenied", Trouble::Auth),
    ("UnrecognizedClient", Trouble::Auth),
    ("InvalidSignature", Trouble::Auth),
    ("SignatureDoesNotMatch", Trouble::Auth),
    ("IncompleteSignature", Trouble::Auth),
    ("InvalidClientTokenId", Trouble::Auth),
    ("MissingAuthenticationToken", Trouble::Auth),
    ("ExpiredToken", Trouble::Auth),
    ("RequestExpired", Trouble::Auth),
    ("NotAuthorized", Trouble::Auth),
    ("OptInRequired", Trouble::Auth),
    ("SubscriptionRequired", Trouble::Auth),
    ("UnknownOperation", Trouble::Address),
];

#[derive(Deserialize)]
struct Body {
    #[serde(rename = "__type")]
    name: String,
}

/// What an answer without success means, by the name of the error, which stands after the name space.
pub(super) fn reads(_: StatusCode, body: &str) -> Option<(Trouble, String)> {
    let Body { name } = serde_json::from_str(body).ok()?;
    let name = name.rsplit('#').next().unwrap_or_default();
    let short = name.strip_suffix("Exception").or_else(|| name.strip_suffix("Error")).unwrap_or(name);
    let (_, trouble) = *NAMES.iter().find(|(own, _)| *own == short)?;
    let said = message(body);
    let colon = if said.is_empty() { "" } else { ": " };
    Some((trouble, format!("{name}{colon}{said}{}", advice(short, trouble, &said))))
}

/// What to do, where the error alone does not say it.
fn advice(name: &str, trouble: Trouble, said: &str) -> &'static str {
    let late = name == "RequestExpired" || said.contains("Signature expired") || said.contains("not yet current");
    match trouble {
        Trouble::Auth if late => "; look at the clock of this machine",
        Trouble::Auth if name == "ExpiredToken" => "; the session token is out of date: get a new one",
        Trouble::Settings => "; `terminology` names one of the account's in this region",
        Trouble::Pair => "; a code of your own can be given with `codes` in its table",
        _ => "",
    }
}
