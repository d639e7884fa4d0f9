//! Human translations are rarely told that a term is missing, and not because the glossary takes anything for a term.
//!
//! The glossary is `tests/data/enforcement/political.toml`, the translations are NTREX-128's news. Of the terms that
//! stand in a source, as many of a hundred as [`CEILINGS`] says may be flagged in its translation. What is left is what
//! translators leave out, or put another way.

#![expect(clippy::print_stdout, reason = "what was measured is told")]

mod shared;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chancery::check::{self, Aids, Checks};
use chancery::glossary::Glossary;
use chancery::model::{
    BlockKind, Document, Head, Lang, Metadata, Origin, Outcome, Passage, Prepared, Provenance, Segment, SegmentId,
    Severity, Target, TermHit, Text, Unit,
};

/// NTREX's name of a language, ours, and how many of a hundred terms may be flagged in it.
const CEILINGS: [(&str, &str, f64); 8] = [
    ("ru", "ru", 9.5),
    ("fr", "fr", 9.0),
    ("es", "es", 8.5),
    ("pt", "pt", 5.0),
    ("pt-BR", "pt-BR", 5.0),
    ("de", "de", 9.0),
    ("ar", "ar", 15.0),
    ("zh", "zh-Hans", 8.0),
];

/// The languages of every concept.
const LANGUAGES: [&str; 8] = ["ar", "de", "en", "es", "fr", "pt", "ru", "zh-Hans"];

#[test]
fn human_translations_are_rarely_told_that_a_term_is_missing() {
    let glossary = political();
    println!("language  terms  missing      %  at most  without their own  told: info warning error  of others");
    let mut too_many = Vec::new();
    for (name, tag, ceiling) in CEILINGS {
        let counts = Counts::of(&glossary, name, lang(tag));
        counts.print(name, ceiling);
        assert!(counts.hits >= 250, "{name}: only {} terms in the sources", counts.hits);
        if counts.percent() > ceiling {
            too_many.push(format!("{name}: {:.1} %, and {ceiling} % at most are allowed", counts.percent()));
        }
    }
    assert!(too_many.is_empty(), "{}", too_many.join("\n"));
}

/// A glossary that admits everything would never raise an alarm.
#[test]
fn the_glossary_admits_few_terms_and_none_too_short() {
    let glossary = political();
    assert!(glossary.concepts().len() >= 24, "{} concepts", glossary.concepts().len());
    for concept in glossary.concepts() {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for term in &concept.terms {
            let lang = term.lang.unwrap_or_else(|| panic!("{}: `{}` is of no language", concept.id, term.text));
            *counts.entry(lang.to_string()).or_default() += 1;
            let letters = term.text.chars().filter(|letter| letter.is_alphabetic()).count();
            assert!(letters >= least(&term.text), "{}: {lang} `{}` is too short", concept.id, term.text);
        }
        assert!(counts.keys().eq(&LANGUAGES), "{}: {counts:?}", concept.id);
        assert!(counts.values().all(|count| *count <= 8), "{}: {counts:?}", concept.id);
    }
}

/// The share of missing terms says something of the translations: in those of other articles nearly all are missing.
#[test]
fn translations_of_other_articles_are_told_that_terms_are_missing() {
    let glossary = political();
    for (name, tag, _) in CEILINGS {
        let mut counts = Counts::default();
        let mut news = shared::ntrex(["en", name]);
        news.sort_by_key(Vec::len);
        for pair in news.chunks_exact(2) {
            let [one, other] = pair else { continue };
            let swapped = one.iter().zip(other).map(|([source, _], [_, target])| [source.clone(), target.clone()]);
            counts.news(&glossary, lang(tag), swapped.collect());
        }
        assert!(counts.hits > 0 && counts.percent() >= 95.0, "{name}: {:.1} % are missing", counts.percent());
    }
}

/// How many letters a term has at least: three in the Latin script, two in others, and two in initials.
fn least(term: &str) -> usize {
    let is_latin = term.contains(|letter: char| letter.is_ascii_alphabetic());
    if is_latin && term.contains(char::is_lowercase) { 3 } else { 2 }
}

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language tag")
}

fn political() -> Glossary {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/enforcement/political.toml");
    let text = std::fs::read_to_string(&path).expect("the glossary of the tests");
    Glossary::parse(&path, &text).unwrap_or_else(|errors| panic!("{errors}"))
}

/// What came of the terms in the sources of a language's translations.
#[derive(Debug, Default)]
struct Counts {
    /// How many there are.
    hits: usize,
    /// Those whose concept is named nowhere in the translation of their segment: by no preferred or admitted term.
    missing: Vec<Missing>,
    /// How many have no rendition of their own: of two in the source and one in the translation, one has none.
    unassigned: usize,
    /// What a reviewer of whole articles is told: how many findings of each severity say that a term is missing.
    told: [usize; 3],
    /// How many other findings about terms are warnings or worse.
    others: usize,
}

/// A term that is not rendered.
#[derive(Debug)]
struct Missing {
    concept: String,
    source: String,
    translation: String,
}

