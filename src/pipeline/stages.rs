//! The stages of a run, opened and checked before the first article is read.

use std::path::Path;
use std::sync::Arc;

use crate::check::{self, Aids, Checks};
use crate::config::Plan;
use crate::detect::Detector;
use crate::emit::Facts;
use crate::glossary::{Glossary, Term};
use crate::ingest;
use crate::model::{
    Article, Block, BlockKind, Detected, Detection, Document, Head, Lang, Metadata, Origin, Outcome, Pair, Segment,
    Strategy, Target, TermEntry, TermHit, TermMade, Translation, Unit, sha256,
};
use crate::segment::{self, Rules};
use crate::translate::contract::Contract;
use crate::translate::{Estimate, Translator};

use super::ledger::Header;
use super::{Error, Input};

/// The name and version that outputs bear.
pub const TOOL: &str = concat!("chancery ", env!("CARGO_PKG_VERSION"));

/// Everything that a run works with. Made once, shared by all articles.
pub struct Stages {
    plan: Plan,
    detector: Arc<Detector>,
    rules: Rules,
    glossary: Glossary,
    /// Translates prepared documents.
    pub(super) translator: Translator,
    checks: Checks,
}

/// Why one article ends before its segments are translated: a sentence for its row in the report.
pub(super) type Refusal = String;

impl Stages {
    /// Opens what the plan names: glossary and rules are read, backends configured. Models are loaded later, when needed.
    ///
    /// # Errors
    /// When a file or a setting is not usable.
    pub fn open(plan: &Plan) -> Result<Self, Error> {
        let config = &plan.config;
        let translator = Translator::open(&config.translate, config.tables(), config.folder());
        let translator = translator.and_then(|it| it.settle(&plan.to).map(|()| it));
        let detector = Arc::new(Detector::new(&config.detect)?);
        let ear = Arc::clone(&detector);
        let contract = Contract::telling(Arc::new(move |text: &str, than: Lang| ear.other(text, than)));
        Ok(Self {
            detector,
            rules: Rules::open(&config.segment)?,
            glossary: Glossary::open(&config.glossary)?,
            translator: translator.map_err(|error| config.located(error))?.held_to(&contract),
            checks: Checks::new(&config.check)?,
            plan: plan.clone(),
        })
    }

    /// Bytes to an article.
    ///
    /// # Errors
    /// With a sentence that says why the file cannot be read as an article.
    pub fn read(&self, input: &Input) -> Result<Article, Refusal> {
        ingest::load(&input.path, &self.plan.config.ingest).map_err(|error| error.to_string())
    }

    /// An article to segments: its language is detected, its blocks are cut.
    ///
    /// # Errors
    /// With a sentence that says why it cannot be translated.
    pub fn segments(&self, article: Article) -> Result<Document<Segment>, Refusal> {
        let detected = self.detector.article(article, self.plan.from);
        let Some(language) = detected.language.lang() else {
            return Err(format!("{}: its language cannot be told: name it with --from", detected.head.origin));
        };
        Ok(segment::document(detected, language, &self.rules))
    }

    /// Texts that no file holds to segments: a passage each, all in `language`.
    #[must_use]
    pub fn texts(&self, texts: &[String], language: Lang) -> Document<Segment> {
        let head = Head {
            origin: Origin::file(Path::new("request")),
            format: "text".to_owned(),
            encoding: "UTF-8".to_owned(),
            sha256: String::new(),
            metadata: Metadata::default(),
            cut: Vec::new(),
        };
        let known = Detection::Known { lang: language, confidence: 1.0 };
        let block = |text: &String| (Block { kind: BlockKind::Paragraph, text: text.as_str().into() }, known);
        let detected = Detected { head, language: known, blocks: texts.iter().map(block).collect() };
        segment::document(detected, language, &self.rules)
    }

    /// Tells the language of `text` by itself.
    #[must_use]
    pub fn tell(&self, text: &str) -> Detection {
        self.detector.text(text)
    }

    /// Whether a backend translates `pair`.
    #[must_use]
    pub fn translates(&self, pair: Pair) -> bool {
        self.translator.route(pair).is_some()
    }

    /// The backends that were stopped for the run, and why.
    #[must_use]
    pub fn stopped(&self) -> Vec<(String, String)> {
        self.translator.stopped()
    }

