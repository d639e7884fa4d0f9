//! The settings: a strict mirror of `pipeline.toml`, and the plan of a run.
//!
//! The file in the root of the repository holds every default with its comment; it is built in as [`DEFAULTS`], and a
//! test holds it equal to [`Config::default`]. A settings file names only what it changes. An unknown key is an error with
//! its line, column and the keys that would be right. Relative paths in a settings file are relative to its folder.

mod error;
mod place;
mod plan;

use std::path::{Path, PathBuf};

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use toml::de::{DeTable, Deserializer};

use crate::translate::{Tables, take_tables};
use crate::{check, detect, emit, glossary, ingest, segment, translate};

pub use error::Error;
pub use plan::{Flags, Plan};

use place::Place;

/// The commented defaults: `pipeline.toml` as this version ships it.
pub const DEFAULTS: &str = include_str!("../../pipeline.toml");

/// The name under which a settings file is looked for in the working folder.
const NAME: &str = "pipeline.toml";

/// The settings of a run, each table for the room of its name.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Config {
    /// How articles are read.
    pub ingest: ingest::Options,
    /// How languages are detected.
    pub detect: detect::Options,
    /// How articles are cut into segments.
    pub segment: segment::Options,
    /// Which glossary is used.
    pub glossary: glossary::Options,
    /// Which backends translate, and in what portions.
    pub translate: translate::Options,
    /// Which checks run, and what fails a run.
    pub check: check::Options,
    /// How outputs are written.
    pub emit: emit::Options,
    /// The file they were read from, if any.
    #[serde(skip)]
    file: Option<File>,
}

/// A settings file and its text, which holds the tables of the backends.
#[derive(Debug, Clone, PartialEq)]
struct File {
    path: PathBuf,
    text: String,
}

/// What a settings file may say; what it leaves out keeps its default.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Sections {
    ingest: Option<ingest::Options>,
    detect: Option<detect::Options>,
    segment: Option<segment::Options>,
    glossary: Option<glossary::Options>,
    translate: Option<translate::Options>,
    check: Option<check::Options>,
    emit: Option<emit::Options>,
    /// The backends read their tables; an error about a wrong key is to name this one too.
    backend: Option<IgnoredAny>,
}

impl Config {
    /// Reads the file at `path`; without one, `pipeline.toml` of the working folder; without that, the defaults.
    ///
    /// # Errors
    /// When a named file cannot be read, or a file does not say what it may say.
    pub fn find(path: Option<&Path>) -> Result<Self, Error> {
        let found = path.map_or_else(|| PathBuf::from(NAME), Path::to_path_buf);
        match std::fs::read_to_string(&found) {
            Ok(text) => Self::parse(&found, text),
            Err(error) if path.is_none() && error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(Error::Unreadable { path: found, source }),
        }
    }

    /// Reads `text`, the content of the settings file that errors are to call `path`.
    ///
    /// # Errors
    /// When it is not TOML, holds an unknown key, or a value of the wrong kind; with its line and column.
    pub fn parse(path: &Path, text: String) -> Result<Self, Error> {
        let wrong = |error: &toml::de::Error| Place::of(path, &text, error.span()).error(error.message());
        let mut table = DeTable::parse(&text).map_err(|error| wrong(&error))?;
        take_tables(table.get_mut()).map_err(|error| Error::backend(path, &text, error))?;
        let sections = Sections::deserialize(Deserializer::from(table)).map_err(|error| wrong(&error))?;
        let mut config = sections.over(Self::default());
        config.resolve(path.parent().unwrap_or(Path::new("")));
        config.file = Some(File { path: path.to_path_buf(), text });
        Ok(config)
    }

    /// The tables `[backend.NAME]` of the settings file.
    #[must_use]
    pub fn tables(&self) -> Tables<'_> {
        let text = self.file.as_ref().map_or("", |file| file.text.as_str());
        let table = DeTable::parse(text).ok();
        table.and_then(|mut table| take_tables(table.get_mut()).ok()).unwrap_or_default()
    }

    /// The options of the backend `name`: its table over their defaults.
    ///
    /// # Errors
    /// When the table does not hold what such a backend wants.
    pub fn backend<T: DeserializeOwned + Default>(&self, name: &str) -> Result<T, Error> {
        let Some(table) = self.tables().remove(name) else { return Ok(T::default()) };
        translate::options(name, table).map_err(|error| self.located(error))
    }

    /// The settings in force as TOML, without comments.
    ///
    /// # Panics
    /// Never: all settings can be written as TOML.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut text = toml::to_string_pretty(self).expect("settings are plain data");
        let file = self.file.as_ref().and_then(|file| file.text.parse::<toml::Table>().ok());
        if let Some(backend) = file.and_then(|mut file| file.remove("backend")) {
            let table = toml::Table::from_iter([("backend".to_owned(), backend)]);
            text.push('\n');
            text.push_str(&toml::to_string_pretty(&table).expect("what was read as TOML is TOML"));
        }
        text
    }

    /// An error of a backend's table, with its place in the settings file.
    #[must_use]
    pub fn located(&self, error: translate::Error) -> Error {
        match &self.file {
            Some(file) => Error::backend(&file.path, &file.text, error),
            None => Error::Backend(error),
        }
    }

    /// The folder that relative paths of the settings file are relative to.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.file.as_ref().and_then(|file| file.path.parent()).unwrap_or(Path::new(""))
    }

    fn resolve(&mut self, folder: &Path) {
        let cache = Some(&mut self.translate.cache).filter(|cache| !cache.as_os_str().is_empty());
        let paths = self.glossary.paths.iter_mut().chain(&mut self.segment.srx).chain(cache);
        paths.for_each(|path| *path = folder.join(&path));
    }
}

impl Sections {
    fn over(self, defaults: Config) -> Config {
        Config {
            ingest: self.ingest.unwrap_or(defaults.ingest),
            detect: self.detect.unwrap_or(defaults.detect),
            segment: self.segment.unwrap_or(defaults.segment),
            glossary: self.glossary.unwrap_or(defaults.glossary),
            translate: self.translate.unwrap_or(defaults.translate),
            check: self.check.unwrap_or(defaults.check),
            emit: self.emit.unwrap_or(defaults.emit),
            file: defaults.file,
        }
    }
}

#[cfg(test)]
mod tests;
