//! How far a review has come, in the words of each tool.
//!
//! Laws: of several claims on one segment the least counts; `approved="yes"` counts unless a claim says that there is work
//! left; a word that is not in the table is kept and says nothing.

use crate::model::ReviewState;
use crate::model::ReviewState::{Approved, Draft, Reviewed, Translated};

/// Where a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// `state` of a 1.x target.
    State1,
    /// `state` of an XLIFF 2 segment.
    State2,
    /// `subState` of an XLIFF 2 segment.
    SubState,
    /// `conf` of an `sdl:seg`: Trados.
    Trados,
    /// `mq:status`: memoQ.
    MemoQ,
    /// `m:confirmed`: Phrase, the step of the workflow in which somebody confirmed.
    Phrase,
}

/// What each word says.
const CLAIMS: &[(Voice, &str, ReviewState)] = &[
    (Voice::State1, "new", Draft),
    (Voice::State1, "needs-translation", Draft),
    (Voice::State1, "needs-adaptation", Draft),
    (Voice::State1, "needs-l10n", Draft),
    (Voice::State1, "needs-review-translation", Draft),
    (Voice::State1, "needs-review-adaptation", Draft),
    (Voice::State1, "needs-review-l10n", Draft),
    (Voice::State1, "translated", Translated),
    (Voice::State1, "signed-off", Reviewed),
    (Voice::State1, "final", Approved),
    (Voice::State2, "initial", Draft),
    (Voice::State2, "translated", Translated),
    (Voice::State2, "reviewed", Reviewed),
    (Voice::State2, "final", Approved),
    (Voice::SubState, "poedit:fuzzy", Draft),
    // Trados leaves it out where nothing is translated.
    (Voice::Trados, "", Draft),
    (Voice::Trados, "Draft", Draft),
    (Voice::Trados, "RejectedTranslation", Draft),
    (Voice::Trados, "RejectedSignOff", Draft),
    (Voice::Trados, "Translated", Translated),
    (Voice::Trados, "ApprovedTranslation", Reviewed),
    (Voice::Trados, "ApprovedSignOff", Approved),
    (Voice::MemoQ, "NotStarted", Draft),
    (Voice::MemoQ, "PreTranslated", Draft),
    (Voice::MemoQ, "Pretranslated", Draft),
    (Voice::MemoQ, "MachineTranslated", Draft),
    (Voice::MemoQ, "AssembledFromFragments", Draft),
    (Voice::MemoQ, "AutoJoined", Draft),
    (Voice::MemoQ, "AutoSplit", Draft),
    (Voice::MemoQ, "AutoSplitAndEmpty", Draft),
    (Voice::MemoQ, "PartiallyEdited", Draft),
    (Voice::MemoQ, "Rejected", Draft),
    (Voice::MemoQ, "ConfirmedTranslator", Translated),
    (Voice::MemoQ, "ManuallyConfirmed", Translated),
    (Voice::MemoQ, "Reviewer1Confirmed", Reviewed),
    (Voice::MemoQ, "Proofread", Reviewed),
    (Voice::Phrase, "0", Draft),
    (Voice::Phrase, "false", Draft),
    (Voice::Phrase, "1", Translated),
    (Voice::Phrase, "true", Translated),
    (Voice::Phrase, "2", Reviewed),
    (Voice::Phrase, "3", Reviewed),
    (Voice::Phrase, "4", Reviewed),
];

/// All that is claimed of a segment.
#[derive(Debug, Default)]
pub(super) struct Claims {
    least: ReviewState,
    approved: bool,
    words: String,
}

impl Claims {
    /// Adds what `voice` says.
    pub(super) fn hear(&mut self, voice: Voice, word: &str) {
        let claimed = CLAIMS.iter().find(|(who, known, _)| *who == voice && *known == word);
        let claimed = claimed.map_or(ReviewState::Unknown, |(_, _, state)| *state);
        self.least = match (self.least, claimed) {
            (ReviewState::Unknown, other) | (other, ReviewState::Unknown) => other,
            (one, other) => one.min(other),
        };
        match voice {
            Voice::Phrase => self.keep(&format!("confirmed {word}")),
            _ => self.keep(word),
        }
    }

    /// Adds the `approved` of a 1.x `trans-unit`.
    pub(super) fn approve(&mut self, word: &str) {
        if word == "yes" {
            self.approved = true;
            self.keep("approved");
        }
    }

    /// What comes of it, and the words.
    pub(super) fn settle(self) -> (ReviewState, Option<String>) {
        let approved = self.approved && self.least != Draft;
        let state = if approved { Approved } else { self.least };
        (state, Some(self.words).filter(|words| !words.is_empty()))
    }

    fn keep(&mut self, word: &str) {
        if word.is_empty() || self.words.split(", ").any(|kept| kept == word) {
            return;
        }
        if !self.words.is_empty() {
            self.words.push_str(", ");
        }
        self.words.push_str(word);
    }
}
