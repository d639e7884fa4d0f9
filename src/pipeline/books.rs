//! Where a run keeps what services answer and what they are paid: in its output folder, unless the settings name a file.

use std::path::Path;
use std::sync::Arc;

use crate::config::Plan;
use crate::memory::{Opened, Store};
use crate::translate::{Allowance, Books};

use super::outputs::Outputs;
use super::{Error, Event, Observer};

/// The store's name in the output folder.
const STORE: &str = "chancery.sqlite";

/// Opens the books of a run.
///
/// # Errors
/// When a file is of a later version or another program's, or cannot be written.
pub(super) fn open(plan: &Plan, outputs: &Outputs, observer: &dyn Observer) -> Result<Books, Error> {
    let spend = opened(&outputs.path(STORE), observer)?;
    let results = match elsewhere(plan) {
        Some(cache) => opened(cache, observer)?,
        None => Arc::clone(&spend),
    };
    Ok(Books { results, spend, allowance: allowance(plan) })
}

/// Says which services a budget does not hold, since they have no price: they may be free, or the price may be forgotten.
pub(super) fn warn_of<'n>(unpriced: impl Iterator<Item = &'n str>, observer: &dyn Observer) {
    for name in unpriced {
        let message = format!(
            "`{name}` has no price, and the budget does not hold it: set `price` in [backend.{name}], or say --max-chars"
        );
        observer.hear(&Event::Warning { message: &message });
    }
}

/// The books as they are, to be looked at; none where no run kept any.
///
/// # Errors
/// When a file is of a later version or another program's.
pub(super) fn look(plan: &Plan, outputs: &Outputs) -> Result<Looked, Error> {
    let spend = Store::look(&outputs.path(STORE))?.map(Arc::new);
    let results = match elsewhere(plan) {
        Some(cache) => Store::look(cache)?.map(Arc::new),
        None => spend.clone(),
    };
    Ok(Looked { results, spend })
}

/// What earlier runs kept.
pub(super) struct Looked {
    pub(super) results: Option<Arc<Store>>,
    pub(super) spend: Option<Arc<Store>>,
}

/// What the plan allows to be spent.
pub(super) fn allowance(plan: &Plan) -> Allowance {
    let translate = &plan.config.translate;
    Allowance { budget: translate.budget, max_chars: translate.max_chars }
}

fn elsewhere(plan: &Plan) -> Option<&Path> {
    Some(plan.config.translate.cache.as_path()).filter(|cache| !cache.as_os_str().is_empty())
}

fn opened(path: &Path, observer: &dyn Observer) -> Result<Arc<Store>, Error> {
    let Opened { store, moved } = Store::open(path)?;
    if let Some(moved) = moved {
        let message = format!(
            "{}: it was damaged, and was moved to {}: what was kept in it, and what was spent, is not known any more",
            path.display(),
            moved.display()
        );
        observer.hear(&Event::Warning { message: &message });
    }
    Ok(Arc::new(store))
}
