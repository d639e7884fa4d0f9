//! XLIFF that came back from reviewers, taken into what was exported.
//!
//! ```text
//! file ─find→ units as passages ─align→ stretches ─decode→ cells ─merge→ version of the record ─apply→ translation
//! ```
//! A [`Record`] keeps what was exported and every version that reviews made of it. [`merge()`] compares what came back with the
//! export it came from and with what stands now, and tells what happened, segment by segment ([`report`]).
//!
//! Laws: nothing that a reviewer wrote is lost or overwritten in silence; merging a file twice changes nothing; a machine
//! never takes the place of a reviewer's text.

pub mod diff;
pub mod effort;
pub mod report;

mod align;
mod base;
mod cells;
mod changes;
mod find;
mod merge;
mod notes;
mod record;
mod same;
mod sent;
mod three_way;

pub use changes::changes;
pub use merge::{EXPORT, Merged, Options, Refused, merge};
pub use record::{Block, Former, Record, Retired, Version};

#[cfg(test)]
mod tests;
