use super::*;
use crate::model::{MatchHow, Rendering, TermHit, TermStatus};
use crate::translate::Trouble;
use crate::translate::service::Access;

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a tag")
}

/// A term that stands in `text` as `stands`.
fn hit(text: &str, stands: &str, term: &str, rendering: &str) -> TermHit {
    let start = text.find(stands).expect("it stands there");
    TermHit {
        concept: term.to_owned(),
        term: term.to_owned(),
        status: TermStatus::Preferred,
        range: start..start + stands.len(),
        how: if stands == term { MatchHow::Exact } else { MatchHow::Rule },
        pos: None,
        mandatory: true,
        dnt: false,
        not: Vec::new(),
        renderings: vec![Rendering { term: rendering.to_owned(), ..Rendering::default() }],
        note: None,
    }
}

fn batch(texts: Vec<(&str, Vec<TermHit>)>) -> Batch {
    let input = |(text, terms): (&str, _)| Input { text: text.to_owned(), terms, ..Input::default() };
    Batch { pair: Pair { source: lang("en"), target: lang("ru") }, texts: texts.into_iter().map(input).collect() }
}

#[track_caller]
fn goes(batch: &Batch, pair: (&str, &str), terms: &serde_json::Value) {
    let told = serde_json::to_value(Glossary::new(batch, pair.0, pair.1)).expect("JSON");
    assert_eq!(&told["glossaryData"]["glossaryPairs"], terms, "{told}");
}

#[test]
fn terms_go_as_they_stand_or_in_their_citation_form() {
    let text = "Heads of state met the envoy.";
    let texts = || {
        let heads = hit(text, "Heads of state", "head of state", "глава государства");
        batch(vec![(text, vec![heads, hit(text, "envoy", "envoy", "посланник")])])
    };
    let envoy = serde_json::json!({ "sourceText": "envoy", "translatedText": "посланник" });
    let head = |source: &str| serde_json::json!({ "sourceText": source, "translatedText": "глава государства" });
    goes(&texts(), ("en", "ru"), &serde_json::json!([head("head of state"), envoy]));
    goes(&texts(), ("en", "de"), &serde_json::json!([head("Heads of state"), envoy]));
    goes(&texts(), ("en", "tt"), &serde_json::Value::Null);
}

#[test]
fn a_term_of_two_renderings_goes_with_none() {
    let one = ("The chair spoke.", vec![hit("The chair spoke.", "chair", "chair", "председатель")]);
    let other = ("A chair broke.", vec![hit("A chair broke.", "chair", "chair", "стул")]);
    goes(&batch(vec![one.clone(), other]), ("en", "ru"), &serde_json::Value::Null);
    let term = serde_json::json!([{ "sourceText": "chair", "translatedText": "председатель" }]);
    goes(&batch(vec![one.clone(), one]), ("en", "ru"), &term);
}

#[test]
fn no_more_terms_go_than_are_taken() {
    let text = (0..60).map(|number| format!("term{number:02}")).collect::<Vec<_>>().join(" ");
    let hits = |target: &str| {
        (0..60).map(|number| format!("term{number:02}")).map(|term| hit(&text, &term, &term, target)).collect()
    };
    let count = |target: &str| {
        let told = serde_json::to_value(Glossary::new(&batch(vec![(&text, hits(target))]), "en", "ru")).expect("JSON");
        told["glossaryData"]["glossaryPairs"].as_array().expect("terms").len()
    };
    assert_eq!(count("термин"), 50);
    assert_eq!(count(&"т".repeat(1000)), 10);
}

#[test]
fn pairs_that_take_terms_are_the_documented_ones() {
    let taken = |source: &str, target: &str| glossary::is_taken(source, target);
    assert!(taken("en", "zh") && taken("zh", "en") && taken("zh", "ru") && taken("ru", "fr") && taken("tt", "ba"));
    assert!(!taken("ru", "zh") && !taken("en", "uk") && !taken("fr", "es") && !taken("x", "y"));
    let lines = include_str!("glossary.txt").lines().filter(|line| !line.starts_with('#'));
    let pairs: usize = lines.filter_map(|line| line.split_once(": ")).map(|(_, it)| it.split(' ').count()).sum();
    assert_eq!(pairs, 212);
}

#[track_caller]
fn means(body: &str, trouble: Trouble) {
    let (kind, _) = reads(reqwest::StatusCode::BAD_REQUEST, body).expect("it is known");
    assert_eq!(kind, trouble, "{body}");
}

#[test]
fn numbers_of_errors_are_those_of_grpc() {
    means(r#"{"code":8,"message":"limit on units was exceeded"}"#, Trouble::Limited);
    means(r#"{"code":16,"message":"The token is invalid"}"#, Trouble::Auth);
    means(r#"{"code":7,"message":"Permission denied"}"#, Trouble::Auth);
    means(r#"{"code":3,"message":"unsupported target_language_code: xx"}"#, Trouble::Pair);
    means(r#"{"code":3,"message":"texts: total length must be less than 10000"}"#, Trouble::TooLarge);
    means(r#"{"code":3,"message":"the field is wrong"}"#, Trouble::Refused);
    means(r#"{"code":14,"message":"unavailable"}"#, Trouble::Overloaded);
    assert_eq!(reads(reqwest::StatusCode::BAD_GATEWAY, "<html>"), None);
}

#[test]
fn codes_are_the_services() {
    let codes = Codes::new(include_str!("codes.txt"), &Access::default());
    for (tag, code) in [("zh-Hans", "zh"), ("zh-CN", "zh"), ("pt-BR", "pt-BR"), ("pt-PT", "pt"), ("nb", "no")] {
        assert_eq!(codes.target(lang(tag)), Some(code), "{tag}");
    }
    assert_eq!((codes.target(lang("pt")), codes.target(lang("zh-Hant"))), (None, None));
    assert_eq!(codes.source(lang("pt")), Some("pt"));
    assert!(codes.unsettled(lang("pt")).expect("open").contains("pt-BR or pt-PT"));
}
