//! LibreTranslate's interface, as its `/spec` and its source at 1.9 have it.

use serde_json::{Value, json};
use wiremock::{Request, Respond, ResponseTemplate};

use super::*;

/// The double: `en`, `es`, `pt-BR` and `zh-Hans`, 5,000 characters for each text, a key where one is set.
struct Server {
    key: Option<&'static str>,
}

impl Respond for Server {
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

impl Server {
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
        let translated: Vec<String> = texts.iter().map(|text| said(text)).collect();
        ResponseTemplate::new(200).set_body_json(json!({ "translatedText": translated }))
    }
}

pub(crate) fn subjects() -> Vec<Subject> {
    let url = serve(Server { key: None });
    vec![subject("libretranslate", &format!("url = '{url}'"), ("en", "es"), ENGLISH)]
}

#[test]
fn its_refusals_are_understood() {
    let backend = opened("libretranslate", &format!("url = '{}'", serve(Server { key: Some("k") })));
    let (kind, said) = trouble(ask(&*backend, "es", &["A word."]));
    assert_eq!(kind, Trouble::Auth);
    assert!(said.contains("Invalid API key") && said.contains("look at the key"), "{said}");
    let backend = opened("libretranslate", &format!("url = '{}'", serve(Server { key: None })));
    assert_eq!(trouble(ask(&*backend, "es", &["x".repeat(6000).as_str()])).0, Trouble::TooLarge);
    let (kind, said) = trouble(ask(&*backend, "ru", &["A word."]));
    assert_eq!(kind, Trouble::Pair);
    assert!(said.contains("lacks a model"), "{said}");
}

#[test]
fn it_lists_its_pairs() {
    let backend = opened("libretranslate", &format!("url = '{}'", serve(Server { key: None })));
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
