//! The contract on answers lets good translations pass, and catches faults that are made from them.
//!
//! Good translations are NTREX-128's (news, by people) and those of the built-in engine. Faults are made from the same
//! data: cut, swapped, echoed, in another language, doubled, or the message of a service. What a rule may refuse of the good
//! and must refuse of the bad stands in the tests; what was measured is printed, and each refusal with `CHANCERY_SHOW`.

#![expect(clippy::print_stdout, reason = "what was measured is told")]

mod shared;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chancery::detect::{self, Detector};
use chancery::model::{Lang, Pair};
use chancery::translate::contract::Contract;
use chancery::translate::{Batch, Draft, Input, open};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// NTREX's name of each language, and ours.
const LANGUAGES: [(&str, &str); 12] = [
    ("en", "en"),
    ("zh", "zh-Hans"),
    ("zh-TW", "zh-Hant"),
    ("ru", "ru"),
    ("fr", "fr"),
    ("es", "es"),
    ("ar", "ar"),
    ("pt", "pt-PT"),
    ("pt-BR", "pt-BR"),
    ("de", "de"),
    ("ja", "ja"),
    ("ko", "ko"),
];

/// Directions beside those from English and into it.
const OTHERS: [(usize, usize); 8] = [(1, 7), (8, 1), (1, 2), (4, 6), (5, 8), (3, 9), (10, 11), (2, 10)];

/// Texts in a batch.
const BATCH: usize = 16;

/// Sources and translations that belong together, in documents.
struct News {
    pair: Pair,
    documents: Vec<Vec<[String; 2]>>,
}

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language tag")
}

fn contract() -> Contract {
    let detector = Detector::new(&detect::Options::default()).expect("sound options");
    Contract::telling(Arc::new(move |text: &str, than: Lang| detector.other(text, than)))
}

/// NTREX in the direction from one row of [`LANGUAGES`] to another.
fn news((from, into): (usize, usize)) -> News {
    let (from, into) = (LANGUAGES[from], LANGUAGES[into]);
    let pair = Pair { source: lang(from.1), target: lang(into.1) };
    News { pair, documents: shared::ntrex([from.0, into.0]) }
}

fn all_news() -> Vec<News> {
    let with_english = (1..LANGUAGES.len()).flat_map(|other| [(0, other), (other, 0)]);
    with_english.chain(OTHERS).map(news).collect()
}

/// What the contract says of good translations: how many each rule refuses.
#[derive(Default)]
struct Refusals {
    texts: usize,
    batches: usize,
    /// By rule; those of texts that have the answer of another, and of batches that seem out of order, among them.
    refused: BTreeMap<&'static str, usize>,
}

impl Refusals {
    fn add(&mut self, contract: &Contract, news: &News) {
        for document in &news.documents {
            for [source, target] in document {
                self.texts += 1;
                if let Err(breach) = contract.check(news.pair, source, target) {
                    self.refuse(breach.rule, &format!("{} {}\n    {source}\n    {target}", news.pair, breach.reason));
                }
            }
            for sides in document.chunks(BATCH) {
                self.batches += 1;
                match batch(&Contract::default(), news.pair, sides) {
                    Err(reason) => self.refuse("order", &format!("{} {reason}: {sides:#?}", news.pair)),
                    Ok(refused) => refused.iter().for_each(|reason| {
                        if reason.contains("another text") {
                            self.refuse("twins", reason);
                        }
                    }),
                }
            }
        }
    }

    fn refuse(&mut self, rule: &'static str, told: &str) {
        *self.refused.entry(rule).or_default() += 1;
        if std::env::var_os("CHANCERY_SHOW").is_some() {
            println!("{rule}: {told}");
        }
    }

    /// Prints what was counted, and fails where a rule refuses more than one text in so many.
    #[track_caller]
    fn at_most_one_in(&self, texts: usize, batches: usize) {
        println!("{} texts, {} batches; refused: {:?}", self.texts, self.batches, self.refused);
        for (&rule, &count) in &self.refused {
            let of = if rule == "order" { self.batches / batches } else { self.texts / texts };
            assert!(count <= of, "{rule} refuses {count}, and {of} at the most are allowed");
        }
    }
}

/// What the contract says of each answer of a batch that it refuses, or why it refuses the whole.
fn batch(contract: &Contract, pair: Pair, sides: &[[String; 2]]) -> Result<Vec<String>, String> {
    let texts: Vec<Input> =
        sides.iter().map(|[source, _]| Input { text: source.clone(), ..Input::default() }).collect();
    let drafts = sides.iter().map(|[_, text]| Ok(Draft { text: text.clone(), alignment: None })).collect();
    let held = contract.batch(pair, &texts, drafts).map_err(|error| error.to_string())?;
    Ok(held.into_iter().filter_map(Result::err).map(|error| error.to_string()).collect())
}

