use std::sync::{Arc, Mutex};

use async_trait::async_trait;

use super::*;
use crate::model::Provenance;
use crate::translate::{Answer, Backend, Capability, Draft, Heeds, Input, Limits, Measure, TermUse, Trouble, models};

/// What a backend makes of a text.
pub(crate) type Rule = fn(&str) -> Result<String, Error>;

/// The batches a backend was asked.
pub(crate) type Asked = Arc<Mutex<Vec<Vec<String>>>>;

/// A backend that answers each text by a rule, and writes down what it was asked.
pub(crate) struct Ruled {
    pub(crate) rule: Rule,
    pub(crate) asked: Asked,
    pub(crate) capability: Capability,
    pub(crate) told: Told,
}

/// The terms a backend was told.
pub(crate) type Told = Arc<Mutex<Vec<(Pair, Vec<(String, String)>)>>>;

pub(crate) const CAPABILITY: Capability = Capability {
    max_texts: 8,
    max_chars: 100,
    max_total: usize::MAX,
    measure: Measure::Chars,
    context: false,
    aligns: false,
    network: false,
    terms: TermUse { heeds: Heeds::Nothing, forces: false, keeps: false, scores: false },
    more_pairs: "learn it",
};

#[async_trait]
impl Backend for Ruled {
    fn capability(&self) -> &Capability {
        &self.capability
    }

    fn route(&self, pair: Pair) -> Option<Provenance> {
        let provenance = Provenance { backend: "ruled".into(), engine: "rule 1".into(), models: Vec::new() };
        (pair.target.language() == "pt").then_some(provenance)
    }

    fn prepare(&self, pair: Pair, terms: &[(String, String)]) {
        self.told.lock().expect("a list").push((pair, terms.to_vec()));
    }

    async fn translate(&self, batch: &Batch) -> Result<Answer, Error> {
        let texts: Vec<String> = batch.texts.iter().map(|input| input.text.clone()).collect();
        self.asked.lock().expect("a list").push(texts.clone());
        let answers = texts.iter().map(|text| (self.rule)(text)).collect::<Result<Vec<_>, _>>()?;
        let kept = answers.into_iter().filter(|answer| answer != "MISSING");
        Ok(kept.map(|text| Draft { text, alignment: None }).collect::<Vec<_>>().into())
    }
}

/// A chain of services that follow `rules`, each treated as its `limits` say, and what each is asked.
pub(crate) fn services(rules: &[(Rule, Limits)]) -> (Chain, Vec<Asked>) {
    let asked: Vec<Asked> = rules.iter().map(|_| Arc::default()).collect();
    let link = |(place, ((rule, limits), asked)): (usize, (&(Rule, Limits), &Asked))| {
        let backend =
            Arc::new(Ruled { rule: *rule, asked: Arc::clone(asked), capability: CAPABILITY, told: Told::default() });
        Link::service(format!("s{place}"), backend, limits)
    };
    (Chain::new(rules.iter().zip(&asked).enumerate().map(link).collect()), asked)
}

/// A chain of backends that follow `rules`, and what each is asked.
pub(crate) fn chain(rules: &[Rule]) -> (Chain, Vec<Asked>) {
    let asked: Vec<Asked> = rules.iter().map(|_| Arc::default()).collect();
    let mut links = Vec::new();
    for (place, (&rule, asked)) in rules.iter().zip(&asked).enumerate() {
        let backend = Arc::new(Ruled { rule, asked: Arc::clone(asked), capability: CAPABILITY, told: Told::default() });
        links.push(Link::local(format!("b{place}"), backend));
    }
    (Chain::new(links), asked)
}

fn batch(pair: &str, texts: &[&str]) -> Batch {
    let input = |text: &&str| Input { text: (*text).to_owned(), align: false, ..Input::default() };
    Batch { pair: models::pair_of(pair).expect("a pair"), texts: texts.iter().map(input).collect() }
}

/// Expects these texts, or reasons for their failure, from a chain of `rules`.
#[track_caller]
fn answers(rules: &[Rule], pair: &str, texts: &[&str], wanted: &[&str]) {
    let (chain, _) = chain(rules);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let answers = runtime.block_on(chain.translate(&batch(pair, texts), &Glossary::default()));
    let said: Vec<String> = answers
        .into_iter()
        .map(|answer| answer.map_or_else(|failed| failed.to_string(), |made| made.held.draft.text))
        .collect();
    assert_eq!(said, wanted);
}

const FINE: Rule = |text| Ok(format!("o {text}"));
const COPIES: Rule = |text| Ok(text.to_owned());
const TRIPS: Rule = |text| if text.contains("bad") { Err(Error::bad_answer("it tripped")) } else { FINE(text) };
const FORGETS: Rule = |text| if text.contains("bad") { Ok("MISSING".to_owned()) } else { FINE(text) };
const IS_DOWN: Rule = |_| Err(Error::Program { program: "p".into(), reason: "not found".into() });

#[test]
fn what_one_cannot_translate_goes_to_the_next() {
    answers(&[FINE], "en-pt", &["a", "b"], &["o a", "o b"]);
    answers(&[IS_DOWN, FINE], "en-pt", &["a", "b"], &["o a", "o b"]);
    answers(&[COPIES, FINE], "en-pt", &["one two three", "b"], &["o one two three", "b"]);
    answers(&[FINE], "en-pt", &[], &[]);
}

