//! What a merge makes of everything that tools do to a file.

use super::report::Notice;
use super::*;
use crate::model::{
    BlockKind, Document, Failed, Failure, Head, Lang, Mark, MarkKind, Metadata, Origin, Outcome, Passage, Provenance,
    ReviewState, Segment, SegmentId, Target, Text, Translation, Unit,
};
use crate::xliff::{self, Code, Coding, Content, File, Note, Role, Step};

mod codes;
mod laws;
mod several;
mod shapes;
mod states;
mod versions;

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language tag")
}

/// A record of paragraphs, each of sentences `(source, target)`; without a target the machine failed.
fn record(passages: &[&[(&str, &str)]]) -> Record {
    record_of(
        passages.iter().map(|sentences| sentences.iter().map(|(s, t)| (Text::from(*s), Text::from(*t))).collect()),
    )
}

fn record_of(passages: impl Iterator<Item = Vec<(Text, Text)>>) -> Record {
    let passage = |(place, sentences): (usize, Vec<(Text, Text)>)| {
        let id = format!("p{place}");
        let unit = |(place, (source, target)): (usize, (Text, Text))| {
            let segment = Segment { id: SegmentId::new(&id, place), text: source, gap: " ".into() };
            Unit { segment, terms: Vec::new(), outcome: outcome(target), findings: Vec::new(), remarks: Vec::new() }
        };
        let segments = (1..).zip(sentences).map(unit).collect();
        Passage { kind: BlockKind::Paragraph, lang: lang("en"), lead: String::new(), segments, id }
    };
    let head = Head {
        origin: Origin::file("news/a.txt".as_ref()),
        format: "plain".into(),
        encoding: "UTF-8".into(),
        sha256: "00".into(),
        metadata: Metadata::default(),
        cut: Vec::new(),
    };
    let document = Document { head, language: lang("en"), passages: (1..).zip(passages).map(passage).collect() };
    Record::new(Translation { slug: "a".into(), target: lang("pt"), document }, ReviewState::Draft)
}

fn outcome(target: Text) -> Outcome {
    if target.plain().is_empty() {
        return Outcome::Failed(Failed { kind: Failure::BadAnswer, detail: "empty".into() });
    }
    let provenance = Provenance { backend: "firefox".into(), engine: "e".into(), models: Vec::new() };
    Outcome::Translated(Target {
        text: target,
        guessed: Vec::new(),
        passed: Vec::new(),
        terms: Vec::new(),
        provenance,
        review: None,
    })
}

/// The file that is exported of `record` as it stands.
fn export(record: &Record) -> File {
    let now = record.now();
    let unit = |passage: &Passage<Unit>| {
        let coding = Coding::of(passage);
        let segment = |(place, unit): (usize, &Unit)| xliff::Segment {
            id: Some(unit.segment.id.to_string()),
            source: content(coding.source(place)),
            target: coding.target(place).map(content),
            state: match unit.review() {
                Some(review) => review.state,
                None if unit.rendered().is_some() => ReviewState::Draft,
                None => ReviewState::Unknown,
            },
            ..xliff::Segment::default()
        };
        let segments = passage.segments.iter().enumerate().map(segment).collect();
        xliff::Unit { id: passage.id.clone(), segments, ..xliff::Unit::default() }
    };
    File {
        original: Some("news/a.txt".into()),
        source: "en".into(),
        target: Some("pt".into()),
        facts: vec![(EXPORT.into(), now.fingerprint())],
        units: now.document.passages.iter().map(unit).collect(),
        ..File::default()
    }
}

/// What a reader makes of a text with its codes.
fn content(steps: &[Step]) -> Content {
    let mut content = Content::default();
    for step in steps {
        let role = match step {
            Step::Chars(chars) => {
                content.text.push_str(chars);
                continue;
            }
            Step::Open(_) | Step::Begin(_) => Role::Open,
            Step::Close(_) | Step::End(_) => Role::Close,
            Step::Alone(_) => Role::Alone,
        };
        let id = step.code().map(|code| code.to_string()).unwrap_or_default();
        content.codes.push(Code { at: content.text.len(), role, id });
    }
    content
}

/// A target without codes.
#[expect(clippy::unnecessary_wraps, reason = "a target is what may be missing")]
fn text(text: &str) -> Option<Content> {
    Some(Content { text: text.into(), codes: Vec::new() })
}

/// A segment as a tool may write one: with an id of its own making.
fn segment(id: &str, source: &str, target: &str) -> xliff::Segment {
    let source = Content { text: source.into(), codes: Vec::new() };
    xliff::Segment { id: Some(id.into()), source, target: text(target), ..xliff::Segment::default() }
}

fn merge_with(record: &Record, file: &File, options: Options) -> Result<Merged, Refused> {
    merge(record, &record.versions[record.latest()], ("a.xlf", file), options, &|_| false)
}

fn merge_of(record: &Record, file: &File) -> Merged {
    merge_with(record, file, Options::default()).expect("a file that is merged")
}

/// What stands after `file` was merged.
fn after(record: &mut Record, file: &File) -> Vec<Notice> {
    let merged = merge_of(record, file);
    record.push(merged.version);
    merged.notices
}

/// The translation as lines: a segment each, with a line between passages.
fn lines(record: &Record) -> String {
    let text = |unit: &Unit| unit.rendered().map_or("-", Text::plain).to_owned();
    let passage = |passage: &Passage<Unit>| passage.segments.iter().map(text).collect::<Vec<_>>().join(" | ");
    record.now().document.passages.iter().map(passage).collect::<Vec<_>>().join(" / ")
}

/// Asserts what `change` does to an export: the translation afterwards, and what was told, each as `segment what`. Merged
/// twice, it does no more.
#[track_caller]
fn comes(passages: &[&[(&str, &str)]], change: impl FnOnce(&mut File), expected: &str, told: &[&str]) {
    let mut record = record(passages);
    let mut file = export(&record);
    change(&mut file);
    let notices = after(&mut record, &file);
    assert_eq!(lines(&record), expected);
    assert_eq!(said(&notices), told);
    let again = merge_of(&record, &file);
    assert!(!again.changed, "merged twice, it changed: {:?}", again.notices);
}

/// Each notice as `unit-or-segment what`.
fn said(notices: &[Notice]) -> Vec<String> {
    let said = |notice: &Notice| {
        let about = notice.segment.as_ref().map_or(notice.unit.clone(), ToString::to_string);
        format!("{about} {}", serde_json::to_string(&notice.what).expect("a word").trim_matches('"'))
    };
    notices.iter().map(said).collect()
}

const TWO: &[&[(&str, &str)]] = &[&[("One.", "Um."), ("Two.", "Dois.")], &[("Three.", "Três.")]];

#[test]
fn what_nobody_touched_changes_nothing() {
    comes(TWO, |_| {}, "Um. | Dois. / Três.", &[]);
}

#[test]
fn an_edit_is_taken_whatever_the_state() {
    let edit = |file: &mut File| file.units[0].segments[1].target = text("Dois e meio.");
    comes(TWO, edit, "Um. | Dois e meio. / Três.", &["p1-2 edited"]);
}
