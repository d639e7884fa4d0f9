//! What is asked of `/v2/translate`, and what it answers.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::KEEP;
use super::options::{Formality, Model, Options};
use crate::translate::{Batch, Context, Input};

/// The body of a request.
#[derive(Serialize)]
pub(super) struct Request<'a> {
    text: Vec<Cow<'a, str>>,
    source_lang: &'a str,
    target_lang: &'a str,
    /// A text is a sentence: it is not to be split.
    split_sentences: &'static str,
    /// The first letter and the punctuation at the end stay as they are.
    preserve_formatting: bool,
    show_billed_characters: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    context: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) glossary_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    formality: Option<Formality>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model_type: Option<Model>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    custom_instructions: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tag_handling: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag_handling_version: Option<&'static str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    ignore_tags: &'static [&'static str],
}

/// Its answer.
#[derive(Deserialize)]
pub(super) struct Response {
    pub(super) translations: Vec<Translation>,
}

#[derive(Deserialize)]
pub(super) struct Translation {
    pub(super) text: String,
    #[serde(default)]
    pub(super) billed_characters: Option<u64>,
}

/// Bytes of context at the most.
const MOST_CONTEXT: usize = 12_000;

impl<'a> Request<'a> {
    /// The request for the texts of `batch`, in XML where something in them is to be kept, between languages as DeepL calls
    /// them.
    pub(super) fn new(batch: &'a Batch, (source_lang, target_lang): (&'a str, &'a str), options: &'a Options) -> Self {
        let marked = batch.texts.iter().any(|input| !input.kept.is_empty());
        let text = |input: &'a Input| if marked { KEEP.write(input).into() } else { input.text.as_str().into() };
        Self {
            text: batch.texts.iter().map(text).collect(),
            source_lang,
            target_lang,
            split_sentences: "0",
            preserve_formatting: true,
            show_billed_characters: true,
            context: context(&batch.texts),
            glossary_id: None,
            formality: options.formality(),
            model_type: options.model,
            custom_instructions: options.instructions(batch.pair.target),
            tag_handling: marked.then_some("xml"),
            tag_handling_version: marked.then_some("v2"),
            ignore_tags: if marked { &["keep"] } else { &[] },
        }
    }
}

/// What stands around the texts: the headline, and the sentences in reading order, each once. The same context goes for
/// all texts of a request. Empty where nothing stands around them.
fn context(texts: &[Input]) -> String {
    let around = |input: &Input| input.context != Context::default();
    if !texts.iter().any(around) {
        return String::new();
    }
    let title = texts.iter().map(|input| input.context.title.as_str()).take(1);
    let sentences = texts.iter().flat_map(|input| [&*input.context.before, &*input.text, &*input.context.after]);
    let (mut context, mut known) = (String::new(), BTreeSet::from([""]));
    for sentence in title.chain(sentences).map(str::trim) {
        if context.len() + sentence.len() < MOST_CONTEXT && known.insert(sentence) {
            context.push_str(if context.is_empty() { "" } else { "\n" });
            context.push_str(sentence);
        }
    }
    context
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(before: &str, text: &str, after: &str) -> Input {
        let context = Context { title: "Talks".into(), before: before.into(), after: after.into() };
        Input { text: text.into(), context, ..Input::default() }
    }

    #[test]
    fn context_is_the_headline_and_each_sentence_once() {
        let texts = [input("A.", "B.", "C."), input("B.", "C.", "D."), input("E.", "F.", "")];
        assert_eq!(context(&texts), "Talks\nA.\nB.\nC.\nD.\nE.\nF.");
        assert_eq!(context(&[Input { text: "B.".into(), ..Input::default() }]), "");
        let long = "x".repeat(MOST_CONTEXT);
        assert_eq!(context(&[input(&long, "B.", "C.")]), "Talks\nB.\nC.");
    }
}
