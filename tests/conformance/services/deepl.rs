//! DeepL's interface, as its OpenAPI 3.6 and its library `deepl` 1.32 have it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use chancery::model::{Pair, Usage};
use chancery::translate::{Context, Draft};
use serde_json::{Value, json};
use wiremock::{Request, Respond, ResponseTemplate};

use super::*;

/// A variable that is set wherever tests run; its value serves as the key.
const KEY_ENV: &str = "CARGO_PKG_LICENSE";

/// The double, its glossaries, and what it was asked.
#[derive(Clone, Default)]
struct Server(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// The name of each glossary and its only dictionary, by id.
    glossaries: BTreeMap<String, (String, Value)>,
    /// Glossaries made so far.
    made: usize,
    /// Bodies of translations that were asked for.
    asked: Vec<Value>,
    /// What the next translation is answered.
    next: Option<ResponseTemplate>,
    /// What the next glossary is answered.
    next_glossary: Option<ResponseTemplate>,
}

fn refused(status: u16, message: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({ "message": message }))
}

impl Respond for Server {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let key = format!("DeepL-Auth-Key {}", env!("CARGO_PKG_LICENSE"));
        if request.headers.get("authorization").is_none_or(|own| own.as_bytes() != key.as_bytes()) {
            return refused(403, "Forbidden");
        }
        let mut state = self.0.lock().expect("a state");
        let path = request.url.path().to_owned();
        let id = path.strip_prefix("/v3/glossaries/");
        match (request.method.as_str(), path.as_str()) {
            ("POST", _) if request.body.len() > 128 << 10 => refused(413, "Payload too large"),
            ("POST", "/v2/translate") => state.translate(&request.body_json().expect("JSON")),
            ("POST", "/v3/glossaries") => state.create(&request.body_json().expect("JSON")),
            ("GET", "/v3/glossaries") => state.list(),
            ("DELETE", _) if id.is_some_and(|id| state.glossaries.remove(id).is_some()) => ResponseTemplate::new(204),
            ("GET", "/v2/usage") => ResponseTemplate::new(200)
                .set_body_json(json!({ "character_count": 180_118, "character_limit": 1_250_000 })),
            ("GET", "/v2/languages") => languages(request),
            ("GET", "/v2/glossary-language-pairs") => ResponseTemplate::new(200)
                .set_body_json(json!({ "supported_languages": [{ "source_lang": "de", "target_lang": "en" }] })),
            _ => refused(404, "Not found"),
        }
    }
}

fn languages(request: &Request) -> ResponseTemplate {
    let source = request.url.query() == Some("type=source");
    let codes: &[&str] = if source { &["EN", "PT"] } else { &["DE", "EN-GB", "PT-BR"] };
    let language = |code: &&str| json!({ "language": code, "name": code, "supports_formality": false });
    ResponseTemplate::new(200).set_body_json(codes.iter().map(language).collect::<Vec<_>>())
}

impl State {
    fn translate(&mut self, body: &Value) -> ResponseTemplate {
        self.asked.push(body.clone());
        if let Some(next) = self.next.take() {
            return next;
        }
        let known = ["EN", "ES", "DE", "PT-BR", "ZH-HANS"];
        if let Some(key) = ["source_lang", "target_lang"].iter().find(|key| !known.iter().any(|it| body[**key] == **it))
        {
            return refused(400, &format!("Value for '{key}' not supported."));
        }
        if let Some(id) = body["glossary_id"].as_str() {
            let Some((_, dictionary)) = self.glossaries.get(id) else { return refused(404, "Glossary not found") };
            let base = body["target_lang"].as_str().unwrap_or_default().to_lowercase();
            if !base.starts_with(dictionary["target_lang"].as_str().unwrap_or("-")) {
                return refused(400, "No dictionary found for language pair");
            }
        }
        let texts = body["text"].as_array().expect("texts").iter().filter_map(Value::as_str);
        let marked = body["tag_handling"] == "xml";
        let translation = |text: &str| {
            // What stands in tags is not translated.
            let text = if marked { text.to_owned() } else { said(text) };
            json!({ "detected_source_language": "EN", "text": text, "billed_characters": text.chars().count() })
        };
        ResponseTemplate::new(200).set_body_json(json!({ "translations": texts.map(translation).collect::<Vec<_>>() }))
    }

