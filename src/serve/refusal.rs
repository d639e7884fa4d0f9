//! Why a request is not answered by a translation, in LibreTranslate's words where it has some.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::model::{Failed, Failure};

/// An answer that is no success: `{"error": ".."}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    /// The request is wrong.
    pub(super) fn request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// A field is missing or empty.
    pub(super) fn missing(name: &str) -> Self {
        Self::request(format!("Invalid request: missing {name} parameter"))
    }

    /// A text is too long, or a list of them.
    pub(super) fn too_much(size: usize, limit: usize) -> Self {
        Self::request(format!("Invalid request: request ({size}) exceeds text limit ({limit})"))
    }

    /// A language is unknown here.
    pub(super) fn unsupported(code: &str) -> Self {
        let code: String = code.chars().filter(|c| !c.is_control()).take(40).collect();
        Self::request(format!("{code} is not supported"))
    }

    /// More wait than can be answered soon.
    pub(super) fn slow_down() -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "Slowdown: too many requests are waiting; ask again in a second")
    }

    /// A text could not be translated. Backends that cannot be used now may be later; a text that was translated wrongly is
    /// told in words of its own, so that whoever sent several may send them one by one.
    pub(super) fn failed(failed: &Failed) -> Self {
        let status = match failed.kind {
            Failure::NoRoute => StatusCode::BAD_REQUEST,
            Failure::BadAnswer | Failure::TooLong => StatusCode::INTERNAL_SERVER_ERROR,
            Failure::Unavailable | Failure::Backend | Failure::Halted => StatusCode::SERVICE_UNAVAILABLE,
        };
        Self::new(status, format!("Cannot translate text: {failed}"))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(json!({ "error": self.message }))).into_response();
        if self.status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(RETRY_AFTER, 1.into());
        }
        response
    }
}
