//! What is wrong with files, for people, for scripts, and for the tools that show findings beside the lines of a file.
//!
//! Laws: every form has every diagnostic, in the order given; whatever a path or message holds, the form stays whole.

mod json;
mod sarif;
mod text;

use serde::Serialize;

use crate::model::Severity;

/// Something wrong at a place of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// The file, as it was named.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The code of the rule: `X201`.
    pub code: &'static str,
    /// The name of the rule: `duplicate-id`.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong and what to do, in one sentence without a full stop.
    pub message: String,
}

/// A rule that diagnostics are breaches of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its stable code.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it asks, in one sentence without a full stop.
    pub summary: &'static str,
    /// How bad a breach is.
    pub severity: Severity,
}

/// A form of writing diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A line each, as compilers write them.
    Text,
    /// A JSON object each, a line each.
    Json,
    /// One SARIF 2.1.0 document.
    Sarif,
}

/// Writes `diagnostics` of `rules` in `form`; every line ends with a line break, and no diagnostics are no lines, but in
/// SARIF, whose document says that there are none. `version` is that of chancery.
///
/// # Errors
/// When a value cannot be JSON, which no diagnostic is.
pub fn write(
    form: Form,
    diagnostics: &[Diagnostic],
    rules: &[Rule],
    version: &str,
) -> Result<String, serde_json::Error> {
    match form {
        Form::Text => Ok(text::write(diagnostics)),
        Form::Json => json::write(diagnostics),
        Form::Sarif => sarif::write(diagnostics, rules, version),
    }
}

#[cfg(test)]
mod tests;
