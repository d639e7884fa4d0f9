//! Finding the terms of a segment in its translation.
//!
//! First the stretches of the translation that name something are chosen, the longest first, so that a term inside a
//! longer one does not count. Then as many terms of the segment as possible are given a stretch each, and a stretch whose
//! two parts would stand for two terms is cut.
//!
//! Laws: no two renditions share a stretch of the translation; there is one place for each term, in their order, and what
//! else was found stands by start; nothing that was found could stand for a term that is left without a rendition.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::concept::{Case, Concept, Kind, Term};
use super::matching::{self, Candidate};
use super::{Glossary, Matcher};
use crate::model::{Lang, MatchHow, Rendition, Renditions, TermHit, TermStatus};

/// How `terms` are rendered in `text`.
///
/// The source has decided which concepts are meant, so their conditions are not asked again; of other concepts only those
/// without a condition are looked for.
pub(super) fn of(glossary: &Glossary, target: Lang, terms: &[TermHit], text: &str) -> Renditions {
    let matcher = glossary.matcher(target);
    let mut readings = readings(glossary, &matcher, terms, text);
    readings.extend(untranslated(target, terms, text, &readings));
    let right: Vec<Reading> = readings.iter().filter(|reading| reading.sense == Sense::Right).cloned().collect();
    let mut stretches = longest_first(readings, &right);
    let mut places = assign(terms, &stretches);
    while let Some(split) = split(terms, &places, &stretches, &right) {
        stretches = split;
        places = assign(terms, &stretches);
    }
    let missing =
        |concept: &str| terms.iter().zip(&places).any(|(hit, place)| place.is_none() && hit.concept == concept);
    let is_free = |at: &usize| !places.contains(&Some(*at));
    let others = (0..stretches.len()).filter(is_free).filter_map(|at| surplus(&stretches[at], missing));
    let others = others.map(|reading| reading.rendition.clone()).collect();
    let rendered = terms.iter().zip(&places).map(|(hit, place)| {
        let suited = stretches[(*place)?].iter().filter_map(|reading| Some((suits(reading, hit)?, reading)));
        suited.min_by_key(|(status, reading)| (*status, reading.order())).map(|(_, reading)| reading.rendition.clone())
    });
    Renditions { terms: rendered.collect(), others }
}

/// What a stretch may be read as.
#[derive(Debug, Clone)]
struct Reading {
    rendition: Rendition,
    /// Its length without what normalisation adds or takes.
    weight: usize,
    sense: Sense,
}

/// What a reading is to the segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    /// A right rendering of one of its terms.
    Right,
    /// A term of a concept that it names, but not one to use.
    Wrong,
    /// A right term of a concept that it does not name.
    Foreign,
}

/// The stretches that were chosen, by start; each with all that it may be read as.
type Stretches = Vec<Vec<Reading>>;

impl Reading {
    fn range(&self) -> &Range<usize> {
        &self.rendition.range
    }

    /// Better readings of one stretch first.
    fn order(&self) -> (bool, MatchHow, TermStatus, &str, &str) {
        let Rendition { concept, term, status, how, cased, .. } = &self.rendition;
        (!cased, *how, *status, concept, term)
    }

    /// Whether the two share a stretch and neither holds the other.
    fn crosses(&self, other: &Self) -> bool {
        let (one, other) = (self.range(), other.range());
        overlap(one, other) && !holds(one, other) && !holds(other, one)
    }
}

/// All that the matcher finds and the segment can make sense of.
fn readings(glossary: &Glossary, matcher: &Matcher, terms: &[TermHit], text: &str) -> Vec<Reading> {
    let candidates = matcher.scan(text).into_candidates().into_iter();
    let read = |candidate: Candidate| {
        let concept = &glossary.concepts[candidate.concept];
        let term = &concept.terms[candidate.term];
        let rendition = Rendition {
            concept: concept.id.clone(),
            term: term.text.clone(),
            status: term.status,
            range: candidate.range,
            how: candidate.how,
            cased: candidate.cased,
        };
        let sense = sense(&rendition, concept, terms)?;
        let is_meant = rendition.cased || may_be_meant(sense, term, &text[rendition.range.clone()]);
        is_meant.then_some(Reading { rendition, weight: candidate.folded.len(), sense })
    };
    candidates.filter_map(read).collect()
}

