//! The file of a store: its schema, and what is done about one that cannot be used.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::Error;

/// Says in the file's header that it is ours: `chcy`.
const APPLICATION: i64 = 0x6368_6379;
/// The latest schema that this version knows.
pub(super) const SCHEMA: i64 = 1;

/// How long a writer waits for the writers of other processes.
const PATIENCE: Duration = Duration::from_secs(30);

/// `key` is a [`Key`](super::Key), `value` JSON, `sum` XXH3 of both. Money is in millionths of a millionth.
const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, value TEXT NOT NULL, sum INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS spend (
        backend TEXT PRIMARY KEY, requests INTEGER NOT NULL, characters INTEGER NOT NULL,
        input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, money INTEGER NOT NULL
    ) WITHOUT ROWID;";

/// Why a file is of no use.
enum Trouble {
    /// It is no database, or a damaged one.
    Damaged,
    Other(Error),
}

/// Opens or makes the file; where a damaged one was moved to.
pub(super) fn open(path: &Path) -> Result<(Connection, Option<PathBuf>), Error> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| Error::unusable(path, &error))?;
    }
    match prepared(path) {
        Ok(connection) => Ok((connection, None)),
        Err(Trouble::Other(error)) => Err(error),
        Err(Trouble::Damaged) => {
            let moved = move_aside(path)?;
            match prepared(path) {
                Ok(connection) => Ok((connection, Some(moved))),
                Err(Trouble::Other(error)) => Err(error),
                Err(Trouble::Damaged) => Err(Error::unusable(path, &"it is damaged again at once: look at the disk")),
            }
        }
    }
}

/// Opens a file to read it; none where there is none, or a damaged one.
pub(super) fn look(path: &Path) -> Result<Option<Connection>, Error> {
    if !path.exists() {
        return Ok(None);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = Connection::open_with_flags(address(path), flags).map_err(|error| trouble(path, &error));
    let checked = opened.and_then(|connection| {
        connection.busy_timeout(PATIENCE).map_err(|error| trouble(path, &error))?;
        let version = version(path, &connection)?;
        Ok((version > 0).then_some(connection))
    });
    match checked {
        Ok(connection) => Ok(connection),
        Err(Trouble::Other(error)) => Err(error),
        Err(Trouble::Damaged) => Ok(None),
    }
}

/// The address of a file that is only read. Where nobody has it open it is read as if it never changed, since the database
/// would put files beside it otherwise.
fn address(path: &Path) -> String {
    let quiet = if beside(path, "-wal").exists() { "" } else { "&immutable=1" };
    let spelt = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{spelt}?mode=ro{quiet}")
}

/// Opens the file and sees to it that it is whole and has its tables.
fn prepared(path: &Path) -> Result<Connection, Trouble> {
    let told = |error: rusqlite::Error| trouble(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(told)?;
    connection.busy_timeout(PATIENCE).map_err(told)?;
    version(path, &connection)?;
    let log: rusqlite::Result<String> = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0));
    match log {
        // Another process is making it at this moment, or the file system has no shared memory: the old log serves as well.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {}
        log => drop(log.map_err(told)?),
    }
    connection.pragma_update(None, "synchronous", "NORMAL").map_err(told)?;
    let making = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(told)?;
    making.execute_batch(TABLES).map_err(told)?;
    making.pragma_update(None, "application_id", APPLICATION).map_err(told)?;
    making.pragma_update(None, "user_version", SCHEMA).map_err(told)?;
    making.commit().map_err(told)?;
    let whole: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(told)?;
    if whole == "ok" { Ok(connection) } else { Err(Trouble::Damaged) }
}

/// The schema of a database that is ours; 0 for one that holds nothing yet.
fn version(path: &Path, connection: &Connection) -> Result<i64, Trouble> {
    let asked = |question: &str| connection.query_row(question, [], |row| row.get::<_, i64>(0));
    let answers = asked("SELECT count(*) FROM sqlite_schema")
        .and_then(|tables| Ok((tables, asked("PRAGMA application_id")?, asked("PRAGMA user_version")?)));
    let (tables, application, found) = answers.map_err(|error| trouble(path, &error))?;
    let path = path.to_path_buf();
    match application {
        APPLICATION if found > SCHEMA => Err(Trouble::Other(Error::Newer { path, found, known: SCHEMA })),
        APPLICATION => Ok(found),
        _ if tables == 0 => Ok(0),
        _ => Err(Trouble::Other(Error::Foreign { path })),
    }
}

fn trouble(path: &Path, error: &rusqlite::Error) -> Trouble {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Trouble::Damaged,
        _ => Trouble::Other(Error::unusable(path, error)),
    }
}

/// Moves a damaged file and its log aside; gives the file's new place.
fn move_aside(path: &Path) -> Result<PathBuf, Error> {
    let names = (1..).map(|number| if number == 1 { ".broken".to_owned() } else { format!(".broken-{number}") });
    let free = names.map(|name| beside(path, &name)).find(|place| !place.exists());
    let place = free.unwrap_or_else(|| beside(path, ".broken"));
    std::fs::rename(path, &place).map_err(|error| Error::unusable(path, &error))?;
    for log in ["-wal", "-shm"] {
        let (from, to) = (beside(path, log), beside(&place, log));
        if from.exists() {
            std::fs::rename(&from, to).map_err(|error| Error::unusable(&from, &error))?;
        }
    }
    Ok(place)
}

/// The path with `ending` after its name.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
