//! Amazon Translate's `TranslateText` and `ListLanguages`, as its API model 2017-07-01 has them. The double takes nothing
//! whose signature it does not come to itself, by the steps of "Create a signed AWS API request" (Signature Version 4).

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use wiremock::{Request, Respond, ResponseTemplate};

use super::*;

/// Variables that are set wherever tests run; their values serve as keys.
const KEYS: &str = "
    region = 'eu-west-1'
    access_key_env = 'CARGO_PKG_NAME'
    key_env = 'CARGO_PKG_DESCRIPTION'
    session_token_env = 'CARGO_PKG_LICENSE'
";
const ID: &str = env!("CARGO_PKG_NAME");
const SECRET: &str = env!("CARGO_PKG_DESCRIPTION");
const TOKEN: &str = env!("CARGO_PKG_LICENSE");

/// The double, and the bodies that it was asked with.
#[derive(Clone, Default)]
struct Server {
    asked: Arc<Mutex<Vec<Value>>>,
}

fn error(status: u16, kind: &str, message: &str) -> ResponseTemplate {
    let body = json!({ "__type": kind, "Message": message });
    ResponseTemplate::new(status).set_body_raw(body.to_string(), "application/x-amz-json-1.1")
}

fn answer(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(body.to_string(), "application/x-amz-json-1.1")
}

impl Respond for Server {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        if header(request, "x-amz-security-token") != TOKEN {
            return error(400, "UnrecognizedClientException", "The security token included in the request is invalid.");
        }
        if header(request, "authorization") != authorization(request) {
            let message = "The request signature we calculated does not match the signature you provided.";
            return error(400, "InvalidSignatureException", message);
        }
        if header(request, "content-type") != "application/x-amz-json-1.1" || request.url.path() != "/" {
            return error(400, "UnknownOperationException", "");
        }
        let body: Value = request.body_json().expect("JSON");
        self.asked.lock().expect("a list").push(body.clone());
        match header(request, "x-amz-target").as_str() {
            "AWSShineFrontendService_20170701.TranslateText" => translate(&body),
            "AWSShineFrontendService_20170701.ListLanguages" => list(&body),
            _ => error(400, "UnknownOperationException", ""),
        }
    }
}

fn translate(body: &Value) -> ResponseTemplate {
    let text = body["Text"].as_str().expect("a text");
    let (source, target) = (&body["SourceLanguageCode"], &body["TargetLanguageCode"]);
    if text.len() > 10_000 {
        let message = format!(
            "Input text size exceeds limit. Max length of request text allowed is 10000 bytes while in this request the text size is {} bytes",
            text.len()
        );
        return error(400, "TextSizeLimitExceededException", &message);
    }
    if ![source, target].iter().all(|code| ["en", "es", "zh", "zh-TW", "pt"].contains(&code.as_str().unwrap_or("-"))) {
        let message = "Unsupported language pair: en to eo. Target language not supported";
        return error(400, "com.amazonaws.translate#UnsupportedLanguagePairException", message);
    }
    if body["TerminologyNames"].as_array().is_some_and(|names| names[..] != ["press"]) {
        return error(404, "ResourceNotFoundException", "The resource you requested does not exist.");
    }
    answer(&json!({
        "TranslatedText": said_marked(text), "SourceLanguageCode": source, "TargetLanguageCode": target,
        "AppliedTerminologies": [{ "Name": "press", "Terms": [] }],
    }))
}

/// Two pages of languages.
fn list(body: &Value) -> ResponseTemplate {
    let language = |code: &str| json!({ "LanguageCode": code, "LanguageName": code });
    match body["NextToken"].as_str() {
        None => answer(&json!({ "Languages": [language("en"), language("zh-TW")], "NextToken": "2" })),
        Some("2") => answer(&json!({ "Languages": [language("pt"), language("xx")] })),
        Some(_) => error(400, "InvalidParameterValueException", ""),
    }
}

