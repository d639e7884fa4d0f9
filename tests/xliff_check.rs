//! The check of XLIFF files over the suite of OASIS, over documents of our own, and beside the schemas.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chancery::model::Severity;
use chancery::xliff::check::{self, Problem};

#[expect(dead_code, reason = "no news is read here")]
mod shared;

/// The files of a folder of the suite of OASIS, core and modules.
fn suite(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for part in ["core", "modules"] {
        let folder = shared::path("data/xliff/oasis-2.1").join(part).join(folder);
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        files.extend(
            entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|it| it == "xlf")),
        );
    }
    files.sort();
    files
}

fn problems(path: &Path) -> Vec<Problem> {
    check::check(fs::File::open(path).expect("a file")).expect("readable")
}

fn errors(problems: &[Problem]) -> Vec<String> {
    let errors = problems.iter().filter(|it| it.rule.severity == Severity::Error);
    errors.map(|it| format!("{}:{} {} {}", it.line, it.column, it.rule.code, it.message)).collect()
}

#[test]
fn every_valid_file_of_the_suite_is_valid() {
    let files = suite("valid");
    assert_eq!(files.len(), 59);
    let wrong: BTreeMap<_, _> =
        files.iter().map(|path| (path, errors(&problems(path)))).filter(|it| !it.1.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_invalid_file_of_the_suite_is_refused() {
    let files = suite("invalid");
    assert_eq!(files.len(), 162);
    let missed: Vec<_> = files.iter().filter(|path| errors(&problems(path)).is_empty()).collect();
    assert_eq!(missed, Vec::<&PathBuf>::new(), "{} missed", missed.len());
}
