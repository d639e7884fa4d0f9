//! `chancery translate --dry-run`: what a run would take, as a table for people or one JSON object.

use std::fmt::Write as _;
use std::sync::Arc;

use tokio::runtime::Runtime;

use crate::config::Plan;
use crate::emit::report::count;
use crate::model::{Money, Spent};
use crate::pipeline::{self, Articles, BackendForecast, Forecast, Stages};

use super::exit::Ending;
use super::progress::Kind;
use super::translate::ending_of;
use super::{Failure, output};

/// Tells what running the plan would take.
pub(super) fn run(runtime: &Runtime, plan: &Plan, stages: Arc<Stages>, kind: Kind) -> Result<Ending, Failure> {
    let forecast = runtime.block_on(pipeline::forecast(plan, stages));
    let forecast = forecast.map_err(|error| Failure { ending: ending_of(&error), message: error.to_string() })?;
    match kind {
        Kind::Json => output::say_json(&forecast)?,
        Kind::Human => output::say(text(&forecast).trim_end())?,
        Kind::Quiet => {}
    }
    Ok(if forecast.is_helpless() { Ending::Stopped } else { Ending::Fine })
}

/// The forecast for people.
fn text(forecast: &Forecast) -> String {
    let mut lines = articles(&forecast.articles);
    lines.push(format!(
        "{}: {} to translate, {} kept",
        count(forecast.segments + forecast.kept, "segment"),
        count(forecast.texts, "different text"),
        forecast.kept
    ));
    if !forecast.backends.is_empty() {
        lines.push(String::new());
        lines.extend(table(forecast));
    }
    lines.extend(repairs(forecast));
    lines.extend(
        forecast.without.iter().map(|it| format!("{}: {} untaken: {}", it.pair, count(it.texts, "text"), it.why)),
    );
    lines.extend(limits(forecast));
    lines.join("\n") + "\n"
}

fn articles(articles: &Articles) -> Vec<String> {
    let parts = [
        (articles.open, "to translate"),
        (articles.finished, "done before"),
        (articles.unneeded, "in the target language"),
        (articles.refused.len(), "not to be translated"),
    ];
    let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    let mut lines = vec![format!("{}: {}", count(articles.articles, "article"), parts.join(", "))];
    lines.extend(articles.refused.iter().map(|it| format!("  {}, {}: {}", it.origin, it.target, it.reason)));
    lines
}

const HEAD: [&str; 8] = ["backend", "pair", "texts", "known", "requests", "characters", "tokens", "cost"];

/// A row for each backend and pair, the figures to the right, and the sum.
fn table(forecast: &Forecast) -> Vec<String> {
    let mut rows = vec![HEAD.map(str::to_owned)];
    rows.extend(forecast.backends.iter().map(row));
    let most = if forecast.at_most { "at most " } else { "" };
    let mut sum: [String; 8] = Default::default();
    "sum".clone_into(&mut sum[0]);
    sum[7] = format!("{most}{}", forecast.cost);
    rows.push(sum);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    let written = |row: &[String; 8]| {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let written = if column < 2 { write!(line, "{cell:<width$}  ") } else { write!(line, "{cell:>width$}  ") };
            written.expect("writing to a string cannot fail");
        }
        line.trim_end().to_owned()
    };
    rows.iter().map(written).collect()
}

fn row(line: &BackendForecast) -> [String; 8] {
    let none = || "-".to_owned();
    let Spent { usage, money } = line.spent;
    let figures = [usage.requests, usage.characters, usage.input_tokens + usage.output_tokens];
    let [requests, characters, tokens] = figures.map(|figure| if line.network { figure.to_string() } else { none() });
    let cost = match (line.network, line.at_most) {
        (false, _) => none(),
        (true, false) => money.to_string(),
        (true, true) => format!("at most {money}"),
    };
    let known = if line.network { line.cached.to_string() } else { none() };
    [line.backend.clone(), line.pair.clone(), line.texts.to_string(), known, requests, characters, tokens, cost]
}

fn repairs(forecast: &Forecast) -> Option<String> {
    let repairs: Spent = forecast.backends.iter().map(|line| line.repairs_at_most).sum();
    (repairs.usage.requests > 0).then(|| {
        let characters = repairs.usage.characters;
        format!("repairs of terms: at most {characters} characters and {} more", repairs.money)
    })
}

/// What may be spent, and whether it reaches.
fn limits(forecast: &Forecast) -> Option<String> {
    let Spent { usage, money } = forecast.spent_before;
    let budget = forecast.budget.map(|most: Money| format!("budget {most}, of which {money} is spent"));
    let chars = forecast.max_chars.map(|most| format!("{most} characters, of which {} are sent", usage.characters));
    let parts: Vec<String> = budget.into_iter().chain(chars).collect();
    let more = if forecast.exceeds() { ": it does not reach, the run would stop there" } else { "" };
    (!parts.is_empty()).then(|| format!("{}{more}", parts.join("; ")))
}
