//! Split, joined, reordered, renumbered, missing and foreign segments and units.

use super::*;

#[test]
fn a_split_segment_is_put_together() {
    let split = |file: &mut File| {
        file.units[0].segments = vec![
            segment("s1", "One two.", "Um dois,"),
            xliff::Segment { ignorable: true, source: text(" ").expect("white space"), ..segment("i1", "", "") },
            segment("s2", "Three", "e três"),
            segment("s3", "four.", "quatro."),
        ];
    };
    let sent: &[&[(&str, &str)]] = &[&[("One two.", "Um dois."), ("Three four.", "Três quatro.")]];
    comes(sent, split, "Um dois, | e três quatro.", &["p1-1 renumbered", "p1-2 split", "p1-1 edited", "p1-2 edited"]);
}

#[test]
fn joined_segments_are_one() {
    let join = |file: &mut File| {
        file.units[0].segments = vec![segment("p1-1", "One. Two.", "Um e dois.")];
    };
    comes(TWO, join, "Um e dois. / Três.", &["p1-1 joined", "p1-1 edited"]);
}

#[test]
fn segments_joined_without_an_edit_stay() {
    let join = |file: &mut File| {
        file.units[0].segments = vec![segment("p1-1", "One. Two.", "Um. Dois.")];
    };
    comes(TWO, join, "Um. | Dois. / Três.", &["p1-1 joined"]);
}

#[test]
fn segments_of_a_joined_one_may_come_apart_again() {
    let mut record = record(TWO);
    let mut file = export(&record);
    file.units[0].segments = vec![segment("p1-1", "One. Two.", "Um e dois.")];
    after(&mut record, &file);
    let mut file = export(&record);
    file.units[0].segments = vec![segment("a", "One.", "Um,"), segment("b", "Two.", "mais dois.")];
    after(&mut record, &file);
    assert_eq!(lines(&record), "Um, mais dois. / Três.");
}

#[test]
fn a_tool_may_number_anew() {
    // What was s2 is s3, and there is another s2.
    let number = |file: &mut File| {
        file.units[0].segments =
            vec![segment("p1-1", "One", "Uma"), segment("p1-2", ".", "."), segment("p1-3", "Two.", "Duas.")];
    };
    let told = ["p1-2 renumbered", "p1-1 split", "p1-1 edited", "p1-2 edited"];
    comes(TWO, number, "Uma. | Duas. / Três.", &told);
}

#[test]
fn ids_may_be_gone() {
    let forget = |file: &mut File| {
        file.units[0].segments.iter_mut().for_each(|segment| segment.id = None);
        file.units[0].segments[0].target = text("Uma.");
    };
    comes(TWO, forget, "Uma. | Dois. / Três.", &["p1-1 renumbered", "p1-2 renumbered", "p1-1 edited"]);
}

#[test]
fn units_may_be_numbered_anew_and_stand_in_another_order() {
    let shuffle = |file: &mut File| {
        file.units.reverse();
        (file.units[0].id, file.units[1].id) = ("7".into(), "8".into());
        file.units[0].segments[0].target = text("Três!");
    };
    comes(TWO, shuffle, "Um. | Dois. / Três!", &["p1 renumbered", "p2 renumbered", "p2-1 edited"]);
}

#[test]
fn an_id_that_names_another_unit_by_now_does_not_mislead() {
    let swap = |file: &mut File| {
        (file.units[0].id, file.units[1].id) = ("p2".into(), "p1".into());
        file.units[1].segments[0].target = text("Três!");
    };
    comes(TWO, swap, "Um. | Dois. / Três!", &["p1 renumbered", "p2 renumbered", "p2-1 edited"]);
}

#[test]
fn targets_in_another_order_are_one_text() {
    let order = |file: &mut File| {
        file.units[0].segments[0].order = Some(2);
        file.units[0].segments[1].order = Some(1);
    };
    comes(TWO, order, "Dois. Um. / Três.", &["p1-1 reordered", "p1-1 edited"]);
}

#[test]
fn groups_may_be_gone() {
    let flatten = |file: &mut File| {
        let segments: Vec<_> = file.units.drain(..).flat_map(|unit| unit.segments).collect();
        let unit = |segment: xliff::Segment| xliff::Unit {
            id: segment.id.clone().expect("an id"),
            segments: vec![segment],
            ..xliff::Unit::default()
        };
        file.units = segments.into_iter().map(unit).collect();
        file.units[1].segments[0].target = text("Duas.");
    };
    comes(TWO, flatten, "Um. | Duas. / Três.", &["p1-2 edited"]);
}

