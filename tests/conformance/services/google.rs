//! Google Cloud Translation v3, as its discovery document of 2026-08-14 has it, and the token endpoint that OAuth describes.

use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chancery::model::{Pair, Usage};
use ring::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RsaKeyPair, UnparsedPublicKey};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};
use wiremock::{Request, Respond, ResponseTemplate};

use super::*;

/// A variable that is set wherever tests run; its value serves as the access token.
const TOKEN_ENV: &str = "CARGO_PKG_LICENSE";
const TOKEN: &str = env!("CARGO_PKG_LICENSE");

/// The double, and what it was asked.
#[derive(Clone, Default)]
struct Server(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// The public key of the service account, where there is one.
    account: Option<Vec<u8>>,
    /// Tokens given out.
    tokens: usize,
    /// How long they are good, in seconds.
    good_for: u64,
    /// Bodies of translations that were asked for.
    asked: Vec<Value>,
    /// The project that was to pay.
    paying: Option<String>,
    /// What the next translation is answered.
    next: Option<ResponseTemplate>,
}

fn refused(code: u16, status: &str, message: &str) -> ResponseTemplate {
    let error = json!({ "error": { "code": code, "message": message, "status": status } });
    ResponseTemplate::new(code).set_body_json(error)
}

impl Respond for Server {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut state = self.0.lock().expect("a state");
        let header = |name: &str| request.headers.get(name).and_then(|it| it.to_str().ok()).map(str::to_owned);
        if (request.method.as_str(), request.url.path()) == ("POST", "/token") {
            return state.give_token(request);
        }
        let authorization = header("authorization").unwrap_or_default();
        let token = authorization.strip_prefix("Bearer ").unwrap_or_default();
        let is_given = |token: &str| (1..=state.tokens).any(|number| token == format!("ya29.{number}"));
        if !(if state.account.is_some() { is_given(token) } else { token == TOKEN }) {
            return refused(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
        }
        state.paying = header("x-goog-user-project");
        match (request.method.as_str(), request.url.path()) {
            ("POST", "/v3/projects/p/locations/global:translateText" | "/v3/projects/p/locations/eu:translateText") => {
                state.translate(&request.body_json().expect("JSON"))
            }
            ("GET", "/v3/projects/p/locations/eu/supportedLanguages") => {
                let language = |(code, source, target): (&str, bool, bool)| json!({ "languageCode": code, "supportSource": source, "supportTarget": target });
                let languages = [("en", true, true), ("zh-CN", true, false), ("pt", false, true)].map(language);
                ResponseTemplate::new(200).set_body_json(json!({ "languages": languages }))
            }
            ("GET", "/v3/projects/p/locations/eu/glossaries/terms") => ResponseTemplate::new(200)
                .set_body_json(json!({ "name": "projects/p/locations/eu/glossaries/terms", "entryCount": 120 })),
            _ => refused(404, "NOT_FOUND", "The requested URL was not found on this server."),
        }
    }
}

impl State {
    fn translate(&mut self, body: &Value) -> ResponseTemplate {
        self.asked.push(body.clone());
        if let Some(next) = self.next.take() {
            return next;
        }
        let texts: Vec<&str> =
            body["contents"].as_array().expect("contents").iter().filter_map(Value::as_str).collect();
        if texts.len() > 1024 || texts.iter().map(|text| text.chars().count()).sum::<usize>() > 30_720 {
            return refused(400, "INVALID_ARGUMENT", "Text is too long.");
        }
        let known = ["en", "es", "de", "zh-CN", "pt"];
        if let Some(code) =
            ["sourceLanguageCode", "targetLanguageCode"].iter().find(|key| !known.iter().any(|it| body[**key] == **it))
        {
            return refused(400, "INVALID_ARGUMENT", &format!("{code} is no language: Target language is invalid."));
        }
        // Left out, it is HTML: then what is said would be escaped.
        let escape = |text: String| if body["mimeType"] == "text/plain" { text } else { text.replace('\'', "&#39;") };
        let translation = |text: String| json!({ "translatedText": escape(text) });
        let html = body["mimeType"] == "text/html";
        let plain = |text: &&str| translation(if html { (*text).to_owned() } else { said(text) });
        let mut answer = json!({ "translations": texts.iter().map(plain).collect::<Vec<_>>() });
        if body["glossaryConfig"]["glossary"].as_str().is_some() {
            answer["glossaryTranslations"] =
                texts.iter().map(|text| translation(format!("[{}]", said(text)))).collect();
        }
        ResponseTemplate::new(200).set_body_json(answer)
    }

