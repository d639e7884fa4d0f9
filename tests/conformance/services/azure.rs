//! Azure Translator in both versions of its API, as its documents of 2026 have them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use chancery::model::{MatchHow, Pair, Rendering, TermHit, TermStatus, Usage};
use serde_json::{Value, json};
use wiremock::{Request, Respond, ResponseTemplate};

use super::*;

/// The double, and the bodies that it was asked with.
#[derive(Clone, Default)]
struct Server(Arc<Mutex<Vec<Value>>>);

fn error(status: u16, code: &Value, message: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({ "error": { "code": code, "message": message } }))
}

/// A text to be translated: it, whether it is HTML, and the languages.
struct Asked {
    text: String,
    html: bool,
    pair: (String, String),
}

impl Respond for Server {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let query: BTreeMap<String, String> = request.url.query_pairs().into_owned().collect();
        let version = query.get("api-version").map(String::as_str);
        match (request.method.as_str(), request.url.path(), version) {
            // It needs no key.
            ("GET", "/languages", Some("2026-06-06" | "3.0")) => {
                let language = json!({ "name": "A language", "nativeName": "A language", "dir": "ltr", "models": [] });
                let translation = json!({ "en": language, "pt": language, "zh-Hant": language, "xx": language });
                ResponseTemplate::new(200).set_body_json(json!({ "translation": translation }))
            }
            ("POST", "/translate", Some(version @ ("2026-06-06" | "3.0"))) => self.checked(request, version, &query),
            _ => error(400, &json!(400_021), "The API version parameter is missing or invalid."),
        }
    }
}

impl Server {
    fn checked(&self, request: &Request, version: &str, query: &BTreeMap<String, String>) -> ResponseTemplate {
        let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
        // Variables that are set wherever tests run serve as the key and as a token.
        let key = header("ocp-apim-subscription-key") == Some(env!("CARGO_PKG_NAME"));
        let token = header("authorization") == Some(concat!("Bearer ", env!("CARGO_PKG_NAME")))
            && header("ocp-apim-resourceid") == Some("/subscriptions/1/accounts/press");
        if !(key || token) || header("ocp-apim-subscription-region") != Some("westeurope") {
            let message = "The request is not authorized because credentials are missing or invalid.";
            return error(401, &json!(401_000), message);
        }
        let body: Value = request.body_json().expect("JSON");
        self.0.lock().expect("a list").push(body.clone());
        let asked = if version == "3.0" { texts_3(&body, query) } else { texts_2026(&body) };
        match asked {
            Some(asked) => translate(&asked, version),
            None => error(400, &json!("400000"), "One of the request inputs is not valid."),
        }
    }
}

fn texts_2026(body: &Value) -> Option<Vec<Asked>> {
    let one = |input: &Value| {
        let [target] = &input["targets"].as_array()?[..] else { return None };
        let known = ["language", "deploymentName", "tone", "gender"];
        let pair = (input["language"].as_str()?.to_owned(), target["language"].as_str()?.to_owned());
        let html = input["textType"] == "html";
        let text = input["text"].as_str()?.to_owned();
        target.as_object()?.keys().all(|key| known.contains(&key.as_str())).then_some(Asked { text, html, pair })
    };
    body["inputs"].as_array()?.iter().map(one).collect()
}

fn texts_3(body: &Value, query: &BTreeMap<String, String>) -> Option<Vec<Asked>> {
    let pair = (query.get("from")?.clone(), query.get("to")?.clone());
    let html = query.get("textType").is_some_and(|kind| kind == "html");
    let one = |input: &Value| Some(Asked { text: input["Text"].as_str()?.to_owned(), html, pair: pair.clone() });
    body.as_array()?.iter().map(one).collect()
}

fn translate(asked: &[Asked], version: &str) -> ResponseTemplate {
    if asked.len() > 1000 {
        return error(400, &json!(400_072), "The array of input text has too many elements.");
    }
    let characters: usize = asked.iter().map(|one| one.text.chars().count()).sum();
    if characters > 50_000 {
        return error(400, &json!(400_077), "The maximum request size has been exceeded.");
    }
    if asked.iter().any(|one| !["es", "de", "pt", "pt-pt"].contains(&one.pair.1.as_str())) {
        return error(400, &json!(400_036), "The target language is not valid.");
    }
    let one = |one: &Asked| {
        let text = if one.html { said_marked(&rendered(one)) } else { said(&one.text) };
        match version {
            "3.0" => json!({ "translations": [{ "text": text, "to": one.pair.1 }] }),
            _ => json!({ "translations": [{
                "text": text, "language": one.pair.1, "sourceCharacters": one.text.chars().count(),
            }] }),
        }
    };
    let items: Vec<Value> = asked.iter().map(one).collect();
    let body = if version == "3.0" { json!(items) } else { json!({ "value": items }) };
    ResponseTemplate::new(200).insert_header("x-metered-usage", characters.to_string()).set_body_json(body)
}

