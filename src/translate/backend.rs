//! What the pipeline asks of a translation engine, whatever it is.

use std::fmt;
use std::ops::Range;

use async_trait::async_trait;

use super::{Alignment, Error};
use crate::model::{Lang, Pair, Provenance, TermHit, Usage};

/// An engine that translates plain texts.
///
/// Law: [`translate`](Backend::translate) answers a draft or an error for each text, in order, or one error for all of
/// them; an error says what may help. It never leaves a text out, and never answers a text it could not translate with the
/// text itself.
#[async_trait]
pub trait Backend: Send + Sync {
    /// What it can do.
    fn capability(&self) -> &Capability;

    /// Who translates this pair, or `None` where it does not.
    fn route(&self, pair: Pair) -> Option<Provenance>;

    /// What to do so that it translates `pair`, which it does not.
    fn help(&self, pair: Pair) -> String {
        let _ = pair;
        self.capability().more_pairs.to_owned()
    }

    /// Why nothing is to be translated into `target` with it before something is settled: the service tells variants of the
    /// language apart and `target` does not say which.
    fn unsettled(&self, target: Lang) -> Option<String> {
        let _ = target;
        None
    }

    /// Translates `batch`, answering for each text, in order. One request; it is not made again here.
    ///
    /// # Errors
    /// When the batch as a whole could not be translated; [`Error::remedy`] says what may help.
    async fn translate(&self, batch: &Batch) -> Result<Answer, Error>;

    /// What a service charges for `batch` at the most, as it would be sent: told before the call, so that a budget is never
    /// exceeded.
    fn charge(&self, batch: &Batch) -> Usage {
        let characters = batch.texts.iter().map(|input| input.text.chars().count() as u64).sum();
        Usage { requests: 1, characters, ..Usage::default() }
    }

    /// Takes the terms of a pair and how they are rendered, for a backend that heeds a [glossary](Heeds::Glossary) of its
    /// own; told once, before anything else is asked for the pair. Asks nothing of a service: that comes with the first
    /// batch.
    fn prepare(&self, pair: Pair, terms: &[(String, String)]) {
        let _ = (pair, terms);
    }

    /// All that answers for a pair depend on besides the texts, such as the model, its settings and the terms it was
    /// prepared with: equal where an answer of one may be taken for an answer of the other. Holds neither a key nor a path
    /// of this machine.
    fn fingerprint(&self, pair: Pair) -> String {
        let _ = pair;
        String::new()
    }

    /// Asks whether it can be used, and for what, without having anything translated.
    ///
    /// # Errors
    /// When it cannot be used, with what to do.
    async fn probe(&self) -> Result<Probe, Error> {
        Ok(Probe::default())
    }

    /// How likely translations are, for each text in order and each of its translations: the mean natural logarithm of
    /// the probability of a token. A text that it cannot tell has no answers. Asked only of backends that can
    /// ([`TermUse::scores`]); nothing is known unless a backend says more.
    ///
    /// # Errors
    /// When the backend as a whole cannot answer.
    async fn score(&self, pair: Pair, asks: Vec<Scored>) -> Result<Vec<Vec<f32>>, Error> {
        let _ = pair;
        Ok(vec![Vec::new(); asks.len()])
    }
}

/// A text, and translations of it that are to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// The text.
    pub text: String,
    /// The translations.
    pub translations: Vec<String>,
}

/// What a backend says of itself when it is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Probe {
    /// What is worth knowing: its version, what is left of a quota. One sentence, empty where there is nothing.
    pub says: String,
    /// The pairs that it translates, where it lists them.
    pub pairs: Option<Vec<Pair>>,
}

/// What a backend answers to a batch.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// A draft for each text in order, or why there is none.
    pub drafts: Vec<Result<Draft, Error>>,
    /// What the call was charged, where the answer tells; otherwise it is what [`Backend::charge`] says.
    pub used: Option<Usage>,
}

