//! Turns prepared segments into units: translated, kept or failed.
//!
//! ```text
//! window of documents ─plan→ unique texts ─memory→ batches, longest first ─chain→ drafts ─contract, marks→ outcomes
//! ```
//! A [`Backend`] translates plain texts; [`backends`] holds one folder for each, and [`backends::ENTRIES`] their table.
//! The chain asks them in order and refuses what is no translation; [`marks`] puts inline marks back.
//!
//! Laws: every segment ends as a unit with an outcome, in its place; nothing is answered by a copy of the source; and
//! the same window, configuration and models give the same units, whatever the size of batches and number of threads.

pub mod backends;
pub mod contract;
pub mod marks;
pub mod models;

mod alignment;
mod backend;
mod chain;
mod enforce;
mod error;
mod estimate;
mod layers;
mod net;
mod pairs;
mod registry;
mod rewrite;
mod service;
mod spans;
mod window;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use serde::{Deserialize, Serialize};

pub use alignment::{Alignment, Link};
pub use backend::{
    Answer, Backend, Batch, Capability, Context, Draft, Forced, Heeds, Input, Measure, Probe, Scored, TermUse,
};
pub use error::{Error, Remedy, Trouble};
pub use estimate::{Estimate, Line, Untaken};
pub use layers::{Allowance, Books, Ear, Limits, Notice, Spending};
pub use pairs::{Names, NamesError, Pairs, ParsePairsError};
pub use registry::{Configured, Entry, Setup, Tables, configured, open, options, take_tables};
pub use service::{Access, Codes, Reach};

use self::chain::{Chain, Ended, Made};
use self::contract::Contract;
use self::enforce::Held;
use self::marks::Placed;
use self::pairs::Orders;
use self::window::{Ask, Plan, Portion};
use crate::glossary::Glossary;
use crate::memory::Memory;
use crate::model::{Document, Lang, Money, Outcome, Pair, Prepared, Provenance, Target, Unit};

/// How texts are translated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Backends in the order in which they are asked; what one cannot translate goes to the next.
    /// Each may have a table `[backend.NAME]`.
    pub backends: Vec<String>,
    /// Texts sent to a backend at once.
    pub batch: NonZeroUsize,
    /// Segments gathered, across articles, before they are put into batches.
    pub window: NonZeroUsize,
    /// Whether translations that lack a term of the glossary are repaired; they are checked all the same.
    pub enforce: bool,
    /// The file that keeps what services answered; empty for `chancery.sqlite` in the folder of the outputs.
    pub cache: PathBuf,
    /// Money that may be spent on services, by a run and those before it that were stopped; 0 for no limit.
    pub budget: Money,
    /// Characters that may be sent to services, counted likewise; 0 for no limit.
    pub max_chars: u64,
    /// Backends for some pairs, in place of `backends`.
    pub pairs: BTreeMap<Pairs, Names>,
}

impl Default for Options {
    fn default() -> Self {
        const BATCH: NonZeroUsize = NonZeroUsize::new(16).expect("more than 0");
        const WINDOW: NonZeroUsize = NonZeroUsize::new(512).expect("more than 0");
        let (cache, budget, max_chars) = (PathBuf::new(), Money::default(), 0);
        Self {
            backends: vec!["firefox".to_owned()],
            batch: BATCH,
            window: WINDOW,
            enforce: true,
            cache,
            budget,
            max_chars,
            pairs: BTreeMap::new(),
        }
    }
}

/// Translations held for texts that come again.
const REMEMBERED: usize = 50_000;

/// The configured backends, open and ready.
pub struct Translator {
    chain: Chain,
    batch: usize,
    enforce: bool,
    memory: Memory,
}

impl Translator {
    /// Opens the backends that `options` names, each with its table of the configuration if it has one;
    /// relative paths of a table are relative to `folder`.
    ///
    /// # Errors
    /// When a backend is unknown, its table is wrong, or it cannot be used on this machine.
    pub fn open(options: &Options, tables: Tables<'_>, folder: &Path) -> Result<Self, Error> {
        let (names, orders) = Orders::of(options);
        let links = registry::open_all(&names, tables, folder)?;
        let (batch, enforce) = (options.batch.get(), options.enforce);
        Ok(Self { chain: Chain::new(links).asking(orders), batch, enforce, memory: Memory::new(REMEMBERED) })
    }

    /// Holds all answers to `contract`, which may know more than what is seen of an answer and its source alone.
    #[must_use]
    pub fn held_to(mut self, contract: &Contract) -> Self {
        self.chain.hold_to(contract);
        self
    }

    /// Who is asked first for a pair, or `None` where no backend translates it.
    #[must_use]
    pub fn route(&self, pair: Pair) -> Option<Provenance> {
        self.chain.route(pair)
    }

    /// Refuses languages of which a service wants to know more.
    ///
    /// # Errors
    /// When a service tells variants of a language apart and the target does not say which one is meant.
    pub fn settle(&self, targets: &[Lang]) -> Result<(), Error> {
        let unsettled = targets.iter().find_map(|&target| self.chain.unsettled(target));
        match unsettled {
            Some((name, message)) => Err(Error::Config { name, message, span: None }),
            None => Ok(()),
        }
    }

