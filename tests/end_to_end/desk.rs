//! A desk to run the real program at: a folder with articles, settings and outputs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own for a test, gone with it.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

/// What a run of the program said, and how it ended.
pub(crate) struct Run {
    output: Output,
}

/// A file of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

impl Desk {
    /// A desk with the demo models and the glossary of the repository.
    pub(crate) fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().expect("a folder") };
        let models = repository("models");
        assert!(models.join("en-pt").is_dir(), "no demo models: run `make models`");
        desk.settings("", &models)
    }

    /// Writes settings: `extra`, and the folder of models.
    #[track_caller]
    pub(crate) fn settings(self, extra: &str, models: &Path) -> Self {
        let quoted = |path: &Path| toml::Value::from(path.display().to_string());
        let (glossaries, models) = (quoted(&repository("glossaries")), quoted(models));
        let text = format!("{extra}\n[glossary]\npaths = [{glossaries}]\n[backend.firefox]\nmodels = [{models}]\n");
        self.file("pipeline.toml", text.as_bytes())
    }

    #[track_caller]
    pub(crate) fn file(self, name: &str, bytes: &[u8]) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("written");
        self
    }

    pub(crate) fn sample(self, name: &str) -> Self {
        let bytes = fs::read(repository("samples").join(name)).expect("a sample");
        self.file(name, &bytes)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    #[track_caller]
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The program, to be started by the caller.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command.args(arguments).current_dir(self.folder.path());
        command
    }

    #[track_caller]
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run { output: self.command(arguments).output().expect("the program starts") }
    }

    /// Every file under an output folder by its name from there.
    #[track_caller]
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.path(folder)];
        while let Some(path) = folders.pop() {
            let entries = fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            for path in entries.flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.strip_prefix(self.path(folder)).expect("a file of the folder");
                files.insert(name.to_string_lossy().replace('\\', "/"), fs::read(&path).expect("a file"));
            }
        }
        files
    }

    /// The report of a run as JSON.
    #[track_caller]
    pub(crate) fn report(&self, folder: &str) -> serde_json::Value {
        serde_json::from_str(&self.read(&format!("{folder}/report.json"))).expect("JSON")
    }
}

impl Run {
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.output.status.code(), Some(code), "stdout:\n{}\nstderr:\n{}", self.stdout(), self.stderr());
        self
    }

    /// Each of `words` is on standard error.
    #[track_caller]
    pub(crate) fn tells(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.stderr().contains(word), "`{word}` is not told:\n{}", self.stderr());
        }
        self
    }

    pub(crate) fn stdout(&self) -> String {
        String::from_utf8_lossy(&self.output.stdout).into_owned()
    }

    pub(crate) fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }
}