    /// Segments to units, for a window of articles at once.
    pub async fn units(
        &self,
        window: Vec<Document<Segment>>,
        target: Lang,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Vec<Document<Unit>> {
        let prepared = window.into_iter().map(|document| self.glossary.annotate(document, target)).collect();
        let units = self.translator.units(prepared, target, &self.glossary, progress).await;
        units.into_iter().map(|document| self.reviewed(document, target)).collect()
    }

    /// Adds to `estimate` what turning a window of articles into units would take. Nothing is called.
    pub(super) async fn reckon(&self, estimate: &mut Estimate, window: Vec<Document<Segment>>, target: Lang) {
        let prepared: Vec<_> = window.into_iter().map(|document| self.glossary.annotate(document, target)).collect();
        self.translator.reckon(estimate, &prepared, target, &self.glossary).await;
    }

    /// Has services asked for nothing more; what they are asked already is finished.
    pub fn stop(&self, reason: &str) {
        self.translator.stop(reason);
    }

    /// The concepts of the glossary that occur in `translation`, with their terms in both languages.
    #[must_use]
    pub fn entries(&self, translation: &Translation) -> Vec<TermEntry> {
        self.glossary.entries(&translation.document, translation.target)
    }

    /// What the outputs say of the run beyond the article.
    #[must_use]
    pub fn facts(&self) -> Facts {
        Facts {
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            glossary: (!self.glossary.is_empty()).then(|| self.glossary.fingerprint().to_owned()),
            rules: Some(self.rules.fingerprint()),
        }
    }

    /// What every article of the run depends on.
    #[must_use]
    pub(super) fn header(&self) -> Header {
        Header {
            tool: TOOL.to_owned(),
            settings: sha256(self.plan.settings().as_bytes()),
            glossary: self.glossary.fingerprint().to_owned(),
            rules: self.rules.fingerprint(),
        }
    }

    /// The translation with what the glossary and the checks say of it as it stands now.
    pub(super) fn looked_at(&self, translation: Translation) -> Translation {
        let Translation { slug, target, document } = translation;
        let segments = document.clone().map(|_, unit| unit.segment);
        let mut annotated = self.glossary.annotate(segments, target).passages.into_iter();
        let mut terms = annotated.by_ref().flat_map(|passage| passage.segments).map(|prepared| prepared.terms);
        let document = document.map(|_, unit| self.with_terms(unit, terms.next().unwrap_or_default(), target));
        Translation { slug, target, document: self.reviewed(document, target) }
    }

    /// The unit with the terms in it, and what became of them where a person wrote the translation.
    fn with_terms(&self, unit: Unit, terms: Vec<TermHit>, target: Lang) -> Unit {
        let outcome = match unit.outcome {
            Outcome::Translated(made) if made.review.is_some_and(|review| review.edited) => {
                let made_of = self.made(&terms, target, made.text.plain());
                Outcome::Translated(Target { terms: made_of, ..made })
            }
            outcome => outcome,
        };
        Unit { terms, outcome, ..unit }
    }

    /// What became of each of `terms` that has a rendering in `target`.
    fn made(&self, terms: &[TermHit], target: Lang, text: &str) -> Vec<TermMade> {
        let renditions = self.glossary.renditions(target, terms, text).terms;
        let rendered = terms.iter().zip(renditions).filter(|(hit, _)| hit.is_rendered());
        let made = rendered.map(|(hit, rendition)| TermMade {
            concept: hit.concept.clone(),
            strategy: if rendition.is_some() { Strategy::Translated } else { Strategy::Missing },
            range: rendition.map(|rendition| rendition.range),
            instead_of: None,
        });
        made.collect()
    }

    fn reviewed(&self, document: Document<Unit>, target: Lang) -> Document<Unit> {
        let other_language = |text: &str, than: Lang| self.detector.other(text, than);
        let renditions = |lang: Lang, terms: &[TermHit], text: &str| self.glossary.renditions(lang, terms, text);
        let names = |concept: &str, lang: Lang| {
            let named = |term: &Term| term.reach(lang).is_some() && term.names_its_concept();
            self.glossary.concept(concept).is_some_and(|concept| concept.terms.iter().any(named))
        };
        let aids = Aids { other_language: &other_language, renditions: &renditions, names: &names };
        check::review(document, target, &self.checks, aids)
    }
}