#[test]
fn human_translations_are_hardly_ever_refused() {
    let (contract, mut refusals) = (contract(), Refusals::default());
    for news in all_news() {
        refusals.add(&contract, &news);
    }
    assert!(refusals.texts >= 30_000, "only {} texts", refusals.texts);
    // All that `copy` refuses is one French sentence, quoted in every language.
    refusals.at_most_one_in(1_900, 300);
}

/// Texts that the built-in engine translates in each direction.
const TRANSLATED: usize = 400;

#[test]
fn the_built_in_engine_is_hardly_ever_refused() {
    let (contract, mut refusals) = (contract(), Refusals::default());
    for (from, into) in [("en", "pt"), ("pt", "en")] {
        let texts: Vec<String> = shared::ntrex([from]).into_iter().flatten().map(|[text]| text).collect();
        let pair = Pair { source: lang(from), target: lang(into) };
        let sides = translated(pair, &texts[..TRANSLATED]);
        refusals.add(&contract, &News { pair, documents: vec![sides] });
    }
    assert_eq!(refusals.texts, 2 * TRANSLATED);
    refusals.at_most_one_in(400, 100);
}

/// The texts with what the built-in engine makes of them.
fn translated(pair: Pair, texts: &[String]) -> Vec<[String; 2]> {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    assert!(models.join("en-pt").is_dir(), "no demo models: run `make models`");
    let toml = format!("models = [{}]", toml::Value::from(models.display().to_string()));
    let table = DeTable::parse(&toml).expect("TOML");
    let table = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
    let engine = open("firefox", Some(table)).expect("the engine");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let mut sides = Vec::new();
    for portion in texts.chunks(BATCH) {
        let texts = portion.iter().map(|text| Input { text: text.clone(), ..Input::default() }).collect();
        let drafts =
            runtime.block_on(engine.translate(&Batch { pair, texts })).and_then(chancery::translate::Answer::whole);
        let drafts = drafts.expect("translations").into_iter().map(|draft| draft.text);
        sides.extend(portion.iter().cloned().zip(drafts).map(<[String; 2]>::from));
    }
    sides
}

/// Faults, and how many of them are caught.
struct Caught {
    all: usize,
    caught: usize,
}

/// Faults that `make` makes of the translations of English, one in each batch, and how many of those batches are refused.
/// `make` is given the number of the batch.
fn caught(make: impl Fn(&News, &[[String; 2]], usize) -> Option<Vec<[String; 2]>>) -> Caught {
    let (contract, mut counts) = (contract(), Caught { all: 0, caught: 0 });
    for news in (1..LANGUAGES.len()).map(|into| news((0, into))) {
        for (number, sides) in news.documents.iter().flat_map(|document| document.chunks(BATCH)).enumerate() {
            let Some(faulty) = make(&news, sides, number) else { continue };
            counts.all += 1;
            let sound = batch(&contract, news.pair, &faulty).is_ok_and(|refused| refused.is_empty());
            counts.caught += usize::from(!sound);
        }
    }
    counts
}

impl Caught {
    #[track_caller]
    fn at_least(&self, what: &str, percent: usize) {
        println!("{what}: {} of {}, {} %", self.caught, self.all, self.caught * 100 / self.all);
        assert!(self.all >= 600, "only {} faults", self.all);
        assert!(self.caught * 100 >= self.all * percent, "{what}: {} of {} are caught", self.caught, self.all);
    }
}

/// The text, one of a batch, in which a fault is made: another one in each batch, and long enough to be one.
fn place(sides: &[[String; 2]], number: usize) -> Option<usize> {
    let long = |at: &usize| sides[*at][0].chars().count() >= 30 && sides[*at][1].chars().count() >= 20;
    (0..sides.len()).map(|at| (at + number * 7) % sides.len()).find(long)
}

/// The batch with another answer at one place.
fn with(sides: &[[String; 2]], at: usize, answer: String) -> Vec<[String; 2]> {
    let mut sides = sides.to_vec();
    sides[at][1] = answer;
    sides
}

/// The first part of a text, cut between words or, where there are few, between characters.
fn cut(text: &str, percent: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() >= 5 {
        return words[..words.len() * percent / 100].join(" ");
    }
    let most = text.chars().count() * percent / 100;
    text.chars().take(most).collect()
}

