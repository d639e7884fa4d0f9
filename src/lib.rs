//! chancery translates news articles in batches under a glossary of fixed diplomatic terms.
//!
//! ```text
//!  bytes ─ingest→ Article ─detect→ Detected ─segment→ Segments ─glossary→ Prepared ─translate→ Units ─check→ Reviewed ─emit→ files
//!                                                     memory ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄↑        ↑┄┄┄ review (XLIFF that came back)
//! ```
//!
//! Each arrow is a room, a module of this crate; [`model`] is what they hand on, and [`pipeline`] is the one that
//! knows all the others. `ARCHITECTURE.md` tells which room may use which, and `tests/architecture.rs` holds them to it.

pub mod model;

pub mod ingest;

pub mod detect;

pub mod segment;

pub mod glossary;

pub mod memory;

pub mod translate;

pub mod check;

pub mod xliff;

pub mod review;

pub mod emit;

pub mod config;

pub mod pipeline;

pub mod serve;

pub mod cli;

#[cfg(test)]
#[expect(dead_code, reason = "the integration tests read news with it")]
#[path = "../tests/shared/mod.rs"]
mod shared;
