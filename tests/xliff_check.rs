//! The check of XLIFF files over the suite of OASIS, over documents of our own, and beside the schemas.

#[path = "xliff_check/beside.rs"]
mod beside;
#[path = "xliff_check/program.rs"]
mod program;
#[path = "xliff_check/rules.rs"]
mod rules;
#[expect(dead_code, reason = "no news is read here")]
mod shared;
mod translations;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chancery::emit::xliff::{self, Profile, Style, Version};
use chancery::model::Severity;
use chancery::xliff::check::{self, Problem};

/// The files of a folder of the suite of OASIS, core and modules.
fn suite(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for part in ["core", "modules"] {
        let folder = shared::path("data/xliff/oasis-2.1").join(part).join(folder);
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let paths = entries.flatten().map(|entry| entry.path());
        files.extend(paths.filter(|path| path.extension().is_some_and(|it| it == "xlf")));
    }
    files.sort();
    files
}

fn problems(text: &[u8]) -> Vec<Problem> {
    check::check(text).expect("memory is readable")
}

fn problems_of(path: &Path) -> Vec<Problem> {
    problems(&fs::read(path).expect("a file"))
}

/// What is at least as bad as `severity`, as people read it.
fn told(problems: &[Problem], severity: Severity) -> Vec<String> {
    let bad = problems.iter().filter(|it| it.rule.severity >= severity);
    bad.map(|it| format!("{}:{} {} {}", it.line, it.column, it.rule.code, it.message)).collect()
}

#[test]
fn every_valid_file_of_the_suite_is_valid() {
    let files = suite("valid");
    assert_eq!(files.len(), 59);
    let errors = files.iter().map(|path| (path, told(&problems_of(path), Severity::Error)));
    let wrong: BTreeMap<_, _> = errors.filter(|(_, errors)| !errors.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The suite says of none of its files which rule it breaks, so the reasons were read in the files.
#[test]
fn every_invalid_file_of_the_suite_is_refused_for_its_reason() {
    let reasons =
        include_str!("data/xliff/oasis-2.1.tsv").lines().map(|line| line.split_once('\t').expect("two columns"));
    let reasons: BTreeMap<&str, &str> = reasons.collect();
    let files = suite("invalid");
    assert_eq!((files.len(), reasons.len()), (162, 162));
    for path in files {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let errors = problems_of(&path).into_iter().filter(|it| it.rule.severity == Severity::Error);
        let codes: BTreeSet<&str> = errors.map(|it| it.rule.code).collect();
        assert!(codes.contains(reasons[name.as_str()]), "{name}: {codes:?}, not {}", reasons[name.as_str()]);
    }
}

/// What the machine lost or made up, which the writer tells as it is.
const LOST_CODES: &[&str] = &["X605", "X913"];

/// Asserts that every translation of the tests, written in `profile` and every version, has nothing as bad as `severity`.
#[track_caller]
fn written_well(profile: Profile, severity: Severity) {
    for version in Version::ALL {
        for translation in translations::all() {
            let style = Style { version, profile, ..Style::default() };
            let text = xliff::write(&translation, style, &translations::facts()).expect("fit for XLIFF").text;
            let mut found = problems(text.as_bytes());
            found.retain(|it| !LOST_CODES.contains(&it.rule.code));
            let told = told(&found, severity);
            assert!(told.is_empty(), "{} {}: {told:#?}\n{text}", translation.slug, version.number());
        }
    }
}

#[test]
fn what_is_written_lean_has_no_error_and_no_warning() {
    written_well(Profile::Lean, Severity::Warning);
}

#[test]
fn what_is_written_full_has_no_error() {
    written_well(Profile::Full, Severity::Error);
}
