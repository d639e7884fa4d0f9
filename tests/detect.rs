//! Detection on real news: NTREX segments and documents, short headlines, mixed articles.

#[path = "shared/languages.rs"]
mod languages;
mod shared;

use std::fs;

use chancery::detect::{Detector, Options};
use chancery::model::{Article, Block, BlockKind, Detection, Head, Lang, Metadata, Origin, Text};
use languages::NAMES;
use shared::ntrex;

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language tag")
}

fn detector() -> Detector {
    Detector::new(&Options::default()).expect("the default options are sound")
}

/// The lines of a test file: what is expected and the text.
fn lines(name: &str) -> Vec<(String, String)> {
    let path = format!("{}/tests/data/detect/{name}", env!("CARGO_MANIFEST_DIR"));
    let lines = fs::read_to_string(&path).expect("the test data are there");
    let split = |line: &str| line.split_once('\t').map(|(expected, text)| (expected.to_owned(), text.to_owned()));
    lines.lines().filter_map(split).collect()
}

fn article(texts: &[&str], claimed: Option<&str>) -> Article {
    let blocks = texts.iter().map(|text| Block { kind: BlockKind::Paragraph, text: Text::from(*text) }).collect();
    let head = Head {
        origin: Origin::file(std::path::Path::new("article.txt")),
        format: "plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        sha256: String::new(),
        metadata: Metadata { language: claimed.map(lang), ..Metadata::default() },
        cut: Vec::new(),
    };
    Article { head, blocks }
}

/// Single segments of `name`: at least `right` of a thousand are told, and at most `wrong` are told wrong.
///
/// A few segments are truly in another language (`Il faut bien le faire.` in every one of them), or names alone.
#[track_caller]
fn segments((name, tag): (&str, &str), right: usize, wrong: usize) {
    let detector = detector();
    let told: Vec<Option<Lang>> = ntrex([name]).iter().flatten().map(|[text]| detector.text(text).lang()).collect();
    let rights = told.iter().filter(|told| **told == Some(lang(tag))).count();
    let wrongs = told.iter().flatten().filter(|told| **told != lang(tag)).count();
    assert!(rights * 1000 >= right * told.len(), "{name}: {rights} of {} are right", told.len());
    assert!(wrongs * 1000 <= wrong * told.len(), "{name}: {wrongs} of {} are wrong", told.len());
}

#[test]
fn single_segments_of_their_own_script() {
    segments(("zh", "zh-Hans"), 989, 0);
    segments(("zh-TW", "zh-Hant"), 988, 1);
    segments(("ru", "ru"), 999, 1);
    segments(("ar", "ar"), 995, 0);
    segments(("ja", "ja"), 998, 0);
    segments(("ko", "ko"), 997, 1);
}

#[test]
fn single_segments_of_the_latin_script() {
    segments(("en", "en"), 987, 1);
    segments(("fr", "fr"), 993, 1);
    segments(("es", "es"), 987, 1);
    segments(("pt", "pt"), 983, 1);
    segments(("pt-BR", "pt"), 987, 1);
    segments(("de", "de"), 994, 2);
}

#[test]
fn simplified_and_traditional_are_never_confused() {
    let detector = detector();
    let is_han = |c: &char| ('\u{3400}'..='\u{9fff}').contains(c);
    for [simplified, traditional] in ntrex(["zh", "zh-TW"]).iter().flatten() {
        for (text, other) in [(simplified, "zh-Hant"), (traditional, "zh-Hans")] {
            let confused = text.chars().filter(is_han).count() >= 6 && detector.text(text).lang() == Some(lang(other));
            assert!(!confused, "{text}");
        }
    }
}

#[test]
fn no_block_of_an_article_in_one_language_is_in_another() {
    let detector = detector();
    for (name, tag) in NAMES {
        for document in ntrex([name]) {
            let texts: Vec<&str> = document.iter().map(|[text]| text.as_str()).collect();
            let detected = detector.article(article(&texts, None), None);
            assert_eq!(detected.language.lang(), Some(lang(tag)), "{name}: {}", texts[0]);
            for (block, detection) in &detected.blocks {
                assert_eq!(detection.lang(), Some(lang(tag)), "{name}: {}", block.text.plain());
            }
        }
    }
}

#[test]
fn headlines_are_told_or_left_open_but_never_told_wrong() {
    let detector = detector();
    let mut told = std::collections::BTreeMap::<String, (usize, usize)>::new();
    for (expected, text) in lines("short.tsv") {
        let found = detector.text(&text).lang().map(|lang| lang.to_string());
        let right = found.as_deref().unwrap_or("und") == expected;
        assert!(right || found.is_none(), "{text} is {expected}, not {found:?}");
        let (rights, all) = told.entry(expected).or_default();
        (*rights, *all) = (*rights + usize::from(right), *all + 1);
    }
    for (expected, (right, all)) in told {
        let floor = if expected == "und" { 100 } else { FLOOR };
        assert!(right * 100 >= floor * all, "{expected}: {right} of {all}");
    }
}

/// The percentage of headlines of any language that are told.
const FLOOR: usize = 90;

#[test]
fn each_paragraph_of_a_mixed_article_has_its_own_language() {
    let detector = detector();
    for (expected, text) in lines("mixed.tsv") {
        let texts: Vec<&str> = text.split(" ||| ").collect();
        let detected = detector.article(article(&texts, None), None);
        let found: Vec<String> = detected
            .blocks
            .iter()
            .map(|(_, detection)| detection.lang().map_or_else(|| "und".to_owned(), |lang| lang.to_string()))
            .collect();
        assert_eq!(found.join("|"), expected, "{text}");
    }
}

const SPANISH: &str =
    "Los ministros de los dos países se reunieron el martes para hablar del comercio y de la pesca durante la visita";