    fn create(&mut self, body: &Value) -> ResponseTemplate {
        if let Some(next) = self.next_glossary.take() {
            return next;
        }
        let dictionary = &body["dictionaries"][0];
        let entries = dictionary["entries"].as_str().expect("entries");
        let terms: Vec<&str> = entries.lines().filter_map(|line| Some(line.split_once('\t')?.0)).collect();
        let code = |key: &str| dictionary[key].as_str().is_some_and(|code| code.len() == 2);
        let whole = terms.len() == entries.lines().count() && !terms.is_empty();
        if !whole || dictionary["entries_format"] != "tsv" || !code("source_lang") || !code("target_lang") {
            let error =
                json!({ "message": "Invalid glossary entries provided", "detail": "Missing or invalid argument" });
            return ResponseTemplate::new(400).set_body_json(error);
        }
        self.made += 1;
        let (id, name) = (format!("id-{}", self.made), body["name"].as_str().expect("a name"));
        self.glossaries.insert(id.clone(), (name.to_owned(), dictionary.clone()));
        ResponseTemplate::new(201).set_body_json(json!({
            "glossary_id": id, "name": name, "creation_time": "2021-08-03T14:16:18.329Z",
            "dictionaries": [{ "source_lang": "en", "target_lang": "de", "entry_count": terms.len() }],
        }))
    }

    fn list(&self) -> ResponseTemplate {
        let listed = |(id, (name, _)): (&String, &(String, Value))| {
            json!({
                "glossary_id": id, "name": name, "creation_time": "2021-08-03T14:16:18.329Z",
                "dictionaries": [{ "source_lang": "EN", "target_lang": "DE", "entry_count": 1 }],
            })
        };
        ResponseTemplate::new(200)
            .set_body_json(json!({ "glossaries": self.glossaries.iter().map(listed).collect::<Vec<_>>() }))
    }
}

impl Server {
    /// A backend of its own, as another process would open it.
    fn open(&self, more: &str) -> Box<dyn Backend> {
        let url = serve(self.clone());
        opened("deepl", &format!("url = '{url}'\nkey_env = '{KEY_ENV}'\n{more}"))
    }

    fn state<T>(&self, of: impl FnOnce(&mut State) -> T) -> T {
        of(&mut self.0.lock().expect("a state"))
    }

    /// The names of its glossaries without their hashes, in order.
    fn glossaries(&self) -> Vec<String> {
        let name = |(name, _): &(String, Value)| name.split_once(' ').map_or(name.clone(), |(_, rest)| rest.to_owned());
        let mut names: Vec<String> = self.state(|state| state.glossaries.values().map(name).collect());
        names.sort();
        names
    }

    fn last_asked(&self) -> Value {
        self.state(|state| state.asked.last().cloned()).expect("a request")
    }
}

fn pair(target: &str) -> Pair {
    Pair { source: lang("en"), target: lang(target) }
}

fn tell(backend: &dyn Backend, target: &str, terms: &[(&str, &str)]) {
    let terms: Vec<_> = terms.iter().map(|(term, said)| ((*term).to_owned(), (*said).to_owned())).collect();
    backend.prepare(pair(target), &terms);
}

fn translate(backend: &dyn Backend, target: &str, texts: Vec<Input>) -> Result<Answer, Error> {
    runtime().block_on(backend.translate(&Batch { pair: pair(target), texts }))
}

const TERMS: &[(&str, &str)] = &[("ceasefire", "Waffenruhe"), ("envoy", "Gesandter")];

pub(crate) fn subjects() -> Vec<Subject> {
    let url = serve(Server::default());
    vec![subject("deepl", &format!("url = '{url}'\nkey_env = '{KEY_ENV}'"), ("en", "es"), ENGLISH)]
}

