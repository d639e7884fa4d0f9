//! Notes, and what tools have instead: comments of memoQ on a segment, and of Trados, which set them before the files and
//! point to them from the text.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::Error;
use super::element::Element;
use super::places::Place;
use crate::xliff::Note;

/// The note that is being read, and the comments that texts may point to.
#[derive(Debug, Default)]
pub(super) struct Notes {
    open: Note,
    /// The comments of a document by the id that texts point with.
    threads: HashMap<String, Vec<Note>>,
    /// The id of the comments that are being read.
    thread: String,
}

impl Notes {
    /// Begins a note; one that its author took back is passed over.
    pub(super) fn begin(&mut self, element: &Element) -> Result<Place, Error> {
        let [id, category, from, creator, user, deleted] =
            element.attributes(["id", "category", "from", "creatoruser", "user", "deleted"])?;
        if deleted.as_deref() == Some("true") {
            return Ok(Place::Skipped);
        }
        let from = creator.or(user).or(category).or(from).map(Cow::into_owned);
        self.open = Note { line: element.at.line, id: id.map(Cow::into_owned), from, text: String::new() };
        Ok(Place::Note)
    }

    /// Ends the note with what it says.
    pub(super) fn end(&mut self, text: &str) -> Note {
        let mut note = std::mem::take(&mut self.open);
        text.clone_into(&mut note.text);
        note
    }

    /// Begins comments that texts may point to.
    pub(super) fn begin_thread(&mut self, element: &Element) -> Result<(), Error> {
        let [id] = element.attributes(["id"])?;
        self.thread = id.unwrap_or_default().into_owned();
        Ok(())
    }

    /// Adds a comment to those that are being read.
    pub(super) fn add_to_thread(&mut self, note: Note) {
        self.threads.entry(self.thread.clone()).or_default().push(note);
    }

    /// The comments that `ids` point to, each once.
    pub(super) fn of<'a>(&'a self, ids: &'a [String]) -> impl Iterator<Item = &'a Note> {
        let mut seen = HashSet::new();
        ids.iter().filter(move |id| seen.insert(*id)).filter_map(|id| self.threads.get(id)).flatten()
    }
}
