//! What the pipeline costs around the engine, in one run: time, quality, memory, start-up.
//!
//! Articles are NTREX-128's news documents (CC BY-SA 4.0), en to pt. The peer is the same model, called directly on the
//! same texts in the same batches on as many threads: what lies between is reading, segmenting, terms, protection,
//! checks and writing.

#![expect(clippy::print_stdout, clippy::cast_precision_loss, reason = "a benchmark prints figures for people")]

mod clock;
#[path = "../shared/mod.rs"]
mod shared;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use chancery::config::{Config, Flags};
use chancery::model::Lang;
use chancery::pipeline::{self, Silence, Stages, Stop};
use chancery::translate::backends::firefox::{Model, Wish};
use clock::{cpu_seconds, median, watch};

const ROUNDS: usize = 3;

fn main() {
    if !shared::path(shared::NTREX).exists() {
        println!("pipeline: skipped, the NTREX data is not there (set CHANCERY_SHARED)");
        return;
    }
    let documents = shared::ntrex(["en", "pt-BR"]);
    let work = tempfile::tempdir().expect("a folder");
    let inputs = write_articles(&documents, &work.path().join("in"));
    time(&inputs, work.path());
    quality(&documents, work.path());
    memory(&documents, work.path());
    start_up(&inputs, work.path());
}

/// A document: pairs of an English paragraph and its Portuguese translation.
type NewsDocument = Vec<[String; 2]>;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn write_articles(documents: &[NewsDocument], folder: &Path) -> Vec<PathBuf> {
    fs::create_dir_all(folder).expect("a folder");
    let write = |(number, document): (usize, &NewsDocument)| {
        let path = folder.join(format!("d{number:04}.md"));
        let paragraphs: Vec<String> = document.iter().map(|[english, _]| escaped(english)).collect();
        fs::write(&path, paragraphs.join("\n\n")).expect("written");
        path
    };
    documents.iter().enumerate().map(write).collect()
}

/// Markdown in which every character stands for itself.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c])).collect()
}

/// Settings that name the glossary and the demo models of the repository.
fn settings() -> String {
    let folder = |name: &str| toml::Value::from(root().join(name).display().to_string());
    format!("[glossary]\npaths = [{}]\n[backend.firefox]\nmodels = [{}]\n", folder("glossaries"), folder("models"))
}

fn stages(inputs: &[PathBuf], out: &Path) -> (chancery::config::Plan, Arc<Stages>) {
    let config = Config::parse(Path::new("pipeline.toml"), settings()).expect("settings");
    let lang = |tag: &str| tag.parse::<Lang>().expect("a tag");
    let flags = Flags {
        inputs: inputs.to_vec(),
        to: vec![lang("pt")],
        from: None,
        out: out.to_path_buf(),
        xliff: None,
        profile: None,
        mt_state: None,
        glossary: Vec::new(),
        overwrite: true,
        ..Flags::default()
    };
    let plan = config.plan(flags).expect("a plan");
    let stages = Arc::new(Stages::open(&plan).expect("stages"));
    (plan, stages)
}

fn run(inputs: &[PathBuf], out: &Path) {
    let _ = fs::remove_dir_all(out);
    let (plan, stages) = stages(inputs, out);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let report = runtime.block_on(pipeline::run(&plan, stages, Arc::new(Silence), Stop::default())).expect("a report");
    assert_eq!(report.totals.segments.failed, 0, "segments failed");
}

/// The texts of the segments, in the batches in which the pipeline translates them.
fn batches(inputs: &[PathBuf], out: &Path) -> Vec<Vec<String>> {
    let (plan, stages) = stages(inputs, out);
    let mut windows = vec![Vec::new()];
    let mut goals = pipeline::goals(plan.config.translate.window.get());
    let mut goal = goals.next();
    for input in pipeline::expand(&plan.inputs).expect("inputs") {
        let document = stages.segments(stages.read(&input).expect("an article")).expect("segments");
        let window = windows.last_mut().expect("a window");
        window.extend(document.segments().map(|(_, segment)| segment.text.plain().to_owned()));
        if Some(window.len()) >= goal {
            goal = goals.next();
            windows.push(Vec::new());
        }
    }
    let mut batches = Vec::new();
    for mut window in windows {
        window.sort_by_key(|text| (std::cmp::Reverse(text.chars().count()), text.clone()));
        window.dedup();
        batches.extend(window.chunks(plan.config.translate.batch.get()).map(<[String]>::to_vec));
    }
    batches
}

fn engine() -> Model {
    Model::open(&root().join("models/en-pt")).expect("the demo model: run `make models`")
}

fn translated(engine: &Model, texts: &[String]) -> Vec<String> {
    let wishes: Vec<Wish<'_>> = texts.iter().map(|text| Wish { text, ..Wish::default() }).collect();
    engine.translate(&wishes, 1).into_iter().map(|rendering| rendering.text).collect()
}

fn direct(engine: &Model, batches: &[Vec<String>]) {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                    std::hint::black_box(translated(engine, batch));
                }
            });
        }
    });
}

