//! One answer for several texts: a service that counts wrongly, or a proxy that answers from its memory.
//!
//! Short texts that say the same are answered alike, and so are long ones that differ in a word. What is told is a long
//! answer that came for two texts which have little in common. Which of the two it belongs to cannot be told.

use std::collections::BTreeMap;

use super::length;
use crate::model::Pair;

/// Answers shorter than this, in characters of English, may come twice.
const LONG: f64 = 30.0;
/// Texts of which more than this part is the same may have one answer.
const ALIKE: f64 = 0.5;

/// The places of answers that came for texts which have little in common; of each its source and the draft.
pub(super) fn of(pair: Pair, sides: &[[&str; 2]]) -> Vec<usize> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, [_, draft]) in sides.iter().enumerate() {
        if length::of(draft, pair.target) >= LONG {
            places.entry(letters(draft)).or_default().push(place);
        }
    }
    let differ = |places: &Vec<usize>| {
        let texts: Vec<String> = places.iter().map(|&place| letters(sides[place][0])).collect();
        texts.iter().any(|text| common(&texts[0], text) <= ALIKE)
    };
    let mut twins: Vec<usize> = places.into_values().filter(|same| same.len() > 1 && differ(same)).flatten().collect();
    twins.sort_unstable();
    twins
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The part of the longer text's pairs of neighbouring characters that the other has too, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a text is shorter than 2^52 characters")]
fn common(one: &str, other: &str) -> f64 {
    let pairs = |text: &str| {
        let mut counts: BTreeMap<(char, char), usize> = BTreeMap::new();
        text.chars().zip(text.chars().skip(1)).for_each(|pair| *counts.entry(pair).or_default() += 1);
        counts
    };
    let (one, other) = (pairs(one), pairs(other));
    let shared: usize = one.iter().map(|(pair, count)| count.min(other.get(pair).unwrap_or(&0))).sum();
    let most = one.values().sum::<usize>().max(other.values().sum());
    if most == 0 { 1.0 } else { shared as f64 / most as f64 }
}
