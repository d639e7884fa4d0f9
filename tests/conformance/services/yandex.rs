//! Yandex Cloud's Translate API v2, as its reference has it; errors as `google.rpc.Status`.

use std::sync::{Arc, Mutex};

use chancery::model::{MatchHow, Pair, Rendering, TermHit, TermStatus};
use serde_json::{Value, json};
use wiremock::{Request, Respond, ResponseTemplate};

use super::*;

/// The double, the scheme of its keys, and what it was asked.
#[derive(Clone)]
struct Server {
    scheme: &'static str,
    asked: Arc<Mutex<Vec<Value>>>,
}

impl Default for Server {
    fn default() -> Self {
        Self { scheme: "Api-Key", asked: Arc::default() }
    }
}

fn error(status: u16, code: i32, message: &str) -> ResponseTemplate {
    let id = json!({ "@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": "e38e71c3" });
    ResponseTemplate::new(status).set_body_json(json!({ "code": code, "message": message, "details": [id] }))
}

impl Respond for Server {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        // A variable that is set wherever tests run serves as the key.
        let key = format!("{} {}", self.scheme, env!("CARGO_PKG_NAME"));
        if request.headers.get("authorization").is_none_or(|own| own.as_bytes() != key.as_bytes()) {
            return error(401, 16, "Token is invalid or has expired.");
        }
        let body: Value = request.body_json().expect("JSON");
        self.asked.lock().expect("a list").push(body.clone());
        match (request.method.as_str(), request.url.path()) {
            ("POST", "/translate/v2/translate") => translate(&body),
            ("POST", "/translate/v2/languages") => ResponseTemplate::new(200).set_body_json(json!({ "languages": [
                { "code": "en", "name": "English" }, { "code": "ru", "name": "русский" }, { "code": "emj" },
            ] })),
            _ => error(404, 12, "Method not found"),
        }
    }
}

fn translate(body: &Value) -> ResponseTemplate {
    let texts: Vec<&str> = body["texts"].as_array().expect("texts").iter().filter_map(Value::as_str).collect();
    if texts.iter().map(|text| text.chars().count()).sum::<usize>() > 10_000 {
        return error(400, 3, "texts: total length must be not greater than 10000");
    }
    if body["folderId"].as_str().is_some_and(|folder| folder != "b1g") {
        return error(403, 7, "Permission to [resource-manager.folder x, ai.translate.user] denied");
    }
    let known = |code: &Value| ["en", "es", "ru", "zh"].contains(&code.as_str().unwrap_or_default());
    if !known(&body["targetLanguageCode"]) || !known(&body["sourceLanguageCode"]) {
        return error(400, 3, "unsupported target_language_code");
    }
    let none = Vec::new();
    let terms = body["glossaryConfig"]["glossaryData"]["glossaryPairs"].as_array().unwrap_or(&none);
    if terms.len() > 50 || (body["glossaryConfig"].is_object() && terms.is_empty()) {
        return error(400, 3, "glossary_pairs: wrong number of elements");
    }
    let said = |text: &&str| {
        let termed = terms.iter().fold((*text).to_owned(), |text, term| {
            text.replace(term["sourceText"].as_str().expect("a term"), term["translatedText"].as_str().expect("a term"))
        });
        let said = if body["format"] == "HTML" { said_marked(&termed) } else { said(&termed) };
        json!({ "text": said, "detectedLanguageCode": "en" })
    };
    ResponseTemplate::new(200).set_body_json(json!({ "translations": texts.iter().map(said).collect::<Vec<_>>() }))
}

fn open_at(url: &str, more: &str) -> Box<dyn Backend> {
    opened("yandex", &format!("url = '{url}'\nkey_env = 'CARGO_PKG_NAME'\n{more}"))
}

pub(crate) fn subjects() -> Vec<Subject> {
    let toml = format!("url = '{}'\nkey_env = 'CARGO_PKG_NAME'", serve(Server::default()));
    let untranslated = Pair { source: lang("vo"), target: lang("ie") };
    vec![Subject { untranslated, ..subject("yandex", &toml, ("en", "es"), ENGLISH) }]
}

