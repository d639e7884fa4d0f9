//! What came of reviewed files: for each article what was taken, left and noted, by unit.

use serde::{Deserialize, Serialize};

use crate::model::{Finding, Lang, Origin, Outcome, Remark, ReviewState, SegmentId, Severity, Unit};

use super::effort::Effort;

/// What came of the reviews of a folder of translations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewReport {
    /// The version of chancery that merged.
    pub tool_version: String,
    /// An entry for each article and target language that a review came back for, by slug and language.
    pub articles: Vec<ArticleReview>,
    /// The files of the last merge that were refused, in the order they were named.
    pub refused: Vec<RefusedFile>,
}

/// A file, or one `file` element of it, of which nothing was merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedFile {
    /// The file, as it was named.
    pub file: String,
    /// Why, and what to do.
    pub reason: String,
}

/// What came of the reviews of an article in one target language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleReview {
    /// Where the article was read.
    pub origin: Origin,
    /// The part of its outputs' names.
    pub slug: String,
    /// Its language.
    pub source: Lang,
    /// The language it was translated into.
    pub target: Lang,
    /// The files that were merged into it, oldest first, as they were named.
    pub files: Vec<String>,
    /// Its segments by what a person made of them, as they stand now.
    pub states: Vec<(SegmentState, usize)>,
    /// What happened to its segments in the last merge, in reading order.
    pub notices: Vec<Notice>,
    /// What reviewers noted, by segment.
    pub remarks: Vec<(SegmentId, Remark)>,
    /// What the checks find in the text as it stands now, worst first.
    pub findings: Vec<(SegmentId, Finding)>,
    /// How much was changed of what the machine had.
    pub effort: Effort,
}

/// What people changed in an article in one target language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleChanges {
    /// Where the article was read.
    pub origin: Origin,
    /// Its language.
    pub source: Lang,
    /// The language it was translated into.
    pub target: Lang,
    /// The segments whose translation is another, in reading order.
    pub segments: Vec<Change>,
}

/// A segment whose translation was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The segment, or the first of those that were joined.
    pub segment: SegmentId,
    /// What is translated.
    pub source: String,
    /// The translation as it was; empty where there was none.
    pub before: String,
    /// The translation as it is.
    pub after: String,
    /// How far it has come.
    pub state: SegmentState,
}

/// How far a segment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentState {
    /// Not translated.
    Missing,
    /// As the machine left it.
    Machine,
    /// In need of work, says a person.
    Draft,
    /// A person translated or confirmed it.
    Translated,
    /// A person reviewed it.
    Reviewed,
    /// A person approved it.
    Approved,
}

/// Something that happened to a segment or unit while a file was merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The id of the unit: a passage of the article, or what the file calls one that is none.
    pub unit: String,
    /// The segment, where it is about one.
    pub segment: Option<SegmentId>,
    /// What happened.
    pub what: What,
    /// More of it, in a sentence without a full stop; empty where there is no more to say.
    pub detail: String,
}

macro_rules! outcomes {
    ($($(#[$doc:meta])* $name:ident, $severity:ident, $said:literal;)*) => {
        /// What can happen to a segment or unit while a file is merged.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum What {
            $($(#[$doc])* $name,)*
        }

        impl What {
            /// Everything that can happen.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Whether somebody should look: an error where the reviewer's text was not taken.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity),* }
            }

            /// What happened, in a few words.
            #[must_use]
            pub fn said(self) -> &'static str {
                match self { $(Self::$name => $said),* }
            }
        }
    };
}

outcomes! {
    /// The reviewer changed the text.
    Edited, Info, "edited";
    /// The text stays, and the reviewer says that it is good.
    Confirmed, Info, "confirmed";
    /// The text stays, and the reviewer takes back what was said of it.
    Reopened, Info, "reopened";
    /// What no machine had translated, the reviewer did.
    Filled, Info, "translated by the reviewer";
    /// The file has the text that an earlier merge took already.
    AlreadyMerged, Info, "merged already";
    /// The reviewer left the sentence out, or moved its text into the one before or after it.
    Emptied, Warning, "emptied";
    /// One segment came back as several: their targets were put together in order.
    Split, Info, "split";
    /// Several segments came back as one: they are one now.
    Joined, Info, "joined";
    /// The targets came back in another order: the segments are one now, with the targets as the reviewer ordered them.
    Reordered, Info, "reordered";
    /// The unit or segment came back under another id and was found by its source.
    Renumbered, Info, "renumbered";
    /// A segment came back without a target: its text stays.
    MissingTarget, Warning, "came back without a translation";
    /// A segment did not come back: its text stays.
    MissingSegment, Warning, "did not come back";
    /// A unit did not come back: its texts stay.
    MissingUnit, Warning, "did not come back";
    /// A unit that the article does not have: nothing was taken of it.
    UnknownUnit, Error, "is not in the article";
    /// A segment that the unit does not have: nothing was taken of it.
    UnknownSegment, Error, "is not in the unit";
    /// The source was changed a little: the target was taken, the article's source stays.
    SourceEdited, Warning, "came back with an edited source";
    /// The source is another: the target was not taken.
    SourceChanged, Error, "came back with another source";
    /// Two reviews changed it differently.
    Conflict, Error, "was changed differently by two reviews";
    /// An inline code was lost, doubled, moved or made up: the text was taken, the code put right where that can be.
    Codes, Warning, "inline codes were mended";
    /// The target is much longer than what it replaces, as when a tool leaves old text around codes.
    Doubled, Warning, "the text seems to be doubled";
}

impl Notice {
    /// Tells that `what` happened to a segment of the unit `unit`.
    #[must_use]
    pub fn new(unit: &str, segment: Option<&SegmentId>, what: What, detail: impl Into<String>) -> Self {
        Self { unit: unit.to_owned(), segment: segment.cloned(), what, detail: detail.into() }
    }
}

impl From<ReviewState> for SegmentState {
    fn from(state: ReviewState) -> Self {
        match state {
            ReviewState::Unknown | ReviewState::Draft => Self::Draft,
            ReviewState::Translated => Self::Translated,
            ReviewState::Reviewed => Self::Reviewed,
            ReviewState::Approved => Self::Approved,
        }
    }
}

impl SegmentState {
    /// How far the segment of `unit` has come.
    #[must_use]
    pub fn of(unit: &Unit) -> Self {
        match (&unit.outcome, unit.review()) {
            (Outcome::Failed(_), _) => Self::Missing,
            (_, Some(review)) => review.state.into(),
            (_, None) => Self::Machine,
        }
    }

    /// The state in a word or two.
    #[must_use]
    pub fn said(self) -> &'static str {
        match self {
            Self::Missing => "not translated",
            Self::Machine => "machine",
            Self::Draft => "draft",
            Self::Translated => "translated",
            Self::Reviewed => "reviewed",
            Self::Approved => "approved",
        }
    }
}
