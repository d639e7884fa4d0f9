//! From names in the configuration to open backends.
//!
//! `[translate] backends = ["NAME", ..]` names them in order. A table `[backend.NAME]` configures one; its key `kind`
//! says what it is and may be left out where NAME is a kind itself. Each kind reads its table strictly.

mod configured;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

pub use self::configured::{Configured, configured};

use super::layers::{Limits, Link, take_limits};
use super::service::{Access, Noted, take_access};
use super::{Backend, Error, backends};

/// The tables `[backend.NAME]` of the configuration by NAME, with the bytes of the file where they stand.
pub type Tables<'i> = BTreeMap<String, Spanned<DeValue<'i>>>;

/// A kind of backend.
pub struct Entry {
    /// What the configuration calls it.
    pub kind: &'static str,
    /// Whether it is asked over the network. Then its table also holds the keys of [`Limits`] and
    /// [`Access`].
    pub service: bool,
    /// Keys of [`Limits`] in TOML that are other for this kind than for most; what its table says goes over them.
    pub limits: &'static str,
    /// Opens one.
    pub open: fn(Setup<'_>) -> Result<Box<dyn Backend>, Error>,
}

/// What a backend is opened with.
pub struct Setup<'i> {
    /// What the configuration calls it; its provenance bears this name.
    pub name: String,
    /// The folder that relative paths of its table are relative to.
    pub folder: PathBuf,
    /// How a service is reached.
    pub access: Access,
    /// How long a service may take to answer, in seconds.
    pub timeout_s: f64,
    table: Spanned<DeValue<'i>>,
}

impl Setup<'_> {
    /// Reads the table as the options of a kind; what is left out takes its default.
    ///
    /// # Errors
    /// When a key is unknown or a value is of the wrong type, with its place.
    pub fn options<T: DeserializeOwned>(self) -> Result<T, Error> {
        self.split().map(|(options, _)| options)
    }

    /// The options of a kind, and all that was to be opened with besides them.
    ///
    /// # Errors
    /// When a key is unknown or a value is of the wrong type, with its place.
    pub fn split<T: DeserializeOwned>(mut self) -> Result<(T, Self), Error> {
        let none = Spanned::new(0..0, DeValue::Table(DeTable::new()));
        let table = std::mem::replace(&mut self.table, none);
        Ok((options(&self.name, table)?, self))
    }
}

/// Takes some keys out of a backend's table, so that the rest can be read strictly.
pub(crate) fn taken<'i>(table: &mut Spanned<DeValue<'i>>, keys: &[&str]) -> DeTable<'i> {
    match table.get_mut() {
        DeValue::Table(all) => keys.iter().filter_map(|key| all.remove_entry(*key)).collect(),
        _ => DeTable::new(),
    }
}

/// Reads the table of the backend `name` as the options of its kind; what is left out takes its default.
///
/// # Errors
/// When a key is unknown or a value is of the wrong type, with its place.
pub fn options<T: DeserializeOwned>(name: &str, mut table: Spanned<DeValue<'_>>) -> Result<T, Error> {
    if let DeValue::Table(keys) = table.get_mut() {
        keys.remove("kind");
    }
    T::deserialize(ValueDeserializer::from(table)).map_err(|error| Error::Config {
        name: name.to_owned(),
        message: error.message().to_owned(),
        span: error.span(),
    })
}

/// Takes the tables `[backend.NAME]` out of a parsed configuration, so that the rest can be read strictly.
///
/// # Errors
/// When `backend` or an entry of it is no table.
pub fn take_tables<'i>(config: &mut DeTable<'i>) -> Result<Tables<'i>, Error> {
    let Some(backend) = config.remove("backend") else { return Ok(Tables::new()) };
    let span = backend.span();
    let DeValue::Table(tables) = backend.into_inner() else {
        return Err(no_table("backend", span));
    };
    tables
        .into_iter()
        .map(|(name, table)| {
            let name = name.into_inner().into_owned();
            if table.get_ref().is_table() { Ok((name, table)) } else { Err(no_table(&name, table.span())) }
        })
        .collect()
}

