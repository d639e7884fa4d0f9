//! XLIFF as the schemas and the reader of reviewed files see it.

#[expect(dead_code, reason = "no news is read here")]
mod shared;
mod translations;

use std::path::{Path, PathBuf};
use std::process::Command;

use chancery::emit::xliff::{self, Version};
use chancery::emit::{Error, Facts};
use chancery::model::{BlockKind, Mark, MarkKind, Text, Translation};
use proptest::prelude::*;
use translations::{Builder, by, facts, translated};

const VERSIONS: [(Version, &str); 2] =
    [(Version::V2_0, "drivers/xliff-2.1-all.xsd"), (Version::V1_2, "1.2/xliff-core-1.2-strict.xsd")];

#[track_caller]
fn written(translation: &Translation, version: Version) -> String {
    xliff::write(translation, version, &facts()).expect("fit for XLIFF").text
}

/// The folder of the OASIS schemas, where it and `xmllint` are there; a build server must have both.
fn schemas() -> Option<PathBuf> {
    let folder = shared::path("schemas/xliff");
    let ready = folder.join("catalog.xml").is_file() && Command::new("xmllint").arg("--version").output().is_ok();
    assert!(ready || std::env::var_os("CI").is_none(), "xmllint or the schemas are missing from {}", folder.display());
    ready.then_some(folder)
}

/// Asserts that `text` obeys the schema at `schema`.
#[track_caller]
fn obeys(folder: &Path, schema: &str, name: &str, text: &str) {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join(name);
    std::fs::write(&file, text).expect("a file");
    let result = Command::new("xmllint")
        .env("XML_CATALOG_FILES", folder.join("catalog.xml"))
        .args(["--nonet", "--noout", "--schema"])
        .args([&folder.join(schema), &file])
        .output()
        .expect("xmllint runs");
    assert!(result.status.success(), "{name}: {}", String::from_utf8_lossy(&result.stderr));
}

