//! What is answered, in LibreTranslate's shapes.

use serde::Serialize;

use crate::model::{Detection, Lang};

/// The answer to `/translate`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Translation {
    #[serde(rename = "translatedText")]
    pub(super) translated: Shaped<String>,
    #[serde(rename = "detectedLanguage", skip_serializing_if = "Option::is_none")]
    pub(super) detected: Option<Shaped<Told>>,
    /// Always empty: there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) alternatives: Option<Shaped<Vec<String>>>,
}

/// One thing for one text, a list of them for a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Shaped<T> {
    One(T),
    List(Vec<T>),
}

/// A language and how sure it is, from 0 to 100.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Told {
    confidence: f64,
    language: String,
}

impl<T: Clone> Shaped<T> {
    /// `things` in the shape of the request; one that asks for no list has one text.
    pub(super) fn new(things: Vec<T>, is_list: bool) -> Self {
        match <[T; 1]>::try_from(things) {
            Ok([thing]) if !is_list => Self::One(thing),
            Ok(things) => Self::List(things.to_vec()),
            Err(things) => Self::List(things),
        }
    }
}

impl Told {
    /// What was told of a language, if anything.
    pub(super) fn of(detection: Detection) -> Option<(Lang, Self)> {
        let Detection::Known { lang, confidence } = detection else { return None };
        let confidence = (confidence * 100.0).round();
        Some((lang, Self { confidence, language: lang.to_string() }))
    }
}
