//! What services may be paid: the charge of a try is reserved before it, in writing, and settled after it.
//!
//! Laws: no try begins whose charge, as its service would charge it at the most, goes beyond the budget or the characters
//! allowed; what is reserved is on disk before the try, so that a killed run has written down at least what it spent. What
//! a service did not accept is given back: it was never reached, or refused the request (4xx). A try whose end is not
//! known stays charged, since services bill what they accepted, whether the answer arrives or not.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::Limits;
use crate::memory::{self, Store};
use crate::model::{Money, Spent, Usage};
use crate::translate::{Answer, Backend, Batch, Error, Trouble};

/// What may be spent on all services together, by this run and those before it that were stopped; 0 for no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Allowance {
    /// Money.
    pub budget: Money,
    /// Characters sent.
    pub max_chars: u64,
}

/// Where a run keeps what services answer, and what they are paid.
#[derive(Debug, Clone)]
pub struct Books {
    /// What services answered.
    pub results: Arc<Store>,
    /// What they were paid; of this folder of outputs alone.
    pub spend: Arc<Store>,
    /// What they may be paid.
    pub allowance: Allowance,
}

/// What a run had of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spending {
    /// The service as the configuration names it.
    pub backend: String,
    /// What it was paid.
    pub spent: Spent,
    /// Texts that it had answered in an earlier run, which were not sent again.
    pub cached: u64,
}

/// The account of a service in a run.
#[derive(Debug)]
pub(crate) struct Account {
    name: String,
    prices: Prices,
    books: OnceLock<Books>,
    run: Mutex<(Spent, u64)>,
}

/// What a million cost.
#[derive(Debug, Clone, Copy)]
struct Prices {
    characters: Money,
    input_tokens: Money,
    output_tokens: Money,
}

impl Account {
    /// The account of the service `name` at the prices of `limits`, with nothing on it.
    pub(crate) fn new(name: &str, limits: &Limits) -> Self {
        let prices = Prices {
            characters: Money::from_number(limits.price),
            input_tokens: Money::from_number(limits.price_input),
            output_tokens: Money::from_number(limits.price_output),
        };
        Self { name: name.to_owned(), prices, books: OnceLock::new(), run: Mutex::default() }
    }

    /// Whether nothing has a price, so that no budget ever ends.
    pub(crate) fn is_free(&self) -> bool {
        let Prices { characters, input_tokens, output_tokens } = self.prices;
        [characters, input_tokens, output_tokens].iter().all(Money::is_zero)
    }

    /// Has the account kept in `books`; the first ones that are given count.
    pub(crate) fn keep_in(&self, books: &Books) {
        let _ = self.books.set(books.clone());
    }

    /// Where the account is kept, once it is.
    pub(crate) fn books(&self) -> Option<&Books> {
        self.books.get()
    }

    /// What was had of the service in this run.
    pub(crate) fn spending(&self) -> Spending {
        let (spent, cached) = *self.run.lock().unwrap_or_else(PoisonError::into_inner);
        Spending { backend: self.name.clone(), spent, cached }
    }

    /// Counts texts that were not sent, since the service had answered them in an earlier run.
    pub(crate) fn count_cached(&self, texts: usize) {
        self.run.lock().unwrap_or_else(PoisonError::into_inner).1 += texts as u64;
    }

    /// A usage and what it costs here.
    pub(crate) fn priced(&self, usage: Usage) -> Spent {
        let Prices { characters, input_tokens, output_tokens } = self.prices;
        let money = characters.for_each_of(usage.characters)
            + input_tokens.for_each_of(usage.input_tokens)
            + output_tokens.for_each_of(usage.output_tokens);
        Spent { usage, money }
    }

    /// One try, if it can be paid.
    ///
    /// # Errors
    /// What the backend says, or that the budget does not reach.
    pub(crate) async fn pay(&self, backend: &dyn Backend, batch: &Batch) -> Result<Answer, Error> {
        let charge = self.priced(backend.charge(batch));
        self.reserve(charge).await?;
        let answer = backend.translate(batch).await;
        self.settle(charge, self.used(charge, &answer)).await;
        answer
    }

    /// What a try that was reserved at `charge` cost in the end.
    fn used(&self, charge: Spent, answer: &Result<Answer, Error>) -> Spent {
        let requests = charge.usage.requests;
        match answer {
            Ok(Answer { used: Some(usage), .. }) => self.priced(Usage { requests, ..*usage }),
            Err(error) if was_not_accepted(error) => self.priced(Usage { requests, ..Usage::default() }),
            _ => charge,
        }
    }

    async fn reserve(&self, charge: Spent) -> Result<(), Error> {
        if let Some(Books { spend, allowance, .. }) = self.books.get().cloned() {
            let name = self.name.clone();
            let reserve = move || spend.reserve(&name, charge, |total| allowance.reaches(charge, total));
            let reserved = off_thread(reserve).await.map_err(|error| unwritten(&error))?;
            reserved.map_err(|before| Error::Spent { reason: allowance.exceeded(charge, before) })?;
        }
        self.run.lock().unwrap_or_else(PoisonError::into_inner).0 += charge;
        Ok(())
    }

    async fn settle(&self, charge: Spent, used: Spent) {
        {
            let mut run = self.run.lock().unwrap_or_else(PoisonError::into_inner);
            run.0 = (run.0 + used).less(charge);
        }
        if let Some(Books { spend, .. }) = self.books.get().cloned().filter(|_| used != charge) {
            let name = self.name.clone();
            // Where it cannot be written, more is charged than was spent, and the next reservation says why.
            let _ = off_thread(move || spend.settle(&name, charge, used)).await;
        }
    }
}

impl Allowance {
    /// Whether `charge` may be spent where `total` is spent with it.
    fn reaches(self, charge: Spent, total: Spent) -> bool {
        let money = self.budget.is_zero() || charge.money.is_zero() || total.money <= self.budget;
        money && (self.max_chars == 0 || total.usage.characters <= self.max_chars)
    }

    /// What to say where `before` is spent and `charge` cannot be.
    fn exceeded(self, charge: Spent, before: Spent) -> String {
        let characters = (before.usage.characters, charge.usage.characters);
        if self.max_chars > 0 && characters.0.saturating_add(characters.1) > self.max_chars {
            return format!(
                "{} of {} characters are sent, and the next request has {}: a larger --max-chars goes on",
                characters.0, self.max_chars, characters.1
            );
        }
        format!(
            "{} of the budget of {} is spent, and the next request costs up to {}: a larger --budget goes on",
            before.money, self.budget, charge.money
        )
    }
}

/// Whether a service never had the request, or refused it.
fn was_not_accepted(error: &Error) -> bool {
    let Error::Service { trouble, .. } = error else { return false };
    match trouble {
        Trouble::Auth
        | Trouble::Quota
        | Trouble::Limited
        | Trouble::Unreachable
        | Trouble::Insecure
        | Trouble::TooLarge
        | Trouble::Refused
        | Trouble::Address
        | Trouble::Settings
        | Trouble::Pair => true,
        Trouble::Overloaded
        | Trouble::Timeout
        | Trouble::Cut
        | Trouble::Unreadable
        | Trouble::Oversize
        | Trouble::Declined => false,
    }
}

/// Nothing is paid for that cannot be written down.
pub(super) fn unwritten(error: &memory::Error) -> Error {
    let reason = format!("{error}; nothing is sent that could not be kept: make room or mend it, and run again");
    Error::Spent { reason }
}

/// Does what waits for a disk where no other task waits for it.
pub(super) async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.expect("the store does not panic")
}

#[cfg(test)]
mod tests;