/// What `rendition` is to a segment of `terms`; nothing where it is nothing to it.
fn sense(rendition: &Rendition, concept: &Concept, terms: &[TermHit]) -> Option<Sense> {
    let mut own = terms.iter().filter(|hit| hit.concept == concept.id).peekable();
    if own.peek().is_none() {
        let names = rendition.cased && is_right(rendition.status) && rendition.how != MatchHow::Stem;
        return (names && concept.when.is_none()).then_some(Sense::Foreign);
    }
    Some(if own.any(|hit| standing(rendition, hit).is_some()) { Sense::Right } else { Sense::Wrong })
}

/// Whether `text`, in a case that `term` does not allow, may be it all the same: `Nato` is NATO, but `us` is no way to write
/// `US`, and where a term is not to be used its case may be what tells it from a word that is.
fn may_be_meant(sense: Sense, term: &Term, text: &str) -> bool {
    sense == Sense::Right && (term.kind != Kind::Acronym || text.chars().next() == term.text.chars().next())
}

/// Terms that are not to be translated and that the target language's matcher does not know, since the glossary lists them
/// under the source's language.
fn untranslated(target: Lang, terms: &[TermHit], text: &str, known: &[Reading]) -> Vec<Reading> {
    let own =
        terms.iter().filter(|hit| hit.dnt && known.iter().all(|reading| reading.rendition.concept != hit.concept));
    let mut found: Vec<Reading> = Vec::new();
    for (hit, rendering) in own.flat_map(|hit| hit.renderings.iter().map(move |rendering| (hit, rendering))) {
        for range in matching::occurrences(target, text, &rendering.term) {
            let exact = text[range.clone()] == rendering.term;
            let rendition = Rendition {
                concept: hit.concept.clone(),
                term: rendering.term.clone(),
                status: rendering.status,
                how: if exact { MatchHow::Exact } else { MatchHow::Case },
                cased: exact || rendering.case == Case::Any,
                range,
            };
            found.push(Reading { weight: rendition.range.len(), rendition, sense: Sense::Right });
        }
    }
    found
}

/// Chooses the longest stretch, then the longest of those that do not overlap it, and so on; answers them in order.
///
/// What crosses a right rendering and is none of the segment's is left out: what the source names is the likelier reading.
fn longest_first(readings: Vec<Reading>, right: &[Reading]) -> Stretches {
    let is_likely =
        |reading: &Reading| reading.sense != Sense::Foreign || !right.iter().any(|right| right.crosses(reading));
    let mut readings: Vec<Reading> = readings.into_iter().filter(is_likely).collect();
    readings.sort_by_key(|reading| {
        let Range { start, end } = *reading.range();
        (Reverse(reading.weight), reading.sense != Sense::Right, start, end)
    });
    let mut chosen: BTreeMap<usize, Vec<Reading>> = BTreeMap::new();
    for reading in readings {
        let before_its_end = chosen.range_mut(..reading.range().end).next_back();
        match before_its_end {
            Some((_, stretch)) if stretch[0].range() == reading.range() => stretch.push(reading),
            Some((_, stretch)) if stretch[0].range().end > reading.range().start => {}
            _ => _ = chosen.insert(reading.range().start, vec![reading]),
        }
    }
    chosen.into_values().collect()
}

