//! What services were paid since a run last ended without being stopped.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::{Error, Store};
use crate::model::{Money, Spent, Usage};

impl Store {
    /// What was spent on each backend.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn spent(&self) -> Result<BTreeMap<String, Spent>, Error> {
        let spent = all(&self.connection());
        spent.map(BTreeMap::from_iter).map_err(|error| Error::unusable(self.path(), &error))
    }

    /// Adds `charge` to what was spent on `backend` where `allows` agrees to what is spent on all of them then; otherwise
    /// nothing is written, and what is spent on all without it is given back as an error.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn reserve(
        &self,
        backend: &str,
        charge: Spent,
        allows: impl FnOnce(Spent) -> bool,
    ) -> Result<Result<(), Spent>, Error> {
        self.write(|file| {
            let before: Spent = all(file)?.into_iter().map(|(_, spent)| spent).sum();
            if !allows(before + charge) {
                return Ok(Err(before));
            }
            set(file, backend, |spent| spent + charge)?;
            Ok(Ok(()))
        })
    }

    /// Puts what was used in the place of what was reserved for it.
    ///
    /// # Errors
    /// When the file cannot be read or written; then what was reserved stands.
    pub fn settle(&self, backend: &str, reserved: Spent, used: Spent) -> Result<(), Error> {
        self.write(|file| set(file, backend, |spent| (spent + used).less(reserved)))
    }

    /// Forgets what was spent.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn start_anew(&self) -> Result<(), Error> {
        self.write(|file| file.execute("DELETE FROM spend", []).map(|_| ()))
    }
}

fn all(connection: &Connection) -> rusqlite::Result<Vec<(String, Spent)>> {
    let columns = "SELECT backend, requests, characters, input_tokens, output_tokens, money FROM spend";
    let mut select = connection.prepare_cached(columns)?;
    let rows = select.query_map([], |row| {
        let number = |column| row.get::<_, i64>(column).map(i64::unsigned_abs);
        let usage =
            Usage { requests: number(1)?, characters: number(2)?, input_tokens: number(3)?, output_tokens: number(4)? };
        Ok((row.get(0)?, Spent { usage, money: Money::from_units(number(5)?) }))
    })?;
    rows.collect()
}

fn set(connection: &Connection, backend: &str, change: impl FnOnce(Spent) -> Spent) -> rusqlite::Result<()> {
    let known = all(connection)?.into_iter().find_map(|(name, spent)| (name == backend).then_some(spent));
    let Spent { usage, money } = change(known.unwrap_or_default());
    let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let mut insert = connection.prepare_cached("INSERT OR REPLACE INTO spend VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    insert.execute(params![
        backend,
        whole(usage.requests),
        whole(usage.characters),
        whole(usage.input_tokens),
        whole(usage.output_tokens),
        whole(money.units())
    ])?;
    Ok(())
}
