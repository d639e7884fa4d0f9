//! What is answered and refused.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::process::Serving;

/// One server with the built-in engine for all tests that leave it as it is.
struct Shared {
    _desk: Desk,
    serving: Serving,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let desk = Desk::new();
    let serving = Serving::start(&desk, &["--char-limit", "2000", "--batch-limit", "5"]);
    Shared { _desk: desk, serving }
});

fn shared() -> &'static Serving {
    &SHARED.serving
}

const SENTENCE: &str = "The minister spoke to the press about the agreement that was signed yesterday.";

/// A request as a table has it: the usual one with other fields.
fn request(fields: &Value) -> Value {
    let mut request = json!({ "q": SENTENCE, "source": "en", "target": "pt" });
    for (name, value) in fields.as_object().expect("fields") {
        request[name] = value.clone();
    }
    request
}

#[track_caller]
fn refused(fields: &Value, status: u16, words: &str) {
    let answer = shared().post("/translate", &request(fields));
    assert_eq!((answer.status, answer.error().contains(words)), (status, true), "{fields}: {}", answer.body);
    assert!(!answer.body.contains(SENTENCE), "the text is told again: {}", answer.body);
}

#[track_caller]
fn translated(fields: &Value) -> Value {
    let answer = shared().post("/translate", &request(fields));
    assert_eq!(answer.status, 200, "{fields}: {}", answer.body);
    answer.json()
}

#[test]
fn a_text_is_answered_by_a_text_and_a_list_by_a_list() {
    let one = translated(&json!({}))["translatedText"].clone();
    assert!(one.as_str().expect("a text").contains("ministro"), "{one}");
    let list = translated(&json!({ "q": [SENTENCE, "", "Who signed it?", " 42 "] }))["translatedText"].clone();
    assert_eq!((&list[0], list[1].as_str(), list[3].as_str()), (&one, Some(""), Some(" 42 ")), "{list}");
    assert_eq!(translated(&json!({ "q": [SENTENCE] }))["translatedText"], json!([one]));
}

#[test]
fn paragraphs_and_white_space_stay() {
    let text = format!("  {SENTENCE} It was long.\n\n{SENTENCE}\n");
    let told = translated(&json!({ "q": text }))["translatedText"].as_str().expect("a text").to_owned();
    assert!(told.starts_with("  O ") && told.ends_with(".\n") && told.matches("\n\n").count() == 1, "{told:?}");
    assert_eq!(told.matches("ministro").count(), 2);
}

#[test]
fn a_form_says_the_same_as_json() {
    let form = "q=Who+signed+the+agreement%3F&source=en&target=pt&format=text";
    let answer = shared().send("/translate", "application/x-www-form-urlencoded; charset=utf-8", form);
    let json = translated(&json!({ "q": "Who signed the agreement?" }));
    assert_eq!((answer.status, answer.json()), (200, json));
}

#[test]
fn a_language_is_told_and_not_guessed() {
    let told = translated(&json!({ "source": "auto" }));
    assert_eq!(told["detectedLanguage"]["language"], "en");
    assert!(told["detectedLanguage"]["confidence"].as_f64().is_some_and(|it| (50.0..=100.0).contains(&it)), "{told}");
    let told = translated(&json!({ "source": "auto", "q": [SENTENCE, SENTENCE] }));
    assert_eq!(told["detectedLanguage"].as_array().map(Vec::len), Some(2));
    refused(&json!({ "source": "auto", "q": "X 1" }), 400, "language of the text cannot be told");
    let detected = |q: &str| shared().post("/detect", &json!({ "q": q })).json();
    assert_eq!(detected("O ministro falou ontem com a imprensa sobre o acordo assinado.")[0]["language"], "pt");
    assert_eq!(detected("42"), json!([]));
}

#[test]
fn aliases_and_alternatives_are_understood() {
    assert!(translated(&json!({ "target": "PT", "alternatives": 2 }))["alternatives"] == json!([]));
    assert!(translated(&json!({ "q": [SENTENCE], "alternatives": "1" }))["alternatives"] == json!([[]]));
}

