//! The plan of a run: settings and flags together, checked.

use std::path::PathBuf;

use crate::emit::xliff;
use crate::model::{Lang, Money};
use crate::translate;

use super::{Config, Error};

/// What the command line says of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flags {
    /// Files and folders to translate.
    pub inputs: Vec<PathBuf>,
    /// Languages to translate into.
    pub to: Vec<Lang>,
    /// The articles' language, where it is not to be detected.
    pub from: Option<Lang>,
    /// Folder for the outputs.
    pub out: PathBuf,
    /// XLIFF version, instead of the setting.
    pub xliff: Option<xliff::Version>,
    /// How much XLIFF holds, instead of the setting.
    pub profile: Option<xliff::Profile>,
    /// What machine translation says of itself, instead of the setting.
    pub mt_state: Option<xliff::MtState>,
    /// Glossary files and folders, instead of the setting.
    pub glossary: Vec<PathBuf>,
    /// Whether outputs that somebody changed are replaced.
    pub overwrite: bool,
    /// Money that may be spent, instead of the setting.
    pub budget: Option<Money>,
    /// Characters that may be sent, instead of the setting.
    pub max_chars: Option<u64>,
}

/// What a run is to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Files and folders to translate.
    pub inputs: Vec<PathBuf>,
    /// Languages to translate into, each once.
    pub to: Vec<Lang>,
    /// The articles' language, where it is not to be detected.
    pub from: Option<Lang>,
    /// Folder for the outputs.
    pub out: PathBuf,
    /// Whether outputs that somebody changed are replaced.
    pub overwrite: bool,
    /// The settings, with the flags over them.
    pub config: Config,
}

impl Config {
    /// Puts the flags over the settings.
    ///
    /// # Errors
    /// When a language is named twice, or source and target are the same.
    pub fn plan(mut self, flags: Flags) -> Result<Plan, Error> {
        for (place, target) in flags.to.iter().enumerate() {
            if flags.to[..place].iter().any(|earlier| earlier == target) {
                return Err(Error::Flag(format!("--to names {target} twice")));
            }
        }
        if let (Some(from), [to]) = (flags.from, &*flags.to)
            && from.reads_as(*to)
        {
            return Err(Error::Flag(format!(
                "--from {from} and --to {to} are one language: there is nothing to translate"
            )));
        }
        self.emit.xliff = flags.xliff.unwrap_or(self.emit.xliff);
        self.emit.profile = flags.profile.unwrap_or(self.emit.profile);
        self.emit.mt_state = flags.mt_state.unwrap_or(self.emit.mt_state);
        self.translate.budget = flags.budget.unwrap_or(self.translate.budget);
        self.translate.max_chars = flags.max_chars.unwrap_or(self.translate.max_chars);
        if !flags.glossary.is_empty() {
            self.glossary.paths = flags.glossary;
        }
        let Flags { inputs, to, from, out, overwrite, .. } = flags;
        Ok(Plan { inputs, to, from, out, overwrite, config: self })
    }
}

impl Plan {
    /// The settings that shape outputs, as one string: equal where they are equal.
    #[must_use]
    pub fn settings(&self) -> String {
        let mut config = self.config.clone();
        // Where files stand makes no difference; what they say has a fingerprint of its own.
        config.glossary.paths.clear();
        config.segment.srx = None;
        // Nor does what may be spent: a run goes on with a larger budget.
        let translate::Options { cache, budget, max_chars, .. } = translate::Options::default();
        config.translate = translate::Options { cache, budget, max_chars, ..config.translate };
        format!("{}\nfrom = {:?}", config.to_toml(), self.from.map(|lang| lang.to_string()))
    }
}
