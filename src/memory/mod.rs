//! What was translated before: by this run, in the process ([`Memory`]); by services in any run, on disk ([`Store`]).

mod run;
mod store;

pub use run::Memory;
pub use store::{Error, Key, Opened, Store};
