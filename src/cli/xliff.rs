//! `chancery xliff`: XLIFF files, whoever wrote them.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::emit::diagnostics::{self, Diagnostic, Form, Rule};
use crate::model::Severity;
use crate::xliff::check::{self, RULES};

use super::exit::Ending;
use super::{Failure, output};

/// Looks into XLIFF files
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    Check(CheckArgs),
}

/// Checks files: well-formed, as the schemas and the specification say, and readable for CAT tools
///
/// Takes XLIFF 1.2 (and 1.0 and 1.1 for it), 2.0, 2.1 and 2.2. Each problem has its line, column and the code of its rule.
/// Ends with 1 where something is as bad as --fail-on, and with 3 where a file could not be read.
#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// XLIFF files
    #[arg(required_unless_present = "rules", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How problems are written: a line each, a JSON object a line, or one SARIF 2.1.0 document
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What ends with 1
    #[arg(long, value_enum, default_value_t = Level::Error)]
    fail_on: Level,
    /// Lists the rules instead, and ends
    #[arg(long, conflicts_with = "files")]
    rules: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Level {
    Error,
    Warning,
    Info,
}

pub(super) fn run(command: &Command) -> Result<Ending, Failure> {
    let Command::Check(args) = command;
    if args.rules {
        return list();
    }
    let mut found = Vec::new();
    let ending = super::each(&args.files, |path| {
        let diagnostics = diagnostics_of(path)?;
        if args.format.form() == Form::Sarif {
            found.extend(diagnostics);
            return Ok(());
        }
        say(args.format, &diagnostics).map_err(|failure| failure.message)?;
        // Of a file that was written out only how bad it was is kept.
        found.extend(diagnostics.into_iter().max_by_key(|it| it.severity));
        Ok(())
    });
    if args.format.form() == Form::Sarif {
        say(args.format, &found)?;
    }
    let failed = found.iter().any(|it| it.severity >= args.fail_on.severity());
    Ok(if ending == Ending::Fine && failed { Ending::Findings } else { ending })
}

fn list() -> Result<Ending, Failure> {
    for rule in RULES {
        output::say(&format!("{} {} {}: {}", rule.code, rule.severity, rule.name, rule.summary))?;
    }
    Ok(Ending::Fine)
}

fn diagnostics_of(path: &Path) -> Result<Vec<Diagnostic>, String> {
    let refused = |error| format!("{}: {error}", path.display());
    let problems = File::open(path).and_then(check::check).map_err(refused)?;
    let diagnostic = |it: check::Problem| Diagnostic {
        path: path.display().to_string(),
        line: it.line,
        column: it.column,
        code: it.rule.code,
        name: it.rule.name,
        severity: it.rule.severity,
        message: it.message,
    };
    Ok(problems.into_iter().map(diagnostic).collect())
}

fn say(format: Format, found: &[Diagnostic]) -> Result<(), Failure> {
    let rule = |it: &&check::Rule| Rule { code: it.code, name: it.name, summary: it.summary, severity: it.severity };
    let rules: Vec<Rule> = RULES.iter().map(rule).collect();
    let text = diagnostics::write(format.form(), found, &rules, env!("CARGO_PKG_VERSION")).map_err(Failure::usage)?;
    output::say_raw(text.as_bytes())
}

impl Format {
    fn form(self) -> Form {
        match self {
            Self::Text => Form::Text,
            Self::Json => Form::Json,
            Self::Sarif => Form::Sarif,
        }
    }
}

impl Level {
    fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        }
    }
}
