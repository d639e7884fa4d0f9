//! Inline codes that were lost, doubled, moved or made up.

use super::*;

/// A sentence with `bold` in bold on both sides.
fn bold(source: &str, target: &str, words: [&str; 2]) -> (Text, Text) {
    let marked = |plain: &str, word: &str| {
        let start = plain.find(word).expect("in the text");
        let mark = Mark { id: 1, range: start..start + word.len(), kind: MarkKind::Bold };
        Text::new(plain, vec![mark]).expect("a mark in the text")
    };
    (marked(source, words[0]), marked(target, words[1]))
}

#[track_caller]
fn codes(change: impl FnOnce(&mut Content), told: &[&str], expected: (&str, &[(usize, usize)])) {
    let sentence =
        bold("The Prime Minister spoke.", "O Primeiro-Ministro falou.", ["Prime Minister", "Primeiro-Ministro"]);
    let mut record = record_of(vec![vec![sentence]].into_iter());
    let mut file = export(&record);
    change(file.units[0].segments[0].target.as_mut().expect("a target"));
    assert_eq!(said(&after(&mut record, &file)), told);
    let now = record.now();
    let text = now.units().next().and_then(Unit::rendered).expect("a translation");
    let marks: Vec<_> = text.marks().iter().map(|mark| (mark.range.start, mark.range.end)).collect();
    assert_eq!((text.plain(), &*marks), expected);
    assert!(!merge_of(&record, &file).changed, "merged twice, it changed");
}

#[test]
fn codes_that_come_back_change_nothing() {
    codes(|_| {}, &[], ("O Primeiro-Ministro falou.", &[(2, 19)]));
}

#[test]
fn a_code_lost_from_an_untouched_text_stays() {
    codes(|target| target.codes.clear(), &["p1-1 codes"], ("O Primeiro-Ministro falou.", &[(2, 19)]));
}

#[test]
fn a_code_lost_from_an_edited_text_is_told() {
    let edit = |target: &mut Content| *target = text("Falou o Primeiro-Ministro.").expect("a text");
    codes(edit, &["p1-1 codes", "p1-1 edited"], ("Falou o Primeiro-Ministro.", &[]));
}

#[test]
fn a_code_moved_by_the_reviewer_is_an_edit() {
    let widen = |target: &mut Content| target.codes[0].at = 0;
    codes(widen, &["p1-1 edited"], ("O Primeiro-Ministro falou.", &[(0, 19)]));
}

#[test]
fn a_code_that_was_never_sent_is_left_out() {
    let add = |target: &mut Content| {
        target.text = "O Primeiro-Ministro disse.".into();
        target.codes.push(Code { at: 20, role: Role::Alone, id: "99".into() });
    };
    codes(add, &["p1-1 codes", "p1-1 edited"], ("O Primeiro-Ministro disse.", &[(2, 19)]));
}

#[test]
fn line_breaks_and_placeholders_come_back_as_text() {
    let mut record = record(&[&[("Dear {name},\nwelcome.", "Caro {name},\nbem-vindo.")]]);
    let mut file = export(&record);
    assert_eq!(file.units[0].segments[0].source.text, "Dear ,welcome.");
    assert!(!merge_of(&record, &file).changed);
    file.units[0].segments[0].target.as_mut().expect("a target").text = "Cara ,bem-vinda.".into();
    after(&mut record, &file);
    assert_eq!(lines(&record), "Cara {name},\nbem-vinda.");
}
