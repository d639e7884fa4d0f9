//! Fetches models from Firefox's catalogue, or a mirror of it in the same shape.
//!
//! Law: a model set appears in its folder whole and checked, or not at all.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufReader, Read as _};
use std::path::Path;

use super::catalogue::{Catalogue, Listing, Offer, Record, refused, shown};
use super::description::{DESCRIPTION, Description, now};
use super::events::{Event, Observer};
use super::fetch::{Fetcher, Wanted};
use super::remove::may_replace;
use super::store::Store;
use super::sums::{NewFile, SUMS, Sums, pour};
use super::{ModelSet, State};
use crate::model::guarded;
use crate::translate::Error;

/// The longest list of a catalogue that is read, in bytes; Firefox's has about 1 MB.
const MAX_LIST: u64 = 16 << 20;

/// A catalogue that is being talked to.
pub struct Session<'a> {
    catalogue: &'a Catalogue,
    fetcher: Fetcher<'a>,
}

/// A model set that is in its place.
#[derive(Debug, Clone)]
pub struct Pulled {
    /// The set.
    pub set: ModelSet,
    /// Whether it came now; otherwise the same files were there.
    pub fresh: bool,
}

impl<'a> Session<'a> {
    /// Begins to talk to a catalogue; `observer` hears how it goes.
    ///
    /// # Errors
    /// When the system's TLS cannot be set up.
    pub fn new(catalogue: &'a Catalogue, observer: &'a dyn Observer) -> Result<Self, Error> {
        Ok(Self { catalogue, fetcher: Fetcher::new(&catalogue.records, observer)? })
    }

    /// What the catalogue lists.
    ///
    /// # Errors
    /// When it cannot be fetched, or is not a list of models.
    pub async fn listing(&self) -> Result<Listing, Error> {
        let url = &self.catalogue.records;
        Listing::parse(url, &self.fetcher.body(url, MAX_LIST).await?)
    }
}

/// Fetches models into folders of their own under `dir`, each replacing an older one. A set that is there with the same
/// files is kept. Another process that fetches into `dir` is waited for.
///
/// # Errors
/// When a file cannot be fetched, is not the one listed, or cannot be written, or when the folder to be replaced holds
/// anything but a model. That model is not installed then, those
/// before it are, and what came of its files is used by the next call.
pub async fn pull(session: &Session<'_>, offers: &[&Offer], dir: &Path) -> Result<Vec<Pulled>, Error> {
    let observer = session.fetcher.observer;
    let store = Store::hold(dir, observer)?;
    let mut pulled = Vec::new();
    for &offer in offers {
        let kept = kept(offer, dir);
        let fresh = kept.is_none();
        let set = match kept {
            Some(set) => set,
            None => fetch(session, offer, &store).await?,
        };
        let pair = offer.pair;
        observer.hear(&if fresh { Event::Installed { pair } } else { Event::Kept { pair } });
        pulled.push(Pulled { set, fresh });
    }
    Ok(pulled)
}

/// Whether the files of `offer` are under `dir` already.
#[must_use]
pub fn is_there(offer: &Offer, dir: &Path) -> bool {
    kept(offer, dir).is_some()
}

/// The set that is there already, if its files are those of `offer`.
fn kept(offer: &Offer, dir: &Path) -> Option<ModelSet> {
    let set = ModelSet::open(offer.pair, dir.join(offer.pair.to_string()));
    let listed = set.sums().ok().flatten()?;
    let whole = listed == offer.sums() && set.description().is_ok() && set.state() == State::Checked;
    whole.then_some(set)
}

async fn fetch(session: &Session<'_>, offer: &Offer, store: &Store) -> Result<ModelSet, Error> {
    may_replace(&store.dir.join(offer.pair.to_string()))?;
    session.fetcher.observer.hear(&Event::Begun { offer });
    for record in offer.files.values() {
        let (url, attachment) = (session.url(record), &record.attachment);
        let wanted = Wanted { name: &record.name, url, sha256: &attachment.hash, bytes: attachment.size };
        session.fetcher.file(&wanted, store.part(&attachment.hash)).await?;
    }
    let name = offer.pair.to_string();
    let scratch = store.scratch(&name)?;
    for record in offer.files.values() {
        unpack(&session.url(record), &store.part(&record.attachment.hash), record, &scratch.join(&record.name))?;
    }
    NewFile::with(&scratch.join(SUMS), offer.sums().to_string().as_bytes())?;
    NewFile::with(&scratch.join(DESCRIPTION), offer.description(&session.catalogue.records).to_json().as_bytes())?;
    store.install(&scratch, &name)?;
    for record in offer.files.values() {
        // A packed file has served; that it stays is no harm.
        let _ = fs::remove_file(store.part(&record.attachment.hash));
    }
    Ok(ModelSet::open(offer.pair, store.dir.join(name)))
}

impl Session<'_> {
    fn url(&self, record: &Record) -> String {
        format!("{}/{}", self.catalogue.attachments, record.attachment.location)
    }
}

impl Offer {
    fn sums(&self) -> Sums {
        let sum = |record: &Record| (record.name.clone(), record.decompressed_hash.clone());
        Sums(self.files.values().map(sum).collect::<BTreeMap<_, _>>())
    }

    fn description(&self, catalogue: &str) -> Description {
        Description {
            source: self.pair.source,
            target: self.pair.target,
            version: self.version.clone(),
            architecture: self.architecture.clone(),
            catalogue: shown(catalogue),
            fetched_at: now(),
        }
    }
}

/// Unpacks a file piece by piece, and holds it against its record.
fn unpack(url: &str, packed: &Path, record: &Record, to: &Path) -> Result<(), Error> {
    let damaged = |error: &dyn std::fmt::Display| refused(url, format!("damaged: {error}"));
    let file = File::open(packed).map_err(|error| Error::file(packed, &error))?;
    let mut out = NewFile::create(to)?;
    let unpacked = guarded(|| {
        let decoder = ruzstd::decoding::StreamingDecoder::new(BufReader::new(file)).map_err(|error| damaged(&error))?;
        // One byte more than listed is enough to know that the file is not the listed one.
        pour(decoder.take(record.decompressed_size + 1), |error| damaged(&error), |piece| out.append(piece))
    });
    let bytes = unpacked.map_err(|panic| damaged(&panic))??;
    let (found, listed) = (out.finish()?, &record.decompressed_hash);
    if bytes != record.decompressed_size {
        return Err(refused(url, format!("unpacked it has not the {} bytes listed", record.decompressed_size)));
    }
    if found != *listed {
        return Err(refused(url, format!("unpacked its SHA-256 is {found}, the catalogue lists {listed}")));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
