//! TLS: a connection that cannot be trusted is none, and nothing is sent over it.

use crate::desk::Desk;
use crate::server::Server;
use crate::tls::Certificate;

/// Nothing is sent, and everything is left to a run that can.
#[track_caller]
fn is_not_trusted(desk: &Desk, word: &str) {
    desk.run().exits(4).asked(0).unfinished(2).tells(&[word]);
}

/// A server behind TLS, and a program that trusts whoever signed its certificate.
fn trusted(certificate: &Certificate) -> Desk {
    let desk = Desk::new(Server::secure(certificate)).articles(2);
    desk.file("authority.pem", certificate.pem().as_bytes());
    let authority = desk.path("authority.pem").to_string_lossy().into_owned();
    desk.environment("SSL_CERT_FILE", &authority)
}

#[test]
fn a_certificate_of_an_authority_that_is_trusted_is_good() {
    trusted(&Certificate::sound()).run().exits(0).asked(2).whole();
}

#[test]
fn a_certificate_that_nobody_signed() {
    is_not_trusted(&Desk::new(Server::secure(&Certificate::sound())).articles(2), "certificate");
}

#[test]
fn a_certificate_of_another_host() {
    is_not_trusted(&trusted(&Certificate::of("elsewhere.example")), "certificate");
}

#[test]
fn a_certificate_that_has_expired() {
    is_not_trusted(&trusted(&Certificate::expired()), "certificate");
}

#[test]
fn a_server_that_does_not_encrypt() {
    let desk = Desk::new(Server::well()).articles(2);
    let url = desk.servers[0].url().replace("http:", "https:");
    is_not_trusted(&desk.set("url", url), "one");
}
