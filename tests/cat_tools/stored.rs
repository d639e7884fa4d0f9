//! Stored: what a tool writes when nobody edited anything.

use std::fmt::Write as _;
use std::path::Path;

use chancery::emit::xliff::{Profile, Version};
use chancery::xliff::{self, Content, File, Segment};

use crate::export::Exports;
use crate::tool::{Npm, OmegaT, Toolkit};

/// What a file says, a line for each segment: texts and codes without layout between them, and with `all` states and notes.
fn said(text: &str, all: bool) -> Vec<String> {
    let files = xliff::files(Path::new("a.xlf"), text.as_bytes()).expect("readable");
    files.iter().flat_map(|file| of_file(file, all)).collect()
}

fn of_file(file: &File, all: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for unit in &file.units {
        for segment in &unit.segments {
            lines.push(of_segment(&unit.id, segment, all));
        }
        lines.extend(
            unit.notes.iter().filter(|_| all).map(|note| format!("{}: {:?} {}", unit.id, note.from, note.text)),
        );
    }
    lines
}

fn of_segment(unit: &str, segment: &Segment, all: bool) -> String {
    let (source, target) = (segment.source.without_layout(), segment.target.as_ref().map(Content::without_layout));
    let mut line = format!("{unit} {:?}: {source:?} {target:?}", segment.id);
    if all {
        let notes: Vec<_> = segment.notes.iter().map(|note| (&note.from, &note.text)).collect();
        write!(line, " {:?} {:?} {notes:?}", segment.state, segment.claimed).expect("a string takes it");
    }
    line
}

/// Asserts that two files say the same.
#[track_caller]
fn say_the_same(name: &str, sent: &[String], stored: &[String]) {
    for (sent, stored) in sent.iter().zip(stored) {
        assert_eq!(sent, stored, "{name}");
    }
    assert_eq!(sent.len(), stored.len(), "{name}");
}

#[test]
fn the_toolkit_stores_what_it_read() {
    let Some(toolkit) = Toolkit::found() else { return };
    let exports = Exports::of(|_| true);
    let out = tempfile::tempdir().expect("a folder");
    toolkit.save(exports.path(), out.path());
    for (export, sent, stored) in exports.beside(out.path()) {
        say_the_same(&export.name, &said(&sent, true), &said(&stored, true));
    }
}

/// It drops the states of targets, who left a note, and the halves of codes that go on to another sentence, lays out texts with codes anew, and of an entity that stands in a
/// text as words, `&amp;`, stores the character. Of the full profile it lays out terms anew, too.
#[test]
fn npm_xliff_stores_the_texts_and_codes_of_1_2() {
    let Some(npm) = Npm::found() else { return };
    let exports = Exports::of(|style| style.version == Version::V1_2 && style.profile == Profile::Lean);
    let out = tempfile::tempdir().expect("a folder");
    npm.save(exports.path(), out.path());
    for (export, sent, stored) in exports.beside(out.path()) {
        let halves = fancy_regex::Regex::new("<it [^>]*/>").expect("a pattern");
        let sent: Vec<_> =
            said(&halves.replace_all(&sent, ""), false).iter().map(|line| line.replace("&amp;", "&")).collect();
        say_the_same(&export.name, &sent, &said(&stored, false));
    }
}

/// To the byte, but for the entity of quotation marks, the tags of `it`, and the line end of the file.
#[test]
fn omegat_stores_what_it_read() {
    let exports = Exports::of(|style| style.version == Version::V1_2);
    let Some(omegat) = OmegaT::project(exports.path()) else { return };
    omegat.translate();
    for (export, sent, stored) in exports.beside(&omegat.path("target")) {
        let settled = |text: &str| text.trim_end().replace("&quot;", "\"").replace("></it>", "/>");
        for (sent, stored) in settled(&sent).lines().zip(settled(&stored).lines()) {
            assert_eq!(sent, stored, "{}", export.name);
        }
        assert_eq!(settled(&sent), settled(&stored), "{}", export.name);
    }
}
