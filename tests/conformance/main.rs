//! What every backend must keep. A new row of `ENTRIES` is picked up here and asked for a table to be opened with.
#![expect(clippy::print_stdout, reason = "a program that is not installed is skipped aloud")]

#[path = "../shared/server.rs"]
mod server;
mod services;
mod spending;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use chancery::glossary::Glossary;
use chancery::model::{
    BlockKind, Document, Head, Lang, Mark, MarkKind, Metadata, Origin, Outcome, Pair, Passage, Prepared, Segment,
    SegmentId, Text,
};
use chancery::translate::backends::ENTRIES;
use chancery::translate::{Answer, Backend, Batch, Draft, Error, Input, Options, Tables, Translator, open};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A backend as it is opened here, and a pair that it translates.
struct Subject {
    name: String,
    toml: String,
    pair: Pair,
    /// A pair that it does not translate.
    untranslated: Pair,
    sample: &'static [&'static str],
}

const ENGLISH: &[&str] = &[
    "The minister spoke.",
    "Peace talks began in Geneva on Monday, and the delegates left the same day.",
    "Write to press@un.org about the £10 million.",
    "Who signed the agreement?",
];
const SPANISH: &[&str] = &["El ministro habló.", "Las negociaciones empezaron el lunes.", "¿Quién firmó el acuerdo?"];
const CHINESE: &[&str] = &["外交部发言人说。", "中国软件", "谁签署了协议？"];

/// A filter that anyone has: it turns the words of each line around.
const REVERSE: &str = "import sys\nfor line in sys.stdin: print(\" \".join(reversed(line.split())))";

/// What a kind of backend is opened with on this machine.
fn subjects(kind: &str) -> Vec<Subject> {
    match kind {
        "firefox" => {
            let models = format!("models = [{:?}]\nthreads = 2", demo_models().to_string_lossy());
            vec![subject("firefox", &models, ("en", "pt"), ENGLISH)]
        }
        "command" => {
            let python = format!("program = 'python3'\nargs = ['-c', '''{REVERSE}''']\npairs = ['es-pt']");
            let apertium = "program = 'apertium'\nargs = ['-u', '{source}-{target}']\npairs = ['es-pt']\ncodes = { es = 'spa', pt = 'por' }";
            let opencc = "program = 'opencc'\nargs = ['-c', 's2t']\npairs = ['zh-Hans-zh-Hant']";
            let mut subjects = vec![subject("reverse", &python, ("es", "pt"), SPANISH)];
            if lists("apertium", "-l", "spa-por") {
                subjects.push(subject("apertium", apertium, ("es", "pt"), SPANISH));
            }
            if lists("opencc", "--help", "opencc") {
                subjects.push(subject("opencc", opencc, ("zh-Hans", "zh-Hant"), CHINESE));
            }
            for subject in &mut subjects {
                subject.toml.insert_str(0, "kind = 'command'\n");
            }
            subjects
        }
        service => services::subjects(service),
    }
}

fn subject(name: &str, toml: &str, wanted: (&str, &str), sample: &'static [&'static str]) -> Subject {
    let pair = |source, target| Pair { source: lang(source), target: lang(target) };
    let (untranslated, pair) = (pair("eu", "mi"), pair(wanted.0, wanted.1));
    Subject { name: name.to_owned(), toml: toml.to_owned(), pair, untranslated, sample }
}

/// A backend's table as it stands in the configuration.
fn table(toml: &str) -> Spanned<DeValue<'_>> {
    let table = DeTable::parse(toml).expect("TOML");
    Spanned::new(table.span(), DeValue::Table(table.into_inner()))
}

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a tag")
}

fn demo_models() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let dir = std::env::var_os("CHANCERY_MODELS_DIR").map_or_else(default, PathBuf::from);
    assert!(dir.join("en-pt").is_dir(), "the demo models are missing: run `.ci/fetch-models.py`");
    dir
}

/// Whether a program is there and what it prints names `what`.
fn lists(program: &str, arg: &str, what: &str) -> bool {
    let output = Command::new(program).arg(arg).stdin(Stdio::null()).output();
    let found = output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(what));
    if !found {
        println!("skipped: `{program}` with `{what}` is not installed");
    }
    found
}

