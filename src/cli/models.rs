//! `chancery models`: the translation models on this machine, and how to get more.

mod available;
mod bundle;
mod progress;
mod pull;
mod remove;
mod rows;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::model::Pair;
use crate::translate::backends::firefox;
use crate::translate::models::{self, Catalogue, ModelSet, State, pair_of};

use super::exit::Ending;
use super::{Failure, output};
use rows::Row;

/// Lists, fetches, checks and removes translation models
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    List(ListArgs),
    Pull(pull::Args),
    /// Compares the files of models with their checksums; exit code 1 where a model is broken
    Verify {
        /// Directions such as en-pt; without any, all models
        #[arg(value_parser = pair, value_name = "PAIR")]
        pairs: Vec<Pair>,
    },
    Remove(remove::Args),
    Bundle(bundle::Args),
    /// Prints the folders where models are looked for
    Path,
}

/// Lists the models on this machine, or those that can be fetched
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// Lists what can be fetched, and whether it is installed
    #[arg(long)]
    available: bool,
    /// The mirror to ask, instead of that of the settings or of `CHANCERY_MODELS_MIRROR`
    #[arg(long, requires = "available", value_name = "URL")]
    mirror: Option<String>,
    /// One JSON object a model
    #[arg(long)]
    json: bool,
}

fn pair(name: &str) -> Result<Pair, String> {
    pair_of(name).ok_or_else(|| "write a direction such as en-pt or en-zh-Hant".to_owned())
}

/// What the settings say of models.
struct Place {
    /// Where they are looked for, the first for those that are fetched.
    folders: Vec<PathBuf>,
    mirror: String,
}

impl Place {
    fn of(config: &Config) -> Result<Self, Failure> {
        let options: firefox::Options = config.backend("firefox").map_err(Failure::usage)?;
        Ok(Self { folders: options.models_from(config.folder()), mirror: options.mirror })
    }

    /// The folder that models are put into.
    fn home(&self) -> Result<&Path, Failure> {
        let none = || Failure::usage("[backend.firefox] models names no folder to put models into");
        self.folders.first().map(PathBuf::as_path).ok_or_else(none)
    }

    fn catalogue(&self, mirror: Option<&str>) -> Result<Catalogue, Failure> {
        Catalogue::chosen(mirror, &self.mirror).map_err(Failure::usage)
    }

    /// All sets, with whether each serves or is hidden by one in an earlier folder.
    fn sets(&self) -> Result<Vec<(ModelSet, bool)>, Failure> {
        let mut seen = BTreeSet::new();
        let sets = models::all(&self.folders).map_err(Failure::usage)?;
        let mut sets: Vec<_> = sets.into_iter().map(|set| (seen.insert(set.pair), set)).collect();
        sets.sort_by_key(|(serves, set)| (set.pair, !serves));
        Ok(sets.into_iter().map(|(serves, set)| (set, serves)).collect())
    }

    /// The sets of `pairs`, hidden ones too; an error for a pair that has none.
    fn sets_of(&self, pairs: &[Pair]) -> Result<Vec<ModelSet>, Failure> {
        let sets = self.sets()?;
        let has = |pair: Pair| sets.iter().any(|(set, _)| set.pair == pair);
        if let Some(pair) = pairs.iter().find(|&&pair| !has(pair)) {
            return Err(Failure::usage(format!("there is no model {pair} {}", self.under())));
        }
        Ok(sets.into_iter().map(|(set, _)| set).filter(|set| pairs.contains(&set.pair)).collect())
    }

    fn under(&self) -> String {
        let places: Vec<String> = self.folders.iter().map(|folder| folder.display().to_string()).collect();
        format!("under {}", places.join(", "))
    }
}

pub(super) fn run(command: Command, config: &Config) -> Result<Ending, Failure> {
    let place = Place::of(config)?;
    match command {
        Command::List(args) if args.available => available::run(&place, args.mirror.as_deref(), args.json),
        Command::List(args) => list(&place, args.json),
        Command::Pull(args) => pull::run(&args, &place),
        Command::Verify { pairs } => verify(&place, &pairs),
        Command::Remove(args) => remove::run(&args, &place),
        Command::Bundle(args) => bundle::run(&args, &place),
        Command::Path => {
            place.folders.iter().try_for_each(|folder| output::say(&folder.display().to_string()))?;
            Ok(Ending::Fine)
        }
    }
}

/// What the engine computes with on this processor.
fn computed() -> String {
    match firefox::instructions() {
        "portable" => "computed without AVX2, which this processor lacks: it takes about ten times as long".to_owned(),
        instructions => format!("computed with {instructions}"),
    }
}

fn list(place: &Place, json: bool) -> Result<Ending, Failure> {
    let sets = place.sets()?;
    if sets.is_empty() && !json {
        output::remark(&format!("no models {}: fetch some with `chancery models pull en-pt`", place.under()));
    }
    for (set, serves) in &sets {
        let row = Row::of(set, *serves);
        if json { output::say_json(&row)? } else { output::say(&row.readable())? }
    }
    if !sets.is_empty() && !json {
        output::remark(&computed());
    }
    Ok(Ending::Fine)
}

fn verify(place: &Place, pairs: &[Pair]) -> Result<Ending, Failure> {
    let sets = if pairs.is_empty() {
        place.sets()?.into_iter().map(|(set, _)| set).collect()
    } else {
        place.sets_of(pairs)?
    };
    if sets.is_empty() {
        output::remark(&format!("no models {}", place.under()));
    }
    let mut ending = Ending::Fine;
    for set in &sets {
        let (pair, folder) = (set.pair, set.dir.display());
        match set.state() {
            State::Checked => output::say(&format!("{pair}  ok  {folder}"))?,
            State::Unlisted => output::say(&format!(
                "{pair}  not checked  {folder}  it has no SHA256SUMS; they are recorded when it is first used"
            ))?,
            State::Broken(faults) => {
                output::say(&format!("{pair}  BROKEN  {folder}"))?;
                for fault in &faults {
                    output::complain(&fault.to_string());
                }
                ending = Ending::Findings;
            }
        }
    }
    Ok(ending)
}

/// A failure to fetch, install, bundle or remove: the same command may succeed once its cause is mended.
fn stopped(error: impl std::fmt::Display) -> Failure {
    Failure { message: error.to_string(), ending: Ending::Stopped }
}
