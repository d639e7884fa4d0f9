//! The terms of one language, made ready to be found.

use std::sync::Arc;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

use super::lexicon::{By, Lexicon, Unit};
use super::trie::{Trie, count};
use crate::glossary::border::{self, Piece};
use crate::glossary::concept::{Concept, Mode, Reach, Term};
use crate::glossary::fold::folded;
use crate::glossary::inflect::{self, EndingSet, Paradigm, Rules, Word};
use crate::model::Lang;

/// What finds the terms of a language.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) lexicon: Lexicon,
    pub(super) trie: Trie,
    pub(super) rules: Option<&'static Rules>,
    /// How many characters the longest ending has.
    pub(super) longest: usize,
    pub(super) endings: Endings,
    /// What the paths of the trie stand for, in the order in which they were added.
    pub(super) patterns: Vec<Pattern>,
    /// The patterns without a letter.
    pub(super) signs: Option<Signs>,
}

/// On which lists of the rules each ending stands: a bit for each list.
#[derive(Debug, Default)]
pub(super) struct Endings(FxHashMap<Box<str>, Vec<u64>>);

/// Patterns without a letter, such as `€`.
#[derive(Debug)]
pub(super) struct Signs {
    pub(super) automaton: AhoCorasick,
    pub(super) patterns: Vec<Pattern>,
}

/// Something that is looked for.
#[derive(Debug)]
pub(super) struct Pattern {
    /// Index of the concept.
    pub(super) concept: usize,
    pub(super) role: Role,
    /// What stands before the first word and after the last one, folded; most terms have nothing there.
    pub(super) around: Option<Box<(String, String)>>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Role {
    /// The term at index `term` of the concept, inflected where its mode says so.
    Citation { term: usize, inflected: bool },
    /// The form at index `form` of the term at index `term`.
    Form { term: usize, form: usize },
    /// What the term at index `term` is not to be found inside of.
    Blocker { term: usize },
    /// What has to occur for the concept to be recognised.
    Condition,
}

/// An index in the making.
pub(super) struct Builder {
    lang: Lang,
    index: Index,
    /// The unit of each word in each usage, the word by its place in the lexicon.
    units: FxHashMap<(usize, Usage), Unit>,
    signs: Vec<(String, Pattern)>,
    /// The languages of terms, and how near they are.
    reaches: FxHashMap<Option<Lang>, Option<Reach>>,
}

/// How a word stands in a term, as far as it matters for how it may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Usage {
    AsItIs,
    Inflected {
        role: inflect::Role,
        /// Whether it is the first word, where that matters.
        is_first: bool,
        /// Whether the term has other words.
        is_one_of_several: bool,
    },
}

impl Index {
    pub(super) fn new(concepts: &Arc<[Concept]>, lang: Lang) -> Self {
        let mut builder = Builder::new(lang);
        for (at, concept) in concepts.iter().enumerate() {
            builder.concept(at, concept);
        }
        builder.finish()
    }

    /// Whether `word` of a text may be a form of a term: a function word is only ever itself.
    pub(super) fn may_inflect(&self, word: &str) -> bool {
        self.rules.is_some_and(|rules| !rules.is_function_word(word))
    }

    /// What may be written together with a word after it.
    pub(super) fn clitics(&self) -> &'static [String] {
        self.rules.map_or(&[], Rules::clitics)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.patterns.is_empty() && self.signs.is_none()
    }
}

impl Endings {
    fn new(rules: Option<&Rules>) -> Self {
        let mut endings = Self::default();
        for (EndingSet(list), ending) in rules.into_iter().flat_map(Rules::endings) {
            let lists = endings.0.entry(ending.into()).or_default();
            let (word, bit) = (usize::from(list) / 64, list % 64);
            lists.resize(lists.len().max(word + 1), 0);
            lists[word] |= 1 << bit;
        }
        endings
    }

    /// The lists on which `ending` stands.
    #[inline]
    pub(super) fn lists(&self, ending: &str) -> &[u64] {
        self.0.get(ending).map_or(&[], Vec::as_slice)
    }
}

/// Whether `list` is one of `lists`.
#[inline]
pub(super) fn is_on(lists: &[u64], EndingSet(list): EndingSet) -> bool {
    lists.get(usize::from(list) / 64).is_some_and(|word| word >> (list % 64) & 1 == 1)
}

impl Builder {
    fn new(lang: Lang) -> Self {
        let rules = inflect::rules(lang);
        let index = Index {
            lexicon: Lexicon::new(),
            trie: Trie::new(),
            rules,
            longest: rules.map_or(0, Rules::longest),
            endings: Endings::new(rules),
            patterns: Vec::new(),
            signs: None,
        };
        Self { lang, index, units: FxHashMap::default(), signs: Vec::new(), reaches: FxHashMap::default() }
    }

