//! What the pipeline asks of a translation engine, whatever it is.

use async_trait::async_trait;

use super::{Alignment, Error};
use crate::model::{Pair, Provenance};

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
    /// What to do so that it translates one more pair.
    pub more_pairs: &'static str,
}

/// Texts to translate in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The direction, the same for all.
    pub pair: Pair,
    /// The texts, none empty.
    pub texts: Vec<Input>,
}

/// A text to translate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The text without markup.
    pub text: String,
    /// Whether its draft is wanted with an alignment.
    pub align: bool,
}

/// A backend's answer to one text.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The translation.
    pub text: String,
    /// Which part of it renders which part of the source, where it was asked for and could be told.
    pub alignment: Option<Alignment>,
}
