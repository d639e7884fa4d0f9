//! The stages of a run, opened and checked before the first article is read.

use crate::check::{self, Aids, Checks};
use crate::config::Plan;
use crate::detect::Detector;
use crate::emit::Facts;
use crate::glossary::{Glossary, Term};
use crate::ingest;
use crate::model::{Article, Document, Lang, Segment, TermEntry, TermHit, Translation, Unit, sha256};
use crate::segment::{self, Rules};
use crate::translate::Translator;

use super::ledger::Header;
use super::{Error, Input};

/// The name and version that outputs bear.
pub const TOOL: &str = concat!("chancery ", env!("CARGO_PKG_VERSION"));

/// Everything that a run works with. Made once, shared by all articles.
pub struct Stages {
    plan: Plan,
    detector: Detector,
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
        Ok(Self {
            detector: Detector::new(&config.detect)?,
            rules: Rules::open(&config.segment)?,
            glossary: Glossary::open(&config.glossary)?,
            translator: Translator::open(&config.translate, config.tables(), config.folder())
                .map_err(|error| config.located(error))?,
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
