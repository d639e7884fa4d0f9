//! What lies beside the XLIFF for the reviewer's tool: termbases and translation memories, held against schemas and loaded
//! by a tool of others.

mod translations;

use std::path::{Path, PathBuf};
use std::process::Command;

use chancery::emit::{termbase, tmx};
use chancery::model::{
    Case, EntryTerm, Gender, Kind, MarkKind, Number, Outcome, Review, ReviewState, TermEntry, TermStatus, Translation,
};
use translations::{Builder, facts, lang, marked, translated};

/// Where Debian puts `OmegaT`.
const OMEGAT: &str = "/usr/share/omegat/OmegaT.jar";

fn term(text: &str, status: TermStatus) -> EntryTerm {
    EntryTerm { text: text.into(), status, ..EntryTerm::default() }
}

/// A concept with a term of each status, and everything that can be said of one.
fn charter() -> TermEntry {
    let treaty = EntryTerm {
        gender: Some(Gender::Feminine),
        number: Some(Number::Plural),
        ..term("Cartas <&>", TermStatus::Preferred)
    };
    let regional = EntryTerm {
        lang: Some(lang("pt-BR")),
        kind: Kind::Acronym,
        case: Case::Exact,
        ..term("CNU", TermStatus::Admitted)
    };
    let calque = EntryTerm { why: Some("a calque".into()), ..term("Charta\tda ONU", TermStatus::Forbidden) };
    TermEntry {
        concept: "2030 charter".into(),
        lang: lang("en"),
        domain: Some("diplomacy/treaties".into()),
        pos: Some("noun".into()),
        definition: Some("The founding treaty".into()),
        note: Some("in full at first".into()),
        origin: Some("Charter, 1945".into()),
        mandatory: true,
        dnt: false,
        source: vec![term("UN Charter", TermStatus::Preferred), term("UN Constitution", TermStatus::Superseded)],
        target: vec![treaty, regional, calque],
    }
}

/// A concept of which the glossary has no term in the target language, and whose part of speech TBX does not know.
fn untranslated() -> TermEntry {
    TermEntry {
        concept: "\u{548c}\u{b7}".into(),
        lang: lang("zh-Hans"),
        domain: None,
        pos: Some("interjection".into()),
        definition: None,
        note: None,
        origin: None,
        mandatory: false,
        dnt: false,
        source: vec![EntryTerm { gender: Some(Gender::Common), ..term("和", TermStatus::Preferred) }],
        target: Vec::new(),
    }
}

fn article() -> Translation {
    translations::en_pt()
}

/// What the attribute or element before `until` and after `from` says, each time it occurs.
fn between<'a>(text: &'a str, from: &str, until: &str) -> Vec<&'a str> {
    text.split(from).skip(1).map(|rest| rest.split(until).next().unwrap_or_default()).collect()
}

#[test]
fn a_termbase_obeys_the_dialect() {
    let text = termbase::tbx(&article(), &[charter(), untranslated()], &facts()).expect("entries");
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("a.tbx");
    std::fs::write(&file, text).expect("written");
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/beside/tbx-basic.rng");
    let result = Command::new("xmllint").args(["--nonet", "--noout", "--relaxng"]).args([&schema, &file]).output();
    match result {
        Ok(result) => assert!(result.status.success(), "{}", String::from_utf8_lossy(&result.stderr)),
        Err(error) => assert!(std::env::var_os("CI").is_none(), "xmllint: {error}"),
    }
}