    /// Changes a claim that the account signed for a token.
    fn give_token(&mut self, request: &Request) -> ResponseTemplate {
        let form: Vec<(String, String)> = form(&request.body);
        let field = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        assert_eq!(field("grant_type"), Some("urn:ietf:params:oauth:grant-type:jwt-bearer"));
        let claim = field("assertion").expect("a claim");
        let (signed, signature) = claim.rsplit_once('.').expect("three parts");
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, self.account.as_deref().unwrap_or_default());
        let read = |part: &str| URL_SAFE_NO_PAD.decode(part).expect("base64url without padding");
        if key.verify(signed.as_bytes(), &read(signature)).is_err() {
            let refusal = json!({ "error": "invalid_grant", "error_description": "Invalid JWT Signature." });
            return ResponseTemplate::new(400).set_body_json(refusal);
        }
        let (header, claims) = signed.split_once('.').expect("two parts");
        let part = |part: &str| -> Value { serde_json::from_slice(&read(part)).expect("JSON") };
        assert_eq!(part(header), json!({ "alg": "RS256", "typ": "JWT", "kid": "key-1" }));
        let claims = part(claims);
        assert_eq!(claims["iss"], "desk@p.example");
        assert_eq!(claims["scope"], "https://www.googleapis.com/auth/cloud-translation");
        assert!(claims["aud"].as_str().is_some_and(|it| it.ends_with("/token")), "{claims}");
        assert_eq!(claims["exp"].as_u64().zip(claims["iat"].as_u64()).map(|(end, start)| end - start), Some(3600));
        self.tokens += 1;
        let token = json!({ "access_token": format!("ya29.{}", self.tokens), "expires_in": self.good_for, "token_type": "Bearer" });
        ResponseTemplate::new(200).set_body_json(token)
    }
}

/// The fields of a form.
fn form(body: &[u8]) -> Vec<(String, String)> {
    let url = reqwest::Url::parse(&format!("http://x.example/?{}", String::from_utf8_lossy(body))).expect("a form");
    url.query_pairs().map(|(key, value)| (key.into_owned(), value.into_owned())).collect()
}

impl Server {
    fn open(&self, more: &str) -> Box<dyn Backend> {
        let url = serve(self.clone());
        opened("google", &format!("url = '{url}'\nkey_env = '{TOKEN_ENV}'\nproject = 'p'\n{more}"))
    }

    fn state<T>(&self, of: impl FnOnce(&mut State) -> T) -> T {
        of(&mut self.0.lock().expect("a state"))
    }

    fn last_asked(&self) -> Value {
        self.state(|state| state.asked.last().cloned()).expect("a request")
    }
}

fn pair(target: &str) -> Pair {
    Pair { source: lang("en"), target: lang(target) }
}

fn translate(backend: &dyn Backend, texts: Vec<Input>) -> Result<Answer, Error> {
    runtime().block_on(backend.translate(&Batch { pair: pair("de"), texts }))
}

fn texts(answer: Answer) -> Vec<String> {
    answer.whole().expect("drafts").into_iter().map(|draft| draft.text).collect()
}

pub(crate) fn subjects() -> Vec<Subject> {
    let url = serve(Server::default());
    vec![subject("google", &format!("url = '{url}'\nkey_env = '{TOKEN_ENV}'\nproject = 'p'"), ("en", "es"), ENGLISH)]
}