/// The text with each entry of the dictionary in place of its phrase, where one side is English.
fn rendered(asked: &Asked) -> String {
    assert!(asked.pair.0 == "en" || asked.pair.1 == "en", "the dictionary wants English on one side");
    let mut text = asked.text.clone();
    while let Some((before, rest)) = text.split_once("<mstrans:dictionary translation=\"") {
        let (rendering, rest) = rest.split_once("\">").expect("the end of a tag");
        let (_, after) = rest.split_once("</mstrans:dictionary>").expect("an end tag");
        text = format!("{before}{rendering}{after}");
    }
    text
}

const KEYS: &str = "key_env = 'CARGO_PKG_NAME'\nregion = 'westeurope'";

fn open_at(url: &str, more: &str) -> Box<dyn Backend> {
    opened("azure", &format!("url = '{url}'\n{KEYS}\n{more}"))
}

pub(crate) fn subjects() -> Vec<Subject> {
    let url = serve(Server::default());
    let untranslated = Pair { source: lang("vo"), target: lang("ie") };
    let subject = |version: &str| {
        let toml = format!("url = '{url}'\n{KEYS}\napi = '{version}'");
        Subject { untranslated, ..subject("azure", &toml, ("en", "es"), ENGLISH) }
    };
    vec![subject("2026-06-06"), subject("3.0")]
}

/// English texts into German: one with a term, one with a part that stays, one with neither.
fn batch() -> Batch {
    let hit = TermHit {
        concept: "unsc".to_owned(),
        term: "Security Council".to_owned(),
        status: TermStatus::Preferred,
        range: 4..20,
        how: MatchHow::Exact,
        pos: Some("noun".to_owned()),
        mandatory: true,
        dnt: false,
        not: Vec::new(),
        renderings: vec![Rendering { term: "UN-Sicherheitsrat".to_owned(), ..Rendering::default() }],
        note: None,
    };
    let termed = Input { text: "The Security Council met.".to_owned(), terms: vec![hit], ..Input::default() };
    let kept = Input { text: "The X1X met.".to_owned(), kept: std::iter::once(4..7).collect(), ..Input::default() };
    let plain = Input { text: "R&D met.".to_owned(), ..Input::default() };
    Batch { pair: Pair { source: lang("en"), target: lang("de") }, texts: vec![termed, kept, plain] }
}

/// What comes of the batch, what it was charged, and what was sent.
fn asked(more: &str) -> (Vec<String>, Usage, Value) {
    let server = Server::default();
    let backend = open_at(&serve(server.clone()), more);
    let answer = runtime().block_on(backend.translate(&batch())).expect("an answer");
    let used = answer.used.expect("what was charged");
    assert_eq!(backend.charge(&batch()), used);
    let texts = answer.whole().expect("drafts").into_iter().map(|draft| draft.text).collect();
    let body = server.0.lock().expect("a list")[0].clone();
    (texts, used, body)
}

const TERMED: &str =
    "The <mstrans:dictionary translation=\"UN-Sicherheitsrat\">Security Council</mstrans:dictionary> met.";
const KEPT: &str = "The <span class=\"notranslate\">X1X</span> met.";
const DRAFTS: &[&str] = &["met. UN-Sicherheitsrat The", "met. X1X The", "met. R&D"];

#[test]
fn terms_and_what_is_kept_go_in_tags() {
    let (texts, used, body) = asked("");
    assert_eq!(texts, DRAFTS);
    assert_eq!(used.characters, (TERMED.len() + KEPT.len() + 8) as u64);
    let input = |text: &str, kind: &str| json!({ "text": text, "language": "en", "textType": kind, "targets": [{ "language": "de" }] });
    assert_eq!(body, json!({ "inputs": [input(TERMED, "html"), input(KEPT, "html"), input("R&D met.", "plain")] }));
}

#[test]
fn the_version_before_has_one_type_for_all_texts() {
    let (texts, used, body) = asked("api = '3.0'");
    assert_eq!(texts, DRAFTS);
    assert_eq!(used.characters, (TERMED.len() + KEPT.len() + 12) as u64);
    assert_eq!(body, json!([{ "Text": TERMED }, { "Text": KEPT }, { "Text": "R&amp;D met." }]));
    let why = not_opened("azure", &format!("{KEYS}\napi = '3.0'\ntone = 'formal'"));
    assert!(why.contains("`tone` and `gender` need api"), "{why}");
}

