//! chancery translates news articles in batches under a glossary of fixed diplomatic terms.
//!
//! ```text
//!  bytes ─ingest→ Article ─detect→ Detected ─segment→ Segments ─glossary→ Prepared ─translate→ Units ─check→ Reviewed ─emit→ files
//! ```

pub mod model;
