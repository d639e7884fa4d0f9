//! Ten thousand segments through a service: as fast as its limit allows, and never faster.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chancery::glossary::Glossary;
use chancery::model::{
    BlockKind, Document, Head, Lang, Metadata, Origin, Outcome, Passage, Prepared, Segment, SegmentId, Unit,
};
use chancery::translate::{Options, Tables, Translator};
use serde_json::{Value, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

const SEGMENTS: usize = 10_000;
/// Requests in a minute that the service takes.
const LIMIT: usize = 600;
/// How long it takes over each.
const LATENCY: Duration = Duration::from_millis(100);
/// A window of time, and the requests that the limit allows in it.
const WINDOW: (Duration, usize) = (Duration::from_secs(15), LIMIT / 4);
/// What a request may be late on its way: in a minute's window the pace leaves room for more than that.
const LATE: Duration = Duration::from_millis(600);
/// A machine that has other things to do may be late so often; the limit holds each time.
const TIMES: usize = 3;

/// A service that writes down when requests arrive, and translates the one sentence that there is.
#[derive(Clone, Default)]
struct Service {
    arrivals: Arc<Mutex<Vec<Instant>>>,
}

impl Respond for Service {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        self.arrivals.lock().expect("a list").push(Instant::now());
        let body: Value = request.body_json().expect("JSON");
        let texts = body["q"].as_array().expect("texts").iter().filter_map(Value::as_str);
        let translated: Vec<String> = texts.map(said).collect();
        ResponseTemplate::new(200).set_body_json(json!({ "translatedText": translated })).set_delay(LATENCY)
    }
}

fn said(text: &str) -> String {
    let number: String = text.chars().filter(char::is_ascii_digit).collect();
    format!("La delegación número {number} llegó a la capital el lunes.")
}

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a tag")
}

/// An article of so many sentences, no two alike.
fn article() -> Document<Prepared> {
    let head = Head {
        origin: Origin::file(Path::new("long.txt")),
        format: "plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        sha256: String::new(),
        metadata: Metadata::default(),
        cut: Vec::new(),
    };
    let segment = |number: usize| {
        let text = format!("Delegation number {number} arrived in the capital on Monday.").into();
        let segment = Segment { id: SegmentId::new("p1", number), text, gap: " ".to_owned() };
        Prepared { segment, terms: Vec::new() }
    };
    let passage = Passage {
        id: "p1".to_owned(),
        kind: BlockKind::Paragraph,
        lang: lang("en"),
        lead: String::new(),
        segments: (1..=SEGMENTS).map(segment).collect(),
    };
    Document { head, language: lang("en"), passages: vec![passage] }
}

fn translator(url: &str) -> Translator {
    let toml = format!("kind = 'libretranslate'\nurl = '{url}'\nrequests_per_minute = {LIMIT}");
    let table = DeTable::parse(&toml).expect("TOML");
    let table = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
    let options = Options { backends: vec!["mock".to_owned()], ..Options::default() };
    Translator::open(&options, Tables::from([("mock".to_owned(), table)]), Path::new("")).expect("it opens")
}

fn is_translated(unit: &Unit) -> bool {
    matches!(&unit.outcome, Outcome::Translated(target) if target.text.plain() == said(unit.segment.text.plain()))
}

/// When the requests for ten thousand segments arrived, which all came back translated.
async fn arrivals() -> Vec<Instant> {
    let (server, service) = (MockServer::start().await, Service::default());
    Mock::given(wiremock::matchers::any()).respond_with(service.clone()).mount(&server).await;
    let glossary = Glossary::default();
    let units = translator(&server.uri()).units(vec![article()], lang("es"), &glossary, &|_| {}).await;
    let translated = units.iter().flat_map(Document::segments).filter(|(_, unit)| is_translated(unit)).count();
    assert_eq!(translated, SEGMENTS);
    let mut arrivals = service.arrivals.lock().expect("a list").clone();
    arrivals.sort_unstable();
    arrivals
}

#[test]
fn ten_thousand_segments_keep_the_limit_and_use_it() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("a runtime");
    let mut rates = Vec::new();
    for _ in 0..TIMES {
        let arrivals = runtime.block_on(arrivals());
        let over = arrivals.windows(WINDOW.1 + 1).find(|window| window[WINDOW.1] - window[0] + LATE <= WINDOW.0);
        assert!(over.is_none(), "more than {} requests in {:?}", WINDOW.1, WINDOW.0);
        let took = (arrivals[arrivals.len() - 1] - arrivals[0]).as_secs_f64();
        let intervals = u32::try_from(arrivals.len() - 1).expect("some hundreds");
        rates.push(f64::from(intervals) * 60.0 / took);
        if rates.iter().any(|rate| *rate >= 0.97 * 600.0) {
            return;
        }
    }
    panic!("{rates:?} requests in a minute of the {LIMIT} that are allowed");
}
