//! The second half of a run: windows are translated, and every article's outputs are written.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures_util::{Stream, StreamExt};

use crate::emit::pages;
use crate::emit::report::{self, ArticleRow, RunReport, ServiceRow, Status, count};
use crate::model::{Document, Failed, Failure, Lang, Outcome, Pair, Segment, Spent, Translation, Unit};
use crate::translate::Spending;

use super::desk::Desk;
use super::ledger::{Entry, Ledger};
use super::outputs::Stored;
use super::publish::{self, File};
use super::reading::{Read, State, alone};
use super::{Error, Event, Input, records};

/// What was written of an article, and what the report says of it.
struct Published {
    row: ArticleRow,
    stored: Vec<Stored>,
    exports: Vec<String>,
}

/// An article finished in one language.
pub(super) struct Done {
    entry: Entry,
    /// Whether an earlier run had finished it.
    pub(super) resumed: bool,
}

impl Done {
    /// What the report says of it.
    pub(super) fn row(&self) -> &ArticleRow {
        &self.entry.row
    }
}

impl Desk {
    /// Translates a window and writes its outputs, a language at a time, so that a backend sees long runs of one pair.
    /// What is done comes article by article, each in the languages of the plan; nothing once the run was asked to stop.
    pub(super) async fn finish(self: Arc<Self>, window: Vec<Read>) -> Vec<Done> {
        if self.stop.is_asked() {
            return Vec::new();
        }
        let mut articles: Vec<Vec<Done>> = window.iter().map(|_| Vec::with_capacity(self.plan.to.len())).collect();
        for target in &self.plan.to {
            let done = Arc::clone(&self).finish_in(&window, *target).await;
            articles.iter_mut().zip(done).for_each(|(article, done)| article.push(done));
        }
        articles.into_iter().flatten().collect()
    }

    /// Takes finished articles in order to the ledger and the report, and ends the run.
    pub(super) async fn close(
        &self,
        finished: impl Stream<Item = Vec<Done>>,
        mut ledger: Ledger,
    ) -> Result<RunReport, Error> {
        let (mut rows, mut known) = (Vec::new(), BTreeSet::new());
        let mut finished = std::pin::pin!(finished);
        while let Some(window) = finished.next().await {
            for Done { entry, resumed } in window {
                // What left no file takes the place of no article that did, nor does what is to be gone on with.
                if !entry.stored.is_empty() {
                    if entry.row.status != Status::Unfinished {
                        ledger.append(&entry)?;
                    }
                    known.insert((entry.slug, entry.target));
                }
                self.observer.hear(&Event::Finished { row: &entry.row, resumed });
                rows.push(entry.row);
            }
        }
        let others: Vec<&Entry> = self.earlier.others(&known).collect();
        let report = RunReport::new(env!("CARGO_PKG_VERSION"), rows).with_services(self.services());
        self.outputs.write("report.json", report::json(&report).as_bytes())?;
        self.outputs.write("index.html", index(&report, &others).as_bytes())?;
        if !self.stop.is_asked() {
            others.into_iter().try_for_each(|entry| ledger.append(entry))?;
            ledger.finish()?;
            self.books.iter().try_for_each(|books| books.spend.start_anew())?;
        }
        let damaged = self.books.as_ref().map_or(0, |books| books.results.damaged());
        if damaged > 0 {
            let message =
                format!("{} kept on disk were damaged: their texts were sent again", count(damaged, "answer"));
            self.observer.hear(&Event::Warning { message: &message });
        }
        Ok(report)
    }

    /// What was had of the services that were used.
    fn services(&self) -> Vec<ServiceRow> {
        let used = |it: &Spending| it.cached > 0 || it.spent != Spent::default();
        let spending = self.stages.translator.spending().into_iter().filter(used);
        spending.map(|Spending { backend, spent, cached }| ServiceRow { backend, spent, cached }).collect()
    }

    async fn finish_in(self: Arc<Self>, window: &[Read], target: Lang) -> Vec<Done> {
        let mut ended: Vec<Option<Done>> = Vec::with_capacity(window.len());
        let (mut places, mut documents) = (Vec::new(), Vec::new());
        for (place, read) in window.iter().enumerate() {
            match self.open_for(read, target) {
                Ok(document) => {
                    places.push((place, read.input.clone()));
                    documents.push(document);
                    ended.push(None);
                }
                Err(done) => ended.push(Some(*done)),
            }
        }
        let progress = |segments| {
            if segments > 0 {
                self.observer.hear(&Event::Translated { segments });
            }
        };
        let units = self.stages.units(documents, target, &progress).await;
        if units.iter().any(|document| halted(document).is_some()) {
            self.stop.ask();
        }
        let desk = Arc::clone(&self);
        let write = move || {
            for ((place, input), document) in places.into_iter().zip(units) {
                ended[place] = Some(match halted(&document) {
                    Some(why) => desk.unfinished(&input, target, why),
                    None => desk.write(&input, document, target),
                });
            }
            ended.into_iter().flatten().collect()
        };
        tokio::task::spawn_blocking(write).await.expect("writing does not panic")
    }

