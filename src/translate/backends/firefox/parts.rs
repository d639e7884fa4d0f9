//! From texts to drafts through one model: cut into parts that fit, protected, translated together, verified, joined.
//!
//! Law: one draft for each text, in order, or an error. A part whose translation lost a placeholder or did not come to
//! its end is translated again: with other placeholders, then around its tokens or in halves.

use std::ops::Range;

use super::model::{Given, Model, Rendering, Term, Tokens, WINDOW};
use super::protect::{Protected, SHAPES, protect};
use super::split::{halves, sentences};
use super::vocabulary::{Vocabulary, capitals};
use crate::translate::rewrite::Rewrite;
use crate::translate::{Alignment, Draft, Error, Forced, Input, Link, Scored};

/// A part of a text, ready for the model.
struct Part {
    /// The place of its text.
    input: usize,
    range: Range<usize>,
    protected: Protected,
    tokens: Tokens,
}

impl Part {
    /// What is to be said for it, of all that is to be said for its text; what meets a stand-in is not.
    fn terms<'a>(&self, input: &'a Input) -> Vec<Term<'a>> {
        let inside = |range: &Range<usize>| self.range.start <= range.start && range.end <= self.range.end;
        let term = |forced: &'a Forced| {
            let range = forced.source.start - self.range.start..forced.source.end - self.range.start;
            let source = self.protected.sent_range(&range)?;
            Some(Term { source, target: &forced.target, at_least: forced.at_least })
        };
        input.forced.iter().filter(|forced| inside(&forced.source)).filter_map(term).collect()
    }
}

/// Translates `texts` through `model`.
pub(super) fn translate(model: &Model, texts: &[Input]) -> Result<Vec<Draft>, Error> {
    let mut parts = Vec::with_capacity(texts.len());
    for (input, Input { text, .. }) in texts.iter().enumerate() {
        cut(model, input, text, trimmed(text), WINDOW, &mut parts);
    }
    let sentences = first_try(model, texts, &parts);
    let mut joined: Vec<Joined> = texts.iter().map(|_| Joined::default()).collect();
    for (part, sentence) in parts.iter().zip(sentences) {
        let Input { text, align, .. } = &texts[part.input];
        let sentence = match sentence {
            Some(sentence) => sentence,
            None => again(model, &text[part.range.clone()], *align)?,
        };
        joined[part.input].push(model, text, part.range.clone(), sentence);
    }
    let draft = |(joined, input): (Joined, &Input)| Draft {
        text: joined.sentence.text,
        alignment: input.align.then_some(Alignment { links: joined.sentence.links }),
    };
    Ok(joined.into_iter().zip(texts).map(draft).collect())
}

/// A token that the model cannot write counts as so unlikely, as a natural logarithm: all translations of a text have
/// the same ones.
const UNLIKELY: f32 = -12.0;

/// The mean log-probability of translations; of a text that is more than one part nothing is known.
pub(super) fn score(model: &Model, asks: &[Scored]) -> Vec<Vec<f32>> {
    asks.iter().map(|ask| score_one(model, ask)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "tokens of a sentence are far fewer than 2^24")]
fn score_one(model: &Model, ask: &Scored) -> Vec<f32> {
    let text = ask.text.trim();
    let protected = protected(model, text, 0);
    if model.tokens(protected.sent()).ids.len() > WINDOW {
        return Vec::new();
    }
    let knows = |text: &str| model.knows(text);
    let target = model.pair.target;
    let vocabulary = Vocabulary { knows: &knows, unspaced: target.is_unspaced(), capitals: capitals(target) };
    let sent: Vec<String> = ask.translations.iter().map(|it| protected.unrestored(it, &vocabulary)).collect();
    let sent: Vec<&str> = sent.iter().map(String::as_str).collect();
    let mean = |scores: Vec<f32>| {
        let sum: f32 = scores.iter().map(|score| score.max(UNLIKELY)).sum();
        sum / scores.len().max(1) as f32
    };
    model.score(protected.sent(), &sent).into_iter().map(mean).collect()
}

