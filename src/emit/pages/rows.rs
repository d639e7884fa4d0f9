//! The passages of an article as rows of HTML.

use super::labels::Labels;
use super::{direction, inline, review};
use crate::model::spacing;
use crate::model::{BlockKind, Lang, Outcome, Passage, SegmentId, Translation, Unit};

/// How many sentences of a passage can light up with their counterparts.
const PAIRED: usize = 60;

/// A passage and its translation, as HTML.
pub(super) struct Row {
    pub(super) class: &'static str,
    pub(super) tag: &'static str,
    pub(super) marker: String,
    pub(super) lang: Lang,
    pub(super) dir: &'static str,
    pub(super) source: String,
    pub(super) target: String,
}

/// The rows of `translation`, one for each passage that holds a segment.
pub(super) fn rows(translation: &Translation, labels: &Labels) -> Vec<Row> {
    let mut number = 0;
    let row = |passage: &Passage<Unit>| {
        number = if passage.kind == BlockKind::Numbered { number + 1 } else { 0 };
        let (class, tag) = shape(passage.kind);
        let marker = match passage.kind {
            BlockKind::Bullet => "•".to_owned(),
            BlockKind::Numbered => format!("{number}."),
            _ => String::new(),
        };
        let (source, target) = (source_cell(passage), target_cell(passage, translation.target, labels));
        Row { class, tag, marker, lang: passage.lang, dir: direction(passage.lang), source, target }
    };
    let filled = translation.document.passages.iter().filter(|passage| !passage.segments.is_empty());
    filled.map(row).collect()
}

/// The class and the element of a kind of passage.
fn shape(kind: BlockKind) -> (&'static str, &'static str) {
    match kind {
        BlockKind::Headline => ("headline", "h1"),
        BlockKind::Subhead => ("subhead", "h2"),
        BlockKind::Paragraph => ("paragraph", "p"),
        BlockKind::Bullet => ("bullet", "p"),
        BlockKind::Numbered => ("numbered", "p"),
        BlockKind::Quote => ("quote", "blockquote"),
        BlockKind::Caption => ("caption", "p"),
    }
}

fn source_cell(passage: &Passage<Unit>) -> String {
    let mut html = String::new();
    for (place, unit) in (1..).zip(&passage.segments) {
        let text = inline::text(&unit.segment.text, &inline::of_source(&unit.terms));
        html += &sentence(&format!("s n{place}"), "s", &unit.segment.id, None, &text);
        html += &space(&unit.segment.gap);
    }
    html
}

fn target_cell(passage: &Passage<Unit>, target: Lang, labels: &Labels) -> String {
    let mut html = String::new();
    for (place, unit) in (1..).zip(&passage.segments) {
        let (class, text) = match &unit.outcome {
            Outcome::Translated(target) => {
                let text = inline::text(&target.text, &inline::of_target(&unit.terms, &target.terms));
                (review::class(target), text)
            }
            Outcome::Kept(_) => (" kept", inline::text(&unit.segment.text, &[])),
            Outcome::Failed(failed) => (" failed", not_translated(&failed.to_string(), labels)),
        };
        let last = place == passage.segments.len();
        let tip = review::tip(unit, labels);
        html += &sentence(&format!("s n{place}{class}"), "t", &unit.segment.id, tip, &text);
        html += &space(spacing::between(&unit.segment.gap, passage.lang, target, last));
    }
    html
}

/// A sentence on the side `s` (source) or `t` (target), and what is told of it.
fn sentence(class: &str, side: &str, id: &SegmentId, tip: Option<&str>, text: &str) -> String {
    let mut html = format!("<span class=\"{class}\" id=\"{side}-");
    inline::escape(&mut html, id.as_str());
    if let Some(tip) = tip {
        html += "\" title=\"";
        inline::escape(&mut html, tip);
    }
    html + "\">" + text + "</span>"
}

fn not_translated(why: &str, labels: &Labels) -> String {
    let mut html = format!("<b lang=\"{}\">{}</b> <span lang=\"en\" dir=\"ltr\">", labels.lang, labels.not_translated);
    inline::escape(&mut html, why);
    html + "</span>"
}

/// The white space between sentences; a line break stays one.
fn space(gap: &str) -> String {
    match gap.matches('\n').count() {
        0 => gap.to_owned(),
        breaks => "<br>".repeat(breaks),
    }
}

/// The rule that lights up a sentence and its counterpart, for as many sentences as the longest passage has.
pub(super) fn pairs(translation: &Translation) -> String {
    let longest = translation.document.passages.iter().map(|passage| passage.segments.len()).max().unwrap_or(0);
    let pair = |place| format!(".row:has(.n{place}:is(:hover, :target)) .n{place}");
    let selectors: Vec<_> = (1..=longest.clamp(1, PAIRED)).map(pair).collect();
    format!("{} {{ background: var(--glow); }}", selectors.join(",\n"))
}
