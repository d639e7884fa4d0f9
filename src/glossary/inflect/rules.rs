//! What the rules of a language say about a term.

use std::borrow::Cow;
use std::collections::HashSet;

use snowball_stemmers_rs::{Algorithm, Stemmer};

use super::forms::Change;
use super::table::{Rule, Table};
use super::template::Template;
use super::words::{Order, Role};
use crate::model::Gender;

/// The rules of a language, all folded as matching folds its texts.
pub(in crate::glossary) struct Rules {
    pub(super) order: Order,
    /// What may be written together with a word, longest first.
    pub(super) clitics: Vec<String>,
    /// The article that is written together with its word; empty where there is none.
    pub(super) article: String,
    /// Words that are no form of anything.
    pub(super) function: HashSet<String>,
    /// Words after which nothing of a term changes.
    pub(super) stops: HashSet<String>,
    /// Words that may stand between the noun and the end of its phrase: `attorney general`.
    pub(super) trailing: HashSet<String>,
    /// Words that join two heads.
    pub(super) joins: HashSet<String>,
    /// Rules for a term of one word.
    pub(super) alone: Table<Rule>,
    pub(super) noun: Table<Rule>,
    pub(super) adjective: Table<Rule>,
    /// Nouns that stand beside another and stay as they are: `acordo-quadro`.
    pub(super) apposed: HashSet<String>,
    /// Adjectives that stand before their noun: `primeiro-ministro`.
    pub(super) preposed: HashSet<String>,
    /// The plural of a singular, to be written.
    pub(super) plural: Table<Change>,
    /// The singular of a plural.
    pub(super) singular: Table<Change>,
    pub(super) gender: Table<Gender>,
    /// Plurals that are made within the word.
    pub(super) broken: Vec<Template>,
    /// Rules for those plurals.
    pub(super) within: Table<Rule>,
    /// Lists of endings, each in order.
    pub(super) sets: Vec<Vec<String>>,
    pub(super) stemmer: Option<Stemmer>,
}

/// A word of a term.
#[derive(Debug, Clone, Copy)]
pub(in crate::glossary) struct Word<'a> {
    /// As folded.
    pub(in crate::glossary) text: &'a str,
    /// Whether a hyphen joins it to the word before.
    pub(in crate::glossary) hyphened: bool,
}

/// What stays of a word, and what may follow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::glossary) struct Paradigm {
    pub(in crate::glossary) stem: String,
    pub(in crate::glossary) endings: EndingSet,
    /// Whether clitics may stand before it.
    pub(in crate::glossary) clitics: bool,
}

/// One of the lists of endings of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::glossary) struct EndingSet(pub(in crate::glossary) u16);

impl Rules {
    /// As what each of `words`, all those of a term, changes.
    pub(in crate::glossary) fn roles(&self, words: &[Word<'_>]) -> Vec<Role> {
        super::words::roles(self, words)
    }

    /// The lists of endings, each ending with the list that it is on.
    pub(in crate::glossary) fn endings(&self) -> impl Iterator<Item = (EndingSet, &str)> {
        let numbered = (0..).map(EndingSet).zip(&self.sets);
        numbered.flat_map(|(set, endings)| endings.iter().map(move |ending| (set, ending.as_str())))
    }

    /// Whether `ending`, which may be empty, may follow the stem of a paradigm whose endings are `set`.
    #[cfg(test)]
    pub(super) fn ends(&self, set: EndingSet, ending: &str) -> bool {
        let set = self.sets.get(usize::from(set.0));
        set.is_some_and(|set| set.binary_search_by(|one| one.as_str().cmp(ending)).is_ok())
    }

    /// The longest ending of any list, in characters: so far back a word of a text is cut.
    pub(in crate::glossary) fn longest(&self) -> usize {
        self.sets.iter().flatten().map(|ending| ending.chars().count()).max().unwrap_or(0)
    }

    /// What may be written together with the word after it, longest first.
    pub(in crate::glossary) fn clitics(&self) -> &[String] {
        &self.clitics
    }

    /// Whether `word` of a text is no form of a term, whatever its letters.
    pub(in crate::glossary) fn is_function_word(&self, word: &str) -> bool {
        self.function.contains(word)
    }

    /// The Snowball stem of `word`; none where Snowball does not know the language.
    pub(in crate::glossary) fn stem<'w>(&self, word: &'w str) -> Option<Cow<'w, str>> {
        self.stemmer.as_ref().map(|stemmer| stemmer.stem(word))
    }

    /// The rules that fit `word` in the role `role`.
    fn fitting(&self, word: &str, role: Role) -> Vec<&Rule> {
        let (noun, alone) = (self.noun.fitting(word), self.alone.fitting(word));
        let adjective = self.adjective.fitting(word).1;
        match role {
            Role::Fixed => Vec::new(),
            Role::Alone if alone.0 >= noun.0 => alone.1.iter().collect(),
            Role::Alone | Role::Noun => noun.1.iter().collect(),
            Role::Adjective => adjective.iter().collect(),
            Role::Either => noun.1.iter().chain(adjective).collect(),
        }
    }

    /// How `word` may stand in a text besides as it is, in the role that it has in its term, and first or later in it.
    pub(in crate::glossary) fn paradigms(&self, word: &str, role: Role, is_first: bool) -> Vec<Paradigm> {
        let bare = match word.strip_prefix(self.article.as_str()) {
            Some(bare) if bare.chars().count() >= 2 => bare,
            _ => word,
        };
        let mut stems = of(&self.fitting(bare, role), bare);
        if role != Role::Fixed {
            let templates = self.broken.iter().filter(|template| role != Role::Alone || !template.only_phrases);
            let plurals = templates.flat_map(|template| template.plurals(bare));
            stems.extend(
                plurals.flat_map(|plural| of(&self.within.fitting(&plural).1.iter().collect::<Vec<_>>(), &plural)),
            );
        }
        let has_article = !is_first && !self.article.is_empty();
        let with_article = |(stem, endings): &(String, EndingSet)| (format!("{}{stem}", self.article), *endings);
        let articled: Vec<_> = stems.iter().filter(|_| has_article).map(with_article).collect();
        let clitics = is_first && !self.clitics.is_empty();
        stems.into_iter().chain(articled).map(|(stem, endings)| Paradigm { stem, endings, clitics }).collect()
    }
}

/// What stays of `word` by each of `rules`, and what may follow.
fn of(rules: &[&Rule], word: &str) -> Vec<(String, EndingSet)> {
    rules.iter().filter_map(|rule| Some((rule.stem(word)?, rule.endings))).collect()
}

impl std::fmt::Debug for Rules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rules").field("order", &self.order).finish_non_exhaustive()
    }
}

/// The Snowball stemmer of the language `tag`.
pub(super) fn stemmer(tag: &str) -> Option<Stemmer> {
    let algorithm = match tag {
        "ar" => Algorithm::Arabic,
        "de" => Algorithm::German,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fr" => Algorithm::French,
        "pt" => Algorithm::Portuguese,
        "ru" => Algorithm::Russian,
        _ => return None,
    };
    Some(Stemmer::create(algorithm))
}
