//! MTranServer's interface, as its API document and its sources at 4.0 have it.

use chancery::model::Pair;
use serde_json::{Value, json};
use wiremock::{Request, Respond, ResponseTemplate};

use super::*;

/// The double: a token where one is set, and no models but of `en`, `es` and `zh-Hans`.
struct Server {
    token: Option<&'static str>,
}

impl Respond for Server {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let path = (request.method.as_str(), request.url.path());
        if path == ("GET", "/version") {
            return ResponseTemplate::new(200).set_body_json(json!({ "version": "4.0.28" }));
        }
        let sent = request.headers.get("authorization").and_then(|it| it.to_str().ok());
        if self.token.is_some() && sent.map(|sent| sent.trim_start_matches("Bearer ")) != self.token {
            return ResponseTemplate::new(401).set_body_json(json!({ "error": "Unauthorized" }));
        }
        match path {
            ("GET", "/languages") => ResponseTemplate::new(200).set_body_json(json!({
                "languages": ["en", "es", "zh-Hans"],
                "pairs": ["en-es", "es-en", "en-zh-Hans", "zh-Hans-en"],
            })),
            ("POST", "/translate/batch") => translate(&request.body_json().expect("JSON")),
            _ => ResponseTemplate::new(404).set_body_string("404"),
        }
    }
}

fn translate(body: &Value) -> ResponseTemplate {
    let code = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
    let (from, to) = (code("from"), code("to"));
    let Some(texts) = body["texts"].as_array() else {
        return ResponseTemplate::new(400)
            .set_body_json(json!({ "error": "Missing required fields: from, to, texts (array)" }));
    };
    assert_eq!(body["html"], json!(false));
    if ![&from, &to].iter().all(|code| ["en", "es", "zh-Hans"].contains(&code.as_str())) {
        let error = format!("Translation failed at index 0: Error: No model found for {from} -> {to}");
        return ResponseTemplate::new(500).set_body_json(json!({ "error": error }));
    }
    let results: Vec<String> = texts.iter().filter_map(Value::as_str).map(said).collect();
    ResponseTemplate::new(200).set_body_json(json!({ "results": results }))
}

pub(crate) fn subjects() -> Vec<Subject> {
    let url = serve(Server { token: None });
    vec![subject("mtranserver", &format!("url = '{url}'"), ("en", "es"), ENGLISH)]
}

/// A server that always answers the same.
struct Fixed(u16, Value);

impl Respond for Fixed {
    fn respond(&self, _: &Request) -> ResponseTemplate {
        ResponseTemplate::new(self.0).set_body_json(&self.1)
    }
}

#[track_caller]
fn troubles(backend: &dyn Backend, target: &str, wanted: Trouble, words: &str) {
    let (kind, said) = trouble(ask(backend, target, &["A word."]));
    assert_eq!(kind, wanted, "{said}");
    assert!(said.contains(words), "{said}");
}

#[test]
fn its_refusals_are_understood() {
    let at = |server: Server| opened("mtranserver", &format!("url = '{}'", serve(server)));
    troubles(&*at(Server { token: Some("t") }), "es", Trouble::Auth, "look at the key");
    troubles(&*at(Server { token: None }), "ru", Trouble::Pair, "No model found for en -> ru");
    let fixed = |status, body| opened("mtranserver", &format!("url = '{}'", serve(Fixed(status, body))));
    // Version 4 words all that it throws so.
    let fault = |message: &str| json!({ "error": "Internal Server Error", "message": message, "requestId": "r1" });
    troubles(&*fixed(500, fault("Unauthorized")), "es", Trouble::Auth, "Unauthorized");
    troubles(&*fixed(500, fault("request entity too large")), "es", Trouble::TooLarge, "entity too large");
    troubles(&*fixed(500, fault("No model found for en -> es")), "es", Trouble::Pair, "No model found");
    troubles(&*fixed(500, fault("memory access out of bounds")), "es", Trouble::Overloaded, "Internal Server Error");
    troubles(
        &*fixed(400, json!({ "error": "Missing required fields: from, to, text" })),
        "es",
        Trouble::Refused,
        "Missing",
    );
    troubles(&*fixed(200, json!({ "result": "una palabra" })), "es", Trouble::Unreadable, "not what is documented");
}

#[test]
fn its_token_is_sent() {
    // A variable that every machine has serves as the token, since tests set none.
    let home: &'static str = std::env::var("HOME").expect("a home").leak();
    let url = serve(Server { token: Some(home) });
    let backend = opened("mtranserver", &format!("url = '{url}'\nkey_env = 'HOME'"));
    assert!(ask(&*backend, "es", &["A word."]).is_ok());
}

#[test]
fn it_tells_its_version_and_pairs() {
    let backend = opened("mtranserver", &format!("url = '{}'", serve(Server { token: None })));
    let probe = probe(&*backend).expect("an answer");
    assert_eq!(probe.says, "MTranServer 4.0.28");
    let pairs: Vec<String> = probe.pairs.expect("a list").iter().map(ToString::to_string).collect();
    assert_eq!(pairs, ["en-es", "es-en", "en-zh-Hans", "zh-Hans-en"]);
}

#[test]
fn an_open_variant_is_refused() {
    // Without a table it is the server of this machine.
    let backend = opened("mtranserver", "");
    let why = backend.unsettled(lang("zh")).expect("it is open");
    assert!(why.contains("zh-Hans or zh-Hant"), "{why}");
    let pair = |source: &str, target: &str| Pair { source: lang(source), target: lang(target) };
    assert!(backend.route(pair("zh", "pt-BR")).is_some() && backend.route(pair("en", "zh-TW")).is_some());
    assert!(backend.route(pair("en", "nb")).is_none());
}