#[test]
fn a_language_model_is_asked_for_by_its_deployment() {
    let server = Server::default();
    let more = "deployment = 'press-gpt'\ntone = 'formal'\ngender = 'neutral'";
    let backend = open_at(&serve(server.clone()), more);
    ask(&*backend, "pt-PT", &["A word."]).expect("a draft");
    let target = json!({ "language": "pt-pt", "deploymentName": "press-gpt", "tone": "formal", "gender": "neutral" });
    assert_eq!(server.0.lock().expect("a list")[0]["inputs"][0]["targets"], json!([target]));
    let answer = json!({ "value": [{ "translations": [{
        "text": "Uma palavra.", "language": "pt-pt", "instructionTokens": 12, "sourceTokens": 4, "targetTokens": 5,
    }] }] });
    let backend = open_at(&serve(ResponseTemplate::new(200).set_body_json(answer)), more);
    let used = ask(&*backend, "pt-PT", &["A word."]).expect("a draft").used;
    assert_eq!(used, Some(Usage { requests: 1, characters: 0, input_tokens: 16, output_tokens: 5 }));
}

#[test]
fn a_token_goes_with_its_resource() {
    let url = serve(Server::default());
    let token = "auth = 'token'\nresource_id = '/subscriptions/1/accounts/press'";
    assert!(ask(&*open_at(&url, token), "es", &["A word."]).is_ok());
    let (kind, said) = trouble(ask(&*open_at(&url, "auth = 'token'"), "es", &["A word."]));
    assert_eq!(kind, Trouble::Auth);
    assert!(said.contains("credentials are missing or invalid") && said.contains("look at the key"), "{said}");
    assert!(not_opened("azure", "key_env = 'CHANCERY_UNSET_KEY'").contains("CHANCERY_UNSET_KEY is not set"));
}

#[test]
fn its_limits_and_languages_are_told() {
    let backend = open_at(&serve(Server::default()), "");
    assert_eq!(trouble(ask(&*backend, "es", &["x".repeat(50_001).as_str()])).0, Trouble::TooLarge);
    assert_eq!(trouble(ask(&*backend, "es", &["A."; 1001])).0, Trouble::TooLarge);
    let (kind, said) = trouble(ask(&*backend, "ru", &["A word."]));
    assert_eq!(kind, Trouble::Pair);
    assert!(said.contains("400036 The target language is not valid"), "{said}");
}

#[track_caller]
fn means(status: u16, code: &Value, message: &str, wanted: Trouble) {
    let backend = open_at(&serve(error(status, code, message)), "");
    assert_eq!(trouble(ask(&*backend, "es", &["A word."])).0, wanted, "{code}");
}

#[test]
fn what_passes_is_told_from_what_stays() {
    let free = "The operation isn't allowed because the subscription has exceeded its free quota.";
    means(403, &json!(403_001), free, Trouble::Quota);
    means(403, &json!("403"), "Out of call volume quota. Quota will be replenished in 3 days.", Trouble::Quota);
    means(403, &json!(403_000), "The operation isn't allowed.", Trouble::Auth);
    means(401, &json!("401"), "Access denied due to invalid subscription key.", Trouble::Auth);
    means(429, &json!(429_001), "The client exceeded request limits.", Trouble::Limited);
    means(408, &json!(408_001), "The translation system requested is being prepared.", Trouble::Overloaded);
    means(503, &json!(503_000), "Service is temporarily unavailable.", Trouble::Overloaded);
    means(400, &json!(400_079), "The custom system requested doesn't exist.", Trouble::Settings);
    means(400, &json!(400_074), "The body of the request isn't valid JSON.", Trouble::Refused);
}

#[test]
fn how_long_to_wait_is_heeded() {
    let busy = error(429, &json!(429_000), "The client exceeded request limits.").insert_header("Retry-After", "17");
    let Err(Error::Service { after, .. }) = ask(&*open_at(&serve(busy), ""), "es", &["A word."]) else {
        panic!("it is refused")
    };
    assert_eq!(after, Some(std::time::Duration::from_secs(17)));
}

#[test]
fn it_lists_its_languages_and_says_what_that_does_not_tell() {
    let probe = probe(&*open_at(&serve(Server::default()), "")).expect("an answer");
    let pairs: Vec<String> = probe.pairs.expect("a list").iter().map(ToString::to_string).collect();
    assert_eq!(pairs, ["en-pt-BR", "en-zh-Hant", "pt-BR-en", "pt-BR-zh-Hant", "zh-Hant-en", "zh-Hant-pt-BR"]);
    assert!(probe.says.contains("4 languages") && probe.says.contains("without a key"), "{}", probe.says);
}
