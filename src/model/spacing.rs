//! White space between the sentences of a translation.
//!
//! The source's gaps are not the translation's: Chinese and Japanese set no space between sentences, most
//! scripts do, and a line break that the author set stays in every language.

use super::Lang;

/// The white space that stands in the language `target` where `gap` stood after a sentence of the language `source`.
/// At the end of a passage (`last`) the source's gap is taken as it is.
#[must_use]
pub fn between(gap: &str, source: Lang, target: Lang, last: bool) -> &str {
    if last || gap.contains('\n') {
        gap
    } else if runs_on(target) {
        ""
    } else if gap.is_empty() && runs_on(source) {
        " "
    } else {
        gap
    }
}

/// Whether sentences follow each other without a space. Thai and its neighbours write words
/// together but set a space between sentences.
fn runs_on(lang: Lang) -> bool {
    matches!(lang.language(), "zh" | "yue" | "ja")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn gap(gap: &str, source: &str, target: &str, expected: &str) {
        let lang = |tag: &str| tag.parse().expect("a language tag");
        assert_eq!(between(gap, lang(source), lang(target), false), expected, "{source} to {target}");
    }

    #[test]
    fn sentences_are_spaced_as_the_target_spaces_them() {
        gap("", "zh-Hans", "en", " ");
        gap(" ", "en", "zh-Hans", "");
        gap(" ", "en", "ja", "");
        gap("", "ja", "zh-Hant", "");
        gap(" ", "en", "th", " ");
        gap(" ", "th", "lo", " ");
        gap("  ", "en", "pt", "  ");
    }

    #[test]
    fn a_line_break_stays() {
        gap("\n", "en", "zh-Hans", "\n");
        gap("\n", "zh-Hans", "en", "\n");
    }

    #[test]
    fn the_end_of_a_passage_gains_nothing() {
        let lang = |tag: &str| tag.parse().expect("a language tag");
        assert_eq!(between("", lang("zh-Hans"), lang("en"), true), "");
    }
}
