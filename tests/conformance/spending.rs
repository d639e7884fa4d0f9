//! What a run pays: dry runs that hold, budgets that are kept, answers that are paid for once. Real HTTP on loopback, and a
//! server that counts.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chancery::config::{Config, Flags, Plan};
use chancery::emit::report::{RunReport, Status};
use chancery::model::Money;
use chancery::pipeline::{self, Error, Forecast, Silence, Stages, Stop};
use serde_json::json;
use tempfile::TempDir;
use wiremock::{Request, Respond, ResponseTemplate};

use super::services::serve;
use super::{lang, runtime};

/// What the server says for the sentences of the articles.
const SAID: &[(&str, &str)] = &[
    ("The minister spoke to the press on Monday.", "El ministro habló con la prensa el lunes."),
    (
        "Talks about the border will go on next week.",
        "Las conversaciones sobre la frontera seguirán la próxima semana.",
    ),
    ("Nobody was hurt when the bridge was closed.", "Nadie resultó herido cuando se cerró el puente."),
    ("The harvest was better than the year before.", "La cosecha fue mejor que la del año anterior."),
    ("A ship with grain left the harbour at night.", "Un barco con grano salió del puerto por la noche."),
    (
        "Both sides signed the treaty in the old town hall.",
        "Ambas partes firmaron el tratado en el antiguo ayuntamiento.",
    ),
];

/// The articles, by the places of their sentences. All share one sentence.
const ARTICLES: &[(&str, &[usize])] = &[("a.txt", &[0, 1, 2]), ("b.txt", &[0, 3]), ("c.txt", &[0, 4, 5])];

/// What a server is asked, and from which request on it refuses.
#[derive(Clone, Default)]
struct Server {
    asked: Arc<Mutex<Vec<String>>>,
    requests: Arc<Mutex<usize>>,
    refuses_from: Arc<Mutex<Option<usize>>>,
}

impl Respond for Server {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut requests = self.requests.lock().expect("a count");
        *requests += 1;
        if self.refuses_from.lock().expect("a number").is_some_and(|from| *requests >= from) {
            return ResponseTemplate::new(456).set_body_json(json!({ "error": "Quota exceeded" }));
        }
        let body: serde_json::Value = request.body_json().expect("JSON");
        let texts = body["q"].as_array().expect("texts").iter().map(|text| text.as_str().expect("a text"));
        let said = |text: &str| SAID.iter().find(|(own, _)| *own == text).map_or("", |(_, said)| said);
        let answers: Vec<&str> = texts.clone().map(said).collect();
        self.asked.lock().expect("a list").extend(texts.map(str::to_owned));
        ResponseTemplate::new(200).set_body_json(json!({ "translatedText": answers }))
    }
}

/// A folder with articles and settings, and the server that they name.
struct Desk {
    folder: TempDir,
    server: Server,
}

