//! What services answered, each under the key of all that it depends on.

use std::sync::atomic::Ordering;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension as _, params};
use xxhash_rust::xxh3::Xxh3Default;

use super::{Error, Key, Store};

/// A row as it was found.
enum Row {
    Whole(String),
    Damaged,
}

impl Store {
    /// What was kept under each key, in order. A row that was damaged is nothing, and is removed.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn recall(&self, keys: &[Key]) -> Result<Vec<Option<String>>, Error> {
        let connection = self.connection();
        let found = keys.iter().map(|key| match found(&connection, key)? {
            Some(Row::Whole(value)) => Ok(Some(value)),
            Some(Row::Damaged) => {
                self.damaged.fetch_add(1, Ordering::Relaxed);
                // It is replaced by what is kept next where it cannot be removed.
                let _ = connection.execute("DELETE FROM results WHERE key = ?1", [key.bytes()]);
                Ok(None)
            }
            None => Ok(None),
        });
        found.collect::<rusqlite::Result<_>>().map_err(|error| Error::unusable(self.path(), &error))
    }

    /// Keeps a value under each key, in place of what was kept there.
    ///
    /// # Errors
    /// When the file cannot be written; then none is kept.
    pub fn keep(&self, results: &[(Key, String)]) -> Result<(), Error> {
        self.write(|file| {
            let mut insert =
                file.prepare_cached("INSERT OR REPLACE INTO results (key, value, sum) VALUES (?1, ?2, ?3)")?;
            for (key, value) in results {
                insert.execute(params![key.bytes(), value, sum(key, value.as_bytes())])?;
            }
            Ok(())
        })
    }
}

fn found(connection: &Connection, key: &Key) -> rusqlite::Result<Option<Row>> {
    let mut select = connection.prepare_cached("SELECT value, sum FROM results WHERE key = ?1")?;
    let read = |row: &rusqlite::Row<'_>| {
        let (ValueRef::Text(value), ValueRef::Integer(kept)) = (row.get_ref(0)?, row.get_ref(1)?) else {
            return Ok(Row::Damaged);
        };
        let whole = str::from_utf8(value).ok().filter(|_| sum(key, value) == kept);
        Ok(whole.map_or(Row::Damaged, |value| Row::Whole(value.to_owned())))
    };
    select.query_row([key.bytes()], read).optional()
}

/// XXH3 over key and value, as the database holds whole numbers.
fn sum(key: &Key, value: &[u8]) -> i64 {
    let mut sum = Xxh3Default::new();
    sum.update(key.bytes());
    sum.update(value);
    sum.digest().cast_signed()
}
