//! Cuts the blocks of an article into sentences, by rules in the format of translation tools (SRX 2.0).
//!
//! ```text
//!  languages/*.toml ─builtin→ ┐
//!                             ├ srx ─pattern→ machine ─→ Rules::split ─→ document
//!  a user's *.srx ────────────┘
//! ```
//!
//! Laws: the pieces of a split, joined, are the text; none is empty; white space belongs to the piece before it;
//! a line break that the author set always is a border. A passage's lead, segments and gaps, joined, are its block's text.
//! A translation tool that is given [`export_srx`] cuts at the same places.

mod error;

mod alphabet;
mod builtin;
mod machine;
mod pattern;
mod srx;

mod document;
mod rules;

pub use builtin::export_srx;
pub use document::document;
pub use error::Error;
pub use rules::{Options, Rules};
