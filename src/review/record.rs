//! The record of an article: its translation as the machine left it, and what each merge made of it.
//!
//! Every export of an article is one of the record's versions, and bears its fingerprint, so that a file that comes
//! back can be compared with what was sent. Versions are kept, since a reviewer may send the older one.
//! Law: applying a version to the machine's translation loses no segment: each is in exactly one unit.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::{
    BlockKind, Document, Outcome, Passage, Provenance, Remark, Review, ReviewState, Segment, SegmentId, Target,
    TermHit, Text, Translation, Unit,
};

/// An article in one language as it was exported, and as reviews left it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The translation as the machine left it.
    pub machine: Translation,
    /// The state under which drafts were exported.
    pub drafts_as: ReviewState,
    /// What was exported, oldest first, the first as the machine left it; never empty.
    pub versions: Vec<Version>,
    /// What was exported before the machine translated the article anew, oldest first; the last few.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<Former>,
    /// Reviewed segments that the article no longer has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retired: Vec<Retired>,
}

/// What reviewers have made of an article at one time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// The fingerprint of the translation as it then stood.
    pub fingerprint: String,
    /// Every segment that a person looked at.
    pub blocks: Vec<Block>,
    /// What reviewers noted, by segment.
    pub remarks: Vec<(SegmentId, Remark)>,
    /// The files that were merged, as they were named.
    pub files: Vec<String>,
}

/// What a person made of a segment, or of several of one passage that they joined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// The segments of the machine's translation, in order; at least one.
    pub segments: Vec<SegmentId>,
    /// The translation.
    pub text: Text,
    /// What the person made of it.
    pub review: Review,
}

/// What an export said before the machine translated the article anew.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Former {
    /// The fingerprint of the export.
    pub fingerprint: String,
    /// Its translations, by segment.
    pub targets: BTreeMap<SegmentId, String>,
}

/// A reviewed segment that stands in no article any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Retired {
    /// What was translated.
    pub source: Text,
    /// The translation.
    pub target: Text,
    /// What the person made of it.
    pub review: Review,
}

/// How many exports of former runs a record keeps.
const FORMER: usize = 8;

impl Former {
    fn of(translation: &Translation) -> Self {
        let target = |unit: &Unit| Some((unit.segment.id.clone(), unit.rendered()?.plain().to_owned()));
        Self { fingerprint: translation.fingerprint(), targets: translation.units().filter_map(target).collect() }
    }
}

impl Record {
    /// The fingerprints of every export that is known, oldest first.
    pub fn exports(&self) -> impl Iterator<Item = &str> {
        let former = self.former.iter().map(|former| former.fingerprint.as_str());
        former.chain(self.versions.iter().map(|version| version.fingerprint.as_str()))
    }

    /// Begins the record of a translation that no person has seen; drafts are exported as `drafts_as`.
    #[must_use]
    pub fn new(machine: Translation, drafts_as: ReviewState) -> Self {
        let first = Version { fingerprint: machine.fingerprint(), ..Version::default() };
        Self { machine, drafts_as, versions: vec![first], former: Vec::new(), retired: Vec::new() }
    }

    /// The place of the version that stands now.
    #[must_use]
    pub fn latest(&self) -> usize {
        self.versions.len() - 1
    }

    /// The translation as it stood in the version at `place`. What the glossary and the checks say of what a person wrote
    /// is not known yet.
    ///
    /// # Panics
    /// When there is no such version.
    #[must_use]
    pub fn translation(&self, place: usize) -> Translation {
        self.applied(&self.versions[place]).into_owned()
    }

    /// The translation as it stands now.
    #[must_use]
    pub fn now(&self) -> Translation {
        self.translation(self.latest())
    }

    /// The reviewed segments that the article no longer has, as a translation of their own, where there are any.
    #[must_use]
    pub fn without_place(&self) -> Option<Translation> {
        let id = "retired";
        let unit = |(place, retired): (usize, &Retired)| Unit {
            segment: Segment { id: SegmentId::new(id, place), text: retired.source.clone(), gap: "\n".to_owned() },
            terms: Vec::new(),
            outcome: Outcome::Translated(Target {
                text: retired.target.clone(),
                guessed: Vec::new(),
                passed: Vec::new(),
                terms: Vec::new(),
                provenance: Provenance::person(),
                review: Some(retired.review),
            }),
            findings: Vec::new(),
            remarks: Vec::new(),
        };
        let segments: Vec<Unit> = (1..).zip(&self.retired).map(unit).collect();
        let Translation { slug, target, document } = &self.machine;
        let (lang, kind) = (document.language, BlockKind::Paragraph);
        let passage = Passage { id: id.to_owned(), kind, lang, lead: String::new(), segments };
        let document = Document { head: document.head.clone(), language: lang, passages: vec![passage] };
        (!self.retired.is_empty()).then(|| Translation { slug: slug.clone(), target: *target, document })
    }

    /// Whether it holds anything that a person made.
    #[must_use]
    pub fn has_reviews(&self) -> bool {
        let made = |version: &Version| !version.blocks.is_empty() || !version.remarks.is_empty();
        self.versions.iter().any(made) || !self.retired.is_empty()
    }

    /// Adds a version, which stands from now on.
    pub fn push(&mut self, mut version: Version) {
        version.fingerprint = self.applied(&version).fingerprint();
        self.versions.push(version);
    }