fn trimmed(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start().len();
    start..start + text.trim().len()
}

/// Tokens of a part of a sentence that has to be cut: models render sentences of news length best, and leave out clauses
/// of those that fill the window.
const PART: usize = 64;

/// Cuts a text of more than `most` tokens into its sentences, and a sentence into parts.
fn cut(model: &Model, input: usize, text: &str, range: Range<usize>, most: usize, parts: &mut Vec<Part>) {
    let own = &text[range.clone()];
    let protected = protected(model, own, 0);
    let tokens = model.tokens(protected.sent());
    let moved = |part: Range<usize>| range.start + part.start..range.start + part.end;
    if tokens.ids.len() > most {
        let whole: Vec<Range<usize>> = protected.ranges().collect();
        let sentences = sentences(own, &whole);
        if sentences.len() > 1 {
            return sentences.into_iter().for_each(|part| cut(model, input, text, moved(part), most, parts));
        }
        if let Some((first, second)) = halves(own, &whole) {
            return [first, second].into_iter().for_each(|part| cut(model, input, text, moved(part), PART, parts));
        }
    }
    if !range.is_empty() {
        parts.push(Part { input, range, protected, tokens });
    }
}

fn protected(model: &Model, text: &str, shape: usize) -> Protected {
    let knows = |text: &str| model.knows(text);
    let source = model.pair.source;
    let vocabulary = Vocabulary { knows: &knows, unspaced: source.is_unspaced(), capitals: capitals(source) };
    protect(text, &SHAPES[shape], &vocabulary)
}

/// Translates all parts together; `None` for one that has to be translated again.
fn first_try(model: &Model, texts: &[Input], parts: &[Part]) -> Vec<Option<Sentence>> {
    let with_words: Vec<&Part> = parts.iter().filter(|part| part.protected.has_words()).collect();
    let terms: Vec<Vec<Term<'_>>> = with_words.iter().map(|part| part.terms(&texts[part.input])).collect();
    let given: Vec<Given<'_>> = with_words
        .iter()
        .zip(&terms)
        .map(|(part, terms)| {
            let align = texts[part.input].align;
            Given { text: part.protected.sent(), tokens: &part.tokens, align, terms }
        })
        .collect();
    let mut renderings = model.render(&given).into_iter();
    let sentence = |part: &Part| {
        if part.protected.has_words() {
            restored(model, &part.protected, renderings.next()?)
        } else {
            Some(as_it_is(&texts[part.input].text[part.range.clone()]))
        }
    };
    parts.iter().map(sentence).collect()
}

/// Translates one part; what holds no words stands for itself.
fn alone(model: &Model, text: &str, protected: &Protected, align: bool) -> Option<Sentence> {
    if !protected.has_words() {
        return Some(as_it_is(text));
    }
    let sent = protected.sent();
    let given = Given { text: sent, tokens: &model.tokens(sent), align, terms: &[] };
    restored(model, protected, model.render(&[given]).pop()?)
}

/// A sentence as it is rendered, or as it stands.
#[derive(Debug, Clone, Default, PartialEq)]
struct Sentence {
    text: String,
    links: Vec<Link>,
}

fn as_it_is(text: &str) -> Sentence {
    Sentence { text: text.to_owned(), links: vec![Link { target: 0..text.len(), source: 0..text.len(), weight: 1.0 }] }
}

/// Puts the tokens back and leads the links to the text as it was given.
fn restored(model: &Model, protected: &Protected, rendering: Rendering) -> Option<Sentence> {
    let whole = !rendering.cut && !is_short(model, protected.sent(), &rendering.text);
    let rewrite: Rewrite = protected.restore(&rendering.text).filter(|_| whole)?;
    let link = |link: Link| Link {
        target: rewrite.rewritten(&link.target),
        source: protected.original(&link.source),
        weight: link.weight,
    };
    let links = rendering.links.into_iter().map(link).filter(|link| !link.source.is_empty()).collect();
    Some(Sentence { links, text: rewrite.into_text() })
}

