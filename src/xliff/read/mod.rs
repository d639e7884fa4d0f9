//! Reads XLIFF, whichever tool wrote it, file element by file element.
//!
//! Tools return files that no schema accepts, so none is asked for: elements are known by namespace and local name under
//! any prefix, and what does not matter here (modules, alternative translations, extensions, skeletons) is passed over.
//!
//! Laws: a file is read whole or refused with its line; a DOCTYPE is refused, so that no entity is ever declared; no input
//! panics, and none takes more memory than its largest `file` element, the comments that Trados sets before the files and one
//! tag or text of limited length; the places of codes are borders of characters of their text; what this crate writes is read
//! back text by text and code by code.

mod build;
mod content;
mod element;
mod error;
mod facts;
mod input;
mod notes;
mod places;
mod state;
mod walk;

use std::io::Read;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;

use error::At;
pub use error::Error;
use input::{Fault, Input, PIECE};
use walk::Walk;

use super::File;

/// Reads the XLIFF document `input`, in UTF-8, UTF-16 or the encoding it declares, and hands each `file` element to `each`
/// as soon as it ends. `path` is for messages. Where reading fails, what was handed on stands on its own, but the document is
/// not to be trusted.
///
/// # Errors
/// When it cannot be read, is not well-formed, not XLIFF 1 or 2, declares a DOCTYPE, or lacks what tells units, segments and
/// languages apart.
pub fn read(path: &Path, input: impl Read, each: &mut dyn FnMut(File)) -> Result<(), Error> {
    let mut reader = Reader::from_reader(Input::new(input));
    let mut walk = Walk::new(path, each);
    let mut buffer = Vec::new();
    let mut after_text = false;
    loop {
        let input = reader.get_mut();
        // After a text the reader stands in the tag or reference that ended it.
        if !after_text && walk.passes_over_text() {
            let skipped = input.skip_text();
            let at = At { path, line: input.line() };
            skipped.map_err(|error| unreadable(&error, at, at.line))?;
        }
        input.begin_piece();
        let line = input.line();
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(event) => {
                after_text = matches!(event, Event::Text(_));
                if !walk.take(&event, line)? {
                    return Ok(());
                }
            }
            Err(quick_xml::Error::Io(error)) => {
                return Err(unreadable(&error, At { path, line: reader.get_mut().line() }, line));
            }
            Err(error) => return Err(At { path, line }.malformed(error)),
        }
    }
}

/// Reads the XLIFF document `bytes` whole, as [`read`] does.
///
/// # Errors
/// As [`read`].
pub fn files(path: &Path, bytes: &[u8]) -> Result<Vec<File>, Error> {
    let mut files = Vec::new();
    read(path, bytes, &mut |file| files.push(file))?;
    Ok(files)
}

/// What `error` says of the document at `at`, in a tag or text that began on the line `begun`.
fn unreadable(error: &std::io::Error, at: At, begun: usize) -> Error {
    let (path, line) = (at.path.to_owned(), at.line);
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Fault>()) {
        Some(Fault::Encoding(encoding)) => Error::Encoding { path, line, encoding },
        Some(Fault::TooLarge) => Error::TooLarge { path, line: begun, limit: PIECE },
        Some(fault @ Fault::Character(_)) => at.malformed(fault),
        None => Error::Unreadable { path, reason: error.to_string() },
    }
}

#[cfg(test)]
mod tests;
