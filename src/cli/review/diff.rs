//! `chancery review diff`: what reviewers changed, word by word.

use crate::config::Config;
use crate::emit::report::review;
use crate::pipeline::{self, Merge};
use std::io::IsTerminal;

use super::{Ending, Failure, ShowArgs, output};

pub(super) fn run(args: &ShowArgs, config: Config) -> Result<Ending, Failure> {
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