/// What a backend can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capability {
    /// Texts it takes in one batch.
    pub max_texts: usize,
    /// How much it takes in one text, by [`measure`](Self::measure).
    pub max_chars: usize,
    /// How much it takes in all texts of a batch together.
    pub max_total: usize,
    /// What its limits count.
    pub measure: Measure,
    /// Whether it uses [`Input::context`]: then a batch is of one article, in reading order.
    pub context: bool,
    /// Whether a draft comes with its alignment when asked for.
    pub aligns: bool,
    /// Whether texts leave this machine.
    pub network: bool,
    /// What it does so that terms are rendered as they should be.
    pub terms: TermUse,
    /// What to do so that it translates one more pair.
    pub more_pairs: &'static str,
}

/// What limits on the length of texts count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Measure {
    /// Unicode characters.
    #[default]
    Chars,
    /// Bytes of UTF-8.
    Bytes,
}

/// What a backend does about the terms of a text. Whatever it does, its drafts are verified.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TermUse {
    /// Whether it heeds [`Input::terms`], and how.
    pub heeds: Heeds,
    /// Whether it says what [`Input::forced`] asks for.
    pub forces: bool,
    /// Whether what [`Input::kept`] names comes through as it is.
    pub keeps: bool,
    /// Whether it tells how likely a translation is ([`Backend::score`]).
    pub scores: bool,
}

/// How a backend heeds the terms of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Heeds {
    /// Not at all.
    #[default]
    Nothing,
    /// As a glossary: the preferred rendering of each term, with the parts of speech where it takes them.
    Glossary,
    /// As instructions: renderings, parts of speech and forbidden renderings in words.
    Instructions,
}

/// Texts to translate in one go.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// The direction, the same for all.
    pub pair: Pair,
    /// The texts, none empty.
    pub texts: Vec<Input>,
}

/// A text to translate.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Input {
    /// The text without markup.
    pub text: String,
    /// Whether its draft is wanted with an alignment.
    pub align: bool,
    /// The terms in it and how they are to be rendered, by start and apart; for backends that heed them.
    pub terms: Vec<TermHit>,
    /// What is to be said for parts of it, by start and apart; for backends that force.
    pub forced: Vec<Forced>,
    /// Bytes of the text that are to stand in the draft as they are, by start and apart; for backends that keep.
    pub kept: Vec<Range<usize>>,
    /// What stands around it, for backends that use it.
    pub context: Context,
}

/// What stands around a text in its article, in the language of the source; empty where there is nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// The article's headline.
    pub title: String,
    /// The segment before.
    pub before: String,
    /// The segment after.
    pub after: String,
}

/// Words that are to be said for a part of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Forced {
    /// Bytes of the text.
    pub source: Range<usize>,
    /// The words.
    pub target: String,
    /// They are said once this part of the attention, from 0 to 1, lies on the source.
    pub at_least: f32,
}

/// A backend's answer to one text.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The translation.
    pub text: String,
    /// Which part of it renders which part of the source, where it was asked for and could be told.
    pub alignment: Option<Alignment>,
}

impl Batch {
    /// The texts at `places`.
    pub(crate) fn part(&self, places: &[usize]) -> Self {
        Self { pair: self.pair, texts: places.iter().map(|&at| self.texts[at].clone()).collect() }
    }
}

impl Answer {
    /// All drafts.
    ///
    /// # Errors
    /// The first of them, where there are any.
    pub fn whole(self) -> Result<Vec<Draft>, Error> {
        self.drafts.into_iter().collect()
    }
}

impl From<Vec<Draft>> for Answer {
    fn from(drafts: Vec<Draft>) -> Self {
        Self { drafts: drafts.into_iter().map(Ok).collect(), used: None }
    }
}

impl Capability {
    /// A service with limits far beyond any segment, that does nothing about terms: what each kind says of itself goes over it.
    pub const SERVICE: Self = Self {
        max_texts: 50,
        max_chars: 10_000,
        max_total: 50_000,
        measure: Measure::Chars,
        context: false,
        aligns: false,
        network: true,
        terms: TermUse { heeds: Heeds::Nothing, forces: false, keeps: false, scores: false },
        more_pairs: "the service does not list this pair; a code of your own can be given with `codes` in its table",
    };
}

impl Measure {
    /// The size of a text.
    #[must_use]
    pub fn of(self, text: &str) -> usize {
        match self {
            Self::Chars => text.chars().count(),
            Self::Bytes => text.len(),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chars => "characters",
            Self::Bytes => "bytes",
        })
    }
}