#[test]
fn a_request_says_what_is_documented() {
    let server = Server::default();
    let more = "formality = 'prefer_more'\nmodel = 'quality_optimized'\ninstructions = ['Write as a news agency.']";
    let context = Context { title: "Talks".into(), before: "Before.".into(), after: "After.".into() };
    let input = Input { text: "A ceasefire <holds>.".into(), context, ..Input::default() };
    translate(&*server.open(more), "de", vec![input]).expect("an answer");
    assert_eq!(
        server.last_asked(),
        json!({
            "text": ["A ceasefire <holds>."], "source_lang": "EN", "target_lang": "DE", "split_sentences": "0",
            "preserve_formatting": true, "show_billed_characters": true, "formality": "prefer_more",
            "context": "Talks\nBefore.\nA ceasefire <holds>.\nAfter.", "model_type": "quality_optimized",
            "custom_instructions": ["Write as a news agency."],
        })
    );
}

#[test]
fn what_is_kept_goes_in_tags_and_comes_back_without() {
    let server = Server::default();
    let input = keeping("Talks at AT&T <now>", 9..13);
    let plain = Input { text: "R&D".into(), ..Input::default() };
    let answer = translate(&*server.open(""), "de", vec![input.clone(), plain]).expect("an answer");
    let asked = server.last_asked();
    assert_eq!(asked["text"], json!(["Talks at <keep>AT&amp;T</keep> &lt;now&gt;", "R&amp;D"]));
    assert_eq!((&asked["tag_handling"], &asked["tag_handling_version"]), (&json!("xml"), &json!("v2")));
    assert_eq!(asked["ignore_tags"], json!(["keep"]));
    let texts: Vec<String> = answer.whole().expect("drafts").into_iter().map(|draft| draft.text).collect();
    assert_eq!(texts, ["Talks at AT&T <now>", "R&D"]);
    let lost = json!({ "translations": [{ "text": "Gespräche" }] });
    server.state(|state| state.next = Some(ResponseTemplate::new(200).set_body_json(lost)));
    let answer = translate(&*server.open(""), "de", vec![input]).expect("an answer");
    let Err(error) = &answer.drafts[0] else { panic!("{answer:?}") };
    assert!(error.to_string().contains("lacks `AT&T`"), "{error}");
}

#[test]
fn what_was_charged_is_told() {
    let server = Server::default();
    let answer = ask(&*server.open(""), "de", &["One two.", "Three."]).expect("an answer");
    assert_eq!(answer.used, Some(Usage { requests: 1, characters: 14, ..Usage::default() }));
    let silent = json!({ "translations": [{ "text": "Eins." }] });
    server.state(|state| state.next = Some(ResponseTemplate::new(200).set_body_json(silent)));
    let answer = ask(&*server.open(""), "de", &["One."]).expect("an answer");
    assert_eq!((answer.used, answer.drafts), (None, vec![Ok(Draft { text: "Eins.".into(), alignment: None })]));
}

/// Expects what a translation that is answered so means.
#[track_caller]
fn means(answer: ResponseTemplate, wanted: Trouble, words: &str) {
    let server = Server::default();
    server.state(|state| state.next = Some(answer));
    let (trouble, said) = trouble(ask(&*server.open(""), "de", &["A word."]));
    assert_eq!(trouble, wanted, "{said}");
    assert!(said.contains(words), "{said}");
    assert!(!said.contains(env!("CARGO_PKG_LICENSE")), "{said}");
}

