//! The holes of a template: what a program fills in, and nobody translates.

use std::ops::Range;
use std::sync::LazyLock;

use fancy_regex::Regex;

/// The shapes of holes, one pattern a row: `{{count}}`; `{name}`, `${name}`, `{0}`, `{}`; `%s`, `%1$d`, `%(name)s`, `%@`.
/// A sign of percent after a number or a word is none.
pub const PLACEHOLDERS: &[&str] = &[
    r"\{\{[^{}\r\n]{1,80}\}\}",
    r"\$?\{[^{}\s]{0,80}\}",
    r"(?<![0-9A-Za-z_%])%(?:\d+\$|\(\w{1,40}\))?(?:[-+0]?\d*(?:\.\d+)?[sdifuxc]|@)(?![0-9A-Za-z_])",
];

static SHAPES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&PLACEHOLDERS.join("|")).expect("the table holds patterns"));

/// The bytes of each hole in `text`, in order and apart.
#[must_use]
pub fn placeholders(text: &str) -> Vec<Range<usize>> {
    if !text.contains(['{', '%']) {
        return Vec::new();
    }
    SHAPES.find_iter(text).filter_map(Result::ok).map(|found| found.range()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn holes(text: &str, wanted: &[&str]) {
        let found: Vec<&str> = placeholders(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn holes_of_many_programs_are_found() {
        holes("{name}, {{ n }}, ${x}, {0}, {}", &["{name}", "{{ n }}", "${x}", "{0}", "{}"]);
        holes("%s of %1$d, %(name)s: %@, %2$@ and %-5.2f.", &["%s", "%1$d", "%(name)s", "%@", "%2$@", "%-5.2f"]);
        holes("约%s次，{count}人", &["%s", "{count}"]);
    }

    #[test]
    fn words_and_shares_are_none() {
        holes("5%discount, 5% de, 50%s, a%s, %%s, %still, {the minister}, [[Main Page]], 5%@UN, %@UN", &[]);
    }
}
