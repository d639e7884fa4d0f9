mod laws;
mod quality;

use std::path::Path;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use proptest::prelude::*;

use super::*;
use crate::model::{Lang, Provenance, Strategy, TermHit};
use crate::translate::layers::Link as Layered;
use crate::translate::{Alignment, Answer, Backend, Capability, Error, Heeds, Link, Measure, TermUse};

/// A service's double: it translates phrase by phrase from a list, and does about terms what it is set to.
struct Phrases {
    capability: Capability,
    says: &'static [(&'static str, &'static str)],
    asked: Mutex<Vec<Input>>,
    /// Whether it fails once it was asked.
    breaks: bool,
}

const PHRASES: &[(&str, &str)] = &[
    ("The foreign ministers", "Os chanceleres"),
    ("The", "O"),
    ("the", "o"),
    ("foreign minister", "chanceler"),
    ("met", "encontrou"),
    ("of", "do"),
    ("joint statement", "comunicado conjunto"),
    ("a", "um"),
    ("signed by", "assinado por"),
    ("read", "leu"),
    ("AUKUS", "AUCUS"),
    ("in", "em"),
    ("human rights", "direitos do homem"),
];

const GLOSSARY: &str = r#"
schema = 1
[[concept]]
id = "foreign-minister"
pos = "noun"
[concept.terms]
en = [{ t = "foreign minister", match = "stem" }]
pt = [
  { t = "ministro das Relações Exteriores", gender = "masculine", match = "stem" },
  { t = "ministro do Exterior", status = "forbidden", why = "not what the ministry is called" },
]
zh-Hans = [{ t = "外交部长" }]
[[concept]]
id = "joint-statement"
[concept.terms]
en = [{ t = "joint statement", match = "stem" }]
pt = [{ t = "declaração conjunta", gender = "feminine", match = "stem" }]
[[concept]]
id = "human-rights"
[concept.terms]
en = [{ t = "human rights" }]
pt = [{ t = "direitos humanos" }]
[[concept]]
id = "aukus"
dnt = true
[concept.terms]
"*" = [{ t = "AUKUS", case = "exact", type = "acronym" }]
"#;

/// What a double is set to do.
#[derive(Clone, Copy, Default)]
struct Set {
    aligns: bool,
    terms: TermUse,
    breaks: bool,
}

impl Phrases {
    fn new(set: Set) -> Self {
        let capability = Capability {
            max_texts: 4,
            max_chars: 1000,
            max_total: usize::MAX,
            measure: Measure::Chars,
            context: false,
            aligns: set.aligns,
            network: true,
            terms: set.terms,
            more_pairs: "",
        };
        Self { capability, says: PHRASES, asked: Mutex::default(), breaks: set.breaks }
    }

    fn draft(&self, input: &Input) -> Draft {
        let (mut text, mut links, mut at) = (String::new(), Vec::new(), 0);
        while at < input.text.len() {
            let (source, said) = self.step(input, at);
            let start = text.len();
            text.push_str(&said);
            if said.contains(char::is_alphanumeric) {
                links.push(Link { target: start..text.len(), source: at..at + source, weight: 1.0 });
            }
            at += source;
        }
        Draft { text, alignment: (self.capability.aligns && input.align).then_some(Alignment { links }) }
    }

    /// The bytes of the next phrase at `at`, and what it becomes.
    fn step(&self, input: &Input, at: usize) -> (usize, String) {
        let rest = &input.text[at..];
        if let Some(kept) = input.kept.iter().find(|kept| kept.start == at) {
            return (kept.len(), input.text[kept.clone()].to_owned());
        }
        if self.capability.terms.heeds == Heeds::Glossary
            && let Some(hit) = input.terms.iter().find(|hit| hit.range.start == at)
        {
            return (hit.range.len(), hit.preferred().map_or_else(String::new, |it| it.term.clone()));
        }
        let ends = |phrase: &str| !rest[phrase.len()..].starts_with(char::is_alphanumeric);
        if let Some((phrase, said)) = self.says.iter().find(|(it, _)| rest.starts_with(it) && ends(it)) {
            return (phrase.len(), (*said).to_owned());
        }
        let word = rest.find(|c: char| !c.is_alphanumeric()).filter(|end| *end > 0).unwrap_or_else(|| {
            if rest.starts_with(char::is_alphanumeric) {
                rest.len()
            } else {
                rest.chars().next().map_or(1, char::len_utf8)
            }
        });
        (word, rest[..word].to_owned())
    }
}

