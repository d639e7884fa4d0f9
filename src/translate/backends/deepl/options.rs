//! The settings of a `deepl` backend, and what DeepL says of which languages take them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::Lang;

/// The table `[backend.NAME]` of a `deepl` backend, beside what every service has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Whether the terms of the glossary are kept with DeepL as a glossary of its own, so that it inflects them.
    pub glossary: bool,
    /// Tells glossaries of several installations that share an account apart: each deletes only its own that it has
    /// replaced.
    pub glossary_label: String,
    /// How formal the translation is.
    pub formality: Formality,
    /// Which models translate; DeepL chooses where nothing is said.
    pub model: Option<Model>,
    /// Instructions in words, ten at the most, for target languages that take them.
    pub instructions: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            glossary: true,
            glossary_label: "default".to_owned(),
            formality: Formality::Default,
            model: None,
            instructions: Vec::new(),
        }
    }
}

/// How formal a translation is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Formality {
    /// As DeepL thinks fit.
    #[default]
    Default,
    /// More formal.
    More,
    /// Less formal.
    Less,
    /// More formal where the language knows that.
    PreferMore,
    /// Less formal where the language knows that.
    PreferLess,
}

/// Which models translate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    /// The better, slower ones; pairs without one are refused.
    QualityOptimized,
    /// The better, slower ones where there is one.
    PreferQualityOptimized,
    /// The classic ones, which know all pairs.
    LatencyOptimized,
}

/// Languages whose translations may be more or less formal (OpenAPI, `Formality`).
const FORMAL: &[&str] = &["de", "fr", "it", "es", "nl", "pl", "pt", "ja", "ru"];
/// Languages whose translations take instructions (`custom_instructions`).
const INSTRUCTED: &[&str] = &["de", "en", "es", "fr", "it", "ja", "ko", "zh"];
/// Instructions of a request, and characters of each.
const MOST_INSTRUCTIONS: (usize, usize) = (10, 300);
/// Characters of a label: it is part of a name, which may have 1024 bytes.
const LONGEST_LABEL: usize = 60;

impl Options {
    /// Refuses what DeepL would refuse with every request.
    pub(super) fn check(&self) -> Result<(), String> {
        let (most, longest) = MOST_INSTRUCTIONS;
        let instructions = &self.instructions;
        if instructions.len() > most
            || instructions.iter().any(|it| it.trim().is_empty() || it.chars().count() > longest)
        {
            return Err(format!("`instructions` are {most} at the most, of 1 to {longest} characters each"));
        }
        if !instructions.is_empty() && self.model == Some(Model::LatencyOptimized) {
            return Err("`instructions` need other models than \"latency_optimized\": leave `model` out".to_owned());
        }
        let label = &self.glossary_label;
        let is_label = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if label.is_empty() || label.len() > LONGEST_LABEL || !label.chars().all(is_label) {
            return Err(format!("`glossary_label` is of 1 to {LONGEST_LABEL} letters, digits, hyphens and dots"));
        }
        Ok(())
    }

    /// Why a language cannot be translated into with these settings, if it cannot.
    pub(super) fn unsettled(&self, target: Lang) -> Option<String> {
        let strict = matches!(self.formality, Formality::More | Formality::Less);
        let (formality, prefer) = (self.formality, format!("prefer_{}", self.formality));
        (strict && !FORMAL.contains(&target.language())).then(|| {
            format!("DeepL has no `formality = \"{formality}\"` for `{target}`: write \"{prefer}\", which goes without")
        })
    }

    /// The formality to ask for, where one is.
    pub(super) fn formality(&self) -> Option<Formality> {
        (self.formality != Formality::Default).then_some(self.formality)
    }

    /// The instructions for translations into `target`.
    pub(super) fn instructions(&self, target: Lang) -> &[String] {
        if INSTRUCTED.contains(&target.language()) { &self.instructions } else { &[] }
    }

    /// What answers depend on.
    pub(super) fn fingerprint(&self, target: Lang) -> String {
        let model = self.model.map(|model| model.to_string()).unwrap_or_default();
        format!("model={model} formality={} instructions={:?}", self.formality, self.instructions(target))
    }
}

impl fmt::Display for Formality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Default => "default",
            Self::More => "more",
            Self::Less => "less",
            Self::PreferMore => "prefer_more",
            Self::PreferLess => "prefer_less",
        })
    }
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::QualityOptimized => "quality_optimized",
            Self::PreferQualityOptimized => "prefer_quality_optimized",
            Self::LatencyOptimized => "latency_optimized",
        })
    }
}
