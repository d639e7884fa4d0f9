//! The rules that apply to a language, compiled to find borders in one pass over the text.
//!
//! One automaton reads the text and knows, after each character, which rules' *before* patterns end there.
//! Where one of a break rule does, a second automaton reads on and tells which *after* patterns begin there.
//! Rules with look-around run in their wide form first, and only where that matches is the exact form asked.
//! Texts of few blocks of Unicode have automata of their own, which know no other characters and are soon made.
//! Law: at each position the first rule of the list that matches on both sides decides.

use std::sync::OnceLock;

use fancy_regex::{Regex, RegexBuilder};
use regex_automata::hybrid::dfa::{Cache, Config, DFA};
use regex_automata::util::pool::Pool;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, MatchKind, PatternID, PatternSet};

use super::alphabet::{ALPHABETS, Alphabet};
use super::pattern::Pattern;

/// How far before and after a position the exact form of a rule looks, in bytes.
const HORIZON: usize = 256;
/// How far after a position the *after* patterns read, in bytes; a longer match counts as none.
const LOOKAHEAD: usize = 4096;
/// Steps after which the exact form of a rule gives up at a position, which then counts as no match.
const MAX_STEPS: usize = 20_000;
/// Memory for the states of one automaton, in bytes; when it is full, states are built anew.
const STATE_CACHE: usize = 8 * 1024 * 1024;

/// A rule in translated patterns.
#[derive(Debug, Clone)]
pub(super) struct Compiled {
    breaks: bool,
    before: Pattern,
    after: Pattern,
    exact: Option<Regex>,
}

impl Compiled {
    /// Translates a rule's two patterns, and compiles what needs the exact form.
    ///
    /// # Errors
    /// The pattern that cannot be used, and why.
    pub(super) fn new<'p>(breaks: bool, before: &'p str, after: &'p str) -> Result<Self, (&'p str, String)> {
        let translate = |java: &'p str, groups| Pattern::translate(java, groups).map_err(|why| (java, why));
        let first = translate(before, 0)?;
        let second = translate(after, first.groups)?;
        for (java, pattern) in [(before, &first), (after, &second)] {
            syntax::parse(&pattern.wide).map_err(|why| (java, one_line(&why)))?;
        }
        let exact = if first.regular && second.regular {
            None
        } else {
            let whole = format!("(?:{})(?={})", first.exact, second.exact);
            let built = RegexBuilder::new(&whole).backtrack_limit(MAX_STEPS).build();
            let blamed = || if Regex::new(&first.exact).is_err() { before } else { after };
            Some(built.map_err(|why| (blamed(), one_line(&why)))?)
        };
        Ok(Self { breaks, before: first, after: second, exact })
    }

    /// Translates the two patterns of a built-in rule, which are known to be regular and sound.
    pub(super) fn builtin(breaks: bool, before: &str, after: &str) -> Self {
        let translate = |java| Pattern::translate(java, 0).expect("the built-in rules are sound, as a test shows");
        Self { breaks, before: translate(before), after: translate(after), exact: None }
    }

    /// Whether the exact form agrees that there is a match on both sides of `at`.
    fn confirms(&self, text: &str, at: usize) -> bool {
        let Some(regex) = &self.exact else { return true };
        let end = ceil(text, at + HORIZON);
        let text = &text[..end];
        let mut from = floor(text, at.saturating_sub(HORIZON));
        while let Ok(Some(found)) = regex.find_from_pos(text, from) {
            if found.end() == at {
                return true;
            }
            from = ceil(text, found.start() + 1);
            if from > at {
                return false;
            }
        }
        false
    }
}

/// The rules of one language, ready to run.
pub(super) struct Machine {
    rules: Vec<Compiled>,
    /// For the texts of each alphabet, made when the first text comes.
    automata: [OnceLock<Automata>; ALPHABETS.len()],
}

/// The rules as automata for texts of one alphabet.
struct Automata {
    before: DFA,
    after: DFA,
    /// The pattern of `after` that each rule has; rules share the same.
    after_of: Vec<PatternID>,
    scratch: Pool<Scratch, Box<dyn Fn() -> Scratch + Send + Sync>>,
}

/// What a run over a text writes into.
struct Scratch {
    before: Cache,
    after: Cache,
    ahead: PatternSet,
    behind: Vec<usize>,
}

