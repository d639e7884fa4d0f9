//! How fetching goes, for people: a bar on a terminal, lines elsewhere.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::translate::models::{Event, Observer, Offer};

use super::output;
use super::rows::megabytes;

/// The observer that fits standard error; `first` is what is done before a model begins to be fetched.
pub(super) fn observer(first: String) -> Box<dyn Observer> {
    if io::stderr().is_terminal() { Box::new(Bar::new(first)) } else { Box::new(Lines) }
}

/// A line for what a person may want to know; none for each piece that comes.
pub(super) struct Lines;

impl Observer for Lines {
    fn hear(&self, event: &Event<'_>) {
        if let Some(line) = line(event) {
            output::remark(&line);
        }
    }
}

/// A bar that counts the bytes of a model, over lines for the rest.
struct Bar {
    bar: ProgressBar,
    files: RefCell<BTreeMap<String, u64>>,
}

impl Bar {
    fn new(first: String) -> Self {
        let bar = Self { bar: ProgressBar::new(0).with_message(first), files: RefCell::default() };
        bar.looks_like("{spinner} {msg}");
        bar.bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }

    fn looks_like(&self, template: &str) {
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
    }
}

impl Observer for Bar {
    fn hear(&self, event: &Event<'_>) {
        match event {
            Event::Begun { offer } => {
                self.files.borrow_mut().clear();
                self.looks_like("{bar:32} {bytes}/{total_bytes}  {bytes_per_sec}  {msg}  {eta} left");
                self.bar.reset();
                self.bar.set_length(offer.packed_bytes());
                self.bar.set_message(title(offer));
            }
            Event::Received { name, bytes, .. } => {
                let mut files = self.files.borrow_mut();
                files.insert((*name).to_owned(), *bytes);
                self.bar.set_position(files.values().sum());
            }
            _ => line(event).into_iter().for_each(|line| self.bar.println(line)),
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// What to say of an event.
fn line(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Waiting { folder } => {
            Some(format!("another process writes {}: waiting until it is done", folder.display()))
        }
        Event::Begun { offer } => {
            let size = megabytes(offer.packed_bytes());
            Some(format!("fetching {}, {}", title(offer), size.trim_start()))
        }
        Event::Received { .. } | Event::Installed { .. } => None,
        Event::Retrying { reason, pause, .. } => Some(format!("{reason}: again in {:.1} s", pause.as_secs_f64())),
        Event::Kept { pair } => Some(format!("{pair} is there already, with the same files")),
    }
}

fn title(offer: &Offer) -> String {
    format!("{} {} {}", offer.pair, offer.architecture, offer.version)
}
