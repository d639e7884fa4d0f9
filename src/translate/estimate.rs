//! What translating would take, told without one call.
//!
//! Documents go the way they would go when they are translated: the same texts once, the same batches, the same results of
//! earlier runs, the same portions, each charged as its call would be. Each text is taken for answered by the first backend
//! that takes it.
//!
//! What cannot be known is told apart: terms that a draft may lack are repaired by sending texts again (at most
//! [`Line::repairs`]), tokens of answers are reckoned at the most, and a service that fails or answers badly is asked again.

use std::collections::{BTreeMap, HashSet};

use super::Translator;
use super::window::{self, Ask, Plan};
use crate::glossary::Glossary;
use crate::memory::{Key, Memory};
use crate::model::{Document, Lang, Pair, Prepared, Provenance, Spent, Target};

/// What translating documents would take; the sum of all that it was shown.
#[derive(Debug)]
pub struct Estimate {
    /// Segments that stay as they are.
    pub kept: usize,
    /// Segments that are to be translated.
    pub segments: usize,
    /// Different texts among them.
    pub texts: usize,
    /// Of each backend and pair.
    lines: BTreeMap<(usize, Pair), Line>,
    /// Texts that no backend takes, by pair.
    untaken: BTreeMap<Pair, Untaken>,
    memory: Memory,
    /// Results that would be kept by then.
    results: HashSet<Key>,
}

/// What one backend would be asked for in one pair.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The backend as the configuration names it.
    pub backend: String,
    /// Whether texts leave this machine.
    pub network: bool,
    /// Texts that it translates, those it had answered in an earlier run among them.
    pub texts: usize,
    /// Texts that it had answered in an earlier run.
    pub cached: usize,
    /// What it would charge.
    pub spent: Spent,
    /// Whether that is what it charges at the most: tokens of answers are not known before.
    pub at_most: bool,
    /// What it charges besides, at the most, where every term were missing and to be repaired.
    pub repairs: Spent,
}

/// Texts of a pair that no backend takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untaken {
    /// How many.
    pub texts: usize,
    /// Why the first of them is not taken, and what to do.
    pub why: String,
}

impl Estimate {
    pub(super) fn new(remembered: usize) -> Self {
        Self {
            kept: 0,
            segments: 0,
            texts: 0,
            lines: BTreeMap::new(),
            untaken: BTreeMap::new(),
            memory: Memory::new(remembered),
            results: HashSet::new(),
        }
    }

    /// What each backend would be asked for, by their order and by pair.
    pub fn lines(&self) -> impl Iterator<Item = (Pair, &Line)> {
        self.lines.iter().map(|((_, pair), line)| (*pair, line))
    }

    /// Texts that no backend takes, by pair.
    pub fn untaken(&self) -> impl Iterator<Item = (Pair, &Untaken)> {
        self.untaken.iter().map(|(pair, untaken)| (*pair, untaken))
    }

    /// What all services together would charge, without repairs.
    #[must_use]
    pub fn spent(&self) -> Spent {
        self.lines.values().map(|line| line.spent).sum()
    }

    /// Adds to the line of the backend at `place` for `pair`.
    pub(super) fn add(&mut self, (place, pair): (usize, Pair), more: Line) {
        let line = self.lines.entry((place, pair)).or_default();
        let Line { backend, network, texts, cached, spent, at_most, repairs } = more;
        (line.backend, line.network) = (backend, network);
        line.texts += texts;
        line.cached += cached;
        line.spent += spent;
        line.at_most |= at_most;
        line.repairs += repairs;
    }

    /// Whether a result is not among those that would be kept by then, and counts it among them.
    pub(super) fn is_new_result(&mut self, key: Key) -> bool {
        self.results.insert(key)
    }

    /// Counts a text that no backend takes.
    pub(super) fn miss(&mut self, pair: Pair, why: String) {
        self.untaken.entry(pair).or_insert(Untaken { texts: 0, why }).texts += 1;
    }

    /// Whether a text is the first of its kind, and remembers it.
    fn is_new(&self, ask: &Ask) -> bool {
        let new = self.memory.recall(ask.pair, &ask.text, &ask.terms).is_none();
        if new {
            self.memory.learn(ask.pair, &ask.text, &ask.terms, &nothing());
        }
        new
    }
}

impl Translator {
    /// An estimate of nothing yet.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        Estimate::new(super::REMEMBERED)
    }

    /// Adds to `estimate` what translating a window of documents into `target` would take. Nothing is called.
    pub async fn reckon(
        &self,
        estimate: &mut Estimate,
        documents: &[Document<Prepared>],
        target: Lang,
        glossary: &Glossary,
    ) {
        let plan = Plan::new(documents, target, self.enforce, self.chain.uses_context());
        self.prepare(&plan, glossary);
        let asks = plan.asks();
        estimate.kept += plan.kept();
        estimate.segments += asks.iter().map(|ask| ask.segments).sum::<usize>();
        let open: Vec<usize> = (0..asks.len()).filter(|&at| estimate.is_new(&asks[at])).collect();
        estimate.texts += open.len();
        for (_, batch) in window::batches(asks, open, |pair| self.portion(pair)) {
            self.chain.reckon(estimate, &batch).await;
        }
    }
}

/// Stands for whatever a text will be.
fn nothing() -> Target {
    let (guessed, terms, passed) = (Vec::new(), Vec::new(), Vec::new());
    Target { text: "".into(), guessed, terms, provenance: Provenance::person(), passed, review: None }
}
