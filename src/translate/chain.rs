//! The configured backends in order: what one cannot translate goes to the next.
//!
//! Law: every text ends as a draft that keeps the contract, with the backend that made it, or as a failure that names
//! each backend asked and why it was no use. A draft also says who was asked before its backend. Where one of them was stopped for the run, the text is halted, not given up.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use super::contract::Contract;
use super::enforce::{Desk, Held};
use super::estimate::Estimate;
use super::layers::{Books, Ear, Link, Spending};
use super::pairs::Orders;
use super::{Batch, Capability, Error, Heeds};
use crate::glossary::Glossary;
use crate::model::{Failed, Failure, Lang, Pair, Passed, Provenance};

/// The backends in the order in which they are asked.
pub(crate) struct Chain {
    links: Vec<Link>,
    orders: Orders,
    /// The pairs whose terms were told.
    prepared: Mutex<BTreeSet<Pair>>,
}

/// What came of a text, before marks are put on it.
pub(crate) type Ended = Result<Made, Failed>;

/// A translation of a text, who made it, and who was asked before.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Made {
    pub(crate) held: Held,
    pub(crate) provenance: Provenance,
    pub(crate) passed: Vec<Passed>,
}

impl Chain {
    pub(crate) fn new(links: Vec<Link>) -> Self {
        let orders = Orders::all(links.len());
        Self { links, orders, prepared: Mutex::default() }
    }

    /// The same backends, each pair's in the order that `orders` says.
    pub(crate) fn asking(self, orders: Orders) -> Self {
        Self { orders, ..self }
    }

    /// The backends that are asked for `pair`, in order, and who translates there.
    fn routes(&self, pair: Pair) -> impl Iterator<Item = (&Link, Provenance)> {
        let links = self.orders.order(pair).iter().map(|&place| &self.links[place]);
        links.filter_map(move |link| Some((link, link.backend.route(pair)?)))
    }

    /// Tells the terms of `pair`, once, to backends that heed a glossary of their own.
    pub(crate) fn prepare(&self, pair: Pair, glossary: &Glossary) {
        let mut prepared = self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
        if !prepared.insert(pair) {
            return;
        }
        let heeds = |link: &&Link| link.capability().terms.heeds == Heeds::Glossary;
        let mut heeding = self.routes(pair).map(|(link, _)| link).filter(heeds).peekable();
        if heeding.peek().is_none() {
            return;
        }
        let terms = glossary.dictionary(pair);
        heeding.for_each(|link| link.backend.prepare(pair, &terms));
    }

    /// Holds all answers to `contract` from now on.
    pub(crate) fn hold_to(&mut self, contract: &Contract) {
        self.links.iter_mut().for_each(|link| link.contract = contract.clone());
    }

    /// Who translates the pair first.
    pub(crate) fn route(&self, pair: Pair) -> Option<Provenance> {
        self.routes(pair).next().map(|(_, provenance)| provenance)
    }

    /// The capability of whoever translates the pair first.
    pub(crate) fn capability(&self, pair: Pair) -> Option<&Capability> {
        self.routes(pair).next().map(|(link, _)| link.capability())
    }

    /// Why nothing is to be translated into `target` before something is settled: the backend, and what.
    pub(crate) fn unsettled(&self, target: Lang) -> Option<(String, String)> {
        let mut links = self.orders.towards(target).into_iter().map(|place| &self.links[place]);
        links.find_map(|link| Some((link.name.clone(), link.backend.unsettled(target)?)))
    }

    /// Whether any backend uses what stands around a text.
    pub(crate) fn uses_context(&self) -> bool {
        self.links.iter().any(|link| link.backend.capability().context)
    }

    /// Whether texts of the pair may leave this machine.
    pub(crate) fn uses_network(&self, pair: Pair) -> bool {
        self.routes(pair).any(|(link, _)| link.capability().network)
    }

    /// Has `ear` hear what befalls the backends.
    pub(crate) fn listen(&self, ear: &Ear) {
        self.links.iter().for_each(|link| link.listen(ear));
    }

    /// Stops the services among the backends for the run.
    pub(crate) fn stop(&self, reason: &str) {
        self.links.iter().for_each(|link| link.stop(reason));
    }

    /// Whether texts may leave this machine.
    pub(crate) fn has_services(&self) -> bool {
        self.links.iter().any(|link| link.spending().is_some())
    }

    /// Has what services answer kept, and what they are paid.
    pub(crate) fn keep_in(&self, books: &Books) {
        self.links.iter().for_each(|link| link.keep_in(books));
    }

