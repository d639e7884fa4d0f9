//! Number words: magnitudes that follow digits, small numbers spelled out, and the names of months.

use super::table::{TABLE, Words};
use super::value::Value;
use crate::model::Lang;

/// How many zeros the magnitude words at the start of `text` stand for together, and what follows them.
pub(super) fn magnitude(text: &str, lang: Lang) -> (u8, &str) {
    let Some(words) = of(lang) else { return (0, text) };
    let (mut zeros, mut rest) = (0_u8, text);
    while let Some((more, after)) = one_magnitude(words, rest) {
        (zeros, rest) = (zeros.saturating_add(more), after);
    }
    (zeros, rest)
}

/// The magnitude word at the start of `text`, if there is one, and what follows it.
fn one_magnitude<'a>(words: &Words, text: &'a str) -> Option<(u8, &'a str)> {
    let text = text.trim_start_matches([' ', '\u{a0}', '\u{202f}', '-', '\u{2011}']);
    if matches!(words.language, "zh" | "ja" | "ko") {
        let found = words.magnitudes.iter().find_map(|(word, zeros)| Some((*zeros, text.strip_prefix(word)?)));
        return found;
    }
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let word = text[..end].to_lowercase();
    let fitting = words.magnitudes.iter().filter(|(beginning, _)| begins(&word, beginning));
    let (_, zeros) = fitting.max_by_key(|(beginning, _)| beginning.len())?;
    Some((*zeros, &text[end..]))
}

/// Whether `text` may spell out `number` in words of `lang`.
pub(in crate::check) fn is_spelled_out(number: &Value, text: &str, lang: Lang) -> bool {
    let (Some(words), Some(number)) = (of(lang), number.to_whole()) else { return false };
    let text = text.to_lowercase();
    let spells = |number| {
        let entry = words.spelled.iter().find(|(value, _)| *value == number);
        entry.is_some_and(|(_, beginnings)| beginnings.split(' ').any(|beginning| words.occurs(beginning, &text)))
    };
    spells(number) || ((21..100).contains(&number) && spells(number - number % 10) && spells(number % 10))
}

/// Whether `text` names the month `number` in words of `lang`.
pub(in crate::check) fn names_month(number: u128, text: &str, lang: Lang) -> bool {
    let name = of(lang).zip(usize::try_from(number).ok()).and_then(|(words, number)| {
        let beginning = words.months.get(number.checked_sub(1)?)?;
        Some(words.occurs(beginning, &text.to_lowercase()))
    });
    name.unwrap_or(false)
}

impl Words {
    /// Whether a word of `text`, in lower case, begins so; a part of a word is enough where words join.
    ///
    /// Arabic joins article and conjunction to a word, German a number to what it counts, and others write no spaces.
    fn occurs(&self, beginning: &str, text: &str) -> bool {
        match self.language {
            "ar" | "de" | "ja" | "ko" | "zh" => text.contains(beginning),
            _ => text.split(|c: char| !c.is_alphabetic()).any(|word| begins(word, beginning)),
        }
    }
}

/// Whether `word` is `beginning` or, unless that is very short or has a full stop, goes on from it.
fn begins(word: &str, beginning: &str) -> bool {
    let whole = beginning.strip_suffix('.').unwrap_or(beginning);
    word == whole || (beginning.chars().count() > 2 && word.starts_with(beginning))
}

fn of(lang: Lang) -> Option<&'static Words> {
    TABLE.iter().find(|words| words.language == lang.language())
}