    /// Whether texts of a pair may leave this machine.
    #[must_use]
    pub fn uses_network(&self, pair: Pair) -> bool {
        self.chain.uses_network(pair)
    }

    /// Has `ear` hear of waits and stops from now on; the first one that listens does.
    pub fn listen(&self, ear: &Ear) {
        self.chain.listen(ear);
    }

    /// Stops the services for the run: requests under way end, none begins, and what they were not asked is halted.
    pub fn stop(&self, reason: &str) {
        self.chain.stop(reason);
    }

    /// The backends that were stopped for the run, and why: a wrong key, a used-up quota, nobody there. Texts that no other
    /// backend translates end as [`Failure::Halted`](crate::model::Failure::Halted).
    #[must_use]
    pub fn stopped(&self) -> Vec<(String, String)> {
        self.chain.stopped()
    }

    /// Whether any backend is a service.
    #[must_use]
    pub fn has_services(&self) -> bool {
        self.chain.has_services()
    }

    /// Keeps what services answer, and what they are paid, in `books` from now on; the first ones that are given count.
    pub fn keep_in(&self, books: &Books) {
        self.chain.keep_in(books);
    }

    /// The services without a price, which no budget stops.
    pub fn free_services(&self) -> impl Iterator<Item = &str> {
        self.chain.free_services()
    }

    /// What was had of each service so far, in their order.
    #[must_use]
    pub fn spending(&self) -> Vec<Spending> {
        self.chain.spending()
    }

    /// Translates a window of documents into `target`.
    ///
    /// Each text is translated once, however often it occurs with the same terms, and held to `glossary`, which found
    /// them. `progress` is told how many more segments have ended;
    /// what it was told adds up to the segments of the window.
    pub async fn units(
        &self,
        documents: Vec<Document<Prepared>>,
        target: Lang,
        glossary: &Glossary,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Vec<Document<Unit>> {
        let plan = Plan::new(&documents, target, self.enforce, self.chain.uses_context());
        progress(plan.kept());
        self.prepare(&plan, glossary);
        let outcomes = self.outcomes(plan.asks(), glossary, progress).await;
        plan.fill(documents, &outcomes)
    }

    /// Tells the backends the terms of the pairs of `plan`.
    fn prepare(&self, plan: &Plan, glossary: &Glossary) {
        if self.enforce {
            plan.asks().iter().for_each(|ask| self.chain.prepare(ask.pair, glossary));
        }
    }

    /// What comes of each text, in order.
    async fn outcomes(&self, asks: &[Ask], glossary: &Glossary, progress: &(dyn Fn(usize) + Sync)) -> Vec<Outcome> {
        let mut outcomes: Vec<Option<Outcome>> = asks.iter().map(|ask| self.remembered(ask)).collect();
        progress(
            asks.iter().zip(&outcomes).filter(|(_, outcome)| outcome.is_some()).map(|(ask, _)| ask.segments).sum(),
        );
        let open: Vec<usize> = (0..asks.len()).filter(|&at| outcomes[at].is_none()).collect();
        let batches = window::batches(asks, open, |pair| self.portion(pair));
        let mut answers: FuturesUnordered<_> = batches
            .into_iter()
            .map(|(places, batch)| async move { (places, self.chain.translate(&batch, glossary).await) })
            .collect();
        while let Some((places, batch)) = answers.next().await {
            progress(places.iter().map(|&at| asks[at].segments).sum());
            for (at, answer) in places.into_iter().zip(batch) {
                outcomes[at] = Some(self.outcome(&asks[at], answer));
            }
        }
        outcomes.into_iter().map(|outcome| outcome.expect("every text is in a batch")).collect()
    }

    /// How the texts of a pair are put into batches.
    fn portion(&self, pair: Pair) -> Portion {
        match self.chain.capability(pair) {
            Some(it) if it.network => Portion { texts: it.max_texts, total: it.max_total, by_length: false },
            _ => Portion { texts: self.batch, total: usize::MAX, by_length: true },
        }
    }

    fn remembered(&self, ask: &Ask) -> Option<Outcome> {
        self.memory.recall(ask.pair, &ask.text, &ask.terms).map(Outcome::Translated)
    }

    /// Puts the marks on an answer and remembers it.
    fn outcome(&self, ask: &Ask, answer: Ended) -> Outcome {
        let Made { held: Held { draft, terms }, provenance, passed } = match answer {
            Ok(answer) => answer,
            Err(failed) => return Outcome::Failed(failed),
        };
        let Placed { text, guessed, .. } = marks::place(&ask.text, draft);
        let target = Target { text, guessed, terms, provenance, passed, review: None };
        self.memory.learn(ask.pair, &ask.text, &ask.terms, &target);
        Outcome::Translated(target)
    }
}

#[cfg(test)]
mod tests;
