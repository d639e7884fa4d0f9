//! That nothing is lost on the way through the built-in models, seen from outside: whatever protects a text, its
//! translation holds each number, sign, address and strange word as often as the text does.
#![expect(clippy::print_stdout, reason = "what was checked is counted aloud")]

mod shared;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chancery::model::Pair;
use chancery::translate::{Answer, Backend, Batch, Input, open};
use fancy_regex::Regex;
use proptest::prelude::*;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

fn demo_models() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    std::env::var_os("CHANCERY_MODELS_DIR").map_or_else(default, PathBuf::from)
}

static BACKEND: LazyLock<Box<dyn Backend>> = LazyLock::new(|| {
    let toml = format!("models = [{:?}]\nthreads = 2", demo_models().to_string_lossy());
    let table = DeTable::parse(Box::leak(toml.into_boxed_str())).expect("a table").into_inner();
    open("firefox", Some(Spanned::new(0..0, DeValue::Table(table)))).expect("the backend")
});

/// The translations of texts in a direction such as `en-pt`.
fn translated(direction: &str, texts: &[String]) -> Vec<String> {
    let (source, target) = direction.split_once('-').expect("two languages");
    let pair = Pair { source: source.parse().expect("a tag"), target: target.parse().expect("a tag") };
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let input = |text: &String| Input { text: text.clone(), align: false, ..Input::default() };
    let drafts = |texts: &[String]| {
        let batch = Batch { pair, texts: texts.iter().map(input).collect() };
        runtime.block_on(BACKEND.translate(&batch)).and_then(Answer::whole).expect("drafts")
    };
    texts.chunks(16).flat_map(drafts).map(|draft| draft.text).collect()
}

/// The cases of a file that are not as they should be, each with what came out.
fn failures(direction: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/protection/{direction}.txt"));
    let file = std::fs::read_to_string(path).expect("a file of cases");
    let lines = file.lines().filter(|line| !line.starts_with("# ") && !line.is_empty());
    let (texts, wanted): (Vec<String>, Vec<&str>) = lines
        .map(|line| line.split_once(" => ").map(|(text, wanted)| (text.to_owned(), wanted)).expect("a case"))
        .unzip();
    let drafts = translated(direction, &texts);
    println!("{direction}: {} sentences", texts.len());
    let lost = |((text, wanted), draft): ((&String, &str), &String)| {
        let lost = |token: &&str| draft.matches(token).count() != text.matches(token).count().max(1);
        let lost: Vec<&str> = wanted.split(" | ").filter(lost).collect();
        (!lost.is_empty()).then(|| format!("{text}\n  {draft}\n  lost: {lost:?}\n"))
    };
    texts.iter().zip(wanted).zip(&drafts).filter_map(lost).collect()
}

#[test]
fn each_kind_of_token_comes_through() {
    for direction in ["en-pt", "pt-en"] {
        let failures = failures(direction);
        assert!(failures.is_empty(), "{failures}");
    }
}

/// Letters and signs beyond ASCII that the vocabularies of the demo models have.
const KNOWN: &str = "°ÁÉàáâãçéêíóôõú";
/// Portuguese capitals that they lack: these begin words that are to be translated.
const CAPITALS: &str = "ÀÂÃÇÊÍÓÔÕÚ";
/// Signs that may come out in ASCII.
const TYPOGRAPHY: &str = "‘’‚‛“”„‟«»‹›′″´‐‑‒–—―−…ʼ";

/// Whether a character cannot come out of the models, so that only protection can bring it into a translation.
fn is_strange(c: char) -> bool {
    use unicode_normalization::UnicodeNormalization as _;
    let itself = std::iter::once(c).nfkc().eq([c]) || "½¼¾²³¹№™".contains(c);
    let shown = c != char::REPLACEMENT_CHARACTER
        && !c.is_control()
        && !c.is_whitespace()
        && !unicode_normalization::char::is_combining_mark(c);
    let hidden = matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    !c.is_ascii() && itself && shown && !hidden && !KNOWN.contains(c) && !TYPOGRAPHY.contains(c)
}

/// The strange characters of a text, sorted.
fn strange(text: &str) -> Vec<char> {
    let mut strange: Vec<char> = text.chars().filter(|c| is_strange(*c)).collect();
    strange.sort_unstable();
    strange
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_text_keeps_its_strange_characters(
        words in prop::collection::vec(prop_oneof![
            2 => "[a-z]{1,8}",
            2 => prop::sample::select(vec!["the", "minister", "spoke", "of", "peace,", "and", "(left)", "Geneva."]).prop_map(str::to_owned),
            1 => "\\PC{1,6}",
            1 => "[a-z]{0,3}[€£üł😀🇧🇷👍🏽½²№→中국ع]{1,3}[a-z.,]{0,3}",
            1 => "[@#<{\\[`%~^\\\\|$&*_=+/]{1,2}[a-z0-9]{0,4}[>}\\]`%~^\\\\|/]{0,2}",
        ], 1..9),
        direction in prop::sample::select(vec!["en-pt", "pt-en"]),
        glue in prop::sample::select(vec![" ", " ", " ", "\t", "\u{a0}", "-", "\u{200b}", "\r\n", "\u{2028}"]),
    ) {
        let text = words.join(glue);
        let draft = &translated(direction, std::slice::from_ref(&text))[0];
        let left = |text: &str| -> Vec<char> {
            let own = |c: &char| direction == "pt-en" && CAPITALS.contains(*c);
            strange(text).into_iter().filter(|c| !own(c)).collect()
        };
        prop_assert_eq!(left(draft), left(&text), "{:?} became {:?}", text, draft);
        let damage = |text: &str| text.matches(['\u{fffd}', '\u{2047}']).count();
        prop_assert!(damage(draft) <= damage(&text), "{:?} became {:?}", text, draft);
        for placeholder in ["X1X", "X2X", "QX71", "A1B"] {
            prop_assert!(!draft.contains(placeholder), "{:?} became {:?}", text, draft);
        }
    }
}

