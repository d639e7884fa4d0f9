//! Takes in which the rendering of each missing term is replaced by the required one.
//!
//! What is replaced is, in this order: a term that the glossary forbids or confuses with the missing one; what the
//! backend says for the bare term; what its alignment shows to render the term.

use std::collections::BTreeMap;
use std::ops::Range;

use super::agreement::{self, Fit};
use super::take::{self, Edit, Take};
use super::wording::{self, Wording};
use super::{Desk, words};
use crate::glossary::matching;
use crate::model::Strategy;
use crate::translate::{Input, spans};

/// Where a rendering is looked for, best first: whether what the backend says for the bare term goes first, and what part
/// of a target word has to render the term, from 0 to 1, so that the word is replaced. A lower part catches what a higher
/// one leaves behind, a higher one spares what a lower one swallows.
const WAYS: &[(bool, f32)] = &[(true, 0.6), (false, 0.6), (false, 0.45), (false, 0.75), (false, 0.3)];

/// Takes of one way: where a term has several forms, or what stands before it several, each is tried.
const ALTERNATIVES: usize = 12;

/// The takes of `plain` with its missing terms put in; `bare` are the backend's renderings of bare terms.
pub(super) fn takes(desk: &Desk<'_>, input: &Input, plain: &Take, bare: &BTreeMap<String, String>) -> Vec<Take> {
    let mut takes: Vec<Take> = Vec::new();
    let mut known: Vec<Vec<(usize, Range<usize>)>> = Vec::new();
    let nothing = BTreeMap::new();
    for (said, part) in WAYS {
        let spans = spans(desk, input, plain, if *said { bare } else { &nothing }, *part);
        if spans.is_empty() || known.contains(&spans) {
            continue;
        }
        let strategy = if plain.draft.alignment.is_some() { Strategy::Replaced } else { Strategy::Substituted };
        let ways = [after_articles(desk, plain, &spans), Some(spans.clone())];
        for edits in ways.into_iter().flatten().flat_map(|spans| alternatives(desk, input, plain, &spans)) {
            takes.push(plain.edited(desk, input, edits, strategy));
        }
        known.push(spans);
    }
    takes
}

/// The stretches, each from behind an article in it on, where there is one: what stands before an article is hardly the
/// term's, as the verb of `emitem uma [declaração comum]`.
fn after_articles(
    desk: &Desk<'_>,
    plain: &Take,
    spans: &[(usize, Range<usize>)],
) -> Option<Vec<(usize, Range<usize>)>> {
    let text = &plain.draft.text;
    let behind = |(term, span): &(usize, Range<usize>)| {
        let start = agreement::behind_article(desk.pair.target, &text[span.clone()]).unwrap_or(0);
        (*term, span.start + start..span.end)
    };
    let cut: Vec<(usize, Range<usize>)> = spans.iter().map(behind).collect();
    (cut != spans).then_some(cut)
}

/// The stretches to be replaced, each with the place of its term; they are apart.
fn spans(
    desk: &Desk<'_>,
    input: &Input,
    plain: &Take,
    bare: &BTreeMap<String, String>,
    threshold: f32,
) -> Vec<(usize, Range<usize>)> {
    let right = plain.terms.iter().filter_map(|term| Some(term.rendition.as_ref()?.range.clone()));
    let mut taken: Vec<Range<usize>> = right.collect();
    let mut spans = Vec::new();
    for term in plain.places_missing() {
        let places = [
            wrong(input, plain, term, &taken),
            said(desk, input, plain, term, bare, &taken),
            aligned(input, plain, term, threshold),
        ];
        let fits =
            |span: &Range<usize>| !span.is_empty() && apart(span, &taken) && !cuts_compound(&plain.draft.text, span);
        if let Some(span) = places.into_iter().flatten().find(fits) {
            taken.push(span.clone());
            spans.push((term, span));
        }
    }
    spans
}

/// Whether a stretch is some words of a longer compound: `of-court` in `out-of-court`.
pub(super) fn cuts_compound(text: &str, span: &Range<usize>) -> bool {
    text[span.clone()].contains('-') && (text[..span.start].ends_with('-') || text[span.end..].starts_with('-'))
}

fn apart(span: &Range<usize>, taken: &[Range<usize>]) -> bool {
    !taken.iter().any(|other| words::meet(span, other))
}

