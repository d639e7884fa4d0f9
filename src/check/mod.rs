//! Checks: what a reviewer should look at in a translation, found without knowing both languages.
//!
//! One rule a file under `rules/`, one row each in [`RULES`]. A rule reads a unit and says what it finds;
//! it changes nothing. Law: the findings of a unit depend on that unit and the two languages alone, and
//! stand worst first, then by code.

mod number;
mod rules;

use serde::{Deserialize, Serialize};

use crate::model::{Document, Finding, Lang, Outcome, Severity, Text, Unit};

/// Which checks run, and how bad a finding must be to fail a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Codes of rules that are not run: `["C007"]`.
    pub disable: Vec<String>,
    /// Findings of this severity or worse fail the run: `info`, `warning` or `error`.
    pub fail_on: Severity,
}

/// Why checks cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The options name a rule that does not exist.
    #[error("no check has the code `{code}`: write one of {}", .known.join(", "))]
    UnknownCode {
        /// The code.
        code: String,
        /// The codes there are.
        known: Vec<&'static str>,
    },
}

/// A rule: what it is called and how it is run.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its stable code: `C001`.
    pub code: &'static str,
    /// Its name in a word or two, with `-`: `missing-number`.
    pub name: &'static str,
    /// What it looks for, in one sentence without a full stop.
    pub summary: &'static str,
    /// How bad its findings are, unless a finding says otherwise.
    pub severity: Severity,
    /// Looks at a unit.
    pub run: fn(&Context<'_>) -> Vec<Finding>,
}

/// What rules ask of other rooms.
#[derive(Clone, Copy)]
pub struct Aids<'a> {
    /// The language of a text, where that clearly is another than the one it is said to be in (second).
    pub other_language: &'a dyn Fn(&str, Lang) -> Option<Lang>,
    /// Whether, in a text of that language (second), a term (third) occurs in any of its forms.
    pub occurs: &'a dyn Fn(Lang, &str, &str) -> bool,
}

/// A unit as a rule sees it.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// The language of its source.
    pub source: Lang,
    /// The language that it is translated into.
    pub target: Lang,
    /// What other rooms know.
    pub aids: Aids<'a>,
}

/// The rules that run.
#[derive(Debug, Clone)]
pub struct Checks {
    rules: Vec<&'static Rule>,
    fail_on: Severity,
}

/// Every rule, by code.
pub static RULES: &[Rule] = &[
    rules::not_translated::RULE,
    rules::missing_number::RULE,
    rules::copied_source::RULE,
    rules::empty_target::RULE,
    rules::wrong_language::RULE,
    rules::inline_marks::RULE,
    rules::leftover_placeholder::RULE,
    rules::odd_length::RULE,
    rules::missing_term::RULE,
    rules::forbidden_term::RULE,
];

/// Runs `checks` over each unit of `document`, which was translated into `target`, and notes what they find.
#[must_use]
pub fn review(document: Document<Unit>, target: Lang, checks: &Checks, aids: Aids<'_>) -> Document<Unit> {
    document.map(|source, unit| {
        let findings = checks.run(&Context { unit: &unit, source, target, aids });
        Unit { findings, ..unit }
    })
}

impl Default for Options {
    /// Every rule; errors fail the run.
    fn default() -> Self {
        Self { disable: Vec::new(), fail_on: Severity::Error }
    }
}

impl Checks {
    /// Takes the rules that `options` leave on.
    ///
    /// # Errors
    /// When `options` disable a code that no rule has.
    pub fn new(options: &Options) -> Result<Self, Error> {
        if let Some(code) = options.disable.iter().find(|code| RULES.iter().all(|rule| rule.code != code.as_str())) {
            return Err(Error::UnknownCode { code: code.clone(), known: RULES.iter().map(|rule| rule.code).collect() });
        }
        let on = |rule: &&Rule| !options.disable.iter().any(|code| code == rule.code);
        Ok(Self { rules: RULES.iter().filter(on).collect(), fail_on: options.fail_on })
    }

    /// Whether `finding` fails the run.
    #[must_use]
    pub fn fails(&self, finding: &Finding) -> bool {
        finding.severity >= self.fail_on
    }

    /// What the rules find in a unit, worst first, then by code.
    #[must_use]
    pub fn run(&self, context: &Context<'_>) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self.rules.iter().flat_map(|rule| (rule.run)(context)).collect();
        findings.sort_by(|one, other| other.severity.cmp(&one.severity).then_with(|| one.code.cmp(&other.code)));
        findings
    }
}

impl<'a> Context<'a> {
    /// The source.
    #[must_use]
    pub fn text(&self) -> &'a Text {
        &self.unit.segment.text
    }

    /// The translation; nothing where the segment was kept as it is or not translated, and most rules have nothing to say.
    #[must_use]
    pub fn translation(&self) -> Option<&'a Text> {
        match &self.unit.outcome {
            Outcome::Translated(target) => Some(&target.text),
            Outcome::Kept(_) | Outcome::Failed(_) => None,
        }
    }
}

impl Rule {
    /// A finding of this rule about the unit as a whole.
    fn finding(&self, message: String) -> Finding {
        Finding { code: self.code.to_owned(), severity: self.severity, message, source: None }
    }
}

#[cfg(test)]
mod tests;