#[track_caller]
fn article_is(text: &str, claimed: Option<&str>, from: Option<&str>, expected: &str) {
    let detected = detector().article(article(&[text], claimed), from.map(lang));
    let tag = |detection: &Detection| detection.lang().map_or_else(|| "und".to_owned(), |lang| lang.to_string());
    assert_eq!((tag(&detected.language), tag(&detected.blocks[0].1)), pair(expected), "{text}");
}

fn pair(expected: &str) -> (String, String) {
    let (article, block) = expected.split_once('|').unwrap_or((expected, expected));
    (article.to_owned(), block.to_owned())
}

#[test]
fn a_claimed_language_fills_in_and_never_overrules_a_clear_text() {
    article_is(SPANISH, Some("es-MX"), None, "es-MX");
    article_is(SPANISH, Some("pt"), None, "es");
    article_is("AFP", Some("fr"), None, "fr");
    article_is("他表示不同意", Some("zh"), None, "zh-Hans");
    article_is("رئیس جمهور گفت که دولت شرایط را نمی‌پذیرد", Some("fa"), None, "fa");
    article_is("Встреча министров перенесена на июнь", Some("en"), None, "ru");
    article_is("AFP", None, None, "und");
}

#[test]
fn a_given_language_holds_unless_a_block_is_clearly_in_another() {
    article_is("AFP", None, Some("de"), "de");
    article_is("La ministra llegó tarde", None, Some("pt-BR"), "pt-BR");
    article_is(SPANISH, None, Some("pt-BR"), "pt-BR|es");
}

#[track_caller]
fn other_than(tag: &str, text: &str, expected: Option<&str>) {
    assert_eq!(detector().other(text, lang(tag)), expected.map(lang), "{text}");
}

#[test]
fn a_language_that_cannot_be_told_is_left_only_by_its_script() {
    let italian = "Il ministro ha parlato ieri alla stampa dell'accordo che i due governi hanno firmato a Ginevra, e ha \
        detto che la regione ha bisogno di pace, di lavoro e di fiducia.";
    let bulgarian = "Министърът говори вчера пред журналисти за споразумението, което двете правителства подписаха.";
    let english =
        "The minister spoke to the press yesterday about the agreement that both governments have signed there.";
    other_than("it", italian, None);
    other_than("bg", bulgarian, None);
    other_than("bg", english, Some("en"));
    other_than("it", "장관은 어제 두 정부가 서명한 합의에 대해 기자들에게 말했다.", Some("ko"));
    other_than("pt", english, Some("en"));
}

#[test]
fn languages_that_are_not_configured_are_left_open() {
    let detector = detector();
    for text in [
        "Il presidente ha detto che il governo non accetterà le condizioni poste dai sindacati questa settimana",
        "De minister zei dat de regering volgende week een nieuw voorstel zal doen aan de vakbonden in Den Haag",
        "El president ha dit que el govern no acceptarà les condicions dels sindicats durant les negociacions",
        "O presidente dixo que o goberno non aceptará as condicións dos sindicatos nas negociacións desta semana",
        "Presidenten sade att regeringen inte kommer att godta de villkor som facken ställt under veckan",
        "Prezydent powiedział, że rząd nie zaakceptuje warunków postawionych przez związki zawodowe",
        "Cumhurbaşkanı hükümetin sendikaların koşullarını kabul etmeyeceğini söyledi",
        "Президент заявив, що уряд не прийме умов профспілок на переговорах цього тижня",
        "Президентът заяви, че правителството няма да приеме условията на синдикатите тази седмица",
        "Председник је рекао да влада неће прихватити услове синдиката",
        "رئیس جمهور گفت که دولت شرایط اتحادیه‌ها را نمی‌پذیرد",
        "Η κυβέρνηση δεν θα δεχτεί τους όρους των συνδικάτων",
        "รัฐบาลจะไม่ยอมรับเงื่อนไขของสหภาพแรงงาน",
    ] {
        assert_eq!(detector.text(text), Detection::Undetermined, "{text}");
    }
}

#[test]
fn only_configured_languages_are_told() {
    let options = Options { languages: vec![lang("pt-BR"), lang("zh-TW")], ..Options::default() };
    let detector = Detector::new(&options).expect("both are compiled in");
    assert_eq!(detector.text(SPANISH), Detection::Undetermined);
    assert_eq!(detector.text("Os ministros dos dois países reuniram-se na terça-feira").lang(), Some(lang("pt-BR")));
    assert_eq!(detector.text("兩國部長週二會面討論貿易問題").lang(), Some(lang("zh-TW")));
}

#[test]
fn options_that_cannot_be_met_are_refused() {
    let refused = |options: &Options| Detector::new(options).err().map(|error| error.to_string()).unwrap_or_default();
    let unknown = refused(&Options { languages: vec![lang("it")], ..Options::default() });
    assert!(unknown.starts_with("language `it` cannot be detected, this build knows en, zh-Hans"), "{unknown}");
    assert!(refused(&Options { languages: Vec::new(), ..Options::default() }).starts_with("no language to detect"));
    let share = refused(&Options { minimum_distance: 3.0, ..Options::default() });
    assert_eq!(share, "`minimum_distance` is 3, write a number from 0 to 1");
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,80}") {
        let _ = detector().text(&text);
    }

    #[test]
    fn every_block_comes_back(texts in proptest::collection::vec("[a-zа-я一-二あ ]{0,30}", 0..4)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let article = article(&texts, None);
        let blocks: Vec<Block> = detector().article(article.clone(), None).blocks.into_iter().map(|(block, _)| block).collect();
        proptest::prop_assert_eq!(blocks, article.blocks);
    }
}
