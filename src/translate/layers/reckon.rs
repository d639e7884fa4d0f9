//! What asking a backend would take, told without a call.
//!
//! Law: texts go the way that [`Link::ask`] has them go: what is too long is left, what was answered is not sent, and the
//! rest is charged in the portions in which it would be sent.

use super::{Link, Service};
use crate::model::Spent;
use crate::translate::estimate::{Estimate, Line};
use crate::translate::{Batch, Error, Input};

impl Link {
    /// Adds to `estimate` what asking for the texts of a batch at `open` would take of this backend, which is the one at
    /// `place` of the chain; gives the texts that it does not take, and why.
    pub(crate) async fn reckon(
        &self,
        estimate: &mut Estimate,
        (place, batch): (usize, &Batch),
        open: &[usize],
    ) -> Vec<(usize, Error)> {
        let (fitting, long) = self.fitting(batch, open);
        let mut left: Vec<_> = long.into_iter().filter_map(|(at, result)| Some((at, result.err()?))).collect();
        let (backend, network) = (self.name.clone(), self.capability().network);
        let mut line = Line { backend, network, texts: fitting.len(), ..Line::default() };
        if let Some(service) = &self.service {
            match self.recalled(batch, &fitting).await {
                Ok((recalled, missing)) => {
                    line.cached = recalled.len();
                    let missing = self.new_results(estimate, batch, missing);
                    self.charge(service, &mut line, &batch.part(&missing));
                }
                Err(error) => {
                    line.texts = 0;
                    left.extend(fitting.into_iter().map(|at| (at, error.clone())));
                }
            }
        }
        estimate.add((place, batch.pair), line);
        left
    }

    /// The places of texts that were not reckoned before.
    fn new_results(&self, estimate: &mut Estimate, batch: &Batch, mut places: Vec<usize>) -> Vec<usize> {
        let mut keys = self.keys(batch.pair, places.iter().map(|&at| &batch.texts[at])).into_iter();
        places.retain(|_| keys.next().is_some_and(|key| estimate.is_new_result(key)));
        places
    }

    fn charge(&self, service: &Service, line: &mut Line, batch: &Batch) {
        line.spent = self.charged(service, batch);
        line.at_most = line.spent.usage.input_tokens + line.spent.usage.output_tokens > 0;
        let texts = batch.texts.iter().flat_map(|input| self.repairs(input)).collect();
        line.repairs = self.charged(service, &Batch { pair: batch.pair, texts });
    }

    /// What the service charges for a batch in its portions.
    fn charged(&self, service: &Service, batch: &Batch) -> Spent {
        let all: Vec<usize> = (0..batch.texts.len()).collect();
        let portions = self.portions(batch, &all).into_iter().map(|portion| batch.part(&portion));
        portions.map(|portion| service.account.priced(self.backend.charge(&portion))).sum()
    }

    /// The texts that are sent besides if all terms of a text were missing in its draft: each term by itself, and the text
    /// with placeholders; before that the text with what is to be said, where the backend can be made to.
    fn repairs(&self, input: &Input) -> Vec<Input> {
        let rendered: Vec<_> = input.terms.iter().filter(|hit| hit.is_rendered()).collect();
        if rendered.is_empty() {
            return Vec::new();
        }
        let text = |text: String| Input { text, ..Input::default() };
        let mut texts: Vec<_> = rendered
            .iter()
            .filter_map(|hit| input.text.get(hit.range.clone()))
            .map(|term| text(term.to_owned()))
            .collect();
        // A placeholder such as X1X may be longer than the term that it stands for.
        texts.push(text(input.text.clone() + &"X10X".repeat(rendered.len())));
        texts.extend(self.capability().terms.forces.then(|| input.clone()));
        texts
    }
}
