//! Translations with and without enforcement, over our own sentences and over NTREX, and what is to be measured of them.

#![expect(unreachable_pub, reason = "a module of tests has no outside")]

use std::path::{Path, PathBuf};

use chancery::check::{self, Aids, Checks};
use chancery::glossary::{self, Glossary};
use chancery::model::{
    BlockKind, Document, Finding, Head, Lang, Metadata, Origin, Outcome, Passage, Prepared, Segment, SegmentId,
    Strategy, Target, TermHit, Unit,
};
use chancery::translate::{Options, Tables, Translator};
use serde::Deserialize;
use toml::Spanned;
use toml::de::DeTable;

/// A sentence, its human translation, and how its terms may be written there, where that was noted by hand.
#[derive(Debug, Clone, Deserialize)]
pub struct Sentence {
    pub en: String,
    pub pt: String,
    #[serde(default)]
    pub terms: Vec<Noted>,
}

/// A term that a sentence holds.
#[derive(Debug, Clone, Deserialize)]
pub struct Noted {
    pub concept: String,
    /// Every form that may stand for it.
    pub pt: Vec<String>,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn lang(tag: &str) -> Lang {
    tag.parse().expect("a tag")
}

/// Our own sentences, each a document of its own.
pub fn own() -> Vec<Vec<Sentence>> {
    let text = std::fs::read_to_string(root().join("tests/data/enforcement/news.en-pt.jsonl")).expect("our sentences");
    text.lines().map(|line| vec![serde_json::from_str(line).expect("a sentence")]).collect()
}

/// NTREX's documents.
pub fn ntrex() -> Vec<Vec<Sentence>> {
    let sentence = |[en, pt]: [String; 2]| Sentence { en, pt, terms: Vec::new() };
    crate::shared::ntrex(["en", "pt-BR"])
        .into_iter()
        .map(|segments| segments.into_iter().map(sentence).collect())
        .collect()
}

/// The glossaries that come with chancery.
pub fn glossary() -> Glossary {
    let paths = vec![root().join("glossaries")];
    Glossary::open(&glossary::Options { paths }).unwrap_or_else(|errors| panic!("{errors}"))
}

/// A document of paragraphs of one segment.
fn document(number: usize, sentences: &[Sentence]) -> Document<Segment> {
    let head = Head {
        origin: Origin::file(Path::new(&format!("{number}.txt"))),
        format: "plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        sha256: String::new(),
        metadata: Metadata::default(),
        cut: Vec::new(),
    };
    let passage = |(place, sentence): (usize, &Sentence)| {
        let id = format!("p{place}");
        let text = sentence.en.trim().to_owned().into();
        let segment = Segment { id: SegmentId::new(&id, 1), text, gap: String::new() };
        let (kind, lang, lead) = (BlockKind::Paragraph, lang("en"), String::new());
        Passage { id, kind, lang, lead, segments: vec![segment] }
    };
    Document { head, language: lang("en"), passages: sentences.iter().enumerate().map(passage).collect() }
}

/// The documents with the terms of `glossary`.
pub fn prepared(documents: &[Vec<Sentence>], glossary: &Glossary) -> Vec<Document<Prepared>> {
    let prepare =
        |(number, sentences): (usize, &Vec<Sentence>)| glossary.annotate(document(number, sentences), lang(TARGET));
    documents.iter().enumerate().map(prepare).collect()
}

/// What is translated into: the demo model's Portuguese is Brazil's as often as not, and so is NTREX's.
pub const TARGET: &str = "pt-BR";

/// A translator of the demo models that enforces or not.
pub fn translator(enforce: bool, threads: usize) -> Translator {
    let models = root().join("models");
    let toml = format!("models = [{:?}]\nthreads = {threads}", models.to_string_lossy());
    let table = DeTable::parse(&toml).expect("TOML");
    let tables =
        Tables::from([("firefox".to_owned(), Spanned::new(0..0, toml::de::DeValue::Table(table.into_inner())))]);
    let options = Options { enforce, ..Options::default() };
    Translator::open(&options, tables, Path::new("")).expect("the demo models: run `make models`")
}

/// Translates documents and checks them.
pub fn translate(
    translator: &Translator,
    glossary: &Glossary,
    documents: Vec<Document<Prepared>>,
) -> Vec<Document<Unit>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let units = runtime.block_on(translator.units(documents, lang(TARGET), glossary, &|_| ()));
    let checks = Checks::new(&check::Options::default()).expect("the checks");
    let renditions = |lang: Lang, terms: &[TermHit], text: &str| glossary.renditions(lang, terms, text);
    let aids = Aids { other_language: &|_, _| None, renditions: &renditions, names: &|_, _| true };
    units.into_iter().map(|units| check::review(units, lang(TARGET), &checks, aids)).collect()
}

/// The translation of a unit.
pub fn target(unit: &Unit) -> &Target {
    match &unit.outcome {
        Outcome::Translated(target) => target,
        other => panic!("{}: {other:?}", unit.segment.text.plain()),
    }
}

/// The terms of a unit that the glossary renders, in order.
pub fn wanted(unit: &Unit) -> impl Iterator<Item = &TermHit> {
    unit.terms.iter().filter(|hit| hit.is_rendered())
}

/// Whether `text` holds `words` as whole words in any case, found by nothing but comparing letters.
pub fn holds(text: &str, words: &str) -> bool {
    let (text, words) = (text.to_lowercase(), words.to_lowercase());
    text.match_indices(&words).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let after = text[at + words.len()..].chars().next().is_some_and(char::is_alphanumeric);
        !before && !after
    })
}

