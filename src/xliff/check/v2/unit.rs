//! Units: their segments, states, languages, white space and order.

use rustc_hash::FxHashSet;

use super::Part;
use super::body::{Body, Segment};
use crate::xliff::check::name::Space;
use crate::xliff::check::rules::{LANGUAGE, NO_SEGMENT, ORDER, SKELETON, SPACE, STATE, SUB_STATE, TARGET_LANGUAGE};
use crate::xliff::check::tree::Element;

impl<'a> Part<'a> {
    /// Holds a unit against the rules of its segments and texts.
    pub(super) fn unit(&mut self) {
        let body = Body::of_unit(self.root);
        if body.segments.iter().all(|it| !it.element.is("segment")) {
            self.tell(self.root, &NO_SEGMENT, "a unit without a segment: add one, or take the unit out");
        }
        for segment in &body.segments {
            self.segment(segment);
        }
        self.order(&body);
        self.codes(&body);
        self.lost_codes(&body);
        self.annotations(&body);
    }

    /// Holds core elements outside of units against the rules.
    pub(super) fn core(&mut self, element: Element<'a>) {
        if element.is("skeleton") && element.has("href") != element.is_empty() {
            self.tell(element, &SKELETON, "a skeleton has either content, or `href` and nothing else");
        }
        if element.is("note")
            && let Some(reference) = element.get("ref")
        {
            self.fragment(element, reference);
        }
    }

    fn segment(&mut self, segment: &Segment<'a>) {
        let element = segment.element;
        if element.has("subState") && !element.has("state") {
            self.tell(element, &SUB_STATE, "`subState` without `state`: add `state`");
        }
        if let Some(state) = element.get("state").filter(|it| *it != "initial" && segment.target.is_none()) {
            self.tell(
                element,
                &STATE,
                format!("`state` is `{state}`, but there is no target: add it, or write `initial`"),
            );
        }
        if segment.target.is_some() && self.document.target.is_none() && !self.document.told {
            self.document.told = true;
            self.tell(
                element,
                &TARGET_LANGUAGE,
                "there are targets, but `xliff` does not say their language: add `trgLang`",
            );
        }
        self.languages(segment);
        if let (Some(source), Some(target)) = (segment.source, segment.target)
            && self.preserves(source) != self.preserves(target)
        {
            self.tell(target, &SPACE, "`xml:space` of the target is not that of the source: write the same");
        }
    }

    /// Holds the languages of both texts of a segment or match against those of the document.
    pub(super) fn languages(&mut self, segment: &Segment<'a>) {
        let reference = segment.element.says("reference", "yes");
        let target = segment.target.filter(|_| !reference);
        let sides = [
            (segment.source, self.document.source.clone(), "srcLang"),
            (target, self.document.target.clone(), "trgLang"),
        ];
        for (text, expected, name) in sides {
            let (Some(text), Some(expected)) = (text, expected) else { continue };
            if let Some(language) = self.language(text).filter(|it| !within(it, &expected)).map(str::to_owned) {
                let message =
                    format!("the language of this text is `{language}`, but `{name}` is `{expected}`: write the same");
                self.tell(text, &LANGUAGE, message);
            }
        }
    }

    fn language(&self, text: Element<'a>) -> Option<&'a str> {
        let own = std::iter::once(text).chain(text.ancestors()).find_map(|it| it.get_in(Space::Xml, "lang"));
        own.or(self.inherited.language)
    }

    fn preserves(&self, text: Element<'a>) -> bool {
        let own = std::iter::once(text).chain(text.ancestors()).find_map(|it| it.get_in(Space::Xml, "space"));
        own.map_or(self.inherited.preserve, |it| it == "preserve")
    }

    fn order(&mut self, body: &Body<'a>) {
        let mut places: FxHashSet<usize> = FxHashSet::default();
        let count = body.segments.len();
        for segment in body.segments.iter().filter(|it| it.target.is_some()) {
            let (Some(target), order) = (segment.target, segment.order) else { continue };
            if order > count {
                self.tell(target, &ORDER, format!("`order` is {order}, but the unit has {count} segments"));
            } else if !places.insert(order) {
                self.tell(
                    target,
                    &ORDER,
                    format!("two targets of the unit have the place {order}: write `order` on both"),
                );
            }
        }
    }
}

/// Whether `language` is `expected` or one of it: `en-GB` of `en`.
pub(super) fn within(language: &str, expected: &str) -> bool {
    let head = language.get(..expected.len()).is_some_and(|head| head.eq_ignore_ascii_case(expected));
    head && matches!(language.as_bytes().get(expected.len()), None | Some(b'-'))
}
