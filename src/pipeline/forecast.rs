//! What a run would take, told without a call: `--dry-run`.
//!
//! Laws: nothing is called and nothing is written, not even the output folder; what is counted is what a run charges that
//! begins now and whose calls all succeed, but for what is said to be so at the most.

use std::sync::Arc;

use serde::Serialize;

use crate::config::Plan;
use crate::emit::report::{ArticleRow, Status};
use crate::model::{Lang, Money, Pair, Spent};
use crate::translate::{Allowance, Books, Estimate, Line};

use super::desk::Desk;
use super::reading::{self, Read};
use super::{Error, Stages, books, expand, inputs};

/// What a run would take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Forecast {
    /// Articles, once for each language, by what would become of them.
    pub articles: Articles,
    /// Segments of the articles to be translated that are not in the target language.
    pub segments: usize,
    /// Segments that stay as they are.
    pub kept: usize,
    /// Different texts among the segments to be translated.
    pub texts: usize,
    /// What each backend would be asked for in each pair.
    pub backends: Vec<BackendForecast>,
    /// Texts that no backend takes.
    pub without: Vec<PairWithout>,
    /// What all of it would cost.
    pub cost: Money,
    /// Whether that is what it costs at the most.
    pub at_most: bool,
    /// What runs into this folder spent that were stopped.
    pub spent_before: Spent,
    /// What may be spent, with what is spent already; absent where there is no limit.
    pub budget: Option<Money>,
    /// How many characters may be sent, likewise.
    pub max_chars: Option<u64>,
}

/// Articles, once for each language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Articles {
    /// All of them.
    pub articles: usize,
    /// Those to be translated.
    pub open: usize,
    /// Those that an earlier run finished.
    pub finished: usize,
    /// Those in the target language already.
    pub unneeded: usize,
    /// Those that would not be translated, and why.
    pub refused: Vec<Refused>,
}

/// An article that would not be translated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Where it was read.
    pub origin: String,
    /// The language.
    pub target: Lang,
    /// Why.
    pub reason: String,
}

/// What a backend would be asked for in a pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackendForecast {
    /// The backend as the configuration names it.
    pub backend: String,
    /// The pair: `en-pt`.
    pub pair: String,
    /// Whether texts leave this machine.
    pub network: bool,
    /// Texts that it translates.
    pub texts: usize,
    /// Those among them that it answered in an earlier run.
    pub cached: usize,
    /// What it would charge.
    #[serde(flatten)]
    pub spent: Spent,
    /// Whether that is what it charges at the most.
    pub at_most: bool,
    /// What repairs of terms would cost besides, at the most.
    pub repairs_at_most: Spent,
}

/// Texts of a pair that no backend takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PairWithout {
    /// The pair: `en-pt`.
    pub pair: String,
    /// How many texts.
    pub texts: usize,
    /// Why the first of them is not taken, and what to do.
    pub why: String,
}

/// Tells what running the plan would take.
///
/// # Errors
/// When there is nothing to read, or what earlier runs kept is of a later version.
pub async fn forecast(plan: &Plan, stages: Arc<Stages>) -> Result<Forecast, Error> {
    inputs::keep_apart(&plan.inputs, &plan.out)?;
    let inputs = expand(&plan.inputs)?;
    let desk = Arc::new(Desk::look(plan, stages));
    let looked = books::look(plan, &desk.outputs)?;
    let allowance = books::allowance(plan);
    if let Some(results) = looked.results {
        let spend = Arc::clone(&results);
        desk.stages.translator.keep_in(&Books { results, spend, allowance });
    }
    let before = looked.spend.map(|spend| spend.spent()).transpose()?.unwrap_or_default();
    let (mut articles, mut estimate) = (Articles::default(), desk.stages.translator.estimate());
    let mut windows = reading::windows(inputs, Arc::clone(&desk));
    while let Some(window) = windows.recv().await {
        for target in &plan.to {
            let open = window.iter().filter_map(|read| articles.open(&desk, read, *target)).collect();
            desk.stages.reckon(&mut estimate, open, *target).await;
        }
    }
    Ok(Forecast::of(articles, &estimate, before.into_values().sum(), allowance))
}

impl Articles {
    /// The document that would be translated; otherwise counts how the article would end.
    fn open(
        &mut self,
        desk: &Desk,
        read: &Read,
        target: Lang,
    ) -> Option<crate::model::Document<crate::model::Segment>> {
        self.articles += 1;
        match desk.open_for(read, target) {
            Ok(document) => {
                self.open += 1;
                Some(document)
            }
            Err(done) => {
                self.count(done.row(), done.resumed);
                None
            }
        }
    }

    fn count(&mut self, row: &ArticleRow, finished: bool) {
        match (finished, row.status, &row.reason) {
            (true, ..) => self.finished += 1,
            (_, Status::Unneeded, _) => self.unneeded += 1,
            (_, _, reason) => {
                let reason = reason.clone().unwrap_or_default();
                self.refused.push(Refused { origin: row.origin.as_str().to_owned(), target: row.target, reason });
            }
        }
    }
}

impl Forecast {
    fn of(articles: Articles, estimate: &Estimate, spent_before: Spent, allowance: Allowance) -> Self {
        let backends: Vec<_> = estimate.lines().map(|(pair, line)| BackendForecast::of(pair, line)).collect();
        let without = estimate.untaken().map(|(pair, it)| {
            let (texts, why) = (it.texts, it.why.clone());
            PairWithout { pair: pair.to_string(), texts, why }
        });
        Self {
            articles,
            segments: estimate.segments,
            kept: estimate.kept,
            texts: estimate.texts,
            cost: estimate.spent().money,
            at_most: backends.iter().any(|line| line.at_most),
            without: without.collect(),
            backends,
            spent_before,
            budget: (!allowance.budget.is_zero()).then_some(allowance.budget),
            max_chars: (allowance.max_chars > 0).then_some(allowance.max_chars),
        }
    }

    /// Whether there are texts and no backend takes any of them.
    #[must_use]
    pub fn is_helpless(&self) -> bool {
        !self.without.is_empty() && self.backends.iter().all(|line| line.texts == 0)
    }

    /// Whether what may be spent would not reach.
    #[must_use]
    pub fn exceeds(&self) -> bool {
        let characters: u64 = self.backends.iter().map(|line| line.spent.usage.characters).sum();
        let sent = characters.saturating_add(self.spent_before.usage.characters);
        let over = |budget: Money| !self.cost.is_zero() && self.spent_before.money + self.cost > budget;
        self.budget.is_some_and(over) || self.max_chars.is_some_and(|most| characters > 0 && sent > most)
    }
}

impl BackendForecast {
    fn of(pair: Pair, line: &Line) -> Self {
        let Line { backend, network, texts, cached, spent, at_most, repairs } = line.clone();
        Self { backend, pair: pair.to_string(), network, texts, cached, spent, at_most, repairs_at_most: repairs }
    }
}
