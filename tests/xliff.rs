//! XLIFF as the schemas and the reader of reviewed files see it.

#[path = "translations/hard.rs"]
mod hard;
#[expect(dead_code, reason = "no news is read here")]
mod shared;
mod translations;

use std::path::{Path, PathBuf};
use std::process::Command;

use chancery::emit::xliff::{self, MtState, Profile, Style, Version};
use chancery::emit::{Error, Facts};
use chancery::model::{BlockKind, Mark, MarkKind, Outcome, Piece, Strategy, TermMade, Text, Translation, Unit};
use chancery::xliff::check::{Problem, check};
use chancery::xliff::{Code, Coding, Content, Role, Step};
use proptest::prelude::{ProptestConfig, prop, proptest};
use proptest::strategy::Strategy as _;
use translations::{Builder, facts, translated, with_term};

/// Each version and the schemas that it is to obey.
const VERSIONS: [(Version, &[&str]); 4] = [
    (Version::V1_2, &["1.2/xliff-core-1.2-strict.xsd"]),
    (Version::V2_0, &["drivers/xliff-2.0-all.xsd", "drivers/xliff-2.1-all.xsd"]),
    (Version::V2_1, &["drivers/xliff-2.1-all.xsd"]),
    (Version::V2_2, &["drivers/xliff-2.2-all.xsd"]),
];

const V1_2: Style = style(Version::V1_2, Profile::Lean);
const V2_0: Style = style(Version::V2_0, Profile::Lean);
const FULL_1_2: Style = style(Version::V1_2, Profile::Full);
const FULL_2_1: Style = style(Version::V2_1, Profile::Full);

const fn style(version: Version, profile: Profile) -> Style {
    Style { version, profile, mt_state: MtState::Initial }
}

/// Every way in which a version is written.
fn styles(version: Version) -> impl Iterator<Item = Style> {
    let states = [MtState::Initial, MtState::Translated];
    let profiles = [Profile::Lean, Profile::Full].into_iter();
    profiles.flat_map(move |profile| states.map(|mt_state| Style { version, profile, mt_state }))
}

/// Every way in which XLIFF is written.
fn all_styles() -> impl Iterator<Item = Style> {
    Version::ALL.into_iter().flat_map(styles)
}

/// Every translation of the tests.
fn samples() -> Vec<Translation> {
    [translations::all(), hard::all()].concat()
}

#[track_caller]
fn written(translation: &Translation, style: Style) -> String {
    xliff::write(translation, style, &facts()).expect("fit for XLIFF").text
}

/// The folder of the OASIS schemas, where it and `xmllint` are there; a build server must have both.
fn schemas() -> Option<PathBuf> {
    let folder = shared::path("schemas/xliff");
    let ready = folder.join("catalog.xml").is_file() && Command::new("xmllint").arg("--version").output().is_ok();
    assert!(ready || std::env::var_os("CI").is_none(), "xmllint or the schemas are missing from {}", folder.display());
    ready.then_some(folder)
}

/// Asserts that `translations` obey the schemas of every version, however they are written.
#[track_caller]
fn obey(translations: &[Translation]) {
    let Some(folder) = schemas() else { return };
    for (version, schemas) in VERSIONS {
        let dir = tempfile::tempdir().expect("a folder");
        let mut files = Vec::new();
        for (number, style) in styles(version).enumerate() {
            for translation in translations {
                files.push(dir.path().join(format!("{}-{number}.xlf", translation.slug)));
                std::fs::write(&files[files.len() - 1], written(translation, style)).expect("a file");
            }
        }
        for schema in schemas {
            let result = Command::new("xmllint")
                .env("XML_CATALOG_FILES", folder.join("catalog.xml"))
                .args(["--nonet", "--noout", "--schema"])
                .arg(folder.join(schema))
                .args(&files)
                .output()
                .expect("xmllint runs");
            let said = String::from_utf8_lossy(&result.stderr);
            assert!(result.status.success(), "{schema}: {}", said.replace(" validates\n", "\n"));
            assert_eq!(said.matches(" validates").count(), files.len(), "{said}");
        }
    }
}

