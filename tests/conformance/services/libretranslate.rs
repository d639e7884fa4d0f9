//! LibreTranslate's interface, as its `/spec` and its source at 1.9 have it; and its own server, 1.9.6 from the registry, with
//! an engine that turns words around (`libretranslate_server.py`).

use std::sync::LazyLock;

use serde_json::{Value, json};
use wiremock::{Request, Respond, ResponseTemplate};

use chancery::translate::Remedy;

use super::*;
use crate::server::Server;

/// The double: `en`, `es`, `pt-BR` and `zh-Hans`, 5,000 characters for each text, a key where one is set.
struct Double {
    key: Option<&'static str>,
}

impl Respond for Double {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        match (request.method.as_str(), request.url.path()) {
            ("GET", "/languages") => ResponseTemplate::new(200).set_body_json(json!([
                { "code": "en", "name": "English", "targets": ["en", "es", "pt-BR"] },
                { "code": "es", "name": "Spanish", "targets": ["en", "es"] },
            ])),
            ("POST", "/translate") => self.translate(&request.body_json().expect("JSON")),
            _ => ResponseTemplate::new(404).set_body_json(json!({ "error": "Not found" })),
        }
    }
}

impl Double {
    fn translate(&self, body: &Value) -> ResponseTemplate {
        let refused = |status, error: &str| ResponseTemplate::new(status).set_body_json(json!({ "error": error }));
        if body["api_key"].as_str() != self.key {
            return refused(403, "Invalid API key");
        }
        let known = |code: &str| ["en", "es", "pt-BR", "zh-Hans"].contains(&code);
        if let Some(unknown) = ["source", "target"].iter().filter_map(|key| body[key].as_str()).find(|it| !known(it)) {
            return refused(400, &format!("{unknown} is not supported"));
        }
        let texts: Vec<&str> = body["q"].as_array().expect("texts").iter().filter_map(Value::as_str).collect();
        if texts.iter().any(|text| text.chars().count() > 5000) {
            return refused(400, "Invalid request: request (5001) exceeds text limit (5000)");
        }
        if texts.contains(&"Break.") {
            return refused(500, "Cannot translate text: bad answer: the answer is empty");
        }
        let translated: Vec<String> = texts.iter().map(|text| said(text)).collect();
        ResponseTemplate::new(200).set_body_json(json!({ "translatedText": translated }))
    }
}

pub(crate) fn subjects() -> Vec<Subject> {
    let url = serve(Double { key: None });
    vec![subject("libretranslate", &format!("url = '{url}'"), ("en", "es"), ENGLISH)]
}

#[test]
fn its_refusals_are_understood() {
    let backend = opened("libretranslate", &format!("url = '{}'", serve(Double { key: Some("k") })));
    let (kind, said) = trouble(ask(&*backend, "es", &["A word."]));
    assert_eq!(kind, Trouble::Auth);
    assert!(said.contains("Invalid API key") && said.contains("look at the key"), "{said}");
    let backend = opened("libretranslate", &format!("url = '{}'", serve(Double { key: None })));
    assert_eq!(trouble(ask(&*backend, "es", &["x".repeat(6000).as_str()])).0, Trouble::TooLarge);
    let (kind, said) = trouble(ask(&*backend, "ru", &["A word."]));
    assert_eq!(kind, Trouble::Pair);
    assert!(said.contains("lacks a model"), "{said}");
}

#[test]
fn a_text_that_it_translates_wrongly_is_parted_from_the_others() {
    let (kind, said) = trouble(ask(&*opened("libretranslate", &double()), "es", &["A word.", "Break."]));
    assert_eq!((kind, kind.remedy()), (Trouble::Declined, Remedy::Item));
    assert!(said.contains("the answer is empty"), "{said}");
}

#[test]
fn it_lists_its_pairs() {
    let backend = opened("libretranslate", &format!("url = '{}'", serve(Double { key: None })));
    let pairs: Vec<String> =
        probe(&*backend).expect("an answer").pairs.expect("a list").iter().map(ToString::to_string).collect();
    assert_eq!(pairs, ["en-es", "en-pt-BR", "es-en"]);
}

#[test]
fn an_open_variant_is_refused() {
    let backend = opened("libretranslate", "url = 'http://localhost:1'");
    let why = backend.unsettled(lang("pt")).expect("it is open");
    assert!(why.contains("pt-BR or pt-PT"), "{why}");
    assert!(not_opened("libretranslate", "").contains("`url` is missing"));
}

/// LibreTranslate's own server, started once where `make tools` has installed it.
static REAL: LazyLock<Option<Server>> = LazyLock::new(|| {
    let python = std::env::var("CHANCERY_TEST_PYTHON").ok();
    assert!(
        python.is_some() || std::env::var_os("CI").is_none(),
        "CHANCERY_TEST_PYTHON names nothing: run `make tools`"
    );
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/services/libretranslate_server.py");
    let limits = ["--char-limit", "200", "--batch-limit", "3"];
    let arguments = [&[script, "--host", "127.0.0.1", "--port", "PORT", "--disable-web-ui"][..], &limits].concat();
    python.map(|python| Server::start(&python, &arguments))
});

fn real() -> Option<Box<dyn Backend>> {
    REAL.as_ref().map(|server| opened("libretranslate", &format!("url = '{}'", server.url)))
}

#[test]
fn the_real_server_translates_in_order() {
    let Some(backend) = real() else { return };
    let texts = ["The minister spoke.", "Talks began in Geneva.", "Write to press@un.org about the £10 million."];
    for target in ["es", "pt-BR", "zh-Hans"] {
        let drafts = ask(&*backend, target, &texts).and_then(Answer::whole).expect("drafts");
        // It capitalises a draft and gives it the full stop of its source.
        let told: Vec<&str> = drafts.iter().map(|draft| draft.text.split(' ').next().expect("a word")).collect();
        assert_eq!(told, ["Spoke.", "Geneva.", "Million."]);
    }
}

#[test]
fn the_real_server_refuses_as_the_double_does() {
    let Some(backend) = real() else { return };
    let (kind, said) = trouble(ask(&*backend, "ru", &["A word."]));
    assert_eq!(kind, trouble(ask(&*opened("libretranslate", &double()), "ru", &["A word."])).0);
    assert!(said.contains("ru is not supported"), "{said}");
    assert_eq!(trouble(ask(&*backend, "es", &["x".repeat(201).as_str()])).0, Trouble::TooLarge);
    assert_eq!(trouble(ask(&*backend, "es", &["one"; 4])).0, Trouble::TooLarge);
}

#[test]
fn the_real_server_lists_its_pairs() {
    let Some(backend) = real() else { return };
    let pairs: Vec<String> =
        probe(&*backend).expect("an answer").pairs.expect("a list").iter().map(ToString::to_string).collect();
    assert_eq!(pairs, ["en-es", "en-pt-BR", "en-zh-Hans", "es-en"]);
}

fn double() -> String {
    format!("url = '{}'", serve(Double { key: None }))
}