#[test]
fn only_the_culprit_fails() {
    answers(&[TRIPS], "en-pt", &["a", "bad", "b"], &["o a", "bad answer: b0: it tripped", "o b"]);
    answers(&[FORGETS], "en-pt", &["a", "bad", "b"], &["o a", "bad answer: b0: 0 answers for 1 texts", "o b"]);
}

#[test]
fn a_failure_names_every_backend() {
    let both = "bad answer: b0: program `p`: not found; b1: it tripped";
    answers(&[IS_DOWN, TRIPS], "en-pt", &["bad"], &[both]);
    answers(&[FINE], "en-fr", &["a"], &["no backend for this pair: b0 does not translate en-fr: learn it"]);
    let long = "x".repeat(101);
    answers(&[FINE], "en-pt", &[&long], &["too long: b0: 101 characters are more than the 100 it takes at once"]);
}

#[test]
fn a_backend_gets_no_more_than_it_takes() {
    let (chain, asked) = chain(&[FINE]);
    let texts: Vec<String> = (0..20).map(|n| n.to_string()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let answers = runtime.block_on(chain.translate(&batch("en-pt", &texts), &Glossary::default()));
    let sizes: Vec<usize> = asked[0].lock().expect("a list").iter().map(Vec::len).collect();
    assert_eq!(sizes, [8, 8, 4]);
    assert!(
        answers
            .iter()
            .zip(&texts)
            .all(|(answer, text)| answer.as_ref().is_ok_and(|made| made.held.draft.text == format!("o {text}")))
    );
}

/// An error of a service.
fn service_error(trouble: Trouble) -> Error {
    Error::Service { service: "s.example".into(), trouble, reason: "it says no".into(), after: None }
}

const NO_KEY: Rule = |_| Err(service_error(Trouble::Auth));
const NO_PAIR: Rule = |_| Err(service_error(Trouble::Pair));

/// Expects how texts end that a chain of services is asked for in two batches, how many requests each service got, and which
/// are stopped then.
#[track_caller]
fn stops(rules: &[Rule], wanted: &[&str], requests: &[usize], stopped: &[&str]) {
    let (chain, asked) = services(&rules.iter().map(|&rule| (rule, Limits::default())).collect::<Vec<_>>());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let (first, second) = (batch("en-pt", &["a"]), batch("en-pt", &["b"]));
    let answers = runtime.block_on(async {
        let mut answers = chain.translate(&first, &Glossary::default()).await;
        answers.extend(chain.translate(&second, &Glossary::default()).await);
        answers
    });
    let said = |answer: Ended| answer.map_or_else(|failed| failed.to_string(), |made| made.held.draft.text);
    assert_eq!(answers.into_iter().map(said).collect::<Vec<_>>(), wanted);
    let counts: Vec<usize> = asked.iter().map(|asked| asked.lock().expect("a list").len()).collect();
    assert_eq!(counts, requests);
    let names: Vec<String> = chain.stopped().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, stopped);
}

#[test]
fn a_service_that_was_stopped_is_not_asked_again() {
    let halted = "stopped: s0: it was stopped for this run: s.example: it says no";
    stops(&[NO_KEY], &[halted, halted], &[1], &["s0"]);
    stops(&[NO_KEY, FINE], &["o a", "o b"], &[1, 2], &["s0"]);
    stops(&[FINE], &["o a", "o b"], &[2], &[]);
    let both = format!("{halted}; s1: it tripped");
    stops(&[NO_KEY, |_| Err(Error::bad_answer("it tripped"))], &[&both, &both], &[1, 4], &["s0"]);
}

#[test]
fn a_pair_that_a_service_lacks_stops_nothing_else() {
    let lacks = "no backend for this pair: s0: s.example: it says no";
    stops(&[NO_PAIR], &[lacks, lacks], &[1], &[]);
}

#[test]
fn terms_are_told_once_to_those_that_heed_a_glossary() {
    let (told, deaf) = (Told::default(), Told::default());
    let ruled = |heeds, told: &Told| {
        let capability = Capability { terms: TermUse { heeds, ..CAPABILITY.terms }, ..CAPABILITY };
        let backend = Ruled { rule: FINE, asked: Asked::default(), capability, told: Arc::clone(told) };
        Link::local("b", Arc::new(backend))
    };
    let chain = Chain::new(vec![ruled(Heeds::Glossary, &told), ruled(Heeds::Instructions, &deaf)]);
    let toml = "schema = 1\n[[concept]]\nid = 'peace'\nterms = { en = [{ t = 'peace' }], pt = [{ t = 'paz' }] }";
    let glossary = Glossary::parse(std::path::Path::new("g.toml"), toml).expect("a glossary");
    for pair in ["en-pt", "en-pt", "en-fr", "es-pt"] {
        chain.prepare(models::pair_of(pair).expect("a pair"), &glossary);
    }
    let said: Vec<String> = told.lock().expect("a list").iter().map(|it| format!("{}: {:?}", it.0, it.1)).collect();
    assert_eq!(said, [r#"en-pt: [("peace", "paz")]"#, "es-pt: []"]);
    assert!(deaf.lock().expect("a list").is_empty());
}

#[test]
fn a_translation_says_who_was_asked_before() {
    let (chain, _) = chain(&[IS_DOWN, TRIPS, FINE]);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let answers = runtime.block_on(chain.translate(&batch("en-pt", &["a", "bad"]), &Glossary::default()));
    let passed = |answer: &Ended| {
        let made = answer.as_ref().expect("a translation");
        made.passed.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(passed(&answers[0]), ["b0: backend unavailable"]);
    assert_eq!(passed(&answers[1]), ["b0: backend unavailable", "b1: bad answer"]);
}
