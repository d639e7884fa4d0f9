//! The translation candidates module.

use super::super::body::Body;
use super::Part;
use crate::xliff::check::rules::{MATCH, MATCHES};
use crate::xliff::check::tree::Element;

impl<'a> Part<'a> {
    pub(super) fn matches(&mut self, matches: Element<'a>) {
        self.tell(matches, &MATCHES, "a matches module, for which some tools overwrite targets: leave it out for them");
    }

    pub(super) fn a_match(&mut self, element: Element<'a>) {
        let reference = element.get("ref").unwrap_or_default();
        if !self.means_text(element, reference) {
            self.tell(
                element,
                &MATCH,
                format!("`ref` is `{reference}`: it means text of this unit, such as `#s1` or `#m1`"),
            );
        }
        if element.has("subType") && !element.has("type") {
            self.tell(element, &MATCH, "`subType` without `type`: add `type`");
        }
        let body = Body::of_match(element);
        let within = format!("{}@{}", self.scope, element.place());
        self.body_ids(&body, Some(&within));
        for segment in &body.segments {
            self.languages(segment);
        }
        self.codes(&body);
    }
}
