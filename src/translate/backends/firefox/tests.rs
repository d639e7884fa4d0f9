use std::fs;
use std::path::Path;

use super::*;
use crate::translate::registry::tests::table;
use crate::translate::{Input, Remedy};

/// The folder of the demo models.
pub(crate) fn demo() -> PathBuf {
    let default = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/models"));
    let dir = std::env::var_os("CHANCERY_MODELS_DIR").map_or_else(default, PathBuf::from);
    assert!(dir.join("en-pt").is_dir(), "the demo models are missing: run `.ci/fetch-models.py`");
    dir
}

fn pair(pair: &str) -> Pair {
    models::pair_of(pair).expect("a pair")
}

fn inputs(texts: &[&str]) -> Vec<Input> {
    texts.iter().map(|text| Input { text: (*text).to_owned(), align: false }).collect()
}

fn opened(dir: &Path, threads: usize) -> Box<dyn Backend> {
    let toml = format!("models = [{:?}]\nthreads = {threads}", dir.to_string_lossy());
    crate::translate::open("firefox", Some(table(&toml))).expect("it opens")
}

#[track_caller]
fn ask(backend: &dyn Backend, pair: Pair, texts: Vec<Input>) -> Result<Vec<Draft>, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(backend.translate(&Batch { pair, texts }))
}

#[track_caller]
fn translated(direction: &str, text: &str) -> String {
    let drafts = ask(&*opened(&demo(), 1), pair(direction), inputs(&[text])).expect("drafts");
    drafts.into_iter().next().expect("a draft").text
}

#[track_caller]
fn survive(text: &str, tokens: &[&str]) {
    let draft = translated("en-pt", text);
    for token in tokens {
        assert_eq!(draft.matches(token).count(), 1, "{token} in {draft}");
    }
}

#[test]
fn it_translates() {
    assert_eq!(translated("en-pt", "The minister spoke."), "O ministro falou.");
    assert_eq!(translated("pt-en", "Bom dia, senhor ministro."), "Good morning, Mr. Minister.");
    assert_eq!(translated("en-pt", "“Peace”, said the minister."), "\"Paz\", disse o ministro.");
}

#[test]
fn what_the_vocabulary_does_not_know_survives() {
    survive("The fund holds £10 million and €5 billion.", &["£10 milhões", "€5 bilhões"]);
    survive("He moved to the Italian giants in a €100 million deal.", &["€100 milhões"]);
    survive("They paid up to £500, or $700.", &["£500", "700"]);
    survive("Write to press@un.org, or see https://un.org/press.", &["press@un.org", "https://un.org/press"]);
    survive("Mr Kaczyński’s party met Ambassador Müller.", &["Kaczyński", "Müller"]);
    survive("Ελλάδα signed the treaty", &["Ελλάδα", "tratado"]);
    survive("He said 中国 is large; 😀 he laughed.", &["中国", "😀"]);
}

#[test]
fn a_very_long_sentence_is_not_cut_off() {
    let clause = "the minister of country number {} said that the agreement would come into force next year, ";
    let text: String = (101..131).map(|number| clause.replace("{}", &number.to_string())).collect();
    let draft = translated("en-pt", &text);
    for number in 101..131 {
        assert!(draft.contains(&number.to_string()), "{number} in {draft}");
    }
}

#[test]
fn batches_and_threads_change_nothing() {
    let texts: Vec<String> = (1..=17).map(|n| format!("The {n} ministers met {}.", "again ".repeat(n % 5))).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let all = |size: usize, threads: usize| -> Vec<String> {
        let backend = opened(&demo(), threads);
        let drafts = texts.chunks(size).map(|texts| ask(&*backend, pair("en-pt"), inputs(texts)).expect("drafts"));
        drafts.flatten().map(|draft| draft.text).collect()
    };
    let one = all(1, 1);
    assert_eq!(one.len(), 17);
    for (size, threads) in [(7, 1), (16, 2), (17, 2)] {
        assert_eq!(all(size, threads), one, "batches of {size} on {threads} threads");
    }
}

#[test]
fn links_lead_to_the_words_they_render() {
    let text = "The “Müller” treaty — signed in Geneva — holds.";
    let input = Input { text: text.to_owned(), align: true };
    let draft = ask(&*opened(&demo(), 1), pair("en-pt"), vec![input]).expect("drafts").remove(0);
    let links = draft.alignment.expect("an alignment").links;
    let link = |target: &str| {
        let strong = links.iter().filter(|link| link.weight > 0.5);
        strong.filter(|link| draft.text[link.target.clone()] == *target).map(|link| &text[link.source.clone()]).next()
    };
    assert_eq!(link("tratado"), Some("treaty"), "{}", draft.text);
    assert_eq!(link("Müller"), Some("Müller"));
    assert_eq!(link("Genebra"), Some("Geneva"));
}

