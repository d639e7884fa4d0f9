//! An article in segments: the form that the later stages share.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{BlockKind, Finding, Head, Lang, Outcome, Pair, Remark, Review, TermHit, Text, sha256};

/// An article in segments of the kind `S`: [`Segment`], then [`Prepared`], then [`Unit`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document<S> {
    /// What is known of the article besides its text.
    pub head: Head,
    /// The language of the article as a whole.
    pub language: Lang,
    /// Its blocks in reading order.
    pub passages: Vec<Passage<S>>,
}

/// A block of an article, in segments. XLIFF 2 calls it a unit, XLIFF 1.2 a group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Passage<S> {
    /// Names the block in its article: made from its text, so that it stays when others come or go.
    /// Letters, digits and `-` only.
    pub id: String,
    /// What the block is.
    pub kind: BlockKind,
    /// The language of the block.
    pub lang: Lang,
    /// White space before the first segment.
    pub lead: String,
    /// The segments in reading order.
    pub segments: Vec<S>,
}

/// Names a segment in its article: its passage's id, `-` and its place from 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SegmentId(pub String);

/// A sentence, or what stands for one: the smallest thing that is translated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Names the segment in its article.
    pub id: SegmentId,
    /// What it says, without white space at either end; never empty.
    pub text: Text,
    /// White space between it and the next segment, or after the last; a `\n` in it is a line break.
    pub gap: String,
}

/// A segment with the glossary terms that occur in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The segment.
    pub segment: Segment,
    /// The terms in it, by start, never overlapping.
    pub terms: Vec<TermHit>,
}

/// A segment with its terms, what came of translating it, and what the checks say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// The segment.
    pub segment: Segment,
    /// The terms in it, by start, never overlapping.
    pub terms: Vec<TermHit>,
    /// Translated, kept or failed; never a translation in disguise.
    pub outcome: Outcome,
    /// What the checks found, worst first.
    pub findings: Vec<Finding>,
    /// What reviewers noted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
}

/// An article translated into one language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Translation {
    /// File-name part for its outputs: `[a-z0-9-]`, unique in a run.
    pub slug: String,
    /// The language it was translated into.
    pub target: Lang,
    /// The article in units.
    pub document: Document<Unit>,
}

impl<S> Document<S> {
    /// Turns each segment into what `each` makes of it, given its passage's language.
    #[must_use]
    pub fn map<T>(self, mut each: impl FnMut(Lang, S) -> T) -> Document<T> {
        let passages = self.passages.into_iter().map(|passage| {
            let lang = passage.lang;
            Passage {
                id: passage.id,
                kind: passage.kind,
                lang,
                lead: passage.lead,
                segments: passage.segments.into_iter().map(|segment| each(lang, segment)).collect(),
            }
        });
        Document { head: self.head, language: self.language, passages: passages.collect() }
    }

    /// All segments in reading order, each with the language of its passage.
    pub fn segments(&self) -> impl Iterator<Item = (Lang, &S)> {
        self.passages.iter().flat_map(|passage| passage.segments.iter().map(|segment| (passage.lang, segment)))
    }
}

impl Translation {
    /// The direction of the article as a whole.
    #[must_use]
    pub fn pair(&self) -> Pair {
        Pair { source: self.document.language, target: self.target }
    }

    /// Names what this translation says: equal where article, languages, sources, targets and the state of their review
    /// are equal. Sixteen hexadecimal digits, borne by every export, so that a file that comes back tells which it was.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut said = vec![self.document.head.sha256.clone(), self.pair().to_string()];
        for unit in self.units() {
            said.push(unit.segment.id.to_string());
            said.push(format!("{:?}", unit.segment.text));
            said.push(format!("{:?}", unit.rendered()));
            said.push(format!("{:?}", unit.review()));
        }
        let mut print = sha256(said.join("\0").as_bytes());
        print.truncate(16);
        print
    }

    /// All units in reading order.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.document.segments().map(|(_, unit)| unit)
    }
}

impl Unit {
    /// What stands in the translation for this segment: the target, or the source where it was kept; nothing where it failed.
    #[must_use]
    pub fn rendered(&self) -> Option<&Text> {
        match &self.outcome {
            Outcome::Translated(target) => Some(&target.text),
            Outcome::Kept(_) => Some(&self.segment.text),
            Outcome::Failed(_) => None,
        }
    }

    /// What a person made of the translation, where one looked at it.
    #[must_use]
    pub fn review(&self) -> Option<Review> {
        match &self.outcome {
            Outcome::Translated(target) => target.review,
            Outcome::Kept(_) | Outcome::Failed(_) => None,
        }
    }
}

impl SegmentId {
    /// The segment at `place` (from 1) of the passage `passage`.
    #[must_use]
    pub fn new(passage: &str, place: usize) -> Self {
        Self(format!("{passage}-{place}"))
    }

    /// The id as written in outputs.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SegmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