#[test]
fn long_texts_are_not_cut_off() {
    let word = "a1b2c3".repeat(3400);
    let chinese = "中文没有空格".repeat(900);
    let url = format!("https://un.org/{}", "a/b".repeat(1700));
    let clause = "Müller said so in {}, and the minister left. ";
    let texts = [
        "word ".repeat(3000),
        format!("The minister said {word} and left."),
        format!("The minister said {chinese} and left."),
        format!("The minister read {url} and left."),
        (1900..2000).map(|year| clause.replace("{}", &year.to_string())).collect(),
    ];
    let drafts = translated("en-pt", &texts);
    let repeated = drafts[0].split_whitespace().count();
    assert!((1500..6000).contains(&repeated), "{repeated} words for 3000");
    for (draft, token) in drafts[1..4].iter().zip([&word, &chinese, &url]) {
        assert_eq!(draft.matches(token.as_str()).count(), 1);
        assert!(draft.contains("ministro"));
    }
    assert_eq!(drafts[4].matches("Müller").count(), 100);
    for year in 1900..2000 {
        assert_eq!(drafts[4].matches(&year.to_string()).count(), 1, "{year} in {}", drafts[4]);
    }
}

/// What has to be found again in a translation, by kind.
const KINDS: &[(&str, &str)] = &[
    ("currency signs", r"[£€¥]"),
    ("e-mail addresses", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("URLs", r"https?://[^\s,]*[\w/]|www\.[\w./-]*\w|\b[\w-]+\.(?:com|org|net)\b(?:/[\w./-]*\w)?"),
    ("handles and hashtags", r"(?<![\w])[@#]\p{L}\w*"),
];

/// Liberties that the model takes with numbers in NTREX: the hours of the afternoon, centuries. Words of the sentence
/// and the number.
const LIBERTIES: &[(&str, &str)] = &[
    ("At 2pm two police vans", "2"),
    ("evidence of 19th century opinion", "19"),
    ("in the late 19th century", "19"),
    ("the mid 17th century", "17"),
    ("for 7 p.m. ET tonight", "7"),
    ("a pint is 5.30pm", "530"),
];

/// Mistakes of the model, in sentences where nothing had to be protected; the check of numbers shows them to a person.
const MISTAKES: &[(&str, &str)] = &[("300 km (190 miles) north", "190"), ("population of 299,200", "299200")];

/// The numbers of a text without their separators, sorted.
fn numbers(text: &str) -> Vec<String> {
    let number = Regex::new(r"\d+(?:[.,:h ]?\d+)*").expect("a pattern");
    let found = number.find_iter(text).map(|found| found.expect("a match").as_str().to_owned());
    let mut numbers: Vec<String> = found.map(|number| number.chars().filter(char::is_ascii_digit).collect()).collect();
    numbers.sort_unstable();
    numbers
}

/// Each match of a pattern that the draft holds less often than the text.
fn missing<'t>(pattern: &Regex, text: &'t str, draft: &str) -> Vec<&'t str> {
    let found = pattern.find_iter(text).map(|found| found.expect("a match").as_str());
    found.filter(|token| draft.matches(token).count() < text.matches(token).count()).collect()
}

#[test]
fn translated_news_keeps_its_numbers_signs_and_addresses() {
    let texts: Vec<String> = shared::ntrex(["en"]).into_iter().flatten().map(|[text]| text).collect();
    let kinds: Vec<(&str, Regex)> =
        KINDS.iter().map(|(kind, regex)| (*kind, Regex::new(regex).expect("a pattern"))).collect();
    let telling = |text: &String| {
        !numbers(text).is_empty()
            || !strange(text).is_empty()
            || kinds.iter().any(|(_, kind)| kind.is_match(text).expect("a match"))
    };
    let texts: Vec<String> = texts.into_iter().filter(telling).collect();
    let drafts = translated("en-pt", &texts);
    let mut report = String::new();
    let (mut checked, mut strange_texts, mut free) = (0, 0, 0);
    for (text, draft) in texts.iter().zip(&drafts) {
        let wrong = |what: &str| format!("{what} in: {text}\n  {draft}\n");
        strange_texts += usize::from(!strange(text).is_empty());
        if strange(text) != strange(draft) {
            report += &wrong("strange characters");
        }
        for (kind, pattern) in &kinds {
            let missing = missing(pattern, text, draft);
            report += &missing.iter().map(|token| wrong(&format!("{kind} {token}"))).collect::<String>();
        }
        let there = numbers(draft);
        for number in numbers(text) {
            checked += 1;
            let liberty = LIBERTIES.iter().chain(MISTAKES).any(|(words, free)| *free == number && text.contains(words));
            free += usize::from(liberty);
            if !there.contains(&number) && !liberty {
                report += &wrong(&format!("the number {number}"));
            }
        }
    }
    println!(
        "{} sentences with {checked} numbers, {free} rendered freely; {strange_texts} with strange characters",
        texts.len()
    );
    assert!(report.is_empty(), "{report}");
}
