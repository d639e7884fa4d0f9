//! The threads that translate, and the models they share.
//!
//! Laws: every request is answered, by drafts or by an error; a panic in the engine is an error of its batch; a model
//! is loaded once, when it is first used, and again only after it made room for another.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use futures_util::future::try_join_all;
use tokio::sync::oneshot;

use super::shelf::Shelf;
use super::{model::Model, parts};
use crate::model::guarded;
use crate::translate::{Alignment, Draft, Error, Input, Scored};

/// The way to the threads. When it is dropped, they end.
pub(super) struct Pool {
    jobs: Sender<Job>,
}

type Reply<T> = oneshot::Sender<Result<Vec<T>, Error>>;

/// What a thread is asked to do with a few texts, through models one after the other.
enum Job {
    /// Translate them.
    Translate { legs: Vec<usize>, texts: Vec<Input>, reply: Reply<Draft> },
    /// Tell how likely translations of them are.
    Score { legs: Vec<usize>, asks: Vec<Scored>, reply: Reply<Vec<f32>> },
}

/// Texts of a job: as many as the engine computes together.
const JOB: usize = 16;

impl Pool {
    /// Starts `threads` threads.
    pub(super) fn start(shelf: Shelf, threads: usize) -> Result<Self, Error> {
        let (jobs, queue) = mpsc::channel();
        let (queue, shelf) = (Arc::new(Mutex::new(queue)), Arc::new(shelf));
        for number in 0..threads.max(1) {
            let (queue, shelf) = (Arc::clone(&queue), Arc::clone(&shelf));
            let worker = thread::Builder::new().name(format!("translate-{number}"));
            worker
                .spawn(move || work(&queue, &shelf))
                .map_err(|error| Error::Threads { reason: format!("cannot be started: {error}") })?;
        }
        Ok(Self { jobs })
    }

    /// Translates texts through the models at `legs`; those of like length together, so that no thread waits long for
    /// another.
    pub(super) async fn translate(&self, legs: &[usize], texts: &[Input]) -> Result<Vec<Draft>, Error> {
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&text| std::cmp::Reverse(texts[text].text.len()));
        let answers = order.chunks(JOB).map(|chunk| {
            let texts = chunk.iter().map(|&text| texts[text].clone()).collect();
            self.job(|reply| Job::Translate { legs: legs.to_vec(), texts, reply })
        });
        let answers = try_join_all(answers).await?;
        let mut drafts: Vec<(usize, Draft)> = order.into_iter().zip(answers.into_iter().flatten()).collect();
        drafts.sort_by_key(|(text, _)| *text);
        Ok(drafts.into_iter().map(|(_, draft)| draft).collect())
    }

    /// Tells how likely translations of texts are.
    pub(super) async fn score(&self, legs: &[usize], mut asks: Vec<Scored>) -> Result<Vec<Vec<f32>>, Error> {
        let mut answers = Vec::new();
        while !asks.is_empty() {
            let rest = asks.split_off(asks.len().min(JOB));
            let asks = std::mem::replace(&mut asks, rest);
            answers.push(self.job(|reply| Job::Score { legs: legs.to_vec(), asks, reply }));
        }
        Ok(try_join_all(answers).await?.into_iter().flatten().collect())
    }

    async fn job<T>(&self, job: impl FnOnce(Reply<T>) -> Job) -> Result<Vec<T>, Error> {
        let (reply, answer) = oneshot::channel();
        let gone = || Error::Threads { reason: "have ended".to_owned() };
        self.jobs.send(job(reply)).map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

fn work(queue: &Mutex<Receiver<Job>>, shelf: &Shelf) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match job {
            Ok(Job::Translate { legs, texts, reply }) => answer(reply, || through(shelf, &legs, texts)),
            Ok(Job::Score { legs, asks, reply }) => answer(reply, || scores(shelf, &legs, asks)),
            Err(_) => return,
        }
    }
}

/// Does the work and sends what came of it, unless whoever asked has gone.
fn answer<T>(reply: Reply<T>, work: impl FnOnce() -> Result<Vec<T>, Error>) {
    if reply.is_closed() {
        return;
    }
    let broken = |reason| Error::Threads { reason: format!("have met a fault: {reason}") };
    let _ = reply.send(guarded(work).unwrap_or_else(|reason| Err(broken(reason))));
}

/// Scores translations by the last model, on what the ones before make of their text.
fn scores(shelf: &Shelf, legs: &[usize], mut asks: Vec<Scored>) -> Result<Vec<Vec<f32>>, Error> {
    let Some((&last, first)) = legs.split_last() else { return Ok(vec![Vec::new(); asks.len()]) };
    if !first.is_empty() {
        let texts = asks.iter().map(|ask| Input { text: ask.text.clone(), ..Input::default() }).collect();
        let drafts = through(shelf, first, texts)?;
        asks.iter_mut().zip(drafts).for_each(|(ask, draft)| ask.text = draft.text);
    }
    let model = shelf.model(last)?;
    guarded(|| parts::score(&model, &asks)).map_err(|reason| Error::Engine { pair: model.pair, reason })
}

/// Translates texts through one model after the other, composing the alignments.
fn through(shelf: &Shelf, legs: &[usize], mut texts: Vec<Input>) -> Result<Vec<Draft>, Error> {
    let mut drafts: Option<Vec<Draft>> = None;
    for &leg in legs {
        let model: Arc<Model> = shelf.model(leg)?;
        let broken = |reason| Error::Engine { pair: model.pair, reason };
        let next = guarded(|| parts::translate(&model, &texts)).map_err(broken)??;
        let composed = |(first, second): (Draft, Draft)| {
            let alignment =
                first.alignment.zip(second.alignment).map(|(one, two): (Alignment, Alignment)| one.then(&two));
            Draft { text: second.text, alignment }
        };
        let next = match drafts {
            Some(drafts) => drafts.into_iter().zip(next).map(composed).collect(),
            None => next,
        };
        texts.iter_mut().zip(&next).for_each(|(input, draft)| {
            let align = input.align;
            *input = Input { text: draft.text.clone(), align, ..Input::default() };
        });
        drafts = Some(next);
    }
    Ok(drafts.unwrap_or_default())
}
