//! Fetches models from Firefox's catalogue, or a mirror of it in the same shape.
//!
//! Law: a model set appears in its folder whole and checked, or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;

use super::{ModelSet, SUMS, list, role_of};
use crate::model::{Lang, Pair, sha256};
use crate::translate::Error;

/// Where models are listed and where their files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// The address of the list.
    pub records: String,
    /// The address under which the files are.
    pub attachments: String,
}

/// The variable that names a mirror.
const MIRROR: &str = "CHANCERY_MODELS_MIRROR";
const COLLECTION: &str = "v1/buckets/main/collections/translations-models-v2/records";

impl Default for Catalogue {
    fn default() -> Self {
        Self {
            records: format!("https://firefox.settings.services.mozilla.com/{COLLECTION}"),
            attachments: "https://firefox-settings-attachments.cdn.mozilla.net".to_owned(),
        }
    }
}

impl Catalogue {
    /// A mirror: the list under its usual path, and the files next to it.
    #[must_use]
    pub fn mirror(base: &str) -> Self {
        let base = base.trim_end_matches('/');
        Self { records: format!("{base}/{COLLECTION}"), attachments: base.to_owned() }
    }

    /// The mirror that the variable `CHANCERY_MODELS_MIRROR` names, or else Firefox's own catalogue.
    #[must_use]
    pub fn from_env() -> Self {
        std::env::var(MIRROR)
            .ok()
            .filter(|base| !base.is_empty())
            .map_or_else(Self::default, |base| Self::mirror(&base))
    }
}

/// The list of the catalogue.
#[derive(Deserialize)]
struct Records {
    data: Vec<serde_json::Value>,
}

/// A file in the catalogue.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    name: String,
    file_type: String,
    source_language: Lang,
    target_language: Lang,
    version: String,
    #[serde(default)]
    architecture: String,
    decompressed_hash: String,
    decompressed_size: u64,
    attachment: Attachment,
}

#[derive(Debug, Clone, Deserialize)]
struct Attachment {
    location: String,
}

/// The major version of the model format that the engine reads.
const MAJOR: u64 = 3;
/// The kinds of file that make up a model set.
const KINDS: &[&str] = &["model", "vocab", "srcvocab", "trgvocab", "lex"];
/// The longest list and the longest file that are accepted, in bytes.
const MAX_LIST: u64 = 64 << 20;
const MAX_FILE: u64 = 1 << 30;

impl Record {
    /// The version as numbers; `None` for a trial version or another format.
    fn version(&self) -> Option<Vec<u64>> {
        let parts = self.version.split('.').map(|part| part.parse().ok()).collect::<Option<Vec<u64>>>()?;
        (parts.first() == Some(&MAJOR)).then_some(parts)
    }

    fn pair(&self) -> Pair {
        Pair { source: self.source_language, target: self.target_language }
    }
}

/// Fetches the newest model of each pair into a folder of its own under `dir`, replacing an older one. For a pair that
/// has none, the models into and out of English are fetched.
///
/// # Errors
/// When the catalogue has no model of a pair, or a file cannot be fetched or is not the one listed; nothing is
/// installed for that pair then.
pub async fn pull(pairs: &[Pair], dir: &Path, catalogue: &Catalogue) -> Result<Vec<ModelSet>, Error> {
    let url = &catalogue.records;
    let client = client(url)?;
    let records = records(&client, catalogue).await?;
    let mut wanted = BTreeMap::new();
    for &pair in pairs {
        wanted.extend(legs(&records, pair).ok_or_else(|| refused(url, format!("there is no model for {pair}")))?);
    }
    for files in wanted.values() {
        install(&client, catalogue, files, dir).await?;
    }
    let pulled = |set: &ModelSet| wanted.keys().any(|&pair| reads_as(set.pair, pair));
    Ok(list(&[dir.to_owned()])?.into_iter().filter(pulled).collect())
}

/// The models that translate a pair, each with its files: the pair's own, or one into and one out of English.
fn legs(records: &[Record], pair: Pair) -> Option<Vec<(Pair, Vec<&Record>)>> {
    let model = |pair: Pair| Some((pair, newest(records, pair)?));
    if let Some(own) = model(pair) {
        return Some(vec![own]);
    }
    let english = "en".parse().ok()?;
    Some(vec![model(Pair { target: english, ..pair })?, model(Pair { source: english, ..pair })?])
}

fn reads_as(one: Pair, other: Pair) -> bool {
    one.source.reads_as(other.source) && one.target.reads_as(other.target)
}

/// The files of the newest model of a pair.
fn newest(records: &[Record], pair: Pair) -> Option<Vec<&Record>> {
    let of_pair = || records.iter().filter(|record| reads_as(record.pair(), pair));
    let best = of_pair().filter(|record| record.file_type == "model").max_by_key(|record| record.version())?;
    best.version()?;
    let same = |record: &&Record| {
        KINDS.contains(&record.file_type.as_str())
            && (record.pair(), &record.version, &record.architecture)
                == (best.pair(), &best.version, &best.architecture)
    };
    Some(of_pair().filter(same).collect())
}

