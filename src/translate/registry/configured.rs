//! Backends as they are configured, for those who look at them and translate nothing.
//!
//! Law: each name has an answer, whatever is wrong with it or with others.

use std::path::Path;

use super::{Seen, Tables};
use crate::translate::service::Reach;
use crate::translate::{Backend, Error, Limits};

/// A backend as it is configured.
pub struct Configured {
    /// What the configuration calls it.
    pub name: String,
    /// Its kind; empty where there is none such.
    pub kind: &'static str,
    /// How it is treated, where it is a service and its table can be read so far.
    pub limits: Option<Limits>,
    /// How it is reached, as far as that was asked for until it was open.
    pub reach: Reach,
    /// The backend itself, or why it cannot be opened.
    pub backend: Result<Box<dyn Backend>, Error>,
}

/// Opens each of the backends `names` by itself, in order.
#[must_use]
pub fn configured(names: &[String], mut tables: Tables<'_>, folder: &Path) -> Vec<Configured> {
    let open = |name: &String| {
        let mut seen = Seen::default();
        let backend = seen.open(folder, name, tables.remove(name));
        let Seen { kind, limits, noted } = seen;
        Configured { name: name.clone(), kind, limits, reach: noted.reach(), backend }
    };
    names.iter().map(open).collect()
}
