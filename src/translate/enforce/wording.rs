//! What may be written for a term: its preferred rendering, in the forms that fit how the source has the term.

use super::{Desk, words};
use crate::glossary::{self, Term};
use crate::model::{Gender, Kind, Lang, Mode, Number, Rendering, TermHit, TermStatus};
use crate::translate::Input;

/// A form of a rendering.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wording {
    pub(super) text: String,
    pub(super) gender: Option<Gender>,
    pub(super) number: Option<Number>,
}

impl Wording {
    /// The forms of a term's rendering that may stand in the translation of its text, likeliest first. Where the rules
    /// know singular and plural it is the one that the source has; else all listed forms.
    pub(super) fn all(desk: &Desk<'_>, input: &Input, term: usize) -> Vec<Self> {
        let hit = &input.terms[term];
        let stands = &input.text[hit.range.clone()];
        let Some(rendering) = rendering(hit, stands) else { return Vec::new() };
        let target = desk.pair.target;
        let gender = rendering.gender.or_else(|| glossary::gender(target, &rendering.term));
        let number = rendering.number.or_else(|| glossary::number(target, &rendering.term));
        let wording = |text: &str, number| Self { text: text.to_owned(), gender, number };
        let citation = wording(&rendering.term, number);
        if hit.dnt || rendering.mode == Mode::Exact {
            return vec![citation];
        }
        let other = other_number(rendering, number, desk);
        if other.is_empty() {
            let forms = rendering.forms.iter().map(|form| wording(form, None));
            return std::iter::once(citation).chain(forms).collect();
        }
        if !is_other_number(hit, stands, desk) {
            return vec![citation];
        }
        other.iter().map(|form| wording(form, number.map(turned))).collect()
    }
}

/// Pronouns of women and of men, by language.
const PRONOUNS: &[(&str, &[&str], &[&str])] = &[
    ("en", &["she", "her", "hers", "herself"], &["he", "his", "him", "himself"]),
    ("es", &["ella"], &["él"]),
    ("pt", &["ela", "dela"], &["ele", "dele"]),
    ("ru", &["она", "её", "ее", "ей", "неё", "нее"], &["он", "его", "ему", "него", "нему"]),
];

/// Whether the only persons that a text has pronouns for are women.
pub(super) fn speaks_of_a_woman(lang: Lang, text: &str) -> bool {
    let Some((_, women, men)) = PRONOUNS.iter().find(|(of, ..)| *of == lang.language()) else { return false };
    let text = text.to_lowercase();
    let holds = |pronouns: &[&str]| text.split(|c: char| !c.is_alphabetic()).any(|word| pronouns.contains(&word));
    holds(women) && !holds(men)
}

/// The rendering to write: initials for initials where the glossary has some, else the preferred one.
fn rendering<'h>(hit: &'h TermHit, stands: &str) -> Option<&'h Rendering> {
    let mut right = hit.renderings.iter().filter(|rendering| rendering.is_right());
    let initials = || right.clone().find(|rendering| rendering.kind == Kind::Acronym);
    let short = if is_initials(stands) { initials() } else { None };
    short.or_else(|| hit.preferred()).or_else(|| right.next())
}

/// Whether a term stands in its source as initials: `OCHA`, `U.N.`.
pub(super) fn is_initials(stands: &str) -> bool {
    stands.chars().filter(|c| c.is_uppercase()).count() > 1
        && !stands.contains([' ', '-'])
        && !stands.contains(char::is_lowercase)
}

impl Wording {
    /// A rendering and its forms, as the glossary lists them and as the rules have them.
    pub(super) fn forms(target: Lang, rendering: &Rendering) -> Vec<String> {
        let by_rule = if rendering.mode == Mode::Stem { glossary::forms(target, &rendering.term) } else { Vec::new() };
        std::iter::once(&rendering.term).chain(&rendering.forms).cloned().chain(by_rule).collect()
    }

    /// The feminine singular that the glossary lists for a rendering, where what `stands` is a masculine one; a plural may be
    /// of women and men.
    pub(super) fn feminine(target: Lang, rendering: &Rendering, stands: &str) -> Option<Self> {
        let gender = |form: &str| glossary::gender(target, form);
        let number = |form: &str| glossary::number(target, form);
        let is = |form: &str, wanted| number(form) == Some(Number::Singular) && gender(form) == Some(wanted);
        let text = rendering.forms.iter().find(|form| is(form, Gender::Feminine) && is(stands, Gender::Masculine))?;
        Some(Self { text: text.clone(), gender: Some(Gender::Feminine), number: Some(Number::Singular) })
    }
}

/// The plural of a rendering in the singular, or the reverse; empty where the rules do not know, or it has none.
fn other_number(rendering: &Rendering, number: Option<Number>, desk: &Desk<'_>) -> Vec<String> {
    let fixed = rendering.number.is_some() && number == Some(Number::Plural);
    if fixed { Vec::new() } else { glossary::forms(desk.pair.target, &rendering.term) }
}

/// Whether the source has the term in another number than the glossary does.
fn is_other_number(hit: &TermHit, stands: &str, desk: &Desk<'_>) -> bool {
    let same = |form: &String| form.to_lowercase() == stands.to_lowercase();
    // A listed form, as the feminine of a title, is not among those that the rules make.
    let number = |text: &str| glossary::number(desk.pair.source, text);
    let differs = || number(stands).zip(number(&hit.term)).is_some_and(|(own, citation)| own != citation);
    glossary::forms(desk.pair.source, &hit.term).iter().any(same) || differs()
}

/// Whether the source has a word that is only derived from the preferred term: `independent` for independence. It is likely
/// another part of speech, for which the term does not fit.
pub(super) fn is_derived(desk: &Desk<'_>, hit: &TermHit) -> bool {
    let Some(concept) = desk.glossary.concept(&hit.concept) else { return false };
    let of_source =
        |term: &&Term| term.lang.is_some_and(|lang| lang.language() == desk.pair.source.language()) && !hit.dnt;
    let mut preferred = concept.terms.iter().filter(of_source).filter(|term| term.status == TermStatus::Preferred);
    let is_word = |text: &str| !text.contains([' ', '-']);
    let is_own = |term: &Term| term.text == hit.term;
    is_word(&hit.term)
        && !preferred.clone().any(is_own)
        && preferred.any(|term| is_word(&term.text) && words::is_said(&hit.term, &term.text))
}

fn turned(number: Number) -> Number {
    match number {
        Number::Singular => Number::Plural,
        Number::Plural | Number::Dual => Number::Singular,
    }
}
