//! How fast reviewed XLIFF is merged, in megabytes a second of processor time on one core, and how much memory that takes.
//!
//! Some 4,000 articles are translated by a program that only shifts letters, and their XLIFF, 100 MB, comes back: once as it
//! was sent, once with a sentence in every tenth file edited, once as one document. Merging is to reach 50 MB/s in
//! under 200 MB.
//!
//! `cargo bench --bench review`. Articles are NTREX-128's news documents (CC BY-SA 4.0).

#![expect(clippy::print_stdout, clippy::cast_precision_loss, reason = "a benchmark prints figures for people")]

#[expect(dead_code, reason = "other benchmarks use the rest")]
mod clock;
#[path = "../shared/mod.rs"]
mod shared;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clock::{Spent, watch};

/// How much XLIFF comes back, in bytes.
const SIZE: u64 = 100_000_000;

/// What merging is to reach, in megabytes a second, and to stay under, in megabytes.
const WANTED: f64 = 50.0;
const MOST: f64 = 200.0;

/// One file in so many is edited.
const EDITED: usize = 10;

fn main() {
    if !shared::path(shared::NTREX).exists() {
        println!("review: skipped, the NTREX data is not there (set CHANCERY_SHARED)");
        return;
    }
    let work = tempfile::tempdir().expect("a folder");
    let work = work.path();
    let size = translate(work);
    println!("review: {:.0} MB of XLIFF in {} files", size as f64 / 1e6, files(&work.join("back")).len());
    line("as it was sent", size, merge(work, &["back"]));
    together(work);
    line("the same as one document", size, merge(work, &["all.xlf"]));
    edit(&work.join("back"));
    line(
        "a sentence in every tenth file edited, looked at again, not written",
        size,
        merge(work, &["back", "--dry-run"]),
    );
    line("the same, written", size, merge(work, &["back"]));
}

fn line(what: &str, size: u64, Spent { cpu, wall, peak }: Spent) {
    let speed = size as f64 / 1e6 / cpu;
    let short = if speed < WANTED { "  SHORT OF 50 MB/s" } else { "" };
    let large = if peak > MOST { "  OVER 200 MB" } else { "" };
    println!("  {speed:>6.0} MB/CPU-s  {wall:>6.2} s wall  peak {peak:>4.0} MB  {what}{short}{large}");
}

/// Translates articles until there is enough XLIFF, and sends it back; tells how much it is.
fn translate(work: &Path) -> u64 {
    let glossary = toml::Value::from(Path::new(env!("CARGO_MANIFEST_DIR")).join("glossaries").display().to_string());
    let settings = format!(
        "[glossary]\npaths = [{glossary}]\n[translate]\nbackends = [\"shift\"]\n[backend.shift]\nkind = \"command\"\n\
         program = \"tr\"\nargs = [\"a-z\", \"b-za\"]\npairs = [\"en-pt\"]\n[emit]\nbeside = []\n"
    );
    fs::write(work.join("pipeline.toml"), settings).expect("written");
    let documents = shared::ntrex(["en"]);
    let paragraphs =
        |document: &Vec<[String; 1]>| document.iter().map(|[text]| text.as_str()).collect::<Vec<_>>().join("\n\n");
    let texts: Vec<String> = documents.iter().map(paragraphs).collect();
    fs::create_dir_all(work.join("in")).expect("a folder");
    // An article's XLIFF is about six times its text.
    let mut left = SIZE / 6;
    for (number, text) in texts.iter().cycle().enumerate() {
        fs::write(work.join(format!("in/a{number:05}.txt")), format!("Report {number}\n\n{text}\n")).expect("written");
        left = left.saturating_sub(text.len() as u64);
        if left == 0 {
            break;
        }
    }
    let status = program(work).args(["translate", "in", "--to", "pt", "--from", "en", "--quiet"]).status();
    assert!(matches!(status.expect("the program").code(), Some(0 | 1)), "the articles were not translated");
    fs::create_dir_all(work.join("back")).expect("a folder");
    let mut size = 0;
    for path in files(&work.join("out")).iter().filter(|path| path.extension().is_some_and(|it| it == "xlf")) {
        size += fs::copy(path, work.join("back").join(path.file_name().expect("a name"))).expect("copied");
    }
    size
}

/// Puts the files of `back` into one document.
fn together(work: &Path) {
    let mut all = String::new();
    for path in files(&work.join("back")) {
        let text = fs::read_to_string(path).expect("XLIFF");
        let (head, rest) = text.split_once("<file").expect("a file");
        if all.is_empty() {
            all.push_str(head);
        }
        all.extend(["<file", rest.rsplit_once("</xliff>").expect("an end").0]);
    }
    fs::write(work.join("all.xlf"), all + "</xliff>\n").expect("written");
}

/// Edits a sentence in one file of ten.
fn edit(folder: &Path) {
    for path in files(folder).iter().step_by(EDITED) {
        let text = fs::read_to_string(path).expect("XLIFF");
        let edited = text.replacen("</target>", " e mais</target>", 1);
        assert_ne!(text, edited, "{} has no target", path.display());
        fs::write(path, edited).expect("written");
    }
}

fn merge(work: &Path, arguments: &[&str]) -> Spent {
    watch(program(work).args(["review", "merge", "--quiet"]).args(arguments).spawn().expect("the program"))
}

fn program(work: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.current_dir(work);
    command
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").flatten().map(|it| it.path()).collect();
    files.sort();
    files
}
