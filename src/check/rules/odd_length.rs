//! C007: the translation is far shorter or longer than such a text is.

use crate::check::{Context, Look, Rule};
use crate::model::{Finding, Lang, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "C007",
    name: "odd-length",
    summary: "the translation is far shorter or longer than translations between the two languages are",
    severity: Severity::Warning,
    on: true,
    look: Look::Unit(run),
};

/// How many characters a language takes for a hundred of English, from human translations of news.
const CHARACTERS: &[(&str, f64)] = &[
    ("en", 100.0),
    ("zh", 34.0),
    ("ru", 111.0),
    ("fr", 118.0),
    ("es", 116.0),
    ("ar", 94.0),
    ("pt", 110.0),
    ("de", 120.0),
    ("ja", 45.0),
    ("ko", 54.0),
];

/// How many times the expected length is still plausible, and how many times shorter.
const FACTOR: f64 = 2.2;

/// Characters of English that come on top, since short texts vary more.
const ALLOWANCE: f64 = 20.0;

fn run(context: &Context<'_>) -> Vec<Finding> {
    let Some(target) = context.translation() else { return Vec::new() };
    let (Some(source), Some(target)) =
        (in_english(context.text().plain(), context.source), in_english(target.plain(), context.target))
    else {
        return Vec::new();
    };
    let how = if target > FACTOR * source + ALLOWANCE {
        "longer"
    } else if source > FACTOR * target + ALLOWANCE {
        "shorter"
    } else {
        return Vec::new();
    };
    let times = target.max(source) / target.min(source).max(1.0);
    vec![RULE.finding(format!("the translation is {times:.1} times {how} than expected"))]
}

/// The length of `text` in characters of English; nothing for a language that was not measured.
fn in_english(text: &str, lang: Lang) -> Option<f64> {
    let (_, characters) = CHARACTERS.iter().find(|(language, _)| *language == lang.language())?;
    #[expect(clippy::cast_precision_loss, reason = "a text is shorter than 2^52 characters")]
    let length = text.trim().chars().count() as f64;
    Some(length * 100.0 / characters)
}
