//! The languages that are served: LibreTranslate's codes and names, and the pairs that the backends translate.

use serde::Serialize;

use crate::model::{Lang, Pair};

use super::refusal::Refusal;

/// A language as `/languages` lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Language {
    pub(super) code: String,
    name: &'static str,
    pub(super) targets: Vec<String>,
}

/// LibreTranslate's codes, which are BCP 47, and English names.
const NAMES: &[(&str, &str)] = &[
    ("ar", "Arabic"),
    ("az", "Azerbaijani"),
    ("bg", "Bulgarian"),
    ("bn", "Bengali"),
    ("ca", "Catalan"),
    ("cs", "Czech"),
    ("da", "Danish"),
    ("de", "German"),
    ("el", "Greek"),
    ("en", "English"),
    ("eo", "Esperanto"),
    ("es", "Spanish"),
    ("et", "Estonian"),
    ("eu", "Basque"),
    ("fa", "Persian"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("ga", "Irish"),
    ("gl", "Galician"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hu", "Hungarian"),
    ("id", "Indonesian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("ky", "Kyrgyz"),
    ("lt", "Lithuanian"),
    ("lv", "Latvian"),
    ("ms", "Malay"),
    ("nb", "Norwegian"),
    ("nl", "Dutch"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("pt-BR", "Portuguese (Brazil)"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("sk", "Slovak"),
    ("sl", "Slovenian"),
    ("sq", "Albanian"),
    ("sv", "Swedish"),
    ("th", "Thai"),
    ("tl", "Tagalog"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("vi", "Vietnamese"),
    ("zh-Hans", "Chinese"),
    ("zh-Hant", "Chinese (traditional)"),
];

/// Other codes that LibreTranslate understands.
const ALIASES: &[(&str, &str)] = &[("pb", "pt-BR"), ("zh", "zh-Hans"), ("zt", "zh-Hant")];

/// The language that a request calls `code`.
///
/// # Errors
/// When it is no language.
pub(super) fn lang(code: &str) -> Result<Lang, Refusal> {
    let alias = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(code));
    alias.map_or(code, |(_, code)| code).parse().map_err(|_| Refusal::unsupported(code))
}

/// The languages of every pair for which `serves` is true.
pub(super) fn list(translates: impl Fn(Pair) -> bool) -> Vec<Language> {
    let all: Vec<(Lang, &str)> =
        NAMES.iter().filter_map(|(code, name)| code.parse().ok().map(|lang| (lang, *name))).collect();
    let targets = |source: Lang| -> Vec<String> {
        let pairs = all.iter().map(|(target, _)| Pair { source, target: *target });
        pairs
            .filter(|pair| !source.reads_as(pair.target) && translates(*pair))
            .map(|pair| pair.target.to_string())
            .collect()
    };
    let served: Vec<Language> =
        all.iter().map(|(lang, name)| Language { code: lang.to_string(), name, targets: targets(*lang) }).collect();
    let is_target = |code: &String| served.iter().any(|language| language.targets.contains(code));
    served.iter().filter(|it| !it.targets.is_empty() || is_target(&it.code)).cloned().collect()
}

/// The English name of a language; its code where the table has none.
pub(super) fn name(lang: Lang) -> String {
    let code = lang.to_string();
    let name = NAMES.iter().find(|(own, _)| *own == code).map(|(_, name)| *name);
    name.map_or(code, str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(code: &str, tag: &str) {
        assert_eq!(lang(code).expect("a language").to_string(), tag);
    }

    #[test]
    fn codes_and_aliases_are_understood_in_any_case() {
        is("en", "en");
        is("zh", "zh-Hans");
        is("ZT", "zh-Hant");
        is("pb", "pt-BR");
        is("PT-br", "pt-BR");
        assert_eq!(lang("not one").expect_err("no language").message, "not one is not supported");
    }

    #[test]
    fn languages_of_no_pair_are_not_listed() {
        let served = list(|pair| pair.to_string() == "en-pt");
        let told: Vec<(&str, &[String])> = served.iter().map(|it| (&*it.code, &*it.targets)).collect();
        assert_eq!(told, [("en", &["pt".to_owned()][..]), ("pt", &[])]);
    }

    #[test]
    fn the_table_is_of_tags_in_order() {
        assert!(NAMES.is_sorted());
        assert!(NAMES.iter().all(|(code, _)| lang(code).is_ok_and(|lang| lang.to_string() == *code)));
    }
}
