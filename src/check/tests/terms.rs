//! How bad a finding about a term is depends on how the term was matched and whether it is mandatory.

use super::*;
use crate::model::{MatchHow, Rendering, Rendition, TermStatus};

/// What `code` says of a unit whose one term, matched as `how`, has no rendition, but where `other` stands.
fn severities(
    code: &str,
    how: MatchHow,
    mandatory: bool,
    other: Option<(&str, TermStatus, MatchHow)>,
) -> Vec<Severity> {
    let hit = TermHit {
        concept: "summit".to_owned(),
        term: "summit".to_owned(),
        status: TermStatus::Preferred,
        range: 4..10,
        how,
        pos: None,
        mandatory,
        dnt: false,
        not: vec!["meeting".to_owned()],
        renderings: vec![Rendering { term: "Gipfel".to_owned(), ..Rendering::default() }],
        note: None,
    };
    let unit = Unit { terms: vec![hit], ..translation("The summit", "Das Treffen") };
    let rendition = |(concept, status, how): (&str, TermStatus, MatchHow)| Rendition {
        concept: concept.to_owned(),
        term: "Treffen".to_owned(),
        status,
        range: 4..11,
        how,
        cased: true,
    };
    let renditions = Renditions { terms: vec![None], others: other.map(rendition).into_iter().collect() };
    let answer = |_: Lang, _: &[TermHit], _: &str| renditions.clone();
    let aids = Aids { other_language: &|_, _| None, renditions: &answer, names: &|_, _| true };
    let checks = Checks::new(&Options::default()).expect("sound");
    let findings = checks.run(&[Context::new(&unit, lang("en"), lang("de"), aids)]);
    findings.iter().flatten().filter(|finding| finding.code == code).map(|finding| finding.severity).collect()
}

#[test]
fn a_missing_term_is_as_bad_as_it_is_sure() {
    assert_eq!(severities("T001", MatchHow::Exact, false, None), [Severity::Warning]);
    assert_eq!(severities("T001", MatchHow::Rule, false, None), [Severity::Warning]);
    assert_eq!(severities("T001", MatchHow::Stem, false, None), [Severity::Info]);
    assert_eq!(severities("T001", MatchHow::Stem, true, None), [Severity::Error]);
}

#[test]
fn a_forbidden_term_is_as_bad_as_it_is_sure() {
    let used = |status, how| severities("T002", MatchHow::Exact, false, Some(("summit", status, how)));
    assert_eq!(used(TermStatus::Forbidden, MatchHow::Exact), [Severity::Error]);
    assert_eq!(used(TermStatus::Forbidden, MatchHow::Forms), [Severity::Error]);
    assert_eq!(used(TermStatus::Forbidden, MatchHow::Rule), [Severity::Error]);
    assert_eq!(used(TermStatus::Forbidden, MatchHow::Stem), [Severity::Warning]);
    assert_eq!(used(TermStatus::Superseded, MatchHow::Exact), [Severity::Warning]);
    assert_eq!(used(TermStatus::Superseded, MatchHow::Stem), [Severity::Info]);
    assert_eq!(used(TermStatus::Admitted, MatchHow::Exact), []);
}

#[test]
fn a_confused_term_is_as_bad_as_it_is_sure() {
    let used = |concept, how| severities("T003", MatchHow::Exact, false, Some((concept, TermStatus::Preferred, how)));
    assert_eq!(used("meeting", MatchHow::Rule), [Severity::Error]);
    assert_eq!(used("meeting", MatchHow::Stem), [Severity::Warning]);
    assert_eq!(used("gathering", MatchHow::Exact), []);
}
