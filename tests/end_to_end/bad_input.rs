//! Bad input: a clear error that names the file and the reason, the right exit code, the rest of the batch done.

use std::fs;
use std::path::Path;

use crate::desk::{Desk, repository};

const GOOD: &[u8] = b"Talks resume\n\nThe foreign minister of Portugal will visit the United Nations on Monday.\n";

/// A batch of one bad and one good article: the bad one is told with `words`, the good one is translated.
#[track_caller]
fn bad(name: &str, bytes: &[u8], words: &[&str]) {
    let desk = Desk::new().file(&format!("in/{name}"), bytes).file("in/zz-good.txt", GOOD);
    let run = desk.run(&["translate", &format!("in/{name}"), "in/zz-good.txt", "--to", "pt"]).exits(3);
    run.tells(&[name]).tells(words);
    assert!(desk.read("out/zz-good.pt.html").contains("Nações Unidas"), "the good article is not translated");
    let rows = &desk.report("out")["articles"];
    assert_eq!(rows[0]["status"], "unreadable");
    assert!(rows[0]["reason"].as_str().is_some_and(|error| error.contains(name)));
    assert_eq!(rows[1]["status"], "complete");
}

#[test]
fn an_empty_file() {
    bad("empty.txt", b"", &["empty"]);
    bad("blank.txt", b"\xef\xbb\xbf \n\n\t\n", &["empty"]);
}

#[test]
fn a_binary_file() {
    let bytes: Vec<u8> = (0..4096u32).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[1]).collect();
    bad("photo.txt", &bytes, &["is no text"]);
}

#[test]
fn a_line_of_fifty_megabytes() {
    bad("long.txt", &b"word ".repeat(10_000_000), &["bytes"]);
    bad("line.txt", &b"word ".repeat(4_000_000), &["line 1", "characters"]);
}

#[test]
fn a_truncated_utf_8_file() {
    let text = "A reunião da Comissão terminou sem acordo. Não há nova data.".as_bytes();
    let end = text.len() - "o há nova data.".len() - 1;
    bad("cut.txt", &text[..end], &["byte 46"]);
}

#[test]
fn a_missing_file() {
    let desk = Desk::new().file("good.txt", GOOD);
    desk.run(&["translate", "gone.txt", "good.txt", "--to", "pt"]).exits(3).tells(&["gone.txt"]);
    assert!(desk.path("out/good.pt.html").exists());
}

#[test]
fn a_language_that_cannot_be_told() {
    let desk = Desk::new().file("numbers.txt", b"12 34 56\n\n78 90 12\n").file("good.txt", GOOD);
    desk.run(&["translate", "numbers.txt", "good.txt", "--to", "pt"]).exits(3).tells(&["numbers.txt", "--from"]);
    assert!(desk.path("out/good.pt.html").exists());
}

#[test]
fn a_pair_without_a_model() {
    let desk = Desk::new().file("good.txt", GOOD);
    desk.run(&["translate", "good.txt", "--to", "ru"]).exits(4).tells(&["en-ru", "firefox"]);
    let xliff = desk.read("out/good.en-ru.xlf");
    assert!(!xliff.contains("<target"), "a failed segment has a target:\n{xliff}");
}

#[test]
fn no_models_at_all() {
    let empty = tempfile::tempdir().expect("a folder");
    let desk = Desk::new().settings("", &empty.path().join("none")).file("good.txt", GOOD);
    desk.run(&["translate", "good.txt", "--to", "pt"]).exits(4).tells(&["en-pt", "model"]);
}

