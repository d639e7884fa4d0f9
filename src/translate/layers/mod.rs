//! What stands between the chain and a backend: portions that it takes, manners where it is a service, and the contract on
//! its answers.
//!
//! Law: every text that a link is asked for ends as a draft that keeps the contract, or as an error that says why not.

mod breaker;
mod budget;
mod cache;
mod clock;
mod flight;
mod limits;
mod notice;
mod pace;
mod reckon;
mod retry;
mod service;
mod standing;

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::future::join_all;

pub use budget::{Allowance, Books, Spending};
pub use limits::Limits;
pub(crate) use limits::take_limits;
pub use notice::{Ear, Notice};

use self::flight::{Claim, landed};
use self::service::Service;
use super::contract::Contract;
use super::{Answer, Backend, Batch, Capability, Draft, Error, Input, Remedy, Trouble};
use crate::model::Pair;

/// A backend, its name in the configuration, and the layers around it.
pub(crate) struct Link {
    pub(crate) name: String,
    pub(crate) backend: Arc<dyn Backend>,
    /// How it is asked, where it is a service.
    service: Option<Service>,
    /// What its answers are held to.
    pub(crate) contract: Contract,
}

/// What came of texts, each with its place.
type Results = Vec<(usize, Result<Draft, Error>)>;

impl Link {
    /// A backend of this machine: nothing limits how often it is asked.
    pub(crate) fn local(name: impl Into<String>, backend: Arc<dyn Backend>) -> Self {
        Self { name: name.into(), backend, service: None, contract: Contract::default() }
    }

    /// A service, which is treated as `limits` says.
    pub(crate) fn service(name: impl Into<String>, backend: Arc<dyn Backend>, limits: &Limits) -> Self {
        let name = name.into();
        let service = Service::new(&name, limits, backend.capability().max_total);
        Self { name, backend, service: Some(service), contract: Contract::default() }
    }

    /// Has `ear` hear what befalls it.
    pub(crate) fn listen(&self, ear: &Ear) {
        if let Some(service) = &self.service {
            service.teller.listen(ear);
        }
    }

    /// Stops it for the run, where it is a service.
    pub(crate) fn stop(&self, reason: &str) {
        if let Some(service) = &self.service {
            service.stop(reason.to_owned());
        }
    }

    /// Has what it answers kept, and what it is paid, where it is a service.
    pub(crate) fn keep_in(&self, books: &Books) {
        if let Some(service) = &self.service {
            service.account.keep_in(books);
        }
    }

    /// Whether it is a service without a price.
    pub(crate) fn is_free_service(&self) -> bool {
        self.service.as_ref().is_some_and(|service| service.account.is_free())
    }

    /// What was had of it in this run, where it is a service.
    pub(crate) fn spending(&self) -> Option<Spending> {
        Some(self.service.as_ref()?.account.spending())
    }

    /// What stopped it for the run, where something did.
    pub(crate) fn stopped(&self) -> Option<String> {
        self.service.as_ref()?.standing.reason()
    }

    /// What the backend can do.
    pub(crate) fn capability(&self) -> &Capability {
        self.backend.capability()
    }

    /// Asks for the texts of `batch` at `open`, in portions that the backend takes; answers each with its place. Who is
    /// `patient` waits while a service is left alone for its failures.
    pub(crate) async fn ask(&self, batch: &Batch, open: &[usize], patient: bool) -> Results {
        let (fitting, mut results) = self.fitting(batch, open);
        results.extend(match &self.service {
            None => self.ask_all(batch, &fitting, patient).await,
            Some(service) => self.ask_each_once(service, batch, fitting, patient).await,
        });
        results
    }

    /// Asks for the texts that nobody else asks for at this moment, and waits for the others.
    async fn ask_each_once(&self, service: &Service, batch: &Batch, mut open: Vec<usize>, patient: bool) -> Results {
        let mut results = Vec::with_capacity(open.len());
        while !open.is_empty() {
            let (mut own, mut others) = (BTreeMap::new(), Vec::new());
            let keys = self.keys(batch.pair, open.iter().map(|&at| &batch.texts[at]));
            for (at, key) in open.drain(..).zip(keys) {
                match service.flights.claim(key) {
                    Claim::Ask(flight) => drop(own.insert(at, flight)),
                    Claim::Wait(waiting) => others.push((at, waiting)),
                }
            }
            let places: Vec<usize> = own.keys().copied().collect();
            for (at, result) in self.ask_all(batch, &places, patient).await {
                if let Some(flight) = own.remove(&at) {
                    flight.land(result.clone());
                }
                results.push((at, result));
            }
            for (at, waiting) in others {
                match landed(waiting).await {
                    Some(result) => results.push((at, result)),
                    None => open.push(at),
                }
            }
        }
        results
    }

