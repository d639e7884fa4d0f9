//! Firefox's translation models, run in this process: no network, no text leaves the machine.
//!
//! ```text
//! batch ─pool→ worker: text ─parts: protect, split→ sentences ─model→ ─verify, restore, join→ draft
//!                        └shelf: the models in memory            └tokens ─engine→ tokens
//! ```
//! Laws: the same text gives the same draft whatever it is batched with, however many threads run, and whatever the
//! processor; nothing of a text is cut off in silence; a token the vocabulary does not know stands in the draft as it
//! stood in the text.

mod model;
mod money;
mod parts;
mod pool;
mod protect;
mod shelf;
mod split;
mod vocabulary;

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

pub use chancery_engine::instructions;

pub use self::model::{Model, Rendering, Term, Wish};

use self::pool::Pool;
use self::shelf::Shelf;
use crate::model::{ModelId, Pair, Provenance};
use crate::translate::models::{self, ModelSet};
use crate::translate::{Answer, Backend, Batch, Capability, Error, Heeds, Measure, Probe, Scored, Setup, TermUse};

/// The table `[backend.firefox]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Folders that hold model folders such as `en-pt`; the first that has a direction serves it.
    pub models: Vec<PathBuf>,
    /// Threads that translate; 0 for one on each core.
    pub threads: usize,
    /// Translations that are followed at each step: 1 takes the likeliest word; 2 to 4 take longer, for a little better.
    pub beam: Beam,
    /// Megabytes that the loaded models may take; beyond, those not used for longest are dropped.
    pub memory_mb: usize,
    /// The address of a mirror that models are fetched from; empty for Firefox's own catalogue.
    pub mirror: String,
}

/// How many translations are followed at each step: from 1 to 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "usize", into = "usize")]
pub struct Beam(usize);

impl Default for Beam {
    fn default() -> Self {
        Self(1)
    }
}

impl TryFrom<usize> for Beam {
    type Error = &'static str;

    fn try_from(beam: usize) -> Result<Self, Self::Error> {
        if (1..=16).contains(&beam) { Ok(Self(beam)) } else { Err("a beam is from 1 to 16") }
    }
}

impl From<Beam> for usize {
    fn from(beam: Beam) -> Self {
        beam.0
    }
}

impl Default for Options {
    fn default() -> Self {
        let (models, mirror) = (vec![PathBuf::from("models")], String::new());
        Self { models, threads: 0, beam: Beam::default(), memory_mb: 1024, mirror }
    }
}

impl Options {
    /// The folders of models, relative ones from `folder`.
    #[must_use]
    pub fn models_from(&self, folder: &Path) -> Vec<PathBuf> {
        self.models.iter().map(|models| folder.join(models)).collect()
    }
}

/// The engine and its version, for provenance. What it computes with is not part of it: every processor's translation
/// is the same.
const ENGINE: &str = "chancery-engine 0.1.0";

const CAPABILITY: Capability = Capability {
    max_texts: 1000,
    max_chars: 50_000,
    max_total: usize::MAX,
    measure: Measure::Chars,
    context: false,
    aligns: true,
    network: false,
    terms: TermUse { heeds: Heeds::Nothing, forces: true, keeps: false, scores: true },
    more_pairs: "fetch a model for it, or one into and one out of English (`chancery models pull zh-en en-pt`)",
};

struct Firefox {
    name: String,
    sets: Vec<ModelSet>,
    pool: Pool,
}

/// Opens it: lists the models and starts the threads. A model is loaded when it is first used.
///
/// # Errors
/// When the table is wrong, a folder cannot be read, or the threads cannot be started.
pub fn open(setup: Setup<'_>) -> Result<Box<dyn Backend>, Error> {
    let (name, folder) = (setup.name.clone(), setup.folder.clone());
    let options: Options = setup.options()?;
    let sets = models::list(&options.models_from(&folder))?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = if options.threads == 0 { cores } else { options.threads };
    let shelf = Shelf::new(sets.clone(), options.beam.0, options.memory_mb.saturating_mul(1_000_000));
    let pool = Pool::start(shelf, threads)?;
    Ok(Box::new(Firefox { name, sets, pool }))
}

impl Firefox {
    /// The places of the models that translate a pair: one, or two through a third language, English if it can be.
    fn legs(&self, pair: Pair) -> Option<Vec<usize>> {
        if let Some(direct) = self.find(pair) {
            return Some(vec![direct]);
        }
        let through = |set: &ModelSet| {
            let hub = set.pair.target;
            let first = self.find(Pair { source: pair.source, target: hub })?;
            let second = self.find(Pair { source: hub, target: pair.target })?;
            Some((hub.language() != "en", hub, vec![first, second]))
        };
        self.sets.iter().filter_map(through).min().map(|(_, _, legs)| legs)
    }

    /// The place of the model for a pair: the very one, or else one whose languages read as these.
    fn find(&self, pair: Pair) -> Option<usize> {
        let exact = self.sets.iter().position(|set| set.pair == pair);
        exact.or_else(|| {
            let reads = |own: Pair| own.source.reads_as(pair.source) && own.target.reads_as(pair.target);
            self.sets.iter().position(|set| reads(set.pair))
        })
    }
}

#[async_trait]
impl Backend for Firefox {
    fn capability(&self) -> &Capability {
        &CAPABILITY
    }

    /// The hash of a model that cannot be read is empty; translating with it says why.
    fn route(&self, pair: Pair) -> Option<Provenance> {
        let id = |&leg: &usize| {
            let set = &self.sets[leg];
            let Pair { source, target } = set.pair;
            ModelId { source, target, sha256: set.weights_sha256().unwrap_or_default() }
        };
        let models = self.legs(pair)?.iter().map(id).collect();
        Some(Provenance { backend: self.name.clone(), engine: ENGINE.to_owned(), models })
    }

    async fn translate(&self, batch: &Batch) -> Result<Answer, Error> {
        let legs = self.legs(batch.pair).ok_or(Error::NoPair { pair: batch.pair })?;
        self.pool.translate(&legs, &batch.texts).await.map(Answer::from)
    }

    /// Lists the models; whether they are whole is told by `chancery models verify`, and when they are first used.
    async fn probe(&self) -> Result<Probe, Error> {
        let pairs = self.sets.iter().map(|set| set.pair).collect();
        Ok(Probe { says: format!("{ENGINE}, computed with {}", instructions()), pairs: Some(pairs) })
    }

    async fn score(&self, pair: Pair, asks: Vec<Scored>) -> Result<Vec<Vec<f32>>, Error> {
        let legs = self.legs(pair).ok_or(Error::NoPair { pair })?;
        self.pool.score(&legs, asks).await
    }
}

#[cfg(test)]
pub(crate) mod tests;
