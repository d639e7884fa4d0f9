//! The shape of a glossary file, key by key.

use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::Spanned;

use crate::glossary::concept::{Case, Concept, FirstUse, Gender, Kind, Mode, Number, Term, When};
use crate::model::{Lang, TermStatus};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a glossary file")]
#[expect(dead_code, reason = "read for their errors")]
pub(super) struct RawFile {
    pub(super) schema: Spanned<i64>,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) languages: Vec<Lang>,
    #[serde(default)]
    pub(super) concept: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a concept, such as `{ id = \"..\", terms = { .. } }`")]
pub(super) struct RawConcept {
    pub(super) id: String,
    pub(super) domain: Option<String>,
    pub(super) pos: Option<String>,
    pub(super) definition: Option<String>,
    pub(super) note: Option<String>,
    pub(super) source: Option<String>,
    #[serde(default)]
    pub(super) dnt: bool,
    #[serde(default)]
    pub(super) mandatory: bool,
    #[serde(default)]
    pub(super) not: Vec<String>,
    pub(super) when: Option<When>,
    #[expect(dead_code, reason = "has to be there, and is read apart")]
    pub(super) terms: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a term, such as `{ t = \"..\" }`")]
pub(super) struct RawTerm {
    pub(super) t: String,
    pub(super) status: Option<TermStatus>,
    #[serde(default)]
    pub(super) superseded: bool,
    #[serde(default)]
    pub(super) case: Case,
    #[serde(default)]
    pub(super) r#match: Mode,
    #[serde(default)]
    pub(super) forms: Vec<String>,
    #[serde(default)]
    pub(super) r#type: Kind,
    pub(super) region: Option<String>,
    #[serde(default)]
    pub(super) not_within: Vec<String>,
    pub(super) first_use: Option<FirstUse>,
    pub(super) why: Option<String>,
    pub(super) gender: Option<Gender>,
    pub(super) number: Option<Number>,
}

impl RawConcept {
    pub(super) fn with(self, terms: Vec<Term>) -> Concept {
        Concept {
            id: self.id,
            domain: self.domain,
            pos: self.pos,
            definition: self.definition,
            note: self.note,
            source: self.source,
            dnt: self.dnt,
            mandatory: self.mandatory,
            not: self.not,
            when: self.when,
            terms,
        }
    }
}

impl RawTerm {
    /// What the term says of its status; `superseded = true` alone says superseded.
    pub(super) fn status(&self) -> TermStatus {
        self.status.unwrap_or(if self.superseded { TermStatus::Superseded } else { TermStatus::Preferred })
    }

    pub(super) fn with(self, lang: Option<Lang>) -> Term {
        Term {
            lang,
            status: self.status(),
            superseded: self.superseded,
            text: self.t,
            case: self.case,
            mode: self.r#match,
            forms: self.forms,
            kind: self.r#type,
            not_within: self.not_within,
            first_use: self.first_use,
            why: self.why,
            gender: self.gender,
            number: self.number,
        }
    }
}