/// Texts shorter than this, in bytes, may have a translation of any length.
const LONG: usize = 80;

/// Whether a translation is so short that the model must have left something out, as it does where words recur.
fn is_short(model: &Model, sent: &str, translation: &str) -> bool {
    let factor = if model.pair.source.is_unspaced() == model.pair.target.is_unspaced() { 3 } else { 6 };
    sent.len() >= LONG && translation.len() * factor < sent.len()
}

/// Translates a part whose first translation was not whole.
fn again(model: &Model, text: &str, align: bool) -> Result<Sentence, Error> {
    let tokens: Vec<Range<usize>> = protected(model, text, SHAPES.len() - 1).ranges().collect();
    if !tokens.is_empty() {
        let mut others = (1..SHAPES.len()).map(|shape| protected(model, text, shape));
        if let Some(sentence) = others.find_map(|protected| alone(model, text, &protected, align)) {
            return Ok(sentence);
        }
        return around(model, text, &tokens, align);
    }
    let Some((one, other)) = halves(text, &[]) else {
        return Err(Error::bad_answer("the translation does not come to its end"));
    };
    in_parts(model, text, &[one, other], &[], align)
}

/// Translates the stretches between the tokens, which stand as they are.
fn around(model: &Model, text: &str, tokens: &[Range<usize>], align: bool) -> Result<Sentence, Error> {
    let starts = std::iter::once(0).chain(tokens.iter().map(|token| token.end));
    let ends = tokens.iter().map(|token| token.start).chain(std::iter::once(text.len()));
    let between = |(start, end): (usize, usize)| {
        let stretch = trimmed(&text[start..end]);
        start + stretch.start..start + stretch.end
    };
    let mut stretches: Vec<Range<usize>> = starts.zip(ends).map(between).chain(tokens.iter().cloned()).collect();
    stretches.retain(|stretch| !stretch.is_empty());
    stretches.sort_by_key(|stretch| stretch.start);
    in_parts(model, text, &stretches, tokens, align)
}

/// Translates stretches of a text one by one and joins them; those in `kept` stand as they are.
fn in_parts(
    model: &Model,
    text: &str,
    stretches: &[Range<usize>],
    kept: &[Range<usize>],
    align: bool,
) -> Result<Sentence, Error> {
    let mut joined = Joined::default();
    for range in stretches {
        let stretch = &text[range.clone()];
        let sentence = if kept.contains(range) {
            as_it_is(stretch)
        } else {
            let first = alone(model, stretch, &protected(model, stretch, 0), align);
            first.map_or_else(|| again(model, stretch, align), Ok)?
        };
        joined.push(model, text, range.clone(), sentence);
    }
    Ok(joined.sentence)
}

/// A draft in the making.
#[derive(Default)]
struct Joined {
    sentence: Sentence,
    /// Where the last part ends in the text.
    end: usize,
}

impl Joined {
    /// Appends the translation of the part of `text` at `range`.
    fn push(&mut self, model: &Model, text: &str, range: Range<usize>, part: Sentence) {
        let gap = &text[self.end..range.start];
        let draft = &mut self.sentence;
        if !draft.text.is_empty() {
            // Languages that write no spaces may need one in the other's translation.
            let missing = gap.is_empty() && model.pair.source.is_unspaced() && !model.pair.target.is_unspaced();
            draft.text.push_str(if missing { " " } else { gap });
        }
        let start = draft.text.len();
        let moved = |by: usize, range: Range<usize>| range.start + by..range.end + by;
        let link = |link: Link| Link {
            target: moved(start, link.target),
            source: moved(range.start, link.source),
            weight: link.weight,
        };
        draft.links.extend(part.links.into_iter().map(link));
        draft.text.push_str(&part.text);
        self.end = range.end;
    }
}

#[cfg(test)]
mod tests;
