//! Choosing among terms that overlap.
//!
//! Law: what is chosen never overlaps, and every candidate left out overlaps something chosen.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::glossary::concept::Concept;
use crate::model::MatchHow;

/// A stretch that may be a term.
#[derive(Debug, Clone)]
pub(in crate::glossary) struct Candidate {
    /// Index of the concept.
    pub(in crate::glossary) concept: usize,
    /// Index of the term in the concept.
    pub(in crate::glossary) term: usize,
    /// Bytes of the folded text, which are the same however the text is normalised.
    pub(in crate::glossary) folded: Range<usize>,
    /// Bytes of the text.
    pub(in crate::glossary) range: Range<usize>,
    pub(in crate::glossary) how: MatchHow,
    /// Whether it is written in a case that the term allows.
    pub(in crate::glossary) cased: bool,
}

/// Chooses the longest candidate, then the longest of those that do not overlap it, and so on; answers them in order.
///
/// Of equally long ones the leftmost wins. On the same stretch a concept whose condition is met goes before one without
/// a condition, then the better status, the closer spelling, and the concept that comes first.
pub(super) fn longest_first(mut candidates: Vec<Candidate>, concepts: &[Concept]) -> Vec<Candidate> {
    candidates.sort_by_key(|candidate| {
        let concept = &concepts[candidate.concept];
        (
            Reverse(candidate.folded.len()),
            candidate.folded.start,
            concept.when.is_none(),
            concept.terms[candidate.term].status,
            candidate.how,
            candidate.concept,
            candidate.term,
        )
    });
    let mut chosen: BTreeMap<usize, Candidate> = BTreeMap::new();
    for candidate in candidates {
        let before_its_end = chosen.range(..candidate.folded.end).next_back();
        if before_its_end.is_none_or(|(_, other)| other.folded.end <= candidate.folded.start) {
            chosen.insert(candidate.folded.start, candidate);
        }
    }
    chosen.into_values().collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::glossary::Glossary;

    const GLOSSARY: &str = "schema = 1\n[[concept]]\nid = 'a'\nterms = { en = [{ t = 'a' }] }\n";

    fn chosen(ranges: &[Range<usize>]) -> Vec<Range<usize>> {
        let glossary = Glossary::parse(Path::new("g.toml"), GLOSSARY).expect("a sound glossary");
        let candidate = |range: &Range<usize>| Candidate {
            concept: 0,
            term: 0,
            folded: range.clone(),
            range: range.clone(),
            how: MatchHow::Exact,
            cased: true,
        };
        let chosen = longest_first(ranges.iter().map(candidate).collect(), glossary.concepts());
        chosen.into_iter().map(|candidate| candidate.range).collect()
    }

    fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
        one.start < other.end && other.start < one.end
    }

    #[test]
    fn the_longest_wins_and_then_the_leftmost() {
        assert_eq!(chosen(&[0..4, 2..9, 8..10, 9..12]), [2..9, 9..12]);
        assert_eq!(chosen(&[3..6, 0..3, 2..5]), [0..3, 3..6]);
    }

    proptest! {
        #[test]
        fn the_cover_is_disjoint_and_maximal(spans in prop::collection::vec((0usize..40, 1usize..9), 0..20)) {
            let ranges: Vec<_> = spans.into_iter().map(|(start, length)| start..start + length).collect();
            let chosen = chosen(&ranges);
            prop_assert!(chosen.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(ranges.iter().all(|range| chosen.iter().any(|other| overlap(range, other))));
        }
    }
}