#[test]
fn broken_off_translations_are_caught() {
    let broken = |percent: usize| {
        caught(move |_, sides, number| {
            let at = place(sides, number).filter(|&at| ends(&sides[at][0]) && sides[at][0].chars().count() >= 60)?;
            Some(with(sides, at, cut(&sides[at][1], percent)))
        })
    };
    broken(30).at_least("cut to 30 %", 95);
    broken(50).at_least("cut to 50 %", 75);
}

fn ends(text: &str) -> bool {
    text.ends_with(['.', '。', '!', '?', '！', '？'])
}

#[test]
fn sources_that_come_back_are_caught() {
    caught(|_, sides, number| {
        let at = place(sides, number)?;
        Some(with(sides, at, sides[at][0].clone()))
    })
    .at_least("echoed", 98);
}

#[test]
fn other_languages_are_caught() {
    let others: Vec<Vec<Vec<[String; 1]>>> = LANGUAGES.iter().map(|(name, _)| shared::ntrex([name])).collect();
    caught(|news, sides, number| {
        let at = place(sides, number)?;
        let other = (0..LANGUAGES.len()).map(|at| (at + number) % LANGUAGES.len()).find(|&at| {
            let other = lang(LANGUAGES[at].1);
            other.language() != news.pair.target.language() && other.language() != news.pair.source.language()
        })?;
        let place = news.documents.iter().position(|document| document.contains(&sides[at]))?;
        let line = news.documents[place].iter().position(|side| *side == sides[at])?;
        Some(with(sides, at, others[other][place][line][0].clone()))
    })
    .at_least("in another language", 80);
}

#[test]
fn swapped_translations_are_caught() {
    let swapped = |far: usize| {
        caught(move |_, sides, number| {
            let one = number % sides.len();
            let other = (one + far) % sides.len();
            let mut sides = sides.to_vec();
            let answer = std::mem::take(&mut sides[one][1]);
            let answer = std::mem::replace(&mut sides[other][1], answer);
            sides[one][1] = answer;
            (one != other && sides[one] != sides[other]).then_some(sides)
        })
    };
    swapped(1).at_least("swapped with the next", 70);
    swapped(5).at_least("swapped with a later one", 70);
    let turned = caught(|_, sides, _| {
        let mut drafts: Vec<String> = sides.iter().map(|[_, draft]| draft.clone()).collect();
        drafts.rotate_left(1);
        (sides.len() >= 4)
            .then(|| sides.iter().map(|[source, _]| source.clone()).zip(drafts).map(<[String; 2]>::from).collect())
    });
    turned.at_least("all moved by one", 97);
}

#[test]
fn one_answer_for_two_texts_is_caught() {
    caught(|_, sides, number| {
        let at = place(sides, number)?;
        let other = (0..sides.len()).find(|&other| other != at && sides[other][0].chars().count() >= 30)?;
        Some(with(sides, other, sides[at][1].clone()))
    })
    .at_least("one answer for two texts", 95);
}

/// What comes in place of translations.
const MESSAGES: &[&str] = &[
    "QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS",
    "PLEASE SELECT TWO DISTINCT LANGUAGES",
    "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY.",
    "Too Many Requests",
    "429 Too Many Requests",
    "Slowdown: 20 per 1 minute",
    "503 Service Temporarily Unavailable",
    "Internal Server Error",
    "Error: Bad Gateway",
    "<html><head><title>502 Bad Gateway</title></head></html>",
    "{\"error\":{\"code\":500,\"message\":\"internal\"}}",
    "I'm sorry, but I can't assist with that request.",
    "As an AI language model, I cannot translate this text.",
    "Lo siento, pero no puedo ayudar con esa solicitud.",
    "Désolé, je ne peux pas vous aider avec cette demande.",
    "抱歉，我无法协助您完成此请求。",
    "undefined",
];

#[test]
fn messages_are_caught() {
    caught(|_, sides, number| {
        let at = place(sides, number)?;
        Some(with(sides, at, MESSAGES[number % MESSAGES.len()].to_owned()))
    })
    .at_least("the message of a service", 98);
}

#[test]
fn announced_translations_are_caught() {
    const PREFACES: [&str; 4] = ["Here is the translation:\n", "Translation: ", "译文：", "Aqui está a tradução: "];
    caught(|_, sides, number| {
        let at = place(sides, number)?;
        Some(with(sides, at, format!("{}{}", PREFACES[number % PREFACES.len()], sides[at][1])))
    })
    .at_least("announced", 98);
}
