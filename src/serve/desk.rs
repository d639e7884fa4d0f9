//! From texts to their translations, by the stages of a run.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::config::Plan;
use crate::model::{Detection, Document, Failed, Lang, Outcome, Pair, Passage, Unit, spacing};
use crate::pipeline::{Error, Stages};

use super::languages::{self, Language};

/// The stages, and the pairs that they translate.
pub(super) struct Desk {
    plan: Plan,
    open: Mutex<Open>,
    /// The languages, as `/languages` lists them.
    pub(super) languages: Vec<Language>,
}

struct Open {
    stages: Arc<Stages>,
    /// When a backend was first seen stopped.
    stopped: Option<Instant>,
}

/// What came of texts.
pub(super) struct Told {
    /// The translations, in order.
    pub(super) texts: Result<Vec<String>, Failed>,
    /// Their segments: for counting.
    pub(super) units: Vec<Unit>,
}

/// A run is over when a backend is stopped for it; a server goes on, and asks a stopped backend again after this time.
const REOPEN: Duration = Duration::from_mins(1);

impl Desk {
    /// Opens the stages of `plan`.
    ///
    /// # Errors
    /// When a file or a setting is not usable.
    pub(super) fn open(plan: &Plan) -> Result<Self, Error> {
        let stages = Stages::open(plan)?;
        let languages = languages::list(|pair| stages.translates(pair));
        let open = Open { stages: Arc::new(stages), stopped: None };
        Ok(Self { plan: plan.clone(), open: Mutex::new(open), languages })
    }

    /// Whether a backend translates `pair`.
    pub(super) fn translates(&self, pair: Pair) -> bool {
        self.stages().translates(pair)
    }

    /// The language of texts together.
    pub(super) fn tell(&self, texts: &[String]) -> Detection {
        self.stages().tell(&texts.join("\n"))
    }

    /// The backends that cannot be used for now, and why.
    pub(super) fn stopped(&self) -> Vec<(String, String)> {
        self.stages().stopped()
    }

    /// Translates `texts`, which are in the pair's source language whatever they look like.
    pub(super) async fn translate(&self, texts: &[String], pair: Pair) -> Told {
        let stages = self.stages();
        let document = stages.texts(texts, pair.source);
        let units = stages.units(vec![document], pair.target, &|_| ()).await;
        let passages: Vec<Passage<Unit>> =
            units.into_iter().flat_map(|document: Document<Unit>| document.passages).collect();
        let texts = passages.iter().map(|passage| joined(passage, pair.target)).collect();
        Told { texts, units: passages.into_iter().flat_map(|passage| passage.segments).collect() }
    }

    /// The stages as they are open now; opened anew where a backend was stopped a while ago.
    fn stages(&self) -> Arc<Stages> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.stages.stopped().is_empty() {
            return Arc::clone(&open.stages);
        }
        let since = *open.stopped.get_or_insert_with(Instant::now);
        // What could be opened before and cannot now leaves things as they are.
        if since.elapsed() >= REOPEN
            && let Ok(stages) = Stages::open(&self.plan)
        {
            *open = Open { stages: Arc::new(stages), stopped: None };
        }
        Arc::clone(&open.stages)
    }
}

/// The translation of a text, spaced as its language does; or why a segment of it has none.
fn joined(passage: &Passage<Unit>, target: Lang) -> Result<String, Failed> {
    let mut text = passage.lead.clone();
    for (place, unit) in passage.segments.iter().enumerate() {
        if let Outcome::Failed(failed) = &unit.outcome {
            return Err(failed.clone());
        }
        text += unit.rendered().map(crate::model::Text::plain).unwrap_or_default();
        let last = place + 1 == passage.segments.len();
        text += spacing::between(&unit.segment.gap, passage.lang, target, last);
    }
    Ok(text)
}
