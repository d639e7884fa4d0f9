//! The command line: one file a command, and the only room that prints.

mod backends;
mod completions;
mod config;
mod detect;
mod dry_run;
mod exit;
mod extract;
mod glossary;
mod models;
mod output;
mod progress;
mod review;
mod segment;
mod serve;
mod signals;
mod translate;
mod xliff;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;

use exit::Ending;

/// Translates news articles in batches under a glossary of fixed diplomatic terms.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, after_help = exit::HELP, max_term_width = 100)]
struct Cli {
    /// Settings file; without it `pipeline.toml` of this folder, without that the built-in defaults
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Translate(translate::Args),
    Serve(serve::Args),
    /// Shows what is read of articles: title, date, source, blocks, and what was cut as furniture
    Extract(Files),
    /// Tells the language of articles and of their blocks
    Detect(Files),
    Segment(segment::Args),
    #[command(subcommand)]
    Glossary(glossary::Command),
    #[command(subcommand)]
    Review(review::Command),
    #[command(subcommand)]
    Backends(backends::Command),
    #[command(subcommand)]
    Models(models::Command),
    #[command(subcommand)]
    Xliff(xliff::Command),
    #[command(subcommand)]
    Config(config::Command),
    Completions(completions::Args),
    Man(completions::ManArgs),
}

/// The articles that a command shows.
#[derive(Debug, clap::Args)]
struct Files {
    /// Articles
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// One JSON object an article
    #[arg(long)]
    json: bool,
}

/// A failure that ends a command: what to say, and how it ended.
#[derive(Debug)]
struct Failure {
    message: String,
    ending: Ending,
}

/// Runs the command that the arguments name; the exit codes stand in `--help`.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(ending) => ending.into(),
        Err(failure) => {
            output::complain(&failure.message);
            failure.ending.into()
        }
    }
}

fn run(cli: Cli) -> Result<Ending, Failure> {
    let settings = || Config::find(cli.config.as_deref()).map_err(Failure::usage);
    match cli.command {
        Command::Translate(args) => translate::run(args, settings()?),
        Command::Serve(args) => serve::run(args, settings()?),
        Command::Extract(args) => extract::run(&args, &settings()?),
        Command::Detect(args) => detect::run(&args, &settings()?),
        Command::Segment(args) => segment::run(&args, &settings()?),
        Command::Glossary(command) => glossary::run(&command, settings),
        Command::Review(command) => review::run(command, settings()?),
        Command::Backends(command) => backends::run(&command, &settings()?),
        Command::Models(command) => models::run(command, &settings()?),
        Command::Xliff(command) => xliff::run(&command),
        Command::Config(command) => config::run(&command, cli.config.as_deref()),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => completions::man(&args),
    }
}

/// Does something with each file; one that fails is told and the rest goes on.
fn each(files: &[PathBuf], mut show: impl FnMut(&Path) -> Result<(), String>) -> Ending {
    let mut ending = Ending::Fine;
    for path in files {
        if let Err(message) = show(path) {
            output::complain(&message);
            ending = Ending::Failures;
        }
    }
    ending
}

impl Failure {
    /// A wrong argument or setting.
    fn usage(error: impl std::fmt::Display) -> Self {
        Self { message: error.to_string(), ending: Ending::Usage }
    }
}