/// Where the draft has a term that must not stand for this one.
fn wrong(input: &Input, plain: &Take, term: usize, taken: &[Range<usize>]) -> Option<Range<usize>> {
    let hit = &input.terms[term];
    let mut others = plain.others.iter().filter(|other| apart(&other.range, taken));
    let is_wrong = |concept: &String| *concept == hit.concept || hit.not.contains(concept);
    others.find(|other| is_wrong(&other.concept)).map(|other| other.range.clone())
}

/// Where the draft renders the term, as its alignment shows.
fn aligned(input: &Input, plain: &Take, term: usize, threshold: f32) -> Option<Range<usize>> {
    let alignment = plain.draft.alignment.as_ref()?;
    spans::aligned(&input.text, &input.terms[term].range, &plain.draft.text, alignment, threshold)
}

/// Where the draft says what the backend says for the bare term.
fn said(
    desk: &Desk<'_>,
    input: &Input,
    plain: &Take,
    term: usize,
    bare: &BTreeMap<String, String>,
    taken: &[Range<usize>],
) -> Option<Range<usize>> {
    let rendering = bare.get(&input.text[input.terms[term].range.clone()])?;
    let rendering = rendering.trim_matches(|c: char| !c.is_alphanumeric());
    let found = matching::occurrences(desk.pair.target, &plain.draft.text, rendering);
    found.into_iter().find(|range| apart(range, taken))
}

/// The ways to fill the stretches: all with what is likeliest, then each with what else may stand there.
fn alternatives(desk: &Desk<'_>, input: &Input, plain: &Take, spans: &[(usize, Range<usize>)]) -> Vec<Vec<Edit>> {
    let fits = |(term, span): &(usize, Range<usize>)| -> Vec<Edit> {
        let text = &plain.draft.text;
        let initials = wording::is_initials(&input.text[input.terms[*term].range.clone()]);
        let ways = |it: Wording| {
            let whole = with_word_before(text, span, &it.text)..span.end;
            let fits = agreement::fits(desk.pair.target, text, &whole, &it, initials).into_iter();
            fits.map(move |fit| with_word_after(text, fit, &it.text)).collect::<Vec<_>>()
        };
        let fits = Wording::all(desk, input, *term).into_iter().flat_map(ways);
        fits.map(|fit| Edit { term: *term, core: span.clone(), range: fit.range, with: fit.with }).collect()
    };
    let choices: Vec<Vec<Edit>> = spans.iter().map(fits).filter(|fits| !fits.is_empty()).collect();
    let first: Vec<Edit> = choices.iter().map(|fits| fits[0].clone()).collect();
    let other = |at: usize, fit: &Edit| {
        let mut edits = first.clone();
        edits[at] = fit.clone();
        edits
    };
    let others: Vec<Vec<Edit>> = choices
        .iter()
        .enumerate()
        .flat_map(|(at, fits)| fits[1..].iter().map(move |fit| (at, fit)))
        .map(|(at, fit)| other(at, fit))
        .collect();
    let mut all = vec![first];
    all.extend(others);
    all.retain(|edits| !edits.is_empty() && take::are_apart(edits));
    all.truncate(ALTERNATIVES);
    all
}

/// Where a stretch begins with the word before it that the term says again, if there is one: `ministro dos [..]`.
fn with_word_before(text: &str, span: &Range<usize>, term: &str) -> usize {
    let mut at = span.start;
    for _ in 0..2 {
        let Some(before) = text[..at].strip_suffix(' ') else { break };
        let start = before
            .rfind(|c: char| !c.is_alphanumeric() && c != '-')
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let word = &before[start..];
        if words::is_said(word, term) {
            return start;
        }
        if !spans::is_small(word) {
            break;
        }
        at = start;
    }
    span.start
}

/// A fit that takes the word after it along, where the term says it again; quotes between the two stay.
fn with_word_after(text: &str, fit: Fit, term: &str) -> Fit {
    let rest = &text[fit.range.end..];
    let between = rest.len() - rest.trim_start_matches([' ', '"', '”', '“', '»', '’']).len();
    let word = &rest[between..];
    let word = &word[..word.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(word.len())];
    if !words::is_said(word, term) {
        return fit;
    }
    let quotes = rest[..between].replace(' ', "");
    Fit { range: fit.range.start..fit.range.end + between + word.len(), with: fit.with + &quotes }
}
