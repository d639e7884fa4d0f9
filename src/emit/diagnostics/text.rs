//! Diagnostics a line each, as editors know them from compilers: `path:line:column: error X201: ..`.

use std::fmt::Write;

use super::Diagnostic;

pub(super) fn write(diagnostics: &[Diagnostic]) -> String {
    let mut lines = String::new();
    for it in diagnostics {
        let (path, message) = (visible(&it.path), visible(&it.message));
        let _ = writeln!(lines, "{path}:{}:{}: {} {}: {message}", it.line, it.column, it.severity, it.code);
    }
    lines
}

/// `text` on one line: what a file says is quoted in messages, and may hold anything.
fn visible(text: &str) -> String {
    let shown = |char: char| if char.is_control() { char::REPLACEMENT_CHARACTER } else { char };
    text.chars().map(shown).collect()
}
