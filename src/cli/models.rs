//! `chancery models`: the translation models on this machine, and how to get more.

use std::path::PathBuf;

use serde::Serialize;

use crate::config::Config;
use crate::model::Pair;
use crate::translate::backends::firefox;
use crate::translate::models::{self, Catalogue, ModelSet, pair_of};

use super::exit::Ending;
use super::{Failure, output};

/// Lists and fetches translation models
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Lists the models on this machine
    List {
        /// One JSON object a model
        #[arg(long)]
        json: bool,
    },
    /// Fetches Firefox's models, or a mirror's that `CHANCERY_MODELS_MIRROR` names
    Pull {
        /// Directions such as en-zh; what has no model of its own goes through English
        #[arg(required = true, value_parser = pair, value_name = "PAIR")]
        pairs: Vec<Pair>,
    },
    /// Prints the folders where models are looked for
    Path,
}

fn pair(name: &str) -> Result<Pair, String> {
    pair_of(name).ok_or_else(|| "write a direction such as en-pt or en-zh-Hant".to_owned())
}

#[derive(Serialize)]
struct Row {
    source: String,
    target: String,
    folder: String,
    bytes: u64,
    sha256: Option<String>,
    error: Option<String>,
}

pub(super) fn run(command: Command, config: &Config) -> Result<Ending, Failure> {
    let options: firefox::Options = config.backend("firefox").map_err(Failure::usage)?;
    let folders = options.models_from(config.folder());
    match command {
        Command::List { json } => list(&folders, json),
        Command::Pull { pairs } => pull(&pairs, &folders),
        Command::Path => {
            folders.iter().try_for_each(|folder| output::say(&folder.display().to_string()))?;
            Ok(Ending::Fine)
        }
    }
}

fn list(folders: &[PathBuf], json: bool) -> Result<Ending, Failure> {
    let sets = models::list(folders).map_err(Failure::usage)?;
    if sets.is_empty() && !json {
        let places: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
        output::remark(&format!("no models under {}: fetch some with `chancery models pull en-pt`", places.join(", ")));
    }
    for set in &sets {
        let row = Row::of(set);
        if json { output::say_json(&row)? } else { output::say(&row.readable())? }
    }
    Ok(Ending::Fine)
}

fn pull(pairs: &[Pair], folders: &[PathBuf]) -> Result<Ending, Failure> {
    let folder =
        folders.first().ok_or_else(|| Failure::usage("[backend.firefox] models names no folder to fetch into"))?;
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::usage)?;
    output::remark(&format!("fetching into {}", folder.display()));
    let pulled = runtime.block_on(models::pull(pairs, folder, &Catalogue::from_env()));
    let sets = pulled.map_err(|error| Failure { message: error.to_string(), ending: Ending::Stopped })?;
    sets.iter().try_for_each(|set| output::say(&Row::of(set).readable()))?;
    Ok(Ending::Fine)
}

impl Row {
    fn of(set: &ModelSet) -> Self {
        let sum = set.verify().and_then(|()| set.weights_sha256());
        Self {
            source: set.pair.source.to_string(),
            target: set.pair.target.to_string(),
            folder: set.dir.display().to_string(),
            bytes: set.bytes(),
            error: sum.as_ref().err().map(ToString::to_string),
            sha256: sum.ok(),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a size for people, far below 2^52")]
    fn readable(&self) -> String {
        let megabytes = self.bytes as f64 / 1e6;
        let state = match (&self.sha256, &self.error) {
            (Some(sum), _) => format!("sha256 {}", sum.get(..12).unwrap_or(sum)),
            (None, error) => format!("BROKEN: {}", error.as_deref().unwrap_or("unknown")),
        };
        format!("{}-{}  {megabytes:6.1} MB  {}  {state}", self.source, self.target, self.folder)
    }
}
