//! What each tool writes: its states, its comments, its ways with text. The documents are of our own making.

use super::{body, file, marked, segment, unit};
use crate::model::ReviewState::{self, Approved, Draft, Reviewed, Translated, Unknown};
use crate::xliff::File;

#[track_caller]
fn says(text: &str, state: ReviewState, claimed: Option<&str>) {
    let segment = segment(text);
    assert_eq!((segment.state, segment.claimed.as_deref()), (state, claimed));
}

/// A 1.2 `trans-unit` with `attributes` on it and on its target.
fn target_1(attributes: &str, target: &str) -> String {
    body(&format!("<trans-unit id='s' {attributes}><source>a</source><target {target}>b</target></trans-unit>"))
}

#[test]
fn states_of_1_x() {
    for word in ["new", "needs-translation", "needs-review-translation", "needs-adaptation", "needs-l10n"] {
        says(&target_1("", &format!("state='{word}'")), Draft, Some(word));
    }
    says(&target_1("", "state='translated'"), Translated, Some("translated"));
    says(&target_1("", "state='signed-off'"), Reviewed, Some("signed-off"));
    says(&target_1("", "state='final'"), Approved, Some("final"));
    says(&target_1("", "state='x-own'"), Unknown, Some("x-own"));
    says(&target_1("", ""), Unknown, None);
    says(&target_1("approved='no'", "state='signed-off'"), Reviewed, Some("signed-off"));
    says(&target_1("approved='yes'", "state='signed-off'"), Approved, Some("approved, signed-off"));
    says(&target_1("approved='yes'", "state='translated'"), Approved, Some("approved, translated"));
    says(&target_1("approved='yes'", ""), Approved, Some("approved"));
    says(
        &target_1("approved='yes'", "state='needs-review-translation'"),
        Draft,
        Some("approved, needs-review-translation"),
    );
    says(&target_1("approved='yes'", "state='new'"), Draft, Some("approved, new"));
}

#[test]
fn states_of_2_x() {
    let state = |attributes: &str| unit(&format!("<segment {attributes}><source>a</source></segment>"));
    says(&state("state='initial'"), Draft, Some("initial"));
    says(&state("state='initial' subState='chancery:mt'"), Draft, Some("initial, chancery:mt"));
    says(&state("state='translated'"), Translated, Some("translated"));
    says(&state("state='translated' subState='poedit:fuzzy'"), Draft, Some("translated, poedit:fuzzy"));
    says(&state("state='reviewed'"), Reviewed, Some("reviewed"));
    says(&state("state='final' subState='x:y'"), Approved, Some("final, x:y"));
    says(&state("state='signed-off'"), Unknown, Some("signed-off"));
    says(&state(""), Unknown, None);
}

/// Asserts that the segments of `text` read as `expected`: id, source, target, state; codes as [`marked`] shows them.
#[track_caller]
fn gives(text: &str, expected: &[(&str, &str, &str, ReviewState)]) -> File {
    let file = file(text);
    let read: Vec<_> = file
        .segments()
        .map(|(_, it)| (it.id.clone(), marked(&it.source), it.target.as_ref().map(marked), it.state))
        .collect();
    let expected = expected.iter().map(|(id, source, target, state)| {
        (Some((*id).to_owned()), (*source).to_owned(), Some((*target).to_owned()), *state)
    });
    assert_eq!(read, expected.collect::<Vec<_>>());
    file
}

/// Who noted what on the segments.
fn notes(file: &File) -> Vec<(&str, &str)> {
    let notes = file.segments().flat_map(|(_, segment)| &segment.notes);
    notes.map(|note| (note.from.as_deref().unwrap_or("-"), note.text.as_str())).collect()
}

#[test]
fn trados() {
    let file = gives(
        include_str!("tools/trados.sdlxliff"),
        &[
            (
                "7d1c",
                "The talks {12went well12}.{13} They go on.",
                "Die Gespräche {12liefen gut12}.{13} Sie gehen weiter.",
                Translated,
            ),
            ("8e2d", "Approved.", "Genehmigt.", Approved),
            ("9f3e", "Rejected.", "Abgelehnt.", Draft),
            ("af4f", "Not begun.", "", Draft),
            ("b05a", "Changed.", "Neu gefasst.", Reviewed),
        ],
    );
    assert_eq!(file.units[0].segments[0].claimed.as_deref(), Some("Translated, ApprovedTranslation"));
    assert_eq!(notes(&file), [("Ann Reviewer", "Is this the official name?"), ("Bo", "It is.")]);
}

#[test]
fn memoq() {
    let file = gives(
        include_str!("tools/memoq.mqxliff"),
        &[
            ("1", "One {1two1} three", "Un {1deux1} trois", Translated),
            ("2", "Machine", "Machine", Draft),
            ("3", "Proofread", "Relu", Reviewed),
            ("4", "Rejected", "Rejeté", Draft),
        ],
    );
    assert_eq!(notes(&file), [("Ann", "Please check the name.")]);
}

#[test]
fn phrase() {
    gives(
        include_str!("tools/phrase.mxliff"),
        &[
            ("job:0", "Click {1}here{2}.", "Cliquez {1}ici{2}.", Translated),
            ("job:1", "Second step", "Deuxième étape", Reviewed),
            ("job:2", "Open", "Ouvert", Draft),
        ],
    );
}

#[test]
fn matecat() {
    let file = gives(
        include_str!("tools/matecat.xlf"),
        &[
            ("u1-s1", "He spoke. She {1listened1}.", "Il a parlé. Elle {1a écouté1}.", Approved),
            ("u2-s1", "Left alone", "", Draft),
        ],
    );
    let units: Vec<_> = file.units.iter().map(|unit| unit.id.as_str()).collect();
    assert_eq!(units, ["p1", "p2"]);
}

#[test]
fn omegat() {
    gives(
        include_str!("tools/omegat.xlf"),
        &[("s1", "A {1bold1} claim.", "Une affirmation {1hardie1}.", Draft), ("s2", "Kept.", "Conservé.", Draft)],
    );
}
