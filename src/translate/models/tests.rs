use super::*;
use crate::model::sha256;
use crate::translate::Error;

#[track_caller]
fn means(name: &str, pair: &str) {
    assert_eq!(pair_of(name).map(|pair| format!("{} {}", pair.source, pair.target)).unwrap_or_default(), pair);
}

#[test]
fn a_folder_is_named_for_its_direction() {
    means("en-pt", "en pt");
    means("zh-Hant-en", "zh-Hant en");
    means("en-zh-Hant", "en zh-Hant");
    means("pt-BR-en", "pt-BR en");
    means("en-pt-BR", "en pt-BR");
    means("enpt-1693087644", "en pt");
    means("enpt", "en pt");
    for name in ["en", "notes", "README.md", "en-", "-en", "é-é", "lex-en-pt-x"] {
        means(name, "");
    }
}

/// A folder of models with a small `en-pt`, and a way to look at it.
struct Shelf(tempfile::TempDir);

impl Shelf {
    fn new() -> Self {
        let shelf = Self(tempfile::tempdir().expect("a folder"));
        fs::create_dir(shelf.folder()).expect("a folder");
        shelf.put("model.enpt.bin", b"weights");
        shelf.put("vocab.enpt.spm", b"words");
        shelf
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("en-pt")
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.folder().join(name), bytes).expect("written");
    }

    fn set(&self) -> ModelSet {
        list(&[self.0.path().to_owned()]).expect("sets").remove(0)
    }

    /// Loading and verifying it both fail for a reason that has these words.
    #[track_caller]
    fn fails(&self, words: &[&str]) {
        let set = self.set();
        let errors = [set.read().err(), set.verify().err()];
        for error in errors.map(|error| error.map(|error| error.to_string()).unwrap_or_default()) {
            assert!(words.iter().all(|word| error.contains(word)), "`{error}` does not say {words:?}");
        }
    }
}

fn sums(weights: &[u8]) -> Vec<u8> {
    format!("{}  model.enpt.bin\n{}  vocab.enpt.spm\n", sha256(weights), sha256(b"words")).into_bytes()
}

#[test]
fn sums_are_compared() {
    let shelf = Shelf::new();
    assert_eq!(shelf.set().weights_sha256(), Ok(sha256(b"weights")));
    assert_eq!(shelf.set().state(), State::Unlisted);
    shelf.put("SHA256SUMS", &sums(b"weights"));
    assert_eq!(shelf.set().state(), State::Checked);
    shelf.put("SHA256SUMS", &sums(b"other"));
    assert!(matches!(shelf.set().verify(), Err(Error::Checksum { .. })));
    shelf.fails(&["model.enpt.bin", &sha256(b"weights"), &sha256(b"other")]);
    shelf.put("SHA256SUMS", b"");
    shelf.fails(&["model.enpt.bin", "not listed"]);
    shelf.put("SHA256SUMS", b"nonsense\n");
    shelf.fails(&["SHA256SUMS", "line 1"]);
    shelf.put("SHA256SUMS", &[sums(b"weights"), format!("{}  lex.enpt.bin\n", sha256(b"")).into()].concat());
    shelf.fails(&["lex.enpt.bin", "not there"]);
    shelf.put("SHA256SUMS", &[sums(b"weights"), format!("{}  ../../x\n", sha256(b"")).into()].concat());
    shelf.fails(&["`../../x`", "not a file beside it"]);
}

#[test]
fn what_cannot_be_a_model_file_is_refused_before_it_is_read() {
    let shelf = Shelf::new();
    let weights = fs::File::options().write(true).open(shelf.folder().join("model.enpt.bin")).expect("weights");
    weights.set_len(5 << 30).expect("a file with a hole");
    shelf.fails(&["model.enpt.bin", "5368709120 bytes", "at most"]);
    fs::remove_file(shelf.folder().join("model.enpt.bin")).expect("removed");
    shelf.fails(&["en-pt", "there is no `model.*.bin`"]);
    fs::create_dir(shelf.folder().join("model.enpt.bin")).expect("a folder");
    shelf.fails(&["model.enpt.bin", "it is a folder"]);
}