#[test]
fn what_does_not_come_back_stays() {
    comes(TWO, |file| drop(file.units.remove(0)), "Um. | Dois. / Três.", &["p1 missing-unit"]);
    let one = |file: &mut File| drop(file.units[0].segments.remove(0));
    comes(TWO, one, "Um. | Dois. / Três.", &["p1-1 missing-segment"]);
    let target = |file: &mut File| file.units[0].segments[0].target = None;
    comes(TWO, target, "Um. | Dois. / Três.", &["p1-1 missing-target"]);
}

#[test]
fn an_empty_target_is_no_wish_to_keep_the_draft() {
    // Both sentences stand in the first.
    let moved = |file: &mut File| {
        file.units[0].segments[0].target = text("Um e dois.");
        file.units[0].segments[1].target = text("");
    };
    comes(TWO, moved, "Um e dois. / Três.", &["p1-2 emptied", "p1-1 edited"]);
    let moved = |file: &mut File| {
        file.units[0].segments[0].target = text("");
        file.units[0].segments[1].target = text("Um e dois.");
    };
    comes(TWO, moved, "Um e dois. / Três.", &["p1-1 emptied", "p1-1 edited"]);
    // Left out, and said to be done.
    let cut = |file: &mut File| {
        file.units[0].segments[1].target = text(" ");
        file.units[0].segments[1].state = ReviewState::Translated;
    };
    comes(TWO, cut, "Um. / Três.", &["p1-2 emptied", "p1-1 edited"]);
    // Only not filled by a tool that gives no drafts back.
    let not_filled = |file: &mut File| file.units[0].segments[1].target = text("");
    comes(TWO, not_filled, "Um. | Dois. / Três.", &["p1-2 missing-target"]);
}

#[test]
fn what_the_article_does_not_have_is_told() {
    let add = |file: &mut File| {
        let segments = vec![segment("x1", "More.", "Mais.")];
        file.units.push(xliff::Unit { id: "x".into(), segments, ..xliff::Unit::default() });
        file.units[1].segments.push(segment("y", "Again.", "De novo."));
    };
    comes(TWO, add, "Um. | Dois. / Três.", &["p2 unknown-segment", "x unknown-unit"]);
}

#[test]
fn an_edited_source_does_not_lose_the_translation() {
    let sent: &[&[(&str, &str)]] = &[&[("The ministers met in Geneva today.", "Os ministros.")], &[("Two.", "Dois.")]];
    let edit = |file: &mut File| {
        file.units[0].segments[0].source.text = "The ministers met in Genoa today.".into();
        file.units[0].segments[0].target = text("Os ministros em Genebra.");
    };
    comes(sent, edit, "Os ministros em Genebra. / Dois.", &["p1-1 source-edited", "p1-1 edited"]);
    let replace = |file: &mut File| {
        file.units[0].segments[0].source.text = "Prices rose.".into();
        file.units[0].segments[0].target = text("Subiram os preços.");
    };
    comes(sent, replace, "Os ministros. / Dois.", &["p1-1 source-changed"]);
}

#[test]
fn what_the_machine_could_not_translate_is_filled() {
    let sent: &[&[(&str, &str)]] = &[&[("One.", ""), ("Two.", "Dois.")]];
    comes(sent, |_| {}, "- | Dois.", &[]);
    comes(sent, |file| file.units[0].segments[0].target = text("Um."), "Um. | Dois.", &["p1-1 filled"]);
}

#[test]
fn layout_that_a_tool_adds_is_no_edit() {
    let reflow = |file: &mut File| {
        file.units[0].segments[0].source.text = "One.\n   ".into();
        file.units[0].segments[0].target = text("  Um.");
    };
    comes(TWO, reflow, "Um. | Dois. / Três.", &[]);
}

#[test]
fn text_that_a_tool_doubled_is_told() {
    let sent: &[&[(&str, &str)]] = &[&[("The ministers met in Geneva.", "Os ministros em Genebra.")]];
    let double = |file: &mut File| {
        file.units[0].segments[0].target = text("Reuniram-se os ministros em Genebra.Os ministros em Genebra.");
    };
    let expected = "Reuniram-se os ministros em Genebra.Os ministros em Genebra.";
    comes(sent, double, expected, &["p1-1 doubled", "p1-1 edited"]);
}
