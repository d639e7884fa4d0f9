//! The laws of enforcement, with a backend that answers anything: any words, any alignment, any likelihood.

use std::ops::Range;
use std::sync::{LazyLock, Mutex};

use super::*;
use crate::model::Renditions;

const TARGETS: &[&str] = &["pt", "es", "fr", "de", "ru", "ar", "zh-Hans"];

/// What is in no glossary: words and signs of many scripts and lengths, some of which agree with what follows.
const PIECES: &[&str] = &[
    "o", "da", "l'", "d’", "du", "Der", "la", "um", "an", "às", "“", "”", "«", "\"", "(", ".", ", ", "—", "’", "1.234",
    "ß", "Straße", "Julia", "X1X", "X2X", "é", "e\u{301}", "İ", "ﷺ", "و", "ال", "的", "中国", "😀", "\u{a0}", "-",
    "assinado", "firmada", "she", "her", "", " ", "novo",
];

pub(super) static POLITICAL: LazyLock<Glossary> = LazyLock::new(|| {
    let text = include_str!("../../../../tests/data/enforcement/political.toml");
    Glossary::parse(Path::new("political.toml"), text).unwrap_or_else(|errors| panic!("{errors}"))
});

/// Throws of a die, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides.max(1) as u64).expect("less than `sides`")
    }

    fn one<'t>(&mut self, of: &'t [&'t str]) -> &'t str {
        of[self.below(of.len())]
    }

    /// Terms and other pieces, most of them apart.
    fn text(&mut self, terms: &[&str]) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(12) {
            let piece = if self.below(2) == 0 { self.one(terms) } else { self.one(PIECES) };
            let piece = match self.below(6) {
                0 => piece.to_uppercase(),
                1 => piece.replace('-', " "),
                _ => piece.to_owned(),
            };
            text += &piece;
            text += self.one(&[" ", " ", " ", ""]);
        }
        text
    }

    /// Any stretch on character borders, which may be empty.
    fn stretch(&mut self, text: &str) -> Range<usize> {
        let [one, other] = [(); 2].map(|()| crate::translate::spans::floor(text, self.below(text.len() + 1)));
        one.min(other)..one.max(other)
    }

    fn draft(&mut self, source: &str, terms: &[&str]) -> Draft {
        let text = self.text(terms);
        let link = |dice: &mut Self| Link {
            target: dice.stretch(&text),
            source: dice.stretch(source),
            weight: [0.1, 0.5, 1.0][dice.below(3)],
        };
        let links = (0..self.below(20)).map(|_| link(self)).collect();
        let alignment = (self.below(4) > 0).then_some(Alignment { links });
        Draft { text, alignment }
    }
}

/// A service's double that answers whatever the dice say.
struct Anything {
    capability: Capability,
    dice: Mutex<Dice>,
    says: Vec<&'static str>,
}

#[async_trait]
impl Backend for Anything {
    fn capability(&self) -> &Capability {
        &self.capability
    }

    fn route(&self, _: Pair) -> Option<Provenance> {
        None
    }

    async fn translate(&self, batch: &Batch) -> Result<Answer, Error> {
        let dice = &mut *self.dice.lock().expect("dice");
        let draft = |input: &Input| {
            let own: Vec<&str> =
                input.forced.iter().map(|it| it.target.as_str()).chain([input.text.as_str()]).collect();
            let says = if dice.below(2) == 0 { &own } else { &self.says };
            dice.draft(&input.text, says)
        };
        Ok(batch.texts.iter().map(draft).collect::<Vec<_>>().into())
    }

    async fn score(&self, _: Pair, asks: Vec<Scored>) -> Result<Vec<Vec<f32>>, Error> {
        let dice = &mut *self.dice.lock().expect("dice");
        let mut score = |_: &String| [-0.5, -1.0, f32::NAN][dice.below(3)];
        Ok(asks.iter().map(|ask| ask.translations.iter().map(&mut score).collect()).collect())
    }
}

/// All terms that the glossary has for a language.
fn said_in(tag: &str) -> Vec<&'static str> {
    let terms = POLITICAL.concepts().iter().flat_map(|concept| &concept.terms);
    terms.filter(|term| term.lang.is_none_or(|own| own == lang(tag))).map(|term| term.text.as_str()).collect()
}

fn rendered(renditions: &Renditions) -> usize {
    renditions.terms.iter().flatten().count()
}

/// A text, what a backend may make of it, and what is held of that.
fn holds(seed: u64, target: &str, uses: u8) -> Result<(), TestCaseError> {
    let pair = Pair { source: lang("en"), target: lang(target) };
    let mut dice = Dice(seed);
    let terms_of_target = said_in(target);
    let text = dice.text(&said_in("en"));
    let text = text.trim();
    let terms = terms(&POLITICAL, text, target);
    let input = Input { text: text.to_owned(), align: true, terms, ..Input::default() };
    let draft = dice.draft(text, &terms_of_target);
    let use_of = TermUse { forces: uses & 1 > 0, keeps: uses & 2 > 0, scores: uses & 4 > 0, heeds: Heeds::Nothing };
    let capability = Phrases::new(Set { aligns: true, terms: use_of, breaks: false }).capability;
    let backend = Anything { capability, dice: Mutex::new(dice), says: terms_of_target };
    let link = Layered::local("anything", Arc::new(backend));
    let desk = Desk { link: &link, glossary: &POLITICAL, pair };
    let before = POLITICAL.renditions(pair.target, &input.terms, &draft.text);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let Held { draft: held, terms } = runtime.block_on(desk.hold(vec![(&input, draft.clone())])).remove(0);
    let after = POLITICAL.renditions(pair.target, &input.terms, &held.text);
    prop_assert!(rendered(&after) >= rendered(&before), "{text}\n{}\n{}\n{before:?}\n{after:?}", draft.text, held.text);
    let wanted: Vec<_> = input.terms.iter().zip(&after.terms).filter(|(hit, _)| hit.is_rendered()).collect();
    prop_assert_eq!(wanted.len(), terms.len());
    for ((hit, rendition), made) in wanted.into_iter().zip(terms) {
        prop_assert_eq!(&made.concept, &hit.concept);
        prop_assert_eq!(made.strategy == Strategy::Missing, rendition.is_none());
        prop_assert_eq!(made.range, rendition.as_ref().map(|it| it.range.clone()));
    }
    for link in held.alignment.iter().flat_map(|alignment| &alignment.links) {
        prop_assert!(held.text.get(link.target.clone()).is_some(), "{link:?} of {}", held.text);
        prop_assert!(text.get(link.source.clone()).is_some(), "{link:?} of {text}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn whatever_a_backend_answers_the_laws_hold(seed: u64, target in 0..TARGETS.len(), uses in 0..8_u8) {
        holds(seed, TARGETS[target], uses)?;
    }
}

#[test]
fn a_likelier_take_does_not_lose_a_term_that_is_not_required() {
    holds(3_945_268_305_666_410_503, TARGETS[5], 5).expect("the laws");
}

#[test]
fn edits_that_would_overlap_are_left_out() {
    holds(9_319_233_987_220_988_485, "pt", 7).expect("the laws");
}
