//! The configured backends in order: what one cannot translate goes to the next.
//!
//! Law: every text ends as a draft that keeps the contract, with the backend that made it, or as a failure that names
//! each backend asked and why it was no use.

use super::enforce::{Desk, Held};
use super::{Backend, Batch, Draft, Error, Input, Remedy, contract};
use crate::glossary::Glossary;
use crate::model::{Failed, Failure, Pair, Provenance};

/// The backends in the order in which they are asked.
pub(crate) struct Chain {
    links: Vec<Link>,
}

/// A backend and its name in the configuration.
pub(crate) struct Link {
    pub(crate) name: String,
    pub(crate) backend: Box<dyn Backend>,
}

/// What came of a text, before marks are put on it.
pub(crate) type Answer = Result<(Held, Provenance), Failed>;

impl Chain {
    pub(crate) fn new(links: Vec<Link>) -> Self {
        Self { links }
    }

    /// Who translates the pair first.
    pub(crate) fn route(&self, pair: Pair) -> Option<Provenance> {
        self.links.iter().find_map(|link| link.backend.route(pair))
    }

    /// Whether texts of the pair may leave this machine.
    pub(crate) fn uses_network(&self, pair: Pair) -> bool {
        let routed = |link: &&Link| link.backend.route(pair).is_some();
        self.links.iter().filter(routed).any(|link| link.backend.capability().network)
    }

    /// Translates a batch, answering each text in order, and holds the drafts to the glossary.
    pub(crate) async fn translate(&self, batch: &Batch, glossary: &Glossary) -> Vec<Answer> {
        let mut answers: Vec<Option<(Held, Provenance)>> = vec![None; batch.texts.len()];
        let mut faults: Vec<Vec<Fault>> = vec![Vec::new(); batch.texts.len()];
        for link in &self.links {
            let Some(provenance) = link.backend.route(batch.pair) else { continue };
            let open: Vec<usize> = (0..answers.len()).filter(|&at| answers[at].is_none()).collect();
            let (mut places, mut drafts) = (Vec::new(), Vec::new());
            for (at, result) in link.ask(batch, &open).await {
                match result {
                    Ok(draft) => {
                        places.push(at);
                        drafts.push((&batch.texts[at], draft));
                    }
                    Err(error) => faults[at].push((link.name.clone(), error)),
                }
            }
            let desk = Desk { backend: &*link.backend, glossary, pair: batch.pair };
            for (at, held) in places.into_iter().zip(desk.hold(drafts).await) {
                answers[at] = Some((held, provenance.clone()));
            }
        }
        let ended = |(answer, faults): (Option<_>, Vec<Fault>)| answer.ok_or_else(|| self.failed(batch.pair, &faults));
        answers.into_iter().zip(faults).map(ended).collect()
    }

    fn failed(&self, pair: Pair, faults: &[Fault]) -> Failed {
        if let Some((_, last)) = faults.last() {
            let told: Vec<String> = faults.iter().map(|(name, error)| format!("{name}: {error}")).collect();
            return Failed { kind: last.failure(), detail: told.join("; ") };
        }
        let told: Vec<String> = self
            .links
            .iter()
            .map(|link| format!("{} does not translate {pair}: {}", link.name, link.backend.capability().more_pairs))
            .collect();
        Failed { kind: Failure::NoRoute, detail: told.join("; ") }
    }
}

/// A backend that was asked, and why it was no use.
type Fault = (String, Error);

impl Link {
    /// Asks for the texts at `open`, in portions that the backend takes.
    async fn ask(&self, batch: &Batch, open: &[usize]) -> Vec<(usize, Result<Draft, Error>)> {
        let capability = self.backend.capability();
        let mut results = Vec::with_capacity(open.len());
        let mut fitting = Vec::with_capacity(open.len());
        for &at in open {
            let chars = batch.texts[at].text.chars().count();
            if chars > capability.max_chars {
                results.push((at, Err(Error::TooLong { chars, limit: capability.max_chars })));
            } else {
                fitting.push(at);
            }
        }
        for portion in fitting.chunks(capability.max_texts.max(1)) {
            let texts: Vec<Input> = portion.iter().map(|&at| batch.texts[at].clone()).collect();
            let portion = portion.iter().copied();
            results.extend(portion.zip(self.ask_portion(Batch { pair: batch.pair, texts }).await));
        }
        results
    }

    /// Asks for a portion, and one by one where the portion as such is at fault, so that only the culprit fails.
    async fn ask_portion(&self, batch: Batch) -> Vec<Result<Draft, Error>> {
        let error = match self.ask_once(&batch).await {
            Ok(drafts) => return drafts,
            Err(error) => error,
        };
        if error.remedy() != Remedy::Item || batch.texts.len() == 1 {
            return vec![Err(error); batch.texts.len()];
        }
        let mut results = Vec::with_capacity(batch.texts.len());
        for text in batch.texts {
            let alone = Batch { pair: batch.pair, texts: vec![text] };
            results.extend(self.ask_once(&alone).await.unwrap_or_else(|error| vec![Err(error)]));
        }
        results
    }

    /// Asks once; each draft of the right number is held against the contract.
    async fn ask_once(&self, batch: &Batch) -> Result<Vec<Result<Draft, Error>>, Error> {
        let drafts = self.backend.translate(batch).await?;
        if drafts.len() != batch.texts.len() {
            let reason = format!("{} answers for {} texts", drafts.len(), batch.texts.len());
            return Err(Error::bad_answer(reason));
        }
        let checked = |(input, draft): (&Input, Draft)| match contract::check(batch.pair, &input.text, &draft.text) {
            Ok(()) => Ok(draft),
            Err(reason) => Err(Error::bad_answer(reason)),
        };
        Ok(batch.texts.iter().zip(drafts).map(checked).collect())
    }
}

#[cfg(test)]
pub(crate) mod tests;