#[test]
fn a_pair_without_a_model_goes_through_english() {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&demo().join("pt-en"), &dir.path().join("gl-en"));
    copy(&demo().join("en-pt"), &dir.path().join("en-pt"));
    let backend = opened(dir.path(), 1);
    let route = backend.route(pair("gl-pt")).expect("a route");
    let legs: Vec<String> = route.models.iter().map(|id| format!("{}>{}", id.source, id.target)).collect();
    assert_eq!(legs, ["gl>en", "en>pt"]);
    let input = Input { text: "O ministro falou em Genebra.".to_owned(), align: true };
    let draft = ask(&*backend, pair("gl-pt"), vec![input]).expect("drafts").remove(0);
    assert_eq!(draft.text, "O ministro falou em Genebra.");
    assert!(draft.alignment.is_some_and(|alignment| alignment.links.len() >= 5));
    assert_eq!(backend.route(pair("gl-fr")), None);
    assert_eq!(
        backend.route(pair("en-pt-BR")).map(|route| route.models[0].target),
        backend.route(pair("en-pt")).map(|r| r.models[0].target)
    );
}

#[test]
fn provenance_names_the_version_that_is_built_in() {
    let lock = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).expect("the lock file");
    let (name, version) = ENGINE.split_once(' ').expect("a name and a version");
    assert!(lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"")), "{ENGINE}");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for file in fs::read_dir(from).expect("a folder") {
        let path = file.expect("an entry").path();
        fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("a copy");
    }
}

/// Breaks a copy of the English-Portuguese model and expects that using it says `wanted`, and where.
#[track_caller]
fn broken(break_it: impl FnOnce(&Path), wanted: &str) {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path().join("en-pt");
    copy(&demo().join("en-pt"), &folder);
    fs::remove_file(folder.join("SHA256SUMS")).expect("sums");
    break_it(&folder);
    let error = ask(&*opened(dir.path(), 1), pair("en-pt"), inputs(&["Peace."])).expect_err("an error");
    let said = error.to_string();
    assert!(said.contains(wanted) && said.contains("en-pt"), "{said}");
    assert_eq!(error.remedy(), Remedy::Stop, "{said}");
}

const WEIGHTS: &str = "model.enpt.intgemm.alphas.bin";
const VOCABULARY: &str = "vocab.enpt.spm";

fn write(name: &'static str, content: impl AsRef<[u8]>) -> impl FnOnce(&Path) {
    move |folder| fs::write(folder.join(name), content).expect("written")
}

fn edit(name: &'static str, change: impl FnOnce(&mut Vec<u8>)) -> impl FnOnce(&Path) {
    move |folder| {
        let mut content = fs::read(folder.join(name)).expect("content");
        change(&mut content);
        fs::write(folder.join(name), content).expect("written");
    }
}

fn garbage(length: u32) -> Vec<u8> {
    (0..length).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect()
}

#[test]
fn a_model_with_missing_or_surplus_files_is_refused() {
    broken(|folder| fs::remove_file(folder.join(WEIGHTS)).expect("removed"), "no `model.*.bin`");
    broken(|folder| fs::remove_file(folder.join(VOCABULARY)).expect("removed"), "no `vocab.*.spm`");
    broken(
        |folder| fs::rename(folder.join(VOCABULARY), folder.join("srcvocab.enpt.spm")).expect("renamed"),
        "no `vocab.*.spm`",
    );
    broken(|folder| _ = fs::copy(folder.join(WEIGHTS), folder.join("model.old.bin")).expect("copied"), "a second file");
}

#[test]
fn damaged_weights_are_refused() {
    broken(write(WEIGHTS, ""), "the weights are damaged");
    broken(write(WEIGHTS, "<!doctype html><title>Not found</title>"), "the weights are damaged");
    broken(write(WEIGHTS, garbage(1 << 20)), "the weights are damaged");
    broken(edit(WEIGHTS, |content| content.truncate(content.len() / 2)), "the weights are damaged: it is cut off");
    broken(edit(WEIGHTS, |content| content[8..16].fill(0xff)), "more tensors than it can hold");
    broken(edit(WEIGHTS, |content| content[12] = 1), "more tensors than it can hold");
    broken(edit(WEIGHTS, |content| content[32..40].fill(0x7f)), "it is cut off");
    let rename = |content: &mut Vec<u8>| {
        let at = content.windows(13).position(|name| name == b"decoder_l1_rn").expect("a tensor's name");
        content[at] = b'x';
    };
    broken(edit(WEIGHTS, rename), "there is no tensor `decoder_l1_rnn_W`");
}

#[test]
fn a_vocabulary_that_is_not_the_models_own_is_refused() {
    broken(write(VOCABULARY, ""), "the vocabulary has 0 pieces");
    broken(write(VOCABULARY, garbage(1 << 16)), "");
    broken(edit(VOCABULARY, |content| content.truncate(content.len() / 2)), "the vocabulary has");
    let other = demo().join("pt-en/vocab.pten.spm");
    broken(|folder| _ = fs::copy(other, folder.join(VOCABULARY)).expect("copied"), "does not translate");
}

#[test]
fn a_model_of_another_direction_is_refused() {
    broken(
        |folder| {
            for file in [WEIGHTS, VOCABULARY] {
                fs::copy(demo().join("pt-en").join(file.replace("enpt", "pten")), folder.join(file)).expect("copied");
            }
        },
        "does not translate",
    );
}

#[test]
fn a_file_that_is_not_the_listed_one_is_refused() {
    broken(
        |folder| {
            fs::copy(demo().join("en-pt/SHA256SUMS"), folder.join("SHA256SUMS")).expect("copied");
            edit(VOCABULARY, |content| content[1000] ^= 1)(folder);
        },
        "vocab.enpt.spm: SHA-256 is",
    );
}
