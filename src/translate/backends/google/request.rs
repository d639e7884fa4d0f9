//! What is asked of `:translateText`, and what Google answers.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Options;
use crate::translate::service::Markup;
use crate::translate::{Batch, Draft, Error, Input};

/// What is to stay as it is, in HTML.
pub(super) const KEEP: Markup = Markup::new("span", " translate=\"no\"");

/// The body of a request.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request<'a> {
    contents: Vec<Cow<'a, str>>,
    mime_type: &'static str,
    source_language_code: &'a str,
    target_language_code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    glossary_config: Option<GlossaryConfig>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GlossaryConfig {
    glossary: String,
    ignore_case: bool,
    contextual_translation_enabled: bool,
}

/// Its answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Response {
    translations: Vec<Translation>,
    /// With the glossary, where one was asked for.
    #[serde(default)]
    glossary_translations: Vec<Translation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Translation {
    /// Left out where this text could not be translated.
    translated_text: Option<String>,
}

/// Whether texts go as HTML, for what is to be kept.
fn is_marked(batch: &Batch) -> bool {
    batch.texts.iter().any(|input| !input.kept.is_empty())
}

/// The texts as they are sent.
pub(super) fn contents(batch: &Batch) -> Vec<Cow<'_, str>> {
    let marked = is_marked(batch);
    let text = |input| if marked { KEEP.write(input).into() } else { input.text.as_str().into() };
    batch.texts.iter().map(text).collect()
}

impl<'a> Request<'a> {
    /// The request for a batch between languages as Google calls them.
    pub(super) fn new(batch: &'a Batch, (source, target): (&'a str, &'a str), options: &Options) -> Self {
        let config = |glossary| GlossaryConfig {
            glossary,
            ignore_case: options.ignore_case,
            contextual_translation_enabled: options.contextual,
        };
        Self {
            contents: contents(batch),
            mime_type: if is_marked(batch) { "text/html" } else { "text/plain" },
            source_language_code: source,
            target_language_code: target,
            model: options.model(),
            glossary_config: options.glossary(batch.pair).map(config),
        }
    }
}

impl Response {
    /// The draft of each text of `batch`.
    ///
    /// # Errors
    /// When there are more or fewer.
    pub(super) fn drafts(self, batch: &Batch) -> Result<Vec<Result<Draft, Error>>, Error> {
        let Self { translations, glossary_translations: with_glossary } = self;
        let translations = if with_glossary.is_empty() { translations } else { with_glossary };
        if translations.len() != batch.texts.len() {
            let reason = format!("{} answers for {} texts", translations.len(), batch.texts.len());
            return Err(Error::bad_answer(reason));
        }
        let marked = is_marked(batch);
        let draft = |(input, Translation { translated_text }): (&Input, Translation)| {
            let text =
                translated_text.ok_or_else(|| Error::bad_answer("the answer has no translation for this text"))?;
            let text = if marked { KEEP.read(input, &text)? } else { text };
            Ok(Draft { text, alignment: None })
        };
        Ok(batch.texts.iter().zip(translations).map(draft).collect())
    }
}
