//! ModernMT's interface, as its library `modernmt` 1.5 has it.

use std::sync::{Arc, Mutex};

use chancery::model::Usage;
use serde_json::{Value, json};
use wiremock::{Request, Respond, ResponseTemplate};

use super::*;

/// The double, and what it was asked.
#[derive(Clone, Default)]
struct Server(Arc<Mutex<Vec<Value>>>);

fn error(status: u16, kind: &str, message: &str) -> ResponseTemplate {
    let error = json!({ "type": kind, "message": message });
    ResponseTemplate::new(status).set_body_json(json!({ "status": status, "error": error }))
}

fn answer(data: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({ "status": 200, "data": data }))
}

impl Respond for Server {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
        // A variable that is set wherever tests run serves as the key.
        if header("mmt-apikey") != Some(env!("CARGO_PKG_NAME")) {
            return error(401, "AuthenticationException", "Invalid API key");
        }
        if (request.method.as_str(), header("x-http-method-override")) != ("POST", Some("GET")) {
            return error(405, "MethodNotAllowedException", "Method not allowed");
        }
        match request.url.path() {
            "/translate" => self.translate(request.body_json().expect("JSON")),
            "/translate/languages" => answer(&json!(["en", "zh-TW", "pt-BR", "xx"])),
            "/users/me" => answer(&json!({ "id": 7, "billingPeriod": { "chars": 1200, "plan": "professional" } })),
            _ => error(404, "NotFoundException", "Not found"),
        }
    }
}

impl Server {
    fn translate(&self, body: Value) -> ResponseTemplate {
        let texts: Vec<String> = serde_json::from_value(body["q"].clone()).expect("texts");
        if texts.len() > 128 {
            return error(413, "ContentTooLargeException", "Too many texts");
        }
        if !["en", "es", "pt-BR"].contains(&body["target"].as_str().unwrap_or_default()) {
            return error(400, "InvalidLanguageException", "The target language is not supported");
        }
        self.0.lock().expect("a list").push(body);
        let said = |text: &String| {
            let characters = text.chars().count();
            json!({ "translation": said(text), "characters": characters, "billedCharacters": characters })
        };
        answer(&texts.iter().map(said).collect())
    }
}

fn open_at(url: &str, more: &str) -> Box<dyn Backend> {
    opened("modernmt", &format!("url = '{url}'\nkey_env = 'CARGO_PKG_NAME'\n{more}"))
}

pub(crate) fn subjects() -> Vec<Subject> {
    let toml = format!("url = '{}'\nkey_env = 'CARGO_PKG_NAME'", serve(Server::default()));
    vec![subject("modernmt", &toml, ("en", "es"), ENGLISH)]
}

#[test]
fn texts_go_with_the_settings_and_what_is_charged_comes_back() {
    let server = Server::default();
    let settings = "hints = [3, 17]\nglossaries = [5]\nignore_glossary_case = true\ncontext_vector = '3:0.4'";
    let backend = open_at(&serve(server.clone()), settings);
    let answer = ask(&*backend, "pt-BR", &["A word.", "Two words."]).expect("drafts");
    assert_eq!(answer.used, Some(Usage { requests: 1, characters: 17, ..Usage::default() }));
    let wanted = json!({
        "source": "en", "target": "pt-BR", "q": ["A word.", "Two words."], "format": "text/plain", "hints": "3,17",
        "glossaries": "5", "ignore_glossary_case": true, "context_vector": "3:0.4",
    });
    assert_eq!(server.0.lock().expect("a list")[0], wanted);
    let plain = open_at(&serve(server.clone()), "");
    ask(&*plain, "es", &["A word."]).expect("a draft");
    let wanted = json!({ "source": "en", "target": "es", "q": ["A word."], "format": "text/plain" });
    assert_eq!(server.0.lock().expect("a list")[1], wanted);
}

#[test]
fn its_refusals_are_understood() {
    let url = serve(Server::default());
    let (kind, said) = trouble(ask(&*open_at(&url, ""), "ru", &["A word."]));
    assert_eq!(kind, Trouble::Pair);
    assert!(said.contains("InvalidLanguageException: The target language is not supported"), "{said}");
    assert_eq!(trouble(ask(&*open_at(&url, ""), "es", &["A."; 129])).0, Trouble::TooLarge);
    let wrong = opened("modernmt", &format!("url = '{url}'\nkey_env = 'CARGO_PKG_LICENSE'"));
    let (kind, said) = trouble(ask(&*wrong, "es", &["A word."]));
    assert_eq!(kind, Trouble::Auth);
    assert!(said.contains("Invalid API key") && !said.contains(env!("CARGO_PKG_LICENSE")), "{said}");
    assert!(not_opened("modernmt", "key_env = 'CHANCERY_UNSET_KEY'").contains("CHANCERY_UNSET_KEY is not set"));
}

#[track_caller]
fn means(status: u16, message: &str, wanted: Trouble) {
    let backend = open_at(&serve(error(status, "SomeException", message)), "");
    assert_eq!(trouble(ask(&*backend, "es", &["A word."])).0, wanted, "{message}");
}

#[test]
fn what_passes_is_told_from_what_stays() {
    means(429, "Too many requests", Trouble::Limited);
    means(402, "Payment required", Trouble::Quota);
    means(403, "The quota of your plan is exceeded", Trouble::Quota);
    means(403, "Forbidden", Trouble::Auth);
    means(400, "Parameter `source` is missing", Trouble::Refused);
    means(404, "Glossary not found", Trouble::Settings);
    means(500, "Internal error", Trouble::Overloaded);
    means(504, "Timeout", Trouble::Overloaded);
}

#[test]
fn it_says_what_is_used_and_lists_its_pairs() {
    let probe = probe(&*open_at(&serve(Server::default()), "")).expect("an answer");
    let pairs: Vec<String> = probe.pairs.expect("a list").iter().map(ToString::to_string).collect();
    assert_eq!(pairs, ["en-zh-Hant", "en-pt-BR", "zh-Hant-en", "zh-Hant-pt-BR", "pt-BR-en", "pt-BR-zh-Hant"]);
    assert_eq!(probe.says, "1200 characters used in this period of the plan professional");
}
