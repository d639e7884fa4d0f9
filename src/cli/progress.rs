//! Progress for people and for programs: a bar on a terminal, plain lines elsewhere, JSON lines on request.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::emit::report::{ArticleRow, count};
use crate::pipeline::{Event, MergeEvent, Observer, Silence};

use super::output;

/// Which kind of progress is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A bar on a terminal, lines elsewhere.
    Human,
    /// One JSON object an event, on standard output.
    Json,
    /// Nothing.
    Quiet,
}

/// Makes the observer for a kind of progress.
pub(super) fn observer(kind: Kind) -> Arc<dyn Observer> {
    match kind {
        Kind::Human if std::io::stderr().is_terminal() => Arc::new(Bar::new()),
        Kind::Human => Arc::new(Lines::default()),
        Kind::Json => Arc::new(Json),
        Kind::Quiet => Arc::new(Silence),
    }
}

/// The kind of progress that flags ask for.
pub(super) fn kind(json: bool, quiet: bool) -> Kind {
    match (json, quiet) {
        (true, _) => Kind::Json,
        (_, true) => Kind::Quiet,
        _ => Kind::Human,
    }
}

/// What hears a merge: a bar on a terminal, JSON lines on request.
pub(super) fn merging(kind: Kind) -> Box<dyn Fn(&MergeEvent<'_>)> {
    match kind {
        Kind::Human if std::io::stderr().is_terminal() => {
            let bar = ProgressBar::new(0);
            if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len} {msg}") {
                bar.set_style(style);
            }
            Box::new(move |event| match event {
                MergeEvent::Planned { files } => bar.set_length(*files as u64),
                MergeEvent::Read { file } => {
                    bar.set_message(format!("read {file}"));
                    bar.inc(1);
                }
                MergeEvent::Written { slug } => bar.set_message(format!("written {slug}")),
            })
        }
        Kind::Json => Box::new(|event| {
            // Whoever reads the events may go away; the merge goes on.
            let _ = output::say_json(event);
        }),
        Kind::Human | Kind::Quiet => Box::new(|_| {}),
    }
}

/// A bar that counts articles, with segments a second and the time left.
struct Bar {
    bar: ProgressBar,
    segments: AtomicUsize,
}

impl Bar {
    fn new() -> Self {
        let bar = ProgressBar::new(0);
        let template = "{bar:32} {pos}/{len} articles  {msg}  {elapsed_precise}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar, segments: AtomicUsize::new(0) }
    }

    #[expect(clippy::cast_precision_loss, reason = "a rate for people, far below 2^52")]
    fn rate(&self) -> String {
        let segments = self.segments.load(Ordering::Relaxed) as f64;
        format!("{:.0} segments/s", segments / self.bar.elapsed().as_secs_f64().max(0.001))
    }
}

impl Observer for Bar {
    fn hear(&self, event: &Event<'_>) {
        match event {
            Event::Planned { articles, targets } => self.bar.set_length((articles * targets.len()) as u64),
            Event::Translated { segments } => {
                self.segments.fetch_add(*segments, Ordering::Relaxed);
                self.bar.set_message(self.rate());
            }
            Event::Finished { row, resumed } => {
                if row.status.is_failure() {
                    self.bar.println(line(row, *resumed));
                }
                self.bar.inc(1);
            }
            Event::Warning { message } => self.bar.println(format!("warning: {message}")),
            Event::Waiting { backend, reason, seconds } => self.bar.println(waiting(backend, reason, *seconds)),
            Event::Stopped { backend, reason } => self.bar.println(stopped(backend, reason)),
            Event::Stopping => self.bar.println("stopping: finishing what is under way; once more to stop at once"),
            Event::Read { .. } => {}
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// One line an article.
#[derive(Default)]
struct Lines {
    planned: AtomicUsize,
    done: AtomicUsize,
}

impl Observer for Lines {
    fn hear(&self, event: &Event<'_>) {
        match event {
            Event::Planned { articles, targets } => self.planned.store(articles * targets.len(), Ordering::Relaxed),
            Event::Finished { row, resumed } => {
                let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
                let line = line(row, *resumed);
                output::remark(&format!("[{done}/{}] {line}", self.planned.load(Ordering::Relaxed)));
            }
            Event::Warning { message } => output::remark(&format!("warning: {message}")),
            Event::Waiting { backend, reason, seconds } => output::remark(&waiting(backend, reason, *seconds)),
            Event::Stopped { backend, reason } => output::remark(&stopped(backend, reason)),
            Event::Stopping => output::remark("stopping: finishing what is under way; once more to stop at once"),
            Event::Read { .. } | Event::Translated { .. } => {}
        }
    }
}

/// One JSON object an event.
struct Json;

impl Observer for Json {
    fn hear(&self, event: &Event<'_>) {
        let _ = output::say_json(event);
    }
}

/// What to say of a backend that is not asked for a while.
fn waiting(backend: &str, reason: &str, seconds: u64) -> String {
    format!("{backend}: waits {}: {reason}", count(usize::try_from(seconds).unwrap_or(usize::MAX), "second"))
}

/// What to say of a backend that is not asked again.
fn stopped(backend: &str, reason: &str) -> String {
    format!("{backend}: stopped for this run: {reason}")
}

/// What to say of an article that is finished.
fn line(row: &ArticleRow, resumed: bool) -> String {
    let name = format!("{}.{}", row.slug.as_deref().unwrap_or(row.origin.as_str()), row.target);
    match &row.reason {
        Some(reason) if reason.starts_with(row.origin.as_str()) => reason.clone(),
        Some(reason) => format!("{}: {reason}", row.origin),
        None if resumed => format!("{name}: done before"),
        None => {
            let (segments, findings) = (count(row.counts.segments, "segment"), count(row.findings.len(), "finding"));
            format!("{name}: {segments}, {} failed, {findings}", row.counts.failed)
        }
    }
}
