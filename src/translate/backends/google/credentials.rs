//! Who asks: an access token that somebody else fetched, or a service account that fetches its own.
//!
//! A service account signs a claim with its key and changes it for a token that is good for an hour, as Google's "Using OAuth
//! 2.0 for Server to Server Applications" (HTTP/REST) and RFC 7523 have it. Laws: the key leaves the machine in no form; a
//! token is fetched once for all that ask at the same time, and again before it ends.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::StatusCode;
use reqwest::header::HeaderValue;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject;
use serde::Deserialize;
use serde_json::json;
use tokio::sync::Mutex;

use crate::translate::service::Http;
use crate::translate::{Error, Trouble};

/// What a token is asked for.
const SCOPE: &str = "https://www.googleapis.com/auth/cloud-translation";
/// How long before its end a token is no longer used: a request may take that long.
const MARGIN: Duration = Duration::from_mins(2);

/// Who asks.
pub(super) enum Credentials {
    /// Whoever fetched this token.
    Token(String),
    /// A service account.
    Account(Box<Account>),
}

/// A service account and the token that it has now.
pub(super) struct Account {
    http: Http,
    file: File,
    key: RsaKeyPair,
    token: Mutex<Option<(String, Instant)>>,
}

/// What is read of a service account's file.
#[derive(Deserialize)]
struct File {
    #[serde(default)]
    project_id: String,
    #[serde(default)]
    private_key_id: String,
    private_key: String,
    client_email: String,
    token_uri: String,
}

#[derive(Deserialize)]
struct Token {
    access_token: String,
    expires_in: u64,
}

impl Credentials {
    /// The service account of a file, which fetches tokens with a client like `http`; and the project that the file names.
    ///
    /// # Errors
    /// When the file cannot be read or is none of a service account.
    pub(super) fn account(name: &str, http: &Http, path: &Path) -> Result<(Self, String), Error> {
        let text = std::fs::read_to_string(path).map_err(|error| Error::file(path, &error))?;
        let (file, key) = read(&text).map_err(|what| Error::Config {
            name: name.to_owned(),
            message: format!("{}: {what}; it is to be the JSON file of a service account's key", path.display()),
            span: None,
        })?;
        let (http, project) = (http.at(name, &file.token_uri)?.reading(reads), file.project_id.clone());
        let account = Account { http, file, key, token: Mutex::default() };
        Ok((Self::Account(Box::new(account)), project))
    }

    /// The token to ask with.
    ///
    /// # Errors
    /// When none is given.
    pub(super) async fn token(&self) -> Result<String, Error> {
        match self {
            Self::Token(token) => Ok(token.clone()),
            Self::Account(account) => account.token().await,
        }
    }

    /// A header with a token.
    ///
    /// # Errors
    /// When the token holds what no header can.
    pub(super) fn bearer(name: &str, token: &str) -> Result<HeaderValue, Error> {
        Http::sensitive(name, &format!("Bearer {token}"))
    }
}

/// Reads a file with its key, or says what is wrong with it; what it holds is not repeated.
fn read(text: &str) -> Result<(File, RsaKeyPair), &'static str> {
    let mut file: File = serde_json::from_str(text).map_err(|_| "it lacks what such a file holds")?;
    let pem = std::mem::take(&mut file.private_key);
    let der = PrivatePkcs8KeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| "its `private_key` is no PKCS #8 key")?;
    let key = RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).map_err(|_| "its `private_key` is no RSA key")?;
    Ok((file, key))
}

impl Account {
    /// The token that is good now, fetched where there is none.
    async fn token(&self) -> Result<String, Error> {
        let mut held = self.token.lock().await;
        if let Some((token, until)) = &*held
            && Instant::now() < *until
        {
            return Ok(token.clone());
        }
        let assertion = self.assertion()?;
        let form = [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", &assertion)];
        let Token { access_token, expires_in } = self.http.json(self.http.post("").form(&form)).await?;
        let good = Duration::from_secs(expires_in.min(86_400)).saturating_sub(MARGIN);
        *held = Some((access_token.clone(), Instant::now() + good));
        Ok(access_token)
    }

    /// The claim to a token, signed (RFC 7515, RS256).
    fn assertion(&self) -> Result<String, Error> {
        let File { private_key_id, client_email, token_uri, .. } = &self.file;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let header = json!({ "alg": "RS256", "typ": "JWT", "kid": private_key_id });
        let claims = json!({ "iss": client_email, "scope": SCOPE, "aud": token_uri, "iat": now, "exp": now + 3600 });
        let part = |json: &serde_json::Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let signed = format!("{}.{}", part(&header), part(&claims));
        let mut signature = vec![0; self.key.public().modulus_len()];
        let made = self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature);
        made.map_err(|_| self.http.trouble(Trouble::Auth, "the service account's key does not sign"))?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// What a refused claim means: OAuth says 400 for a wrong key, a wrong account and a wrong clock (RFC 6749, 5.2).
fn reads(status: StatusCode, body: &str) -> Option<(Trouble, String)> {
    #[derive(Deserialize)]
    struct Refusal {
        error: String,
        #[serde(default)]
        error_description: String,
    }
    let Refusal { error, error_description } = serde_json::from_str(body).ok()?;
    let said = crate::translate::service::message(&format!("{error}: {error_description}"));
    matches!(status.as_u16(), 400 | 401 | 403).then_some((Trouble::Auth, said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(text: &str, wanted: &str) {
        assert_eq!(read(text).err(), Some(wanted));
    }

    #[test]
    fn what_is_no_service_account_is_refused() {
        refused("{}", "it lacks what such a file holds");
        let file = |key: &str| {
            json!({ "private_key": key, "client_email": "a@b.example", "token_uri": "https://c.example" }).to_string()
        };
        refused(&file("secret"), "its `private_key` is no PKCS #8 key");
        let empty = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        refused(&file(empty), "its `private_key` is no RSA key");
    }

    #[test]
    fn a_refused_claim_is_one_of_who_asks() {
        let refusal = r#"{"error": "invalid_grant", "error_description": "Invalid JWT Signature."}"#;
        let said = "invalid_grant: Invalid JWT Signature.".to_owned();
        assert_eq!(reads(StatusCode::BAD_REQUEST, refusal), Some((Trouble::Auth, said)));
        assert_eq!(reads(StatusCode::SERVICE_UNAVAILABLE, refusal), None);
    }
}