#[test]
fn a_request_says_what_is_documented() {
    let server = Server::default();
    let answer = ask(&*server.open("quota_project = 'payer'"), "zh-Hans", &["It's <so> & so.", "Two."]);
    assert_eq!(texts(answer.expect("an answer")), ["so. & <so> It's", "Two."]);
    let wanted = json!({
        "contents": ["It's <so> & so.", "Two."], "mimeType": "text/plain",
        "sourceLanguageCode": "en", "targetLanguageCode": "zh-CN",
    });
    assert_eq!(server.last_asked(), wanted);
    assert_eq!(server.state(|state| state.paying.clone()).as_deref(), Some("payer"));
}

#[test]
fn a_glossary_and_a_model_are_named_in_whole() {
    let server = Server::default();
    let more =
        "location = 'eu'\nmodel = 'nmt'\nglossaries = { en-de = 'terms' }\nignore_case = true\ncontextual = true";
    let backend = server.open(more);
    assert_eq!(texts(ask(&*backend, "de", &["One two."]).expect("an answer")), ["[two. One]"]);
    let asked = server.last_asked();
    assert_eq!(asked["model"], "projects/p/locations/eu/models/general/nmt");
    let wanted = json!({
        "glossary": "projects/p/locations/eu/glossaries/terms", "ignoreCase": true, "contextualTranslationEnabled": true,
    });
    assert_eq!(asked["glossaryConfig"], wanted);
    assert_eq!(texts(ask(&*backend, "es", &["One two."]).expect("an answer")), ["two. One"]);
    assert_eq!(server.last_asked().get("glossaryConfig"), None);
    assert_ne!(backend.fingerprint(pair("de")), backend.fingerprint(pair("es")));
}

#[test]
fn what_is_kept_goes_in_tags_and_comes_back_without() {
    let server = Server::default();
    let backend = server.open("");
    let input = keeping("AT&T's <now>", 0..4);
    let batch = Batch { pair: pair("de"), texts: vec![input.clone()] };
    assert_eq!(texts(translate(&*backend, vec![input.clone()]).expect("an answer")), ["AT&T's <now>"]);
    let asked = server.last_asked();
    let sent = "<span translate=\"no\">AT&amp;T</span>&apos;s &lt;now&gt;";
    assert_eq!((&asked["mimeType"], &asked["contents"]), (&json!("text/html"), &json!([sent])));
    let characters = sent.chars().count() as u64;
    assert_eq!(backend.charge(&batch), Usage { requests: 1, characters, ..Usage::default() });
    let lost = json!({ "translations": [{ "translatedText": "jetzt" }] });
    server.state(|state| state.next = Some(ResponseTemplate::new(200).set_body_json(lost)));
    let answer = translate(&*backend, vec![input]).expect("an answer");
    assert!(answer.drafts[0].as_ref().is_err_and(|error| error.to_string().contains("lacks `AT&T`")), "{answer:?}");
}

#[test]
fn a_text_without_translation_fails_alone() {
    let server = Server::default();
    let some = json!({ "translations": [{ "translatedText": "Eins." }, { "detectedLanguageCode": "en" }] });
    server.state(|state| state.next = Some(ResponseTemplate::new(200).set_body_json(some)));
    let answer = ask(&*server.open(""), "de", &["One.", "Two."]).expect("an answer");
    assert!(answer.drafts[0].is_ok() && answer.drafts[1].is_err(), "{answer:?}");
}

/// Expects what a translation that is answered so means.
#[track_caller]
fn means(answer: ResponseTemplate, wanted: Trouble, words: &str) {
    let server = Server::default();
    server.state(|state| state.next = Some(answer));
    let (trouble, said) = trouble(ask(&*server.open(""), "de", &["A word."]));
    assert_eq!(trouble, wanted, "{said}");
    assert!(said.contains(words), "{said}");
    assert!(!said.contains(TOKEN), "{said}");
}

