//! `chancery review diff`: what reviewers changed, word by word.

use std::io::IsTerminal;
use std::path::PathBuf;

use crate::config::Config;
use crate::emit::report::review;
use crate::pipeline::{self, Merge};

use super::{Choices, Ending, Failure, Place, output};

/// Shows what reviewers changed of the machine's translation; with files, what merging them would change
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Reviewed files, or folders of them
    #[arg(value_name = "REVIEWED")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    choices: Choices,
    /// One JSON object an article
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, config: Config) -> Result<Ending, Failure> {
    let plan = args.place.plan(config)?;
    let merge = Merge { files: args.files.clone(), options: args.choices.options(), dry_run: true };
    let (changes, refused) = pipeline::changes(&merge, &plan).map_err(Failure::usage)?;
    let colour = std::io::stdout().is_terminal();
    for article in &changes {
        if args.json {
            output::say_json(article)?;
        } else {
            output::say(review::changes(article, colour).trim_end())?;
        }
    }
    for refused in &refused {
        output::complain(&refused.reason);
    }
    Ok(if refused.is_empty() { Ending::Fine } else { Ending::Failures })
}
