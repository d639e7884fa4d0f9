//! The texts of a unit, or of a match, which has texts as a unit has.

use rustc_hash::FxHashSet;

use crate::xliff::check::tree::Element;

/// The segments and ignorables of a unit, or a match as one.
#[derive(Debug)]
pub(super) struct Body<'a> {
    pub(super) segments: Vec<Segment<'a>>,
    /// The ids of its original data.
    pub(super) data: FxHashSet<&'a str>,
    /// The inline elements of its sources, in order.
    pub(super) source: Vec<Element<'a>>,
    /// Those of its targets, in the order that `order` gives.
    pub(super) target: Vec<Element<'a>>,
}

/// A segment or ignorable, or a match.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment<'a> {
    pub(super) element: Element<'a>,
    pub(super) source: Option<Element<'a>>,
    pub(super) target: Option<Element<'a>>,
    /// The place of its target among those of the unit, from 1; of a target without `order`, its own.
    pub(super) order: usize,
}

/// The elements that stand for codes.
pub(super) const CODES: &[&str] = &["ph", "pc", "sc", "ec"];

impl<'a> Body<'a> {
    /// That of a unit.
    pub(super) fn of_unit(unit: Element<'a>) -> Self {
        let children = unit.children().filter(|it| it.is_any(&["segment", "ignorable"]));
        Self::new(unit, children.enumerate().map(|(at, element)| Segment::new(element, at + 1)).collect())
    }

    /// That of a match.
    pub(super) fn of_match(element: Element<'a>) -> Self {
        Self::new(element, vec![Segment::new(element, 1)])
    }

    fn new(root: Element<'a>, segments: Vec<Segment<'a>>) -> Self {
        let data = root.child("originalData").into_iter().flat_map(Element::children).filter_map(|it| it.get("id"));
        let source = segments.iter().filter_map(|it| it.source).flat_map(Element::within).collect();
        let mut ordered: Vec<&Segment> = segments.iter().collect();
        ordered.sort_by_key(|it| it.order);
        let target = ordered.iter().filter_map(|it| it.target).flat_map(Element::within).collect();
        Self { data: data.collect(), source, target, segments }
    }

    /// The inline elements of both sides.
    pub(super) fn inline(&self) -> impl Iterator<Item = Element<'a>> {
        self.source.iter().chain(&self.target).copied()
    }
}

impl<'a> Segment<'a> {
    fn new(element: Element<'a>, place: usize) -> Self {
        let target = element.child("target");
        let order = target.and_then(|it| it.get("order")).and_then(|it| it.trim().parse().ok()).unwrap_or(place);
        Self { element, source: element.child("source"), target, order }
    }
}