fn time(inputs: &[PathBuf], work: &Path) {
    let batches = batches(inputs, &work.join("none"));
    let (mut pipeline, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        pipeline.push(clocked(|| run(inputs, &work.join("out"))));
        bare.push(clocked(|| direct(&engine(), &batches)));
    }
    let segments: usize = batches.iter().map(Vec::len).sum();
    let (wall, cpu) = (median(&pipeline, |took| took.0), median(&pipeline, |took| took.1));
    let (bare_wall, bare_cpu) = (median(&bare, |took| took.0), median(&bare, |took| took.1));
    println!("pipeline: {} articles, {segments} segments, median of {ROUNDS}", inputs.len());
    println!("  pipeline           {wall:6.2} s wall  {cpu:6.2} s CPU");
    println!("  engine directly    {bare_wall:6.2} s wall  {bare_cpu:6.2} s CPU");
    println!("  pipeline / engine = {:.3} wall, {:.3} CPU", wall / bare_wall, cpu / bare_cpu);
}

/// Wall and CPU seconds of this process that `work` takes.
fn clocked(work: impl FnOnce()) -> (f64, f64) {
    let (begin, cpu) = (Instant::now(), cpu_seconds());
    work();
    (begin.elapsed().as_secs_f64(), cpu_seconds() - cpu)
}

/// chrF of the pipeline's paragraphs, and of the engine's own on the same segments, by sacrebleu.
fn quality(documents: &[NewsDocument], work: &Path) {
    let engine = engine();
    let (mut ours, mut own, mut references) = (Vec::new(), Vec::new(), Vec::new());
    for (number, document) in documents.iter().enumerate() {
        let path = work.join(format!("out/d{number:04}.en-pt.xlf"));
        let read = chancery::xliff::files(&path, &fs::read(&path).expect("XLIFF")).expect("XLIFF");
        let mut paragraphs: Vec<(String, Vec<String>, Vec<String>)> = Vec::new();
        for (unit, segment) in read[0].segments() {
            if paragraphs.last().is_none_or(|(id, ..)| *id != unit.id) {
                paragraphs.push((unit.id.clone(), Vec::new(), Vec::new()));
            }
            let (_, sources, targets) = paragraphs.last_mut().expect("a paragraph");
            sources.push(segment.source.text.clone());
            targets.push(segment.target.clone().unwrap_or_default().text);
        }
        assert_eq!(paragraphs.len(), document.len(), "{}: not a unit a paragraph", path.display());
        for ((_, sources, targets), [_, reference]) in paragraphs.iter().zip(document) {
            ours.push(targets.join(" "));
            own.push(translated(&engine, sources).join(" "));
            references.push(reference.clone());
        }
    }
    for (name, lines) in [("ours", &ours), ("own", &own), ("reference", &references)] {
        fs::write(work.join(name), lines.join("\n") + "\n").expect("written");
    }
    match (chrf(work, "ours"), chrf(work, "own")) {
        (Some(ours), Some(own)) => {
            println!("quality: chrF pipeline {ours:.2}, engine's own {own:.2}, difference {:+.2}", ours - own);
        }
        _ => println!("quality: skipped, sacrebleu is not there (`make bench` installs it)"),
    }
}

fn chrf(work: &Path, name: &str) -> Option<f64> {
    let python = std::env::var("CHANCERY_BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let arguments = ["-m", "sacrebleu", "reference", "-i", name, "-m", "chrf", "-b", "-w", "2"];
    let output = Command::new(python).args(arguments).current_dir(work).output().ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}

/// Peak memory of a batch of 1,000 short articles against one of 10.
fn memory(documents: &[NewsDocument], work: &Path) {
    let short: Vec<NewsDocument> = (0..1000)
        .map(|number| {
            let document = &documents[number % documents.len()];
            let at = number / documents.len() * 2;
            document
                .iter()
                .cycle()
                .skip(at)
                .take(2)
                .map(|[english, reference]| [format!("{english} ({number})"), reference.clone()])
                .collect()
        })
        .collect();
    let many = write_articles(&short, &work.join("many"));
    let few = peak(&many[..10], work, "few");
    let all = peak(&many, work, "all");
    println!("memory: peak {few:.0} MB for 10 articles, {all:.0} MB for 1,000, difference {:+.0} MB", all - few);
}

/// Peak resident memory in MB of the program over `inputs`.
fn peak(inputs: &[PathBuf], work: &Path, out: &str) -> f64 {
    let child = program(work).args(inputs).args(["--to", "pt", "--quiet", "--out", out]).spawn().expect("the program");
    watch(child).peak
}

fn program(work: &Path) -> Command {
    let settings = work.join("pipeline.toml");
    fs::write(&settings, self::settings()).expect("written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.arg("--config").arg(settings).arg("translate").current_dir(work);
    command
}

/// Milliseconds to the help text, and to the first article of one short paragraph, warm; the size of the program.
fn start_up(inputs: &[PathBuf], work: &Path) {
    let short = work.join("short.txt");
    fs::write(&short, "The Security Council will meet on Monday to discuss the ceasefire.\n").expect("written");
    let milliseconds = |command: &dyn Fn() -> Command| {
        let runs: Vec<f64> = (0..5)
            .map(|_| {
                let begin = Instant::now();
                assert!(command().output().expect("the program").status.success());
                begin.elapsed().as_secs_f64() * 1000.0
            })
            .collect();
        median(&runs, |took| *took)
    };
    let help = milliseconds(&|| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command.arg("--help");
        command
    });
    let first = milliseconds(&|| {
        let _ = fs::remove_dir_all(work.join("short"));
        let mut command = program(work);
        command.arg(&short).args(["--to", "pt", "--quiet", "--out", "short"]);
        command
    });
    let size = fs::metadata(env!("CARGO_BIN_EXE_chancery")).map_or(f64::NAN, |file| file.len() as f64 / 1e6);
    println!(
        "start: --help {help:.0} ms, one sentence {first:.0} ms, binary {size:.1} MB ({} articles read)",
        inputs.len()
    );
}