#[test]
fn each_refusal_is_understood() {
    let denied = format!("Cloud IAM permission 'cloudtranslate.generalModels.predict' denied for {TOKEN}.");
    means(refused(403, "PERMISSION_DENIED", &denied), Trouble::Auth, "denied");
    let old = json!({ "error": { "code": 403, "message": "User Rate Limit Exceeded", "errors": [
        { "message": "User Rate Limit Exceeded", "domain": "usageLimits", "reason": "userRateLimitExceeded" },
    ] } });
    means(ResponseTemplate::new(403).set_body_json(old), Trouble::Limited, "User Rate Limit Exceeded");
    means(refused(403, "PERMISSION_DENIED", "Daily Limit Exceeded"), Trouble::Quota, "Daily Limit Exceeded");
    let quota = "Quota exceeded for quota metric 'v2 and v3 general model characters' and limit 'v2 and v3 general model characters per minute' of service 'translate.googleapis.com'";
    means(refused(429, "RESOURCE_EXHAUSTED", quota), Trouble::Limited, "per minute");
    means(refused(403, "RESOURCE_EXHAUSTED", quota), Trouble::Limited, "per minute");
    means(refused(429, "RESOURCE_EXHAUSTED", &quota.replace("minute", "day")), Trouble::Quota, "per day");
    means(refused(400, "INVALID_ARGUMENT", "Text is too long."), Trouble::TooLarge, "too long");
    means(refused(404, "NOT_FOUND", "Glossary not found."), Trouble::Settings, "Glossary not found");
    means(refused(503, "UNAVAILABLE", "The service is currently unavailable."), Trouble::Overloaded, "unavailable");
    means(ResponseTemplate::new(200).set_body_json(json!({})), Trouble::Unreadable, "documented");
}

#[test]
fn a_wrong_token_and_an_unknown_language_are_understood() {
    let url = serve(Server::default());
    let stranger = opened("google", &format!("url = '{url}'\nkey_env = 'CARGO_PKG_NAME'\nproject = 'p'"));
    assert_eq!(trouble(ask(&*stranger, "de", &["A word."])).0, Trouble::Auth);
    let (kind, said) = trouble(ask(&*Server::default().open(""), "vi", &["A word."]));
    assert_eq!(kind, Trouble::Pair);
    assert!(said.contains("Target language is invalid") && said.contains("`codes`"), "{said}");
}

#[test]
fn it_lists_its_pairs_and_glossaries() {
    let server = Server::default();
    let probe = probe(&*server.open("location = 'eu'\nglossaries = { en-de = 'terms' }")).expect("an answer");
    assert_eq!(probe.says, "the glossary of en-de has 120 terms");
    let pairs: Vec<String> = probe.pairs.expect("a list").iter().map(ToString::to_string).collect();
    assert_eq!(pairs, ["en-pt-BR", "zh-Hans-en", "zh-Hans-pt-BR"]);
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    let refused = |more: &str| not_opened("google", &format!("key_env = '{TOKEN_ENV}'\n{more}"));
    assert!(refused("").contains("`project` is missing"));
    assert!(refused("project = 'p/../q'").contains("`project` is of letters"));
    assert!(refused("project = 'p'\nglossaries = { en-de = 'terms' }").contains("us-central1"));
    assert!(refused("project = 'p'\nglossaries = { german = 'terms' }").contains("`german` of `glossaries`"));
    assert!(refused("project = 'p'\nmodel = 'a b'").contains("`model`"));
    let neither = not_opened("google", "credentials_env = 'CHANCERY_UNSET'\nproject = 'p'\nkey_env = ''");
    assert!(neither.contains("GOOGLE_ACCESS_TOKEN") && neither.contains("CHANCERY_UNSET"), "{neither}");
    let nowhere = not_opened("google", "credentials_env = 'CARGO_PKG_NAME'\nproject = 'p'\nkey_env = ''");
    assert!(nowhere.contains("chancery"), "{nowhere}");
}

