//! What a segment says of its translation: whose it is, and how far its review has come.
//!
//! Machine translation bears the state that asks for review, or counts as translated where a tool would not show it else; a
//! kept segment counts as translated, since there is nothing left to do, but not as reviewed, since nobody looked; a failed
//! one has no target and no state. What a person edited or confirmed is the machine's no more.

use crate::model::{Outcome, ReviewState, Target, TermMade, Unit};

use super::MtState;

/// Whose a translation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Author {
    /// A machine's, as it is.
    Machine,
    /// A machine's, with terms of the glossary put in.
    Repaired,
    /// A machine's, which a person confirmed.
    Confirmed,
    /// A person's.
    Edited,
    /// Nobody's: the source stands as it is.
    Kept,
}

/// What a segment says of its translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    pub(super) author: Author,
    pub(super) review: ReviewState,
}

impl State {
    /// The state of `unit`; none where it has no translation.
    pub(super) fn of(unit: &Unit, machine: MtState) -> Option<Self> {
        match &unit.outcome {
            Outcome::Translated(target) => Some(Self::of_target(target, machine)),
            Outcome::Kept(_) => Some(Self { author: Author::Kept, review: ReviewState::Translated }),
            Outcome::Failed(_) => None,
        }
    }

    fn of_target(target: &Target, machine: MtState) -> Self {
        let said = target.review.map_or(ReviewState::Unknown, |review| review.state);
        let edited = target.provenance.is_person() || target.review.is_some_and(|review| review.edited);
        let unsaid = if edited { ReviewState::Translated } else { machine.into() };
        let review = if said == ReviewState::Unknown { unsaid } else { said };
        let author = if edited {
            Author::Edited
        } else if said >= ReviewState::Translated {
            Author::Confirmed
        } else if target.terms.iter().any(TermMade::is_repaired) {
            Author::Repaired
        } else {
            Author::Machine
        };
        Self { author, review }
    }

    /// Whether it is a machine's that nobody confirmed.
    pub(super) fn is_machine(self) -> bool {
        matches!(self.author, Author::Machine | Author::Repaired)
    }

    /// The `state` and `subState` of a segment of XLIFF 2.
    pub(super) fn of_segment(self) -> [(&'static str, &'static str); 2] {
        let state = match self.review {
            ReviewState::Unknown | ReviewState::Draft => "initial",
            ReviewState::Translated => "translated",
            ReviewState::Reviewed => "reviewed",
            ReviewState::Approved => "final",
        };
        let author = match self.author {
            Author::Machine => "chancery:mt",
            Author::Repaired => "chancery:mt+terms",
            Author::Confirmed => "chancery:reviewed",
            Author::Edited => "chancery:edited",
            Author::Kept => "chancery:kept",
        };
        [("state", state), ("subState", author)]
    }

    /// The `state` of a target of XLIFF 1.2.
    pub(super) fn of_trans_unit(self) -> &'static str {
        match self.review {
            ReviewState::Unknown | ReviewState::Draft => "needs-review-translation",
            ReviewState::Translated => "translated",
            ReviewState::Reviewed => "signed-off",
            ReviewState::Approved => "final",
        }
    }
}

impl From<MtState> for ReviewState {
    fn from(state: MtState) -> Self {
        match state {
            MtState::Initial => Self::Draft,
            MtState::Translated => Self::Translated,
        }
    }
}
