//! The first half of a run: a thread that reads articles and fills windows of segments.

use std::sync::Arc;

use tokio::sync::mpsc;

use crate::model::{Document, Segment, guarded};

use super::desk::Desk;
use super::stages::Refusal;
use super::{Event, Input};

/// An article as far as reading brought it.
#[derive(Debug)]
pub(super) struct Read {
    /// The file.
    pub(super) input: Input,
    /// What came of it.
    pub(super) state: State,
}

/// What came of reading an article.
#[derive(Debug)]
pub(super) enum State {
    /// It is in segments.
    Ready(Box<Document<Segment>>),
    /// An earlier run finished it in every language; the SHA-256 of its bytes.
    Finished(String),
    /// It cannot be translated, and why.
    Refused(String),
}

impl Read {
    fn segments(&self) -> usize {
        match &self.state {
            State::Ready(document) => document.segments().count(),
            State::Finished(_) | State::Refused(_) => 0,
        }
    }
}

/// Windows that wait to be translated; small, since each holds whole articles.
const WAITING: usize = 1;

/// Articles in a window at the most, so that a run over finished or broken ones shows its progress.
const MOST_ARTICLES: usize = 64;

/// The first window is this part of a full one, and each is twice the one before: the engine has work at once.
const FIRST_PART: usize = 8;

/// Segments that the windows of a run are filled up to, in order.
pub fn goals(full: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some((full / FIRST_PART).max(1)), move |goal| Some(full.min(goal * 2)))
}

/// Reads `inputs` in order on a thread of its own and gathers them in windows of `[translate] window` segments.
/// The thread ends when the receiver goes away or the run is asked to stop.
pub(super) fn windows(inputs: Vec<Input>, desk: Arc<Desk>) -> mpsc::Receiver<Vec<Read>> {
    let (sender, receiver) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        let mut window = Vec::new();
        let mut segments = 0;
        let mut goals = goals(desk.window());
        let mut goal = goals.next();
        for input in inputs {
            if desk.stop.is_asked() {
                break;
            }
            let read = read(input, &desk);
            segments += read.segments();
            window.push(read);
            if Some(segments) >= goal || window.len() >= MOST_ARTICLES {
                segments = 0;
                goal = goals.next();
                if sender.blocking_send(std::mem::take(&mut window)).is_err() {
                    return;
                }
            }
        }
        let _ = sender.blocking_send(window);
    });
    receiver
}

fn read(input: Input, desk: &Desk) -> Read {
    let state = alone(&input, || {
        let article = desk.stages.read(&input)?;
        if desk.is_finished(&input, &article.head.sha256) {
            return Ok(State::Finished(article.head.sha256));
        }
        desk.stages.segments(article).map(|document| State::Ready(Box::new(document)))
    });
    let read = Read { state: state.unwrap_or_else(State::Refused), input };
    desk.observer.hear(&Event::Read { origin: read.input.origin.as_str(), segments: read.segments() });
    read
}

/// Works on one article so that a fault of ours, too, is that article's failure and not the end of the batch.
pub(super) fn alone<T>(input: &Input, work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    guarded(work)
        .unwrap_or_else(|reason| Err(format!("{}: a fault of the program, please report it: {reason}", input.origin)))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use crate::model::Origin;

    use super::*;

    #[test]
    fn a_fault_of_ours_is_the_failure_of_one_article() {
        let path = PathBuf::from("in/a.txt");
        let input = Input { origin: Origin::file(&path), slug: "a".into(), path };
        let told = alone(&input, || -> Result<(), Refusal> { panic!("out of luck") }).expect_err("a reason");
        assert!(told.contains("in/a.txt") && told.contains("out of luck"), "{told}");
        assert_eq!(alone(&input, || Ok(1)), Ok(1));
    }
}
