//! Older exports, other articles, and what a new machine run leaves of reviews.

use super::*;

#[test]
fn a_file_of_another_article_is_refused() {
    let record = record(TWO);
    let other = export(&super::record(&[&[("Prices rose.", "Subiram os preços.")]]));
    let refused = merge_with(&record, &other, Options::default()).expect_err("refused");
    assert!(matches!(refused, Refused::OtherArticle { .. }), "{refused}");
}

#[test]
fn a_file_of_another_pair_is_refused() {
    let record = record(TWO);
    for (source, target) in [("en", "fr"), ("de", "pt")] {
        let file = File { source: source.into(), target: Some(target.into()), ..export(&record) };
        let refused = merge_with(&record, &file, Options::default()).expect_err("refused");
        assert!(matches!(refused, Refused::OtherLanguages { .. }), "{refused}");
    }
    for target in [None, Some("pt-BR".to_owned()), Some("pt_PT".to_owned())] {
        merge_of(&record, &File { target, source: "en-US".into(), ..export(&record) });
    }
}

#[test]
fn an_older_export_is_refused_where_it_lacks_newer_work() {
    let mut record = record(TWO);
    let older = export(&record);
    let mut first = older.clone();
    first.units[0].segments[0].target = text("Uma.");
    after(&mut record, &first);
    let mut second = older.clone();
    second.units[1].segments[0].target = text("Três!");
    let refused = merge_with(&record, &second, Options::default()).expect_err("refused");
    assert!(matches!(refused, Refused::Older { .. }), "{refused}");
    let accepted = merge_with(&record, &second, Options { accept_older: true, ..Options::default() }).expect("merged");
    record.push(accepted.version);
    assert_eq!(lines(&record), "Uma. | Dois. / Três!");
}

#[test]
fn an_older_export_that_has_the_newer_work_goes_on() {
    let mut record = record(TWO);
    let mut file = export(&record);
    file.units[0].segments[0].target = text("Uma.");
    after(&mut record, &file);
    file.units[1].segments[0].target = text("Três!");
    assert_eq!(said(&after(&mut record, &file)), ["p1-1 already-merged", "p2-1 edited"]);
    assert_eq!(lines(&record), "Uma. | Dois. / Três!");
}

#[test]
fn a_file_without_a_fingerprint_is_taken_for_what_it_is_like() {
    let mut record = record(TWO);
    let older = File { facts: Vec::new(), ..export(&record) };
    let mut file = older.clone();
    file.units[0].segments[0].target = text("Uma.");
    after(&mut record, &file);
    let mut late = older;
    late.units[1].segments[0].target = text("Três!");
    let refused = merge_with(&record, &late, Options::default()).expect_err("refused");
    assert!(matches!(refused, Refused::Older { .. }), "{refused}");
    assert!(!merge_of(&record, &file).changed);
}

fn translated_anew(passages: &[&[(&str, &str)]]) -> Translation {
    record(passages).machine
}

#[test]
fn a_new_machine_run_keeps_what_people_made() {
    let mut before = record(TWO);
    let mut file = export(&before);
    file.units[0].segments[1].target = text("Duas.");
    after(&mut before, &file);
    let anew = translated_anew(&[&[("One.", "UM."), ("Two.", "DOIS.")], &[("Four.", "QUATRO.")]]);
    let now = before.carried_over(anew, ReviewState::Draft);
    assert_eq!(lines(&now), "UM. | Duas. / QUATRO.");
}

#[test]
fn what_the_article_no_longer_has_is_retired() {
    let mut before = record(TWO);
    let mut file = export(&before);
    file.units[0].segments[1].target = text("Duas.");
    after(&mut before, &file);
    let now = before.carried_over(translated_anew(&[&[("Other.", "Outro.")]]), ReviewState::Draft);
    let retired: Vec<_> = now.retired.iter().map(|it| (it.source.plain(), it.target.plain())).collect();
    assert_eq!(retired, [("Two.", "Duas.")]);
    let kept = now.without_place().expect("a translation of what was retired");
    assert_eq!(kept.units().map(|unit| unit.rendered().map(Text::plain)).collect::<Vec<_>>(), [Some("Duas.")]);
    assert_eq!(lines(&now), "Outro.");
}

#[test]
fn old_drafts_in_a_file_do_not_take_the_place_of_new_ones() {
    let before = record(TWO);
    let mut file = export(&before);
    file.units[0].segments[1].target = text("Duas.");
    let anew = translated_anew(&[&[("One.", "UM."), ("Two.", "DOIS.")], &[("Three.", "TRÊS.")]]);
    let mut now = before.carried_over(anew, ReviewState::Draft);
    let refused = merge_with(&now, &file, Options::default()).expect_err("refused");
    assert!(matches!(refused, Refused::Older { .. }), "{refused}");
    let accepted = merge_with(&now, &file, Options { accept_older: true, ..Options::default() }).expect("merged");
    now.push(accepted.version);
    assert_eq!(lines(&now), "UM. | Duas. / TRÊS.");
}
