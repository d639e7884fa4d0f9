//! The check beside xmllint and the schemas of OASIS: documents with one thing changed, of which both say what they think.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use chancery::model::Severity;
use chancery::xliff::check::Problem;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::{problems, shared, suite, told};

/// The folder of the schemas, where it and `xmllint` are there; a build server must have both.
fn schemas() -> Option<PathBuf> {
    let folder = shared::path("schemas/xliff");
    let ready = folder.join("catalog.xml").is_file() && Command::new("xmllint").arg("--version").output().is_ok();
    assert!(ready || std::env::var_os("CI").is_none(), "xmllint or the schemas are missing from {}", folder.display());
    ready.then_some(folder)
}

/// Which of `files` the schema refuses.
fn refused(folder: &Path, schema: &str, files: &[PathBuf]) -> Vec<bool> {
    let output = Command::new("xmllint")
        .env("XML_CATALOG_FILES", folder.join("catalog.xml"))
        .args(["--nonet", "--noout", "--schema"])
        .arg(folder.join(schema))
        .args(files)
        .output()
        .expect("xmllint runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let fine: std::collections::BTreeSet<&str> =
        said.lines().filter_map(|line| line.strip_suffix(" validates")).collect();
    files.iter().map(|path| !fine.contains(path.display().to_string().as_str())).collect()
}

/// `text` with one thing changed, in each way: an element taken out or doubled, an attribute taken out, renamed or given
/// another value.
fn changed(text: &str) -> Vec<String> {
    let (elements, attributes) = parts(text);
    let with = |range: Range<usize>, new: &str| format!("{}{new}{}", &text[..range.start], &text[range.end..]);
    let mut all = Vec::new();
    for range in elements {
        all.push(with(range.clone(), ""));
        all.push(with(range.clone(), &text[range].repeat(2)));
    }
    for (name, value) in attributes {
        all.push(with(name.start..value.end + 1, ""));
        all.push(with(name.clone(), "odd"));
        all.extend(["", "?", "odd value", "7"].map(|new| with(value.clone(), new)));
    }
    all
}

/// Where the name and the value of an attribute stand.
type Attribute = (Range<usize>, Range<usize>);

/// The elements within the root of `text`, and the names and values of attributes but declarations of namespaces.
fn parts(text: &str) -> (Vec<Range<usize>>, Vec<Attribute>) {
    let mut reader = Reader::from_str(text);
    let (mut open, mut elements, mut attributes) = (Vec::new(), Vec::new(), Vec::new());
    loop {
        let at = usize::try_from(reader.buffer_position()).expect("in memory");
        let event = reader.read_event().expect("well-formed");
        let end = usize::try_from(reader.buffer_position()).expect("in memory");
        match event {
            Event::Start(tag) => {
                open.push(at);
                attributes.extend(attributes_of(at, tag.attributes_raw(), &text[at..end]));
            }
            Event::Empty(tag) => {
                elements.push(at..end);
                attributes.extend(attributes_of(at, tag.attributes_raw(), &text[at..end]));
            }
            Event::End(_) => elements.extend(open.pop().filter(|_| !open.is_empty()).map(|begin| begin..end)),
            Event::Eof => return (elements, attributes),
            _ => {}
        }
    }
}

fn attributes_of(at: usize, raw: &str, tag: &str) -> Vec<Attribute> {
    let base = at + tag.find(raw).unwrap_or_default();
    let mut found = Vec::new();
    let mut place = 0;
    while let Some((name, rest)) = raw[place..].split_once("=\"") {
        let name_start = place + name.len() - name.trim_start().len();
        let value_start = place + name.len() + 2;
        let value_end = value_start + rest.find('"').expect("a closing quote");
        if !name.trim_start().starts_with("xmlns") {
            found.push((base + name_start..base + place + name.len(), base + value_start..base + value_end));
        }
        place = value_end + 1;
    }
    found
}

/// Asserts that the check agrees with `schema` on `text` with one thing changed. What the schema takes, the check may refuse
/// for what schemas cannot say; `ours` tells what it refuses as the schema has to.
#[track_caller]
fn agrees(text: &str, schema: &str, ours: fn(&Problem) -> bool) {
    let Some(folder) = schemas() else { return };
    let documents: Vec<String> = [text.to_owned()].into_iter().chain(changed(text)).collect();
    let dir = tempfile::tempdir().expect("a folder");
    let file = |(number, document): (usize, &String)| {
        let path = dir.path().join(format!("{number:04}.xlf"));
        std::fs::write(&path, document).expect("written");
        path
    };
    let files: Vec<PathBuf> = documents.iter().enumerate().map(file).collect();
    let mut differ = Vec::new();
    for (document, refused) in documents.iter().zip(refused(&folder, schema, &files)) {
        let found = problems(document.as_bytes());
        let error = found.iter().any(|it| it.rule.severity == Severity::Error || ours(it));
        if refused && !error || !refused && found.iter().any(ours) {
            differ.push(format!(
                "refused by the schema: {refused}; {:?}\n   {}",
                told(&found, Severity::Info),
                difference(text, document)
            ));
        }
    }
    assert!(documents.len() > 500, "{} documents", documents.len());
    assert!(differ.is_empty(), "{} of {} differ:\n{}", differ.len(), documents.len(), differ.join("\n"));
}

/// The line of `document` that is not in `text`.
fn difference<'a>(text: &str, document: &'a str) -> &'a str {
    let line = document.lines().find(|line| !text.contains(*line)).unwrap_or("something is gone").trim();
    &line[..line.floor_char_boundary(900)]
}

const ALL_2_1: &str = include_str!("../data/xliff/all-2.1.xlf");
const ALL_1_2: &str = include_str!("../data/xliff/all-1.2.xlf");

/// Rules that are those of a schema and nothing else.
fn of_schema(problem: &Problem) -> bool {
    matches!(problem.rule.code, "X101" | "X102" | "X103" | "X105" | "X107")
}

#[test]
fn the_check_refuses_what_the_schemas_of_2_1_refuse() {
    agrees(ALL_2_1, "drivers/xliff-2.1-all.xsd", of_schema);
}

#[test]
fn the_check_refuses_what_the_schemas_of_2_2_refuse() {
    let text = ALL_2_1.replace("document:2.0", "document:2.2").replace("version=\"2.1\"", "version=\"2.2\"");
    agrees(&text.replace("<note id=\"n1\">", "<note id=\"n1\" ref=\"#s1\">"), "drivers/xliff-2.2-all.xsd", of_schema);
}

#[test]
fn the_check_refuses_what_the_strict_schema_of_1_2_refuses() {
    let ours = |it: &Problem| it.rule.code.starts_with("X1") || matches!(it.rule.code, "X601" | "X604" | "X610");
    agrees(ALL_1_2, "1.2/xliff-core-1.2-strict.xsd", ours);
}

#[test]
fn the_check_refuses_what_xmllint_refuses_of_the_suite() {
    let Some(folder) = schemas() else { return };
    let files: Vec<PathBuf> = suite("valid").into_iter().chain(suite("invalid")).collect();
    let refused = refused(&folder, "drivers/xliff-2.1-all.xsd", &files);
    assert_eq!(refused.iter().filter(|it| **it).count(), 45);
    for (path, _) in files.iter().zip(refused).filter(|(_, refused)| *refused) {
        let found = problems(&std::fs::read(path).expect("a file"));
        assert!(!told(&found, Severity::Error).is_empty(), "{}", path.display());
    }
}
