//! The models that are in memory.
//!
//! Laws: a model is loaded by one thread while those that want the same one wait; what all of them take together stays
//! under the limit as long as one alone does, since those not used for longest are dropped first.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::model::Model;
use crate::model::guarded;
use crate::translate::Error;
use crate::translate::models::ModelSet;

/// The models of a backend, loaded or not.
pub(super) struct Shelf {
    slots: Vec<Slot>,
    beam: usize,
    /// The most bytes that loaded models may take.
    limit: usize,
    /// Counts the uses of models, so that the one used longest ago is known.
    clock: AtomicU64,
}

struct Slot {
    set: ModelSet,
    loaded: Mutex<Option<Result<Arc<Model>, Error>>>,
    used: AtomicU64,
}

impl Shelf {
    /// A shelf for these models, none of them loaded.
    pub(super) fn new(sets: Vec<ModelSet>, beam: usize, limit: usize) -> Self {
        let slot = |set| Slot { set, loaded: Mutex::new(None), used: AtomicU64::new(0) };
        Self { slots: sets.into_iter().map(slot).collect(), beam, limit, clock: AtomicU64::new(1) }
    }

    /// The model at a place, loaded if it is not yet. An error of loading is kept, and told again.
    pub(super) fn model(&self, place: usize) -> Result<Arc<Model>, Error> {
        let slot = &self.slots[place];
        slot.used.store(self.clock.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
        let mut loaded = slot.lock();
        let known = loaded.is_some();
        let model = loaded.get_or_insert_with(|| load(&slot.set, self.beam).map(Arc::new)).clone();
        drop(loaded);
        if !known && model.is_ok() {
            self.make_room(place);
        }
        model
    }

    /// Drops models until the others fit; never the one at `place`, which is about to be used.
    fn make_room(&self, place: usize) {
        let mut others: Vec<&Slot> =
            self.slots.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, slot)| slot).collect();
        others.sort_by_key(|slot| std::cmp::Reverse(slot.used.load(Ordering::Relaxed)));
        let mut taken = self.slots[place].bytes();
        for slot in others {
            // Asked for once: meanwhile another thread may load it.
            let bytes = slot.bytes();
            if taken.saturating_add(bytes) <= self.limit {
                taken += bytes;
            } else {
                slot.lock().take_if(|loaded| loaded.is_ok());
            }
        }
    }
}

impl Slot {
    fn lock(&self) -> MutexGuard<'_, Option<Result<Arc<Model>, Error>>> {
        self.loaded.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The bytes that it takes.
    fn bytes(&self) -> usize {
        self.lock().as_ref().and_then(|loaded| loaded.as_ref().ok()).map_or(0, |model| model.bytes())
    }
}

/// Loads a model; damage that shows as a panic is an error of the model.
fn load(set: &ModelSet, beam: usize) -> Result<Model, Error> {
    let damaged = |reason| Error::Model { path: set.dir.clone(), reason: format!("the files are damaged: {reason}") };
    guarded(|| Model::load(set, beam)).map_err(damaged)?
}
