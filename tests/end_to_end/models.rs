//! Models as people get, check, carry and remove them: from a mirror on this machine, and without a network.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::desk::{Desk, repository};
use crate::mirror::Fault::{Cut, Slow, Status, WholeFile};
use crate::mirror::{Mirror, Model, location, sha256};

const WEIGHTS: &str = "model.enpt.intgemm.alphas.bin";
const VOCABULARY: &str = "vocab.enpt.spm";
const SHORTLIST: &str = "lex.50.50.enpt.s2t.bin";

/// Bytes that do not pack well, other ones for another seed.
fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed;
    let next = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    (0..length).map(next).collect()
}

fn small<'a>(version: &'a str, architecture: &'a str, length: usize) -> Model<'a> {
    let files =
        vec![("model", WEIGHTS, noise(length, length as u64)), ("vocab", VOCABULARY, noise(10_000, length as u64))];
    Model { version, architecture, files }
}

fn small_mirror() -> Mirror {
    Mirror::serve(&[small("3.0", "tiny", 300_000)])
}

/// A desk without models, its settings naming `mirror`.
fn desk(mirror: &str) -> Desk {
    let glossaries = toml::Value::from(repository("glossaries").display().to_string());
    let firefox = format!("[backend.firefox]\nmodels = [\"models\"]\nmirror = \"{mirror}\"\n");
    let settings = format!("[glossary]\npaths = [{glossaries}]\n{firefox}");
    Desk::new().file("pipeline.toml", settings.as_bytes())
}

/// The program, without the proxies and mirrors of whoever runs the tests.
fn command(desk: &Desk, arguments: &[&str]) -> Command {
    let mut command = desk.command(arguments);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command.env_remove("CHANCERY_MODELS_MIRROR");
    command
}

/// Runs the program; answers what it printed and said.
#[track_caller]
fn run(command: &mut Command, code: i32) -> (String, String) {
    let output = command.output().expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "stdout:\n{stdout}\nstderr:\n{stderr}");
    (stdout, stderr)
}

#[track_caller]
fn pull(desk: &Desk, code: i32) -> (String, String) {
    run(&mut command(desk, &["models", "pull", "en-pt"]), code)
}

#[track_caller]
fn same_files(one: &Path, other: &Path) {
    for name in [WEIGHTS, VOCABULARY, SHORTLIST] {
        let sum = |folder: &Path| sha256(&fs::read(folder.join(name)).expect("a file"));
        assert_eq!(sum(one), sum(other), "{name}");
    }
}

fn real() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let read = |name: &str| fs::read(repository("models/en-pt").join(name)).expect("the demo model");
    [("model", WEIGHTS), ("vocab", VOCABULARY), ("lex", SHORTLIST)].map(|(kind, name)| (kind, name, read(name))).into()
}