/// A copy of the en-pt model with one file replaced: every segment fails and says why; nothing passes for a translation.
#[track_caller]
fn broken(file: &str, damage: impl FnOnce(Vec<u8>) -> Vec<u8>, words: &[&str]) {
    let models = tempfile::tempdir().expect("a folder");
    let folder = models.path().join("en-pt");
    fs::create_dir(&folder).expect("made");
    for entry in fs::read_dir(repository("models/en-pt")).expect("the demo model").flatten() {
        fs::copy(entry.path(), folder.join(entry.file_name())).expect("copied");
    }
    let path = fs::read_dir(&folder).expect("read").flatten().map(|entry| entry.path());
    let path = path.into_iter().find(|path| is_named(path, file)).expect("the file to damage");
    let bytes = fs::read(&path).expect("read");
    fs::write(&path, damage(bytes)).expect("damaged");
    let desk = Desk::new().settings("", models.path()).file("good.txt", GOOD);
    desk.run(&["translate", "good.txt", "--to", "pt"]).exits(4).tells(&[file]).tells(words);
    assert!(!desk.read("out/good.en-pt.xlf").contains("<target"));
}

fn is_named(path: &Path, start: &str) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start))
}

#[test]
fn a_broken_model_file() {
    broken("model.", |mut bytes| bytes.split_off(bytes.len() / 2), &["SHA-256"]);
    broken("vocab.", |_| b"not a vocabulary".to_vec(), &["SHA-256"]);
}

#[test]
fn an_output_folder_that_cannot_be_written() {
    let desk = Desk::new().file("good.txt", GOOD).file("taken", b"a file");
    desk.run(&["translate", "good.txt", "--to", "pt", "--out", "taken"]).exits(2).tells(&["taken"]);
    desk.run(&["translate", "good.txt", "--to", "pt", "--out", "taken/out"]).exits(2).tells(&["taken/out"]);
}

#[test]
fn a_folder_of_outputs_is_no_folder_of_articles() {
    let desk = Desk::new().file("in/good.txt", GOOD);
    desk.run(&["translate", "in", "--to", "pt", "--out", "./in"]).exits(2).tells(&["in: ", "--out"]);
    desk.run(&["translate", "in", "--to", "pt"]).exits(0);
    desk.run(&["translate", "in", "out", "--to", "pt", "--out", "other"]).exits(2).tells(&["out: ", "outputs"]);
    assert!(!desk.path("other").exists());
}

#[test]
fn an_unknown_language() {
    let desk = Desk::new().file("good.txt", GOOD);
    desk.run(&["translate", "good.txt", "--to", "not_a_language"]).exits(2).tells(&["not_a_language", "BCP 47"]);
    desk.run(&["translate", "good.txt", "--to", "tlh"]).exits(4).tells(&["en-tlh"]);
    desk.run(&["translate", "good.txt", "--to", "pt", "--from", "pt-BR"]).exits(2).tells(&["one language"]);
    desk.run(&["translate", "good.txt", "--to", "pt,pt"]).exits(2).tells(&["twice"]);
}

#[test]
fn wrong_settings() {
    let desk = Desk::new().file("good.txt", GOOD).file("pipeline.toml", b"[translate]\nbatches = 3\n");
    desk.run(&["translate", "good.txt", "--to", "pt"]).exits(2).tells(&["pipeline.toml:2:1", "batches", "`batch`"]);
    desk.run(&["translate", "good.txt", "--to", "pt", "--config", "no.toml"]).exits(2).tells(&["no.toml"]);
    let desk = desk.file("pipeline.toml", b"[segment]\nsrx = \"no.srx\"\n");
    desk.run(&["translate", "good.txt", "--to", "pt"]).exits(2).tells(&["no.srx", "No such file"]);
}

#[test]
fn a_glossary_with_an_error() {
    let desk = Desk::new()
        .file("good.txt", GOOD)
        .file("terms.toml", b"schema = 1\nname = \"x\"\nlanguages = [\"en\"]\n\n[[concept]]\nid = \"a\"\nkolor = 1\n");
    desk.run(&["translate", "good.txt", "--to", "pt", "--glossary", "terms.toml"])
        .exits(2)
        .tells(&["terms.toml:7", "kolor"]);
    desk.run(&["translate", "good.txt", "--to", "pt", "--glossary", "none.toml"]).exits(2).tells(&["none.toml"]);
}