impl Subject {
    fn table(&self) -> Spanned<DeValue<'_>> {
        table(&self.toml)
    }

    fn open(&self) -> Box<dyn Backend> {
        open(&self.name, Some(self.table())).expect("it opens")
    }

    fn batch(&self, texts: &[&str], align: bool) -> Batch {
        let input = |text: &&str| Input { text: (*text).to_owned(), align, ..Input::default() };
        Batch { pair: self.pair, texts: texts.iter().map(input).collect() }
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Holds every backend that can run here against a law.
fn each(law: impl Fn(&Subject, &dyn Backend)) {
    for subject in ENTRIES.iter().flat_map(|entry| subjects(entry.kind)) {
        println!("{}", subject.name);
        law(&subject, &*subject.open());
    }
}

fn ask(backend: &dyn Backend, batch: &Batch) -> Result<Vec<Draft>, Error> {
    runtime().block_on(backend.translate(batch)).and_then(Answer::whole)
}

#[test]
fn drafts_come_in_order_whatever_the_batch() {
    each(|subject, backend| {
        let together = ask(backend, &subject.batch(subject.sample, false)).expect("drafts");
        assert_eq!(together.len(), subject.sample.len());
        for (text, draft) in subject.sample.iter().zip(&together) {
            let alone = ask(backend, &subject.batch(&[text], false)).expect("a draft");
            assert_eq!(alone[0].text, draft.text);
            assert!(!draft.text.trim().is_empty());
        }
    });
}

#[test]
fn batches_at_the_same_time_do_not_mix() {
    each(|subject, backend| {
        let batch = subject.batch(subject.sample, false);
        let wanted = ask(backend, &batch).expect("drafts");
        let all = runtime().block_on(async {
            tokio::join!(backend.translate(&batch), backend.translate(&batch), backend.translate(&batch))
        });
        for drafts in [all.0, all.1, all.2] {
            assert_eq!(drafts.and_then(Answer::whole).as_ref(), Ok(&wanted));
        }
    });
}

#[test]
fn nothing_asked_is_nothing_answered() {
    each(|subject, backend| assert_eq!(ask(backend, &subject.batch(&[], false)), Ok(vec![])));
}

#[test]
fn its_provenance_bears_its_name() {
    each(|subject, backend| {
        let route = backend.route(subject.pair).expect("a route");
        assert_eq!(route.backend, subject.name);
        assert!(!route.engine.is_empty());
        assert!(route.models.iter().all(|model| model.sha256.len() == 64));
    });
}

#[test]
fn a_pair_it_does_not_translate_is_an_error() {
    each(|subject, backend| {
        let pair = subject.untranslated;
        assert_eq!(backend.route(pair), None);
        assert!(ask(backend, &Batch { pair, ..subject.batch(subject.sample, false) }).is_err());
    });
}

#[test]
fn a_very_long_text_is_not_cut_short() {
    each(|subject, backend| {
        let long = subject.sample.join(" ").repeat(20);
        assert!(long.chars().count() <= backend.capability().max_chars);
        let draft = ask(backend, &subject.batch(&[&long], false)).expect("a draft").remove(0);
        assert!(draft.text.chars().count() * 2 > long.chars().count(), "{} for {}", draft.text.len(), long.len());
    });
}

#[test]
fn no_text_breaks_it() {
    let long_word = "x".repeat(3000);
    let odd = [
        ".",
        "?!",
        "…",
        "—",
        "\u{feff}x",
        "a\u{0}b",
        "a\u{200b}b",
        "\u{202e}abc",
        "é",
        "e\u{301}\u{301}\u{301}",
        "½ ﬁ ﷺ",
        "👩‍👩‍👧‍👦",
        "🇧🇷 🇨🇳",
        "𝕳𝖊𝖑𝖑𝖔",
        "X1X QX71 A1B",
        "$$$ £ € £5 $5",
        "<b>bold</b> &amp; {x}",
        "@ # // www.",
        "line\nbreak\r\nand\ttab",
        "مرحبا بالعالم",
        "漢字カタカナ한국어",
        &long_word,
    ];
    each(|subject, backend| {
        for (text, align) in odd.iter().flat_map(|text| [(text, false), (text, true)]) {
            // An error is an answer; what counts is that the backend lives, and that an answer is one.
            if let Ok(drafts) = ask(backend, &subject.batch(&[text], align)) {
                assert_eq!(drafts.len(), 1, "{text:?}");
            }
        }
        assert!(ask(backend, &subject.batch(subject.sample, false)).is_ok());
    });
}

#[test]
fn links_lie_on_the_texts() {
    each(|subject, backend| {
        let texts = [subject.sample, &["“Café” 😀 — ½ ﬁ, £5 for @UN!", "X1X"]].concat();
        for (text, draft) in texts.iter().zip(ask(backend, &subject.batch(&texts, true)).expect("drafts")) {
            assert_eq!(draft.alignment.is_some(), backend.capability().aligns);
            for link in draft.alignment.unwrap_or_default().links {
                assert!(draft.text.get(link.target.clone()).is_some_and(|part| !part.is_empty()), "{link:?}");
                assert!(text.get(link.source.clone()).is_some_and(|part| !part.is_empty()), "{link:?}");
                assert!(link.weight > 0.0 && link.weight <= 1.0, "{link:?}");
            }
        }
    });
}

#[test]
fn marks_come_through() {
    each(|subject, _| {
        let options = Options { backends: vec![subject.name.clone()], ..Options::default() };
        let tables = Tables::from([(subject.name.clone(), subject.table())]);
        let translator = Translator::open(&options, tables, Path::new("")).expect("it opens");
        let plain = subject.sample[1];
        let whole = Mark { id: 1, range: 0..plain.len(), kind: MarkKind::Italic };
        let first = plain.char_indices().nth(3).map_or(plain.len(), |(at, _)| at);
        let part = Mark { id: 2, range: 0..first, kind: MarkKind::Bold };
        let document = document(subject.pair.source, Text::new(plain, vec![whole, part]).expect("marks"));
        let told = Mutex::new(0);
        let progress = |ended| *told.lock().expect("a count") += ended;
        let units =
            runtime().block_on(translator.units(vec![document], subject.pair.target, &Glossary::default(), &progress));
        let Outcome::Translated(target) = &units[0].passages[0].segments[0].outcome else { panic!("{units:?}") };
        let ids: Vec<u32> = target.text.marks().iter().map(|mark| mark.id).collect();
        assert_eq!(ids, [1, 2], "{target:?}");
        assert_eq!(target.text.marks()[0].range, 0..target.text.plain().len());
        assert_eq!(*told.lock().expect("a count"), 1);
    });
}

/// A document of one segment.
fn document(language: Lang, text: Text) -> Document<Prepared> {
    let head = Head {
        origin: Origin::file(Path::new("one.txt")),
        format: "plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        sha256: String::new(),
        metadata: Metadata::default(),
        cut: Vec::new(),
    };
    let segment = Segment { id: SegmentId::new("p1", 1), text, gap: String::new() };
    let passage = Passage {
        id: "p1".to_owned(),
        kind: BlockKind::Paragraph,
        lang: language,
        lead: String::new(),
        segments: vec![Prepared { segment, terms: Vec::new() }],
    };
    Document { head, language, passages: vec![passage] }
}