/// What a reader of XML gets for `plain`.
fn held(plain: &str) -> String {
    let fit = |char| matches!(char, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    plain.chars().map(|char| if fit(char) { char } else { '\u{FFFD}' }).collect()
}

/// What a reader gets for a text with its codes.
fn content(steps: &[Step]) -> Content {
    let mut content = Content::default();
    for step in steps {
        let at = content.text.len();
        let mut code = |role, id: &u32| content.codes.push(Code { at, role, id: id.to_string() });
        match step {
            Step::Chars(chars) => content.text.push_str(&held(chars)),
            Step::Open(id) | Step::Begin(id) => code(Role::Open, id),
            Step::Close(id) | Step::End(id) => code(Role::Close, id),
            Step::Alone(id) => code(Role::Alone, id),
        }
    }
    content
}

/// A text with its marks, as a reader of XML gets it.
fn shown(text: &Text) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Chars(chars) => held(chars),
        Piece::Open(mark) => format!("<{} {:?}>", mark.id, mark.kind),
        Piece::Close(mark) => format!("</{}>", mark.id),
    };
    text.pieces().iter().map(piece).collect()
}

/// Asserts that `translation` is read back text by text, code by code and mark by mark.
#[track_caller]
fn comes_back(translation: &Translation, style: Style) {
    let read = chancery::xliff::files(Path::new("a.xlf"), written(translation, style).as_bytes()).expect("readable");
    let [file] = read.as_slice() else { panic!("one file, not {}", read.len()) };
    let (source, target) = (translation.document.language.to_string(), translation.target.to_string());
    assert_eq!((&file.source, &file.target), (&source, &Some(target)));
    assert_eq!(file.original.as_deref(), Some(translation.document.head.origin.as_str()));
    for name in ["article sha256", "export fingerprint"] {
        assert_eq!(file.facts.iter().filter(|(fact, _)| fact == name).count(), 1, "{:?}", file.facts);
    }
    let mut segments = file.segments();
    for passage in &translation.document.passages {
        let (coding, mut open) = (Coding::of(passage), Vec::new());
        for (place, unit) in passage.segments.iter().enumerate() {
            let (parent, segment) = segments.next().expect("a segment");
            assert_eq!((&parent.id, segment.id.as_deref()), (&passage.id, Some(unit.segment.id.as_str())));
            assert_eq!(segment.source, content(coding.source(place)));
            assert_eq!(segment.target, coding.target(place).map(content));
            let decoded = segment.target.as_ref().map(|target| coding.decode(place..place + 1, target, &mut open));
            assert_eq!(decoded.as_ref().map(|decoded| shown(&decoded.text)), unit.rendered().map(shown));
            assert!(decoded.is_none_or(|decoded| decoded.problems.is_empty()));
        }
    }
    assert!(segments.next().is_none());
}

#[test]
fn every_sample_obeys_the_schemas() {
    obey(&samples());
}

/// Asserts that our own check finds nothing in `translation`, however it is written, but what is so on purpose: versions that
/// few tools read, codes that a translation lost, and what the full profile has that some tools damage.
#[track_caller]
fn passes(translation: &Translation) {
    for style in all_styles() {
        let problems = check(written(translation, style).as_bytes()).expect("a file in memory is read");
        let meant = |problem: &Problem| match problem.rule.name {
            "version" => matches!(style.version, Version::V2_1 | Version::V2_2),
            "alternative" | "inline-term" | "matches" => style.profile == Profile::Full,
            name => matches!(name, "code-lost" | "codes-differ"),
        };
        let problems: Vec<_> = problems.into_iter().filter(|problem| !meant(problem)).collect();
        assert!(problems.is_empty(), "{} as {style:?}: {problems:?}", translation.slug);
    }
}

#[test]
fn every_sample_passes_our_own_check() {
    samples().iter().for_each(passes);
}

#[test]
fn every_sample_comes_back() {
    for style in all_styles() {
        for translation in samples() {
            comes_back(&translation, style);
        }
    }
}

#[test]
fn the_same_translation_gives_the_same_bytes() {
    for style in all_styles() {
        for (one, other) in samples().iter().zip(&samples()) {
            assert_eq!(written(one, style), written(other, style));
        }
    }
}

