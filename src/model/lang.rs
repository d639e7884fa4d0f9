//! Languages as BCP 47 tags, checked once.

use std::fmt;
use std::str::FromStr;

use icu_locale::subtags::{Language, Region, Script};
use icu_locale::{LanguageIdentifier, LocaleDirectionality, LocaleExpander};
use serde::{Deserialize, Serialize};

/// A language: a BCP 47 tag of language, script and region, in canonical case (`zh-Hans`, `pt-BR`).
///
/// Variants and extensions are refused, since no stage of the pipeline could honour them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Lang {
    language: Language,
    script: Option<Script>,
    region: Option<Region>,
}

/// Why a string is not a language of the pipeline.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language tag: write BCP 47 such as `en`, `pt-BR` or `zh-Hans`")]
pub struct ParseLangError(String);

impl Lang {
    /// The primary language subtag: `zh` of `zh-Hans-CN`.
    #[must_use]
    pub fn language(&self) -> &str {
        self.language.as_str()
    }

    /// The script subtag as written, such as `Hans`.
    #[must_use]
    pub fn script(&self) -> Option<&str> {
        self.script.as_ref().map(Script::as_str)
    }

    /// The region subtag as written, such as `BR`.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.region.as_ref().map(Region::as_str)
    }

    /// The tag without its region: `pt` of `pt-BR`, `zh-Hant` of `zh-Hant-TW`.
    #[must_use]
    pub fn without_region(self) -> Self {
        Self { region: None, ..self }
    }

    /// The same language with the script that CLDR calls likely: `zh` becomes `zh-Hans`, `zh-TW`
    /// becomes `zh-Hant`; the region is dropped.
    #[must_use]
    pub fn with_likely_script(self) -> Self {
        let mut id = self.identifier();
        LocaleExpander::new_common().maximize(&mut id);
        Self { script: id.script, region: None, ..self }
    }

    /// Whether a reader of `other` reads this: same language in the same (likely) script.
    /// `zh` and `zh-Hans` do, `zh-Hans` and `zh-Hant` do not, `pt` and `pt-BR` do.
    #[must_use]
    pub fn reads_as(self, other: Self) -> bool {
        self.with_likely_script() == other.with_likely_script()
    }

    /// Whether its script runs from right to left.
    #[must_use]
    pub fn is_rtl(self) -> bool {
        LocaleDirectionality::new_common().is_right_to_left(&self.identifier())
    }

    /// Whether its script writes words without spaces between them (Chinese, Japanese, Thai, Lao, Khmer, Burmese).
    #[must_use]
    pub fn is_unspaced(self) -> bool {
        matches!(self.language(), "zh" | "ja" | "th" | "lo" | "km" | "my" | "yue")
    }

    fn identifier(self) -> LanguageIdentifier {
        LanguageIdentifier {
            language: self.language,
            script: self.script,
            region: self.region,
            variants: icu_locale::subtags::Variants::new(),
        }
    }
}

impl FromStr for Lang {
    type Err = ParseLangError;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        let refused = || ParseLangError(tag.to_owned());
        let id = LanguageIdentifier::try_from_str(tag).map_err(|_| refused())?;
        if !id.variants.is_empty() || id.language.is_unknown() {
            return Err(refused());
        }
        Ok(Self { language: id.language, script: id.script, region: id.region })
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.identifier().fmt(f)
    }
}

impl TryFrom<String> for Lang {
    type Error = ParseLangError;

    fn try_from(tag: String) -> Result<Self, Self::Error> {
        tag.parse()
    }
}

impl From<Lang> for String {
    fn from(lang: Lang) -> Self {
        lang.to_string()
    }
}

/// A direction of translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Pair {
    /// The language translated from.
    pub source: Lang,
    /// The language translated into.
    pub target: Lang,
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.source, self.target)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn lang(tag: &str) -> Lang {
        tag.parse().expect("a language tag")
    }

    #[test]
    fn a_tag_is_canonical_once_parsed() {
        assert_eq!(lang("ZH-hans-cn").to_string(), "zh-Hans-CN");
        assert_eq!(lang("pt-br").to_string(), "pt-BR");
        for bad in ["", "x", "not a tag", "und", "ca-valencia", "en-"] {
            assert!(bad.parse::<Lang>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_reader_is_known_by_language_and_script() {
        assert!(lang("zh").reads_as(lang("zh-Hans")));
        assert!(lang("zh-TW").reads_as(lang("zh-Hant")));
        assert!(!lang("zh-Hans").reads_as(lang("zh-Hant")));
        assert!(lang("pt-BR").reads_as(lang("pt")));
        assert!(!lang("pt").reads_as(lang("es")));
    }

    #[test]
    fn arabic_runs_right_to_left() {
        assert!(lang("ar").is_rtl());
        assert!(lang("fa").is_rtl());
        assert!(!lang("ru").is_rtl());
    }
}