#[test]
fn what_is_wrong_is_told_in_the_words_of_libretranslate() {
    refused(&json!({ "q": "" }), 400, "Invalid request: missing q parameter");
    refused(&json!({ "q": null }), 400, "Invalid request: missing q parameter");
    refused(&json!({ "q": [] }), 400, "Invalid request: missing q parameter");
    refused(&json!({ "q": 7 }), 400, "q parameter is not a text");
    refused(&json!({ "q": [7] }), 400, "q parameter is not a text or a list");
    refused(&json!({ "source": null }), 400, "Invalid request: missing source parameter");
    refused(&json!({ "target": "" }), 400, "Invalid request: missing target parameter");
    refused(&json!({ "target": ["pt"] }), 400, "target parameter is not a text");
    refused(&json!({ "alternatives": "many" }), 400, "alternatives parameter is not a number");
    refused(&json!({ "q": "x".repeat(2001) }), 400, "Invalid request: request (2001) exceeds text limit (2000)");
    refused(&json!({ "q": vec!["x"; 6] }), 400, "Invalid request: request (6) exceeds text limit (5)");
    refused(&json!({ "target": "xx-not-one" }), 400, "xx-not-one is not supported");
    refused(&json!({ "target": "eu" }), 400, "eu is not supported");
    refused(&json!({ "target": "en" }), 400, "English (en) is not available as a target language from English (en)");
    refused(&json!({ "format": "html" }), 400, "html format is not supported");
}

#[track_caller]
fn answers(method: &str, path: &str, body: Option<(&str, &[u8])>, status: u16) {
    let answer = crate::http::send(&shared().address, method, path, body).expect("an answer");
    assert_eq!((answer.status, answer.error().is_empty()), (status, false), "{method} {path}: {}", answer.body);
}

#[test]
fn odd_requests_are_refused_as_json() {
    answers("POST", "/translate", Some(("application/json", b"{\"q\":")), 400);
    answers("POST", "/translate", Some(("application/json", b"[]")), 400);
    answers("POST", "/translate", Some(("application/json", b"\xff\xfe")), 400);
    answers("POST", "/translate", Some(("text/plain", b"q=x")), 415);
    answers("POST", "/translate", Some(("multipart/form-data; boundary=x", b"--x")), 415);
    answers("POST", "/translate", Some(("application/json", &vec![b' '; (8 << 20) + 1])), 413);
    answers("GET", "/translate", None, 405);
    answers("POST", "/health", None, 405);
    answers("GET", "/nowhere", None, 404);
    answers("POST", "/translate_file", Some(("text/plain", b"x")), 404);
}

#[test]
fn it_tells_its_languages_and_health() {
    let languages = shared().get("/languages").json();
    let targets = |code: &str| {
        let all = languages.as_array().expect("a list");
        all.iter().find(|it| it["code"] == code).map(|it| it["targets"].clone()).unwrap_or_default()
    };
    assert!(targets("en").as_array().is_some_and(|codes| codes.contains(&json!("pt"))), "{languages}");
    assert!(targets("pt").as_array().is_some_and(|codes| codes.contains(&json!("en"))), "{languages}");
    assert_eq!(shared().get("/health").json(), json!({ "status": "ok" }));
    let settings = shared().get("/frontend/settings").json();
    assert_eq!((&settings["charLimit"], &settings["keyRequired"]), (&json!(2000), &json!(false)));
}

#[test]
fn other_pages_may_not_call_it() {
    assert!(!shared().get("/health").head.contains("access-control"));
}