/// Makes an RSA key, or says aloud that it cannot.
fn made_key() -> Option<String> {
    let mut command = Command::new("openssl");
    command.args(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]).stderr(Stdio::null());
    match command.output() {
        Ok(output) if output.status.success() => Some(String::from_utf8(output.stdout).expect("PEM")),
        _ if std::env::var_os("CI").is_some() => panic!("openssl is not installed"),
        _ => {
            println!("skipped: `openssl` is not installed");
            None
        }
    }
}

/// Where the child finds the double. Tests may not change their environment, so that the variable with the path of the
/// account's file is set for a child of theirs.
const CHILD: &str = "CHANCERY_TEST_GOOGLE_URL";

/// Runs the test `name` again as a child, with the file of a service account whose key is `pem`.
fn in_child(name: &str, server: &Server, pem: &str) {
    let (url, folder) = (serve(server.clone()), tempfile::tempdir().expect("a folder"));
    let file = folder.path().join("account.json");
    let account = json!({
        "type": "service_account", "project_id": "p", "private_key_id": "key-1", "private_key": pem,
        "client_email": "desk@p.example", "token_uri": format!("{url}/token"),
    });
    std::fs::write(&file, account.to_string()).expect("a file");
    let mut child = Command::new(std::env::current_exe().expect("this program"));
    child.args([&format!("services::google::{name}"), "--exact"]).env(CHILD, url);
    let output = child.env("CHANCERY_TEST_GOOGLE_ACCOUNT", file).output().expect("a child");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

/// The backend of the child, which knows no token.
fn as_account() -> Option<Box<dyn Backend>> {
    let url = std::env::var(CHILD).ok()?;
    let table = format!("url = '{url}'\nkey_env = ''\ncredentials_env = 'CHANCERY_TEST_GOOGLE_ACCOUNT'");
    Some(opened("google", &table))
}

#[test]
fn a_service_account_fetches_its_token_once_and_again_before_it_ends() {
    if let Some(backend) = as_account() {
        let batch = Batch { pair: pair("de"), texts: vec![Input { text: "One two.".into(), ..Input::default() }] };
        let both = runtime().block_on(async { tokio::join!(backend.translate(&batch), backend.translate(&batch)) });
        assert_eq!(
            (texts(both.0.expect("an answer")), texts(both.1.expect("one"))),
            (vec!["two. One".into()], vec!["two. One".into()])
        );
        return;
    }
    let Some(pem) = made_key() else { return };
    for (good_for, tokens) in [(3600, 1), (60, 2)] {
        let server = Server::default();
        server.state(|state| (state.account, state.good_for) = (Some(public(&pem)), good_for));
        in_child("a_service_account_fetches_its_token_once_and_again_before_it_ends", &server, &pem);
        assert_eq!((server.state(|state| state.tokens), server.state(|state| state.asked.len())), (tokens, 2));
    }
}

#[test]
fn a_service_account_with_a_wrong_key_is_told() {
    if let Some(backend) = as_account() {
        let (kind, said) = trouble(ask(&*backend, "de", &["A word."]));
        assert_eq!(kind, Trouble::Auth);
        assert!(said.contains("invalid_grant: Invalid JWT Signature.") && said.contains("look at the key"), "{said}");
        return;
    }
    let (Some(pem), Some(other)) = (made_key(), made_key()) else { return };
    let server = Server::default();
    server.state(|state| state.account = Some(public(&other)));
    in_child("a_service_account_with_a_wrong_key_is_told", &server, &pem);
    assert!(server.state(|state| state.asked.is_empty()));
}

/// The public half of a key.
fn public(pem: &str) -> Vec<u8> {
    let der = PrivatePkcs8KeyDer::from_pem_slice(pem.as_bytes()).expect("PKCS #8");
    RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).expect("a key").public_key().as_ref().to_vec()
}
