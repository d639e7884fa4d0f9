//! `chancery config`: the settings in force, and the defaults.

use std::path::Path;

use crate::config::{self, Config};

use super::exit::Ending;
use super::{Failure, output};

/// Shows the settings
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Shows the settings in force: the defaults and over them the settings file
    Show {
        /// The commented defaults as they are built in, a pipeline.toml to start from
        #[arg(long)]
        default: bool,
    },
}

pub(super) fn run(command: &Command, path: Option<&Path>) -> Result<Ending, Failure> {
    let Command::Show { default } = command;
    if *default {
        output::say_raw(config::DEFAULTS.as_bytes())?;
    } else {
        output::say_raw(Config::find(path).map_err(Failure::usage)?.to_toml().as_bytes())?;
    }
    Ok(Ending::Fine)
}
