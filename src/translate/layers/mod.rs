//! What stands between the chain and a backend: portions that it takes, manners where it is a service, and the contract on
//! its answers.
//!
//! Law: every text that a link is asked for ends as a draft that keeps the contract, or as an error that says why not.

mod breaker;
mod clock;
mod limits;
mod notice;
mod pace;
mod retry;
mod service;
mod standing;

use std::sync::Arc;

use futures_util::future::join_all;

pub use limits::Limits;
pub(crate) use limits::take_limits;
pub use notice::{Ear, Notice};

use self::service::Service;
use super::contract::Contract;
use super::{Answer, Backend, Batch, Capability, Draft, Error, Input, Remedy};

/// A backend, its name in the configuration, and the layers around it.
pub(crate) struct Link {
    pub(crate) name: String,
    pub(crate) backend: Arc<dyn Backend>,
    /// How it is asked, where it is a service.
    service: Option<Service>,
    /// What its answers are held to.
    pub(crate) contract: Contract,
}

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
    pub(crate) async fn ask(&self, batch: &Batch, open: &[usize], patient: bool) -> Vec<(usize, Result<Draft, Error>)> {
        let Capability { max_chars, measure, .. } = *self.capability();
        let size = |at: usize| measure.of(&batch.texts[at].text);
        let (fitting, long): (Vec<usize>, Vec<usize>) = open.iter().partition(|&&at| size(at) <= max_chars);
        let too_long = |at: usize| (at, Err(Error::TooLong { size: size(at), measure, limit: max_chars }));
        let mut results: Vec<_> = long.into_iter().map(too_long).collect();
        let portions = self.portions(batch, &fitting).into_iter().map(|portion| async move {
            let texts: Vec<Input> = portion.iter().map(|&at| batch.texts[at].clone()).collect();
            let drafts = self.ask_portion(Batch { pair: batch.pair, texts }, patient).await;
            portion.into_iter().zip(drafts).collect::<Vec<_>>()
        });
        results.extend(join_all(portions).await.into_iter().flatten());
        results
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
        let error = match self.ask_once(&batch, patient).await {
            Ok(drafts) => return drafts,
            Err(error) => error,
        };
        if error.remedy() != Remedy::Item || batch.texts.len() == 1 {
            return vec![Err(error); batch.texts.len()];
        }
        let Batch { pair, texts: mut first } = batch;
        let second = first.split_off(first.len() / 2);
        let mut results = Box::pin(self.ask_portion(Batch { pair, texts: first }, patient)).await;
        results.extend(Box::pin(self.ask_portion(Batch { pair, texts: second }, patient)).await);
        results
    }

    /// One request: of this machine at once, of a service in its manners.
    async fn request(&self, batch: &Batch, patient: bool) -> Result<Answer, Error> {
        match &self.service {
            None => self.backend.translate(batch).await,
            Some(service) => service.request(&*self.backend, batch, patient).await,
        }
    }

    /// Asks once, and holds the answers to the contract.
    async fn ask_once(&self, batch: &Batch, patient: bool) -> Result<Vec<Result<Draft, Error>>, Error> {
        let drafts = self.request(batch, patient).await?.drafts;
        self.contract.batch(batch.pair, &batch.texts, drafts)
    }
}
