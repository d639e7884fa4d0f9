//! What a request says: JSON or a form, read whole and no further than it may be long.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use serde_json::Value;

use super::refusal::Refusal;

/// The fields of a request.
pub(super) struct Fields(BTreeMap<String, Value>);

/// One text or several; the answer has the same shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Texts {
    pub(super) texts: Vec<String>,
    pub(super) is_list: bool,
}

/// The longest body, in bytes.
const MOST_BYTES: usize = 8 << 20;
/// How long a body may be on its way.
const PATIENCE: Duration = Duration::from_secs(30);

impl Fields {
    /// Reads the body of `request`.
    pub(super) async fn read(request: Request<Body>) -> Result<Self, Refusal> {
        let (head, body) = request.into_parts();
        let kind = head.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let late = |_| Refusal::new(StatusCode::REQUEST_TIMEOUT, "the request did not arrive in time");
        let bytes = tokio::time::timeout(PATIENCE, to_bytes(body, MOST_BYTES)).await.map_err(late)?;
        let large = |_| {
            let message = format!("the request broke off or is larger than {} MB", MOST_BYTES >> 20);
            Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, message)
        };
        let bytes = bytes.map_err(large)?;
        if kind == "application/json" || kind.ends_with("+json") {
            let fields = serde_json::from_slice(&bytes).map_err(|_| Refusal::request("Invalid JSON format"))?;
            return Ok(Self(fields));
        }
        if kind == "application/x-www-form-urlencoded" {
            let pairs = form_urlencoded::parse(&bytes);
            return Ok(Self(pairs.map(|(name, value)| (name.into_owned(), value.into_owned().into())).collect()));
        }
        let message = "send application/json or application/x-www-form-urlencoded";
        Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message))
    }

    /// A field of text, which must be there.
    pub(super) fn text(&self, name: &str) -> Result<&str, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Err(Refusal::missing(name)),
            Some(Value::String(text)) if text.is_empty() => Err(Refusal::missing(name)),
            Some(Value::String(text)) => Ok(text),
            Some(_) => Err(Refusal::request(format!("Invalid request: {name} parameter is not a text"))),
        }
    }

    /// A field of text, where it is there.
    pub(super) fn optional(&self, name: &str) -> Option<&str> {
        self.text(name).ok()
    }

    /// The texts to be worked on: `q`.
    pub(super) fn texts(&self) -> Result<Texts, Refusal> {
        let Some(Value::Array(list)) = self.0.get("q") else {
            return Ok(Texts { texts: vec![self.text("q")?.to_owned()], is_list: false });
        };
        if list.is_empty() {
            return Err(Refusal::missing("q"));
        }
        let texts: Option<Vec<String>> = list.iter().map(|text| text.as_str().map(str::to_owned)).collect();
        let wrong = || Refusal::request("Invalid request: q parameter is not a text or a list of texts");
        Ok(Texts { texts: texts.ok_or_else(wrong)?, is_list: true })
    }

    /// How many alternatives are wanted.
    pub(super) fn alternatives(&self) -> Result<i64, Refusal> {
        let wrong = || Refusal::request("Invalid request: alternatives parameter is not a number");
        match self.0.get("alternatives") {
            None | Some(Value::Null) => Ok(0),
            Some(Value::String(text)) => text.trim().parse().map_err(|_| wrong()),
            Some(value) => value.as_i64().ok_or_else(wrong),
        }
    }
}
