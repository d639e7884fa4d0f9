//! The threads that translate, and the models they share.
//!
//! An `Engine` may be shared between threads but not moved, so one thread owns them all: it loads a model into its
//! slot when it is first asked for, and lends it to workers that live inside its scope. Nothing is leaked, and when the
//! pool is dropped the threads end and the memory is free again.
//! Law: every request is answered, by drafts or by an error; a panic in the engine is an error of its batch.

use std::cell::OnceCell;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use tokio::sync::oneshot;

use super::model::Model;
use super::parts;
use crate::model::guarded;
use crate::translate::models::ModelSet;
use crate::translate::{Alignment, Draft, Error, Input};

/// The way to the threads.
pub(super) struct Pool {
    requests: Sender<Request>,
}

type Reply = oneshot::Sender<Result<Vec<Draft>, Error>>;

struct Request {
    legs: Vec<usize>,
    texts: Vec<Input>,
    reply: Reply,
}

struct Job<'a> {
    legs: Vec<&'a Model>,
    texts: Vec<Input>,
    reply: Reply,
}

impl Pool {
    /// Starts the owner, which starts `threads` workers.
    pub(super) fn start(sets: Vec<ModelSet>, threads: usize) -> Result<Self, Error> {
        let (requests, incoming) = mpsc::channel();
        let owner = thread::Builder::new().name("models".to_owned());
        owner
            .spawn(move || own(&sets, threads.max(1), &incoming))
            .map_err(|error| Error::Threads { reason: format!("cannot be started: {error}") })?;
        Ok(Self { requests })
    }

    /// Translates texts through the models at `legs`, one after the other.
    pub(super) async fn translate(&self, legs: Vec<usize>, texts: Vec<Input>) -> Result<Vec<Draft>, Error> {
        let (reply, answer) = oneshot::channel();
        let gone = || Error::Threads { reason: "have ended".to_owned() };
        self.requests.send(Request { legs, texts, reply }).map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

/// Owns the models and hands requests to the workers.
fn own(sets: &[ModelSet], threads: usize, requests: &Receiver<Request>) {
    let slots: Vec<OnceCell<Result<Model, Error>>> = sets.iter().map(|_| OnceCell::new()).collect();
    let (jobs, queue) = mpsc::channel();
    let queue = Mutex::new(queue);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| work(&queue));
        }
        // Taken into the scope, so that the queue ends, and the workers with it, when the requests do.
        let jobs = jobs;
        for Request { legs, texts, reply } in requests {
            let model = |&leg: &usize| slots[leg].get_or_init(|| load(&sets[leg])).as_ref().map_err(Clone::clone);
            match legs.iter().map(model).collect() {
                Ok(legs) => _ = jobs.send(Job { legs, texts, reply }),
                Err(error) => _ = reply.send(Err(error)),
            }
        }
    });
}

/// Loads a model; damage that shows as a panic in the engine is an error of the model.
fn load(set: &ModelSet) -> Result<Model, Error> {
    let damaged = |reason| Error::Model { path: set.dir.clone(), reason: format!("the files are damaged: {reason}") };
    guarded(|| Model::load(set)).map_err(damaged)?
}

fn work(queue: &Mutex<Receiver<Job<'_>>>) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { legs, texts, reply }) = job else { return };
        // Whoever asked may have gone; then there is no one to translate for.
        if !reply.is_closed() {
            let _ = reply.send(through(&legs, texts));
        }
    }
}

/// Translates texts through one model after the other, composing the alignments.
fn through(legs: &[&Model], texts: Vec<Input>) -> Result<Vec<Draft>, Error> {
    let mut drafts: Option<Vec<Draft>> = None;
    let mut texts = texts;
    for model in legs {
        let broken = |reason| Error::Engine { pair: model.pair, reason };
        let next = guarded(|| parts::translate(model, &texts)).map_err(broken)??;
        let composed = |(first, second): (Draft, Draft)| {
            let alignment =
                first.alignment.zip(second.alignment).map(|(one, two): (Alignment, Alignment)| one.then(&two));
            Draft { text: second.text, alignment }
        };
        let next = match drafts {
            Some(drafts) => drafts.into_iter().zip(next).map(composed).collect(),
            None => next,
        };
        texts.iter_mut().zip(&next).for_each(|(input, draft)| input.text.clone_from(&draft.text));
        drafts = Some(next);
    }
    Ok(drafts.unwrap_or_default())
}