#[test]
fn each_refusal_is_understood() {
    means(refused(456, "Quota Exceeded"), Trouble::Quota, "used up");
    means(refused(429, "Too many requests"), Trouble::Limited, "Too many requests");
    means(refused(529, "Too many requests"), Trouble::Overloaded, "529");
    means(refused(503, "Service unavailable"), Trouble::Overloaded, "Service unavailable");
    means(refused(413, "Payload too large"), Trouble::TooLarge, "Payload");
    means(refused(403, &format!("No key {}", env!("CARGO_PKG_LICENSE"))), Trouble::Auth, "look at the key");
    let tags = json!({ "Message": "Tag handling parsing failed, please check input." });
    means(ResponseTemplate::new(400).set_body_json(tags), Trouble::Refused, "Tag handling parsing failed");
    let formality = "'formality' is not supported for given 'target_lang'.";
    means(refused(400, formality), Trouble::Settings, formality);
    means(ResponseTemplate::new(200).set_body_json(json!({ "translation": [] })), Trouble::Unreadable, "documented");
}

#[test]
fn a_wrong_key_and_an_unknown_language_are_understood() {
    let server = Server::default();
    let url = serve(server.clone());
    let stranger = opened("deepl", &format!("url = '{url}'\nkey_env = 'CARGO_PKG_NAME'"));
    assert_eq!(trouble(ask(&*stranger, "de", &["A word."])).0, Trouble::Auth);
    let (kind, said) = trouble(ask(&*server.open(""), "vi", &["A word."]));
    assert_eq!(kind, Trouble::Pair);
    assert!(said.contains("'target_lang' not supported") && said.contains("`codes`"), "{said}");
    let too_much = vec!["wort \" ".repeat(4000); 10];
    let texts: Vec<&str> = too_much.iter().map(String::as_str).collect();
    assert_eq!(trouble(ask(&*server.open(""), "de", &texts)).0, Trouble::TooLarge);
}

#[test]
fn a_glossary_is_made_once_and_found_again() {
    let server = Server::default();
    let first = server.open("");
    tell(&*first, "de", TERMS);
    let batch = |text: &str| Batch { pair: pair("de"), texts: vec![Input { text: text.into(), ..Input::default() }] };
    let (one, two) = (batch("One."), batch("Two."));
    let (one, two) = runtime().block_on(async { tokio::join!(first.translate(&one), first.translate(&two)) });
    assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
    assert_eq!(server.last_asked()["glossary_id"], "id-1");
    let (name, dictionary) = server.state(|state| state.glossaries["id-1"].clone());
    let wanted = json!({
        "source_lang": "en", "target_lang": "de", "entries_format": "tsv",
        "entries": "ceasefire\tWaffenruhe\nenvoy\tGesandter\n",
    });
    assert_eq!(dictionary, wanted);
    assert!(name.starts_with("chancery-") && name.ends_with(" default en-de"), "{name}");
    let second = server.open("");
    tell(&*second, "de", TERMS);
    ask(&*second, "de", &["Three."]).expect("an answer");
    assert_eq!((server.last_asked()["glossary_id"].as_str(), server.state(|state| state.made)), (Some("id-1"), 1));
    assert_eq!(first.fingerprint(pair("de")), second.fingerprint(pair("de")));
}

#[test]
fn changed_terms_make_a_new_glossary_and_take_away_the_old_one() {
    let server = Server::default();
    let foreign = |name: &str| (name.to_owned(), json!({ "target_lang": "de" }));
    server.state(|state| state.glossaries.insert("theirs".into(), foreign("Legal terms")));
    let (other, hash) = (server.open("glossary_label = 'sports'"), "0".repeat(64));
    server.state(|state| state.glossaries.insert("a".into(), foreign(&format!("chancery-{hash} default en-pt-BR"))));
    tell(&*other, "de", TERMS);
    ask(&*other, "de", &["One."]).expect("an answer");
    let (old, new) = (server.open(""), server.open(""));
    tell(&*old, "de", TERMS);
    ask(&*old, "de", &["One."]).expect("an answer");
    tell(&*new, "de", &TERMS[..1]);
    ask(&*new, "de", &["One."]).expect("an answer");
    assert_eq!(server.glossaries(), ["default en-de", "default en-pt-BR", "sports en-de", "terms"]);
    assert_eq!((server.last_asked()["glossary_id"].as_str(), server.state(|state| state.made)), (Some("id-3"), 3));
    assert_ne!(old.fingerprint(pair("de")), new.fingerprint(pair("de")));
}

