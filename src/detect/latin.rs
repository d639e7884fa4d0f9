//! Languages of the Latin script: n-gram models name one, and its commonest words must bear it out.
//!
//! Names decide nothing: words with a capital are left out where enough others remain, since a Portuguese
//! sentence full of English names is Portuguese still. And since the models only compare the languages
//! compiled in, a text in none of them would be called the nearest one; it is refused for want of the
//! words that every language repeats.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use lingua::{Language, LanguageDetector, LanguageDetectorBuilder};

use super::languages::{COMPILED, NEIGHBOURS, Row};
use super::script;

/// Tells the languages of the Latin script apart.
pub(super) struct Latin {
    models: LanguageDetector,
}

/// The least letters in words without a capital for the others to be left out.
const ENOUGH_LETTERS: usize = 12;

/// The share of a long text that the commonest words of its language make up at the very least.
const COMMON_SHARE: f64 = 0.35;

/// How far a short text may fall below that: this many times the square root of its number of words.
const SHORT_TEXT_ALLOWANCE: f64 = 0.8;

/// How many times likelier each of its commonest words makes a language.
const WORD_WEIGHT: f64 = 2.0;

/// A language that a text may be in.
struct Candidate {
    language: Language,
    /// How many of the text's words are among its commonest.
    hits: usize,
    /// How likely it is, from 0 to 1.
    probability: f64,
}

/// A set of lower-case words.
type Words = HashSet<&'static str>;

static COMMON: LazyLock<HashMap<Language, Words>> = LazyLock::new(|| {
    let words = |row: &Row| Some((model(row.tag)?, row.words.split_whitespace().collect()));
    COMPILED.iter().filter_map(words).collect()
});

static FOREIGN: LazyLock<Vec<Words>> =
    LazyLock::new(|| NEIGHBOURS.iter().map(|words| words.split_whitespace().collect()).collect());

impl Latin {
    /// Prepares the models that are compiled in; each is read at its first use.
    pub(super) fn new() -> Self {
        let languages: Vec<Language> = COMPILED.iter().filter_map(|row| model(row.tag)).collect();
        Self { models: LanguageDetectorBuilder::from_languages(&languages).build() }
    }

    /// The likeliest language of `text`, how likely it is, and by how much it leads the second.
    pub(super) fn tell(&self, text: &str) -> Option<(&'static Row, f64, f64)> {
        let telling = telling(&words(text));
        let candidates = self.candidates(&telling);
        let best = candidates.first()?;
        let second = candidates.get(1).map_or(0.0, |second| second.probability);
        let row = COMPILED.iter().find(|row| model(row.tag) == Some(best.language))?;
        is_borne_out(best.hits, &telling).then_some((row, best.probability, best.probability - second))
    }

    /// Whether the commonest words of `text` are those of `language` and of no other known language.
    #[expect(clippy::unused_self, reason = "it has the signature of what stands in for it in a build without models")]
    pub(super) fn bears_out(&self, language: &str, text: &str) -> bool {
        let Some(language) = model(language) else { return false };
        let telling = telling(&words(text));
        let own = COMMON.get(&language).map_or(0, |common| hits(common, &telling));
        let others = COMPILED.iter().filter_map(|row| model(row.tag)).filter(|other| *other != language);
        let most = others.filter_map(|other| COMMON.get(&other)).map(|common| hits(common, &telling)).max();
        count(own) >= COMMON_SHARE * count(telling.len())
            && most.unwrap_or(0) < own
            && FOREIGN.iter().all(|common| hits(common, &telling) < own)
    }

    /// The languages with what n-grams and common words together say of each, likeliest first.
    fn candidates(&self, words: &[String]) -> Vec<Candidate> {
        let by_ngrams = self.models.compute_language_confidence_values(words.join(" ")).into_iter();
        let counted = by_ngrams.map(|(language, probability)| Candidate {
            language,
            hits: COMMON.get(&language).map_or(0, |common| hits(common, words)),
            probability,
        });
        let mut candidates: Vec<Candidate> = counted.collect();
        let most = candidates.iter().map(|candidate| candidate.hits).max().unwrap_or(0);
        for candidate in &mut candidates {
            candidate.probability *= WORD_WEIGHT.powf(count(candidate.hits) - count(most));
        }
        let total: f64 = candidates.iter().map(|candidate| candidate.probability).sum();
        for candidate in &mut candidates {
            candidate.probability /= total.max(f64::MIN_POSITIVE);
        }
        candidates.sort_by(|one, other| other.probability.total_cmp(&one.probability));
        candidates
    }
}

/// The words of `text`: runs of letters, addresses left out.
fn words(text: &str) -> Vec<&str> {
    let runs = script::words(text).flat_map(|word| word.split(|c: char| !c.is_alphabetic()));
    runs.filter(|run| !run.is_empty()).collect()
}

/// The words that speak for a language, in lower case: those without a capital, or all where these are too few.
fn telling(words: &[&str]) -> Vec<String> {
    let plain: Vec<&str> = words.iter().copied().filter(|word| word.starts_with(char::is_lowercase)).collect();
    let letters: usize = plain.iter().map(|word| word.chars().count()).sum();
    let telling = if letters >= ENOUGH_LETTERS { &plain } else { words };
    telling.iter().map(|word| word.to_lowercase()).collect()
}

/// How many of `words` are in `common`.
fn hits(common: &Words, words: &[String]) -> usize {
    words.iter().filter(|word| common.contains(word.as_str())).count()
}

/// Whether a text that holds `own` of the commonest words of its language is in that language: it holds as
/// many as a text of its length does, and no more of a neighbour's.
fn is_borne_out(own: usize, words: &[String]) -> bool {
    let length = count(words.len());
    let enough = count(own) >= COMMON_SHARE * length - SHORT_TEXT_ALLOWANCE * length.sqrt();
    enough && FOREIGN.iter().all(|common| hits(common, words) <= own)
}

#[expect(clippy::cast_precision_loss, reason = "a text is shorter than 2^52 words")]
fn count(words: usize) -> f64 {
    words as f64
}

fn model(tag: &str) -> Option<Language> {
    match tag {
        #[cfg(feature = "lang-en")]
        "en" => Some(Language::English),
        #[cfg(feature = "lang-fr")]
        "fr" => Some(Language::French),
        #[cfg(feature = "lang-es")]
        "es" => Some(Language::Spanish),
        #[cfg(feature = "lang-pt")]
        "pt" => Some(Language::Portuguese),
        #[cfg(feature = "lang-de")]
        "de" => Some(Language::German),
        _ => None,
    }
}
