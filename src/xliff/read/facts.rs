//! What a file says of its article and its making.

use super::Error;
use super::element::Element;
use crate::xliff::Note;

/// Who leaves the facts of a 1.x file, as header notes.
const FROM: &str = "chancery";

/// The facts of the file that is being read.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Each fact by its name.
    pub(super) said: Vec<(String, String)>,
    /// The categories of the metadata that are open.
    categories: Vec<String>,
    /// The name of the fact that is being read.
    name: String,
}

impl Facts {
    /// Begins a group of metadata.
    pub(super) fn begin_group(&mut self, element: &Element) -> Result<(), Error> {
        let [category] = element.attributes(["category"])?;
        self.categories.push(category.unwrap_or_default().into_owned());
        Ok(())
    }

    /// Ends the innermost group.
    pub(super) fn end_group(&mut self) {
        self.categories.pop();
    }

    /// Begins a fact.
    pub(super) fn begin(&mut self, element: &Element) -> Result<(), Error> {
        let name = element.required("type")?;
        self.name = match self.categories.last() {
            Some(category) if !category.is_empty() => format!("{category} {name}"),
            _ => name,
        };
        Ok(())
    }

    /// Ends the fact with what it says.
    pub(super) fn end(&mut self, text: &str) {
        self.said.push((std::mem::take(&mut self.name), text.to_owned()));
    }

    /// Takes the fact that a header note of 1.x says, if it says one.
    pub(super) fn hear(&mut self, note: &Note) {
        if note.from.as_deref() == Some(FROM)
            && let Some((name, fact)) = note.text.split_once(": ")
        {
            self.said.push((name.to_owned(), fact.to_owned()));
        }
    }
}