/// What a reader of XML gets for `plain`.
fn held(plain: &str) -> String {
    let fit = |char| matches!(char, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    plain.chars().map(|char| if fit(char) { char } else { '\u{FFFD}' }).collect()
}

/// Asserts that `translation` is read back text by text.
#[track_caller]
fn comes_back(translation: &Translation, version: Version) {
    let read = chancery::xliff::files(Path::new("a.xlf"), written(translation, version).as_bytes()).expect("readable");
    let [file] = read.as_slice() else { panic!("one file, not {}", read.len()) };
    let (source, target) = (translation.document.language.to_string(), translation.target.to_string());
    assert_eq!((&file.source, &file.target), (&source, &Some(target)));
    assert_eq!(file.original.as_deref(), Some(translation.document.head.origin.as_str()));
    let read: Vec<_> = file
        .segments()
        .map(|(unit, it)| (unit.id.clone(), it.id.clone(), it.source.text.clone(), it.target.clone().map(|it| it.text)))
        .collect();
    let sent = translation.document.passages.iter().flat_map(|passage| {
        passage.segments.iter().map(|unit| {
            let target = unit.rendered().map(|text| held(text.plain()));
            (passage.id.clone(), Some(unit.segment.id.to_string()), held(unit.segment.text.plain()), target)
        })
    });
    assert_eq!(read, sent.collect::<Vec<_>>());
}

#[test]
fn every_sample_obeys_the_schema() {
    let Some(folder) = schemas() else { return };
    for (version, schema) in VERSIONS {
        for translation in translations::all() {
            obeys(&folder, schema, &translation.slug, &written(&translation, version));
        }
    }
}

#[test]
fn every_sample_comes_back() {
    for (version, _) in VERSIONS {
        for translation in translations::all() {
            comes_back(&translation, version);
        }
    }
}

#[test]
fn the_same_translation_gives_the_same_bytes() {
    for (version, _) in VERSIONS {
        assert_eq!(written(&translations::en_pt(), version), written(&translations::en_pt(), version));
    }
}

/// Asserts that the XLIFF of `translation` has each of `parts`, in order.
#[track_caller]
fn has(translation: &Translation, version: Version, parts: &[&str]) {
    let text = written(translation, version);
    let mut rest = text.as_str();
    for part in parts {
        rest = rest.split_once(part).unwrap_or_else(|| panic!("no `{part}` where it belongs in\n{text}")).1;
    }
}

#[test]
fn a_segment_tells_what_came_of_it() {
    let (pt, v2, v1) = (translations::en_pt(), Version::V2_0, Version::V1_2);
    has(&pt, v2, &["<segment id=\"p1-1\" state=\"initial\" subState=\"chancery:mt\">"]);
    has(&pt, v2, &["<segment id=\"p4-2\">\n", "to a later round.</source>\n   </segment>"]);
    has(&pt, v2, &["<segment id=\"p8-1\" state=\"translated\" subState=\"chancery:kept\">", "<target"]);
    has(
        &pt,
        v1,
        &["id=\"p1-1\"", "state=\"needs-review-translation\" state-qualifier=\"mt-suggestion\" phase-name=\"mt1\""],
    );
    has(&pt, v1, &["id=\"p4-2\"", "to a later round.</source>\n     <note from=\"failed\""]);
    has(&pt, v1, &["id=\"p8-1\"", "<target state=\"translated\">"]);
}

#[test]
fn notes_tell_the_reviewer_what_to_look_at() {
    let (pt, v2, v1) = (translations::en_pt(), Version::V2_0, Version::V1_2);
    let failed = ">sentence 2: not translated: bad answer: the engine answered with the source text; translate";
    has(&pt, v2, &["<note id=\"p4-2-n", "category=\"failed\"", failed]);
    has(
        &pt,
        v2,
        &["category=\"check\" appliesTo=\"target\" priority=\"1\">sentence 1: T001 error: the translation lacks"],
    );
    has(
        &pt,
        v2,
        &[
            "Belt and Road Initiative = Iniciativa do Cinturão e Rota; never ~Iniciativa do Cinturão e Rota (not official)",
        ],
    );
    has(&pt, v2, &["category=\"language\"", ">this passage is in `pt`, the article in `en`"]);
    has(
        &pt,
        v1,
        &["<note from=\"glossary\" priority=\"2\" annotates=\"source\">Belt and Road Initiative = Iniciativa"],
    );
    has(&pt, v1, &["link 1: https://example.org/communique?id=7&amp;lang=en"]);
}

#[test]
fn terms_stand_in_the_glossary_module() {
    let entry = [
        "<gls:glossEntry id=\"g1\" ref=\"#p2-1\">",
        "<gls:term source=\"和平共处五项原则\">和平共处五项原则</gls:term>",
    ];
    has(&translations::zh_en(), Version::V2_0, &entry);
    has(&translations::zh_en(), Version::V2_0, &[">Five Principles of Peaceful Coexistence</gls:translation>"]);
}

#[test]
fn inline_codes_pair_source_and_target() {
    let nested = [
        "<data id=\"d1\">&lt;b&gt;</data>",
        "<pc id=\"2\" dataRefStart=\"d1\" dataRefEnd=\"d2\" type=\"fmt\" subType=\"xlf:b\">principle of \
         <pc id=\"3\" dataRefStart=\"d3\" dataRefEnd=\"d4\" type=\"fmt\" subType=\"xlf:i\">peaceful coexistence</pc></pc>",
        "<pc id=\"2\"",
        "<pc id=\"3\"",
    ];
    has(&translations::en_ar(), Version::V2_0, &nested);
    let link = ["<data id=\"d3\">&lt;a href=\"https://example.org/communique?id=7&amp;amp;lang=en\"&gt;</data>"];
    has(&translations::en_pt(), Version::V2_0, &link);
    has(
        &translations::en_ar(),
        Version::V1_2,
        &["<g id=\"1\" ctype=\"bold\">principle of <g id=\"2\" ctype=\"italic\">"],
    );
}

#[test]
fn sentences_are_apart_as_each_language_sets_them() {
    let gap = "<source xml:space=\"preserve\"></source>\n    <target xml:space=\"preserve\"> </target>";
    has(&translations::zh_en(), Version::V2_0, &["<ignorable>", gap]);
    has(&translations::en_ar(), Version::V2_0, &["<ignorable>", "preserve\">\n</source>", "preserve\">\n</target>"]);
}

#[test]
fn a_file_names_its_article_and_its_making() {
    let metadata = [
        "original=\"articles/clean-energy.html\"",
        "<mda:metaGroup category=\"article\">",
        "<mda:meta type=\"url\">https://example.org/world/2026/clean-energy?page=1&amp;view=full</mda:meta>",
        "<mda:meta type=\"published\">2026-03-02T10:35:00</mda:meta>",
        "<mda:meta type=\"model\">en-pt 3f8a91c2d4e5",
        "<mda:meta type=\"tool\">chancery 0.1.0</mda:meta>",
        "<mda:meta type=\"glossary\">g-5f0c</mda:meta>",
    ];
    has(&translations::en_pt(), Version::V2_0, &metadata);
    let tools = [
        "<phase phase-name=\"mt2\" process-name=\"machine-translation\" tool-id=\"mt2\"/>",
        "<tool tool-id=\"mt1\" tool-name=\"firefox\"",
    ];
    has(&translations::en_pt(), Version::V1_2, &tools);
    has(&translations::en_ar(), Version::V2_0, &["trgDir=\"rtl\""]);
}

#[test]
fn what_xml_cannot_hold_is_counted() {
    let written = xliff::write(&translations::hostile(), Version::V2_0, &Facts::default()).expect("fit for XLIFF");
    assert_eq!(written.replaced, 3);
}

#[test]
fn ids_that_would_break_a_file_are_refused() {
    let refused = |change: fn(&mut Translation)| {
        let mut translation = translations::zh_en();
        change(&mut translation);
        xliff::write(&translation, Version::V2_0, &facts()).expect_err("refused")
    };
    assert!(matches!(refused(|it| it.document.passages.clear()), Error::Empty { .. }));
    assert!(matches!(refused(|it| it.document.passages[0].id = "a b".into()), Error::Id { .. }));
    assert!(matches!(refused(|it| it.document.passages[0].id = "p2".into()), Error::DuplicateId { .. }));
}

/// Texts without white space at the ends, which no segment has, with nested or separate marks.
fn texts() -> impl Strategy<Value = Text> {
    let marks = prop::collection::vec((0usize..30, 1usize..30, 1u32..4), 0..4);
    ("[^ \t\r\n](\\PC|[\t\n<>&\"']){0,20}[^ \t\r\n]", marks).prop_map(|(plain, spans)| {
        let borders: Vec<usize> = plain.char_indices().map(|(at, _)| at).chain([plain.len()]).collect();
        let border = |at: usize| borders[at % borders.len()];
        let mark = |(start, length, id): (usize, usize, u32)| {
            let (from, to) = (border(start), border(start + length));
            Mark { id, range: from.min(to)..from.max(to), kind: kinds(id) }
        };
        let marks: Vec<Mark> = spans.into_iter().map(mark).collect();
        Text::new(plain.clone(), marks).unwrap_or_else(|_| plain.into())
    })
}

fn kinds(id: u32) -> MarkKind {
    match id {
        1 => MarkKind::Bold,
        2 => MarkKind::Code,
        _ => translations::link("https://example.org/?a=1&b=\"2\""),
    }
}

fn arbitrary() -> impl Strategy<Value = Translation> {
    let units = prop::collection::vec((texts(), texts(), "[a-b]"), 1..4);
    prop::collection::vec(units, 1..4).prop_map(|passages| {
        let build = |builder: Builder, units: Vec<(Text, Text, String)>| {
            let unit = |(source, target, backend): (Text, Text, String)| by(&backend, source, target);
            builder.passage(BlockKind::Paragraph, units.into_iter().map(unit).collect())
        };
        passages.into_iter().fold(Builder::new("any", "en", "zh-Hant"), build).build()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_is_read_back(translation in arbitrary()) {
        for (version, _) in VERSIONS {
            comes_back(&translation, version);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_obeys_the_schema(translation in arbitrary()) {
        if let Some(folder) = schemas() {
            for (version, schema) in VERSIONS {
                obeys(&folder, schema, "any", &written(&translation, version));
            }
        }
    }
}

#[test]
fn a_carriage_return_survives() {
    let translation =
        Builder::new("cr", "en", "de").passage(BlockKind::Paragraph, vec![translated("a\rb", "c\r\nd")]).build();
    comes_back(&translation, Version::V2_0);
}
