//! Numbers in running text, whatever digits, separators and magnitude words a language writes them with.
//!
//! A number may be read in more than one way (`1.234` is a thousand or a decimal), so it has readings;
//! two numbers agree where they share one.

mod han;
mod read;
mod table;
mod value;
mod words;

use std::ops::Range;

pub(super) use value::Value;
pub(super) use words::{is_spelled_out, names_month};

use crate::model::Lang;

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// The bytes of the text it covers, magnitude words left out.
    pub(super) range: Range<usize>,
    /// What the digits as a whole may mean, without a magnitude word.
    pub(super) readings: Vec<Value>,
    /// What they mean with the magnitude word that follows; empty where none does.
    pub(super) scaled: Vec<Value>,
    /// Its groups of digits, where it may be a date, a time or a score and not one number.
    pub(super) parts: Vec<Value>,
}

/// The values that a text may name.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// All of them, also the bare digits before a magnitude word.
    pub(super) all: Vec<Value>,
    /// Those that count a magnitude word in where there is one.
    pub(super) counted: Vec<Value>,
}

/// The numbers written in digits in `text`, in order.
pub(super) fn in_digits(text: &str, lang: Lang) -> Vec<Number> {
    let tokens = read::tokens(text);
    let mut numbers: Vec<Number> = tokens.iter().map(|token| number(text, token, lang)).collect();
    add_sums(text, lang, &tokens, &mut numbers);
    numbers
}

/// Every value that `text` may name, in digits or in Han numerals.
pub(super) fn values(text: &str, lang: Lang) -> Values {
    let mut values = Values::default();
    for Number { readings, scaled, parts, .. } in in_digits(text, lang) {
        values.counted.extend(if scaled.is_empty() { [&readings[..], &parts].concat() } else { scaled.clone() });
        values.all.extend([readings, scaled, parts].concat());
    }
    if matches!(lang.language(), "zh" | "ja" | "yue") {
        values.all.extend(han::values(text));
        values.counted.extend(han::values(text));
    }
    values
}

fn number(text: &str, token: &read::Token, lang: Lang) -> Number {
    let readings = token.readings();
    let (zeros, _) = words::magnitude(&text[token.range.end..], lang);
    let scaled = if zeros > 0 { readings.iter().map(|value| value.scaled(zeros)).collect() } else { Vec::new() };
    Number { range: token.range.clone(), readings, scaled, parts: token.parts() }
}

/// Joins what counts up: `3만 5천` and `1億2000万` are one number each.
fn add_sums(text: &str, lang: Lang, tokens: &[read::Token], numbers: &mut [Number]) {
    for at in 1..tokens.len() {
        let between = &text[tokens[at - 1].range.end..tokens[at].range.start];
        let (zeros, rest) = words::magnitude(between, lang);
        if zeros == 0 || !rest.trim().is_empty() {
            continue;
        }
        let Some(more) = numbers[at - 1].scaled.last() else { continue };
        let less = if numbers[at].scaled.is_empty() { &numbers[at].readings } else { &numbers[at].scaled };
        let sums: Vec<Value> = less.iter().filter_map(|less| more.plus(less)).collect();
        numbers[at - 1].scaled.extend(sums.iter().cloned());
        numbers[at].scaled.extend(sums);
    }
}

#[cfg(test)]
mod tests;
