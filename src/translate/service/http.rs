//! Asks a service over HTTP: one request, one whole answer or the trouble with it.
//!
//! Laws: what is answered is whole, of the type that was asked for, UTF-8, and no larger than an answer can be; text and key
//! go to the address that was configured and nowhere else; no error repeats the key.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, StatusCode, Url};
use serde::de::DeserializeOwned;

use crate::translate::{Error, Setup, Trouble, net};

/// A client for one service.
#[derive(Debug, Clone)]
pub(crate) struct Http {
    client: Client,
    host: String,
    address: String,
    secret: Option<String>,
    /// What the service means by an answer that is no success, where that is not what everybody means.
    reads: fn(StatusCode, &str) -> Option<(Trouble, String)>,
}

/// A whole answer.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    http: Http,
}

/// The largest answer, in bytes: translations of a batch are far below.
const MOST_BYTES: usize = 4 << 20;
/// Characters of what a service says that are repeated.
const MOST_SAID: usize = 200;

impl Http {
    /// A client for the service at `address`, which keeps `secret` out of every error.
    ///
    /// # Errors
    /// When the system's settings for the network cannot be used.
    pub(crate) fn new(setup: &Setup<'_>, address: &str, secret: Option<&str>) -> Result<Self, Error> {
        let wrong = |message: String| Error::Config { name: setup.name.clone(), message, span: None };
        let seconds = if setup.timeout_s > 0.0 { setup.timeout_s } else { 60.0 };
        let client = net::client()
            .timeout(Duration::from_secs_f64(seconds))
            .pool_idle_timeout(Duration::from_secs(30))
            .redirect(Policy::none())
            .build()
            .map_err(|error| wrong(net::causes(error)))?;
        let (host, address) = (host(&setup.name, address)?, address.to_owned());
        let secret = secret.map(str::to_owned);
        Ok(Self { client, host, address, secret, reads: |_, _| None })
    }

    /// The same client, which understands answers without success as `reads` does, where that says anything.
    pub(crate) fn reading(self, reads: fn(StatusCode, &str) -> Option<(Trouble, String)>) -> Self {
        Self { reads, ..self }
    }

    /// The address that is asked.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The same client for another address, which knows neither the secret of this one nor what its answers mean.
    ///
    /// # Errors
    /// When it is no address.
    pub(crate) fn at(&self, name: &str, address: &str) -> Result<Self, Error> {
        let (client, host, address) = (self.client.clone(), host(name, address)?, address.to_owned());
        Ok(Self { client, host, address, secret: None, reads: |_, _| None })
    }

    /// The same client, which keeps another secret out of every error.
    pub(crate) fn keeping(self, secret: String) -> Self {
        Self { secret: Some(secret), ..self }
    }

