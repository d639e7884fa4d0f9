//! What came of a review: the reviewed files set beside what was sent out.

pub mod diff;
pub mod effort;
pub mod report;