#[test]
fn a_real_model_is_pulled_over_a_bad_line_and_translates() {
    let mirror = Mirror::serve(&[
        small("3.0a1", "tiny", 1000),
        Model { version: "3.0", architecture: "tiny", files: real() },
        small("2.9", "tiny", 2000),
        Model { version: "3.0", architecture: "base-memory", files: vec![("model", WEIGHTS, noise(9, 9))] },
    ]);
    let weights = location("3.0", "tiny", WEIGHTS);
    let (first, second) = (mirror.length(&weights) / 3, mirror.length(&weights) / 2);
    mirror.fails(WEIGHTS_ZST, &[Cut(first), Status("503 Service Unavailable\r\nretry-after: 1"), Cut(second - first)]);
    mirror.fails("records", &[Status("429 Too Many Requests\r\nretry-after: 1")]);
    let desk = desk(&mirror.address).sample("briefing.md");
    let (told, _) = run(&mut command(&desk, &["models", "pull", "en-pt", "--dry-run"]), 0);
    assert!(told.contains("en-pt  tiny 3.0") && !desk.path("models").exists(), "{told}");
    let (_, said) = pull(&desk, 0);
    assert!(said.contains("503") && said.contains("again in 1.0 s"), "{said}");
    let asked: Vec<String> = mirror.requests().into_iter().filter(|line| line.contains(&weights)).collect();
    let starts: Vec<&str> = asked.iter().filter_map(|line| line.rsplit(' ').next()).collect();
    let (first, second) = (first.to_string(), second.to_string());
    assert_eq!(starts, ["0", &first, &first, &second], "each try goes on where the last one was");
    same_files(&repository("models/en-pt"), &desk.path("models/en-pt"));
    let description: Value = serde_json::from_str(&desk.read("models/en-pt/model.json")).expect("JSON");
    assert_eq!((&description["architecture"], &description["version"]), (&"tiny".into(), &"3.0".into()));
    assert!(description["catalogue"].as_str().is_some_and(|url| url.starts_with(&mirror.address)));
    let (rows, _) = run(&mut command(&desk, &["models", "list", "--json"]), 0);
    let row: Value = serde_json::from_str(&rows).expect("one row");
    assert_eq!((&row["variant"], &row["state"], &row["in_use"]), (&"tiny".into(), &"ok".into(), &true.into()));
    let before = mirror.requests().len();
    let (_, said) = pull(&desk, 0);
    assert!(said.contains("there already"), "{said}");
    assert_eq!(mirror.requests().len(), before + 1, "only the list is fetched again");
    let (available, _) = run(&mut command(&desk, &["models", "list", "--available"]), 0);
    assert!(available.lines().count() == 1 && available.contains("installed"), "{available}");
    run(&mut command(&desk, &["models", "verify"]), 0);
    run(&mut command(&desk, &["translate", "briefing.md", "--to", "pt", "--quiet"]), 0);
}

const WEIGHTS_ZST: &str = "model.enpt.intgemm.alphas.bin.zst";

#[test]
fn the_variant_can_be_chosen_and_newer_ones_are_told() {
    let mirror = Mirror::serve(&[
        small("3.0", "tiny", 30_000),
        small("3.0", "base-memory", 60_000),
        small("3.1", "base", 90_000),
    ]);
    let desk = desk(&mirror.address);
    run(&mut command(&desk, &["models", "pull", "en-pt", "--variant", "tiny"]), 0);
    let (rows, _) = run(&mut command(&desk, &["models", "list", "--available"]), 0);
    let line = |word: &str| rows.lines().find(|line| line.contains(word)).unwrap_or_default().to_owned();
    assert!(line(" tiny ").ends_with("  installed"), "{rows}");
    assert!(line(" base-memory ").ends_with("3.0 is installed"), "{rows}");
    assert!(line(" base ").ends_with("newer than the installed 3.0"), "{rows}");
    pull(&desk, 0);
    let description: Value = serde_json::from_str(&desk.read("models/en-pt/model.json")).expect("JSON");
    assert_eq!((&description["architecture"], &description["version"]), (&"base".into(), &"3.1".into()));
    run(&mut command(&desk, &["models", "pull", "en-pt", "--variant", "giant"]), 2);
}

#[test]
fn a_server_that_does_not_resume_or_is_slow_is_borne_with() {
    let mirror = small_mirror();
    mirror.fails(WEIGHTS_ZST, &[Cut(100_000), WholeFile]);
    mirror.fails("vocab.enpt.spm.zst", &[Slow]);
    let desk = desk(&mirror.address);
    pull(&desk, 0);
    run(&mut command(&desk, &["models", "verify", "en-pt"]), 0);
}

#[test]
fn what_a_run_could_not_finish_the_next_one_does() {
    let mirror = small_mirror();
    mirror.fails(WEIGHTS_ZST, &[Cut(100_000), Status("403 Forbidden")]);
    let desk = desk(&mirror.address);
    let (_, said) = pull(&desk, 4);
    assert!(said.contains("403") && !desk.path("models/en-pt").exists(), "{said}");
    pull(&desk, 0);
    let last = mirror.requests().into_iter().rfind(|line| line.contains(WEIGHTS)).expect("a request");
    assert!(last.ends_with(" from 100000"), "{last}");
    assert_eq!(desk.files("models/.pull").keys().collect::<Vec<_>>(), ["lock"], "what has served is gone");
}

