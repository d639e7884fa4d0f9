//! Glossary files: which ones, and what they say together.
//!
//! Law: every error of every file is reported in one go, by file and line.

mod file;
mod lines;
mod raw;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::concept::Concept;
use super::error::{Error, Errors, Place};
use lines::Lines;

/// A concept and where it stands.
pub(super) struct Placed {
    pub(super) place: Place,
    pub(super) concept: Concept,
}

/// Reads all files of `paths`, which are files or folders, into concepts by id.
pub(super) fn paths(paths: &[PathBuf]) -> Result<Vec<Concept>, Errors> {
    let mut errors = Vec::new();
    let mut placed = Vec::new();
    for path in files(paths, &mut errors) {
        match read(&path) {
            Ok(text) => placed.extend(file::read(&path, &text, &mut errors)),
            Err(error) => errors.push(error),
        }
    }
    merge(placed, errors)
}

/// Reads `text`, the content of the file `path`, into concepts by id.
pub(super) fn text(path: &Path, text: &str) -> Result<Vec<Concept>, Errors> {
    let mut errors = Vec::new();
    let placed = file::read(path, text, &mut errors);
    merge(placed, errors)
}

/// The glossary files among `paths`: each file, and the `.toml` files of each folder by name. A file named twice is read once.
fn files(paths: &[PathBuf], errors: &mut Vec<Error>) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in paths {
        let found = if path.is_dir() { in_folder(path) } else { existing(path) };
        match found {
            Ok(found) => files.extend(found),
            Err(error) => errors.push(error),
        }
    }
    files.sort();
    files.dedup();
    files
}

fn existing(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if path.exists() { Ok(vec![path.to_owned()]) } else { Err(Error::Missing { path: path.to_owned() }) }
}

fn in_folder(path: &Path) -> Result<Vec<PathBuf>, Error> {
    let unreadable = |error: std::io::Error| Error::Unreadable { path: path.to_owned(), reason: error.to_string() };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        if file.is_file() && file.extension().is_some_and(|extension| extension == "toml") {
            files.push(file);
        }
    }
    if files.is_empty() { Err(Error::NoFile { path: path.to_owned() }) } else { Ok(files) }
}

/// The text of a file; where it is not UTF-8, the error says from which place on.
fn read(path: &Path) -> Result<String, Error> {
    let unreadable = |error: std::io::Error| Error::Unreadable { path: path.to_owned(), reason: error.to_string() };
    String::from_utf8(std::fs::read(path).map_err(unreadable)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let sound = String::from_utf8_lossy(&error.as_bytes()[..at]);
        let (line, column) = Lines::of(&sound).locate(&sound, at);
        let message = "not UTF-8 from here on: save the file as UTF-8".to_owned();
        Error::Malformed { place: Place { path: path.to_owned(), line, column }, message }
    })
}

fn merge(mut placed: Vec<Placed>, mut errors: Vec<Error>) -> Result<Vec<Concept>, Errors> {
    placed.sort_by(|a, b| a.place.cmp(&b.place));
    let mut first: BTreeMap<&str, &Place> = BTreeMap::new();
    for Placed { place, concept } in &placed {
        if let Some(first) = first.get(concept.id.as_str()) {
            let (id, first) = (concept.id.clone(), (*first).clone());
            errors.push(Error::DuplicateId { place: place.clone(), id, first });
        } else {
            first.insert(&concept.id, place);
        }
    }
    Errors::check(errors)?;
    let mut concepts: Vec<Concept> = placed.into_iter().map(|placed| placed.concept).collect();
    concepts.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(concepts)
}

#[cfg(test)]
mod tests;
