//! What files claim of how far the review has come.

use super::*;

fn states(record: &Record) -> Vec<Option<(ReviewState, bool)>> {
    record.now().units().map(|unit| unit.review().map(|review| (review.state, review.edited))).collect()
}

#[track_caller]
fn state(change: impl FnOnce(&mut File), options: Options, expected: &[Option<(ReviewState, bool)>]) {
    let mut record = record(TWO);
    let mut file = export(&record);
    change(&mut file);
    let merged = merge_with(&record, &file, options).expect("merged");
    record.push(merged.version);
    assert_eq!(states(&record), expected);
}

#[test]
fn an_untouched_text_is_reviewed_where_the_file_says_more_than_it_was_sent_with() {
    for told in [ReviewState::Translated, ReviewState::Reviewed, ReviewState::Approved] {
        let confirm = |file: &mut File| file.units[0].segments[0].state = told;
        state(confirm, Options::default(), &[Some((told, false)), None, None]);
    }
    let silent = |file: &mut File| file.units[0].segments[0].state = ReviewState::Unknown;
    state(silent, Options::default(), &[None, None, None]);
}

#[test]
fn a_state_that_a_tool_left_behind_does_not_hide_an_edit() {
    let edit = |file: &mut File| file.units[0].segments[0].target = text("Uma.");
    state(edit, Options::default(), &[Some((ReviewState::Translated, true)), None, None]);
}

#[test]
fn drafts_exported_as_translated_are_not_confirmed_by_that() {
    let mut record = record(TWO);
    record.drafts_as = ReviewState::Translated;
    let mut file = export(&record);
    file.units.iter_mut().flat_map(|unit| &mut unit.segments).for_each(|it| it.state = ReviewState::Translated);
    assert!(!merge_of(&record, &file).changed);
    file.units[0].segments[0].state = ReviewState::Approved;
    after(&mut record, &file);
    assert_eq!(states(&record), [Some((ReviewState::Approved, false)), None, None]);
}

#[test]
fn a_reviewer_may_take_back_what_was_said() {
    let mut record = record(TWO);
    let mut file = export(&record);
    file.units[0].segments[0].state = ReviewState::Approved;
    after(&mut record, &file);
    let mut file = export(&record);
    file.units[0].segments[0].state = ReviewState::Draft;
    assert_eq!(said(&after(&mut record, &file)), ["p1-1 reopened"]);
    assert_eq!(states(&record)[0], Some((ReviewState::Draft, false)));
    assert!(!merge_of(&record, &file).changed);
}

#[test]
fn all_may_be_taken_as_reviewed() {
    let options = Options { all_reviewed: true, ..Options::default() };
    let reviewed = Some((ReviewState::Reviewed, false));
    state(|_| {}, options, &[reviewed, reviewed, reviewed]);
    let edit = |file: &mut File| file.units[0].segments[0].target = text("Uma.");
    state(edit, options, &[Some((ReviewState::Reviewed, true)), reviewed, reviewed]);
}

#[test]
fn notes_of_reviewers_are_told_apart_from_ours() {
    let mut record = record(TWO);
    let mut file = export(&record);
    let note =
        |from: Option<&str>, text: &str| Note { from: from.map(Into::into), text: text.into(), ..Note::default() };
    file.units[0].notes = vec![note(Some("glossary"), "x = y"), note(Some("Ana"), "Which two?"), note(None, "ours")];
    file.units[0].segments[1].notes = vec![note(Some("review"), "Ana: Which two?"), note(None, " Check. ")];
    let merged = merge(&record, &record.versions[0], ("a.xlf", &file), Options::default(), &|text| text == "ours");
    record.push(merged.expect("merged").version);
    let remarks: Vec<_> = record
        .now()
        .units()
        .flat_map(|unit| {
            unit.remarks
                .iter()
                .map(|it| (unit.segment.id.to_string(), it.from.clone(), it.text.clone()))
                .collect::<Vec<_>>()
        })
        .collect();
    let expected = [("p1-1", Some("Ana"), "Which two?"), ("p1-2", None, "Check.")];
    assert_eq!(remarks, expected.map(|(id, from, text)| (id.to_owned(), from.map(str::to_owned), text.to_owned())));
}
