//! Exports in the hands of real CAT tools: translate-toolkit, the npm package `xliff`, and `OmegaT`.
//!
//! `README.md` in this folder has what was found. `make tools` installs them; a test whose tool is missing is skipped, but
//! not on a build server.

#[expect(dead_code, reason = "not every command is run here")]
#[path = "../end_to_end/desk.rs"]
mod desk;
#[path = "../translations/hard.rs"]
mod hard;
#[path = "../translations/mod.rs"]
mod translations;

mod edited;
mod export;
mod stored;
mod tool;
mod whole;