#[test]
fn a_termbase_has_every_term_with_its_status() {
    let text = termbase::tbx(&article(), &[charter(), untranslated()], &facts()).expect("entries");
    let terms = between(&text, "<term>", "</term>");
    assert_eq!(terms, ["UN Charter", "UN Constitution", "Cartas &lt;&amp;&gt;", "CNU", "Charta\tda ONU", "和"]);
    let statuses = between(&text, "\"administrativeStatus\">", "Term-admn-sts");
    assert_eq!(statuses, ["preferred", "superseded", "preferred", "admitted", "deprecated", "preferred"]);
    assert_eq!(between(&text, "langSec xml:lang=\"", "\""), ["en", "pt-BR", "zh-Hans"]);
    assert_eq!(between(&text, "conceptEntry id=\"", "\""), ["c-2030_20_charter", "c-_548c__b7_"]);
    for said in
        ["grammatical number: plural", ">feminine<", ">BR<", "a calque", ">in full at first<", ">acronym<", ">other<"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn a_table_has_a_line_for_each_pair_of_terms() {
    let text = termbase::tsv(&article(), &[charter(), untranslated()]).expect("entries");
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{text}");
    let pairs: Vec<_> = rows.iter().skip(1).map(|row| (row[0], row[1])).collect();
    let targets = ["Cartas <&>", "CNU", "Charta da ONU"];
    let mut expected: Vec<_> =
        ["UN Charter", "UN Constitution"].iter().flat_map(|it| targets.map(|term| (*it, term))).collect();
    expected.push(("和", ""));
    assert_eq!(pairs, expected);
    assert!(rows[0][0].starts_with('#'), "a glossary takes the names of the columns for a term");
    assert_eq!(rows[3][2], "forbidden: a calque; a translation without one of these terms is wrong; in full at first");
    assert_eq!(rows[2][3..7], ["en", "pt-BR", "preferred", "admitted"]);
}

#[test]
fn where_no_concept_occurs_there_is_no_termbase() {
    assert!(termbase::tbx(&article(), &[], &facts()).is_none());
    assert!(termbase::tsv(&article(), &[]).is_none());
    assert!(tmx::tmx(&translations::everything_failed(), &facts()).is_none());
    assert!(tmx::reviewed(translations::all(), &facts()).is_none());
}

/// Codes of every kind: nested marks, one over two sentences, a line break, placeholders.
fn coded() -> Translation {
    let bold = |text: &str, part: &str| marked(text, &[(part, MarkKind::Bold)]);
    Builder::new("coded", "en", "pt")
        .passage(
            chancery::model::BlockKind::Paragraph,
            vec![
                translated(
                    bold("Dear {name}, it begins here", "begins here"),
                    bold("Caro {name}, aqui começa isto", "começa isto"),
                ),
                translated(bold("and ends\nhere, at 5%.", "and ends"), bold("e termina\naqui, a 5%.", "e termina")),
            ],
        )
        .build()
}

/// `translation` with each translated segment reviewed in turn as `reviews` says.
fn looked_at(mut translation: Translation, reviews: &[Option<Review>]) -> Translation {
    let units = translation.document.passages.iter_mut().flat_map(|passage| &mut passage.segments);
    let targets = units.filter_map(|unit| match &mut unit.outcome {
        Outcome::Translated(target) => Some(target),
        Outcome::Kept(_) | Outcome::Failed(_) => None,
    });
    targets.zip(reviews.iter().cycle()).for_each(|(target, review)| target.review = *review);
    translation
}

fn review(state: ReviewState, edited: bool) -> Review {
    Review { state, edited }
}

/// Some segments by a machine, some confirmed, some edited, one in need of work.
fn half_reviewed() -> Translation {
    use ReviewState::{Approved, Draft, Reviewed, Translated};
    let reviews = [
        None,
        Some(review(Approved, false)),
        Some(review(Translated, true)),
        Some(review(Draft, false)),
        Some(review(Reviewed, true)),
    ];
    looked_at(article(), &reviews)
}

#[test]
fn a_memory_says_what_a_machine_made() {
    let text = tmx::tmx(&half_reviewed(), &facts()).expect("segments");
    let units = between(&text, "<tu ", "</tu>");
    let machine: Vec<bool> = units.iter().map(|unit| unit.matches("creationid=\"MT!\"").count() == 2).collect();
    assert_eq!(machine[..5], [true, false, false, true, false]);
    let levels = between(&text, "\"x-ConfirmationLevel\">", "<");
    assert_eq!(levels[..5], ["Draft", "ApprovedSignOff", "Translated", "Draft", "ApprovedTranslation"]);
    let origins = between(&text, "\"x-Origin\">", "<");
    assert_eq!(origins[..5], ["MachineTranslation", "TM", "TM", "MachineTranslation", "TM"]);
}

#[test]
fn a_memory_of_reviews_has_what_people_made_of_many_articles() {
    let all = looked_at(translations::zh_en(), &[Some(review(ReviewState::Reviewed, false))]);
    let text = tmx::reviewed([&half_reviewed(), &all], &facts()).expect("reviewed segments");
    assert!(text.contains("srclang=\"*all*\"") && !text.contains("MT!"), "{text}");
    let states = between(&text, "\"x-state\">", "<");
    assert_eq!(states[..3], ["approved", "translated, edited", "reviewed, edited"]);
    assert!(text.contains("tuid=\"talks.zh-Hans-en.p1-1\" srclang=\"zh-Hans\""), "{text}");
    assert_eq!(text, tmx::reviewed([half_reviewed(), all], &facts()).expect("the same"));
}

#[test]
fn a_memory_keeps_the_segments_around() {
    let text = tmx::tmx(&coded(), &facts()).expect("segments");
    assert_eq!(between(&text, "x-context-post\">", "</prop>"), ["&lt;seg&gt;and ends\nhere, at 5%.&lt;/seg&gt;"]);
    assert_eq!(between(&text, "x-context-pre\">", "</prop>"), ["&lt;seg&gt;Dear {name}, it begins here&lt;/seg&gt;"]);
}

#[test]
fn a_memory_has_the_codes_of_the_xliff() {
    let text = tmx::tmx(&coded(), &facts()).expect("segments");
    let expected = [
        "Dear <ph x=\"1\" type=\"x-placeholder\">{name}</ph>, it <it pos=\"begin\" x=\"2\" type=\"bold\">&lt;b&gt;</it>begins here",
        "Caro <ph x=\"1\" type=\"x-placeholder\">{name}</ph>, aqui <it pos=\"begin\" x=\"2\" type=\"bold\">&lt;b&gt;</it>começa isto",
        "and ends<it pos=\"end\" x=\"2\" type=\"bold\">&lt;/b&gt;</it><ph x=\"3\" type=\"lb\">&lt;br/&gt;</ph>here, at 5%.",
        "e termina<it pos=\"end\" x=\"2\" type=\"bold\">&lt;/b&gt;</it><ph x=\"3\" type=\"lb\">&lt;br/&gt;</ph>aqui, a 5%.",
    ];
    assert_eq!(between(&text, "<seg>", "</seg>"), expected);
}

/// The Python that has translate-toolkit, and the jar with the DTD, where both are there; a build server must have them.
fn toolkit() -> Option<(PathBuf, &'static Path)> {
    let python = std::env::var_os("CHANCERY_TEST_PYTHON").map(PathBuf::from)?;
    let ready = python.is_file() && Path::new(OMEGAT).is_file();
    assert!(ready || std::env::var_os("CI").is_none(), "{} or {OMEGAT} is missing: `make tools`", python.display());
    ready.then_some((python, Path::new(OMEGAT)))
}

/// The units that translate-toolkit reads of `memories`.
fn loaded((python, jar): (PathBuf, &Path), memories: &[String]) -> Vec<[String; 3]> {
    let dir = tempfile::tempdir().expect("a folder");
    let files = memories.iter().enumerate().map(|(place, text)| {
        let file = dir.path().join(format!("{place}.tmx"));
        std::fs::write(&file, text).expect("written");
        file
    });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/beside/load.py");
    let result =
        Command::new(python).arg(script).arg(jar).args(files.collect::<Vec<_>>()).output().expect("Python runs");
    assert!(result.status.success(), "{}", String::from_utf8_lossy(&result.stderr));
    let lines = String::from_utf8(result.stdout).expect("UTF-8");
    lines.lines().map(|line| serde_json::from_str(line).expect("a unit")).collect()
}

#[test]
fn every_memory_obeys_the_dtd_and_loads_whole_in_translate_toolkit() {
    let Some(tools) = toolkit() else { return };
    let mut articles = translations::all();
    articles.push(coded());
    let memories: Vec<String> = articles.iter().filter_map(|article| tmx::tmx(article, &facts())).collect();
    let units = loaded(tools, &memories);
    let segments: Vec<_> = articles
        .iter()
        .flat_map(|article| article.units().map(move |unit| (article, unit)))
        .filter_map(|(article, unit)| match &unit.outcome {
            Outcome::Translated(target) => Some((article, unit, target)),
            Outcome::Kept(_) | Outcome::Failed(_) => None,
        })
        .collect();
    assert_eq!(units.len(), segments.len());
    for ([id, source, target], (article, unit, made)) in units.iter().zip(segments) {
        assert_eq!(*id, format!("{}.{}.{}", article.slug, article.pair(), unit.segment.id));
        if unit.segment.text.marks().is_empty() && article.slug != "coded" && article.slug != "hostile" {
            assert_eq!((source.as_str(), target.as_str()), (unit.segment.text.plain(), made.text.plain()));
        }
    }
}
