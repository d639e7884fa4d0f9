//! What the decoder costs beside its peers, in one run: the same model files, the same lines, the same machine.
//!
//! `make bench` builds the peers in the folder that `CHANCERY_BENCH_PEERS` names. Each run is a process of its own, and
//! the runs of a round follow one another, so that what else the machine does falls on all alike. Lines are NTREX-128's
//! (CC BY-SA 4.0), en to pt. Speed is source words for a second of processor time, loading left out: the median of the
//! rounds. Only the speed-up from a second thread is of wall time, of the fastest round of each.

#![expect(clippy::print_stdout, clippy::cast_precision_loss, reason = "a benchmark prints figures for people")]

#[path = "peers/decoder.rs"]
mod decoder;
#[path = "peers/peer.rs"]
mod peer;
#[path = "../shared/mod.rs"]
mod shared;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const ROUNDS: usize = 3;
const STARTS: usize = 5;

/// The argument that makes this program a peer.
const DECODER: &str = "decoder";

/// Who runs, on how many threads, the decoder first.
const PEERS: &[(Peer, &[usize])] = &[
    (Peer::Decoder { beam: 1 }, &[1, 2]),
    (Peer::Crate { folder: "crate" }, &[1, 2]),
    (Peer::Crate { folder: "crate-v3" }, &[1, 2]),
    (Peer::Native, &[1, 2]),
    (Peer::Decoder { beam: 2 }, &[1]),
    (Peer::Decoder { beam: 3 }, &[1]),
    (Peer::Decoder { beam: 4 }, &[1]),
];

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [first, arguments @ ..] if first == DECODER => decoder::run(arguments),
        _ => compare(),
    }
}

fn compare() -> Result<(), String> {
    if !shared::path(shared::NTREX).exists() {
        println!("engine: skipped, the NTREX data is not there (set CHANCERY_SHARED)");
        return Ok(());
    }
    println!("engine: on {}", machine());
    let work = tempfile::tempdir().map_err(|error| error.to_string())?;
    let text = Text::write(work.path());
    let mut results: Vec<Result<Figures, String>> =
        PEERS.iter().map(|(peer, _)| peer.command().map(|_| Figures::default())).collect();
    for _ in 0..ROUNDS {
        for ((peer, threads), result) in PEERS.iter().zip(&mut results) {
            let measured = result.as_mut().map(|figures| figures.measure(*peer, threads, &text));
            if let Ok(Err(reason)) = measured {
                *result = Err(reason);
            }
        }
    }
    for ((peer, _), result) in PEERS.iter().zip(&mut results) {
        if let Ok(figures) = result {
            figures.start = peer.start(work.path())?;
            figures.chrf = text.chrf(peer);
        }
    }
    print(&text, &results);
    let [Ok(_), ..] = results.as_slice() else { return Err("the decoder itself could not be measured".to_owned()) };
    Ok(())
}

/// The lines to translate, and where each peer's go.
struct Text {
    folder: PathBuf,
    lines: usize,
    words: usize,
}

impl Text {
    fn write(folder: &Path) -> Self {
        let pairs = shared::ntrex(["en", "pt-BR"]).concat();
        for (name, at) in [("source", 0), ("reference", 1)] {
            let lines: String = pairs.iter().flat_map(|pair| [&pair[at], "\n"]).collect();
            fs::write(folder.join(name), lines).expect("written");
        }
        let words = pairs.iter().map(|[source, _]| source.split_whitespace().count()).sum();
        Self { folder: folder.to_owned(), lines: pairs.len(), words }
    }

    fn source(&self) -> PathBuf {
        self.folder.join("source")
    }

    fn target(&self, peer: Peer, threads: usize) -> PathBuf {
        self.folder.join(format!("{peer:?} {threads}"))
    }

    /// chrF of a peer's translation, by sacrebleu where it is there.
    fn chrf(&self, peer: &Peer) -> Option<f64> {
        let python = std::env::var("CHANCERY_BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let mut command = Command::new(python);
        command.args(["-m", "sacrebleu", "reference", "-m", "chrf", "-b", "-w", "2", "-i"]);
        let output = command.arg(self.target(*peer, 1)).current_dir(&self.folder).output().ok()?;
        String::from_utf8_lossy(&output.stdout).trim().parse().ok()
    }
}

#[derive(Debug, Clone, Copy)]
enum Peer {
    Decoder { beam: usize },
    Crate { folder: &'static str },
    Native,
}

impl Peer {
    fn name(self) -> String {
        match self {
            Self::Decoder { beam: 1 } => "decoder".to_owned(),
            Self::Decoder { beam } => format!("decoder, beam of {beam}"),
            Self::Crate { folder: "crate" } => "crate".to_owned(),
            Self::Crate { .. } => "crate, x86-64-v3".to_owned(),
            Self::Native => "native".to_owned(),
        }
    }

    /// How it is run, or why it cannot be.
    fn command(self) -> Result<Command, String> {
        match self {
            Self::Decoder { beam } => {
                let program = std::env::current_exe().map_err(|error| error.to_string())?;
                let mut command = Command::new(program);
                command.arg(DECODER).arg(beam.to_string());
                Ok(command)
            }
            Self::Crate { folder } => prepared(folder, "release/fxtranslate-peer").map(Command::new),
            Self::Native => {
                let mut command = Command::new(prepared("native", "bin/python")?);
                command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/peers/bergamot.py"));
                Ok(command)
            }
        }
    }

