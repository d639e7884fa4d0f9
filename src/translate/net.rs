//! What everything that asks over the network shares: a client, what went wrong, how long to wait.

use std::error::Error;
use std::time::{Duration, SystemTime};

use reqwest::ClientBuilder;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// A client that speaks TLS with the pure `ring` provider, trusts what the system trusts, goes through the system's
/// proxies, and gives a connection 10 seconds to come about.
pub(crate) fn client() -> ClientBuilder {
    // An earlier caller may have chosen a provider; then that one serves.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(10))
        .user_agent(concat!("chancery/", env!("CARGO_PKG_VERSION")))
}

/// What went wrong with all its causes, without the address, which may hold what is nobody's business.
pub(crate) fn causes(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut reason = error.to_string();
    for cause in sources(&error) {
        let cause = cause.to_string();
        if !reason.ends_with(&cause) {
            reason = format!("{reason}: {cause}");
        }
    }
    reason
}

/// The causes of an error, nearest first. What an input or output error holds is its cause too.
pub(crate) fn sources<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(error.source(), |&error| {
        let held = error.downcast_ref::<std::io::Error>().and_then(|error| error.get_ref());
        held.map(|held| held as &(dyn Error + 'static)).or_else(|| error.source())
    })
}

/// How long a server asks to wait, in seconds or as a date (RFC 9110, 10.2.3); `retry-after-ms` goes before it. A date is
/// held against the server's own `Date` where it sends one, since its clock or ours may be wrong.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let header = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(milliseconds) = header("retry-after-ms").and_then(|said| said.parse().ok()) {
        return Some(Duration::from_millis(milliseconds));
    }
    let said = header(RETRY_AFTER.as_str())?;
    if let Ok(seconds) = said.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(said).ok()?;
    let now = header(DATE.as_str()).and_then(|date| httpdate::parse_http_date(date).ok());
    Some(until.duration_since(now.unwrap_or_else(SystemTime::now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[track_caller]
    fn waits(name: &'static str, value: &str, least: u64, most: u64) {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_str(value).expect("a value"));
        let wait = retry_after(&headers).expect("a wait");
        assert!((least..=most).contains(&wait.as_secs()), "{wait:?}");
    }

    #[test]
    fn seconds_and_dates_are_understood() {
        waits("retry-after", "7", 7, 7);
        waits("retry-after", " 86400 ", 86_400, 86_400);
        waits("retry-after-ms", "2500", 2, 2);
        let soon = SystemTime::now() + Duration::from_secs(90);
        waits("retry-after", &httpdate::fmt_http_date(soon), 85, 90);
        waits("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT", 0, 0);
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", HeaderValue::from_static("soon"));
        assert_eq!(retry_after(&headers), None);
    }

    #[test]
    fn a_date_is_held_against_the_clock_of_the_server() {
        let mut headers = HeaderMap::new();
        headers.insert("date", HeaderValue::from_static("Wed, 21 Oct 2015 07:28:00 GMT"));
        headers.insert("retry-after", HeaderValue::from_static("Wed, 21 Oct 2015 07:28:30 GMT"));
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(30)));
    }
}
