//! What came of reviews: for machines, for a terminal, and as a page.

mod changes;
mod html;
mod pictures;
mod progress;
mod share;
mod text;

use crate::review::report::ReviewReport;

pub use changes::changes;
pub use html::html;
pub use progress::progress;
pub use text::text;

/// Writes `report` as JSON for machines, ending in a line feed.
#[must_use]
#[expect(clippy::missing_panics_doc, reason = "plain data with string keys always becomes JSON")]
pub fn json(report: &ReviewReport) -> String {
    serde_json::to_string_pretty(report).expect("a report is plain data with string keys") + "\n"
}
