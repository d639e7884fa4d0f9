//! `chancery review status`: how far the review of a folder has come, or what a merge would do.

use crate::config::Config;
use crate::emit::report::review;
use crate::pipeline;

use super::super::progress::Kind;
use super::{Ending, Failure, ShowArgs, ending, merged, output};

pub(super) fn run(args: ShowArgs, config: Config) -> Result<Ending, Failure> {
    if args.files.is_empty() {
        return folder(&args);
    }
    let (report, plan) = merged(args.files, args.choices, &args.place, config, (true, Kind::Quiet))?;
    if args.json {
        output::say_json(&report)?;
    } else {
        output::say(review::text(&report).trim_end())?;
    }
    Ok(ending(&report, &plan))
}

fn folder(args: &ShowArgs) -> Result<Ending, Failure> {
    let rows = pipeline::articles(&args.place.out).map_err(Failure::usage)?;
    if args.json {
        output::say_json(&rows)?;
    } else {
        output::say(review::progress(&rows).trim_end())?;
    }
    Ok(Ending::Fine)
}
