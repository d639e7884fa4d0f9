//! The house rules that a compiler does not check: which room may use which.

use std::fs;
use std::path::{Path, PathBuf};

/// A room and the rooms it may use, in the order of the flow. `ARCHITECTURE.md` gives the reasons.
const ROOMS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("ingest", &["model"]),
    ("detect", &["model"]),
    ("segment", &["model"]),
    ("glossary", &["model"]),
    ("memory", &["model"]),
    ("translate", &["model", "glossary", "memory"]),
    ("check", &["model"]),
    ("xliff", &["model"]),
    ("review", &["model", "xliff"]),
    ("emit", &["model", "xliff", "review"]),
    ("config", &["model", "ingest", "detect", "segment", "glossary", "translate", "check", "emit"]),
    ("pipeline", ALL_BEFORE),
    ("serve", ALL_BEFORE),
    ("cli", ALL_BEFORE),
];

/// Stands for every room before this one in the table.
const ALL_BEFORE: &[&str] = &["*"];

/// Crates that only one room may name.
const ONLY_IN: &[(&str, &str)] = &[
    ("axum", "serve"),
    ("clap", "cli"),
    ("indicatif", "cli"),
    ("lingua", "detect"),
    ("fxtranslate", "translate"),
    ("prometheus_client", "serve"),
    ("chancery_engine", "translate"),
    ("sha2", "model"),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the source").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The code of a file, line by line, without comments.
fn code(path: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).expect("a source file");
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default().to_owned());
    (1..).zip(lines).collect()
}

/// The rooms that a line names: `crate::glossary::..`, `crate::{check, ingest}`.
fn rooms_named(line: &str) -> Vec<String> {
    let mut named = Vec::new();
    for rest in line.split("crate::").skip(1) {
        let words: Vec<&str> = match rest.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or(group).split(',').map(str::trim).collect(),
            None => vec![rest],
        };
        let heads =
            words.iter().map(|word| word.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default());
        named.extend(heads.filter(|head| ROOMS.iter().any(|(room, _)| room == head)).map(str::to_owned));
    }
    named
}

/// Whether the room at `place` of the table may use `other`.
fn may_use(place: usize, other: &str) -> bool {
    let (room, allowed) = ROOMS[place];
    let before = || ROOMS[..place].iter().any(|(room, _)| *room == other);
    room == other || allowed.contains(&other) || (allowed == ALL_BEFORE && before())
}

#[test]
fn a_room_uses_only_what_the_table_allows() {
    let mut broken = Vec::new();
    for (place, (room, _)) in ROOMS.iter().enumerate() {
        for path in files(&source().join(room)) {
            for (number, line) in code(&path) {
                for named in rooms_named(&line) {
                    if !may_use(place, &named) {
                        broken.push(format!("{}:{number}: `{room}` may not use `{named}`", path.display()));
                    }
                }
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_room_is_in_the_table_and_stands() {
    let mut folders: Vec<String> = fs::read_dir(source())
        .expect("the source")
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    folders.sort();
    let mut rooms: Vec<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    rooms.sort_unstable();
    assert_eq!(folders, rooms);
}

#[test]
fn a_crate_that_belongs_to_a_room_stays_there() {
    let mut broken = Vec::new();
    for (krate, home) in ONLY_IN {
        for path in files(&source()).iter().filter(|path| !path.starts_with(source().join(home))) {
            for (number, line) in code(path).iter().filter(|(_, line)| line.contains(&format!("{krate}::"))) {
                broken.push(format!("{}:{number}: `{krate}` belongs to `{home}`: {line}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let mute: Vec<PathBuf> = files(&source())
        .into_iter()
        .filter(|path| !path.iter().any(|part| part == "tests" || part == "tests.rs"))
        .filter(|path| !fs::read_to_string(path).expect("a source file").starts_with("//!"))
        .collect();
    assert!(mute.is_empty(), "these files do not begin with `//!`: {mute:?}");
}

#[test]
fn the_table_is_in_the_order_of_the_flow() {
    let place = |name: &str| ROOMS.iter().position(|(room, _)| *room == name).expect("a room");
    assert!(may_use(place("cli"), "pipeline") && may_use(place("pipeline"), "model"));
    assert!(!may_use(place("pipeline"), "cli") && !may_use(place("emit"), "config"));
}

#[test]
fn the_scanner_sees_what_it_should() {
    assert_eq!(rooms_named("use crate::glossary::Glossary;"), ["glossary"]);
    assert_eq!(rooms_named("use crate::{check, detect::Detector};"), ["check", "detect"]);
    assert!(rooms_named("use std::fmt;").is_empty());
}
