//! What the prompt calls languages: English names, which models know best, with the BCP 47 tag beside them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::Lang;

static NAMES: LazyLock<BTreeMap<Lang, &'static str>> = LazyLock::new(|| {
    let rows = include_str!("languages.txt").lines().filter(|line| !line.starts_with('#'));
    let row = |line: &'static str| {
        let (tag, name) = line.split_once(char::is_whitespace)?;
        Some((tag.parse().ok()?, name.trim()))
    };
    rows.filter_map(row).collect()
});

/// The name of a language with its tag: `Brazilian Portuguese (pt-BR)`. A variant without a name of its own is called by
/// its script, else by its language; what has no name at all is called by its tag.
pub(super) fn name(lang: Lang) -> String {
    let near = [lang, lang.with_likely_script(), lang.without_region()];
    let plain: Option<Lang> = lang.language().parse().ok();
    match near.into_iter().chain(plain).find_map(|lang| NAMES.get(&lang)) {
        Some(name) => format!("{name} ({lang})"),
        None => format!("the language with the BCP 47 tag {lang}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn called(tag: &str, wanted: &str) {
        assert_eq!(name(tag.parse().expect("a tag")), wanted);
    }

    #[test]
    fn variants_are_named() {
        called("pt-BR", "Brazilian Portuguese (pt-BR)");
        called("pt-PT", "European Portuguese (pt-PT)");
        called("pt-AO", "Portuguese (pt-AO)");
        called("zh-Hans", "Simplified Chinese (zh-Hans)");
        called("zh-TW", "Traditional Chinese (zh-TW)");
        called("zh", "Chinese (zh)");
        called("uz-Cyrl", "Uzbek (uz-Cyrl)");
        called("mi", "the language with the BCP 47 tag mi");
    }

    #[test]
    fn every_row_is_read() {
        let rows = include_str!("languages.txt").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(NAMES.len(), rows.count());
        for tag in ["ar", "de", "en", "es", "fr", "ja", "ko", "pt", "ru", "zh"] {
            assert!(NAMES.contains_key(&tag.parse::<Lang>().expect("a tag")), "{tag}");
        }
    }
}