#[test]
fn without_terms_there_is_no_glossary() {
    let server = Server::default();
    for (more, terms) in [("", &[][..]), ("glossary = false", TERMS)] {
        let backend = server.open(more);
        tell(&*backend, "de", terms);
        ask(&*backend, "de", &["One."]).expect("an answer");
        assert_eq!(server.last_asked().get("glossary_id"), None);
    }
    assert!(server.glossaries().is_empty());
}

#[test]
fn a_glossary_that_is_gone_is_made_again_with_the_next_try() {
    let server = Server::default();
    let backend = server.open("");
    tell(&*backend, "de", TERMS);
    ask(&*backend, "de", &["One."]).expect("an answer");
    server.state(|state| state.glossaries.clear());
    let (kind, said) = trouble(ask(&*backend, "de", &["Two."]));
    assert_eq!(kind, Trouble::Overloaded);
    assert!(said.contains("the glossary is gone"), "{said}");
    ask(&*backend, "de", &["Two."]).expect("an answer");
    assert_eq!(server.last_asked()["glossary_id"], "id-2");
}

/// Expects what it means when a glossary is not made.
#[track_caller]
fn makes_none(answer: ResponseTemplate, wanted: Trouble, words: &str) {
    let server = Server::default();
    server.state(|state| state.next_glossary = Some(answer));
    let backend = server.open("");
    tell(&*backend, "de", TERMS);
    let (trouble, said) = trouble(ask(&*backend, "de", &["One."]));
    assert_eq!(trouble, wanted, "{said}");
    assert!(said.contains(words), "{said}");
    assert!(server.state(|state| state.asked.is_empty()));
}

#[test]
fn nothing_is_translated_without_the_glossary_unawares() {
    makes_none(refused(456, "Quota Exceeded"), Trouble::Quota, "as many glossaries as it may");
    let duplicate = json!({
        "message": "Invalid glossary entries provided",
        "detail": "Key with the index 1 (starting at position 13) duplicates key with the index 0 (starting at position 0)",
    });
    makes_none(ResponseTemplate::new(400).set_body_json(duplicate), Trouble::Pair, "`glossary = false`");
    makes_none(refused(503, "Service unavailable"), Trouble::Overloaded, "503");
}

#[test]
fn it_says_what_is_left_and_lists_its_pairs() {
    let probe = probe(&*Server::default().open("")).expect("an answer");
    assert!(probe.says.contains("180118 of 1250000 characters"), "{}", probe.says);
    let pairs: Vec<String> = probe.pairs.expect("a list").iter().map(ToString::to_string).collect();
    assert!(pairs.contains(&"en-de".to_owned()) && pairs.contains(&"pt-BR-en-GB".to_owned()), "{pairs:?}");
    assert!(!pairs.iter().any(|pair| pair.starts_with("de-") || pair.ends_with("-en")), "{pairs:?}");
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    let key = format!("key_env = '{KEY_ENV}'\n");
    let refused = |more: &str| not_opened("deepl", &format!("{key}{more}"));
    assert!(refused("instructions = ['']").contains("`instructions` are 10 at the most"));
    assert!(refused("instructions = ['x']\nmodel = 'latency_optimized'").contains("leave `model` out"));
    assert!(refused("glossary_label = 'our terms'").contains("`glossary_label`"));
    assert!(refused("formality = 'polite'").contains("prefer_more"));
    assert!(not_opened("deepl", "key_env = 'CHANCERY_UNSET'").contains("CHANCERY_UNSET is not set"));
    let strict = opened("deepl", &format!("{key}formality = 'more'"));
    assert!(strict.unsettled(lang("fi")).expect("a reason").contains("prefer_more"));
    assert_eq!(strict.unsettled(lang("de")), None);
    assert!(strict.unsettled(lang("pt")).expect("a reason").contains("pt-BR or pt-PT"));
}
