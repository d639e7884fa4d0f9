//! The server's side of TLS, with certificates that are made for the case.

use std::net::TcpStream;
use std::sync::Arc;

use rcgen::{CertificateParams, CertifiedKey, KeyPair, date_time_ymd};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A certificate that has signed itself, with its key.
pub(crate) struct Certificate(CertifiedKey<KeyPair>);

impl Certificate {
    /// One of this machine that holds for long.
    pub(crate) fn sound() -> Self {
        Self::of("127.0.0.1")
    }

    /// One of another host.
    pub(crate) fn of(host: &str) -> Self {
        Self::signed(&CertificateParams::new([host.to_owned()]).expect("a name"))
    }

    /// One of this machine that has gone by.
    pub(crate) fn expired() -> Self {
        let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).expect("a name");
        (params.not_before, params.not_after) = (date_time_ymd(2015, 10, 21), date_time_ymd(2016, 10, 21));
        Self::signed(&params)
    }

    fn signed(params: &CertificateParams) -> Self {
        let signing_key = KeyPair::generate().expect("a key");
        let cert = params.self_signed(&signing_key).expect("a certificate");
        Self(CertifiedKey { cert, signing_key })
    }

    /// The certificate as files hold it.
    pub(crate) fn pem(&self) -> String {
        self.0.cert.pem()
    }

    /// What a server shows.
    pub(crate) fn config(&self) -> Arc<ServerConfig> {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.0.signing_key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("protocols")
            .with_no_client_auth()
            .with_single_cert(vec![self.0.cert.der().clone()], key);
        Arc::new(config.expect("a key that fits"))
    }
}

/// Encrypts a connection; the handshake takes place with the first byte that is read.
pub(crate) fn accept(stream: TcpStream, config: &Arc<ServerConfig>) -> StreamOwned<ServerConnection, TcpStream> {
    StreamOwned::new(ServerConnection::new(Arc::clone(config)).expect("settings"), stream)
}
