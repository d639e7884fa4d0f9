//! `chancery translate`: the main job.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{Config, Flags};
use crate::emit::report::{self, RunReport};
use crate::emit::xliff;
use crate::model::{Failure, Lang, Money, ParseLangError};
use crate::pipeline::{self, Stages, Stop};

use super::exit::Ending;
use super::progress::{self, Kind};
use super::signals::Asked;
use super::{Failure as Ended, dry_run, output};

/// Translates articles: XLIFF for reviewers, bilingual pages for readers, a report
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles, or folders of them
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Languages to translate into, such as pt or pt,zh-Hans
    #[arg(long, required = true, value_delimiter = ',', value_name = "LANG,..")]
    to: Vec<Lang>,
    /// The articles' language; `auto` detects it
    #[arg(long, default_value = "auto", value_parser = source, value_name = "LANG")]
    from: Source,
    /// Folder for the outputs
    #[arg(long, default_value = "out", value_name = "DIR")]
    out: PathBuf,
    /// XLIFF version to write, instead of the one of the settings
    #[arg(long, value_parser = version, value_name = "1.2|2.0|2.1|2.2")]
    xliff: Option<xliff::Version>,
    /// What XLIFF holds: `lean`, what every CAT tool reads, or `full`, with marks on terms and the machine's translations apart
    #[arg(long, value_parser = profile, value_name = "lean|full")]
    profile: Option<xliff::Profile>,
    /// What machine translation says of itself in XLIFF: `translated` is for tools that ignore drafts, such as Matecat
    #[arg(long, value_parser = mt_state, value_name = "initial|translated")]
    mt_state: Option<xliff::MtState>,
    /// Glossary file or folder, instead of those of the settings; may be given several times
    #[arg(long, value_name = "PATH")]
    glossary: Vec<PathBuf>,
    /// Replaces outputs that somebody has changed since they were written, and other files in their place
    #[arg(long)]
    overwrite: bool,
    /// The most that services may be paid, such as 25.00, by the prices in the settings; what stopped runs into the same
    /// folder spent counts
    #[arg(long, value_name = "AMOUNT")]
    budget: Option<Money>,
    /// The most characters that may be sent to services, counted likewise
    #[arg(long, value_name = "NUMBER")]
    max_chars: Option<u64>,
    #[command(flatten)]
    telling: Telling,
}

/// What is told, and whether anything is done.
#[derive(Debug, clap::Args)]
struct Telling {
    /// Tells how many texts, characters and how much money it would take, without one call; nothing is written
    #[arg(long)]
    dry_run: bool,
    /// Shows no progress and no summary
    #[arg(long, short)]
    quiet: bool,
    /// Prints one JSON object an event instead of progress
    #[arg(long, conflicts_with = "quiet")]
    json: bool,
}

/// What `--from` says: a language, or nothing for `auto`.
#[derive(Debug, Clone, Copy)]
struct Source(Option<Lang>);

fn source(value: &str) -> Result<Source, ParseLangError> {
    if value == "auto" { Ok(Source(None)) } else { value.parse().map(|lang| Source(Some(lang))) }
}

fn version(value: &str) -> Result<xliff::Version, String> {
    let named = xliff::Version::ALL.into_iter().find(|version| version.number() == value);
    named.ok_or_else(|| "write 1.2, 2.0, 2.1 or 2.2".to_owned())
}

fn profile(value: &str) -> Result<xliff::Profile, String> {
    match value {
        "lean" => Ok(xliff::Profile::Lean),
        "full" => Ok(xliff::Profile::Full),
        _ => Err("write lean or full".to_owned()),
    }
}

fn mt_state(value: &str) -> Result<xliff::MtState, String> {
    match value {
        "initial" => Ok(xliff::MtState::Initial),
        "translated" => Ok(xliff::MtState::Translated),
        _ => Err("write initial or translated".to_owned()),
    }
}

pub(super) fn run(args: Args, config: Config) -> Result<Ending, Ended> {
    let Telling { dry_run, quiet, json } = args.telling;
    let kind = progress::kind(json, quiet);
    let plan = config.plan(args.flags()).map_err(Ended::usage)?;
    let stages = Arc::new(Stages::open(&plan).map_err(Ended::usage)?);
    let runtime = tokio::runtime::Runtime::new().map_err(Ended::usage)?;
    if dry_run {
        return dry_run::run(&runtime, &plan, stages, kind);
    }
    let (report, asked) = runtime.block_on(async {
        let stop = Stop::default();
        let observer = progress::observer(kind);
        let asked = Asked::listen(&stop, &observer, &stages);
        let report = pipeline::run(&plan, stages, observer, stop).await;
        (report, asked.ending())
    });
    let report = report.map_err(|error| Ended { ending: ending_of(&error), message: error.to_string() })?;
    if kind == Kind::Human {
        output::remark(&report::text(&report));
        output::remark(&whereabouts(&plan.out, asked.is_some() || report.totals.unfinished > 0));
    }
    Ok(asked.unwrap_or_else(|| ending(&report, &plan.config)))
}

impl Args {
    fn flags(self) -> Flags {
        let Self { inputs, to, from: Source(from), out, xliff, profile, mt_state, glossary, .. } = self;
        let Self { overwrite, budget, max_chars, .. } = self;
        Flags { inputs, to, from, out, xliff, profile, mt_state, glossary, overwrite, budget, max_chars }
    }
}

/// What to do next.
fn whereabouts(out: &Path, stopped: bool) -> String {
    if stopped {
        return "stopped; what was finished is kept: run the same command again to go on".to_owned();
    }
    format!("open {}", out.join("index.html").display())
}

/// How a run ended that could not go on: before it began, or in the middle.
pub(super) fn ending_of(error: &pipeline::Error) -> Ending {
    if matches!(error, pipeline::Error::Stopped { .. }) { Ending::Failures } else { Ending::Usage }
}

/// How the run ended, by the worst that befell an article.
fn ending(report: &RunReport, config: &Config) -> Ending {
    let failures = report.articles.iter().flat_map(|row| &row.failures);
    let helpless = failures.clone().all(|failed| matches!(failed.why.kind, Failure::NoRoute | Failure::Unavailable));
    let failed = report.articles.iter().any(|row| row.status.is_failure());
    let finding = report.articles.iter().flat_map(|row| &row.findings).map(|found| found.finding.severity).max();
    let helpless = failures.count() > 0 && helpless && report.totals.segments.translated == 0;
    if report.totals.unfinished > 0 || helpless {
        Ending::Stopped
    } else if failed {
        Ending::Failures
    } else if finding.is_some_and(|worst| worst >= config.check.fail_on) {
        Ending::Findings
    } else {
        Ending::Fine
    }
}