/// Asserts that the XLIFF of `translation` has each of `parts`, in order.
#[track_caller]
fn has(translation: &Translation, style: Style, parts: &[&str]) {
    let text = written(translation, style);
    let mut rest = text.as_str();
    for part in parts {
        rest = rest.split_once(part).unwrap_or_else(|| panic!("no `{part}` where it belongs in\n{text}")).1;
    }
}

#[test]
fn a_segment_tells_what_came_of_it() {
    let (pt, v2, v1) = (translations::en_pt(), V2_0, V1_2);
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
fn machine_translation_may_say_that_it_is_translated() {
    let says = |version, parts: &[&str]| {
        has(&translations::en_pt(), Style { mt_state: MtState::Translated, ..style(version, Profile::Lean) }, parts);
    };
    says(Version::V2_0, &["<segment id=\"p1-1\" state=\"translated\" subState=\"chancery:mt\">"]);
    says(Version::V1_2, &["id=\"p1-1\"", "<target state=\"translated\" phase-name=\"mt1\">"]);
}

#[test]
fn a_segment_tells_how_far_its_review_has_come() {
    let states = [
        (1, "initial", "mt", "needs-review-translation\" state-qualifier=\"mt-suggestion\" phase-name=\"mt1"),
        (2, "translated", "edited", "translated"),
        (3, "initial", "mt", "needs-review-translation\" state-qualifier=\"mt-suggestion\" phase-name=\"mt1"),
        (4, "initial", "edited", "needs-review-translation"),
        (5, "translated", "reviewed", "translated\" phase-name=\"mt1"),
        (6, "translated", "edited", "translated"),
        (7, "reviewed", "reviewed", "signed-off\" phase-name=\"mt1"),
        (8, "reviewed", "edited", "signed-off"),
        (9, "final", "reviewed", "final\" phase-name=\"mt1"),
        (10, "final", "edited", "final"),
        (11, "translated", "edited", "translated"),
    ];
    for (place, state, author, trans_unit) in states {
        let segment = format!("<segment id=\"p1-{place}\" state=\"{state}\" subState=\"chancery:{author}\">");
        has(&hard::reviewed(), V2_0, &[&segment]);
        let approved = if state == "final" { "yes" } else { "no" };
        let unit = format!("<trans-unit id=\"p1-{place}\" resname=\"reviewed-p1-{place}\" approved=\"{approved}\"");
        has(&hard::reviewed(), V1_2, &[&unit, &format!("</source>\n     <target state=\"{trans_unit}\">")]);
    }
}

#[test]
fn terms_that_were_put_in_are_no_mere_machine_translation() {
    has(&hard::marked_terms(), V2_0, &["<segment id=\"p1-1\" state=\"initial\" subState=\"chancery:mt\">"]);
    has(&hard::marked_terms(), V2_0, &["<segment id=\"p1-3\" state=\"initial\" subState=\"chancery:mt+terms\">"]);
}

#[test]
fn a_person_is_no_engine() {
    for style in all_styles() {
        let text = written(&hard::reviewed(), style);
        assert!(!text.contains("a person") && !text.contains("category=\"engine\""), "{text}");
    }
    has(
        &hard::reviewed(),
        V1_2,
        &["<phase phase-name=\"mt1\"", "</phase-group>\n   <tool tool-id=\"chancery\"", "tool-id=\"mt1\""],
    );
}

#[test]
fn remarks_of_reviewers_stay_notes() {
    let note = [
        "category=\"review\" appliesTo=\"target\" priority=\"1\">sentence 2: Ana Lima: Is this \"right\" &amp; &lt;proper&gt;?\nAsk them.<",
    ];
    has(&hard::reviewed(), V2_0, &note);
    has(&hard::reviewed(), V2_0, &["category=\"review\"", ">sentence 2: see the style guide</note>"]);
    has(
        &hard::reviewed(),
        V1_2,
        &["id=\"p1-2\"", "<note from=\"review\" priority=\"1\" annotates=\"target\">Ana Lima: Is this"],
    );
}

#[test]
fn notes_tell_the_reviewer_what_to_look_at() {
    let (pt, v2, v1) = (translations::en_pt(), V2_0, V1_2);
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
    has(&pt, v1, &["link 2: https://example.org/communique?id=7&amp;lang=en"]);
}

#[test]
fn terms_stand_in_the_glossary_module() {
    let entry = [
        "<gls:glossEntry id=\"g1\" ref=\"#p2-1\">",
        "<gls:term source=\"和平共处五项原则\">和平共处五项原则</gls:term>",
    ];
    has(&translations::zh_en(), V2_0, &entry);
    has(&translations::zh_en(), V2_0, &[">Five Principles of Peaceful Coexistence</gls:translation>"]);
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
    has(&translations::en_ar(), V2_0, &nested);
    let link = ["<data id=\"d3\">&lt;a href=\"https://example.org/communique?id=7&amp;amp;lang=en\"&gt;</data>"];
    has(&translations::en_pt(), V2_0, &link);
    has(&translations::en_ar(), V1_2, &["<g id=\"2\" ctype=\"bold\">principle of <g id=\"3\" ctype=\"italic\">"]);
}

#[test]
fn a_mark_over_sentences_is_one_code() {
    let two = [
        "We met <sc id=\"1\" dataRef=\"d1\" type=\"fmt\" subType=\"xlf:b\"/>here.</source>",
        "It <pc id=\"2\" dataRefStart=\"d3\" dataRefEnd=\"d4\" type=\"fmt\" subType=\"xlf:i\">rained.</pc></source>",
        "We<ec startRef=\"1\" dataRef=\"d2\" type=\"fmt\" subType=\"xlf:b\"/> left.</source>",
        "Wir<ec startRef=\"1\"",
    ];
    has(&hard::over_sentences(), V2_0, &two);
    let one = [
        "We met <it id=\"1\" ctype=\"bold\" pos=\"open\"/>here.</source>",
        "It <g id=\"2\"",
        "We<it id=\"1\" ctype=\"bold\" pos=\"close\"/> left.</source>",
    ];
    has(&hard::over_sentences(), V1_2, &one);
    has(
        &hard::over_sentences(),
        V1_2,
        &["<g id=\"1\" ctype=\"bold\">All of it.</g></source>", "<g id=\"2\" ctype=\"bold\">And</g>"],
    );
}

#[test]
fn line_breaks_and_placeholders_are_codes() {
    let two = [
        "<data id=\"d1\">{name}</data>",
        "<data id=\"d2\">&lt;br/&gt;</data>",
        "<ph id=\"1\" dataRef=\"d1\" type=\"ui\" subType=\"xlf:var\" equiv=\"{name}\" disp=\"{name}\"/> &amp; &lt;b&gt;<ph id=\"2\" dataRef=\"d2\" type=\"fmt\" subType=\"xlf:lb\"/>",
        "<target xml:space=\"preserve\"><ph id=\"3\"",
    ];
    has(&hard::holes(), V2_0, &two);
    let one = [
        "<source><x id=\"1\" ctype=\"x-placeholder\" equiv-text=\"{name}\"/> &amp; &lt;b&gt;<x id=\"2\" ctype=\"lb\"/>",
    ];
    has(&hard::holes(), V1_2, &one);
    has(&hard::holes(), V1_2, &[">{x}<x id=", "%s</g>"]);
}

/// Asserts that the XLIFF of `translation` has none of `parts`.
#[track_caller]
fn lacks(translation: &Translation, style: Style, parts: &[&str]) {
    let text = written(translation, style);
    let found: Vec<_> = parts.iter().filter(|part| text.contains(**part)).collect();
    assert!(found.is_empty(), "{found:?} in\n{text}");
}

#[test]
fn the_lean_profile_has_nothing_that_tools_choke_on() {
    for style in all_styles().filter(|style| style.profile == Profile::Lean) {
        for translation in samples() {
            lacks(&translation, style, &["<mrk", "<alt-trans", "mtc:", "its:", "seg-source"]);
        }
    }
}

#[test]
fn the_full_profile_marks_terms_where_they_stand() {
    let term = |number: u32| format!("<mrk id=\"m{number}\" type=\"term\" ref=\"#gls=g{number}\">");
    let whole = [
        "<gls:glossEntry id=\"g1\" ref=\"#m1\">",
        &format!("our {}common future</mrk> now</source>", term(1)),
        &format!("unsere {}gemeinsame Zukunft</mrk> jetzt</target>", term(1)),
    ];
    has(&hard::marked_terms(), FULL_2_1, &whole);
    let both = format!(
        "<pc id=\"2\" dataRefStart=\"d1\" dataRefEnd=\"d2\" type=\"fmt\" subType=\"xlf:b\">{}",
        term(2).replace("g2", "g3")
    );
    has(&hard::marked_terms(), FULL_2_1, &[&format!("our {both}common future</mrk></pc> now")]);
    has(
        &hard::marked_terms(),
        FULL_2_1,
        &[&format!("{}<pc id=\"3\"", term(3).replace("g3", "g4")), ">future</pc></mrk> now"],
    );
    has(
        &hard::marked_terms(),
        FULL_1_2,
        &["our <mrk mtype=\"term\" comment=\"gemeinsame Zukunft\">common future</mrk> now</source>"],
    );
}

#[test]
fn a_term_that_a_code_crosses_has_no_mark() {
    has(&hard::marked_terms(), FULL_2_1, &["ref=\"#p1-2\"", ">our common</pc> future now</source>"]);
}

#[test]
fn the_full_profile_has_what_the_machine_made() {
    let two = [
        "xmlns:its=\"http://www.w3.org/2005/11/its\" its:version=\"2.0\" version=\"2.1\"",
        "its:annotatorsRef=\"mt-confidence|firefox\"",
        "<mtc:match id=\"mt1\" ref=\"#p1-1\" type=\"mt\" origin=\"firefox\">",
        "<target xml:space=\"preserve\">Ministros concordam",
        "<mtc:match id=\"mt2\" ref=\"#p4-3\" type=\"mt\" origin=\"library\" its:annotatorsRef=\"mt-confidence|library\">",
    ];
    has(&translations::en_pt(), FULL_2_1, &two);
    let one = ["<alt-trans tool-id=\"mt1\" origin=\"firefox\" xml:space=\"preserve\">", "<target>Ministros concordam"];
    has(&translations::en_pt(), FULL_1_2, &one);
    lacks(&translations::en_pt(), style(Version::V2_0, Profile::Full), &["its:"]);
}

#[test]
fn what_a_person_edited_is_no_candidate() {
    has(
        &hard::reviewed(),
        FULL_2_1,
        &["ref=\"#p1-1\"", "ref=\"#p1-3\"", "ref=\"#p1-5\"", "ref=\"#p1-7\"", "ref=\"#p1-9\"", "</mtc:matches>"],
    );
    lacks(&hard::reviewed(), FULL_2_1, &["ref=\"#p1-2\"", "ref=\"#p1-10\"", "ref=\"#p1-11\""]);
}

/// The unit `id` of the XLIFF of `translation`, without its name, which says its place.
#[track_caller]
fn unit(translation: &Translation, style: Style, id: &str) -> String {
    let (start, end) =
        if style.version == Version::V1_2 { ("<group id=", "</group>") } else { ("<unit id=", "</unit>") };
    let text = written(translation, style);
    let from = text.find(&format!("{start}\"{id}\"")).expect("the unit");
    let unit = &text[from..from + text[from..].find(end).expect("its end")];
    unit.split(' ')
        .filter(|word| !word.starts_with("name=") && !word.starts_with("resname="))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn a_unit_stays_when_a_paragraph_is_added_elsewhere() {
    for style in all_styles() {
        for whole in samples() {
            let mut less = whole.clone();
            less.document.passages.remove(0);
            for passage in &less.document.passages {
                assert_eq!(unit(&less, style, &passage.id), unit(&whole, style, &passage.id));
            }
        }
    }
}

#[test]
fn sentences_are_apart_as_each_language_sets_them() {
    let gap = "<source xml:space=\"preserve\"></source>\n    <target xml:space=\"preserve\"> </target>";
    has(&translations::zh_en(), V2_0, &["<ignorable>", gap]);
    has(&translations::en_ar(), V2_0, &["<ignorable>", "preserve\">\n</source>", "preserve\">\n</target>"]);
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
        "<mda:metaGroup category=\"export\">",
        &format!("<mda:meta type=\"fingerprint\">{}</mda:meta>", translations::en_pt().fingerprint()),
    ];
    has(&translations::en_pt(), V2_0, &metadata);
    let print = format!("<note from=\"chancery\">export fingerprint: {}</note>", translations::en_pt().fingerprint());
    has(&translations::en_pt(), V1_2, &["<note from=\"chancery\">article sha256: 0123456789abcdef", &print]);
    let tools = [
        "<phase phase-name=\"mt2\" process-name=\"machine-translation\" tool-id=\"mt2\"/>",
        "<tool tool-id=\"mt1\" tool-name=\"firefox\"",
    ];
    has(&translations::en_pt(), V1_2, &tools);
    has(&translations::en_ar(), V2_0, &["trgDir=\"rtl\""]);
}

#[test]
fn what_xml_cannot_hold_is_counted() {
    let written = xliff::write(&translations::hostile(), V2_0, &Facts::default()).expect("fit for XLIFF");
    assert_eq!(written.replaced, 3);
}

#[test]
fn ids_that_would_break_a_file_are_refused() {
    let refused = |change: fn(&mut Translation)| {
        let mut translation = translations::zh_en();
        change(&mut translation);
        xliff::write(&translation, V2_0, &facts()).expect_err("refused")
    };
    assert!(matches!(refused(|it| it.document.passages.clear()), Error::Empty { .. }));
    assert!(matches!(refused(|it| it.document.passages[0].id = "a b".into()), Error::Id { .. }));
    assert!(matches!(refused(|it| it.document.passages[0].id = "p2".into()), Error::DuplicateId { .. }));
}

/// Texts without white space at the ends, which no segment has, with nested or separate marks.
fn texts() -> impl proptest::strategy::Strategy<Value = Text> {
    let marks = prop::collection::vec((0usize..30, 1usize..30, 1u32..4), 0..4);
    ("[^ \t\r\n](\\PC|[\t\n<>&\"']|\\{n\\}|%s ){0,20}[^ \t\r\n]", marks).prop_map(|(plain, spans)| {
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

/// A translation with terms anywhere in its source and anywhere in its target, over marks, codes and each other.
fn with_terms(source: Text, target: Text, terms: &[[usize; 4]]) -> Unit {
    let range = |plain: &str, start: usize, length: usize| {
        let borders: Vec<usize> = plain.char_indices().map(|(at, _)| at).chain([plain.len()]).collect();
        let start = start % (borders.len() - 1);
        borders[start]..borders[(start + 1 + length % 8).min(borders.len() - 1)]
    };
    let (plain, rendered) = (source.plain().to_owned(), target.plain().to_owned());
    let mut unit = translated(source, target);
    let mut made = Vec::new();
    for [at, length, there, reach] in terms {
        let (term, range) = (&plain[range(&plain, *at, *length)], range(&rendered, *there, *reach));
        unit = with_term(unit, term, "a \"rendering\"");
        let concept = term.to_lowercase().replace(' ', "-");
        made.push(TermMade { concept, strategy: Strategy::Replaced, range: Some(range), instead_of: None });
    }
    let Outcome::Translated(target) = &mut unit.outcome else { unreachable!("it is translated") };
    target.terms = made;
    unit
}

fn arbitrary() -> impl proptest::strategy::Strategy<Value = Translation> {
    let terms = prop::collection::vec(prop::array::uniform4(0usize..40), 0..3);
    let units = prop::collection::vec((texts(), texts(), "[a-b]", terms), 1..4);
    prop::collection::vec(units, 1..4).prop_map(|passages| {
        let build = |builder: Builder, units: Vec<(Text, Text, String, Vec<[usize; 4]>)>| {
            let unit = |(source, target, backend, terms): (Text, Text, String, Vec<_>)| {
                let mut unit = with_terms(source, target, &terms);
                let Outcome::Translated(target) = &mut unit.outcome else { unreachable!("it is translated") };
                target.provenance.backend = backend;
                unit
            };
            builder.passage(BlockKind::Paragraph, units.into_iter().map(unit).collect())
        };
        passages.into_iter().fold(Builder::new("any", "en", "zh-Hant"), build).build()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_is_read_back(translation in arbitrary()) {
        for style in all_styles() {
            comes_back(&translation, style);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_obeys_the_schemas(translation in arbitrary()) {
        passes(&translation);
        obey(&[translation]);
    }
}

#[test]
fn a_carriage_return_survives() {
    let translation =
        Builder::new("cr", "en", "de").passage(BlockKind::Paragraph, vec![translated("a\rb", "c\r\nd")]).build();
    comes_back(&translation, V2_0);
}
