//! `chancery models bundle`: models in one file, for machines without a network.

use std::path::PathBuf;

use crate::model::Pair;
use crate::translate::{Error, models};

use super::rows::megabytes;
use super::{Ending, Failure, Place, output, pair, stopped};

/// Writes models into one tar file, which `models pull --from FILE` installs elsewhere
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Directions such as en-pt; what has no model of its own goes through English
    #[arg(required = true, value_parser = pair, value_name = "PAIR")]
    pairs: Vec<Pair>,
    /// The file to write; one that is there is left as it is
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(super) fn run(args: &Args, place: &Place) -> Result<Ending, Failure> {
    let sets = models::list(&place.folders).map_err(Failure::usage)?;
    if args.out.symlink_metadata().is_ok() {
        let out = args.out.display();
        return Err(Failure::usage(format!("{out} is there already; remove it, or write to another file")));
    }
    let bundled = models::bundle(&sets, &args.pairs, &args.out).map_err(|error| match error {
        Error::NoPair { pair } => Failure::usage(format!("there is no model for {pair} {}", place.under())),
        other => stopped(other),
    })?;
    let pairs: Vec<String> = bundled.pairs.iter().map(Pair::to_string).collect();
    let size = megabytes(bundled.bytes);
    output::say(&format!("{}: {}, {}", args.out.display(), pairs.join(" "), size.trim_start()))?;
    Ok(Ending::Fine)
}