#[test]
fn the_glossary_is_held_to() {
    let desk = Desk::new();
    let glossary = "schema = 1\nname = 'own'\nlanguages = ['en', 'pt']\n[[concept]]\nid = 'talks'\ndomain = 'own'\npos = 'noun'\n\
                    source = 'own'\n[concept.terms]\nen = [{ t = 'peace talks' }]\npt = [{ t = 'tratativas de paz' }]\n";
    let desk = desk.file("own.toml", glossary.as_bytes());
    let serving = Serving::start(&desk, &["--glossary", "own.toml"]);
    let answer = serving.post("/translate", &request(&json!({ "q": "The peace talks began in Geneva on Monday." })));
    assert!(answer.body.contains("ratativas de paz"), "{}", answer.body);
}

/// Settings of a server whose only backend is a program of Python.
pub(crate) fn program(code: &str) -> String {
    let args = toml::Value::from(vec!["-c".to_owned(), code.to_owned()]);
    format!(
        "[translate]\nbackends = ['own']\n[backend.own]\nkind = 'command'\nprogram = 'python3'\nargs = {args}\npairs = ['en-pt']\n"
    )
}

pub(crate) fn desk_with(code: &str) -> Desk {
    Desk::new().file("pipeline.toml", format!("{}[glossary]\npaths = []\n", program(code)).as_bytes())
}

#[test]
fn a_text_that_comes_back_as_it_went_is_an_error() {
    let desk = desk_with("import sys\nfor line in sys.stdin: print(line, end='')");
    let serving = Serving::start(&desk, &[]);
    let answer = serving.post("/translate", &request(&json!({})));
    assert_eq!(answer.status, 500, "{}", answer.body);
    assert!(answer.error().starts_with("Cannot translate text: bad answer") && !answer.body.contains(SENTENCE));
    assert!((serving.measured("chancery_failures_total{kind=\"bad_answer\"}") - 1.0).abs() < f64::EPSILON);
}

#[test]
fn a_backend_that_cannot_be_used_is_an_error() {
    let desk = desk_with("import sys\nsys.exit('out of order')");
    let answer = Serving::start(&desk, &[]).post("/translate", &request(&json!({})));
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert!(answer.error().contains("out of order"), "{}", answer.body);
}

#[test]
fn what_was_done_is_measured() {
    let desk = Desk::new();
    let serving = Serving::start(&desk, &[]);
    let text = format!("{SENTENCE} Who signed it?");
    assert_eq!(serving.post("/translate", &request(&json!({ "q": [text, "42"] }))).status, 200);
    assert_eq!(serving.post("/translate", &request(&json!({ "q": "" }))).status, 400);
    let measures = [
        ("chancery_requests_total{path=\"/translate\",status=\"200\"}", 1),
        ("chancery_requests_total{path=\"/translate\",status=\"400\"}", 1),
        ("chancery_request_seconds_count{path=\"/translate\"}", 2),
        ("chancery_texts_total", 2),
        ("chancery_characters_total", text.chars().count() + 2),
        ("chancery_segments_total{outcome=\"translated\"}", 2),
        ("chancery_segments_total{outcome=\"kept\"}", 1),
        // The one that asks.
        ("chancery_requests_under_way", 1),
    ];
    for (name, count) in measures {
        assert_eq!(serving.measured(name).to_string(), count.to_string(), "{name}\n{}", serving.get("/metrics").body);
    }
}

#[test]
fn a_key_is_asked_for_where_one_is_set() {
    let desk = Desk::new();
    let mut command = desk.command(&["serve", "--bind", "127.0.0.1:0", "--api-key-env", "OWN_KEY"]);
    command.env("OWN_KEY", "k-123-secret");
    let serving = Serving::spawn(command);
    let status = |fields: Value| {
        let answer = serving.post("/translate", &request(&fields));
        assert!(!answer.body.contains("k-123-secret"));
        (answer.status, answer.json()["error"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(status(json!({})), (400, "Please contact the server operator to get an API key".to_owned()));
    assert_eq!(status(json!({ "api_key": "k-123" })), (403, "Invalid API key".to_owned()));
    assert_eq!(status(json!({ "api_key": "k-123-secret" })).0, 200);
    assert_eq!(serving.post("/detect", &json!({ "q": SENTENCE })).status, 400);
    assert_eq!(serving.get("/languages").status, 200);
}