#[test]
fn a_set_lacks_nothing_and_has_nothing_twice() {
    let shelf = Shelf::new();
    shelf.put("model.other.bin", b"weights");
    shelf.fails(&["model.other.bin", "second file"]);
    let shelf = Shelf::new();
    shelf.put("srcvocab.enpt.spm", b"words");
    shelf.fails(&["srcvocab.enpt.spm", "second file"]);
    fs::remove_file(shelf.folder().join("vocab.enpt.spm")).expect("removed");
    shelf.fails(&["there is no `trgvocab.*.spm`, and no `vocab.*.spm`"]);
    fs::remove_dir_all(shelf.folder()).expect("removed");
    fs::create_dir(shelf.folder()).expect("a folder");
    shelf.fails(&["en-pt", "there is no `model.*.bin`"]);
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_and_odd_names_are_told() {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;
    let shelf = Shelf::new();
    symlink("lex.enpt.bin", shelf.folder().join("lex.enpt.bin")).expect("a loop");
    shelf.fails(&["lex.enpt.bin", "symbolic links"]);
    let shelf = Shelf::new();
    symlink("gone", shelf.folder().join("lex.enpt.bin")).expect("a link");
    shelf.fails(&["lex.enpt.bin", "No such file"]);
    let shelf = Shelf::new();
    let odd = std::ffi::OsStr::from_bytes(b"lex.\xff.bin");
    fs::write(shelf.folder().join(odd), "list").expect("written");
    shelf.fails(&["is not UTF-8"]);
}

#[test]
fn the_sums_of_a_set_put_there_by_hand_are_recorded_at_first_use() {
    let shelf = Shelf::new();
    assert!(shelf.set().record().is_err(), "nothing was read yet");
    let set = shelf.set();
    let copy = set.clone();
    assert_eq!(set.read().expect("loaded").target, None);
    assert_eq!(copy.record(), Ok(Recorded::Written), "copies share what was read");
    assert_eq!(set.record(), Ok(Recorded::Listed));
    assert_eq!(fs::read(shelf.folder().join("SHA256SUMS")).expect("a list"), sums(b"weights"));
    shelf.put("model.enpt.bin", b"Weights");
    shelf.fails(&["model.enpt.bin", &sha256(b"weights")]);
    fs::remove_file(shelf.folder().join("SHA256SUMS")).expect("removed");
    assert!(matches!(set.read(), Err(Error::Checksum { .. })), "without a list, what was read first counts");
}

#[test]
fn the_demo_models_are_read_whole() {
    for set in list(&[crate::translate::backends::firefox::tests::demo()]).expect("models") {
        let loaded = set.read().expect("a model");
        assert!(loaded.target.is_none(), "one vocabulary serves both languages, and is there once");
        assert!(loaded.shortlist.is_some_and(|list| list.len() > 1 << 20));
        let model = crate::translate::backends::firefox::Model::open(&set.dir).expect("a model");
        let (told, taken) = (set.memory(), model.bytes() as u64);
        assert!(told.abs_diff(taken) < taken / 10, "{told} bytes are told, {taken} are taken");
    }
}

#[test]
fn only_a_model_set_may_be_removed() {
    let shelf = Shelf::new();
    shelf.put("thesis.docx", b"years of work");
    let error = remove(&[shelf.set()], &Silence).expect_err("refused").to_string();
    assert!(error.contains("thesis.docx") && shelf.folder().join("model.enpt.bin").exists(), "{error}");
    fs::remove_file(shelf.folder().join("thesis.docx")).expect("removed");
    let removed = remove(&[shelf.set()], &Silence).expect("removed");
    assert_eq!(removed[0].bytes, 12);
    assert!(!shelf.folder().exists());
}

/// A tar of entries as they are given, whatever they are.
fn tar(entries: &[(&str, tar::EntryType, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (path, kind, content) in entries {
        let mut header = tar::Header::new_ustar();
        header.as_ustar_mut().expect("ustar").name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_size(content.len() as u64);
        header.set_entry_type(*kind);
        header.set_cksum();
        tar.append(&header, *content).expect("written");
    }
    tar.into_inner().expect("written")
}

#[track_caller]
fn refuses(bundle: &[u8], words: &[&str]) {
    let dir = tempfile::tempdir().expect("a folder");
    let (from, models) = (dir.path().join("b.tar"), dir.path().join("models"));
    fs::write(&from, bundle).expect("written");
    let error = unbundle(&from, &[], &models, &Silence).expect_err("refused").to_string();
    assert!(words.iter().all(|word| error.contains(word)), "`{error}` does not say {words:?}");
    assert!(list(std::slice::from_ref(&models)).expect("sets").is_empty(), "something was installed");
    assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 2, "something was written elsewhere");
    assert_eq!(entries(&models.join(".pull")).expect("a folder").len(), 1, "something was left behind");
}

#[test]
fn bundles_are_held_for_hostile() {
    use tar::EntryType::{Link, Regular, Symlink};
    let file = |path: &'static str| tar(&[(path, Regular, b"x")]);
    refuses(&file("../evil"), &["`../evil`", "not PAIR/FILE"]);
    refuses(&file("/etc/evil"), &["`/etc/evil`", "not PAIR/FILE"]);
    refuses(&file("en-pt/../../evil"), &["not PAIR/FILE"]);
    refuses(&file("en-pt/evil.sh"), &["not PAIR/FILE"]);
    refuses(&file("notes/model.x.bin"), &["not PAIR/FILE"]);
    refuses(&tar(&[("en-pt/model.x.bin", Symlink, b"")]), &["not a plain file"]);
    refuses(&tar(&[("en-pt/model.x.bin", Link, b"")]), &["not a plain file"]);
    refuses(&tar(&[("MANIFEST", Regular, b""), ("./MANIFEST", Regular, b"")]), &["twice"]);
    refuses(&tar(&[("en-pt/model.x.bin", Regular, b"x"), ("MANIFEST", Regular, b"")]), &["not in its MANIFEST"]);
    refuses(&file("en-pt/model.x.bin"), &["has no MANIFEST"]);
    refuses(&file("en-pt/lex.\u{1b}[2J.bin"), &["`en-pt/lex.\\u{1b}[2J.bin`", "not PAIR/FILE"]);
    refuses(&file("enpt-\u{1b}[2J/lex.x.bin"), &["`enpt-\\u{1b}[2J/lex.x.bin`", "not PAIR/FILE"]);
    refuses(b"<html>", &["no bundle of models"]);
    refuses(b"", &["no bundle of models"]);
    let long = vec![b'x'; (1 << 20) + 1];
    refuses(&tar(&[("MANIFEST", Regular, &long)]), &["at most 1048576"]);
    let listed = format!("{}  en-pt/model.x.bin\n", sha256(b"y")).into_bytes();
    let changed: &[(&str, _, &[u8])] = &[("MANIFEST", Regular, &listed), ("en-pt/model.x.bin", Regular, b"x")];
    refuses(&tar(changed), &["SHA-256 is", "en-pt/model.x.bin"]);
    refuses(&tar(&changed[..1]), &["cut off", "en-pt/model.x.bin"]);
    refuses(&tar(&[("MANIFEST", Regular, b"lies")]), &[".tar/MANIFEST: line 1"]);
    let sums = format!("{}  model.x.bin\n", sha256(b"x")).into_bytes();
    let listed = format!("{}  en-pt/model.x.bin\n{}  en-pt/SHA256SUMS\n", sha256(b"x"), sha256(&sums)).into_bytes();
    let weights: (&str, _, &[u8]) = ("en-pt/model.x.bin", Regular, b"x");
    let alone = [("MANIFEST", Regular, &listed[..]), ("en-pt/SHA256SUMS", Regular, &sums), weights];
    refuses(&tar(&alone), &[".tar/en-pt: there is no `vocab.*.spm`"]);
}

#[test]
fn a_bundle_goes_out_and_comes_back_and_a_cut_one_does_not() {
    let shelf = Shelf::new();
    let (out, again) = (shelf.0.path().join("a.tar"), shelf.0.path().join("b.tar"));
    let pairs = [pair_of("en-pt").expect("a pair")];
    bundle(&[shelf.set()], &pairs, &out).expect("a bundle");
    bundle(&[shelf.set()], &pairs, &again).expect("a bundle");
    let bytes = fs::read(&out).expect("a bundle");
    assert_eq!(bytes, fs::read(&again).expect("a bundle"), "the same sets make the same bytes");
    assert!(bundle(&[shelf.set()], &pairs, &out).is_err(), "a file that is there stays");
    let home = tempfile::tempdir().expect("a folder");
    let pulled = unbundle(&out, &pairs, home.path(), &Silence).expect("installed");
    assert!(pulled[0].fresh);
    assert_eq!(pulled[0].set.state(), State::Checked, "a set without a list got one");
    assert!(!unbundle(&out, &[], home.path(), &Silence).expect("installed")[0].fresh);
    for length in (0..bytes.len() - 1024).step_by(100) {
        refuses(&bytes[..length], &["cut off"]);
    }
    let folder = tempfile::tempdir().expect("a folder");
    assert!(unbundle(home.path(), &[], folder.path(), &Silence).expect("installed from a folder")[0].fresh);
    let unlisted = unbundle(shelf.0.path(), &[], folder.path(), &Silence).expect_err("no sums").to_string();
    assert!(unlisted.contains("no SHA256SUMS"), "{unlisted}");
}
