//! Whole: every source and every target, in order, with its codes, is what was exported.

use std::collections::{BTreeMap, BTreeSet};

use chancery::emit::xliff::{Profile, Version};
use serde::Deserialize;

use crate::export::{Export, Exports, Shown, without_codes};
use crate::tool::{Npm, OmegaT, Toolkit};

/// What translate-toolkit makes of a segment.
#[derive(Debug, Deserialize)]
struct Held {
    #[serde(flatten)]
    shown: Shown,
    /// The texts that it gives to whoever asks for no codes.
    source_text: String,
    target_text: Option<String>,
}

/// Asserts that a tool shows of `file` what is `expected`.
#[track_caller]
fn shows(file: &str, shown: &[Shown], expected: &[Shown]) {
    for (shown, expected) in shown.iter().zip(expected) {
        assert_eq!(shown, expected, "{file}");
    }
    assert_eq!(shown.len(), expected.len(), "{file}");
}

#[test]
fn the_toolkit_shows_every_file_whole() {
    let Some(toolkit) = Toolkit::found() else { return };
    let exports = Exports::of(|_| true);
    let mut held: BTreeMap<String, Vec<Held>> = toolkit.show(exports.path());
    for export in &exports.files {
        let readers: Vec<_> = held.keys().filter(|key| key.starts_with(&export.name)).cloned().collect();
        assert_eq!(readers.len(), if export.style.version == Version::V1_2 { 2 } else { 1 }, "{}", export.name);
        for reader in readers {
            let segments = held.remove(&reader).expect("a file");
            for Held { shown, source_text, target_text } in &segments {
                assert_eq!(source_text, &without_codes(&shown.source), "{reader}");
                assert_eq!(target_text.as_deref(), shown.target.as_deref().map(without_codes).as_deref(), "{reader}");
            }
            let shown: Vec<_> = segments.into_iter().map(|held| held.shown).collect();
            shows(&reader, &shown, &export.segments());
        }
    }
}

/// All but the halves of codes that go on to another sentence, `it`, which it does not know.
#[test]
fn npm_xliff_shows_every_file_of_1_2_whole() {
    let Some(npm) = Npm::found() else { return };
    let exports = Exports::of(|style| style.version == Version::V1_2);
    let shown: BTreeMap<String, Vec<Shown>> = npm.show(exports.path());
    for export in &exports.files {
        shows(&export.name, &shown[&export.name], &export.segments_without_halves());
    }
}

/// Of a unit of several segments it keeps the last, and of a marked term nothing, in whichever version 2.
#[test]
fn npm_xliff_shows_units_of_one_segment_of_lean_2_x_whole() {
    let Some(npm) = Npm::found() else { return };
    let exports = Exports::of(|style| style.version != Version::V1_2 && style.profile == Profile::Lean);
    let shown: BTreeMap<String, Vec<Shown>> = npm.show(exports.path());
    for export in &exports.files {
        for (unit, expected) in export.lone_segments() {
            let segment = shown[&export.name].iter().find(|shown| shown.id == unit).expect("the unit");
            assert_eq!((&segment.source, &segment.target), (&expected.source, &expected.target), "{}", export.name);
        }
    }
}

/// `OmegaT` 3.6 offers the targets for translation, without white space at their ends, and nothing of a segment that has
/// none or only codes.
#[test]
fn omegat_offers_every_target() {
    let exports = Exports::of(|style| style.version == Version::V1_2);
    let Some(omegat) = OmegaT::project(exports.path()) else { return };
    let offered: BTreeSet<String> = omegat.texts().iter().map(|text| OmegaT::plain(text).trim().to_owned()).collect();
    let segments = exports.files.iter().flat_map(Export::segments);
    let targets = segments.filter_map(|shown| Some(without_codes(&shown.target?).trim().to_owned()));
    let targets: BTreeSet<String> = targets.filter(|text| !text.is_empty()).collect();
    assert_eq!(offered.difference(&targets).collect::<Vec<_>>(), targets.difference(&offered).collect::<Vec<_>>());
}