/// A batch of one text with one term in it, where `kept` stays.
fn batch(target: &str, kept: Option<Range<usize>>) -> Batch {
    let hit = TermHit {
        concept: "envoy".to_owned(),
        term: "special envoy".to_owned(),
        status: TermStatus::Preferred,
        range: 4..17,
        how: MatchHow::Exact,
        pos: Some("noun".to_owned()),
        mandatory: true,
        dnt: false,
        not: Vec::new(),
        renderings: vec![Rendering { term: "спецпосланник".to_owned(), ..Rendering::default() }],
        note: None,
    };
    let (terms, kept) = if kept.is_some() { (vec![], kept.into_iter().collect()) } else { (vec![hit], vec![]) };
    let input = Input { text: "The special envoy left.".to_owned(), terms, kept, ..Input::default() };
    Batch { pair: Pair { source: lang("en"), target: lang(target) }, texts: vec![input] }
}

#[track_caller]
fn draft(backend: &dyn Backend, batch: &Batch) -> String {
    runtime().block_on(backend.translate(batch)).and_then(Answer::whole).expect("a draft").remove(0).text
}

#[test]
fn terms_go_with_the_texts() {
    let server = Server::default();
    let asked = server.asked.clone();
    let backend = open_at(&serve(server), "folder = 'b1g'\nmodel = 'general'");
    assert_eq!(draft(&*backend, &batch("ru", None)), "left. спецпосланник The");
    let wanted = json!({
        "folderId": "b1g", "texts": ["The special envoy left."], "sourceLanguageCode": "en", "targetLanguageCode": "ru",
        "format": "PLAIN_TEXT", "model": "general",
        "glossaryConfig": { "glossaryData": { "glossaryPairs": [
            { "sourceText": "special envoy", "translatedText": "спецпосланник" },
        ] } },
    });
    assert_eq!(asked.lock().expect("a list")[0], wanted);
    let without = open_at("http://localhost:1", "glossary = false");
    assert_eq!(without.capability().terms.heeds, chancery::translate::Heeds::Nothing);
    assert_ne!(without.fingerprint(batch("ru", None).pair), backend.fingerprint(batch("ru", None).pair));
}

#[test]
fn what_is_kept_comes_through() {
    let backend = open_at(&serve(Server::default()), "");
    let batch = batch("es", Some(4..17));
    assert_eq!(draft(&*backend, &batch), "left. special envoy The");
    assert_eq!(backend.charge(&batch).characters, 51);
}

#[test]
fn either_kind_of_key_is_sent_as_such() {
    let url = serve(Server { scheme: "Bearer", ..Server::default() });
    assert_eq!(draft(&*open_at(&url, "auth = 'iam_token'"), &batch("es", None)), "left. спецпосланник The");
    let (kind, said) = trouble(ask(&*open_at(&url, ""), "es", &["A word."]));
    assert_eq!(kind, Trouble::Auth);
    assert!(said.contains("Token is invalid") && said.contains("look at the key"), "{said}");
    assert!(not_opened("yandex", "key_env = 'CHANCERY_UNSET_KEY'").contains("CHANCERY_UNSET_KEY is not set"));
}

#[test]
fn its_refusals_are_understood() {
    let url = serve(Server::default());
    assert_eq!(trouble(ask(&*open_at(&url, ""), "es", &["x".repeat(10_001).as_str()])).0, Trouble::TooLarge);
    assert_eq!(trouble(ask(&*open_at(&url, ""), "de", &["A word."])).0, Trouble::Pair);
    assert_eq!(trouble(ask(&*open_at(&url, "folder = 'x'"), "es", &["A word."])).0, Trouble::Auth);
}

#[track_caller]
fn means(status: u16, code: i32, trouble_wanted: Trouble) {
    let backend = open_at(&serve(error(status, code, "")), "");
    assert_eq!(trouble(ask(&*backend, "es", &["A word."])).0, trouble_wanted, "{code}");
}

#[test]
fn what_passes_is_told_from_what_stays() {
    means(429, 8, Trouble::Limited);
    means(503, 14, Trouble::Overloaded);
    means(504, 4, Trouble::Overloaded);
    means(409, 10, Trouble::Overloaded);
    means(404, 5, Trouble::Settings);
    means(501, 12, Trouble::Address);
    means(400, 3, Trouble::Refused);
}

#[test]
fn it_lists_its_pairs_and_which_take_terms() {
    let probe = probe(&*open_at(&serve(Server::default()), "")).expect("an answer");
    let pairs: Vec<String> = probe.pairs.expect("a list").iter().map(ToString::to_string).collect();
    assert_eq!(
        (pairs, probe.says.as_str()),
        (vec!["en-ru".into(), "ru-en".into()], "3 languages; 2 pairs take a glossary")
    );
}
