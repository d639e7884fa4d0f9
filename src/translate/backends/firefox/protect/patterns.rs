//! Stretches that are no language: addresses, file names, tags, code and the holes of a template.
//!
//! Law: a stretch is a range of the text, and ends before the punctuation of the sentence it stands in.

use std::ops::Range;
use std::sync::LazyLock;

use fancy_regex::Regex;

use crate::model::PLACEHOLDERS;

/// What is kept as it stands besides the holes of a template, one pattern a row; the first that matches at a place counts.
const PATTERNS: &[&str] = &[
    // Code between backticks, and tags.
    r"`[^`\r\n]{1,200}`",
    r"</?[A-Za-z][^<>\r\n]{0,300}>",
    // The name of a page: [[Main Page]].
    r"\[\[[^\[\]\r\n]{1,80}\]\]",
    // Names of a program: foo_bar, main().
    r"\b[A-Za-z]\w*_\w+(?:\(\))?|\b[A-Za-z]\w*\(\)",
    // URLs, e-mail addresses, handles and hashtags.
    r#"(?:[A-Za-z][A-Za-z0-9+.-]*://|\bwww\.)[^\s<>"，。；：！？、（）「」『』【】《》]+"#,
    r"[\w.+-]+@\w[\w-]*(?:\.[\w-]+)+",
    r"\B[@#]\p{L}[\w.+-]*",
    // File names and paths.
    r"(?:[\w.~-]*/)*\b[\w-]+(?:\.[\w-]+)*\.(?:avi|csv|docx?|epub|exe|gif|html?|jpe?g|jsonl?|md|mp[34]|od[pst]|pdf|png|pptx?|py|rs|rtf|svg|toml|txt|xlsx?|xml|ya?ml|zip)\b",
    r"\B~?/(?:[\w.-]+/)+[\w.-]*|\b[A-Za-z]:\\[^\s]+",
    // Hosts without a scheme, with or without a path.
    r#"(?i)\b(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:(?:com|edu|eu|fr|gov|info|int|mil|net|org|pt|br|uk|ao|mz)\b(?:/[^\s<>"]*)?|[a-z]{2,}/[^\s<>"]*)"#,
];

static KEPT: LazyLock<Regex> = LazyLock::new(|| {
    let all: Vec<String> = PATTERNS.iter().chain(PLACEHOLDERS).map(|pattern| format!("(?:{pattern})")).collect();
    Regex::new(&all.join("|")).expect("the table holds patterns")
});

/// The stretches of `text` that are kept as they stand, in order and apart.
pub(super) fn kept(text: &str, unspaced: bool) -> Vec<Range<usize>> {
    let found = KEPT.find_iter(text).filter_map(Result::ok);
    let inner = |found: fancy_regex::Match<'_>| {
        let head = if unspaced { found.as_str().trim_start_matches(|c: char| !c.is_ascii()) } else { found.as_str() };
        let start = found.end() - head.len();
        start..start + ended(head, unspaced).len()
    };
    found.map(inner).filter(|range| !range.is_empty()).collect()
}

/// A match without the punctuation of its sentence, and, where words are written without spaces, without their words.
fn ended(found: &str, unspaced: bool) -> &str {
    if found.ends_with(['`', '}', '>']) || found.ends_with("]]") {
        return found;
    }
    let mut rest = if unspaced { &found[..found.find(|c: char| !c.is_ascii()).unwrap_or(found.len())] } else { found };
    loop {
        let shorter = rest.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
        let surplus = [('(', ')'), ('[', ']')].into_iter().any(|(open, close)| {
            shorter.ends_with(close) && shorter.matches(close).count() > shorter.matches(open).count()
        });
        rest = if surplus { &shorter[..shorter.len() - 1] } else { shorter };
        if !surplus {
            return rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn keeps(text: &str, wanted: &[&str]) {
        let found: Vec<&str> = kept(text, false).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn addresses_end_before_punctuation() {
        keeps("See (https://un.org/a_(b)), https://un.org/x.", &["https://un.org/a_(b)", "https://un.org/x"]);
        keeps("Write to press.office@un.org, or @UN: #COP30!", &["press.office@un.org", "@UN", "#COP30"]);
        keeps("un.org/press, bbc.co.uk; www.gov.br.", &["un.org/press", "bbc.co.uk", "www.gov.br"]);
        keeps("\"https://un.org\" and 'www.un.org'", &["https://un.org", "www.un.org"]);
    }

    #[test]
    fn files_code_and_holes_are_kept() {
        keeps("Open report.pdf, ./a/main.rs or /etc/hosts/x.", &["report.pdf", "./a/main.rs", "/etc/hosts/x"]);
        keeps("a <b>red</b> <a href=\"x y\">", &["<b>", "</b>", "<a href=\"x y\">"]);
        keeps(
            "{name}, {{ n }}, ${x}: %s of %1$d, [[Main Page]]",
            &["{name}", "{{ n }}", "${x}", "%s", "%1$d", "[[Main Page]]"],
        );
        keeps("run `cargo build` or main(), set foo_bar.", &["`cargo build`", "main()", "foo_bar"]);
    }

    #[test]
    fn words_are_left_alone() {
        keeps("The U.S. and/or the E.U., at 9 p.m./10 p.m., e.g. 5%discount, 5% de, AT&T, 24/7, 1/2, #1, C#.", &[]);
        keeps("He left.She stayed. a < b and c > d; {the minister}", &[]);
    }

    #[test]
    fn an_address_ends_where_chinese_goes_on() {
        let text = "见https://un.org/a的网站，写信给press@un.org。";
        let found: Vec<&str> = kept(text, true).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["https://un.org/a", "press@un.org"]);
    }
}
