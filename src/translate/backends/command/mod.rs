//! Any program that reads lines and writes as many lines: `apertium`, `opencc`, a script of one's own.
//!
//! Law: a draft is a line the program wrote for its text. A program that writes another number of lines, fails, or
//! does not end in time gives an error and no drafts.

mod process;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

use crate::model::{Lang, Pair, Provenance};
use crate::translate::models::pair_of;
use crate::translate::{Answer, Backend, Batch, Capability, Draft, Error, Measure, Probe, Setup, TermUse};

/// The table `[backend.NAME]` of a `command` backend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// The program: a name to be found on the path, or a file.
    pub program: String,
    /// Its arguments; `{source}` and `{target}` stand for the languages, as the program calls them.
    pub args: Vec<String>,
    /// The pairs it translates: `["es-pt", "zh-Hans-zh-Hant"]`.
    pub pairs: Vec<String>,
    /// What the program calls a language, where that is not its BCP 47 tag: `{ es = "spa" }`.
    pub codes: BTreeMap<String, String>,
    /// Seconds after which a program that has not ended is stopped.
    pub timeout_s: u64,
    /// Programs run at once; 0 for one on each core.
    pub jobs: usize,
}

impl Default for Options {
    fn default() -> Self {
        let (program, args, pairs, codes) = Default::default();
        Self { program, args, pairs, codes, timeout_s: 120, jobs: 0 }
    }
}

struct Command {
    name: String,
    options: Options,
    pairs: Vec<Pair>,
    capability: Capability,
    running: Semaphore,
}

/// Opens one.
///
/// # Errors
/// When the table is wrong. Whether the program is there shows when it is first run.
pub fn open(setup: Setup<'_>) -> Result<Box<dyn Backend>, Error> {
    let name = setup.name.clone();
    let options: Options = setup.options()?;
    let wrong = |message: String| Error::Config { name: name.clone(), message, span: None };
    if options.program.is_empty() {
        return Err(wrong("`program` is missing: name the program to run".to_owned()));
    }
    let pair = |tag: &String| pair_of(tag).ok_or_else(|| wrong(format!("`{tag}` is not a pair: write it as `es-pt`")));
    let pairs = options.pairs.iter().map(pair).collect::<Result<Vec<_>, _>>()?;
    for tag in options.codes.keys() {
        tag.parse::<Lang>().map_err(|error| wrong(error.to_string()))?;
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = if options.jobs == 0 { cores } else { options.jobs };
    let capability = Capability {
        max_texts: 1000,
        max_chars: 10_000,
        max_total: usize::MAX,
        measure: Measure::Chars,
        context: false,
        aligns: false,
        network: false,
        terms: TermUse::default(),
        more_pairs: "add the pair to `pairs` in its table if the program translates it",
    };
    Ok(Box::new(Command { name, options, pairs, capability, running: Semaphore::new(jobs) }))
}

impl Command {
    /// The program's arguments for a pair.
    fn args(&self, pair: Pair) -> Vec<String> {
        let code = |lang: Lang| self.options.codes.get(&lang.to_string()).cloned().unwrap_or_else(|| lang.to_string());
        let (source, target) = (code(pair.source), code(pair.target));
        self.options.args.iter().map(|arg| arg.replace("{source}", &source).replace("{target}", &target)).collect()
    }

    /// The configured pair that serves for `pair`.
    fn serves(&self, pair: Pair) -> Option<Pair> {
        let reads = |own: &&Pair| own.source.reads_as(pair.source) && own.target.reads_as(pair.target);
        self.pairs.iter().find(|&&own| own == pair).or_else(|| self.pairs.iter().find(reads)).copied()
    }
}

#[async_trait]
impl Backend for Command {
    fn capability(&self) -> &Capability {
        &self.capability
    }

    fn route(&self, pair: Pair) -> Option<Provenance> {
        self.serves(pair)?;
        let program = Path::new(&self.options.program);
        let engine =
            program.file_name().map_or_else(|| self.options.program.clone(), |file| file.to_string_lossy().into());
        Some(Provenance { backend: self.name.clone(), engine, models: Vec::new() })
    }

    /// Looks whether the program is there; it is not run.
    async fn probe(&self) -> Result<Probe, Error> {
        process::find(&self.options.program)?;
        Ok(Probe { says: String::new(), pairs: Some(self.pairs.clone()) })
    }

    async fn translate(&self, batch: &Batch) -> Result<Answer, Error> {
        let program = &self.options.program;
        let pair = self.serves(batch.pair).ok_or(Error::NoPair { pair: batch.pair })?;
        if batch.texts.is_empty() {
            return Ok(Answer::default());
        }
        let _turn = self.running.acquire().await.expect("the semaphore is never closed");
        let input: String = batch.texts.iter().map(|input| one_line(&input.text) + "\n").collect();
        let limit = Duration::from_secs(self.options.timeout_s);
        let output = process::filter(program, &self.args(pair), input, limit).await?;
        let lines: Vec<&str> = output.strip_prefix('\u{feff}').unwrap_or(&output).lines().collect();
        if lines.len() != batch.texts.len() {
            let reason = format!("`{program}` wrote {} lines for {}", lines.len(), batch.texts.len());
            return Err(Error::bad_answer(reason));
        }
        let draft = |line: &str| Draft { text: line.trim().to_owned(), alignment: None };
        Ok(lines.into_iter().map(draft).collect::<Vec<_>>().into())
    }
}

/// The text without line breaks of any kind.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], " ")
}

#[cfg(test)]
mod tests;
