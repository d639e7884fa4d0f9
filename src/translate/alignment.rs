//! Which part of a translation renders which part of its source.
//!
//! Law: links are ordered by their target, lie on character borders of their texts, and weigh more than 0 and at most 1.

use std::ops::Range;

/// The links between a translation and its source, by target.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Alignment {
    /// The links; a target span may have several.
    pub links: Vec<Link>,
}

/// A span of the translation and a span of the source that it renders.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Bytes of the translation.
    pub target: Range<usize>,
    /// Bytes of the source.
    pub source: Range<usize>,
    /// How much of the target span renders this source span, from 0 to 1.
    pub weight: f32,
}

impl Alignment {
    /// The target spans in order, each with how much of it renders `source`, from 0 to 1.
    #[must_use]
    pub fn mass(&self, source: &Range<usize>) -> Vec<(Range<usize>, f32)> {
        let mut spans: Vec<(Range<usize>, f32)> = Vec::new();
        for link in &self.links {
            let mass = link.weight * share(&link.source, source);
            match spans.last_mut() {
                Some((target, sum)) if *target == link.target => *sum += mass,
                _ => spans.push((link.target.clone(), mass)),
            }
        }
        spans
    }

    /// The alignment of a translation of this translation with this one's source.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let through = |link: &Link| {
            let target = link.target.clone();
            let outer = link.weight;
            let middle = link.source.clone();
            self.links.iter().filter_map(move |inner| {
                let weight = outer * inner.weight * share(&middle, &inner.target);
                (weight > 0.05).then(|| Link { target: target.clone(), source: inner.source.clone(), weight })
            })
        };
        Self { links: next.links.iter().flat_map(through).collect() }
    }
}

/// How much of `span` lies in `other`, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "lengths of sentences are far below 2^24")]
fn share(span: &Range<usize>, other: &Range<usize>) -> f32 {
    let overlap = span.end.min(other.end).saturating_sub(span.start.max(other.start));
    if span.is_empty() { 0.0 } else { overlap as f32 / span.len() as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(target: Range<usize>, source: Range<usize>, weight: f32) -> Link {
        Link { target, source, weight }
    }

    #[test]
    fn mass_adds_up_the_links_of_a_span() {
        let alignment = Alignment { links: vec![link(0..3, 0..2, 0.5), link(0..3, 2..6, 0.5), link(3..4, 6..8, 1.0)] };
        assert_eq!(alignment.mass(&(0..4)), [(0..3, 0.75), (3..4, 0.0)]);
    }

    #[test]
    fn two_legs_compose() {
        let first = Alignment { links: vec![link(0..4, 5..9, 1.0), link(4..8, 0..5, 1.0)] };
        let second = Alignment { links: vec![link(0..2, 4..8, 1.0), link(2..4, 0..4, 0.5)] };
        assert_eq!(first.then(&second).links, [link(0..2, 0..5, 1.0), link(2..4, 5..9, 0.5)]);
    }
}
