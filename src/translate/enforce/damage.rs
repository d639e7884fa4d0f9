//! What a repair may have broken: found by comparing it with the plain draft and the source.

use std::collections::BTreeMap;
use std::ops::Range;

use super::agreement;
use super::take::Take;
use super::words::{NEAR, is_content, is_near, is_same, meet, words};
use crate::model::{Lang, Rendition};
use crate::translate::{Input, spans};

/// Why a take is thrown away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Damage {
    /// A name or a number of the source that the plain draft had is gone.
    Lost(String),
    /// A word of the term stands beside it once more.
    Doubled(String),
    /// A word that rendered something else than the term was replaced.
    Swallowed(String),
    /// A word of the source that the plain draft renders is rendered by nothing any more.
    Dropped(String),
    /// A word that rendered the term was left.
    LeftOver(String),
    /// A few words come again that came once in the plain draft.
    Repeated(String),
    /// Quotes and brackets are not those of the plain draft.
    Unbalanced,
    /// It is much shorter or longer than the plain draft.
    Length,
    /// Hardly a word of the plain draft is left.
    Strange,
}

/// What a take breaks, if anything.
pub(super) fn of(lang: Lang, input: &Input, plain: &Take, take: &Take) -> Option<Damage> {
    lost(input, plain, take)
        .or_else(|| doubled(plain, take))
        .or_else(|| replaced(lang, input, plain, take))
        .or_else(|| dropped(input, plain, take))
        .or_else(|| left_over(input, plain, take))
        .or_else(|| repeated(plain, take))
        .or_else(|| unbalanced(plain, take))
        .or_else(|| measure(plain, take))
}

/// Names and numbers outside the terms that the plain draft has as the source has them.
fn lost(input: &Input, plain: &Take, take: &Take) -> Option<Damage> {
    let in_term = |range: &Range<usize>| input.terms.iter().any(|hit| meet(range, &hit.range));
    let counted = |text: &str, word: &str| words(text).filter(|(_, other)| *other == word).count();
    let fixed = |word: &str| word.starts_with(char::is_uppercase) || word.contains(char::is_numeric);
    let mut outside = words(&input.text).filter(|(range, word)| fixed(word) && !in_term(range));
    let lost = outside.find(|(_, word)| counted(&take.draft.text, word) < counted(&plain.draft.text, word));
    lost.map(|(_, word)| Damage::Lost(word.to_owned()))
}

/// A content word of a term that came in stands beside it once more.
fn doubled(plain: &Take, take: &Take) -> Option<Damage> {
    let text = &take.draft.text;
    let all: Vec<(Range<usize>, &str)> = words(text).collect();
    for (term, before) in take.terms.iter().zip(&plain.terms) {
        let Some(rendition) = term.rendition.as_ref().filter(|_| before.rendition.is_none()) else { continue };
        let own = &rendition.range;
        let first = all.partition_point(|(range, _)| range.end <= own.start);
        let after = all.partition_point(|(range, _)| range.start < own.end);
        let beside = all[first.saturating_sub(NEAR)..first].iter().chain(all[after..].iter().take(NEAR));
        let free = beside.filter(|(range, _)| !take.has_term_in(range));
        for (_, word) in free {
            let count = |text: &str| words(text).filter(|(_, other)| is_same(word, other)).count();
            let more = || count(text) > count(&plain.draft.text);
            if all[first..after].iter().any(|(_, of_term)| is_same(word, of_term)) && more() {
                return Some(Damage::Doubled((*word).to_owned()));
            }
        }
    }
    None
}

/// A word is the term's when so much of it renders the term, and another's when less than the lower part does.
const OWN: f32 = 0.6;
const FOREIGN: f32 = 0.2;

/// Whether a word stands before the article of a stretch, and so is none of its words.
fn is_before_article(lang: Lang, text: &str, word: &Range<usize>, span: &Range<usize>) -> bool {
    let from_word = text.get(word.start..span.end).filter(|_| word.end <= span.start);
    let behind = from_word.and_then(|stretch| agreement::behind_article(lang, stretch));
    behind.is_some_and(|at| word.start + at <= span.start)
}

/// What a replacement took too much of, or too little.
fn replaced(lang: Lang, input: &Input, plain: &Take, take: &Take) -> Option<Damage> {
    let alignment = plain.draft.alignment.as_ref()?;
    for (term, hit) in take.terms.iter().zip(&input.terms) {
        let Some(span) = &term.replaced else { continue };
        let mass = alignment.mass(&hit.range);
        let of = |range: &Range<usize>| {
            let own = mass.iter().filter(|(target, _)| meet(target, range)).map(|(_, mass)| *mass);
            own.fold(0.0_f32, f32::max)
        };
        for (range, word) in words(&plain.draft.text).filter(|(_, word)| is_content(word)) {
            if meet(&range, span) && of(&range) < FOREIGN {
                return Some(Damage::Swallowed(word.to_owned()));
            }
            if !plain.has_term_in(&range)
                && is_near(&plain.draft.text, span, &range)
                && !take.has_replaced_in(&range)
                && !is_before_article(lang, &plain.draft.text, &range, span)
                && of(&range) >= OWN
            {
                return Some(Damage::LeftOver(word.to_owned()));
            }
        }
    }
    None
}

