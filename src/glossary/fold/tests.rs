use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

const LANGS: [&str; 6] = ["en", "ru", "ar", "fr", "zh-Hans", "tr"];

#[track_caller]
fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language tag")
}

#[track_caller]
fn folds(tag: &str, text: &str, expected: &str) {
    let expected: String = expected.nfc().collect();
    assert_eq!(Folded::new(text, lang(tag), Letters::Fold).as_str(), expected, "{text}");
}

#[test]
fn spelling_that_does_not_matter_is_folded_away() {
    folds("en", "Côte d\u{2019}Ivoire", "côte d'ivoire");
    folds("en", "China\u{2013}Africa\u{00A0}\n Forum", "china-africa forum");
    folds("de", "STRASSE Straße", "strasse strasse");
    folds("el", "ΟΔΟΣ οδός", "οδοσ οδόσ");
    folds("zh-Hans", "（Ｇ２０）峰会", "(g20)峰会");
    folds("en", "co\u{00AD}op\u{200B}eration", "cooperation");
    folds("ru", "Партнёрство и МИД Ёлки", "партнерство и мид елки");
    folds("ar", "إلى آسيـــا", "الي اسيا");
    folds("ar", "الأُمَم المتَّحدة", "الامم المتحده");
    folds("fr", "d\u{2019}État, À ÉLYSÉE l'été", "d'etat, a elysée l'eté");
    folds("ja", "か\u{3099} ガ", "が ガ");
    folds("en", " \u{AD} \u{A0}a", " a");
}

#[test]
fn marks_that_matter_stay() {
    folds("ru", "Йод", "йод");
    folds("be", "ёсць", "ёсць");
    folds("fr", "Sécurité", "sécurité");
    folds("es", "Él", "él");
}

#[test]
fn case_is_kept_on_demand() {
    assert_eq!(Folded::new("Straße\u{2019}S", lang("de"), Letters::Keep).as_str(), "Straße'S");
}

#[test]
fn the_way_back_covers_whole_characters() {
    let text = "Ёж d\u{2019}É.";
    let folded = Folded::new(text, lang("ru"), Letters::Fold);
    let at = folded.as_str().find("d'é").expect("folded");
    assert_eq!(&text[folded.source(&(at..folded.as_str().len() - 1))], "d\u{2019}É");
    assert_eq!(&text[folded.source(&(0..2))], "Ё");
    let text = "a \u{AD} e\u{301}\u{200B}\u{AD}!";
    let folded = Folded::new(text, lang("en"), Letters::Fold);
    assert_eq!(folded.as_str(), "a é!");
    assert_eq!(&text[folded.source(&(1..2))], " \u{AD} ");
    assert_eq!(&text[folded.source(&(2..4))], "e\u{301}");
    assert_eq!(&text[folded.source(&(4..5))], "!");
}

proptest! {
    #[test]
    fn canonical_equivalents_fold_alike(text in "(\\PC|[a-zéèÅàйЁأآ]|[\u{0300}-\u{0330}]|[\u{064B}-\u{0655}]){0,24}", tag in prop::sample::select(&LANGS[..])) {
        for letters in [Letters::Fold, Letters::Keep] {
            let nfc = Folded::new(&text.nfc().collect::<String>(), lang(tag), letters);
            let nfd = Folded::new(&text.nfd().collect::<String>(), lang(tag), letters);
            prop_assert_eq!(nfc.as_str(), nfd.as_str());
            prop_assert_eq!(nfc.into_string(), Folded::new(&text, lang(tag), letters).into_string());
        }
    }

    #[test]
    fn every_stretch_leads_back_to_whole_characters(text in "(\\PC|[\u{0300}-\u{0330}]|[أآёß ]){0,16}", from in 0usize..20, to in 0usize..20, tag in prop::sample::select(&LANGS[..])) {
        let folded = Folded::new(&text, lang(tag), Letters::Fold);
        let borders: Vec<usize> = folded.as_str().char_indices().map(|(at, _)| at).chain([folded.as_str().len()]).collect();
        let (from, to) = (borders[from.min(borders.len() - 1)], borders[to.min(borders.len() - 1)]);
        let source = folded.source(&(from.min(to)..from.max(to)));
        prop_assert!(text.get(source).is_some());
    }
}
