//! From bytes of a settings file to the line and column that people see.

use std::ops::Range;
use std::path::{Path, PathBuf};

use super::Error;

/// A place in a settings file.
pub(super) struct Place {
    path: PathBuf,
    line: usize,
    column: usize,
}

impl Place {
    /// The place of `span` in `text`; its beginning where there is no span.
    pub(super) fn of(path: &Path, text: &str, span: Option<Range<usize>>) -> Self {
        let before = span.and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            path: path.to_path_buf(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    /// The error that something is wrong there.
    pub(super) fn error(self, message: &str) -> Error {
        // What the parser says can run over several lines; a person reads the first and sees the place.
        let message = message.replace('\n', ", ");
        Error::Wrong { path: self.path, line: self.line, column: self.column, message }
    }
}