    /// The document to translate, or how the article ends without.
    pub(super) fn open_for(&self, read: &Read, target: Lang) -> Result<Document<Segment>, Box<Done>> {
        let (input, sha256) = match &read.state {
            State::Refused(reason) => return Err(Box::new(self.unread(&read.input, target, reason))),
            State::Finished(sha256) => (&read.input, sha256),
            State::Ready(document) => (&read.input, &document.head.sha256),
        };
        if let Some(entry) = self.finished(input, target, sha256) {
            return Err(Box::new(Done { entry: entry.clone(), resumed: true }));
        }
        let State::Ready(document) = &read.state else {
            return Err(Box::new(self.unread(
                input,
                target,
                "its outputs were changed while it was looked at: run again",
            )));
        };
        if document.segments().all(|(lang, _)| lang.reads_as(target)) {
            return Err(Box::new(self.row(input, target, ArticleRow::unneeded(input.origin.clone(), target))));
        }
        if let Some(origin) = self.other_owner(input, target) {
            let reason =
                format!("its outputs would replace those of `{origin}`: name another --out, or say --overwrite");
            return Err(Box::new(self.unread(input, target, &reason)));
        }
        let pair = Pair { source: document.language, target };
        if let Some(name) = self.foreign(input, pair) {
            return Err(Box::new(self.unread(input, target, &in_the_way(&name))));
        }
        match self.changed(input, pair) {
            Some((earlier, name)) => Err(Box::new(self.left(input, target, earlier, &name))),
            None => Ok(Document::clone(document)),
        }
    }

    /// Writes the outputs of a translated article; what cannot be written is the article's failure, not the run's.
    fn write(&self, input: &Input, document: Document<Unit>, target: Lang) -> Done {
        let (sha256, pair) = (document.head.sha256.clone(), Pair { source: document.language, target });
        let translation = Translation { slug: input.slug.clone(), target, document };
        let Published { row, stored, exports } = match alone(input, || self.emit(translation)) {
            Ok(published) => published,
            Err(reason) => return self.unread(input, target, &reason),
        };
        let entry = Entry {
            input: sha256,
            route: self.stages.translator.route(pair),
            emit: Some(self.plan.config.emit.clone()),
            exports,
            stored,
            ..self.entry(input, target, row)
        };
        Done { entry, resumed: false }
    }

    /// Writes the outputs of an article; what people made of it before stands in them.
    fn emit(&self, translation: Translation) -> Result<Published, String> {
        let options = &self.plan.config.emit;
        let record = records::after_translation(&self.outputs, translation, options)?;
        let reviewed = record.has_reviews().then(|| self.stages.looked_at(record.now()));
        let now = reviewed.as_ref().unwrap_or(&record.machine);
        let files = publish::files(now, options, &self.stages)?;
        if let Some(File { name, .. }) = files.iter().find(|it| self.is_in_the_way(now, &it.name, &it.text)) {
            return Err(in_the_way(name));
        }
        let record_name = records::name(&now.slug, now.pair());
        let text = records::text(&record)?;
        let mut all = vec![(record_name.as_str(), text.as_slice())];
        all.extend(files.iter().map(|file| (file.name.as_str(), file.text.as_bytes())));
        let stored = self.outputs.write_all(&all).map_err(|error| error.to_string())?;
        self.clear(now, &stored);
        let exports = record.exports().map(str::to_owned).collect();
        Ok(Published { row: publish::row(now, &files), stored, exports })
    }

    /// How an article ends that could not be read, or whose outputs could not be written.
    fn unread(&self, input: &Input, target: Lang, reason: &str) -> Done {
        self.row(input, target, ArticleRow::unreadable(input.origin.clone(), target, reason))
    }

    /// How an article ends of which a segment was halted: nothing is written, and the same command goes on with it.
    fn unfinished(&self, input: &Input, target: Lang, why: &Failed) -> Done {
        let earlier = self.earlier.entry(&input.slug, target);
        let earlier = earlier.filter(|it| input.is_of(&it.row.origin) && !it.stored.is_empty());
        let row =
            ArticleRow::unfinished(input.origin.clone(), target, why.to_string(), earlier.map(|it| it.row.clone()));
        self.row(input, target, row)
    }

    /// How an article ends whose output `name` somebody has changed: a reviewer's work stays.
    fn left(&self, input: &Input, target: Lang, earlier: &Entry, name: &str) -> Done {
        self.row(input, target, ArticleRow::protected(earlier.row.clone(), name))
    }

    /// An article of which nothing but its row is left.
    fn row(&self, input: &Input, target: Lang, row: ArticleRow) -> Done {
        Done { entry: self.entry(input, target, row), resumed: false }
    }

    /// What goes to the ledger of an article for which nothing was written: its files of earlier runs stay its own.
    fn entry(&self, input: &Input, target: Lang, row: ArticleRow) -> Entry {
        let (slug, run) = (input.slug.clone(), self.run.clone());
        let earlier = self.earlier.entry(&slug, target).filter(|earlier| input.is_of(&earlier.row.origin));
        let kept = |earlier: &Entry| (earlier.stored.clone(), earlier.exports.clone(), earlier.emit.clone());
        let (stored, exports, emit) = earlier.map(kept).unwrap_or_default();
        Entry { slug, target, run, input: String::new(), route: None, emit, exports, stored, row }
    }
}

/// Why a segment of a document was halted, where one was.
fn halted(document: &Document<Unit>) -> Option<&Failed> {
    let failures = document.segments().filter_map(|(_, unit)| match &unit.outcome {
        Outcome::Failed(why) => Some(why),
        Outcome::Translated(_) | Outcome::Kept(_) => None,
    });
    failures.into_iter().find(|why| why.kind == Failure::Halted)
}

fn in_the_way(name: &str) -> String {
    format!("`{name}` is in the way, no run wrote it: move it away or replace it with --overwrite")
}

/// The list of all that is in the folder: the articles of this run, then those of earlier ones.
fn index(report: &RunReport, others: &[&Entry]) -> String {
    let rows = report.articles.iter().chain(others.iter().map(|entry| &entry.row)).cloned();
    pages::index(&RunReport::new(&*report.tool_version, rows.collect()))
}