impl Desk {
    /// One text a request and one request at once, so that what a run has paid when it ends is the same each time.
    fn new() -> Self {
        let (folder, server) = (tempfile::tempdir().expect("a folder"), Server::default());
        let articles = folder.path().join("in");
        fs::create_dir(&articles).expect("made");
        for (name, sentences) in ARTICLES {
            let text: Vec<&str> = sentences.iter().map(|&at| SAID[at].0).collect();
            fs::write(articles.join(name), text.join("\n\n")).expect("written");
        }
        let address = serve(server.clone());
        let settings = format!(
            "[glossary]\npaths = []\n[translate]\nbackends = ['libretranslate']\nwindow = 4\n[backend.libretranslate]\nurl = '{address}'\n\
             concurrency = 1\nprice = 20.0\nwait_s = 0.001\npause_s = 0.01\n"
        );
        fs::write(folder.path().join("pipeline.toml"), settings).expect("written");
        Self { folder, server }
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn plan(&self, budget: Option<&str>, max_chars: Option<u64>) -> Plan {
        let config = Config::find(Some(&self.folder.path().join("pipeline.toml"))).expect("settings");
        let flags = Flags {
            inputs: vec![self.folder.path().join("in")],
            to: vec![lang("es")],
            from: Some(lang("en")),
            out: self.out(),
            budget: budget.map(|budget| budget.parse().expect("an amount")),
            max_chars,
            ..Flags::default()
        };
        config.plan(flags).expect("a plan")
    }

    /// A run as a process of its own has it.
    fn try_run(&self, budget: Option<&str>, max_chars: Option<u64>) -> Result<RunReport, Error> {
        let plan = self.plan(budget, max_chars);
        let stages = Arc::new(Stages::open(&plan)?);
        runtime().block_on(pipeline::run(&plan, stages, Arc::new(Silence), Stop::default()))
    }

    #[track_caller]
    fn run(&self, budget: Option<&str>, max_chars: Option<u64>) -> RunReport {
        self.try_run(budget, max_chars).expect("a report")
    }

    #[track_caller]
    fn forecast(&self, budget: Option<&str>) -> Forecast {
        let plan = self.plan(budget, None);
        let stages = Arc::new(Stages::open(&plan).expect("stages"));
        runtime().block_on(pipeline::forecast(&plan, stages)).expect("a forecast")
    }

    /// How often the server was asked for each text.
    fn asked(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for text in self.server.asked.lock().expect("a list").iter() {
            *counts.entry(text.clone()).or_default() += 1;
        }
        counts
    }

    fn characters_asked(&self) -> u64 {
        self.server.asked.lock().expect("a list").iter().map(|text| text.chars().count() as u64).sum()
    }

    /// Expects that every text was asked for once, and that its translation stands in the outputs.
    #[track_caller]
    fn is_whole(&self) {
        let asked = self.asked();
        assert_eq!(asked.len(), SAID.len(), "{asked:?}");
        assert!(asked.values().all(|times| *times == 1), "{asked:?}");
        for (name, sentences) in ARTICLES {
            let xliff = self.out().join(format!("{}.en-es.xlf", name.trim_end_matches(".txt")));
            let xliff = fs::read_to_string(xliff).expect("an output");
            assert!(sentences.iter().all(|&at| xliff.contains(SAID[at].1)), "{xliff}");
        }
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_dry_run_calls_nothing_writes_nothing_and_holds() {
    let desk = Desk::new();
    let before = names(desk.folder.path());
    let forecast = desk.forecast(None);
    assert_eq!(*desk.server.requests.lock().expect("a count"), 0);
    assert_eq!(names(desk.folder.path()), before);
    assert_eq!((forecast.articles.articles, forecast.articles.open), (3, 3));
    assert_eq!((forecast.segments, forecast.texts), (8, 6));
    let report = desk.run(None, None);
    let [line] = &*forecast.backends else { panic!("{forecast:?}") };
    assert_eq!(line.spent, report.services[0].spent);
    assert_eq!(line.spent.usage.characters, desk.characters_asked());
    assert_eq!(line.spent.usage.requests, *desk.server.requests.lock().expect("a count") as u64);
    desk.is_whole();
    // Nothing is left to be done, and nothing to be paid.
    let forecast = desk.forecast(None);
    assert_eq!((forecast.articles.finished, forecast.texts), (3, 0));
    assert!(forecast.backends.is_empty() && forecast.cost.is_zero(), "{forecast:?}");
}

#[test]
fn a_dry_run_knows_what_was_answered_before() {
    let desk = Desk::new();
    *desk.server.refuses_from.lock().expect("a number") = Some(2);
    desk.run(None, None);
    let known = desk.asked().len();
    let forecast = desk.forecast(Some("100"));
    let line = &forecast.backends[0];
    // An article that was whole before the quota ended is finished, and its texts are not looked for again.
    assert!(known > 0 && known < SAID.len());
    assert_eq!(line.texts - line.cached, SAID.len() - known);
    assert_eq!(forecast.spent_before.usage.characters, desk.characters_asked());
    *desk.server.refuses_from.lock().expect("a number") = None;
    let report = desk.run(None, None);
    assert_eq!(report.services[0].spent, line.spent);
    assert_eq!(report.services[0].cached, line.cached as u64);
    desk.is_whole();
}

#[test]
fn a_quota_that_ends_in_the_middle_is_gone_on_from() {
    for from in 1..=3 {
        let desk = Desk::new();
        *desk.server.refuses_from.lock().expect("a number") = Some(from);
        let report = desk.run(None, None);
        let unfinished =
            report.articles.iter().find(|row| row.status == Status::Unfinished).expect("an unfinished one");
        let reason = unfinished.reason.as_deref().unwrap_or_default();
        assert!(reason.contains("456") && reason.contains("Quota exceeded"), "{reason}");
        assert_eq!(report.totals.failed + report.totals.partial, 0);
        assert!(unfinished.outputs.is_empty() && unfinished.failures.is_empty());
        // Nothing was asked for after the refusal.
        assert_eq!(*desk.server.requests.lock().expect("a count"), from);
        *desk.server.refuses_from.lock().expect("a number") = None;
        let report = desk.run(None, None);
        assert_eq!(report.totals.complete, 3);
        desk.is_whole();
    }
}

#[test]
fn a_budget_is_kept_and_a_larger_one_goes_on() {
    let desk = Desk::new();
    let cost = desk.forecast(None).cost;
    assert!(desk.forecast(Some("0.004")).exceeds() && !desk.forecast(Some("1")).exceeds());
    let report = desk.run(Some("0.004"), None);
    let spent = report.services[0].spent.money;
    assert!(spent <= "0.004".parse().expect("an amount") && !spent.is_zero(), "{spent}");
    let reason = report.articles.iter().find_map(|row| row.reason.as_deref()).expect("a reason");
    assert!(reason.contains("of the budget of 0.004 is spent") && reason.contains("--budget goes on"), "{reason}");
    // What was spent before counts: no more is paid for with the same budget.
    let again = desk.run(Some("0.004"), None);
    assert_eq!(again.services.iter().map(|it| it.spent.money).sum::<Money>(), Money::default());
    let rest = desk.run(Some(&cost.to_string()), None);
    assert_eq!(spent + rest.services[0].spent.money, cost);
    desk.is_whole();
    // The run ended by itself: the next ones begin with nothing spent.
    fs::write(desk.folder.path().join("in/d.txt"), SAID[5].0.replace("Both", "Two")).expect("written");
    assert_eq!(desk.forecast(Some("0.004")).spent_before.money, Money::default());
}

#[test]
fn characters_are_counted_to_the_last() {
    let desk = Desk::new();
    let all = desk.forecast(None).backends[0].spent.usage.characters;
    let report = desk.run(None, Some(all - 1));
    assert_eq!(report.totals.unfinished, 1);
    assert!(desk.characters_asked() < all);
    let reason = report.articles.iter().find_map(|row| row.reason.as_deref()).expect("a reason");
    assert!(reason.contains("--max-chars goes on"), "{reason}");
    assert_eq!(desk.run(None, Some(all)).totals.complete, 3);
    desk.is_whole();
    assert_eq!(desk.characters_asked(), all);
}

#[test]
fn what_is_in_the_way_is_told_before_anything_is_paid() {
    let desk = Desk::new();
    fs::create_dir(desk.out()).expect("made");
    for (name, _) in ARTICLES {
        fs::write(desk.out().join(name.replace(".txt", ".es.html")), "mine").expect("written");
    }
    let report = desk.run(None, None);
    assert!(report.articles.iter().all(|row| row.reason.as_deref().is_some_and(|it| it.contains("in the way"))));
    assert_eq!(*desk.server.requests.lock().expect("a count"), 0);
}

#[test]
fn a_store_of_a_later_version_is_refused_and_a_damaged_one_is_moved_aside() {
    let desk = Desk::new();
    desk.run(None, None);
    let store = desk.out().join("chancery.sqlite");
    let mut bytes = fs::read(&store).expect("the store");
    // The schema's number stands at byte 60 of the file, most significant byte first.
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&store, &bytes).expect("written");
    let error = desk.try_run(None, None).expect_err("it is refused").to_string();
    assert!(error.contains("a later version of chancery wrote it"), "{error}");
    fs::write(&store, "no database at all, and long enough to be looked at").expect("written");
    assert_eq!(desk.run(None, None).totals.complete, 3);
    assert!(desk.out().join("chancery.sqlite.broken").exists());
}
