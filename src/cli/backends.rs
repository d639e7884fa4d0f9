//! `chancery backends`: which translation services and engines are configured, and whether they can be used.

mod rows;
mod table;
mod test;

use crate::config::Config;
use crate::model::Lang;
use crate::translate::{Configured, configured};

use super::exit::Ending;
use super::{Failure, output};
use rows::Row;
use table::Table;

/// Lists the translation backends of the settings, or tests whether they can be used
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Lists the configured backends in the order in which they are asked; asks nobody
    ///
    /// Those that have a table of settings and are not named in `[translate] backends` stand last.
    List {
        /// One JSON object a backend
        #[arg(long)]
        json: bool,
    },
    /// Asks backends whether they can be used, without having anything translated; exit code 4 where one cannot
    Test(TestArgs),
}

/// What is tested.
#[derive(Debug, clap::Args)]
pub(super) struct TestArgs {
    /// Backends by their names in the settings; without any, those that `[translate] backends` names
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Languages that each must translate into, such as pt or pt-BR,zh-Hans
    #[arg(long, value_delimiter = ',', value_name = "LANG,..")]
    to: Vec<Lang>,
    /// One JSON object a backend
    #[arg(long)]
    json: bool,
}

pub(super) fn run(command: &Command, config: &Config) -> Result<Ending, Failure> {
    match command {
        Command::List { json } => list(config, *json),
        Command::Test(args) => test::run(args, config),
    }
}

/// The backends named in the settings: those that are asked, in order, and then those that only have a table.
fn all_names(config: &Config) -> Vec<String> {
    let mut names = config.translate.backends.clone();
    let others: Vec<String> = config.tables().into_keys().filter(|name| !names.contains(name)).collect();
    names.extend(others);
    names
}

fn open(config: &Config, names: &[String]) -> Vec<Configured> {
    configured(names, config.tables(), config.folder())
}

fn list(config: &Config, json: bool) -> Result<Ending, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::usage)?;
    let mut table = Table::new(rows::HEAD);
    let mut problems = Vec::new();
    for backend in open(config, &all_names(config)) {
        let place = config.translate.backends.iter().position(|name| *name == backend.name).map(|at| at + 1);
        let row = runtime.block_on(Row::of(config, place, backend));
        if json {
            output::say_json(&row)?;
        }
        problems.extend(row.problem.as_ref().map(|problem| format!("{}: {problem}", row.name)));
        table.add(row.cells());
    }
    if !json {
        output::say(&table.to_string())?;
        for problem in &problems {
            output::complain(problem);
        }
    }
    Ok(Ending::Fine)
}