    /// A request to `path` of the service.
    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.address))
    }

    /// A request for `path` of the service.
    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.address))
    }

    /// A request to delete `path` of the service.
    pub(crate) fn delete(&self, path: &str) -> RequestBuilder {
        self.client.delete(format!("{}{path}", self.address))
    }

    /// The client itself, for other methods and addresses.
    #[expect(dead_code, reason = "services that need it come next")]
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// A header value that no log shows.
    ///
    /// # Errors
    /// When it holds what no header can.
    pub(crate) fn sensitive(name: &str, value: &str) -> Result<HeaderValue, Error> {
        let mut value = HeaderValue::from_str(value).map_err(|_| Error::Config {
            name: name.to_owned(),
            message: "the key holds characters that no key has: look at the environment variable".to_owned(),
            span: None,
        })?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// Sends a request and reads the answer.
    ///
    /// # Errors
    /// When there is no whole answer, or it is no success.
    pub(crate) async fn send(&self, request: RequestBuilder) -> Result<Reply, Error> {
        let response = request.send().await.map_err(|error| self.broken(error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let text = match self.body(response).await {
            Ok(text) => text,
            // What it answers matters less than that it is no success.
            Err(_) if !status.is_success() => String::new(),
            Err(error) => return Err(error),
        };
        if status.is_success() {
            return Ok(Reply { headers, text, http: self.clone() });
        }
        // Before anything is cut off it, which might leave half a key.
        Err(self.refusal(status, &headers, &self.redacted(text)))
    }

    /// Sends a request and reads the JSON of the answer.
    ///
    /// # Errors
    /// When there is no whole answer, it is no success, or not the JSON that is documented.
    pub(crate) async fn json<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Error> {
        self.send(request).await?.json()
    }

    async fn body(&self, mut response: reqwest::Response) -> Result<String, Error> {
        let oversize = || self.trouble(Trouble::Oversize, format!("the answer is larger than {} MB", MOST_BYTES >> 20));
        if response.content_length().is_some_and(|length| length > MOST_BYTES as u64) {
            return Err(oversize());
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.broken(error))? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > MOST_BYTES {
                return Err(oversize());
            }
        }
        String::from_utf8(bytes).map_err(|_| self.trouble(Trouble::Unreadable, "the answer is not UTF-8"))
    }

    /// What went wrong where there is no whole answer.
    fn broken(&self, error: reqwest::Error) -> Error {
        let (timeout, connect, builder) = (error.is_timeout(), error.is_connect(), error.is_builder());
        let insecure = net::sources(&error).any(<dyn std::error::Error>::is::<rustls::Error>);
        let reason = net::causes(error);
        let (trouble, advice) = match () {
            () if insecure => (Trouble::Insecure, "; the connection cannot be trusted, and nothing was sent"),
            () if timeout => (Trouble::Timeout, "; `timeout_s` says how long it is waited for"),
            () if connect => (Trouble::Unreachable, "; look at `url`, the network and the proxy"),
            () if builder => (Trouble::Refused, ""),
            () => (Trouble::Cut, ""),
        };
        self.trouble(trouble, format!("{reason}{advice}"))
    }

    /// What an answer without success means.
    pub(crate) fn refusal(&self, status: StatusCode, headers: &HeaderMap, body: &str) -> Error {
        let (trouble, said) = (self.reads)(status, body).unwrap_or_else(|| (usual(status), message(body)));
        let advice = match trouble {
            Trouble::Auth if status == StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
                "; the proxy wants a user and a password"
            }
            Trouble::Auth => "; look at the key",
            Trouble::Quota => "; what was paid for is used up: run again when there is more",
            Trouble::Address if status.is_redirection() => "; nothing is sent there: put the final address in `url`",
            Trouble::Address => "; look at `url`",
            _ => "",
        };
        let location = headers.get(LOCATION).and_then(|it| it.to_str().ok()).and_then(|it| Url::parse(it).ok());
        let leads = location.and_then(|url| url.host_str().map(|host| format!(" to {host}"))).unwrap_or_default();
        let said = if said.is_empty() { String::new() } else { format!(": {said}") };
        let error = self.trouble(trouble, format!("it answers {status}{leads}{said}{advice}"));
        match error {
            Error::Service { service, trouble, reason, .. } => {
                Error::Service { service, trouble, reason, after: net::retry_after(headers) }
            }
            other => other,
        }
    }

    /// An error of this service.
    pub(crate) fn trouble(&self, trouble: Trouble, reason: impl Into<String>) -> Error {
        Error::Service { service: self.host.clone(), trouble, reason: self.redacted(reason.into()), after: None }
    }

    /// The text without the key.
    fn redacted(&self, text: String) -> String {
        match &self.secret {
            Some(secret) => text.replace(secret.as_str(), "***"),
            None => text,
        }
    }
}

impl Reply {
    /// The JSON of the answer.
    ///
    /// # Errors
    /// When it is another type, no JSON, or not what is documented.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let unreadable = |reason: String| self.http.trouble(Trouble::Unreadable, reason);
        let kind = self.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.contains("html") || self.text.trim_start().starts_with('<') {
            return Err(unreadable("it answers with a web page instead of JSON".to_owned()));
        }
        serde_json::from_str(&self.text).map_err(|error| {
            // It repeats what it found, which may be all of the answer.
            let found: String = self.http.redacted(error.to_string()).chars().take(MOST_SAID).collect();
            unreadable(format!("its answer is not what is documented: {found}"))
        })
    }
}

/// Who is at an address, as errors call it.
fn host(name: &str, address: &str) -> Result<String, Error> {
    let url = Url::parse(address).map_err(|error| Error::Config {
        name: name.to_owned(),
        message: format!("`{address}` is no address: {error}"),
        span: None,
    })?;
    Ok(match (url.host_str(), url.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (host, _) => host.unwrap_or_default().to_owned(),
    })
}

/// What most services mean by a status.
fn usual(status: StatusCode) -> Trouble {
    match status.as_u16() {
        300..=399 | 404 | 405 => Trouble::Address,
        401 | 403 | 407 => Trouble::Auth,
        402 | 456 => Trouble::Quota,
        408 | 500..=599 => Trouble::Overloaded,
        413 | 414 => Trouble::TooLarge,
        425 | 429 => Trouble::Limited,
        _ => Trouble::Refused,
    }
}

/// What an answer says of itself: the message in its JSON, else its beginning; on one line.
pub(crate) fn message(body: &str) -> String {
    let told = serde_json::from_str(body).ok().and_then(|json| told(&json));
    let is_page = body.trim_start().starts_with('<');
    let text = told.unwrap_or_else(|| if is_page { String::new() } else { body.to_owned() });
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.trim().chars().take(MOST_SAID).collect()
}

/// The message in the JSON of an error, where the usual keys lead to one.
fn told(json: &serde_json::Value) -> Option<String> {
    const KEYS: &[&str] = &["error", "message", "detail", "details", "explanation", "responseDetails", "Message"];
    match json {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Object(map) => KEYS.iter().find_map(|key| told(map.get(*key)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
