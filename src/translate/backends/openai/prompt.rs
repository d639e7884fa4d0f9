//! What a model is told: the task as a text that people can read, and what is to be translated as data.
//!
//! Law: nothing of an article can leave its JSON string. Besides quotes and backslashes, what chat templates take for marks
//! of their own (`<|im_end|>`, `</s>`, `[INST]`) is escaped, so that no server reads it as one.

use serde::Serialize;

use crate::model::{TermHit, TermStatus};
use crate::translate::{Batch, Input};

/// The task, with `{source}`, `{target}` and `{instructions}` to be filled in.
pub(super) const TEMPLATE: &str = include_str!("prompt.txt");

/// Characters of a text around a segment, or of a headline, that are sent with it.
const MOST_CONTEXT: usize = 400;

/// What is asked of the model.
pub(super) fn system(source: &str, target: &str, instructions: &str) -> String {
    let house = match instructions.trim() {
        "" => String::new(),
        style => format!("\nThe house style, which goes before what is said above\n{style}\n"),
    };
    TEMPLATE.replace("{source}", source).replace("{target}", target).replace("{instructions}", &house)
}

/// What is to be translated, as JSON.
pub(super) fn user(batch: &Batch) -> String {
    let json = serde_json::to_string(&Data::new(batch)).expect("strings and numbers are JSON");
    disarmed(&json)
}

#[derive(Serialize)]
struct Data<'b> {
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'b str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    glossary: Vec<Entry<'b>>,
    segments: Vec<Segment<'b>>,
}

#[derive(Serialize)]
struct Segment<'b> {
    id: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'b str>,
    text: &'b str,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'b str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keep: Vec<&'b str>,
}

#[derive(Serialize)]
struct Entry<'b> {
    term: &'b str,
    segments: Vec<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part_of_speech: Option<&'b str>,
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    preferred: Option<&'b str>,
    #[serde(rename = "or", skip_serializing_if = "Vec::is_empty")]
    admitted: Vec<&'b str>,
    #[serde(rename = "never", skip_serializing_if = "Vec::is_empty")]
    forbidden: Vec<Forbidden<'b>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'b str>,
}

#[derive(Serialize)]
struct Forbidden<'b> {
    term: &'b str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'b str>,
}

impl<'b> Data<'b> {
    fn new(batch: &'b Batch) -> Self {
        let segment = |(at, input): (usize, &'b Input)| Segment::new(&batch.texts, at, input);
        let segments = batch.texts.iter().enumerate().map(segment).collect();
        Self { headline: headline(&batch.texts), glossary: glossary(&batch.texts), segments }
    }
}

/// The headline of the article that all texts are of, unless it is one of them.
fn headline(texts: &[Input]) -> Option<&str> {
    let title = texts.first()?.context.title.as_str();
    let shared = texts.iter().all(|input| input.context.title == title && input.text != title);
    (shared && !title.is_empty()).then(|| beginning(title))
}

impl<'b> Segment<'b> {
    /// The segment at `at`; of what stands around it, what is no segment of the batch itself.
    fn new(texts: &'b [Input], at: usize, input: &'b Input) -> Self {
        let is_text = |place: Option<usize>, said: &str| {
            place.and_then(|place| texts.get(place)).is_some_and(|other| other.text == said)
        };
        let (before, after) = (input.context.before.as_str(), input.context.after.as_str());
        let before = (!before.is_empty() && !is_text(at.checked_sub(1), before)).then(|| end(before));
        let after = (!after.is_empty() && !is_text(Some(at + 1), after)).then(|| beginning(after));
        let keep = input.kept.iter().filter_map(|range| input.text.get(range.clone())).collect();
        Self { id: at + 1, before, text: &input.text, after, keep }
    }
}

/// The terms of all texts in order of first occurrence, each once.
fn glossary(texts: &[Input]) -> Vec<Entry<'_>> {
    let mut glossary: Vec<(&TermHit, Entry<'_>)> = Vec::new();
    let hits = texts.iter().enumerate().flat_map(|(at, input)| input.terms.iter().map(move |hit| (at + 1, input, hit)));
    for (id, input, hit) in hits {
        let same = |(other, _): &&mut (&TermHit, Entry<'_>)| {
            (&other.concept, &other.term, &other.renderings) == (&hit.concept, &hit.term, &hit.renderings)
        };
        match glossary.iter_mut().find(same) {
            Some((_, term)) if term.segments.last() == Some(&id) => {}
            Some((_, term)) => term.segments.push(id),
            None => glossary.extend(Entry::new(id, input, hit).map(|term| (hit, term))),
        }
    }
    glossary.into_iter().map(|(_, term)| term).collect()
}

impl<'b> Entry<'b> {
    /// What is to be said of a term, if anything.
    fn new(id: usize, input: &'b Input, hit: &'b TermHit) -> Option<Self> {
        let of = |status: TermStatus| hit.renderings.iter().filter(move |it| it.status == status);
        let mut wanted = of(TermStatus::Preferred).chain(of(TermStatus::Admitted)).map(|it| it.term.as_str());
        let stands = hit.dnt.then(|| input.text.get(hit.range.clone())).flatten();
        let preferred = stands.or_else(|| wanted.next());
        let admitted: Vec<&str> = if stands.is_some() { Vec::new() } else { wanted.collect() };
        let forbidden: Vec<_> = of(TermStatus::Forbidden)
            .chain(of(TermStatus::Superseded))
            .map(|it| Forbidden { term: &it.term, why: it.why.as_deref() })
            .collect();
        let (part_of_speech, note) = (hit.pos.as_deref(), hit.note.as_deref());
        let says = preferred.is_some() || !forbidden.is_empty();
        says.then(|| Self { term: &hit.term, segments: vec![id], part_of_speech, preferred, admitted, forbidden, note })
    }
}

/// JSON in which no text holds what a chat template takes for a mark: `<` of a string, and `[` before a capital or a slash,
/// are written as escapes. Outside of strings JSON has neither.
fn disarmed(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    let mut chars = json.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '[' if chars.peek().is_some_and(|&next| next == '/' || next.is_ascii_uppercase()) => {
                safe.push_str("\\u005b");
            }
            c => safe.push(c),
        }
    }
    safe
}

fn beginning(text: &str) -> &str {
    text.char_indices().nth(MOST_CONTEXT).map_or(text, |(at, _)| &text[..at])
}

fn end(text: &str) -> &str {
    let beyond = text.chars().count().saturating_sub(MOST_CONTEXT);
    text.char_indices().nth(beyond).map_or("", |(at, _)| &text[at..])
}