    fn concept(&mut self, at: usize, concept: &Concept) {
        for (index, term) in concept.terms.iter().enumerate() {
            let reach = self.reaches.entry(term.lang).or_insert_with(|| term.reach(self.lang));
            if reach.is_some() {
                self.term(at, index, term);
            }
        }
        for condition in concept.when.iter().flat_map(|when| &when.source_any) {
            self.pattern(condition, at, Role::Condition);
        }
    }

    fn term(&mut self, concept: usize, index: usize, term: &Term) {
        let inflected = term.mode == Mode::Stem && self.index.rules.is_some();
        self.pattern(&term.text, concept, Role::Citation { term: index, inflected });
        let forms: &[String] = if term.mode == Mode::Exact { &[] } else { &term.forms };
        for (form, text) in forms.iter().enumerate() {
            self.pattern(text, concept, Role::Form { term: index, form });
        }
        for blocker in &term.not_within {
            self.pattern(blocker, concept, Role::Blocker { term: index });
        }
    }

    /// Adds a pattern; one that folds to nothing is left out, since it would be found everywhere.
    fn pattern(&mut self, text: &str, concept: usize, role: Role) {
        let folded = folded(text.trim(), self.lang);
        let pieces = border::pieces(&folded);
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            if !folded.is_empty() {
                self.signs.push((folded, Pattern { concept, role, around: None }));
            }
            return;
        };
        let around = (&folded[..first.range.start], &folded[last.range.end..]);
        let around = (around != ("", "")).then(|| Box::new((around.0.to_owned(), around.1.to_owned())));
        let units = match role {
            Role::Citation { inflected: true, .. } => self.inflected(&folded, &pieces),
            _ => pieces.iter().map(|piece| self.unit(&folded[piece.range.clone()], Usage::AsItIs)).collect(),
        };
        let gaps = pieces.windows(2).map(|pair| &folded[pair[0].range.end..pair[1].range.start]);
        self.index.trie.add(units[0], gaps.zip(units[1..].iter().copied()));
        self.index.patterns.push(Pattern { concept, role, around });
    }

    /// The units of a term that is inflected by the rules of its language.
    fn inflected(&mut self, folded: &str, pieces: &[Piece]) -> Vec<Unit> {
        let text = |piece: &Piece| &folded[piece.range.clone()];
        let Some(rules) = self.index.rules else { return Vec::new() };
        let hyphened = |at: usize| at > 0 && &folded[pieces[at - 1].range.end..pieces[at].range.start] == "-";
        let words: Vec<Word<'_>> =
            (0..pieces.len()).map(|at| Word { text: text(&pieces[at]), hyphened: hyphened(at) }).collect();
        let is_one_of_several = words.len() > 1;
        let is_first_other = !rules.clitics().is_empty();
        let unit = |(at, (word, role)): (usize, (&Word<'_>, inflect::Role))| {
            let is_first = is_first_other && at == 0;
            self.unit(word.text, Usage::Inflected { role, is_first, is_one_of_several })
        };
        words.iter().zip(rules.roles(&words)).enumerate().map(unit).collect()
    }

    /// The unit of `word` in `usage`, a new one where there is none.
    fn unit(&mut self, word: &str, usage: Usage) -> Unit {
        let key = (self.index.lexicon.place(word), usage);
        let new = count(self.units.len());
        let unit = *self.units.entry(key).or_insert(new);
        if unit != new {
            return unit;
        }
        self.index.lexicon.link(word, unit, By::Whole);
        if let (Usage::Inflected { role, is_first, is_one_of_several }, Some(rules)) = (usage, self.index.rules) {
            let paradigms = rules.paradigms(word, role, is_first);
            // Where the rules know a word they know better: Snowball takes a judge for a court (ru суд, судья).
            let stem = if is_one_of_several && paradigms.is_empty() { rules.stem(word) } else { None };
            for Paradigm { stem, endings, clitics } in paradigms {
                self.index.lexicon.link(&stem, unit, By::Rule { endings, clitics });
            }
            if let Some(stem) = stem {
                self.index.lexicon.link(&stem, unit, By::Stem);
            }
        }
        unit
    }

    fn finish(mut self) -> Index {
        if !self.signs.is_empty() {
            let automaton =
                AhoCorasick::new(self.signs.iter().map(|(text, _)| text)).expect("signs of less than 2 GiB");
            let patterns = self.signs.into_iter().map(|(_, pattern)| pattern).collect();
            self.index.signs = Some(Signs { automaton, patterns });
        }
        Index { lexicon: self.index.lexicon.settled(), trie: self.index.trie.settled(), ..self.index }
    }
}
