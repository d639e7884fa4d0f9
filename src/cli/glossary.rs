//! `chancery glossary`: the terms of a glossary in a text.

use std::fs;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::glossary::{Glossary, Hit, Matcher, Options};
use crate::model::{Lang, MatchHow};

use super::exit::Ending;
use super::{Failure, output};

/// Looks into glossaries
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    Match(MatchArgs),
}

/// Finds terms in texts: a text a line comes in, and its hits go out
///
/// A line that comes in is a JSON object with the key `text`. A line that goes out is an array of hits, each with `term`,
/// `concept`, `start` and `end` in characters, and `how` it was recognised: exact, case, forms, rule or stem.
#[derive(Debug, clap::Args)]
pub(super) struct MatchArgs {
    /// The language of the texts
    #[arg(long, value_name = "LANG")]
    lang: Lang,
    /// A glossary file, or a folder of them; without it, those of the settings
    #[arg(long, value_name = "PATH")]
    glossary: Option<PathBuf>,
    /// A file of terms instead, one a line; they are found inflected, in any case, and inside one another
    #[arg(long, value_name = "FILE", conflicts_with = "glossary")]
    terms: Option<PathBuf>,
    /// Tells terms inside longer ones too
    #[arg(long)]
    nested: bool,
    /// Reads and writes JSON lines, the only form there is
    #[arg(long, required = true)]
    jsonl: bool,
}

/// A line that comes in; its other keys do not matter.
#[derive(Deserialize)]
struct Line {
    text: String,
}

/// A hit that goes out.
#[derive(Serialize)]
struct Row<'a> {
    term: &'a str,
    concept: &'a str,
    start: usize,
    end: usize,
    how: MatchHow,
}

/// What goes out for a line that is not as it should be.
#[derive(Serialize)]
struct Refusal {
    error: String,
}

pub(super) fn run(command: &Command, config: impl FnOnce() -> Result<Config, Failure>) -> Result<Ending, Failure> {
    let Command::Match(args) = command;
    let matcher = matcher(args, config)?;
    let mut ending = Ending::Fine;
    let mut input = io::stdin().lock();
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        let read = input.read_until(b'\n', &mut bytes).map_err(|error| stopped(number, &error))?;
        if read == 0 {
            break;
        }
        match serde_json::from_slice::<Line>(&bytes) {
            Ok(line) => output::say_json(&rows(&matcher, &line.text, args.nested || args.terms.is_some()))?,
            Err(error) => {
                let error = format!("line {number}: {error}: write an object such as {{\"text\": \"..\"}}");
                output::complain(&error);
                output::say_json(&Refusal { error })?;
                ending = Ending::Failures;
            }
        }
    }
    Ok(ending)
}

fn matcher(args: &MatchArgs, config: impl FnOnce() -> Result<Config, Failure>) -> Result<Arc<Matcher>, Failure> {
    if let Some(path) = &args.terms {
        return Ok(Arc::new(Matcher::of_terms(args.lang, terms(path)?)));
    }
    let options = match &args.glossary {
        Some(path) => Options { paths: vec![path.clone()] },
        None => config()?.glossary,
    };
    Ok(Glossary::open(&options).map_err(Failure::usage)?.matcher(args.lang))
}

/// The terms of a file, one a line.
fn terms(path: &Path) -> Result<Vec<String>, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?;
    let lines = text.trim_start_matches('\u{FEFF}').lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(lines.map(str::to_owned).collect())
}

/// The hits in `text`; with `nested` also those inside longer ones.
fn rows<'m>(matcher: &'m Matcher, text: &str, nested: bool) -> Vec<Row<'m>> {
    let hits = if nested { matcher.find_all(text) } else { matcher.find(text) };
    // Hits come by start, and so nothing is counted twice but for what is inside another.
    let mut counted = (0, 0);
    let row = |Hit { concept, term, range, how }: Hit<'m>| {
        counted = (range.start, counted.1 + text[counted.0..range.start].chars().count());
        let end = counted.1 + text[range].chars().count();
        Row { start: counted.1, end, term: &term.text, concept: &concept.id, how }
    };
    hits.into_iter().map(row).collect()
}

fn stopped(number: u64, error: &io::Error) -> Failure {
    Failure { message: format!("standard input, line {number}: {error}"), ending: Ending::Failures }
}