/// A client that speaks TLS with the pure `ring` provider and trusts what the system trusts.
fn client(url: &str) -> Result<reqwest::Client, Error> {
    // An earlier caller may have chosen a provider; then that one serves.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_mins(1))
        .user_agent(concat!("chancery/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| failed(url, error))
}

fn failed(url: &str, error: reqwest::Error) -> Error {
    let status = error.status();
    let retry = status.is_none_or(|status| status.is_server_error() || status.as_u16() == 429);
    let unreachable = error.is_connect();
    let error = error.without_url();
    let mut reason = error.to_string();
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(&error);
    while let Some(error) = cause {
        reason = format!("{reason}: {error}");
        cause = error.source();
    }
    if unreachable {
        reason = format!("{reason}; where it is out of reach, set {MIRROR} to the address of a mirror");
    }
    Error::Download { url: url.to_owned(), reason, retry }
}

fn refused(url: &str, reason: impl Into<String>) -> Error {
    Error::Download { url: url.to_owned(), reason: reason.into(), retry: false }
}

async fn get(client: &reqwest::Client, url: &str, limit: u64) -> Result<Vec<u8>, Error> {
    let asked = async { client.get(url).send().await?.error_for_status() };
    let mut response = asked.await.map_err(|error| failed(url, error))?;
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failed(url, error))? {
        body.extend_from_slice(&chunk);
        if body.len() as u64 > limit {
            return Err(refused(url, format!("longer than {limit} bytes")));
        }
    }
    Ok(body)
}

/// The records of the catalogue; those of another shape are not models and are passed over.
async fn records(client: &reqwest::Client, catalogue: &Catalogue) -> Result<Vec<Record>, Error> {
    let url = &catalogue.records;
    let body = get(client, url, MAX_LIST).await?;
    let records: Records =
        serde_json::from_slice(&body).map_err(|error| refused(url, format!("not a catalogue of models: {error}")))?;
    Ok(records.data.into_iter().filter_map(|record| serde_json::from_value(record).ok()).collect())
}

/// Fetches the files into a scratch folder and puts it in place once all are there and checked.
async fn install(client: &reqwest::Client, catalogue: &Catalogue, files: &[&Record], dir: &Path) -> Result<(), Error> {
    let first = files.first().expect("a model has files");
    let unwritable = |error: std::io::Error| Error::file(dir, &error);
    fs::create_dir_all(dir).map_err(unwritable)?;
    let scratch = tempfile::Builder::new().prefix(".pull-").tempdir_in(dir).map_err(unwritable)?;
    let mut sums = String::new();
    for record in files {
        let url = format!("{}/{}", catalogue.attachments, record.attachment.location);
        let content = unpack(&url, &get(client, &url, MAX_FILE).await?, record)?;
        fs::write(scratch.path().join(&record.name), content).map_err(unwritable)?;
        sums = format!("{sums}{}  {}\n", record.decompressed_hash, record.name);
    }
    fs::write(scratch.path().join(SUMS), sums).map_err(unwritable)?;
    replace(scratch, &dir.join(first.pair().to_string())).map_err(unwritable)
}

/// Unpacks a file and compares it with its record.
fn unpack(url: &str, packed: &[u8], record: &Record) -> Result<Vec<u8>, Error> {
    let plain_name = role_of(Path::new(&record.name)).is_some() && !record.name.contains(['/', '\\']);
    if !plain_name || record.decompressed_size > MAX_FILE {
        return Err(refused(url, format!("`{}` is no model file", record.name)));
    }
    let damaged = |error: &dyn std::fmt::Display| refused(url, format!("damaged: {error}"));
    let decoder = ruzstd::decoding::StreamingDecoder::new(packed).map_err(|error| damaged(&error))?;
    let mut content = Vec::new();
    // One byte more than listed is enough to know that the file is not the listed one.
    decoder.take(record.decompressed_size + 1).read_to_end(&mut content).map_err(|error| damaged(&error))?;
    let found = sha256(&content);
    if found != record.decompressed_hash {
        return Err(refused(url, format!("SHA-256 is {found}, the catalogue lists {}", record.decompressed_hash)));
    }
    Ok(content)
}

/// Moves the scratch folder to `folder`; an older model is moved aside first and back if that fails.
fn replace(scratch: tempfile::TempDir, folder: &Path) -> std::io::Result<()> {
    let aside = scratch.path().with_extension("old");
    let had_old = folder.exists();
    if had_old {
        fs::rename(folder, &aside)?;
    }
    if let Err(error) = fs::rename(scratch.path(), folder) {
        if had_old {
            fs::rename(&aside, folder)?;
        }
        return Err(error);
    }
    let _ = scratch.keep();
    if had_old { fs::remove_dir_all(aside) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
