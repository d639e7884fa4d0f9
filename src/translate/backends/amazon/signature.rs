//! Signs requests with Signature Version 4, by the crate `aws-sigv4`, which Amazon's own SDK uses.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use reqwest::header::{HeaderName, HeaderValue};

use super::Options;
use crate::translate::{Error, Setup};

/// The service as signatures name it.
const SERVICE: &str = "translate";

/// The keys of an account, for one region and address. Its `Debug` shows no secret.
#[derive(Debug)]
pub(super) struct Signer {
    credentials: Credentials,
    region: String,
    address: String,
}

impl Signer {
    /// A signer with the keys that the settings name, and the secret one.
    ///
    /// # Errors
    /// When a variable that is needed is not set.
    pub(super) fn new(
        setup: &Setup<'_>,
        options: &Options,
        region: String,
        address: &str,
    ) -> Result<(Self, String), Error> {
        const ID: &str = "AWS_ACCESS_KEY_ID";
        const TOKEN: &str = "AWS_SESSION_TOKEN";
        let name = &setup.name;
        let id = setup.access.secret(name, ("access_key_env", Some(&options.access_key_env)), ID, true)?;
        let key = setup.access.key(name, "AWS_SECRET_ACCESS_KEY", true)?.unwrap_or_default();
        // The usual variable may be unset, another one is there for a reason.
        let own = Some(options.session_token_env.as_str()).filter(|own| *own != TOKEN);
        let token = setup.access.secret(name, ("session_token_env", own), TOKEN, false)?;
        let credentials = Credentials::new(id.unwrap_or_default(), key.clone(), token, None, "chancery");
        Ok((Self { credentials, region, address: format!("{address}/") }, key))
    }

    /// The headers that a POST of `body` with `headers` needs besides them.
    ///
    /// # Errors
    /// When a header holds what none can.
    pub(super) fn sign(
        &self,
        headers: &[(HeaderName, &str)],
        body: &[u8],
    ) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
        let identity = self.credentials.clone().into();
        let params = SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(SERVICE)
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| error.to_string())?
            .into();
        let headers = headers.iter().map(|(name, value)| (name.as_str(), *value));
        let request = SignableRequest::new("POST", self.address.as_str(), headers, SignableBody::Bytes(body))
            .map_err(|error| error.to_string())?;
        let (signed, _) = sign(request, &params).map_err(|error| error.to_string())?.into_parts();
        let header = |(name, value): (&str, &str)| {
            let mut value = HeaderValue::from_str(value).map_err(|error| error.to_string())?;
            value.set_sensitive(true);
            let name: HeaderName = name.parse().map_err(|error| format!("{error}"))?;
            Ok((name, value))
        };
        signed.headers().map(header).collect()
    }
}
