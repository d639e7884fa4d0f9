//! The catalogue of models: where it is, what it lists, and which of it serves a direction.
//!
//! Firefox keeps one record a file in the collection `translations-models-v2`. A model is the files of one direction,
//! version and architecture. Law: a record of another shape is passed over, and a model that lacks a file is not offered;
//! what a server says reaches neither the disk nor a terminal before it is known to be plain.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Deserialize;

use super::description::{Version, word};
use super::set::{Role, is_plain};
use super::{reads_as, through_english};
use crate::model::{Lang, Pair};
use crate::translate::Error;

/// The variable that names a mirror.
pub const MIRROR: &str = "CHANCERY_MODELS_MIRROR";

const COLLECTION: &str = "v1/buckets/main/collections/translations-models-v2/records";

/// Where models are listed and where their files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// The address of the list.
    pub records: String,
    /// The address under which the files are.
    pub attachments: String,
}

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
    ///
    /// # Errors
    /// When `base` is not an address of the web.
    pub fn mirror(base: &str) -> Result<Self, Error> {
        let wrong = || refused(base, "not the address of a mirror: write https://HOST or https://HOST/PATH");
        let url = reqwest::Url::parse(base).map_err(|_| wrong())?;
        if !matches!(url.scheme(), "http" | "https") || url.query().is_some() || url.fragment().is_some() {
            return Err(wrong());
        }
        let base = base.trim_end_matches('/');
        Ok(Self { records: format!("{base}/{COLLECTION}"), attachments: base.to_owned() })
    }

    /// The mirror that is `named`, or else the one of the variable `CHANCERY_MODELS_MIRROR`, or else the one of the
    /// settings, or else Firefox's own catalogue. An empty name is none.
    ///
    /// # Errors
    /// When the first of them is not an address of the web.
    pub fn chosen(named: Option<&str>, settings: &str) -> Result<Self, Error> {
        let variable = std::env::var(MIRROR).ok();
        let mirrors = [named, variable.as_deref(), Some(settings)];
        mirrors
            .into_iter()
            .flatten()
            .find(|mirror| !mirror.is_empty())
            .map_or_else(|| Ok(Self::default()), Self::mirror)
    }
}

/// A file in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Record {
    pub(super) name: String,
    file_type: String,
    source_language: Lang,
    target_language: Lang,
    version: Version,
    #[serde(default, deserialize_with = "word")]
    architecture: String,
    pub(super) decompressed_hash: String,
    pub(super) decompressed_size: u64,
    pub(super) attachment: Attachment,
    /// When it was put there; of two for the same use, the later one counts.
    #[serde(default, rename = "last_modified")]
    last_modified: u64,
}

/// The packed file of a record.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Attachment {
    pub(super) hash: String,
    pub(super) size: u64,
    pub(super) location: String,
}

/// The major version of the model format that the engine reads.
const MAJOR: u64 = 3;

/// The kinds of file that make up a model, as the catalogue calls them.
const KINDS: &[(&str, Role)] = &[
    ("model", Role::Weights),
    ("vocab", Role::Vocabulary),
    ("srcvocab", Role::SourceVocabulary),
    ("trgvocab", Role::TargetVocabulary),
    ("lex", Role::Shortlist),
];

/// The packed file may be a little longer than the file.
const MAX_PACKED: u64 = 2 << 20;

impl Record {
    fn pair(&self) -> Pair {
        Pair { source: self.source_language, target: self.target_language }
    }

    fn role(&self) -> Option<Role> {
        KINDS.iter().find(|(kind, _)| *kind == self.file_type).map(|(_, role)| *role)
    }

    /// Refuses what is not the name, the size or the sum of a model file.
    fn check(&self, role: Role) -> Result<(), String> {
        let (name, location) = (self.name.escape_debug(), &self.attachment.location);
        let plain = Role::of(&self.name) == Some(role) && is_plain(&self.name);
        let limit = role.limit();
        let sum = |hash: &str| hash.len() == 64 && hash.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'));
        if !plain {
            Err(format!("`{name}` is not the name of a {} file", self.file_type))
        } else if self.decompressed_size > limit || self.attachment.size > limit + MAX_PACKED {
            Err(format!("`{name}` is longer than the {limit} bytes such a file may have"))
        } else if !sum(&self.decompressed_hash) || !sum(&self.attachment.hash) {
            Err(format!("`{name}` has no SHA-256"))
        } else if location.is_empty() || !location.bytes().all(|c| c.is_ascii_graphic()) {
            Err(format!("`{name}` has no address"))
        } else {
            Ok(())
        }
    }
}

/// A model that the catalogue offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The direction.
    pub pair: Pair,
    /// The version.
    pub version: Version,
    /// The architecture: `tiny`, `base` or `base-memory`.
    pub architecture: String,
    /// The files, by use.
    pub(super) files: BTreeMap<Role, Record>,
}

impl Offer {
    /// Bytes that are to be fetched.
    #[must_use]
    pub fn packed_bytes(&self) -> u64 {
        self.files.values().fold(0, |sum, record| sum.saturating_add(record.attachment.size))
    }