    /// The record of the same article, translated anew. What people made of segments that the article still has stands in it
    /// as before; what it no longer has is retired.
    #[must_use]
    pub fn carried_over(self, machine: Translation, drafts_as: ReviewState) -> Self {
        let mut carried = Self::new(machine, drafts_as);
        let before = self.translation(self.latest());
        let here = places(&carried.machine);
        let mut last = self.versions.into_iter().next_back().unwrap_or_default();
        carried.former = self.former;
        carried.former.push(Former::of(&before));
        carried.former.drain(..carried.former.len().saturating_sub(FORMER));
        carried.retired = self.retired;
        let (stays, goes): (Vec<Block>, Vec<Block>) =
            last.blocks.into_iter().partition(|block| carried.has(&here, &self.machine, block));
        for block in goes {
            let source = before.units().find(|unit| Some(&unit.segment.id) == block.segments.first());
            let source = source.map(|unit| unit.segment.text.clone()).unwrap_or_default();
            carried.retired.push(Retired { source, target: block.text, review: block.review });
        }
        last.remarks.retain(|(segment, _)| here.contains_key(segment));
        if !stays.is_empty() || !last.remarks.is_empty() {
            carried.push(Version { blocks: stays, ..last });
        }
        carried
    }

    /// Whether the machine's translation holds the segments of `block`, side by side and with the sources that `before` has.
    fn has(&self, here: &BTreeMap<SegmentId, (usize, usize)>, before: &Translation, block: &Block) -> bool {
        let places: Option<Vec<_>> = block.segments.iter().map(|id| here.get(id).copied()).collect();
        let together = places
            .is_some_and(|places| places.windows(2).all(|pair| pair[0].0 == pair[1].0 && pair[0].1 + 1 == pair[1].1));
        let source = |translation: &Translation, id: &SegmentId| {
            translation.units().find(|unit| unit.segment.id == *id).map(|unit| unit.segment.text.clone())
        };
        together && block.segments.iter().all(|id| source(&self.machine, id) == source(before, id))
    }

    /// The state under which `unit` was exported.
    pub(super) fn claimed(&self, unit: &Unit) -> ReviewState {
        match unit.review() {
            Some(review) => review.state,
            None if unit.rendered().is_none() => ReviewState::Unknown,
            None if matches!(unit.outcome, Outcome::Kept(_)) => ReviewState::Translated,
            None => self.drafts_as,
        }
    }

    /// The translation as `version` has it.
    pub(super) fn applied(&self, version: &Version) -> Cow<'_, Translation> {
        if version.blocks.is_empty() && version.remarks.is_empty() {
            return Cow::Borrowed(&self.machine);
        }
        let blocks: BTreeMap<&SegmentId, &Block> =
            version.blocks.iter().filter_map(|block| Some((block.segments.first()?, block))).collect();
        let mut translation = self.machine.clone();
        for passage in &mut translation.document.passages {
            apply(passage, &blocks);
            for unit in &mut passage.segments {
                let about = version.remarks.iter().filter(|(segment, _)| *segment == unit.segment.id);
                unit.remarks = about.map(|(_, remark)| remark.clone()).collect();
            }
        }
        Cow::Owned(translation)
    }
}

/// The passage and the place in it of each segment.
fn places(translation: &Translation) -> BTreeMap<SegmentId, (usize, usize)> {
    let passages = translation.document.passages.iter().enumerate();
    let all = passages.flat_map(|(passage, it)| {
        it.segments.iter().enumerate().map(move |(place, unit)| (unit.segment.id.clone(), (passage, place)))
    });
    all.collect()
}

/// Puts the blocks of a passage in the place of its units.
fn apply(passage: &mut Passage<Unit>, blocks: &BTreeMap<&SegmentId, &Block>) {
    let mut applied = Vec::with_capacity(passage.segments.len());
    let mut units = std::mem::take(&mut passage.segments).into_iter().peekable();
    while let Some(unit) = units.next() {
        let Some(block) = blocks.get(&unit.segment.id) else {
            applied.push(unit);
            continue;
        };
        let within: BTreeSet<&SegmentId> = block.segments.iter().collect();
        let mut covered = vec![unit];
        while let Some(next) = units.next_if(|next| within.contains(&next.segment.id)) {
            covered.push(next);
        }
        applied.push(reviewed(&covered, block));
    }
    passage.segments = applied;
}

/// The unit that stands for `covered`, which a person made one.
pub(super) fn reviewed(covered: &[Unit], block: &Block) -> Unit {
    let before = covered.iter().find_map(|unit| match &unit.outcome {
        Outcome::Translated(target) => Some(target.clone()),
        Outcome::Kept(_) | Outcome::Failed(_) => None,
    });
    let unchanged = covered.len() == 1 && !block.review.edited;
    let target = match before {
        Some(target) if unchanged => Target { review: Some(block.review), ..target },
        before => Target {
            text: block.text.clone(),
            guessed: Vec::new(),
            passed: Vec::new(),
            terms: Vec::new(),
            provenance: before.map_or_else(Provenance::person, |target| target.provenance),
            review: Some(block.review),
        },
    };
    let outcome = Outcome::Translated(target);
    let (segment, terms) = joined(covered);
    Unit { segment, terms, outcome, findings: Vec::new(), remarks: Vec::new() }
}

/// The segments of `units` as one, under the id of the first, and the terms in it.
fn joined(units: &[Unit]) -> (Segment, Vec<TermHit>) {
    let (mut parts, mut terms, mut at, mut gap) = (Vec::new(), Vec::new(), 0, "");
    for unit in units {
        at += gap.len();
        parts.push((gap, &unit.segment.text));
        terms.extend(unit.terms.iter().map(|hit| {
            let range = hit.range.start + at..hit.range.end + at;
            TermHit { range, ..hit.clone() }
        }));
        at += unit.segment.text.plain().len();
        gap = &unit.segment.gap;
    }
    let id = units.first().map_or_else(|| SegmentId(String::new()), |unit| unit.segment.id.clone());
    (Segment { id, text: Text::join(parts), gap: gap.to_owned() }, terms)
}
