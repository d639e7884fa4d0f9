//! `chancery review`: XLIFF that came back is merged, and what reviews have made of a folder is shown.

mod diff;
mod status;

use std::path::PathBuf;

use crate::config::{Config, Flags, Plan};
use crate::emit::report::review;
use crate::model::Severity;
use crate::pipeline::{self, Merge, MergeEvent, Stages};
use crate::review::Options;
use crate::review::report::ReviewReport;

use super::exit::Ending;
use super::progress::{self, Kind};
use super::{Failure, output};

/// Merges XLIFF that came back from reviewers, and shows what they made of it
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    Merge(MergeArgs),
    /// Shows how far the review of each article has come; with files, what merging them would do
    Status(ShowArgs),
    /// Shows what reviewers changed of the machine's translation; with files, what merging them would change
    Diff(ShowArgs),
}

/// Merges reviewed files into the folder that their articles were translated into
///
/// Pages and XLIFF are written again with what the reviewers made of them, reviewed segments go to `reviewed.tmx`, and
/// `review.html` tells what happened. A file that is truncated, of another article or of an older export is refused, and
/// nothing of it is taken. Merging a file twice changes nothing.
#[derive(Debug, clap::Args)]
pub(super) struct MergeArgs {
    /// Reviewed files, or folders of them
    #[arg(required = true, value_name = "REVIEWED")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    choices: Choices,
    /// Says what would happen, and writes nothing
    #[arg(long)]
    dry_run: bool,
    /// Shows no progress and no summary
    #[arg(long, short)]
    quiet: bool,
    /// Prints one JSON object an event instead of progress, and then the report
    #[arg(long, conflicts_with = "quiet")]
    json: bool,
}

/// What is shown of a folder, or of files that may be merged into it.
#[derive(Debug, clap::Args)]
pub(super) struct ShowArgs {
    /// Reviewed files, or folders of them
    #[arg(value_name = "REVIEWED")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    choices: Choices,
    /// JSON: one object, for changes one an article
    #[arg(long)]
    json: bool,
}

/// The folder of the translations, and what they are looked at with.
#[derive(Debug, Clone, clap::Args)]
struct Place {
    /// Folder that the articles were translated into
    #[arg(long, default_value = "out", value_name = "DIR")]
    out: PathBuf,
    /// Glossary file or folder, instead of those of the settings; may be given several times
    #[arg(long, value_name = "PATH")]
    glossary: Vec<PathBuf>,
}

/// What whoever merges may decide.
#[derive(Debug, Clone, Copy, clap::Args)]
struct Choices {
    /// Takes a file of an older export, too; where newer work differs, that is a conflict
    #[arg(long)]
    accept_older: bool,
    /// In a conflict takes what the file has, instead of leaving what stands
    #[arg(long)]
    prefer_file: bool,
    /// Takes every segment with a translation as reviewed, for tools that leave its state as it was, as `OmegaT` does
    #[arg(long)]
    all_reviewed: bool,
}

pub(super) fn run(command: Command, config: Config) -> Result<Ending, Failure> {
    match command {
        Command::Merge(args) => merge(args, config),
        Command::Status(args) => status::run(args, config),
        Command::Diff(args) => diff::run(&args, config),
    }
}

fn merge(args: MergeArgs, config: Config) -> Result<Ending, Failure> {
    let kind = progress::kind(args.json, args.quiet);
    let (report, plan) = merged(args.files, args.choices, &args.place, config, (args.dry_run, kind))?;
    match kind {
        Kind::Human => {
            output::remark(&review::text(&report));
            output::remark(&whereabouts(&plan, args.dry_run));
        }
        Kind::Json => output::say_json(&report)?,
        Kind::Quiet => {}
    }
    Ok(ending(&report, &plan))
}

/// Merges, or with `dry_run` says what would come of it.
fn merged(
    files: Vec<PathBuf>,
    choices: Choices,
    place: &Place,
    config: Config,
    (dry_run, kind): (bool, Kind),
) -> Result<(ReviewReport, Plan), Failure> {
    let plan = place.plan(config)?;
    let stages = Stages::open(&plan).map_err(Failure::usage)?;
    let merge = Merge { files, options: choices.options(), dry_run };
    let bar = progress::merging(kind);
    let report = pipeline::merge(&merge, &plan, &stages, &|event: &MergeEvent<'_>| bar(event));
    drop(bar);
    let ending = |error: &pipeline::Error| match error {
        pipeline::Error::Stopped { .. } => Ending::Failures,
        _ => Ending::Usage,
    };
    let report = report.map_err(|error| Failure { ending: ending(&error), message: error.to_string() })?;
    Ok((report, plan))
}

impl Place {
    fn plan(&self, config: Config) -> Result<Plan, Failure> {
        let flags = Flags { out: self.out.clone(), glossary: self.glossary.clone(), ..Flags::default() };
        config.plan(flags).map_err(Failure::usage)
    }
}

impl Choices {
    fn options(self) -> Options {
        let Self { accept_older, prefer_file, all_reviewed } = self;
        Options { accept_older, prefer_file, all_reviewed }
    }
}

fn whereabouts(plan: &Plan, dry_run: bool) -> String {
    if dry_run {
        return "nothing was written: run it again without --dry-run".to_owned();
    }
    let page = plan.out.join("review.html");
    if page.exists() { format!("open {}", page.display()) } else { "nothing was changed".to_owned() }
}

/// How a merge ended: with failures where something of a reviewer was not taken, with findings where the reviewed text has
/// some that fail a run.
fn ending(report: &ReviewReport, plan: &Plan) -> Ending {
    let mut notices = report.articles.iter().flat_map(|article| &article.notices);
    let mut findings = report.articles.iter().flat_map(|article| &article.findings);
    if !report.refused.is_empty() || notices.any(|notice| notice.what.severity() == Severity::Error) {
        Ending::Failures
    } else if findings.any(|(_, finding)| finding.severity >= plan.config.check.fail_on) {
        Ending::Findings
    } else {
        Ending::Fine
    }
}