    /// Asks for the texts at `places` in portions that the backend takes.
    async fn ask_all(&self, batch: &Batch, places: &[usize], patient: bool) -> Results {
        let (recalled, open) = match self.recalled(batch, places).await {
            Ok(parted) => parted,
            Err(error) => return places.iter().map(|&at| (at, Err(error.clone()))).collect(),
        };
        let portions = self.portions(batch, &open).into_iter().map(|portion| async move {
            let drafts = self.ask_portion(batch.part(&portion), patient).await;
            portion.into_iter().zip(drafts).collect::<Vec<_>>()
        });
        let recalled = recalled.into_iter().map(|(at, draft)| (at, Ok(draft)));
        recalled.chain(join_all(portions).await.into_iter().flatten()).collect()
    }

    /// The places of texts that are not too long, and an error for each of the others.
    fn fitting(&self, batch: &Batch, open: &[usize]) -> (Vec<usize>, Results) {
        let Capability { max_chars, measure, .. } = *self.capability();
        let size = |at: usize| measure.of(&batch.texts[at].text);
        let (fitting, long): (Vec<usize>, Vec<usize>) = open.iter().partition(|&&at| size(at) <= max_chars);
        let too_long = |at: usize| (at, Err(Error::TooLong { size: size(at), measure, limit: max_chars }));
        (fitting, long.into_iter().map(too_long).collect())
    }

    /// The places of texts in portions of no more texts, and no more in them, than the backend takes.
    fn portions(&self, batch: &Batch, places: &[usize]) -> Vec<Vec<usize>> {
        let Capability { max_texts, max_total, measure, .. } = *self.capability();
        let (mut portions, mut total): (Vec<Vec<usize>>, usize) = (Vec::new(), 0);
        for &at in places {
            let size = measure.of(&batch.texts[at].text);
            match portions.last_mut() {
                Some(portion) if portion.len() < max_texts && total + size <= max_total => portion.push(at),
                _ => {
                    portions.push(vec![at]);
                    total = 0;
                }
            }
            total += size;
        }
        portions
    }

    /// Asks for a portion, and for its halves where the portion as such is at fault, so that only the culprit fails.
    async fn ask_portion(&self, batch: Batch, patient: bool) -> Vec<Result<Draft, Error>> {
        let drafts = match self.ask_once(&batch, patient).await {
            Ok(drafts) => drafts,
            Err(error) if error.remedy() == Remedy::Item && batch.texts.len() > 1 => {
                let Batch { pair, texts: mut first } = batch;
                let second = first.split_off(first.len() / 2);
                let mut results = Box::pin(self.ask_portion(Batch { pair, texts: first }, patient)).await;
                results.extend(Box::pin(self.ask_portion(Batch { pair, texts: second }, patient)).await);
                return results;
            }
            Err(error @ Error::BadAnswer { .. }) => vec![Err(error)],
            Err(error) => return vec![Err(error); batch.texts.len()],
        };
        if self.service.is_none() {
            return drafts;
        }
        join_all(batch.texts.iter().zip(drafts).map(|(input, draft)| self.again(batch.pair, input, draft, patient)))
            .await
    }

    /// A text whose answer is no translation is asked for once more, by itself: services err, and others' texts lead astray.
    async fn again(
        &self,
        pair: Pair,
        input: &Input,
        draft: Result<Draft, Error>,
        patient: bool,
    ) -> Result<Draft, Error> {
        match draft {
            Err(error) if error.remedy() != Remedy::Stop && !is_too_much(&error) => {
                let alone = Batch { pair, texts: vec![input.clone()] };
                let mut drafts = self.answers(&alone, patient).await?;
                let again = |draft: &Draft| matches!(&error, Error::Doubted { said, .. } if *said == draft.text);
                if drafts.iter().flatten().any(again) {
                    return Err(error);
                }
                self.keep(&alone, &drafts).await;
                drafts.pop().unwrap_or(Err(error))
            }
            draft => draft,
        }
    }

    /// One request: of this machine at once, of a service in its manners.
    async fn request(&self, batch: &Batch, patient: bool) -> Result<Answer, Error> {
        match &self.service {
            None => self.backend.translate(batch).await,
            Some(service) => service.request(&*self.backend, batch, patient).await,
        }
    }

    /// Asks once, and keeps the answers that the contract accepts.
    async fn ask_once(&self, batch: &Batch, patient: bool) -> Result<Vec<Result<Draft, Error>>, Error> {
        let drafts = self.answers(batch, patient).await?;
        self.keep(batch, &drafts).await;
        Ok(drafts)
    }

    /// Asks once, and holds the answers to the contract.
    async fn answers(&self, batch: &Batch, patient: bool) -> Result<Vec<Result<Draft, Error>>, Error> {
        let drafts = self.request(batch, patient).await?.drafts;
        self.contract.batch(batch.pair, &batch.texts, drafts)
    }
}

/// Whether a text by itself is more than is taken: then it is so another time too.
fn is_too_much(error: &Error) -> bool {
    let refused = |trouble: &Trouble| matches!(trouble, Trouble::TooLarge | Trouble::Refused);
    matches!(error, Error::Service { trouble, .. } if refused(trouble)) || matches!(error, Error::TooLong { .. })
}

#[cfg(test)]
mod tests;
