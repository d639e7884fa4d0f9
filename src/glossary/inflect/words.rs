//! Which words of a term may change, and as what.

use super::rules::{Rules, Word};

/// How the terms of a language are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Every word agrees up to the first preposition: `secretario general de ..`.
    All,
    /// The last word before a preposition is the noun; adjectives stand before it: `Oberster Gerichtshof`.
    NounLast,
    /// Adjectives, then the noun; what follows it is in the genitive: `министр иностранных дел`.
    NounThenGenitive,
}

/// As what a word changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// As a noun that is the only word of its term.
    Alone,
    Noun,
    Adjective,
    /// Not at all.
    Fixed,
}

/// The roles of `words`, all those of a term.
pub(super) fn roles(rules: &Rules, words: &[Word<'_>]) -> Vec<Role> {
    if let [word] = words {
        return vec![alone(rules, word.text)];
    }
    match rules.order {
        Order::All => all(rules, words),
        Order::NounLast => noun_last(rules, words),
        Order::NounThenGenitive => noun_then_genitive(rules, words),
    }
}

fn alone(rules: &Rules, word: &str) -> Role {
    match rules.order {
        Order::NounThenGenitive if rules.kind(word) == Role::Adjective => Role::Adjective,
        _ => Role::Alone,
    }
}

fn all(rules: &Rules, words: &[Word<'_>]) -> Vec<Role> {
    let end = before_stop(rules, words);
    (0..words.len()).map(|index| if index < end { Role::Noun } else { Role::Fixed }).collect()
}

fn noun_last(rules: &Rules, words: &[Word<'_>]) -> Vec<Role> {
    let end = before_stop(rules, words);
    let is_trailing = |word: &Word<'_>| rules.trailing.contains(word.text);
    let is_last = |rest: &[Word<'_>]| {
        rest.iter().find(|word| !is_trailing(word)).is_none_or(|word| rules.joins.contains(word.text))
    };
    let role = |index: usize| match words.get(index + 1..end) {
        None => Role::Fixed,
        Some(_) if rules.joins.contains(words[index].text) => Role::Fixed,
        Some(rest) if is_last(rest) => Role::Noun,
        Some(_) => Role::Adjective,
    };
    (0..words.len()).map(role).collect()
}

fn noun_then_genitive(rules: &Rules, words: &[Word<'_>]) -> Vec<Role> {
    let mut found: Vec<Role> = Vec::with_capacity(words.len());
    for (index, word) in words.iter().enumerate() {
        // Two heads: `партнёрство и взаимодействие`.
        let after_joint =
            || index > 1 && rules.joins.contains(words[index - 1].text) && found[index - 2] != Role::Fixed;
        let role = match found.last() {
            _ if rules.is_small(word.text) => Role::Fixed,
            None | Some(Role::Adjective) => rules.kind(word.text),
            Some(Role::Noun) if word.hyphened => Role::Noun,
            Some(Role::Fixed) if after_joint() => rules.kind(word.text),
            _ => Role::Fixed,
        };
        found.push(role);
    }
    found
}

/// The words before the first preposition.
fn before_stop(rules: &Rules, words: &[Word<'_>]) -> usize {
    words.iter().position(|word| rules.stops.contains(word.text)).unwrap_or(words.len())
}

impl Rules {
    fn is_small(&self, word: &str) -> bool {
        self.stops.contains(word) || self.joins.contains(word)
    }

    /// Whether `word` is an adjective by its end, or else a noun.
    fn kind(&self, word: &str) -> Role {
        let (noun, adjective) = (self.noun.fitting(word).0, self.adjective.fitting(word).0);
        if adjective > 0 && adjective >= noun { Role::Adjective } else { Role::Noun }
    }
}