#[test]
fn another_file_than_the_listed_one_is_not_installed() {
    let mirror = small_mirror();
    let desk = desk(&mirror.address);
    pull(&desk, 0);
    let other = Mirror::serve(&[small("3.1", "tiny", 40_000)]);
    other.fails(WEIGHTS_ZST, &[Status("404 Not Found")]);
    let (_, said) = run(command(&desk, &["models", "pull", "en-pt"]).env("CHANCERY_MODELS_MIRROR", &other.address), 4);
    assert!(said.contains("404") && said.contains(WEIGHTS_ZST), "{said}");
    run(&mut command(&desk, &["models", "verify"]), 0);
}

#[test]
fn a_server_that_sends_us_where_we_do_not_go_is_asked_once() {
    let mirror = small_mirror();
    let desk = desk(&mirror.address);
    mirror.fails(WEIGHTS_ZST, &[Status("302 Found\r\nlocation: file:///etc/hostname")]);
    let (_, said) = pull(&desk, 4);
    assert!(said.contains("302") && !said.contains("again in"), "{said}");
    let weights = format!("{}/{}", mirror.address, location("3.0", "tiny", WEIGHTS));
    let round: &'static str = Box::leak(format!("302 Found\r\nlocation: {weights}").into_boxed_str());
    mirror.fails(WEIGHTS_ZST, &[Status(round); 20]);
    let (_, said) = pull(&desk, 4);
    assert!(said.contains("on and on") && !said.contains("again in"), "{said}");
    mirror.fails(WEIGHTS_ZST, &[Status(round); 2]);
    pull(&desk, 0);
}

#[test]
fn two_pulls_at_once_fetch_each_file_once() {
    let mirror = small_mirror();
    mirror.fails(WEIGHTS_ZST, &[Slow]);
    let desk = desk(&mirror.address);
    let start = || command(&desk, &["models", "pull", "en-pt"]).spawn().expect("the program starts");
    let mut runs = [start(), start(), start()];
    assert!(runs.iter_mut().all(|run| run.wait().expect("it ends").success()));
    let asked = mirror.requests().iter().filter(|line| line.contains(".zst")).count();
    assert_eq!(asked, 2, "{:?}", mirror.requests());
    run(&mut command(&desk, &["models", "verify"]), 0);
}

#[test]
fn the_mirror_is_named_by_the_flag_the_variable_or_the_settings_in_this_order() {
    let mirror = small_mirror();
    let nowhere = "http://127.0.0.1:9";
    let arguments = ["models", "list", "--available"];
    let named = [&arguments[..], &["--mirror", &mirror.address]].concat();
    run(&mut command(&desk(&mirror.address), &arguments), 0);
    run(command(&desk(nowhere), &arguments).env("CHANCERY_MODELS_MIRROR", &mirror.address), 0);
    run(command(&desk(nowhere), &named).env("CHANCERY_MODELS_MIRROR", nowhere), 0);
    let (_, said) = run(&mut command(&desk(nowhere), &arguments), 4);
    assert!(said.contains("CHANCERY_MODELS_MIRROR") && said.contains("--from"), "{said}");
    let (_, said) = run(&mut command(&desk("ftp://x"), &arguments), 2);
    assert!(said.contains("ftp://x") && said.contains("https://HOST"), "{said}");
    let (shown, _) = run(&mut command(&desk(nowhere), &["config", "show"]), 0);
    assert!(shown.contains(&format!("mirror = \"{nowhere}\"")), "{shown}");
}

