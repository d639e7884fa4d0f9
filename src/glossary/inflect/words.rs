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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::glossary) enum Role {
    /// As a noun that is the only word of its term.
    Alone,
    Noun,
    Adjective,
    /// As a noun or as an adjective.
    Either,
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
    let is_joint = |word: &Word<'_>| rules.joins.contains(word.text);
    let role = |index: usize| {
        let Some(rest) = words.get(index + 1..end) else { return Role::Fixed };
        match rest.iter().find(|word| !rules.trailing.contains(word.text)) {
            _ if is_joint(&words[index]) => Role::Fixed,
            None => Role::Noun,
            Some(next) if is_joint(next) => Role::Either,
            Some(_) => Role::Adjective,
        }
    };
    (0..words.len()).map(role).collect()
}

fn noun_then_genitive(rules: &Rules, words: &[Word<'_>]) -> Vec<Role> {
    let mut found: Vec<Role> = Vec::with_capacity(words.len());
    // The role of the last word that counts: what may follow depends on it.
    let mut before = None;
    for (index, word) in words.iter().enumerate() {
        let (kind, next) = (rules.kind(word.text), words.get(index + 1));
        let is_next_adjective = next.is_some_and(|next| rules.kind(next.text) == Role::Adjective);
        // The first part of a compound: `китайско-африканский`.
        let is_part = is_next_adjective && next.is_some_and(|next| next.hyphened);
        if is_part || rules.is_small(word.text) {
            found.push(Role::Fixed);
            before = if is_part { before } else { before.map(|_| Role::Fixed) };
            continue;
        }
        // Two heads: `партнёрство и взаимодействие`.
        let after_joint =
            || index > 1 && rules.joins.contains(words[index - 1].text) && found[index - 2] != Role::Fixed;
        let is_last = next.is_none() && !found.contains(&Role::Noun);
        let role = match before {
            None | Some(Role::Adjective) => kind,
            Some(Role::Noun) if word.hyphened => Role::Noun,
            Some(Role::Fixed) if after_joint() => kind,
            // What stands within is over at the noun: `определяемый на национальном уровне вклад`.
            Some(Role::Fixed) if is_last => Role::Noun,
            // A clause after the noun: `лицо, ищущее убежища`.
            _ if kind == Role::Adjective => Role::Adjective,
            _ => Role::Fixed,
        };
        found.push(role);
        // What stands before an adjective may be an adverb and not yet the noun: `внутренне перемещённое лицо`.
        let is_open = role == Role::Noun && is_next_adjective;
        before = Some(if is_open { Role::Adjective } else { role });
    }
    found
}

/// The words before the first preposition, but for one that the term begins with.
fn before_stop(rules: &Rules, words: &[Word<'_>]) -> usize {
    let after = words.iter().skip(1).position(|word| rules.stops.contains(word.text));
    after.map_or(words.len(), |position| position + 1)
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
