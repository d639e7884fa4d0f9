//! Annotations: comments, terms, translate, and what they refer to.

use super::Part;
use super::body::Body;
use super::fragment::Fragment;
use crate::xliff::check::rules::{COMMENT, INLINE_TERM, MATCH_ANNOTATION, TRANSLATE};
use crate::xliff::check::tree::Element;

impl<'a> Part<'a> {
    /// Holds the annotations of a unit against the rules.
    pub(super) fn annotations(&mut self, body: &Body<'a>) {
        for mark in body.inline().filter(|it| it.is_any(&["mrk", "sm"])) {
            let fragment = mark.get("ref").and_then(|it| self.fragment(mark, it));
            match mark.get("type") {
                None | Some("generic") if mark.attributes().iter().all(|it| !it.name.space.is_module()) => {
                    self.generic(mark);
                }
                Some("comment") => self.comment(mark, fragment),
                Some("mtc:match") if mark.has("ref") => {
                    self.tell(
                        mark,
                        &MATCH_ANNOTATION,
                        "an annotation of the type `mtc:match` is referred to, and refers to nothing",
                    );
                }
                Some("term") => {
                    let asked = "write `gls:glossEntry` with `ref` to the segment instead";
                    self.tell(mark, &INLINE_TERM, format!("a term is marked in the text, which tools damage: {asked}"));
                }
                _ => {}
            }
        }
    }

    fn generic(&mut self, mark: Element<'a>) {
        if !mark.has("translate") {
            self.tell(mark, &TRANSLATE, "an annotation that says nothing: add `translate` or a type");
        }
    }

    fn comment(&mut self, mark: Element<'a>, fragment: Option<Fragment<'a>>) {
        let (value, reference) = (mark.has("value"), mark.has("ref"));
        if value == reference {
            return self.tell(mark, &COMMENT, "a comment has either `value` or `ref`, and not both");
        }
        let note = fragment.is_some_and(|it| it.leaf() == Some("n") && it.is_in(self.around()));
        if reference && !note {
            self.tell(mark, &COMMENT, "`ref` of a comment means a note of its unit, such as `#n=n1`");
        }
    }
}