fn header(request: &Request, name: &str) -> String {
    request.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// The `Authorization` that the request should have: of all headers that it says are signed.
fn authorization(request: &Request) -> String {
    let given = header(request, "authorization");
    let signed = given.split("SignedHeaders=").nth(1).and_then(|rest| rest.split(',').next()).unwrap_or_default();
    assert!(
        ["content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target"]
            .iter()
            .all(|name| signed.split(';').any(|own| own == *name))
    );
    let headers: Vec<String> =
        signed.split(';').map(|name| format!("{name}:{}\n", header(request, name).trim())).collect();
    let headers = headers.concat();
    let canonical = format!("POST\n/\n\n{headers}\n{signed}\n{}", hex(&Sha256::digest(&request.body)));
    let date = header(request, "x-amz-date");
    let scope = format!("{}/eu-west-1/translate/aws4_request", &date[..8]);
    let to_sign = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", hex(&Sha256::digest(canonical)));
    let steps = [&date[..8], "eu-west-1", "translate", "aws4_request", &to_sign];
    let signature = steps.iter().fold(format!("AWS4{SECRET}").into_bytes(), |key, step| hmac(&key, step.as_bytes()));
    format!("AWS4-HMAC-SHA256 Credential={ID}/{scope}, SignedHeaders={signed}, Signature={}", hex(&signature))
}

/// RFC 2104 over SHA-256.
fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut block = [0; 64];
    let key = if key.len() > block.len() { Sha256::digest(key).to_vec() } else { key.to_vec() };
    block[..key.len()].copy_from_slice(&key);
    let pad = |with: u8| block.map(|byte| byte ^ with);
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

fn open_at(url: &str, more: &str) -> Box<dyn Backend> {
    opened("amazon", &format!("url = '{url}'\n{KEYS}\n{more}"))
}

pub(crate) fn subjects() -> Vec<Subject> {
    vec![subject("amazon", &format!("url = '{}'\n{KEYS}", serve(Server::default())), ("en", "es"), ENGLISH)]
}

#[test]
fn the_double_signs_as_the_rfc_has_it() {
    // RFC 4231, test case 2.
    let signed = hmac(b"Jefe", b"what do ya want for nothing?");
    assert_eq!(hex(&signed), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

#[test]
fn a_text_goes_with_its_settings() {
    let server = Server::default();
    let asked = server.asked.clone();
    let backend = open_at(&serve(server), "terminology = 'press'\nformality = 'formal'");
    ask(&*backend, "pt-BR", &["The minister spoke."]).expect("a draft");
    let wanted = json!([{
        "Text": "The minister spoke.", "SourceLanguageCode": "en", "TargetLanguageCode": "pt",
        "TerminologyNames": ["press"], "Settings": { "Formality": "FORMAL" },
    }]);
    assert_eq!(json!(*asked.lock().expect("a list")), wanted);
}

#[test]
fn what_is_kept_comes_through() {
    let backend = open_at(&serve(Server::default()), "");
    let text = "The R&D lab of X1X opened.".to_owned();
    let input = Input { kept: std::iter::once(15..18).collect(), text, ..Input::default() };
    let batch = Batch { pair: chancery::model::Pair { source: lang("en"), target: lang("es") }, texts: vec![input] };
    let drafts = runtime().block_on(backend.translate(&batch)).and_then(Answer::whole).expect("a draft");
    assert_eq!(drafts[0].text, "opened. X1X of lab R&D The");
    assert_eq!(backend.charge(&batch).characters, 58);
}

#[test]
fn its_refusals_are_understood() {
    let url = serve(Server::default());
    let backend = open_at(&url, "");
    assert_eq!(trouble(ask(&*backend, "es", &["x".repeat(10_001).as_str()])).0, Trouble::TooLarge);
    let (kind, said) = trouble(ask(&*backend, "de", &["A word."]));
    assert_eq!(kind, Trouble::Pair);
    assert!(said.contains("UnsupportedLanguagePairException: Unsupported language pair"), "{said}");
    let (kind, said) = trouble(ask(&*open_at(&url, "terminology = 'other'"), "es", &["A word."]));
    assert_eq!(kind, Trouble::Settings);
    assert!(said.contains("`terminology`"), "{said}");
}

#[test]
fn a_wrong_key_is_refused_and_not_repeated() {
    let url = serve(Server::default());
    let wrong = KEYS.replace("CARGO_PKG_DESCRIPTION", "CARGO_MANIFEST_DIR");
    let (kind, said) = trouble(ask(&*opened("amazon", &format!("url = '{url}'\n{wrong}")), "es", &["A word."]));
    assert_eq!(kind, Trouble::Auth);
    assert!(said.contains("InvalidSignatureException") && said.contains("look at the key"), "{said}");
    assert!(!said.contains(env!("CARGO_MANIFEST_DIR")), "{said}");
    let none = format!("url = '{url}'\nregion = 'eu-west-1'\naccess_key_env = 'CHANCERY_UNSET_ID'");
    assert!(not_opened("amazon", &none).contains("CHANCERY_UNSET_ID is not set"));
}

#[track_caller]
fn means(status: u16, kind: &str, trouble_wanted: Trouble) {
    let backend = open_at(&serve(error(status, kind, "")), "");
    assert_eq!(trouble(ask(&*backend, "es", &["A word."])).0, trouble_wanted, "{kind}");
}

#[test]
fn what_passes_is_told_from_what_stays() {
    means(400, "ThrottlingException", Trouble::Limited);
    means(429, "TooManyRequestsException", Trouble::Limited);
    means(400, "LimitExceededException", Trouble::Limited);
    means(503, "ServiceUnavailableException", Trouble::Overloaded);
    means(500, "InternalServerException", Trouble::Overloaded);
    means(400, "AccessDeniedException", Trouble::Auth);
    means(400, "InvalidRequestException", Trouble::Refused);
}

#[test]
fn it_lists_its_languages_page_by_page() {
    let backend = open_at(&serve(Server::default()), "");
    let probe = probe(&*backend).expect("an answer");
    let pairs: Vec<String> = probe.pairs.expect("a list").iter().map(ToString::to_string).collect();
    assert_eq!(pairs, ["en-zh-Hant", "en-pt-BR", "zh-Hant-en", "zh-Hant-pt-BR", "pt-BR-en", "pt-BR-zh-Hant"]);
    assert_eq!(probe.says, "4 languages");
}
