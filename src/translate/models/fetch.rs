//! Fetches files: on from where an earlier try broke off, patiently, and no byte more than was listed.
//!
//! A file that is under way lies under the name of its sum, so that whoever goes on with it goes on with the same file.
//! Law: a file that is answered has the listed length and sum; proxies are those of the system.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::header::{CONTENT_RANGE, RANGE};
use reqwest::redirect::{Action, Attempt, Policy};
use reqwest::{Response, StatusCode};

use super::catalogue::{MIRROR, refused, shown};
use super::events::{Event, Observer};
use super::sums::pour;
use crate::model::Sha256;
use crate::translate::{Error, Remedy, net};

/// Tries of one request that bring nothing new before it is given up.
const TRIES: u32 = 5;
/// The pause after the first failure; it doubles with each.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// The longest pause that a server may ask for.
const LONGEST_PAUSE: Duration = Duration::from_mins(2);

/// Fetches, and tells how it goes.
pub(super) struct Fetcher<'a> {
    client: reqwest::Client,
    pub(super) observer: &'a dyn Observer,
    /// Whether any server has answered: if none has, trying again soon is no use.
    reached: AtomicBool,
}

/// A file to be fetched.
pub(super) struct Wanted<'a> {
    pub(super) name: &'a str,
    pub(super) url: String,
    pub(super) sha256: &'a str,
    pub(super) bytes: u64,
}

/// Why a try failed, and what may come of another.
struct Trouble {
    error: Error,
    /// How long the server asks to wait.
    pause: Option<Duration>,
    /// Whether the try brought something new.
    advanced: bool,
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self { error, pause: None, advanced: false }
    }
}

impl<'a> Fetcher<'a> {
    /// A client that speaks TLS with the pure `ring` provider, trusts what the system trusts, and goes through the
    /// system's proxies.
    pub(super) fn new(url: &str, observer: &'a dyn Observer) -> Result<Self, Error> {
        let client = net::client()
            .read_timeout(Duration::from_mins(1))
            .redirect(Policy::custom(elsewhere))
            .build()
            .map_err(|error| failed(url, error))?;
        Ok(Self { client, observer, reached: AtomicBool::new(false) })
    }

    /// The body at `url`, of at most `limit` bytes.
    pub(super) async fn body(&self, url: &str, limit: u64) -> Result<Vec<u8>, Error> {
        self.patiently(url, async || {
            let mut response = self.ask(url, 0).await?;
            let mut body = Vec::new();
            while let Some(chunk) = response.chunk().await.map_err(|error| failed(url, error))? {
                body.extend_from_slice(&chunk);
                if body.len() as u64 > limit {
                    return Err(refused(url, format!("longer than {limit} bytes")).into());
                }
            }
            Ok(body)
        })
        .await
    }

    /// Fetches a file to `path`, or what it lacks of it.
    pub(super) async fn file(&self, wanted: &Wanted<'_>, path: PathBuf) -> Result<(), Error> {
        let mut part = Part::open(path)?;
        self.patiently(&wanted.url, async || {
            let (furthest, kept) = (part.furthest, part.bytes);
            let tried = self.go_on(wanted, &mut part).await;
            part.furthest = part.furthest.max(part.bytes);
            let tried = tried.and_then(|()| part.check(wanted, kept > 0));
            tried.map_err(|trouble| Trouble { advanced: part.furthest > furthest, ..trouble })
        })
        .await
    }

    /// One try: asks for what is missing, or for all of it where the server does not resume.
    async fn go_on(&self, wanted: &Wanted<'_>, part: &mut Part) -> Result<(), Trouble> {
        let url = &wanted.url;
        if part.bytes == wanted.bytes {
            return Ok(());
        }
        let mut response = self.ask(url, part.bytes).await?;
        match begins_at(&response) {
            Some(at) if at == part.bytes => {}
            Some(0) => part.empty()?,
            _ => {
                part.empty()?;
                return Err(broken(url, "the server sent another part of the file").into());
            }
        }
        while let Some(chunk) = response.chunk().await.map_err(|error| failed(url, error))? {
            part.append(&chunk)?;
            if part.bytes > wanted.bytes {
                part.empty()?;
                return Err(refused(url, format!("longer than the {} bytes listed", wanted.bytes)).into());
            }
            self.observer.hear(&Event::Received { name: wanted.name, bytes: part.bytes, of: wanted.bytes });
        }
        Ok(())
    }

    /// Asks for a file from a byte on; answers once the server has, unless with an error.
    async fn ask(&self, url: &str, from: u64) -> Result<Response, Trouble> {
        let request = self.client.get(url);
        let request = if from > 0 { request.header(RANGE, format!("bytes={from}-")) } else { request };
        let response = match request.send().await {
            Ok(response) => response,
            Err(error) if error.is_connect() && !self.reached.load(Ordering::Relaxed) => {
                return Err(refused(url, reason(error)).into());
            }
            Err(error) => return Err(failed(url, error).into()),
        };
        self.reached.store(true, Ordering::Relaxed);
        if response.status().is_redirection() {
            return Err(refused(url, format!("the server answers {}, and not with the file", response.status())).into());
        }
        let pause = net::retry_after(response.headers());
        match response.error_for_status_ref() {
            Err(error) if response.status() != StatusCode::RANGE_NOT_SATISFIABLE => {
                Err(Trouble { pause, ..failed(url, error).into() })
            }
            _ => Ok(response),
        }
    }