#[test]
fn the_proxies_of_the_system_are_gone_through() {
    let mirror = small_mirror();
    let proxied = desk("http://models.invalid");
    run(command(&proxied, &["models", "pull", "en-pt"]).env("HTTP_PROXY", &mirror.address), 0);
    assert!(mirror.requests().iter().all(|line| line.starts_with("GET http://models.invalid/")));
    let tunnel = desk("https://models.invalid");
    run(command(&tunnel, &["models", "pull", "en-pt"]).env("HTTPS_PROXY", &mirror.address), 4);
    assert!(mirror.requests().iter().any(|line| line.starts_with("CONNECT models.invalid:443")));
    let direct = desk(&mirror.address);
    let dead = "http://127.0.0.1:9";
    run(command(&direct, &["models", "pull", "en-pt"]).env("HTTP_PROXY", dead).env("NO_PROXY", "127.0.0.1"), 0);
}

#[test]
fn a_changed_file_is_found_and_named() {
    let mirror = small_mirror();
    let desk = desk(&mirror.address);
    pull(&desk, 0);
    let weights = desk.path("models/en-pt").join(WEIGHTS);
    let mut bytes = fs::read(&weights).expect("weights");
    let before = sha256(&bytes);
    bytes[1000] ^= 1;
    fs::write(&weights, &bytes).expect("written");
    let (shown, said) = run(&mut command(&desk, &["models", "verify"]), 1);
    assert!(shown.contains("en-pt  BROKEN"), "{shown}");
    assert!([WEIGHTS, &before, &sha256(&bytes)].iter().all(|word| said.contains(word)), "{said}");
    pull(&desk, 0);
    run(&mut command(&desk, &["models", "verify"]), 0);
    run(&mut command(&desk, &["models", "verify", "pt-en"]), 2);
}

#[test]
fn removing_asks_and_tells_what_is_free_again() {
    let desk = desk(&small_mirror().address);
    run(&mut command(&desk, &["models", "remove", "en-pt", "--yes"]), 2);
    let mirror = small_mirror();
    run(command(&desk, &["models", "pull", "en-pt"]).env("CHANCERY_MODELS_MIRROR", &mirror.address), 0);
    let (_, said) = run(command(&desk, &["models", "remove", "en-pt"]).stdin(std::process::Stdio::null()), 2);
    assert!(said.contains("--yes") && desk.path("models/en-pt").exists(), "{said}");
    let (told, _) = run(&mut command(&desk, &["models", "remove", "en-pt", "--yes"]), 0);
    assert!(told.contains("0.3 MB free again") && !desk.path("models/en-pt").exists(), "{told}");
}

#[test]
fn real_models_go_to_a_machine_without_a_network() {
    let near = Desk::new();
    for name in ["a.tar", "b.tar"] {
        run(&mut command(&near, &["models", "bundle", "pt-en", "en-pt", "--out", name]), 0);
    }
    let bundle = near.path("a.tar");
    let bytes = fs::read(&bundle).expect("a bundle");
    assert!(bytes == fs::read(near.path("b.tar")).expect("a bundle"), "the same models make the same bytes");
    run(&mut command(&near, &["models", "bundle", "en-pt", "--out", "a.tar"]), 2);
    let far = desk("http://127.0.0.1:9").sample("briefing.md");
    let from = bundle.display().to_string();
    run(&mut command(&far, &["models", "pull", "en-pt", "--from", &from]), 0);
    assert!(!far.path("models/pt-en").exists(), "only what was asked for");
    run(&mut command(&far, &["models", "pull", "--from", &from]), 0);
    same_files(&repository("models/en-pt"), &far.path("models/en-pt"));
    run(&mut command(&far, &["models", "verify"]), 0);
    run(&mut command(&far, &["translate", "briefing.md", "--to", "pt", "--quiet"]), 0);
    let other = desk("").file("cut.tar", &bytes[..bytes.len() / 2]);
    let (_, said) = run(&mut command(&other, &["models", "pull", "--from", "cut.tar"]), 4);
    assert!(said.contains("cut.tar") && said.contains("cut off"), "{said}");
    let folder = far.path("models").display().to_string();
    run(&mut command(&other, &["models", "pull", "pt-en", "--from", &folder]), 0);
}
