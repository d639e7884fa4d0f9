//! Printing: results to standard output, everything else to standard error.

use std::io::{self, Write};

use serde::Serialize;

use super::Failure;
use super::exit::Ending;

/// Prints a result to standard output.
pub(super) fn say(text: &str) -> Result<(), Failure> {
    written(writeln!(io::stdout().lock(), "{text}"))
}

/// Prints a value as one line of JSON to standard output.
pub(super) fn say_json(value: &impl Serialize) -> Result<(), Failure> {
    let line = serde_json::to_string(value).map_err(Failure::usage)?;
    say(&line)
}

/// Prints bytes to standard output as they are.
pub(super) fn say_raw(bytes: &[u8]) -> Result<(), Failure> {
    written(io::stdout().lock().write_all(bytes))
}

/// Prints what went wrong to standard error.
pub(super) fn complain(message: &str) {
    let _ = writeln!(io::stderr().lock(), "chancery: {message}");
}

/// Prints something worth knowing to standard error.
pub(super) fn remark(message: &str) {
    let _ = writeln!(io::stderr().lock(), "{message}");
}

/// A reader that went away (`chancery .. | head`) is no failure of ours.
fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure { message: format!("standard output: {error}"), ending: Ending::Failures })
        }
        _ => Ok(()),
    }
}
