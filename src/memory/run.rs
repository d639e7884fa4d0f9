//! The memory of a run: what was translated is not translated again.
//!
//! It lives in the process and answers exact matches only: same direction, same text, same inline marks, same terms of the
//! glossary. It is bounded: of two generations of entries the older is dropped when the younger is full, and what is
//! recalled becomes young again, so that the boilerplate of a batch stays and what occurred once goes.
//! Law: what is recalled is what was learnt for the very same text, or nothing.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::model::{Pair, Target, TermHit, Text};

/// Translations of a run by direction and source text. Shared by all threads.
#[derive(Debug)]
pub struct Memory {
    capacity: usize,
    generations: Mutex<Generations>,
}

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<Key, Target>,
    old: HashMap<Key, Target>,
}

type Key = (Pair, Text, Vec<TermHit>);

impl Memory {
    /// A memory of at most `capacity` segments.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self { capacity, generations: Mutex::default() }
    }

    /// The translation learnt for this very text with these terms, if it is still held.
    #[must_use]
    pub fn recall(&self, pair: Pair, source: &Text, terms: &[TermHit]) -> Option<Target> {
        let key = (pair, source.clone(), terms.to_vec());
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(target) = generations.young.get(&key) {
            return Some(target.clone());
        }
        let target = generations.old.remove(&key)?;
        self.keep(&mut generations, key, target.clone());
        Some(target)
    }

    /// Learns a translation.
    pub fn learn(&self, pair: Pair, source: &Text, terms: &[TermHit], target: &Target) {
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        self.keep(&mut generations, (pair, source.clone(), terms.to_vec()), target.clone());
    }

    fn keep(&self, generations: &mut Generations, key: Key, target: Target) {
        if generations.young.len() >= self.capacity / 2 {
            generations.old = std::mem::take(&mut generations.young);
        }
        generations.young.insert(key, target);
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Mark, MarkKind, Provenance};

    use super::*;

    fn pair() -> Pair {
        Pair { source: "en".parse().expect("a tag"), target: "pt".parse().expect("a tag") }
    }

    fn target(text: &str) -> Target {
        let provenance = Provenance { backend: "firefox".into(), engine: "fxtranslate".into(), models: Vec::new() };
        Target {
            text: text.into(),
            guessed: Vec::new(),
            passed: Vec::new(),
            terms: Vec::new(),
            provenance,
            review: None,
        }
    }

    #[test]
    fn only_the_very_same_text_is_recalled() {
        let memory = Memory::new(10);
        memory.learn(pair(), &"Peace.".into(), &[], &target("Paz."));
        assert_eq!(memory.recall(pair(), &"Peace.".into(), &[]), Some(target("Paz.")));
        let back = Pair { source: pair().target, target: pair().source };
        assert_eq!(memory.recall(back, &"Peace.".into(), &[]), None);
        let bold = Mark { id: 1, range: 0..5, kind: MarkKind::Bold };
        assert_eq!(memory.recall(pair(), &Text::new("Peace.", vec![bold]).expect("nested"), &[]), None);
    }

    #[test]
    fn what_recurs_stays_and_the_memory_does_not_grow() {
        let memory = Memory::new(10);
        memory.learn(pair(), &"Related news".into(), &[], &target("Notícias relacionadas"));
        for number in 0..100 {
            memory.learn(pair(), &format!("Sentence {number}.").into(), &[], &target("Frase."));
            assert!(memory.recall(pair(), &"Related news".into(), &[]).is_some(), "forgotten after {number}");
        }
        let generations = memory.generations.lock().expect("no panic");
        assert!(generations.young.len() + generations.old.len() <= 10);
        drop(generations);
        assert_eq!(memory.recall(pair(), &"Sentence 0.".into(), &[]), None);
    }
}
