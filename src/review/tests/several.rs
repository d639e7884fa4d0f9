//! Several reviewers at one article.

use super::*;

/// Merges the files one after another in one go, as they were exported from the same version.
fn together(record: &mut Record, files: &[File], options: Options) -> Vec<Notice> {
    let mut standing = record.versions[record.latest()].clone();
    let mut notices = Vec::new();
    for (name, file) in ["ana.xlf", "rui.xlf"].into_iter().zip(files) {
        let merged = merge(record, &standing, (name, file), options, &|_| false).expect("merged");
        standing = merged.version;
        notices.extend(merged.notices);
    }
    record.push(standing);
    notices
}

fn edited(record: &Record, edits: &[(usize, usize, &str)]) -> File {
    let mut file = export(record);
    for (unit, segment, to) in edits {
        file.units[*unit].segments[*segment].target = text(to);
    }
    file
}

#[test]
fn edits_of_different_segments_go_together() {
    let mut record = record(TWO);
    let files = [edited(&record, &[(0, 0, "Uma.")]), edited(&record, &[(0, 1, "Duas.")])];
    together(&mut record, &files, Options::default());
    assert_eq!(lines(&record), "Uma. | Duas. / Três.");
    assert_eq!(record.versions[1].files, ["ana.xlf", "rui.xlf"]);
}

#[test]
fn different_edits_of_one_segment_are_a_conflict() {
    let mut record = record(TWO);
    let files = [edited(&record, &[(0, 0, "Uma.")]), edited(&record, &[(0, 0, "Único."), (1, 0, "Três!")])];
    let notices = together(&mut record, &files, Options::default());
    assert_eq!(said(&notices), ["p1-1 edited", "p1-1 conflict", "p2-1 edited"]);
    assert!(notices[1].detail.contains("`Uma.`") && notices[1].detail.contains("rui.xlf has `Único.`"), "{notices:?}");
    assert_eq!(lines(&record), "Uma. | Dois. / Três!");
}

#[test]
fn in_a_conflict_the_file_may_win() {
    let mut record = record(TWO);
    let files = [edited(&record, &[(0, 0, "Uma.")]), edited(&record, &[(0, 0, "Único.")])];
    together(&mut record, &files, Options { prefer_file: true, ..Options::default() });
    assert_eq!(lines(&record), "Único. | Dois. / Três.");
}

#[test]
fn the_same_edit_twice_is_none() {
    let mut record = record(TWO);
    let files = [edited(&record, &[(0, 0, "Uma.")]), edited(&record, &[(0, 0, "Uma.")])];
    assert_eq!(said(&together(&mut record, &files, Options::default())), ["p1-1 edited", "p1-1 already-merged"]);
    assert_eq!(lines(&record), "Uma. | Dois. / Três.");
}

#[test]
fn a_join_and_an_edit_within_it_are_a_conflict() {
    let mut record = record(TWO);
    let mut joined = export(&record);
    joined.units[0].segments = vec![segment("p1-1", "One. Two.", "Um e dois.")];
    let files = [joined, edited(&record, &[(0, 1, "Duas.")])];
    let notices = together(&mut record, &files, Options::default());
    assert_eq!(said(&notices), ["p1-1 joined", "p1-1 edited", "p1-1 conflict"]);
    assert_eq!(lines(&record), "Um e dois. / Três.");
}
