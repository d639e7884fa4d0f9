//! How each tool is run: once for a whole folder, since their starts are slow.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use quick_xml::escape::{escape, unescape};
use serde::de::DeserializeOwned;

/// Python with translate-toolkit.
pub(crate) struct Toolkit(PathBuf);

/// Node with the package `xliff`.
pub(crate) struct Npm(PathBuf);

/// `OmegaT` in console mode, with a project of its own.
pub(crate) struct OmegaT {
    folder: tempfile::TempDir,
}

/// What `variable` names, where it is there; a build server must have it.
#[track_caller]
fn named(variable: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from).filter(|path| path.exists());
    assert!(named.is_some() || std::env::var_os("CI").is_none(), "{variable} names nothing: run `make tools`");
    named
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cat_tools").join(name)
}

/// What `command` prints.
#[track_caller]
fn said(command: &mut Command) -> Vec<u8> {
    let output = command.output().expect("the tool starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[track_caller]
fn json<T: DeserializeOwned>(command: &mut Command) -> T {
    serde_json::from_slice(&said(command)).expect("JSON")
}

impl Toolkit {
    pub(crate) fn found() -> Option<Self> {
        named("CHANCERY_TEST_PYTHON").map(Self)
    }

    fn run(&self, command: &str) -> Command {
        let mut python = Command::new(&self.0);
        python.arg(script("toolkit.py")).arg(command);
        python
    }

    /// What it makes of every file in `folder`, by file and reader.
    #[track_caller]
    pub(crate) fn show<T: DeserializeOwned>(&self, folder: &Path) -> T {
        json(self.run("show").arg(folder))
    }

    /// Loads and stores every file.
    #[track_caller]
    pub(crate) fn save(&self, folder: &Path, out: &Path) {
        said(self.run("save").arg(folder).arg(out));
    }

    /// The same with the edits that the file `edits` names by file and segment.
    #[track_caller]
    pub(crate) fn edit(&self, folder: &Path, out: &Path, edits: &Path) {
        said(self.run("edit").arg(folder).arg(out).arg(edits));
    }
}

impl Npm {
    pub(crate) fn found() -> Option<Self> {
        named("CHANCERY_TEST_NODE_MODULES").map(Self)
    }

    fn run(&self, command: &str) -> Command {
        let mut node = Command::new("node");
        node.env("NODE_PATH", &self.0).arg(script("npm.cjs")).arg(command);
        node
    }

    /// What it makes of every file in `folder`, by file.
    #[track_caller]
    pub(crate) fn show<T: DeserializeOwned>(&self, folder: &Path) -> T {
        json(self.run("show").arg(folder))
    }

    /// Turns every file into objects and back.
    #[track_caller]
    pub(crate) fn save(&self, folder: &Path, out: &Path) {
        said(self.run("save").arg(folder).arg(out));
    }
}

impl OmegaT {
    /// A project with the files of `sources`.
    #[track_caller]
    pub(crate) fn project(sources: &Path) -> Option<Self> {
        let found = Command::new("omegat").arg("--help").output().is_ok_and(|output| output.status.success());
        assert!(found || std::env::var_os("CI").is_none(), "OmegaT is missing: run `make tools`");
        let project = Self { folder: tempfile::tempdir().expect("a folder") };
        for folder in ["source", "target", "omegat", "tm", "glossary", "dictionary"] {
            fs::create_dir_all(project.path(folder)).expect("a folder");
        }
        fs::copy(script("omegat.project"), project.path("omegat.project")).expect("copied");
        for entry in fs::read_dir(sources).expect("a folder").flatten() {
            fs::copy(entry.path(), project.path("source").join(entry.file_name())).expect("copied");
        }
        found.then_some(project)
    }

    /// A file or folder of the project.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join("project").join(inside)
    }

    /// Runs `OmegaT`; its starter cannot take paths with spaces, so that all are relative.
    #[track_caller]
    fn run(&self, arguments: &[&str]) {
        let mut omegat = Command::new("omegat");
        omegat.arg("project").args(arguments).arg("--config-dir=config").current_dir(self.folder.path());
        said(&mut omegat);
    }

    /// Every text that it offers for translation, in no order, with its tags.
    #[track_caller]
    pub(crate) fn texts(&self) -> Vec<String> {
        let equal = ["--pseudotranslatetmx=all.tmx", "--pseudotranslatetype=equal"];
        self.run(&[&["--mode=console-createpseudotranslatetmx"], &equal[..]].concat());
        let memory = fs::read_to_string(self.folder.path().join("all.tmx")).expect("a memory");
        let segments = memory.split("<seg>").skip(1).step_by(2);
        let texts = segments.map(|rest| rest.split("</seg>").next().unwrap_or_default());
        texts.map(|text| unescape(text).expect("entities of XML").into_owned()).collect()
    }

    /// `text` without what is shown for inline codes: `<g0>`, `</g0>`, `<x1/>`.
    pub(crate) fn plain(text: &str) -> String {
        let tag = fancy_regex::Regex::new("</?[a-z][0-9]+/?>").expect("a pattern");
        tag.replace_all(text, "").into_owned()
    }

    /// Keeps in the memory of the project what `translate` says to each text that it offers.
    #[track_caller]
    pub(crate) fn remember(&self, translate: impl Fn(&str) -> Option<String>) {
        let unit = |text: String| {
            let segment = |lang, text| format!("<tuv lang=\"{lang}\"><seg>{}</seg></tuv>", escape(text));
            Some(format!("<tu>{}{}</tu>", segment("en", &text), segment("pt", &translate(&text)?)))
        };
        let units: String = self.texts().into_iter().filter_map(unit).collect();
        let header = "creationtool=\"OmegaT\" creationtoolversion=\"3.6.0_10\" segtype=\"paragraph\" \
                      o-tmf=\"OmegaT TMX\" adminlang=\"EN-US\" srclang=\"en\" datatype=\"plaintext\"";
        let memory = format!("<tmx version=\"1.1\"><header {header}/><body>{units}</body></tmx>");
        fs::write(self.path("omegat/project_save.tmx"), memory).expect("written");
    }

    /// Writes the target files.
    #[track_caller]
    pub(crate) fn translate(&self) {
        self.run(&["--mode=console-translate"]);
    }
}