/// Cuts a stretch in two where a part of it can stand for a term that has none and the rest still for the one that has it:
/// in `UN-Sicherheitsrat` both are named. Each cut renders one term more.
fn split(terms: &[TermHit], places: &[Option<usize>], stretches: &Stretches, right: &[Reading]) -> Option<Stretches> {
    let missing = terms.iter().zip(places).filter(|(_, place)| place.is_none()).map(|(hit, _)| hit);
    let owned = |place: Option<usize>, owner| place.map(|at| (at, owner));
    let owners: Vec<_> = places.iter().zip(terms).filter_map(|(place, owner)| owned(*place, owner)).collect();
    for (hit, &(at, owner)) in missing.flat_map(|hit| owners.iter().map(move |owner| (hit, owner))) {
        let inside = |reading: &&Reading| holds(stretches[at][0].range(), reading.range());
        let parts = |hit| right.iter().filter(inside).filter(move |reading| suits(reading, hit).is_some());
        for part in parts(hit) {
            let Some(rest) = parts(owner).find(|rest| !overlap(rest.range(), part.range())) else { continue };
            let both = [part, rest].map(|part| right.iter().filter(|it| it.range() == part.range()).cloned().collect());
            let mut cut = stretches.clone();
            cut.splice(at..=at, both);
            cut.sort_by_key(|stretch: &Vec<Reading>| stretch[0].range().start);
            return Some(cut);
        }
    }
    None
}

/// Gives as many terms as possible a stretch each: for each term the index of its stretch. No concept has its second before
/// another that could have it has its first.
fn assign(terms: &[TermHit], stretches: &Stretches) -> Vec<Option<usize>> {
    let wishes: Vec<Vec<usize>> = terms.iter().map(|hit| wishes(hit, stretches)).collect();
    let mut owners: Vec<Option<usize>> = vec![None; stretches.len()];
    let earlier = |term: usize| terms[..term].iter().filter(|hit| hit.concept == terms[term].concept).count();
    let mut order: Vec<usize> = (0..terms.len()).collect();
    order.sort_by_key(|term| earlier(*term));
    for term in order {
        place(term, &wishes, &mut owners, &mut vec![false; stretches.len()]);
    }
    (0..terms.len()).map(|term| owners.iter().position(|owner| *owner == Some(term))).collect()
}

/// The stretches that may stand for `hit`: those with its preferred term first, then from left to right.
fn wishes(hit: &TermHit, stretches: &Stretches) -> Vec<usize> {
    let best = |at: usize| {
        let suited = stretches[at].iter().filter_map(|reading| Some((suits(reading, hit)?, !reading.rendition.cased)));
        suited.min().map(|rank| (rank, at))
    };
    let mut ranked: Vec<_> = (0..stretches.len()).filter_map(best).collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, at)| at).collect()
}

/// Finds a stretch for `term`, a free one if there is, else one whose owner can be given another: an augmenting path.
fn place(term: usize, wishes: &[Vec<usize>], owners: &mut [Option<usize>], tried: &mut [bool]) -> bool {
    if let Some(free) = wishes[term].iter().find(|at| owners[**at].is_none()) {
        owners[*free] = Some(term);
        return true;
    }
    for &at in &wishes[term] {
        if std::mem::replace(&mut tried[at], true) {
            continue;
        }
        if owners[at].is_some_and(|owner| place(owner, wishes, owners, tried)) {
            owners[at] = Some(term);
            return true;
        }
    }
    false
}

/// The status under which `reading` may stand for `hit`; nothing where it may not.
fn suits(reading: &Reading, hit: &TermHit) -> Option<TermStatus> {
    (reading.rendition.concept == hit.concept).then(|| standing(&reading.rendition, hit)).flatten()
}

/// The status that `rendition`, of the concept of `hit`, has among the right renderings of it.
fn standing(rendition: &Rendition, hit: &TermHit) -> Option<TermStatus> {
    if hit.dnt && !matches!(rendition.how, MatchHow::Exact | MatchHow::Case) {
        return None;
    }
    let same = hit.renderings.iter().filter(|own| own.is_right() && own.term == rendition.term);
    same.map(|own| own.status).min()
}

/// What a stretch that stands for no term of the segment is.
fn surplus(stretch: &[Reading], missing: impl Fn(&str) -> bool) -> Option<&Reading> {
    let rank = |reading: &Reading| match reading.sense {
        Sense::Wrong if missing(&reading.rendition.concept) => 0,
        Sense::Right => 1,
        Sense::Wrong => 2,
        Sense::Foreign => 3,
    };
    stretch.iter().min_by_key(|reading| (rank(reading), reading.order()))
}

fn is_right(status: TermStatus) -> bool {
    matches!(status, TermStatus::Preferred | TermStatus::Admitted)
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

#[cfg(test)]
mod tests;
