//! What a service answered is kept on disk and not paid for again.
//!
//! A result is kept under all that it depends on: who answers (engine, model, settings: [`Backend::fingerprint`](crate::translate::Backend::fingerprint)), the
//! pair, the text, and of terms, spans and context what is sent with it. The key of the service is no part
//! of it, and its place only of a server of one's own, whose models nothing else tells.
//!
//! Laws: what the contract accepted is kept before anything else is done with it; what is recalled was answered to the very
//! same question, and keeps the contract as it stands now.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::budget::{Books, off_thread, unwritten};
use super::{Link, Service};
use crate::memory::Key;
use crate::model::{Pair, TermHit};
use crate::translate::{Alignment, Batch, Draft, Error, Heeds, Input, alignment};

/// Changes when keys or values are made otherwise.
const FORM: &[u8] = b"1";

/// A draft as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Vec<KeptLink>>,
}

/// Bytes of the translation, bytes of the source, and the weight.
type KeptLink = (Range<usize>, Range<usize>, f32);

impl Link {
    /// What the service answered in earlier runs to the texts of `batch` at `places`, each with its place, and the places
    /// of the others.
    ///
    /// # Errors
    /// When the store cannot be read: then nothing is asked, since it may have been paid for.
    pub(super) async fn recalled(
        &self,
        batch: &Batch,
        places: &[usize],
    ) -> Result<(Vec<(usize, Draft)>, Vec<usize>), Error> {
        let Some((service, books)) = self.cached() else { return Ok((Vec::new(), places.to_vec())) };
        let keys = self.keys(batch.pair, places.iter().map(|&at| &batch.texts[at]));
        let results = books.results.clone();
        let found = off_thread(move || results.recall(&keys)).await;
        let found = found.map_err(|error| service.stop(unwritten(&error).to_string()))?;
        let (mut drafts, mut open) = (Vec::new(), Vec::new());
        for (&at, value) in places.iter().zip(found) {
            match value.and_then(|value| self.draft(batch, at, &value)) {
                Some(draft) => drafts.push((at, draft)),
                None => open.push(at),
            }
        }
        service.account.count_cached(drafts.len());
        Ok((drafts, open))
    }

    /// Keeps what the service answered to `batch`. Where it cannot be kept the service is stopped, and the answers serve.
    pub(super) async fn keep(&self, batch: &Batch, drafts: &[Result<Draft, Error>]) {
        let Some((service, books)) = self.cached() else { return };
        let answered: Vec<_> = batch
            .texts
            .iter()
            .zip(drafts)
            .filter_map(|(it, draft)| draft.as_ref().ok().map(|draft| (it, draft)))
            .collect();
        let keys = self.keys(batch.pair, answered.iter().map(|(input, _)| *input));
        let kept: Vec<_> = keys.into_iter().zip(answered.iter().map(|(_, draft)| value(draft))).collect();
        let results = books.results.clone();
        if let Err(error) = off_thread(move || results.keep(&kept)).await {
            service.stop(unwritten(&error).to_string());
        }
    }

    /// The service and where its answers are kept, if they are.
    fn cached(&self) -> Option<(&Service, &Books)> {
        let service = self.service.as_ref()?;
        Some((service, service.account.books()?))
    }

    /// What answers to texts are kept under.
    pub(super) fn keys<'i>(&self, pair: Pair, inputs: impl Iterator<Item = &'i Input>) -> Vec<Key> {
        let route = self.backend.route(pair);
        let models = route.as_ref().map(|route| &route.models);
        let engine = route.as_ref().map(|route| route.engine.as_str());
        let asker = json(&(engine, models, self.backend.fingerprint(pair), pair));
        inputs.map(|input| Key::of(&[FORM, &asker, input.text.as_bytes(), &self.sent(input)])).collect()
    }

    /// The draft that was kept, if it is one still.
    fn draft(&self, batch: &Batch, at: usize, value: &str) -> Option<Draft> {
        let Kept { text, links } = serde_json::from_str(value).ok()?;
        self.contract.check(batch.pair, &batch.texts[at].text, &text).ok()?;
        let link = |(target, source, weight)| alignment::Link { target, source, weight };
        let alignment = links.map(|links| Alignment { links: links.into_iter().map(link).collect() });
        Some(Draft { text, alignment })
    }

    /// What is sent with a text to a backend that uses it.
    fn sent(&self, input: &Input) -> Vec<u8> {
        let capability = self.capability();
        let terms: Vec<_> = input.terms.iter().map(|hit| term(hit, capability.terms.heeds)).collect();
        let terms = if capability.terms.heeds == Heeds::Nothing { Vec::new() } else { terms };
        let forced = input.forced.iter().filter(|_| capability.terms.forces);
        let forced: Vec<_> = forced.map(|forced| (&forced.source, &forced.target, forced.at_least)).collect();
        let kept: Vec<_> = input.kept.iter().filter(|_| capability.terms.keeps).collect();
        let context = capability.context.then_some([&input.context.title, &input.context.before, &input.context.after]);
        json(&(terms, forced, kept, context, capability.aligns && input.align))
    }
}

/// What a backend may be told of a term.
fn term(hit: &TermHit, heeds: Heeds) -> serde_json::Value {
    match heeds {
        Heeds::Nothing => serde_json::Value::Null,
        Heeds::Glossary => serde_json::json!([hit.range, hit.pos, hit.dnt, hit.preferred().map(|it| &it.term)]),
        Heeds::Instructions => {
            let renderings = hit.renderings.iter().map(|it| serde_json::json!([it.term, it.status, it.why]));
            let renderings: Vec<_> = renderings.collect();
            serde_json::json!([hit.range, hit.term, hit.pos, hit.mandatory, hit.dnt, hit.note, renderings])
        }
    }
}

fn value(draft: &Draft) -> String {
    let links = draft.alignment.as_ref().map(|it| &it.links);
    let links = links.map(|links| links.iter().map(|link| (link.target.clone(), link.source.clone(), link.weight)));
    let kept = Kept { text: draft.text.clone(), links: links.map(Iterator::collect) };
    serde_json::to_string(&kept).expect("plain data")
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("plain data")
}

#[cfg(test)]
mod tests;
