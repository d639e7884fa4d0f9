//! Diagnostics as JSON, an object a line.

use super::Diagnostic;

pub(super) fn write(diagnostics: &[Diagnostic]) -> Result<String, serde_json::Error> {
    let mut lines = String::new();
    for diagnostic in diagnostics {
        lines.push_str(&serde_json::to_string(diagnostic)?);
        lines.push('\n');
    }
    Ok(lines)
}