/// Whether a stretch could be a form of a citation form: as many words, each beginning alike.
pub fn alike(stretch: &str, citation: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (stretch, citation) = (words(stretch), words(citation));
    let begins = |(one, other): (&String, &String)| {
        let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        shared + 3 >= one.chars().count().min(other.chars().count()) && (shared > 0)
    };
    stretch.len() == citation.len() && stretch.iter().zip(&citation).all(begins)
}

/// Counts of terms in translations.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Counts {
    pub segments: usize,
    pub terms: usize,
    pub right: usize,
    /// Terms that are not there and of which nothing is told.
    pub silent: Vec<String>,
    /// Terms that are not there, and are told.
    pub missing: Vec<String>,
    /// Terms that are there as the glossary has them, but not in the form that was noted: in the other gender.
    pub otherwise: Vec<String>,
}

impl Counts {
    pub fn success(&self) -> f64 {
        100.0 * self.right as f64 / self.terms.max(1) as f64
    }
}

/// Counts the terms of `units`, translations of `documents`, by comparing letters and not by the matcher.
pub fn count(documents: &[Vec<Sentence>], units: &[Document<Unit>], told: impl Fn(&Unit, &TermHit) -> bool) -> Counts {
    let mut counts = Counts::default();
    for (sentence, unit) in
        documents.iter().flatten().zip(units.iter().flat_map(|it| it.segments().map(|(_, unit)| unit)))
    {
        let target = target(unit);
        counts.segments += usize::from(wanted(unit).next().is_some());
        for (place, hit) in wanted(unit).enumerate() {
            counts.terms += 1;
            if is_there(sentence, hit, target, place) {
                counts.right += 1;
                continue;
            }
            let line = format!("{} [{}]\n      {}\n      {}", hit.term, hit.concept, sentence.en, target.text.plain());
            if told(unit, hit) {
                counts.missing.push(line);
            } else if hit.preferred().is_some_and(|it| holds(target.text.plain(), &it.term)) {
                counts.otherwise.push(line);
            } else {
                counts.silent.push(line);
            }
        }
    }
    counts
}

/// Whether a term stands in a translation, by its noted forms, or as the glossary writes it, or where it is said to be in
/// letters that are like those.
fn is_there(sentence: &Sentence, hit: &TermHit, target: &Target, place: usize) -> bool {
    let text = target.text.plain();
    if let Some(noted) = sentence.terms.iter().find(|noted| noted.concept == hit.concept) {
        return noted.pt.iter().any(|form| holds(text, form));
    }
    let right: Vec<_> = hit.renderings.iter().filter(|rendering| rendering.is_right()).collect();
    let written = right.iter().any(|it| std::iter::once(&it.term).chain(&it.forms).any(|form| holds(text, form)));
    let said =
        target.terms.get(place).filter(|made| made.strategy != Strategy::Missing).and_then(|made| made.range.clone());
    written || said.is_some_and(|range| right.iter().any(|it| alike(&text[range.clone()], &it.term)))
}

/// Whether a finding of the checks tells that a term is missing: that it is (T001), that it was to stay as it is (T006), or
/// that it stands less often than in the source (T010).
pub fn is_told(unit: &Unit, hit: &TermHit) -> bool {
    let about = |finding: &Finding| {
        ["T001", "T006", "T010"].contains(&finding.code.as_str()) && finding.source == Some(hit.range.clone())
    };
    unit.findings.iter().any(about)
}

/// chrF of the translations of segments that hold a term which the glossary renders.
pub fn chrf_of_terms(documents: &[Vec<Sentence>], units: &[Document<Unit>]) -> f64 {
    let units = units.iter().flat_map(Document::segments).map(|(_, unit)| unit);
    let pairs = documents.iter().flatten().zip(units).filter(|(_, unit)| wanted(unit).next().is_some());
    chrf(pairs.map(|(sentence, unit)| (target(unit).text.plain(), sentence.pt.as_str())))
}

/// chrF (Popović 2015): character n-grams of 1 to 6, recall counting twice, over a corpus.
pub fn chrf<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> f64 {
    let (mut matches, mut ours, mut theirs) = ([0usize; 6], [0usize; 6], [0usize; 6]);
    for (hypothesis, reference) in pairs {
        let chars = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<char>>();
        let (hypothesis, reference) = (chars(hypothesis), chars(reference));
        for order in 1..=6 {
            let grams = |text: &[char]| {
                let mut counts = std::collections::BTreeMap::<Vec<char>, usize>::new();
                text.windows(order).for_each(|gram| *counts.entry(gram.to_vec()).or_default() += 1);
                counts
            };
            let (one, other) = (grams(&hypothesis), grams(&reference));
            ours[order - 1] += one.values().sum::<usize>();
            theirs[order - 1] += other.values().sum::<usize>();
            matches[order - 1] +=
                one.iter().map(|(gram, count)| count.min(other.get(gram).unwrap_or(&0))).sum::<usize>();
        }
    }
    let mean = |of: &[usize; 6]| (0..6).map(|n| matches[n] as f64 / of[n].max(1) as f64).sum::<f64>() / 6.0;
    let (precision, recall) = (mean(&ours), mean(&theirs));
    500.0 * precision * recall / (4.0 * precision + recall).max(f64::MIN_POSITIVE)
}
