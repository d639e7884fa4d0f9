//! `chancery xliff check` as it is run, and its SARIF against the schema of SARIF.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::{shared, suite};

fn chancery(arguments: &[&str]) -> Output {
    let folder = shared::path("data/xliff/oasis-2.1/core");
    Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["xliff", "check"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("it runs")
}

#[track_caller]
fn ends(arguments: &[&str], code: i32, beginning: &str) {
    let output = chancery(arguments);
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(code), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.starts_with(beginning), "{said}");
}

#[test]
fn the_exit_code_tells_how_bad_it_is() {
    ends(&["valid/sourceOnly.xlf", "--fail-on", "info"], 0, "");
    ends(&["valid/sample1.xlf"], 0, "valid/sample1.xlf:19:31: warning X901: ");
    ends(&["valid/sample1.xlf", "--fail-on", "warning"], 1, "valid/sample1.xlf:19:31: warning X901: ");
    ends(&["invalid/bad_NoFile.xlf"], 1, "invalid/bad_NoFile.xlf:2:1: error X102: `xliff` lacks `file`");
    ends(&["nil.xlf", "invalid/bad_NoFile.xlf"], 3, "invalid/bad_NoFile.xlf:2:1: error X102: ");
    ends(
        &["invalid/bad_NoFile.xlf", "--format", "json"],
        1,
        "{\"path\":\"invalid/bad_NoFile.xlf\",\"line\":2,\"column\":1,",
    );
    ends(&["--rules"], 0, "X001 error encoding: ");
    ends(&[], 2, "");
}

/// A Python with `jsonschema`; a build server must have one.
fn python() -> Option<PathBuf> {
    let named = std::env::var_os("CHANCERY_TEST_PYTHON").map(PathBuf::from);
    let has =
        |it: &PathBuf| Command::new(it).args(["-c", "import jsonschema"]).output().is_ok_and(|it| it.status.success());
    let found = named.into_iter().chain([PathBuf::from("python3")]).find(has);
    assert!(found.is_some() || std::env::var_os("CI").is_none(), "no Python with jsonschema: run `make tools`");
    found
}

/// The schema of SARIF 2.1.0, which the crate that SARIF is written with carries.
fn schema() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let version = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    // Without the packages of other systems, which a new machine has not fetched.
    let arguments = ["metadata", "--format-version", "1", "--locked", "--filter-platform", host];
    let output = Command::new(cargo).args(arguments).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let sarif = packages.iter().find(|it| it["name"] == "serde-sarif").expect("serde-sarif");
    Path::new(sarif["manifest_path"].as_str().expect("a path")).with_file_name("src/schema.json")
}

#[test]
fn sarif_obeys_its_schema() {
    let Some(python) = python() else { return };
    let files: Vec<String> =
        suite("valid").iter().chain(&suite("invalid")).map(|it| it.display().to_string()).collect();
    let arguments: Vec<&str> = files.iter().map(String::as_str).chain(["--format", "sarif"]).collect();
    let document = chancery(&arguments).stdout;
    let results = serde_json::from_slice::<serde_json::Value>(&document).expect("JSON")["runs"][0]["results"].clone();
    assert!(results.as_array().is_some_and(|it| it.len() > 200));
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("a.sarif"), document).expect("written");
    let output = Command::new(python)
        .args(["-W", "ignore", "-m", "jsonschema", "-i"])
        .arg(dir.path().join("a.sarif"))
        .arg(schema())
        .output();
    let output = output.expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