fn no_table(name: &str, span: Range<usize>) -> Error {
    let message = "write a table such as `[backend.firefox]`".to_owned();
    Error::Config { name: name.to_owned(), message, span: Some(span) }
}

/// Opens the backend `name` with its table, whose relative paths are relative to the working folder.
///
/// # Errors
/// When there is no such kind, the table is wrong, or the backend cannot be used on this machine.
pub fn open(name: &str, table: Option<Spanned<DeValue<'_>>>) -> Result<Box<dyn Backend>, Error> {
    open_in(Path::new(""), name, table).map(|(backend, _)| backend)
}

/// Opens a backend; a service with how it is to be treated.
fn open_in(
    folder: &Path,
    name: &str,
    table: Option<Spanned<DeValue<'_>>>,
) -> Result<(Box<dyn Backend>, Option<Limits>), Error> {
    let mut seen = Seen::default();
    let backend = seen.open(folder, name, table)?;
    Ok((backend, seen.limits))
}

/// What was seen of a backend while it was opened, whether it could be or not.
#[derive(Default)]
struct Seen {
    kind: &'static str,
    limits: Option<Limits>,
    noted: Noted,
}

impl Seen {
    fn open(
        &mut self,
        folder: &Path,
        name: &str,
        table: Option<Spanned<DeValue<'_>>>,
    ) -> Result<Box<dyn Backend>, Error> {
        let mut table = table.unwrap_or_else(|| Spanned::new(0..0, DeValue::Table(DeTable::new())));
        let entry = entry(name, &table)?;
        self.kind = entry.kind;
        self.limits = entry.service.then(|| take_limits(name, &mut table, entry.limits)).transpose()?;
        let access = if entry.service { take_access(name, &mut table)? } else { Access::default() };
        self.noted = access.noted.clone();
        let timeout_s = self.limits.as_ref().map_or(0.0, |limits| limits.timeout_s);
        (entry.open)(Setup { name: name.to_owned(), folder: folder.to_path_buf(), access, timeout_s, table })
    }
}

/// Opens the backends `names` in order; a table that no one names must still be of a known kind.
pub(crate) fn open_all(names: &[String], mut tables: Tables<'_>, folder: &Path) -> Result<Vec<Link>, Error> {
    if names.is_empty() {
        let message = "`backends` is empty: name at least one backend".to_owned();
        return Err(Error::Config { name: "translate".to_owned(), message, span: None });
    }
    if let Some(name) = names.iter().enumerate().find_map(|(at, name)| names[..at].contains(name).then_some(name)) {
        let message = "`backends` names it twice: leave one out".to_owned();
        return Err(Error::Config { name: name.clone(), message, span: None });
    }
    for (name, table) in &tables {
        entry(name, table)?;
    }
    let link = |name: &String| {
        let (backend, limits) = open_in(folder, name, tables.remove(name))?;
        let backend = Arc::from(backend);
        Ok(match limits {
            Some(limits) => Link::service(name, backend, &limits),
            None => Link::local(name, backend),
        })
    };
    names.iter().map(link).collect()
}

/// The kind that a backend's table asks for.
fn entry(name: &str, table: &Spanned<DeValue<'_>>) -> Result<&'static Entry, Error> {
    let kind = table.get_ref().get("kind");
    let span = kind.map(Spanned::span);
    let kind = match kind.map(Spanned::get_ref) {
        None => name,
        Some(DeValue::String(kind)) => kind,
        Some(_) => return Err(Error::Config { name: name.into(), message: "`kind` is a string".into(), span }),
    };
    backends::ENTRIES.iter().find(|entry| entry.kind == kind).ok_or_else(|| {
        let known: Vec<String> = backends::ENTRIES.iter().map(|entry| format!("`{}`", entry.kind)).collect();
        Error::UnknownKind { name: name.to_owned(), kind: kind.to_owned(), known: known.join(", "), span }
    })
}

#[cfg(test)]
pub(crate) mod tests;
