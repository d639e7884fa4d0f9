//! A folder of exports, and what a tool ought to show of each.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use chancery::emit::xliff::{self, MtState, Profile, Style, Version};
use chancery::model::Translation;
use chancery::xliff::{Coding, Step};
use serde::Deserialize;

use crate::hard;
use crate::translations::{self, facts};

/// A segment as a tool shows it, each code as `⟦1⟧..⟦/1⟧` or `⟦1/⟧`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Shown {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) target: Option<String>,
}

/// Files of one or more styles in a folder of their own.
pub(crate) struct Exports {
    folder: tempfile::TempDir,
    pub(crate) files: Vec<Export>,
}

/// An export and what it was made of.
pub(crate) struct Export {
    pub(crate) name: String,
    pub(crate) style: Style,
    pub(crate) translation: Translation,
}

impl Exports {
    /// Every sample in every style that `wanted` says yes to.
    pub(crate) fn of(wanted: impl Fn(Style) -> bool) -> Self {
        let mut exports = Self { folder: tempfile::tempdir().expect("a folder"), files: Vec::new() };
        for style in styles().filter(|style| wanted(*style)) {
            for translation in [translations::all(), hard::all()].concat() {
                let Style { version, profile, mt_state } = style;
                let name = format!("{}.{version:?}-{profile:?}-{mt_state:?}.xlf", translation.slug);
                let written = xliff::write(&translation, style, &facts()).expect("fit for XLIFF");
                fs::write(exports.path().join(&name), written.text).expect("written");
                exports.files.push(Export { name, style, translation });
            }
        }
        exports
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Each file with what `folder` has under its name.
    pub(crate) fn beside(&self, folder: &Path) -> impl Iterator<Item = (&Export, String, String)> {
        self.files.iter().map(move |export| {
            let read = |folder: &Path| fs::read_to_string(folder.join(&export.name)).expect("a file");
            (export, read(self.path()), read(folder))
        })
    }
}

/// Every way to write an export.
fn styles() -> impl Iterator<Item = Style> {
    let profiles =
        [(Profile::Lean, MtState::Initial), (Profile::Lean, MtState::Translated), (Profile::Full, MtState::Initial)];
    Version::ALL
        .into_iter()
        .flat_map(move |version| profiles.map(|(profile, mt_state)| Style { version, profile, mt_state }))
}

impl Export {
    /// What a tool that loses nothing shows, in order.
    pub(crate) fn segments(&self) -> Vec<Shown> {
        self.segments_with(|_| true)
    }

    /// What a tool shows that knows no code but those that end in the sentence in which they begin.
    pub(crate) fn segments_without_halves(&self) -> Vec<Shown> {
        self.segments_with(|step| !matches!(step, Step::Begin(_) | Step::End(_)))
    }

    fn segments_with(&self, known: impl Fn(&Step) -> bool) -> Vec<Shown> {
        let coded = |steps: &[Step]| coded(steps.iter().filter(|step| known(step)));
        let mut shown = Vec::new();
        for passage in &self.translation.document.passages {
            let coding = Coding::of(passage);
            for (place, unit) in passage.segments.iter().enumerate() {
                let (id, target) = (unit.segment.id.to_string(), coding.target(place).map(coded));
                shown.push(Shown { id, source: coded(coding.source(place)), target });
            }
        }
        shown
    }

    /// The same of the units that have one segment, by the ids of the units.
    pub(crate) fn lone_segments(&self) -> BTreeMap<String, Shown> {
        let passages = self.translation.document.passages.iter();
        let lone = passages.filter(|passage| passage.segments.len() == 1).map(|passage| passage.id.clone());
        let of = |id: &str| self.segments().into_iter().find(|shown| shown.id == format!("{id}-1")).expect("a segment");
        lone.map(|id| (id.clone(), of(&id))).collect()
    }
}

/// A text with its codes.
fn coded<'a>(steps: impl Iterator<Item = &'a Step>) -> String {
    steps.fold(String::new(), |mut text, step| {
        match step {
            Step::Chars(chars) => text.push_str(&held(chars)),
            Step::Open(code) | Step::Begin(code) => write!(text, "⟦{code}⟧").expect("a string takes it"),
            Step::Close(code) | Step::End(code) => write!(text, "⟦/{code}⟧").expect("a string takes it"),
            Step::Alone(code) => write!(text, "⟦{code}/⟧").expect("a string takes it"),
        }
        text
    })
}

/// What XML can hold of `plain`.
fn held(plain: &str) -> String {
    let fit = |char| matches!(char, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    plain.chars().map(|char| if fit(char) { char } else { '\u{FFFD}' }).collect()
}

/// `text` without its codes, in the form of [`Shown`].
pub(crate) fn without_codes(text: &str) -> String {
    let mut parts = text.split('⟦');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| plain + part.split_once('⟧').map_or(part, |(_, rest)| rest))
}