impl Counts {
    /// Looks for the terms of NTREX's English in its human translations into the language that NTREX calls `name`.
    fn of(glossary: &Glossary, name: &str, target: Lang) -> Self {
        let mut counts = Self::default();
        for news in shared::ntrex(["en", name]) {
            counts.news(glossary, target, news);
        }
        counts
    }

    /// Looks for the terms of an article, segments of it and their translations side by side.
    fn news(&mut self, glossary: &Glossary, target: Lang, news: Vec<[String; 2]>) {
        let (sources, translations): (Vec<_>, Vec<_>) = news.into_iter().map(<(String, String)>::from).unzip();
        let prepared = glossary.annotate(document(sources), target);
        for ((_, Prepared { segment, terms }), translation) in prepared.segments().zip(&translations) {
            self.segment(glossary, target, terms, [segment.text.plain(), translation]);
        }
        self.article(glossary, target, prepared, translations);
    }

    fn segment(&mut self, glossary: &Glossary, target: Lang, terms: &[TermHit], [source, translation]: [&str; 2]) {
        let renditions = glossary.renditions(target, terms, translation).terms;
        let named: BTreeSet<&str> = renditions.iter().flatten().map(|rendition| rendition.concept.as_str()).collect();
        self.hits += terms.len();
        self.unassigned += renditions.iter().filter(|rendition| rendition.is_none()).count();
        let missing = terms.iter().map(|hit| &hit.concept).filter(|concept| !named.contains(concept.as_str()));
        let missing = missing.map(|concept| Missing {
            concept: concept.clone(),
            source: source.to_owned(),
            translation: translation.to_owned(),
        });
        self.missing.extend(missing);
    }

    /// Counts what the checks say of the translation of a whole article.
    fn article(&mut self, glossary: &Glossary, target: Lang, article: Document<Prepared>, translations: Vec<String>) {
        let mut translations = translations.into_iter();
        let units = article.map(|_, prepared| unit(prepared, translations.next().expect("one a segment")));
        let checks = Checks::new(&check::Options::default()).expect("sound options");
        let renditions = |lang: Lang, terms: &[TermHit], text: &str| glossary.renditions(lang, terms, text);
        // Every concept of the glossary has English terms.
        let aids = Aids { other_language: &|_, _| None, renditions: &renditions, names: &|_, _| true };
        let reviewed = check::review(units, target, &checks, aids);
        for finding in reviewed.segments().flat_map(|(_, unit)| &unit.findings) {
            if finding.code == "T001" {
                self.told[finding.severity as usize] += 1;
            } else if finding.code.starts_with('T') && finding.severity >= Severity::Warning {
                self.others += 1;
            }
        }
    }

    /// How many of a hundred terms are missing.
    #[expect(clippy::cast_precision_loss, reason = "hundreds")]
    fn percent(&self) -> f64 {
        self.missing.len() as f64 * 100.0 / self.hits as f64
    }

    /// Prints a row of the table, and each miss where `CHANCERY_SHOW_MISSING` is set.
    fn print(&self, name: &str, ceiling: f64) {
        let (hits, missing, percent) = (self.hits, self.missing.len(), self.percent());
        let [info, warning, error] = self.told;
        print!("{name:<8}  {hits:>5}  {missing:>7}  {percent:>5.1}  {ceiling:>7}  {:>17}  ", self.unassigned);
        println!("{info:>10} {warning:>7} {error:>5}  {:>9}", self.others);
        let show = std::env::var_os("CHANCERY_SHOW_MISSING").is_some();
        for Missing { concept, source, translation } in self.missing.iter().filter(|_| show) {
            println!("    {concept}\n        {source}\n        {translation}");
        }
    }
}

/// An article of English paragraphs of one sentence each.
fn document(sentences: Vec<String>) -> Document<Segment> {
    let english = lang("en");
    let passage = |(place, sentence): (usize, String)| {
        let id = format!("p{place}");
        let text = Text::from(sentence.trim());
        let segments = vec![Segment { id: SegmentId::new(&id, 1), text, gap: String::new() }];
        Passage { id, kind: BlockKind::Paragraph, lang: english, lead: String::new(), segments }
    };
    let head = Head {
        origin: Origin::file(Path::new("news.txt")),
        format: "plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        sha256: String::new(),
        metadata: Metadata::default(),
        cut: Vec::new(),
    };
    let passages = sentences.into_iter().enumerate().map(passage).collect();
    Document { head, language: english, passages }
}

fn unit(prepared: Prepared, translation: String) -> Unit {
    let provenance = Provenance { backend: "human".to_owned(), engine: "human".to_owned(), models: Vec::new() };
    let target = Target {
        text: Text::from(translation),
        guessed: Vec::new(),
        passed: Vec::new(),
        terms: Vec::new(),
        provenance,
        review: None,
    };
    let Prepared { segment, terms } = prepared;
    Unit { segment, terms, outcome: Outcome::Translated(target), findings: Vec::new(), remarks: Vec::new() }
}
