//! What every room hands to the next: pure data, no input or output, no other room.
//!
//! The order of the file list is the order of the flow: a [`Lang`] tags a [`Text`], texts make up an
//! [`Article`], detection gives it languages ([`Detected`]), segmentation turns it into a
//! [`Document`] of [`Segment`]s, the glossary into a `Document` of [`Prepared`] ones, translation
//! into a `Document` of [`Unit`]s, and with a target language that is a [`Translation`].
//! Every stage adds facts and takes none away.

mod lang;
mod text;
mod usage;

mod article;
mod detection;
mod document;

mod entry;
mod finding;
mod outcome;
mod review;
mod term;

pub mod spacing;

mod address;
mod guard;
mod hash;
mod length;
mod money;
mod placeholder;

pub use address::is_address;
pub use article::{Article, Block, BlockKind, Cut, Head, Metadata, Origin};
pub use detection::{Detected, Detection};
pub use document::{Document, Passage, Prepared, Segment, SegmentId, Translation, Unit};
pub use entry::{EntryTerm, TermEntry};
pub use finding::{Finding, Severity};
pub use guard::guarded;
pub use hash::{Sha256, sha256};
pub use lang::{Lang, Pair, ParseLangError};
pub use length::length_in_english;
pub use money::{Money, ParseMoneyError};
pub use outcome::{Failed, Failure, Kept, ModelId, Outcome, Passed, Provenance, Target};
pub use placeholder::{PLACEHOLDERS, placeholders};
pub use review::{Remark, Review, ReviewState};
pub use term::{
    Case, FirstUse, Gender, Kind, MatchHow, Mode, Number, Rendering, Rendition, Renditions, Strategy, TermHit,
    TermMade, TermStatus,
};
pub use text::{Mark, MarkKind, Piece, Text, TextError};
pub use usage::{Spent, Usage};