/// A word beside a term of the source that was lost when the backend was made to say the term: the plain draft has a word
/// for it, the take none but the term itself.
fn dropped(input: &Input, plain: &Take, take: &Take) -> Option<Damage> {
    let said_anew = |term: usize| {
        let (own, before) = (&take.terms[term], &plain.terms[term]);
        own.rendition.as_ref().filter(|_| before.rendition.is_none() && own.replaced.is_none())
    };
    let new = (0..take.terms.len()).filter_map(|term| Some((&input.terms[term].range, &said_anew(term)?.range)));
    let new: Vec<(&Range<usize>, &Range<usize>)> = new.collect();
    let rendered = |take: &Take, word: &Range<usize>, spared: &[&Range<usize>]| {
        let mass = take.draft.alignment.as_ref().map(|alignment| alignment.mass(word)).unwrap_or_default();
        let free = mass.into_iter().filter(|(range, _)| !spared.iter().any(|term| meet(range, term)));
        free.map(|(_, mass)| mass).fold(0.0_f32, f32::max)
    };
    let said: Vec<&Range<usize>> = new.iter().map(|(_, said)| *said).collect();
    let beside = |range: &Range<usize>| {
        let in_term = input.terms.iter().any(|hit| meet(&hit.range, range));
        !in_term && new.iter().any(|(source, _)| is_near(&input.text, source, range))
    };
    let mut words = words(&input.text).filter(|(range, word)| is_content(word) && beside(range));
    let lost = |range: &Range<usize>| rendered(plain, range, &[]) >= OWN && rendered(take, range, &said) < FOREIGN;
    words.find(|(range, _)| lost(range)).map(|(_, word)| Damage::Dropped(word.to_owned()))
}

/// A word that renders a term which the backend was made to say beside it.
fn left_over(input: &Input, plain: &Take, take: &Take) -> Option<Damage> {
    let alignment = take.draft.alignment.as_ref()?;
    for ((term, before), hit) in take.terms.iter().zip(&plain.terms).zip(&input.terms) {
        let Some(Rendition { range: said, .. }) = &term.rendition else { continue };
        if before.rendition.is_some() || term.replaced.is_some() {
            continue;
        }
        let mass = alignment.mass(&hit.range);
        let own = mass
            .iter()
            .filter(|(range, mass)| *mass >= OWN && !take.has_term_in(range) && is_near(&take.draft.text, said, range));
        let word = |range: &Range<usize>| words(&take.draft.text).find(|(word, _)| meet(word, range));
        // Right beside the term even a short word is left over: `One [Belt and Road Initiative]`.
        let beside = |range: &Range<usize>| range.end + 1 == said.start || said.end + 1 == range.start;
        let counts = |(range, word): &(Range<usize>, &str)| {
            is_content(word) || (beside(range) && word.chars().count() > 1 && !spans::is_small(word))
        };
        if let Some((_, word)) = own.filter_map(|(range, _)| word(range)).find(counts) {
            return Some(Damage::LeftOver(word.to_owned()));
        }
    }
    None
}

/// Three words that come more often than in the plain draft.
fn repeated(plain: &Take, take: &Take) -> Option<Damage> {
    let count = |text: &str| {
        let words: Vec<String> = words(text).map(|(_, word)| word.to_lowercase()).collect();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        words.windows(3).for_each(|three| *counts.entry(three.join(" ")).or_default() += 1);
        counts
    };
    let before = count(&plain.draft.text);
    // A term that a text holds twice may come twice.
    let of_term = |three: &str| {
        let terms = take.terms.iter().filter_map(|term| term.rendition.as_ref());
        terms
            .map(|it| take.draft.text[it.range.clone()].to_lowercase())
            .any(|term| three.split(' ').all(|word| term.contains(word)))
    };
    let mut more = count(&take.draft.text)
        .into_iter()
        .filter(|(three, now)| *now > 1 && before.get(three).copied().unwrap_or(0) < *now);
    more.find(|(three, _)| !of_term(three)).map(|(three, _)| Damage::Repeated(three))
}

fn unbalanced(plain: &Take, take: &Take) -> Option<Damage> {
    const PAIRED: &[char] = &['"', '“', '”', '„', '«', '»', '(', ')', '[', ']'];
    let count = |text: &str| PAIRED.iter().map(|sign| text.matches(*sign).count()).collect::<Vec<_>>();
    (count(&plain.draft.text) != count(&take.draft.text)).then_some(Damage::Unbalanced)
}

/// A term may stand for a few words more or less, which have so many characters.
const SLACK: usize = 30;

/// Compares length and words outside the terms.
fn measure(plain: &Take, take: &Take) -> Option<Damage> {
    let outside = |take: &Take, touched: &dyn Fn(&Range<usize>) -> bool| {
        words(&take.draft.text)
            .filter(|(range, _)| !touched(range))
            .map(|(_, word)| word.to_lowercase())
            .collect::<Vec<_>>()
    };
    let before = outside(plain, &|range| take.has_replaced_in(range));
    let now = outside(take, &|range| take.has_term_in(range));
    let characters = |words: &[String]| words.iter().map(|word| word.chars().count()).sum::<usize>();
    let (was, is) = (characters(&before), characters(&now));
    if is * 10 + SLACK * 10 < was * 6 || is * 6 > was * 10 + SLACK * 10 {
        return Some(Damage::Length);
    }
    let kept = now.iter().filter(|word| before.contains(word)).count();
    (now.len() >= 6 && kept * 2 < now.len()).then_some(Damage::Strange)
}
