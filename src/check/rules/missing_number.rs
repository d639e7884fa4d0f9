//! C001: a number of the source that the translation lacks.

use crate::check::number::{self, Number, Value, Values};
use crate::check::{Context, Look, Rule};
use crate::model::{Finding, Lang, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "C001",
    name: "missing-number",
    summary: "a number written in digits in the source is not in the translation",
    severity: Severity::Warning,
    on: true,
    look: Look::Unit(run),
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let Some(target) = context.translation() else { return Vec::new() };
    let source = context.text().plain();
    let rendered = Rendered {
        source,
        text: target.plain(),
        target: context.target,
        values: number::values(target.plain(), context.target),
        half_day: is_half_day(source) || is_half_day(target.plain()),
    };
    let missing = number::in_digits(source, context.source).into_iter().filter(|number| !rendered.has(number));
    missing
        .map(|number| {
            let message = format!("number {} is missing from the translation", &source[number.range.clone()]);
            Finding { source: Some(number.range), ..RULE.finding(message) }
        })
        .collect()
}

/// A source and its translation, with the numbers in this.
struct Rendered<'a> {
    source: &'a str,
    text: &'a str,
    target: Lang,
    values: Values,
    /// Whether source or translation counts the hours to twelve.
    half_day: bool,
}

impl Rendered<'_> {
    /// Whether the translation has `number`; a thousand or a million must not have become a billion.
    fn has(&self, number: &Number) -> bool {
        let spelled = |value| number::is_spelled_out(value, self.text, self.target);
        if !number.scaled.is_empty() {
            let meant = number.scaled.iter().chain(&number.readings);
            return meant.clone().any(|value| self.values.counted.contains(value))
                || number.readings.iter().any(spelled);
        }
        let in_parts = || !number.parts.is_empty() && number.parts.iter().all(|part| self.has_value(part));
        is_empty_minute(&self.source[number.range.clone()])
            || number.readings.iter().any(|reading| self.has_value(reading))
            || in_parts()
            || self.has_date(number)
    }

    fn has_value(&self, value: &Value) -> bool {
        self.values.all.contains(value)
            || number::is_spelled_out(value, self.text, self.target)
            || value.to_whole().is_some_and(|whole| self.has_otherwise(whole))
    }

    /// Whether a whole number is there in another guise: an hour of the other clock, a year or decade with or
    /// without its century, a Roman numeral.
    fn has_otherwise(&self, whole: u128) -> bool {
        let hour = if whole <= 12 { whole + 12 } else { whole - 12 };
        let same_year = |other: u128| is_year(whole.max(other)) && whole.min(other) == whole.max(other) % 100;
        (self.half_day && (1..=24).contains(&whole) && self.values.all.contains(&Value::whole(hour)))
            || self.values.all.iter().filter_map(Value::to_whole).any(same_year)
            || roman(whole).is_some_and(|roman| words(self.text).any(|word| is_ordinal(word, &roman)))
    }

    /// Whether a numbered month or century is there by its name or its years.
    fn has_date(&self, number: &Number) -> bool {
        let after = self.source[number.range.end..].trim_start();
        let Some(whole) = number.readings.first().and_then(Value::to_whole) else { return false };
        if after.starts_with(['月', '월']) {
            return number::names_month(whole, self.text, self.target);
        }
        let of_century = |year: u128| is_year(year) && year / 100 + 1 == whole;
        ["世纪", "世紀", "세기"].iter().any(|century| after.starts_with(century))
            && self.values.all.iter().filter_map(Value::to_whole).any(of_century)
    }
}

fn is_year(number: u128) -> bool {
    (1000..2100).contains(&number)
}

/// Whether `digits` are the minutes of a full hour, which many languages leave out.
fn is_empty_minute(digits: &str) -> bool {
    digits == "00"
}

/// Whether `word` is a Roman numeral, bare or with an ending: `XIX`, `XIXe`.
fn is_ordinal(word: &str, roman: &str) -> bool {
    word.trim_end_matches(char::is_lowercase) == roman
}

/// Whether `text` tells the half of the day: `3 p.m.`, but not `3 American`.
fn is_half_day(text: &str) -> bool {
    const AFTER_DIGITS: [&str; 4] = ["am", "pm", "a.m", "p.m"];
    const WORDS: [&str; 10] = ["下午", "晚上", "上午", "午後", "午前", "오후", "오전", "مساء", "tarde", "noite"];
    let text = text.to_lowercase().replace(". m", ".m").replace(".\u{a0}m", ".m");
    let is_marked = |after: &str| {
        let rest = AFTER_DIGITS.iter().find_map(|mark| after.trim_start().strip_prefix(mark));
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    };
    text.match_indices(char::is_numeric).any(|(at, digit)| is_marked(&text[at + digit.len()..]))
        || WORDS.iter().any(|word| text.contains(word))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
}

/// The Roman numeral of a century, a pope or a king.
fn roman(number: u128) -> Option<String> {
    const UNITS: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let tens = usize::try_from(number / 10).ok().filter(|tens| number > 0 && *tens < 4)?;
    let units = usize::try_from(number % 10).ok()?;
    Some(format!("{}{}", "X".repeat(tens), UNITS[units]))
}
