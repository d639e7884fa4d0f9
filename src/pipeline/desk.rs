//! What a run has on its desk, and what it looks up there: its settings, its outputs, and what earlier runs finished.

use std::sync::Arc;

use crate::config::Plan;
use crate::emit::report::Form;
use crate::model::{Lang, Origin, Pair, Translation, sha256};
use crate::translate::Books;

use super::ledger::{Earlier, Entry, Ledger};
use super::outputs::{Outputs, Stored};
use super::publish::names;
use super::{Error, Input, Observer, Silence, Stages, Stop};
use super::{books, records};

/// Where articles are finished: what both halves of a run work with.
pub(super) struct Desk {
    pub(super) plan: Plan,
    pub(super) stages: Arc<Stages>,
    pub(super) observer: Arc<dyn Observer>,
    pub(super) stop: Stop,
    pub(super) outputs: Outputs,
    pub(super) earlier: Earlier,
    pub(super) run: String,
    /// Where what services answer is kept, where services are asked.
    pub(super) books: Option<Books>,
}

impl Desk {
    /// Sits down at the plan's output folder, with the ledger that the run is to keep there.
    pub(super) fn open(
        plan: &Plan,
        stages: Arc<Stages>,
        observer: Arc<dyn Observer>,
        stop: Stop,
    ) -> Result<(Self, Ledger), Error> {
        let outputs = Outputs::open(&plan.out)?;
        let mut ledger = Ledger::hold(&outputs)?;
        outputs.sweep();
        let header = stages.header();
        let earlier = Earlier::read(&outputs, &header)?;
        let services = stages.translator.has_services();
        let books = services.then(|| books::open(plan, &outputs, &*observer)).transpose()?;
        if let Some(books) = &books {
            stages.translator.keep_in(books);
            let free = stages.translator.free_services();
            books::warn_of(free.filter(|_| !books.allowance.budget.is_zero()), &*observer);
        }
        ledger.begin(&header)?;
        let run = header.fingerprint();
        Ok((Self { plan: plan.clone(), stages, observer, stop, outputs, earlier, run, books }, ledger))
    }

    /// Stands by the plan's output folder, to look at what is there; nothing is written.
    pub(super) fn look(plan: &Plan, stages: Arc<Stages>) -> Self {
        let outputs = Outputs::look(&plan.out);
        let header = stages.header();
        let (earlier, run) = (Earlier::look(&outputs, &header), header.fingerprint());
        let (observer, stop) = (Arc::new(Silence), Stop::default());
        Self { plan: plan.clone(), stages, observer, stop, outputs, earlier, run, books: None }
    }

    /// How many segments fill a window.
    pub(super) fn window(&self) -> usize {
        self.plan.config.translate.window.get()
    }

    /// Whether an earlier run finished this input in every language of the plan.
    pub(super) fn is_finished(&self, input: &Input, sha256: &str) -> bool {
        self.plan.to.iter().all(|target| self.finished(input, *target, sha256).is_some())
    }

    /// What an earlier run says of this input, where it finished it in this language.
    pub(super) fn finished(&self, input: &Input, target: Lang, sha256: &str) -> Option<&Entry> {
        let finished = self.earlier.finished((&input.slug, target), sha256, |pair| self.stages.translator.route(pair));
        finished.filter(|entry| entry.row.origin == input.origin)
    }

    /// The article of another file whose outputs bear the names that this one's would.
    pub(super) fn other_owner(&self, input: &Input, target: Lang) -> Option<&Origin> {
        let earlier = self.earlier.entry(&input.slug, target).filter(|entry| !entry.stored.is_empty())?;
        let origin = &earlier.row.origin;
        (!self.plan.overwrite && !input.is_of(origin)).then_some(origin)
    }

    /// The output that somebody has changed since it was written, and what the run that wrote it says.
    pub(super) fn changed(&self, input: &Input, pair: Pair) -> Option<(&Entry, String)> {
        if self.plan.overwrite {
            return None;
        }
        let earlier = self.earlier.entry(&input.slug, pair.target).filter(|entry| !entry.stored.is_empty())?;
        let ours = |name: &String| earlier.stored.iter().find(|stored| stored.path == *name);
        let changed = names(&input.slug, pair)
            .into_iter()
            .map(|(_, name)| name)
            .find(|name| self.outputs.is_foreign(name, ours(name)));
        changed.map(|name| (earlier, name))
    }

    /// The file that no run wrote and that stands where an output of this input is to go. A run that was killed leaves the
    /// record of an article before its outputs; then it is seen by their text whose they are.
    pub(super) fn foreign(&self, input: &Input, pair: Pair) -> Option<String> {
        let known = self.earlier.entry(&input.slug, pair.target).is_some_and(|it| !it.stored.is_empty());
        if self.plan.overwrite || known || self.outputs.path(&records::name(&input.slug, pair)).exists() {
            return None;
        }
        let certain = |form: &Form| matches!(form, Form::Xliff | Form::Page);
        let mut names = names(&input.slug, pair).into_iter().filter(|(form, _)| certain(form)).map(|(_, name)| name);
        names.find(|name| self.outputs.is_foreign(name, None))
    }

    /// Removes what the run before wrote for `translation` and this one did not, such as the terms of an article that has
    /// none any more; what somebody has changed stays.
    pub(super) fn clear(&self, translation: &Translation, written: &[Stored]) {
        let Some(earlier) = self.earlier.entry(&translation.slug, translation.target) else { return };
        let ours = names(&translation.slug, translation.pair()).map(|(_, name)| name);
        let is_new = |path: &String| written.iter().any(|stored| stored.path == *path);
        for stored in earlier.stored.iter().filter(|stored| ours.contains(&stored.path) && !is_new(&stored.path)) {
            self.outputs.remove(stored);
        }
    }

    /// Whether a file that no run wrote stands where `text` is to go. One that holds just that text is a killed run's.
    pub(super) fn is_in_the_way(&self, translation: &Translation, name: &str, text: &str) -> bool {
        let known = self.earlier.entry(&translation.slug, translation.target).is_some_and(|it| !it.stored.is_empty());
        let stored = Stored { path: name.to_owned(), sha256: sha256(text.as_bytes()) };
        !self.plan.overwrite && !known && self.outputs.is_foreign(name, Some(&stored))
    }
}
