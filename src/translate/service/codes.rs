//! What a service calls languages: one table a service, as text that a linguist can edit.

use std::collections::BTreeMap;

use super::Access;
use crate::model::{Lang, Pair};

/// A service's codes for languages.
///
/// The table has a line for each language: its BCP 47 tag, the service's code for it as a source, and as a target; `-` where
/// it is not one, one code where both are the same, `#` before a remark.
///
/// Laws: a tag that the table has is called by its own line; any other by that of the same language in the same script.
/// A target whose variants have lines of their own (`pt` beside `pt-BR` and `pt-PT`) is not guessed.
#[derive(Debug, Clone)]
pub struct Codes {
    rows: BTreeMap<Lang, Row>,
    own: BTreeMap<Lang, String>,
}

#[derive(Debug, Clone)]
struct Row {
    source: Option<&'static str>,
    target: Option<&'static str>,
}

impl Codes {
    /// The codes of a service with the table `text`, over which go those of the configuration.
    ///
    /// # Panics
    /// When the table that is built in does not say what a table says; the service's tests open it.
    #[must_use]
    pub fn new(text: &'static str, access: &Access) -> Self {
        let code = |word: &'static str| (word != "-").then_some(word);
        let lines =
            text.lines().map(|line| line.split('#').next().unwrap_or_default()).filter(|line| !line.trim().is_empty());
        let row = |line: &'static str| {
            let words: Vec<&'static str> = line.split_whitespace().collect();
            let [tag, source, ref target @ ..] = words[..] else { panic!("`{line}` is no row of a table of codes") };
            let tag: Lang = tag.parse().expect("the table of codes names languages by their tags");
            (tag, Row { source: code(source), target: code(target.first().unwrap_or(&source)) })
        };
        Self { rows: lines.map(row).collect(), own: access.codes.clone() }
    }

    /// What the service calls `lang` where it is translated from.
    #[must_use]
    pub fn source(&self, lang: Lang) -> Option<&str> {
        self.own(lang).or_else(|| self.find(lang, |row| row.source))
    }

    /// What the service calls `lang` where it is translated into; none too where it is [unsettled](Self::unsettled).
    #[must_use]
    pub fn target(&self, lang: Lang) -> Option<&str> {
        if let Some(own) = self.own(lang) {
            return Some(own);
        }
        self.variants(lang).is_empty().then(|| self.find(lang, |row| row.target)).flatten()
    }

    /// Both codes of a pair.
    #[must_use]
    pub fn pair(&self, pair: Pair) -> Option<(&str, &str)> {
        self.source(pair.source).zip(self.target(pair.target)).filter(|_| !pair.source.reads_as(pair.target))
    }

    /// Why `lang` cannot be translated into before it is settled which variant is meant, if it cannot.
    #[must_use]
    pub fn unsettled(&self, lang: Lang) -> Option<String> {
        let variants = if self.own(lang).is_some() { Vec::new() } else { self.variants(lang) };
        let (first, code) = variants.first().map(|first| (first, self.rows[first].target.unwrap_or_default()))?;
        let names: Vec<String> = variants.iter().map(ToString::to_string).collect();
        Some(format!(
            "`{lang}` may be {}: say --to {first}, or settle it with codes = {{ {lang} = \"{code}\" }} in its table",
            names.join(" or ")
        ))
    }

    /// The tag of the language that the service calls `code` as a target, or as a source.
    #[must_use]
    pub fn lang(&self, code: &str) -> Option<Lang> {
        let is = |own: Option<&str>| own.is_some_and(|own| own.eq_ignore_ascii_case(code));
        let by = |part: fn(&Row) -> Option<&'static str>| self.rows.iter().find(|(_, row)| is(part(row)));
        by(|row| row.target).or_else(|| by(|row| row.source)).map(|(lang, _)| *lang)
    }

    /// The pairs of languages that the service calls `codes`, where it translates each into every other.
    pub fn among<'c>(&self, codes: impl Iterator<Item = &'c str>) -> Vec<Pair> {
        let langs: Vec<Lang> = codes.filter_map(|code| self.lang(code)).collect();
        let pairs = langs.iter().flat_map(|&source| langs.iter().map(move |&target| Pair { source, target }));
        pairs.filter(|&pair| self.pair(pair).is_some()).collect()
    }

    /// Every language of the table.
    pub fn langs(&self) -> impl Iterator<Item = Lang> + '_ {
        self.rows.keys().copied()
    }

    fn own(&self, lang: Lang) -> Option<&str> {
        self.own.get(&lang).map(String::as_str)
    }

    /// The code of the row of `lang`, or of the same language in the same script.
    fn find(&self, lang: Lang, part: impl Fn(&Row) -> Option<&'static str>) -> Option<&'static str> {
        let exact = self.rows.get(&lang).and_then(&part);
        exact.or_else(|| {
            let near = self.rows.iter().filter(|(own, row)| own.reads_as(lang) && part(row).is_some());
            // A row without a region stands for all regions.
            near.min_by_key(|(own, _)| own.region().is_some()).and_then(|(_, row)| part(row))
        })
    }

    /// The variants of `lang` among which the service tells, where `lang` does not say which.
    fn variants(&self, lang: Lang) -> Vec<Lang> {
        let plain = lang.region().is_none() && lang.script().is_none();
        if !plain || self.rows.get(&lang).is_some_and(|row| row.target.is_some()) {
            return Vec::new();
        }
        let variant = |(own, row): &(&Lang, &Row)| own.language() == lang.language() && row.target.is_some();
        let variants: Vec<Lang> = self.rows.iter().filter(variant).map(|(own, _)| *own).collect();
        if variants.len() > 1 { variants } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "
        en       EN      EN-US
        fr       FR
        pt       PT      -       # a source only
        pt-BR    PT      PT-BR
        pt-PT    PT      PT-PT
        zh-Hans  ZH      ZH-HANS
        zh-Hant  ZH      ZH-HANT
        la       -       LA
    ";

    fn lang(tag: &str) -> Lang {
        tag.parse().expect("a tag")
    }

    #[track_caller]
    fn called(tag: &str, source: Option<&str>, target: Option<&str>) {
        let codes = Codes::new(TABLE, &Access::default());
        assert_eq!((codes.source(lang(tag)), codes.target(lang(tag))), (source, target), "{tag}");
    }

    #[test]
    fn a_language_is_called_by_its_row_or_the_nearest() {
        called("en", Some("EN"), Some("EN-US"));
        called("en-GB", Some("EN"), Some("EN-US"));
        called("fr-CA", Some("FR"), Some("FR"));
        called("zh-TW", Some("ZH"), Some("ZH-HANT"));
        called("zh-CN", Some("ZH"), Some("ZH-HANS"));
        called("la", None, Some("LA"));
        called("eu", None, None);
    }

    #[test]
    fn a_variant_is_not_guessed() {
        called("pt", Some("PT"), None);
        called("zh", Some("ZH"), None);
        called("pt-BR", Some("PT"), Some("PT-BR"));
        let codes = Codes::new(TABLE, &Access::default());
        let why = codes.unsettled(lang("pt")).expect("it is open");
        assert!(why.contains("pt-BR or pt-PT") && why.contains("codes = { pt = \"PT-BR\" }"), "{why}");
        assert_eq!(codes.unsettled(lang("pt-PT")), None);
        let own = BTreeMap::from([(lang("pt"), "PT-BR".to_owned())]);
        let codes = Codes::new(TABLE, &Access { codes: own, ..Access::default() });
        assert_eq!((codes.target(lang("pt")), codes.unsettled(lang("pt"))), (Some("PT-BR"), None));
    }

    #[test]
    fn a_code_leads_back_to_its_language() {
        let codes = Codes::new(TABLE, &Access::default());
        assert_eq!(codes.lang("zh-hant"), Some(lang("zh-Hant")));
        assert_eq!(codes.lang("ZH"), Some(lang("zh-Hans")));
        assert_eq!(codes.lang("XX"), None);
        let pairs: Vec<String> = codes.among(["FR", "XX", "LA"].into_iter()).iter().map(ToString::to_string).collect();
        assert_eq!(pairs, ["fr-la"], "Latin is no source");
    }
}
