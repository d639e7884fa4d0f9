//! The terms of one language, made ready to be found.

use std::sync::Arc;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

use super::border::{self, Piece};
use super::folded;
use super::lexicon::{By, Lexicon, Unit};
use super::trie::{Trie, count};
use crate::glossary::concept::{Concept, Mode, Reach, Term};
use crate::glossary::inflect::{self, Paradigm, Rules, Word};
use crate::model::Lang;

/// What finds the terms of a language.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) lexicon: Lexicon,
    pub(super) trie: Trie,
    pub(super) rules: Option<&'static Rules>,
    /// How many characters the longest ending has.
    pub(super) longest: usize,
    /// What the paths of the trie stand for, in the order in which they were added.
    pub(super) patterns: Vec<Pattern>,
    /// The patterns without a letter.
    pub(super) signs: Option<Signs>,
}

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
    /// For each unit how its word may be written besides as it is.
    units: Vec<Forms>,
    signs: Vec<(String, Pattern)>,
    /// The languages of terms, and how near they are.
    reaches: FxHashMap<Option<Lang>, Option<Reach>>,
}

/// How a word of a term may be written besides as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Forms {
    paradigms: Vec<Paradigm>,
    /// Whether a word of the same Snowball stem may stand for it.
    by_stem: bool,
}

impl Index {
    pub(super) fn new(concepts: &Arc<[Concept]>, lang: Lang) -> Self {
        let mut builder = Builder::new(lang);
        for (at, concept) in concepts.iter().enumerate() {
            builder.concept(at, concept);
        }
        builder.finish()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.patterns.is_empty() && self.signs.is_none()
    }
}

impl Builder {
    fn new(lang: Lang) -> Self {
        let rules = inflect::rules(lang);
        let index = Index {
            lexicon: Lexicon::new(),
            trie: Trie::new(),
            rules,
            longest: rules.map_or(0, Rules::longest),
            patterns: Vec::new(),
            signs: None,
        };
        Self { lang, index, units: Vec::new(), signs: Vec::new(), reaches: FxHashMap::default() }
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
            _ => pieces.iter().map(|piece| self.unit(&folded[piece.range.clone()], Forms::default())).collect(),
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
        let paradigms = rules.paradigms(&words);
        let several = words.len() > 1;
        let unit = |(word, paradigms): (&Word<'_>, Vec<Paradigm>)| {
            // Where the rules know a word they know better: Snowball takes a judge for a court (ru суд, судья).
            let by_stem = several && paradigms.is_empty();
            self.unit(word.text, Forms { paradigms, by_stem })
        };
        words.iter().zip(paradigms).map(unit).collect()
    }

    /// The unit of `word` as written in `forms`, a new one where there is none.
    fn unit(&mut self, word: &str, forms: Forms) -> Unit {
        let same = self.index.lexicon.wholes(word).find(|unit| self.units[*unit as usize] == forms);
        if let Some(unit) = same {
            return unit;
        }
        let unit = count(self.units.len());
        self.index.lexicon.link(word, unit, By::Whole);
        for Paradigm { stem, endings, clitics } in &forms.paradigms {
            self.index.lexicon.link(stem, unit, By::Rule { endings: *endings, clitics: *clitics });
        }
        if let Some(stem) = self.index.rules.filter(|_| forms.by_stem).and_then(|rules| rules.stem(word)) {
            self.index.lexicon.link(&stem, unit, By::Stem);
        }
        self.units.push(forms);
        unit
    }

    fn finish(mut self) -> Index {
        if !self.signs.is_empty() {
            let automaton =
                AhoCorasick::new(self.signs.iter().map(|(text, _)| text)).expect("signs of less than 2 GiB");
            let patterns = self.signs.into_iter().map(|(_, pattern)| pattern).collect();
            self.index.signs = Some(Signs { automaton, patterns });
        }
        self.index
    }
}
