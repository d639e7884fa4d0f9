use super::*;
use crate::model::{BlockKind, Document, Failure, Head, Metadata, Passage, Segment, Target};

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language tag")
}

fn provenance() -> Provenance {
    Provenance { backend: "firefox".into(), engine: "fxtranslate 0.5.0".into(), models: Vec::new() }
}

fn unit(place: usize, outcome: Outcome, findings: Vec<Finding>) -> Unit {
    let segment = Segment { id: SegmentId::new("p1", place), text: "text".into(), gap: String::new() };
    Unit { segment, terms: Vec::new(), outcome, findings, remarks: Vec::new() }
}

fn translated() -> Outcome {
    Outcome::Translated(Target {
        text: "Text".into(),
        guessed: Vec::new(),
        passed: Vec::new(),
        terms: Vec::new(),
        provenance: provenance(),
        review: None,
    })
}

fn failed() -> Outcome {
    Outcome::Failed(Failed { kind: Failure::BadAnswer, detail: "the answer is empty; run again".into() })
}

fn finding(severity: Severity, message: &str) -> Finding {
    Finding { code: "T001".into(), severity, message: message.into(), source: None }
}

fn row(units: Vec<Unit>) -> ArticleRow {
    let head = Head {
        origin: Origin::file("news/a.txt".as_ref()),
        format: "plain".into(),
        encoding: "UTF-8".into(),
        sha256: "00".into(),
        metadata: Metadata { title: Some("A title".into()), ..Metadata::default() },
        cut: Vec::new(),
    };
    let passage =
        Passage { id: "p1".into(), kind: BlockKind::Paragraph, lang: lang("en"), lead: String::new(), segments: units };
    let document = Document { head, language: lang("en"), passages: vec![passage] };
    let translation = Translation { slug: "a".into(), target: lang("de"), document };
    ArticleRow::of(&translation, vec![Output { form: Form::Page, path: "a.en-de.html".into() }])
}

fn mixed() -> RunReport {
    let found = vec![finding(Severity::Warning, "mild"), finding(Severity::Error, "bad \u{1b}[31m\u{202e}")];
    let partial = row(vec![unit(1, translated(), found), unit(2, failed(), Vec::new())]);
    let unread = ArticleRow::unreadable(Origin::file("news/b.txt".as_ref()), lang("de"), "line 3: not a news item");
    let protected = ArticleRow::protected(row(vec![unit(1, translated(), Vec::new())]), "c.de.html");
    RunReport::new("0.1.0", vec![row(vec![unit(1, translated(), Vec::new())]), partial, unread, protected])
}

#[test]
fn a_status_tells_how_far_an_article_got() {
    assert_eq!(row(vec![unit(1, translated(), Vec::new())]).status, Status::Complete);
    assert_eq!(row(vec![unit(1, translated(), Vec::new()), unit(2, failed(), Vec::new())]).status, Status::Partial);
    assert_eq!(row(vec![unit(1, failed(), Vec::new())]).status, Status::Failed);
    assert_eq!(row(vec![]).status, Status::Complete);
}

#[test]
fn the_terminal_sees_problems_and_sums_and_nothing_that_steers_it() {
    let expected = "\
news/a.txt: en to de, 1 of 2 segments not translated, 2 findings
  p1-2: not translated: bad answer: the answer is empty; run again
  p1-1: error T001: bad \u{FFFD}[31m\u{FFFD}
  p1-1: warning T001: mild
failed: news/b.txt: line 3: not a news item
left: news/a.txt: `c.de.html` was changed since it was written and stays as it is: --overwrite replaces it

4 articles: 1 complete, 1 partial, 1 not read, 1 left as changed
4 segments: 3 translated, 1 failed
2 findings: 1 error, 1 warning
";
    assert_eq!(text(&mixed()), expected);
}

#[test]
fn a_run_without_problems_is_only_summed_up() {
    let report = RunReport::new("0.1.0", vec![row(vec![unit(1, translated(), Vec::new())])]);
    assert_eq!(text(&report), "1 article: 1 complete\n1 segment: 1 translated\n0 findings\n");
}

#[test]
fn characters_that_were_replaced_are_told() {
    let told = |number| {
        let row = row(vec![unit(1, translated(), Vec::new())]).with_replaced(number);
        text(&RunReport::new("0.1.0", vec![row]))
    };
    assert!(
        told(1).starts_with("news/a.txt: en to de\n  1 character that XML cannot hold stands in the XLIFF as U+FFFD\n")
    );
    assert!(told(3).contains("\n  3 characters that XML cannot hold stand in the XLIFF as U+FFFD\n"));
}

#[test]
fn many_problems_are_cut_short() {
    let found = |place| unit(place, translated(), vec![finding(Severity::Warning, "mild")]);
    let report = RunReport::new("0.1.0", vec![row((1..=20).map(found).collect())]);
    assert!(text(&report).contains("\n  and 12 more, in the report\n"));
}

#[test]
fn json_is_read_back() {
    let report = mixed();
    let read: RunReport = serde_json::from_str(&json(&report)).expect("the report's own JSON");
    assert_eq!(read, report);
    assert_eq!(report.articles[0].output(Form::Page), Some("a.en-de.html"));
    assert_eq!(report.articles[0].output(Form::Xliff), None);
}

#[test]
fn a_reason_that_many_segments_share_is_told_once() {
    let findings = || vec![finding(Severity::Error, "not translated")];
    let units = (1..=3).map(|place| unit(place, failed(), findings())).collect();
    let told = text(&RunReport::new("0.1.0", vec![row(units)]));
    assert!(told.contains("  p1-1 and 2 more: not translated: bad answer: the answer is empty; run again\n"), "{told}");
    assert_eq!(told.matches("not translated:").count(), 1, "{told}");
}

#[test]
fn unfinished_articles_and_what_services_cost_are_told() {
    let unfinished = |name: &str, earlier| {
        let origin = Origin::file(name.as_ref());
        ArticleRow::unfinished(origin, lang("de"), "stopped: deepl: 456", earlier)
    };
    let earlier = row(vec![unit(1, translated(), Vec::new())]);
    let rows = vec![unfinished("a.txt", None), unfinished("b.txt", None), unfinished("c.txt", Some(earlier))];
    assert_eq!(rows[2].output(Form::Page), Some("a.en-de.html"));
    let usage = crate::model::Usage { requests: 3, characters: 1200, ..crate::model::Usage::default() };
    let spent = Spent { usage, money: crate::model::Money::from_number(0.03) };
    let services = vec![ServiceRow { backend: "deepl".into(), spent, cached: 1 }];
    let report = RunReport::new("0.1.0", rows).with_services(services);
    let told = text(&report);
    assert!(
        told.starts_with("unfinished: a.txt and 1 more: stopped: deepl: 456\nunfinished: news/a.txt: stopped: "),
        "{told}"
    );
    assert!(told.contains("3 articles: 3 unfinished\n"), "{told}");
    let paid = "deepl: 3 requests, 1200 characters, cost 0.03; 1 text was answered in an earlier run\n";
    assert!(told.ends_with(paid), "{told}");
    assert_eq!(serde_json::from_str::<RunReport>(&json(&report)).ok().as_ref(), Some(&report));
}