    /// Bytes that it has on disk.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.files.values().fold(0, |sum, record| sum.saturating_add(record.decompressed_size))
    }

    /// SHA-256 of its weights.
    #[must_use]
    pub fn weights_sha256(&self) -> &str {
        self.files.get(&Role::Weights).map_or("", |record| &record.decompressed_hash)
    }

    /// Whether it has weights, and one vocabulary or one of each language.
    fn is_whole(&self) -> bool {
        let has = |role| self.files.contains_key(&role);
        let (source, target) = (has(Role::SourceVocabulary), has(Role::TargetVocabulary));
        has(Role::Weights) && source == target && source != has(Role::Vocabulary)
    }
}

/// What a catalogue lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The address of the list.
    pub url: String,
    /// The models that can be used, by direction, the newest first.
    pub offers: Vec<Offer>,
    /// Records that are not files of a model that can be used.
    pub passed_over: usize,
}

/// The list as the catalogue writes it.
#[derive(Deserialize)]
struct Records {
    data: Vec<serde_json::Value>,
}

impl Listing {
    /// Reads the list.
    ///
    /// # Errors
    /// When it is not a list of records.
    pub(super) fn parse(url: &str, body: &[u8]) -> Result<Self, Error> {
        let records: Records = serde_json::from_slice(body)
            .map_err(|error| refused(url, format!("not a catalogue of models: {error}")))?;
        let all = records.data.len();
        let mut models: BTreeMap<_, BTreeMap<Role, Record>> = BTreeMap::new();
        for record in records.data.into_iter().filter_map(|record| Record::deserialize(record).ok()) {
            let Some(role) = record.role().filter(|_| record.version.major() == MAJOR) else { continue };
            let key = (record.pair(), Reverse(record.version.clone()), record.architecture.clone());
            let files = models.entry(key).or_default();
            if files.get(&role).is_none_or(|other| other.last_modified <= record.last_modified) {
                files.insert(role, record);
            }
        }
        let offer = |((pair, Reverse(version), architecture), files)| Offer { pair, version, architecture, files };
        let mut offers: Vec<Offer> = models.into_iter().map(offer).filter(Offer::is_whole).collect();
        offers.sort_by_key(|offer| (offer.pair, Reverse(offer.version.clone()), offer.bytes()));
        let used: usize = offers.iter().map(|offer| offer.files.len()).sum();
        Ok(Self { url: url.to_owned(), offers, passed_over: all - used })
    }

    /// The models that translate a pair: its own, or one into and one out of English. Of several, the newest, and of
    /// equal versions the smallest; `variant` names an architecture instead.
    ///
    /// # Errors
    /// When there is none, none of that architecture, or its records are not those of a model.
    pub fn choose(&self, pair: Pair, variant: Option<&str>) -> Result<Vec<&Offer>, Error> {
        if self.of(pair).next().is_some() {
            return Ok(vec![self.best(pair, variant)?]);
        }
        let legs = through_english(pair).filter(|legs| legs.iter().all(|&leg| self.of(leg).next().is_some()));
        let Some(legs) = legs else {
            let passed = self.passed_over;
            let remark = if passed == 0 { String::new() } else { format!(" ({passed} other records passed over)") };
            return Err(refused(&self.url, format!("there is no model for {pair}{remark}")));
        };
        legs.iter().map(|&leg| self.best(leg, variant)).collect()
    }

    fn of(&self, pair: Pair) -> impl Iterator<Item = &Offer> {
        self.offers.iter().filter(move |offer| reads_as(offer.pair, pair))
    }

    fn best(&self, pair: Pair, variant: Option<&str>) -> Result<&Offer, Error> {
        let fitting = self.of(pair).filter(|offer| variant.is_none_or(|variant| offer.architecture == variant));
        let rank = |offer: &&Offer| (offer.pair != pair, Reverse(offer.version.clone()), offer.bytes());
        let Some(best) = fitting.min_by_key(rank) else {
            let known: Vec<String> =
                self.of(pair).map(|offer| format!("{} {}", offer.architecture, offer.version)).collect();
            let (variant, known) = (variant.unwrap_or_default(), known.join(", "));
            return Err(refused(&self.url, format!("there is no {variant} model for {pair}; there is {known}")));
        };
        best.files
            .iter()
            .try_for_each(|(&role, record)| record.check(role))
            .map_err(|reason| refused(&self.url, reason))?;
        Ok(best)
    }
}

pub(super) fn refused(url: &str, reason: impl Into<String>) -> Error {
    Error::Download { url: shown(url), reason: reason.into(), retry: false }
}

/// An address as it is told and written down: without the name and password it may have.
pub(super) fn shown(url: &str) -> String {
    match reqwest::Url::parse(url) {
        Ok(mut parsed) if !parsed.username().is_empty() || parsed.password().is_some() => {
            let hidden = parsed.set_username("").and_then(|()| parsed.set_password(None));
            hidden.map_or_else(|()| "an address".to_owned(), |()| parsed.into())
        }
        _ => url.to_owned(),
    }
}