impl Automata {
    /// Compiles `rules`, which were compiled one by one and fit together.
    fn new(rules: &[Compiled], alphabet: Alphabet) -> Self {
        let mut afters: Vec<&Pattern> = Vec::new();
        let after_of = rules.iter().map(|rule| {
            let known = afters.iter().position(|after| after.wide == rule.after.wide);
            PatternID::new_unchecked(known.unwrap_or_else(|| {
                afters.push(&rule.after);
                afters.len() - 1
            }))
        });
        let after_of = after_of.collect();
        let before = automaton(rules.iter().map(|rule| rule.before.within(alphabet)));
        let after = automaton(afters.iter().map(|after| after.within(alphabet)));
        let (first, second, count) = (before.clone(), after.clone(), afters.len());
        let scratch = move || Scratch {
            before: first.create_cache(),
            after: second.create_cache(),
            ahead: PatternSet::new(count),
            behind: Vec::new(),
        };
        Self { before, after, after_of, scratch: Pool::new(Box::new(scratch)) }
    }
}

impl Machine {
    /// Makes a machine of `rules`, the first of which has the first say.
    pub(super) fn new(rules: Vec<Compiled>) -> Self {
        Self { rules, automata: [const { OnceLock::new() }; ALPHABETS.len()] }
    }

    /// The borders in `text` as the rules set them: ascending bytes, neither 0 nor its length.
    pub(super) fn borders(&self, text: &str) -> Vec<usize> {
        let smallest = ALPHABETS.iter().position(|alphabet| alphabet.holds(text));
        self.borders_in(smallest.unwrap_or(ALPHABETS.len() - 1), text)
    }

    /// The borders in `text`, whose characters are in the alphabet at `place`.
    fn borders_in(&self, place: usize, text: &str) -> Vec<usize> {
        let automata = self.automata[place].get_or_init(|| Automata::new(&self.rules, ALPHABETS[place]));
        let mut borders = Vec::new();
        let scratch = &mut *automata.scratch.get();
        let Ok(mut state) = automata.before.start_state_forward(&mut scratch.before, &Input::new(text)) else {
            return borders;
        };
        for (at, byte) in text.bytes().enumerate() {
            // The automaton reports what ends at `at` once it has read the byte after it.
            let next = automata.before.next_state(&mut scratch.before, state, byte);
            state = next.expect("the cache may be cleared any often");
            if state.is_match() && at > 0 && text.is_char_boundary(at) {
                scratch.behind.clear();
                let matches = 0..automata.before.match_len(&scratch.before, state);
                let rules = matches.map(|nth| automata.before.match_pattern(&scratch.before, state, nth).as_usize());
                scratch.behind.extend(rules);
                if self.breaks_at(text, at, automata, scratch) {
                    borders.push(at);
                }
            }
        }
        borders
    }

    /// Whether the first of the rules in `behind` that also matches what follows `at` is a break rule.
    fn breaks_at(&self, text: &str, at: usize, automata: &Automata, scratch: &mut Scratch) -> bool {
        if !scratch.behind.iter().any(|rule| self.rules[*rule].breaks) {
            return false;
        }
        scratch.ahead.clear();
        let input = Input::new(text).range(at..text.len().min(at + LOOKAHEAD)).anchored(Anchored::Yes);
        automata
            .after
            .try_which_overlapping_matches(&mut scratch.after, &input, &mut scratch.ahead)
            .expect("no byte makes the automaton quit");
        scratch.behind.sort_unstable();
        let fits =
            |rule: &&usize| scratch.ahead.contains(automata.after_of[**rule]) && self.rules[**rule].confirms(text, at);
        scratch.behind.iter().find(fits).is_some_and(|rule| self.rules[*rule].breaks)
    }
}

impl std::fmt::Debug for Machine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Machine").field("rules", &self.rules.len()).finish_non_exhaustive()
    }
}

/// An automaton that tells every one of `patterns` that matches, whether or not another does.
fn automaton(patterns: impl Iterator<Item = String>) -> DFA {
    let config = Config::new().match_kind(MatchKind::All).cache_capacity(STATE_CACHE).skip_cache_capacity_check(true);
    let built = DFA::builder().configure(config).build_many(&patterns.collect::<Vec<_>>());
    built.expect("rules that fit their limits one by one fit together")
}

/// The first character border at or after `at`, or the end.
fn ceil(text: &str, at: usize) -> usize {
    (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// The last character border at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The last line of an error that draws pictures, which is the one that says what is wrong.
fn one_line(error: &impl ToString) -> String {
    let text = error.to_string();
    let last = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    last.trim().trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests;
