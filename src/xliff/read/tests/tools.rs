//! States in the words of each tool.

use super::{body, segment, unit};
use crate::model::ReviewState::{self, Approved, Draft, Reviewed, Translated, Unknown};

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
