//! A table for spreadsheets and the glossaries of CAT tools: UTF-8, a tab between columns, a line for each pair of a source
//! term and a target term.
//!
//! The first three columns are what the glossaries of `OmegaT` and its like read: source, target, comment. They pass over a
//! line that begins with `#`, as the one with the names of the columns does.

use crate::model::{Case, EntryTerm, Kind, TermEntry, Translation};

use super::{caution, remarks};

/// The columns, in order.
const COLUMNS: [&str; 16] = [
    "#source",
    "target",
    "comment",
    "source language",
    "target language",
    "source status",
    "target status",
    "part of speech",
    "gender",
    "number",
    "type",
    "case",
    "definition",
    "origin",
    "domain",
    "concept",
];

/// Writes `entries`, the concepts that occur in `translation`; none gives no table. A concept without a target term has a
/// line for each source term all the same, so that it is seen to lack one.
#[must_use]
pub fn tsv(translation: &Translation, entries: &[TermEntry]) -> Option<String> {
    if entries.is_empty() {
        return None;
    }
    let mut table = String::new();
    line(&mut table, COLUMNS.map(str::to_owned));
    let target = translation.target.to_string();
    for entry in entries {
        let missing = [EntryTerm::default()];
        let targets: &[EntryTerm] = if entry.target.is_empty() { &missing } else { &entry.target };
        for source in &entry.source {
            for term in targets {
                line(&mut table, row(entry, source, term, &target));
            }
        }
    }
    Some(table)
}

fn row(entry: &TermEntry, source: &EntryTerm, target: &EntryTerm, language: &str) -> [String; COLUMNS.len()] {
    let has = !target.text.is_empty();
    let said = |value: Option<String>| value.filter(|_| has).unwrap_or_default();
    [
        source.text.clone(),
        target.text.clone(),
        comment(entry, target),
        tag(source, &entry.lang.to_string()),
        tag(target, language),
        source.status.to_string(),
        said(Some(target.status.to_string())),
        entry.pos.clone().unwrap_or_default(),
        said(target.gender.map(|gender| gender.to_string())),
        said(target.number.map(|number| number.to_string())),
        said(Some(kind(target.kind).to_owned())),
        said(Some(case(target.case).to_owned())),
        entry.definition.clone().unwrap_or_default(),
        entry.origin.clone().unwrap_or_default(),
        entry.domain.clone().unwrap_or_default(),
        entry.concept.clone(),
    ]
}

fn comment(entry: &TermEntry, target: &EntryTerm) -> String {
    let missing = target.text.is_empty().then(|| "no term in the glossary".to_owned());
    let said = missing.into_iter().chain(caution(target)).chain(remarks(entry).map(str::to_owned));
    said.collect::<Vec<_>>().join("; ")
}

/// The language of a term: that of its side, with the region where it is that of one region only.
fn tag(term: &EntryTerm, side: &str) -> String {
    term.lang.filter(|lang| lang.region().is_some()).map_or_else(|| side.to_owned(), |lang| lang.to_string())
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Full => "full",
        Kind::Acronym => "acronym",
        Kind::Short => "short",
        Kind::Variant => "variant",
    }
}

fn case(case: Case) -> &'static str {
    match case {
        Case::Any => "any",
        Case::First => "first",
        Case::Exact => "exact",
    }
}

/// Appends a line; what would end a column or a line becomes a space.
fn line(table: &mut String, cells: [String; COLUMNS.len()]) {
    let one_line =
        |cell: String| cell.replace(|char: char| char.is_control() || "\u{2028}\u{2029}".contains(char), " ");
    table.push_str(&cells.map(one_line).join("\t"));
    table.push('\n');
}
