//! Choosing among terms that overlap.
//!
//! Law: what is chosen never overlaps, and every candidate left out overlaps something chosen; or it is found by stems
//! only and crosses what is found by its form.

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
pub(super) fn longest_first(candidates: Vec<Candidate>, concepts: &[Concept]) -> Vec<Candidate> {
    let mut candidates = without_chance_stems(candidates);
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

/// The candidates without those that only stems speak for and that cross another which its form speaks for: in `United
/// Nations Security Council` there is no `national security`.
fn without_chance_stems(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let sure: Vec<Range<usize>> =
        candidates.iter().filter(|it| it.how != MatchHow::Stem).map(|it| it.folded.clone()).collect();
    let crosses = |one: &Range<usize>, other: &Range<usize>| {
        one.start < other.start && other.start < one.end && one.end < other.end
    };
    let is_chance = |candidate: &Candidate| {
        let own = &candidate.folded;
        candidate.how == MatchHow::Stem && sure.iter().any(|other| crosses(own, other) || crosses(other, own))
    };
    candidates.into_iter().filter(|candidate| !is_chance(candidate)).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::glossary::Glossary;

    const GLOSSARY: &str = "schema = 1\n[[concept]]\nid = 'a'\nterms = { en = [{ t = 'a' }] }\n";

    fn chosen(ranges: &[Range<usize>]) -> Vec<Range<usize>> {
        chosen_as(&ranges.iter().map(|range| (range.clone(), MatchHow::Exact)).collect::<Vec<_>>())
    }

    fn chosen_as(found: &[(Range<usize>, MatchHow)]) -> Vec<Range<usize>> {
        let glossary = Glossary::parse(Path::new("g.toml"), GLOSSARY).expect("a sound glossary");
        let candidate = |(range, how): &(Range<usize>, MatchHow)| Candidate {
            concept: 0,
            term: 0,
            folded: range.clone(),
            range: range.clone(),
            how: *how,
            cased: true,
        };
        let chosen = longest_first(found.iter().map(candidate).collect(), glossary.concepts());
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

    #[test]
    fn stems_give_way_to_forms_that_they_cross() {
        use MatchHow::{Rule, Stem};
        assert_eq!(chosen_as(&[(0..14, Rule), (7..23, Stem), (15..31, Rule)]), [0..14, 15..31]);
        let held = chosen_as(&[(0..14, Stem), (3..8, Rule)]);
        assert_eq!(held, std::slice::from_ref(&(0..14)), "what they hold is a part of them");
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