    /// Makes a request until it succeeds, or fails in a way that another try does not mend, or often enough.
    async fn patiently<T>(&self, url: &str, mut once: impl AsyncFnMut() -> Result<T, Trouble>) -> Result<T, Error> {
        let mut failures = 0;
        loop {
            let trouble = match once().await {
                Ok(value) => return Ok(value),
                Err(trouble) => trouble,
            };
            failures = if trouble.advanced { 1 } else { failures + 1 };
            let pause = trouble.pause.unwrap_or(FIRST_PAUSE * 2_u32.pow(failures - 1));
            if trouble.error.remedy() != Remedy::Retry || failures == TRIES || pause > LONGEST_PAUSE {
                return Err(trouble.error);
            }
            let reason = trouble.error.to_string();
            self.observer.hear(&Event::Retrying { url, reason: &reason, pause });
            tokio::time::sleep(pause).await;
        }
    }
}

/// A file on its way: what is there of it, and the sum so far.
struct Part {
    path: PathBuf,
    file: File,
    bytes: u64,
    /// The most bytes there ever were.
    furthest: u64,
    sum: Sha256,
}

impl Part {
    /// Takes up what an earlier run left.
    fn open(path: PathBuf) -> Result<Self, Error> {
        let unusable = |error: io::Error| Error::file(&path, &error);
        let mut file = File::options().create(true).read(true).append(true).open(&path).map_err(unusable)?;
        let mut sum = Sha256::default();
        let bytes = pour(&mut file, unusable, |piece| {
            sum.update(piece);
            Ok(())
        })?;
        Ok(Self { path, file, bytes, furthest: bytes, sum })
    }

    fn append(&mut self, chunk: &[u8]) -> Result<(), Error> {
        self.file.write_all(chunk).map_err(|error| Error::file(&self.path, &error))?;
        self.sum.update(chunk);
        self.bytes += chunk.len() as u64;
        Ok(())
    }

    fn empty(&mut self) -> Result<(), Error> {
        self.file.set_len(0).map_err(|error| Error::file(&self.path, &error))?;
        (self.bytes, self.sum) = (0, Sha256::default());
        Ok(())
    }

    /// Holds the whole against its record. What was put together from two tries may be two files.
    fn check(&mut self, wanted: &Wanted<'_>, resumed: bool) -> Result<(), Trouble> {
        let (url, bytes) = (&wanted.url, self.bytes);
        if bytes < wanted.bytes {
            return Err(broken(url, format!("it ended after {bytes} of {} bytes", wanted.bytes)).into());
        }
        let found = self.sum.clone().finish();
        if found == wanted.sha256 {
            return Ok(());
        }
        self.empty()?;
        let reason = format!("SHA-256 is {found}, the catalogue lists {}", wanted.sha256);
        Err(if resumed { broken(url, reason) } else { refused(url, reason) }.into())
    }
}

/// Goes where a server sends us, a few times; not from an encrypted address to an open one, where anybody could answer.
fn elsewhere(attempt: Attempt<'_>) -> Action {
    let encrypted = attempt.previous().iter().any(|url| url.scheme() == "https");
    if encrypted && attempt.url().scheme() != "https" {
        let reason = format!("the server sends us on to {}, which is not encrypted", shown(attempt.url().as_str()));
        attempt.error(reason)
    } else if attempt.previous().len() > 10 {
        attempt.error("the server sends us on and on")
    } else {
        attempt.follow()
    }
}

/// The byte that an answer begins at; none where it is not the file or a part of it.
fn begins_at(response: &Response) -> Option<u64> {
    match response.status() {
        StatusCode::OK => Some(0),
        StatusCode::PARTIAL_CONTENT => {
            let range = response.headers().get(CONTENT_RANGE)?.to_str().ok()?;
            range.trim().strip_prefix("bytes")?.trim_start().split('-').next()?.parse().ok()
        }
        _ => None,
    }
}

/// An error of the client, with all its causes.
fn failed(url: &str, error: reqwest::Error) -> Error {
    let status = error.status();
    let passing = |status: StatusCode| status.is_server_error() || matches!(status.as_u16(), 408 | 425 | 429);
    let retry = status.map_or(!error.is_redirect() && !error.is_builder(), passing);
    Error::Download { url: shown(url), reason: reason(error), retry }
}

fn broken(url: &str, reason: impl Into<String>) -> Error {
    Error::Download { url: shown(url), reason: reason.into(), retry: true }
}

fn reason(error: reqwest::Error) -> String {
    let unreachable = error.is_connect() || error.is_timeout();
    let reason = net::causes(error);
    if !unreachable {
        return reason;
    }
    format!(
        "{reason}; where it is out of reach, set {MIRROR} to the address of a mirror, or bring a bundle \
         (`chancery models pull --from FILE`)"
    )
}