    /// Translates `input` into `output` in a process of its own.
    fn run(self, threads: usize, input: &Path, output: &Path) -> Result<Run, String> {
        let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/en-pt");
        let mut command = self.command()?;
        command.arg(models).arg(threads.to_string()).arg(input).arg(output);
        let answer = command.output().map_err(|error| error.to_string())?;
        if !answer.status.success() {
            let errors = String::from_utf8_lossy(&answer.stderr);
            return Err(format!("{}: {}", answer.status, errors.trim().lines().last().unwrap_or("no reason told")));
        }
        Run::read(&answer.stdout)
    }

    /// Milliseconds from nothing to the first sentence, the program started and ended, files warm.
    fn start(self, work: &Path) -> Result<f64, String> {
        let (input, output) = (work.join("sentence"), work.join("first"));
        fs::write(&input, "The Security Council will meet on Monday to discuss the ceasefire.\n").expect("written");
        let mut starts = Vec::new();
        for _ in 0..STARTS {
            let begin = Instant::now();
            self.run(2, &input, &output)?;
            starts.push(begin.elapsed().as_secs_f64() * 1000.0);
        }
        Ok(median(&starts))
    }
}

/// The program of a peer, as `make bench` has prepared it.
fn prepared(name: &str, program: &str) -> Result<PathBuf, String> {
    let folder = std::env::var_os("CHANCERY_BENCH_PEERS").ok_or("`make bench` prepares it")?;
    let folder = PathBuf::from(folder);
    if let Ok(reason) = fs::read_to_string(folder.join(format!("{name}.skipped"))) {
        return Err(reason.trim().to_owned());
    }
    Ok(folder.join(name).join(program))
}

/// What a peer tells of a run: seconds, and memory in MB.
#[derive(Debug, Clone, Copy)]
struct Run {
    load: f64,
    wall: f64,
    cpu: f64,
    peak: f64,
}

impl Run {
    fn read(output: &[u8]) -> Result<Self, String> {
        let told: serde_json::Value = serde_json::from_slice(output).map_err(|error| error.to_string())?;
        let number = |name: &str| told[name].as_f64().ok_or_else(|| format!("it did not tell `{name}`"));
        Ok(Self { load: number("load")?, wall: number("wall")?, cpu: number("cpu")?, peak: number("peak")? })
    }
}

/// What was measured of a peer.
#[derive(Debug, Default)]
struct Figures {
    one: Vec<Run>,
    two: Vec<Run>,
    start: f64,
    chrf: Option<f64>,
}

impl Figures {
    fn measure(&mut self, peer: Peer, threads: &[usize], text: &Text) -> Result<(), String> {
        for &threads in threads {
            let run = peer.run(threads, &text.source(), &text.target(peer, threads))?;
            if threads == 1 { self.one.push(run) } else { self.two.push(run) }
        }
        Ok(())
    }

    /// Source words for a second of processor time, on one thread.
    fn speed(&self, text: &Text) -> f64 {
        text.words as f64 / median_of(&self.one, |run| run.cpu)
    }

    /// How much sooner two threads are done than one.
    fn speed_up(&self) -> f64 {
        let fastest = |runs: &[Run]| runs.iter().map(|run| run.wall).fold(f64::INFINITY, f64::min);
        fastest(&self.one) / fastest(&self.two)
    }
}

fn median_of(runs: &[Run], value: impl Fn(&Run) -> f64) -> f64 {
    median(&runs.iter().map(value).collect::<Vec<f64>>())
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn print(text: &Text, results: &[Result<Figures, String>]) {
    println!("  {} lines, {} words, en to pt, median of {ROUNDS}", text.lines, text.words);
    println!("                      words/CPU-s  2 threads  load ms  start ms  peak MB 1t   2t   chrF");
    for ((peer, _), result) in PEERS.iter().zip(results) {
        match result {
            Ok(figures) => row(*peer, figures, text),
            Err(reason) => println!("  {:19} skipped: {reason}", peer.name()),
        }
    }
    let [Ok(decoder), peers @ ..] = results else { return };
    println!("  decoder's peak on 2 threads = {:.0} MB (limit 120)", median_of(&decoder.two, |run| run.peak));
    for ((peer, _), result) in PEERS[1..].iter().zip(peers) {
        if let (Peer::Crate { .. } | Peer::Native, Ok(figures)) = (peer, result) {
            let floor = if matches!(peer, Peer::Crate { folder: "crate" }) { " (floor 2.5)" } else { "" };
            println!("  decoder / {} = {:.2}{floor}", peer.name(), decoder.speed(text) / figures.speed(text));
        }
    }
}

fn row(peer: Peer, figures: &Figures, text: &Text) {
    let optional = |runs: &[Run], shown: String| if runs.is_empty() { "-".to_owned() } else { shown };
    let two = optional(&figures.two, format!("{:.2}x", figures.speed_up()));
    let peak = |runs: &[Run]| optional(runs, format!("{:.0}", median_of(runs, |run| run.peak)));
    let chrf = figures.chrf.map_or_else(|| "no sacrebleu".to_owned(), |chrf| format!("{chrf:.2}"));
    println!(
        "  {:19} {:11.0} {two:>10} {:8.0} {:9.0} {:>11} {:>4} {chrf:>6}",
        peer.name(),
        figures.speed(text),
        median_of(&figures.one, |run| run.load) * 1000.0,
        figures.start,
        peak(&figures.one),
        peak(&figures.two),
    );
}

/// The processor, and how busy the machine is before it is used here: figures of a busy one are worth less.
fn machine() -> String {
    let told = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let processors = told("/proc/cpuinfo");
    let model = processors.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("a processor unknown", |(_, model)| model);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = told("/proc/loadavg");
    format!("{cores} cores of {model}, load before {}", load.split(' ').next().unwrap_or("unknown"))
}