    /// The services without a price.
    pub(crate) fn free_services(&self) -> impl Iterator<Item = &str> {
        self.links.iter().filter(|link| link.is_free_service()).map(|link| link.name.as_str())
    }

    /// What was had of each service in this run.
    pub(crate) fn spending(&self) -> Vec<Spending> {
        self.links.iter().filter_map(Link::spending).collect()
    }

    /// Adds what a batch would take to `estimate`: each text is taken for answered by the first backend that takes it.
    pub(crate) async fn reckon(&self, estimate: &mut Estimate, batch: &Batch) {
        let mut open: Vec<usize> = (0..batch.texts.len()).collect();
        let mut faults: Vec<Vec<Fault>> = vec![Vec::new(); batch.texts.len()];
        for (place, (link, _)) in self.routes(batch.pair).enumerate() {
            if open.is_empty() {
                break;
            }
            let left = link.reckon(estimate, (place, batch), &open).await;
            open = left.iter().map(|(at, _)| *at).collect();
            for (at, error) in left {
                faults[at].push((link.name.clone(), error));
            }
        }
        for at in open {
            estimate.miss(batch.pair, self.failed(batch.pair, &faults[at]).to_string());
        }
    }

    /// The backends that were stopped for the run, and why.
    pub(crate) fn stopped(&self) -> Vec<(String, String)> {
        self.links.iter().filter_map(|link| Some((link.name.clone(), link.stopped()?))).collect()
    }

    /// Translates a batch, answering each text in order, and holds the drafts to the glossary.
    pub(crate) async fn translate(&self, batch: &Batch, glossary: &Glossary) -> Vec<Ended> {
        let mut answers: Vec<Option<Made>> = vec![None; batch.texts.len()];
        let mut faults: Vec<Vec<Fault>> = vec![Vec::new(); batch.texts.len()];
        let routes: Vec<_> = self.routes(batch.pair).collect();
        for (place, &(link, ref provenance)) in routes.iter().enumerate() {
            let has_another = routes[place + 1..].iter().any(|(link, _)| link.stopped().is_none());
            let open: Vec<usize> = (0..answers.len()).filter(|&at| answers[at].is_none()).collect();
            let (mut places, mut drafts) = (Vec::new(), Vec::new());
            for (at, result) in link.ask(batch, &open, !has_another).await {
                match result {
                    Ok(draft) => {
                        places.push(at);
                        drafts.push((&batch.texts[at], draft));
                    }
                    Err(error) => faults[at].push((link.name.clone(), error)),
                }
            }
            let desk = Desk { link, glossary, pair: batch.pair };
            for (at, held) in places.into_iter().zip(desk.hold(drafts).await) {
                // A repair that was not made since the service was stopped is made when the run goes on.
                if let Some(reason) = link.stopped().filter(|_| !has_another && held.lacks_terms()) {
                    faults[at].push((link.name.clone(), Error::Stopped { reason }));
                    continue;
                }
                let passed = faults[at].iter().map(passed).collect();
                answers[at] = Some(Made { held, provenance: provenance.clone(), passed });
            }
        }
        let ended = |(answer, faults): (Option<_>, Vec<Fault>)| answer.ok_or_else(|| self.failed(batch.pair, &faults));
        answers.into_iter().zip(faults).map(ended).collect()
    }

    fn failed(&self, pair: Pair, faults: &[Fault]) -> Failed {
        if let Some((_, last)) = faults.last() {
            let told: Vec<String> = faults.iter().map(|(name, error)| format!("{name}: {error}")).collect();
            // What a backend that was stopped would have made of it is not known yet.
            let halted = faults.iter().any(|(_, error)| error.failure() == Failure::Halted);
            let kind = if halted { Failure::Halted } else { last.failure() };
            return Failed { kind, detail: told.join("; ") };
        }
        let help = |&place: &usize| {
            let Link { name, backend, .. } = &self.links[place];
            format!("{name} does not translate {pair}: {}", backend.help(pair))
        };
        let told: Vec<String> = self.orders.order(pair).iter().map(help).collect();
        Failed { kind: Failure::NoRoute, detail: told.join("; ") }
    }
}

/// A backend that was asked, and why it was no use.
type Fault = (String, Error);

fn passed((backend, error): &Fault) -> Passed {
    Passed { backend: backend.clone(), why: error.failure() }
}

#[cfg(test)]
pub(crate) mod tests;
