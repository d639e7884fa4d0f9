//! What the pipeline asks of a translation engine, whatever it is.

use std::ops::Range;

use async_trait::async_trait;

use super::{Alignment, Error};
use crate::model::{Pair, Provenance, TermHit};

/// An engine that translates plain texts.
///
/// Law: [`translate`](Backend::translate) answers one draft for each text, in order, or an error that says what may
/// help. It never leaves a text out, and never answers a text it could not translate with the text itself.
#[async_trait]
pub trait Backend: Send + Sync {
    /// What it can do.
    fn capability(&self) -> &Capability;

    /// Who translates this pair, or `None` where it does not.
    fn route(&self, pair: Pair) -> Option<Provenance>;

    /// Translates `batch`, answering one draft for each text, in order.
    ///
    /// # Errors
    /// When the batch as a whole could not be translated; [`Error::remedy`] says what may help.
    async fn translate(&self, batch: &Batch) -> Result<Vec<Draft>, Error>;

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

/// What a backend can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capability {
    /// Texts it takes in one batch.
    pub max_texts: usize,
    /// Characters it takes in one text.
    pub max_chars: usize,
    /// Whether a draft comes with its alignment when asked for.
    pub aligns: bool,
    /// Whether texts leave this machine.
    pub network: bool,
    /// What it does so that terms are rendered as they should be.
    pub terms: TermUse,
    /// What to do so that it translates one more pair.
    pub more_pairs: &'static str,
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