#[async_trait]
impl Backend for Phrases {
    fn capability(&self) -> &Capability {
        &self.capability
    }

    fn route(&self, _: Pair) -> Option<Provenance> {
        Some(Provenance { backend: "phrases".into(), engine: "list 1".into(), models: Vec::new() })
    }

    async fn translate(&self, batch: &Batch) -> Result<Answer, Error> {
        if self.breaks {
            return Err(Error::bad_answer("it is out of order"));
        }
        self.asked.lock().expect("a list").extend(batch.texts.iter().cloned());
        Ok(batch.texts.iter().map(|input| self.draft(input)).collect::<Vec<_>>().into())
    }
}

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a tag")
}

fn glossary() -> Glossary {
    Glossary::parse(Path::new("g.toml"), GLOSSARY).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The terms of an English text, with their renderings in `target`.
fn terms(glossary: &Glossary, text: &str, target: &str) -> Vec<TermHit> {
    let document = crate::translate::tests::document(&[("en", &[text.into()])]);
    let prepared = glossary.annotate(document.map(|_, prepared| prepared.segment), lang(target));
    prepared.segments().flat_map(|(_, prepared)| prepared.terms.clone()).collect()
}

/// What is held of an English text, and what the backend was asked after its draft.
fn held(set: Set, target: &str, text: &str) -> (Held, Vec<Input>) {
    let (glossary, backend) = (glossary(), Arc::new(Phrases::new(set)));
    let pair = Pair { source: lang("en"), target: lang(target) };
    let input = Input { text: text.into(), align: true, terms: terms(&glossary, text, target), ..Input::default() };
    let draft = backend.draft(&input);
    let link = Layered::local("phrases", backend.clone());
    let desk = Desk { link: &link, glossary: &glossary, pair };
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let held = runtime.block_on(desk.hold(vec![(&input, draft)])).remove(0);
    let asked = backend.asked.lock().expect("a list").clone();
    (held, asked)
}

#[track_caller]
fn becomes(set: Set, target: &str, text: &str, expected: &str, strategies: &[Strategy]) {
    let (held, _) = held(set, target, text);
    assert_eq!(held.draft.text, expected);
    assert_eq!(held.terms.iter().map(|made| made.strategy).collect::<Vec<_>>(), strategies);
    for made in &held.terms {
        assert_eq!(made.range.is_none(), made.strategy == Strategy::Missing);
    }
}

const ALIGNS: Set = Set {
    aligns: true,
    terms: TermUse { heeds: Heeds::Nothing, forces: false, keeps: false, scores: false },
    breaks: false,
};
const PLAIN: Set = Set { aligns: false, ..ALIGNS };

#[test]
fn what_renders_a_term_is_replaced_by_the_required_term() {
    let required = "O ministro das Relações Exteriores encontrou Julia.";
    becomes(ALIGNS, "pt", "The foreign minister met Julia.", required, &[Strategy::Replaced]);
}

#[test]
fn articles_and_participles_agree_with_what_is_put() {
    let required = "Julia leu uma declaração conjunta assinada por Lima.";
    becomes(ALIGNS, "pt", "Julia read a joint statement signed by Lima.", required, &[Strategy::Replaced]);
}

#[test]
fn a_plural_is_put_for_a_plural() {
    let (held, _) = held(ALIGNS, "pt", "The foreign ministers met.");
    assert_eq!(held.draft.text, "Os ministros das Relações Exteriores encontrou.");
}

#[test]
fn without_an_alignment_the_rendering_of_the_bare_term_is_replaced() {
    let required = "O ministro das Relações Exteriores encontrou Julia.";
    becomes(PLAIN, "pt", "The foreign minister met Julia.", required, &[Strategy::Substituted]);
}

#[test]
fn a_term_that_is_not_to_be_translated_stays() {
    becomes(
        ALIGNS,
        "pt",
        "The foreign minister of AUKUS met.",
        "O ministro das Relações Exteriores do AUKUS encontrou.",
        &[Strategy::Replaced, Strategy::Replaced],
    );
}

#[test]
fn a_backend_that_keeps_is_given_the_term_itself() {
    const KEEPS: Set = Set { terms: TermUse { keeps: true, ..PLAIN.terms }, ..PLAIN };
    // What it says for the bare term is not in its draft: only the kept span is left.
    let text = "A long talk in AUKUS.";
    let (glossary, backend) = (
        glossary(),
        Arc::new(Phrases {
            says: &[("A long talk in", "Uma longa conversa em"), ("AUKUS", "AUCUS")],
            ..Phrases::new(KEEPS)
        }),
    );
    let pair = Pair { source: lang("en"), target: lang("pt") };
    let input = Input { text: text.into(), terms: terms(&glossary, text, "pt"), ..Input::default() };
    let draft = Draft { text: "Uma longa conversa em outro lugar.".into(), alignment: None };
    let link = Layered::local("phrases", backend.clone());
    let desk = Desk { link: &link, glossary: &glossary, pair };
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let held = runtime.block_on(desk.hold(vec![(&input, draft)])).remove(0);
    let asked = backend.asked.lock().expect("a list").clone();
    assert!(
        asked.iter().any(|input| input.kept.as_slice() == std::slice::from_ref(&(15..20)) && input.text == text),
        "{asked:?}"
    );
    assert_eq!(held.terms[0].strategy, Strategy::Placeholder, "{held:?}");
}

#[test]
fn a_backend_with_a_glossary_of_its_own_gets_the_terms_and_is_verified() {
    const HEEDS: Set = Set { terms: TermUse { heeds: Heeds::Glossary, ..PLAIN.terms }, ..PLAIN };
    let text = "The foreign minister met.";
    becomes(
        HEEDS,
        "pt",
        text,
        "The ministro das Relações Exteriores encontrou.".replace("The", "O").as_str(),
        &[Strategy::Translated],
    );
    let glossary = glossary();
    let hit = &terms(&glossary, text, "pt")[0];
    assert_eq!(hit.pos.as_deref(), Some("noun"));
    assert!(hit.renderings.iter().any(|it| it.term == "ministro do Exterior" && it.why.is_some()), "{hit:?}");
}

#[test]
fn a_draft_that_has_its_terms_costs_nothing() {
    for text in ["No terms here.", "The human rights of Julia."] {
        let (held, asked) = held(ALIGNS, "zh-Hans", text);
        assert_eq!((asked, held.terms.len()), (Vec::new(), 0), "{}", held.draft.text);
    }
}

#[test]
fn what_cannot_be_repaired_is_told_and_left_alone() {
    const BROKEN: Set = Set { breaks: true, ..PLAIN };
    becomes(BROKEN, "pt", "The foreign minister met Julia.", "O chanceler encontrou Julia.", &[Strategy::Missing]);
}

#[test]
fn a_term_of_an_unspaced_language_goes_through_as_a_placeholder() {
    const NONE: Set = Set { aligns: false, ..ALIGNS };
    let (held, asked) = held(NONE, "zh-Hans", "Lima foreign minister");
    assert!(held.draft.text.contains("外交部长"), "{held:?}");
    assert!(!asked.is_empty());
}

proptest! {
    #[test]
    fn covering_and_restoring_is_the_identity(before in "[a-z X0-9,.]{0,20}", after in "[ a-z X0-9,.]{0,20}", keeps: bool) {
        let text = format!("{before} AUKUS {after}");
        let set = Set { terms: TermUse { keeps, ..PLAIN.terms }, ..PLAIN };
        let (glossary, backend) = (glossary(), Phrases { says: &[], ..Phrases::new(set) });
        let pair = Pair { source: lang("en"), target: lang("pt") };
        let link = Layered::local("phrases", Arc::new(backend));
        let desk = Desk { link: &link, glossary: &glossary, pair };
        let input = Input { text: text.clone(), terms: terms(&glossary, text.trim(), "pt"), ..Input::default() };
        prop_assume!(!input.terms.is_empty() && text.trim() == text);
        let lacking = Take::plain(&desk, &input, Draft { text: "nada".into(), alignment: None });
        let covered = placeholder::cover(&desk, &input, &lacking).expect("a term of one form");
        // A backend that translates nothing gives back what it was sent.
        let draft = Draft { text: covered.input().text.clone(), alignment: None };
        let take = covered.take(&desk, &input, &lacking, draft).expect("restored");
        prop_assert_eq!(take.draft.text, text);
    }
}
