//! Languages by the names that their own readers use, as CLDR gives them.

use crate::model::Lang;

/// Tag and name, in the order of the tags. A tag with a script stands for that script alone.
const NAMES: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("bg", "Български"),
    ("bn", "বাংলা"),
    ("ca", "Català"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("et", "Eesti"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("id", "Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("kk", "Қазақ тілі"),
    ("ko", "한국어"),
    ("lt", "Lietuvių"),
    ("lv", "Latviešu"),
    ("ms", "Melayu"),
    ("nb", "Norsk bokmål"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("sr", "Српски"),
    ("sv", "Svenska"),
    ("sw", "Kiswahili"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("zh-Hans", "简体中文"),
    ("zh-Hant", "繁體中文"),
];

/// The name of `lang` in `lang`, with its region where it has one; its tag where the name is not known.
pub(super) fn name(lang: Lang) -> String {
    let known = NAMES.iter().find(|(tag, _)| tag.parse().is_ok_and(|known: Lang| known.reads_as(lang)));
    match (known, lang.region()) {
        (Some((_, name)), Some(region)) => format!("{name} ({region})"),
        (Some((_, name)), None) => (*name).to_owned(),
        (None, _) => lang.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_is_known_and_stands_once() {
        assert!(NAMES.iter().all(|(tag, _)| tag.parse::<Lang>().is_ok_and(|lang| lang.to_string() == *tag)));
        assert!(NAMES.is_sorted_by(|(a, _), (b, _)| a < b));
    }

    #[test]
    fn a_language_is_named_by_its_readers() {
        let named = |tag: &str| name(tag.parse().expect("a language tag"));
        assert_eq!(named("zh"), "简体中文");
        assert_eq!(named("zh-TW"), "繁體中文 (TW)");
        assert_eq!(named("pt-BR"), "Português (BR)");
        assert_eq!(named("gd"), "gd");
    }
}
