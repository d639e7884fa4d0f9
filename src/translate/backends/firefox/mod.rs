//! Firefox's translation models, run in this process: no network, no text leaves the machine.
//!
//! ```text
//! batch ─pool→ worker: text ─parts: protect, split→ sentences ─model→ ─verify, restore, join→ draft
//! ```
//! Laws: the same text gives the same draft whatever it is batched with and however many threads run; nothing of a
//! text is cut off in silence; a token the vocabulary does not know stands in the draft as it stood in the text.

mod model;
mod money;
mod parts;
mod pool;
mod protect;
mod split;
mod vocabulary;

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use self::pool::Pool;
use crate::model::{ModelId, Pair, Provenance};
use crate::translate::models::{self, ModelSet};
use crate::translate::{Backend, Batch, Capability, Draft, Error, Setup};

/// The table `[backend.firefox]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Folders that hold model folders such as `en-pt`; the first that has a direction serves it.
    pub models: Vec<PathBuf>,
    /// Threads that translate; 0 for one on each core.
    pub threads: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { models: vec![PathBuf::from("models")], threads: 0 }
    }
}

impl Options {
    /// The folders of models, relative ones from `folder`.
    #[must_use]
    pub fn models_from(&self, folder: &Path) -> Vec<PathBuf> {
        self.models.iter().map(|models| folder.join(models)).collect()
    }
}

/// The engine and its version, for provenance.
const ENGINE: &str = "fxtranslate 0.5.0";

const CAPABILITY: Capability = Capability {
    max_texts: 1000,
    max_chars: 50_000,
    aligns: true,
    network: false,
    more_pairs: "fetch a model for it, or one into and one out of English (`chancery models pull zh-en en-pt`)",
};

/// The engine with its kernel: another kernel rounds otherwise, and may choose another word.
fn engine() -> String {
    format!("{ENGINE} {}", fxtranslate::gemm::backend())
}

struct Firefox {
    name: String,
    sets: Vec<ModelSet>,
    pool: Pool,
}

/// Opens it: lists the models and starts the threads. A model is loaded when it is first used.
///
/// # Errors
/// When the table is wrong, a folder cannot be read, or the processor lacks AVX2.
pub fn open(setup: Setup<'_>) -> Result<Box<dyn Backend>, Error> {
    let (name, folder) = (setup.name.clone(), setup.folder.clone());
    let options: Options = setup.options()?;
    model::check_processor()?;
    let sets = models::list(&options.models_from(&folder))?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = if options.threads == 0 { cores } else { options.threads };
    let pool = Pool::start(sets.clone(), threads)?;
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
        Some(Provenance { backend: self.name.clone(), engine: engine(), models })
    }

    async fn translate(&self, batch: &Batch) -> Result<Vec<Draft>, Error> {
        let legs = self.legs(batch.pair).ok_or(Error::NoPair { pair: batch.pair })?;
        self.pool.translate(legs, batch.texts.clone()).await
    }
}

#[cfg(test)]
pub(crate) mod tests;
