//! `chancery models remove`: frees the room that models take.

use std::io::{self, BufRead as _, IsTerminal as _};

use crate::model::Pair;
use crate::translate::models;

use super::rows::megabytes;
use super::{Ending, Failure, Place, output, pair, progress, stopped};

/// Removes models from this machine
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Directions such as en-pt
    #[arg(required = true, value_parser = pair, value_name = "PAIR")]
    pairs: Vec<Pair>,
    /// Does not ask
    #[arg(long, short)]
    yes: bool,
}

pub(super) fn run(args: &Args, place: &Place) -> Result<Ending, Failure> {
    let sets = place.sets_of(&args.pairs)?;
    sets.iter().try_for_each(models::may_remove).map_err(Failure::usage)?;
    let folders: Vec<String> = sets.iter().map(|set| set.dir.display().to_string()).collect();
    if !args.yes && !confirmed(&folders.join(", "))? {
        output::remark("nothing was removed");
        return Ok(Ending::Fine);
    }
    let removed = models::remove(&sets, &progress::Lines).map_err(stopped)?;
    for gone in &removed {
        let freed = megabytes(gone.bytes);
        output::say(&format!("removed {}: {} free again", gone.dir.display(), freed.trim_start()))?;
    }
    Ok(Ending::Fine)
}

/// Asks whoever sits at the terminal.
fn confirmed(what: &str) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::usage(format!("this removes {what}: say --yes to do so")));
    }
    output::remark(&format!("remove {what}? [y/N]"));
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).map_err(Failure::usage)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}
