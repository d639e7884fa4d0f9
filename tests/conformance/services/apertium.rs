//! Apertium's own server, as Debian's `apertium-apy` 0.11.7 with `apertium-eng-spa`; and a double that answers in its shapes.

use std::sync::LazyLock;

use serde_json::json;
use wiremock::{Request, Respond, ResponseTemplate};

use super::*;
use crate::server::{self, Server};

/// The double: it has `eng|spa` and `spa|por_BR`, and marks what it does not know.
struct Double;

impl Respond for Double {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let whole = |data| json!({ "responseData": data, "responseDetails": null, "responseStatus": 200 });
        let refused = |status, explanation: &str| {
            let body =
                json!({ "status": "error", "code": status, "message": "Bad Request", "explanation": explanation });
            ResponseTemplate::new(status).set_body_json(body)
        };
        match (request.method.as_str(), request.url.path()) {
            ("GET", "/listPairs") => ResponseTemplate::new(200).set_body_json(whole(json!([
                { "sourceLanguage": "eng", "targetLanguage": "spa" },
                { "sourceLanguage": "spa", "targetLanguage": "por_BR" },
                { "sourceLanguage": "xxx", "targetLanguage": "spa" },
            ]))),
            ("POST", "/translate") => {
                let form = String::from_utf8(request.body.clone()).expect("a form");
                let url = wiremock::http::Url::parse(&format!("http://localhost/?{form}")).expect("a form");
                let field = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value);
                assert_eq!(field("markUnknown").as_deref(), Some("no"));
                assert_eq!(field("format").as_deref(), Some("txt"));
                let Some(text) = field("q") else { return refused(400, "Missing argument q") };
                match field("langpair").as_deref() {
                    Some("eng|spa") if text == "Break." => refused(503, "internal error"),
                    Some("eng|spa" | "spa|por_BR") => ResponseTemplate::new(200)
                        .set_body_json(whole(json!({ "translatedText": said(&format!("#{text}")) }))),
                    _ => refused(400, "That pair is not installed"),
                }
            }
            _ => ResponseTemplate::new(404).set_body_string("<html><title>404: Not Found</title></html>"),
        }
    }
}

/// The real server, started once.
static REAL: LazyLock<Option<Server>> = LazyLock::new(|| {
    let hint = "install Debian's apertium-apy and apertium-eng-spa, as .ci/tools does";
    server::is_there("apertium-apy", hint)
        .then(|| Server::start("apertium-apy", &["-p", "PORT", "/usr/share/apertium/modes"]))
});

pub(crate) fn subjects() -> Vec<Subject> {
    let mut urls = vec![("apertium-double", serve(Double))];
    urls.extend(REAL.as_ref().map(|server| ("apertium-real", server.url.clone())));
    let table = |url: &str| format!("kind = 'apertium'\nurl = '{url}'");
    urls.iter().map(|(name, url)| subject(name, &table(url), ("en", "es"), ENGLISH)).collect()
}

#[test]
fn its_refusals_are_understood() {
    let backend = opened("apertium", &format!("url = '{}'", serve(Double)));
    let (kind, said) = trouble(ask(&*backend, "fr", &["A word."]));
    assert_eq!(kind, Trouble::Pair);
    assert!(said.contains("That pair is not installed; install it on the server"), "{said}");
    let (kind, said) = trouble(ask(&*backend, "es", &["Break."]));
    assert_eq!(kind, Trouble::Overloaded);
    assert!(said.contains("internal error"), "{said}");
}

#[test]
fn its_marks_come_off_and_those_of_the_source_stay() {
    let backend = opened("apertium", &format!("url = '{}'", serve(Double)));
    let drafts = ask(&*backend, "es", &["They spoke.", "They said #peace."]).and_then(Answer::whole).expect("drafts");
    assert_eq!((&*drafts[0].text, &*drafts[1].text), ("spoke. They", "#peace. said #They"));
}

#[test]
fn it_lists_its_pairs() {
    let backend = opened("apertium", &format!("url = '{}'", serve(Double)));
    let pairs: Vec<String> =
        probe(&*backend).expect("an answer").pairs.expect("a list").iter().map(ToString::to_string).collect();
    assert_eq!(pairs, ["en-es", "es-pt-BR"]);
}

#[test]
fn an_open_variant_is_refused() {
    let backend = opened("apertium", "");
    let why = backend.unsettled(lang("pt")).expect("it is open");
    assert!(why.contains("pt-BR or pt-PT"), "{why}");
    assert_eq!(opened("apertium", "codes = { pt = 'por' }").unsettled(lang("pt")), None);
    assert!(not_opened("apertium", "key = 'k'").contains("unknown field `key`"));
}

#[test]
fn the_real_server_translates_and_refuses_as_the_double_does() {
    let Some(server) = REAL.as_ref() else { return };
    let backend = opened("apertium", &format!("url = '{}'", server.url));
    let drafts = ask(&*backend, "es", &["The minister spoke."]).and_then(Answer::whole).expect("a draft");
    assert_eq!(drafts[0].text, "El ministro habló.");
    let (kind, said) = trouble(ask(&*backend, "ro", &["A word."]));
    assert_eq!(kind, Trouble::Pair);
    assert!(said.contains("That pair is not installed"), "{said}");
    let pairs = probe(&*backend).expect("an answer").pairs.expect("a list");
    assert!(pairs.iter().any(|pair| pair.to_string() == "en-es"), "{pairs:?}");
}
