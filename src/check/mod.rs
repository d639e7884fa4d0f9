//! Checks: what a reviewer should look at in a translation, found without knowing both languages.
//!
//! One rule a file under `rules/`, one row each in [`RULES`]. A rule looks at one unit, or at the units of an article in
//! reading order, and says what it finds; it changes nothing. `C` is for what any translation can be asked, `T` for terms.
//!
//! Laws: what is found in a unit depends on that unit, on those before it in its article, on the languages and the
//! glossary, and never on what comes after; the findings of a unit stand worst first, then by code.

mod context;
mod number;
mod placeholder;
mod rules;

use serde::{Deserialize, Serialize};

pub use self::context::{Aids, Context};
use crate::model::{Document, Finding, Lang, Severity, TermHit, Unit};

/// Which checks run, and how bad a finding must be to fail a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Codes of rules that are not run: `["C007"]`.
    pub disable: Vec<String>,
    /// Codes of rules that are run though they are off by default: `["T013"]`.
    pub enable: Vec<String>,
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
    /// The options turn a rule on and off.
    #[error("check `{code}` is both enabled and disabled: keep one of the two")]
    OnAndOff {
        /// The code.
        code: String,
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
    /// Whether it runs where the options do not name it.
    pub on: bool,
    /// What it does.
    pub look: Look,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub enum Look {
    /// Each unit by itself.
    Unit(fn(&Context<'_>) -> Vec<Finding>),
    /// The units of an article in reading order; each finding comes with the index of its unit, which it may owe to the
    /// units before, not to those after.
    Article(fn(&[Context<'_>]) -> Vec<(usize, Finding)>),
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
    rules::confused_term::RULE,
    rules::admitted_term::RULE,
    rules::inconsistent_term::RULE,
    rules::changed_name::RULE,
    rules::term_case::RULE,
    rules::extra_term::RULE,
    rules::unexpanded_acronym::RULE,
    rules::term_count::RULE,
    rules::parted_term::RULE,
    rules::term_placeholder::RULE,
    rules::skipped_term::RULE,
    rules::no_entry::RULE,
];

/// Runs `checks` over `document`, which was translated into `target`, and notes at each unit what they find.
#[must_use]
pub fn review(document: Document<Unit>, target: Lang, checks: &Checks, aids: Aids<'_>) -> Document<Unit> {
    let contexts: Vec<Context<'_>> =
        document.segments().map(|(source, unit)| Context::new(unit, source, target, aids)).collect();
    let mut findings = checks.run(&contexts).into_iter();
    document.map(|_, unit| Unit { findings: findings.next().unwrap_or_default(), ..unit })
}

impl Default for Options {
    /// Every rule that is on by default; errors fail the run.
    fn default() -> Self {
        Self { disable: Vec::new(), enable: Vec::new(), fail_on: Severity::Error }
    }
}

impl Checks {
    /// Takes the rules that `options` leave on.
    ///
    /// # Errors
    /// When `options` name a code that no rule has, or one both ways.
    pub fn new(options: &Options) -> Result<Self, Error> {
        let mut named = options.disable.iter().chain(&options.enable);
        if let Some(code) = named.find(|code| RULES.iter().all(|rule| rule.code != code.as_str())) {
            return Err(Error::UnknownCode { code: code.clone(), known: RULES.iter().map(|rule| rule.code).collect() });
        }
        if let Some(code) = options.enable.iter().find(|code| options.disable.contains(code)) {
            return Err(Error::OnAndOff { code: code.clone() });
        }
        let has = |codes: &[String], rule: &Rule| codes.iter().any(|code| code == rule.code);
        let is_on = |rule: &&Rule| (rule.on || has(&options.enable, rule)) && !has(&options.disable, rule);
        Ok(Self { rules: RULES.iter().filter(is_on).collect(), fail_on: options.fail_on })
    }

    /// Whether `finding` fails the run.
    #[must_use]
    pub fn fails(&self, finding: &Finding) -> bool {
        finding.severity >= self.fail_on
    }

    /// What the rules find in each unit of an article, given in reading order: worst first, then by code.
    #[must_use]
    pub fn run(&self, article: &[Context<'_>]) -> Vec<Vec<Finding>> {
        let mut findings: Vec<Vec<Finding>> = vec![Vec::new(); article.len()];
        for rule in &self.rules {
            for (unit, finding) in rule.look.at(article) {
                findings[unit].push(finding);
            }
        }
        for found in &mut findings {
            found.sort_by(|one, other| other.severity.cmp(&one.severity).then_with(|| one.code.cmp(&other.code)));
        }
        findings
    }
}

impl Look {
    /// What is found in `article`, each with the index of its unit.
    fn at(self, article: &[Context<'_>]) -> Vec<(usize, Finding)> {
        match self {
            Self::Article(look) => look(article),
            Self::Unit(look) => {
                let found = |(at, context)| look(context).into_iter().map(move |finding| (at, finding));
                article.iter().enumerate().flat_map(found).collect()
            }
        }
    }
}

impl Rule {
    /// A finding of this rule about the unit as a whole.
    fn finding(&self, message: String) -> Finding {
        Finding { code: self.code.to_owned(), severity: self.severity, message, source: None }
    }

    /// A finding of this rule about the term `hit` of the source.
    fn about(&self, hit: &TermHit, severity: Severity, message: String) -> Finding {
        Finding { severity, source: Some(hit.range.clone()), ..self.finding(message) }
    }
}

#[cfg(test)]
mod tests;
