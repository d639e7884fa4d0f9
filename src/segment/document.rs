//! From a detected article to a document of segments.

use std::collections::BTreeMap;

use super::Rules;
use crate::model::{Block, Detected, Document, Lang, Passage, Segment, SegmentId, sha256};

/// Digits of a block's hash in its passage's id.
const ID_DIGITS: usize = 10;

/// Cuts each block of an article into segments.
///
/// A block is in its detected language, or else in `language`, that of the article.
/// A passage's id comes from its block's characters alone, so that it stays when other blocks come or go:
/// `b` and ten hexadecimal digits, and `-r2`, `-r3` .. on a block that repeats an earlier one.
/// Law: a passage's lead and its segments, each with its gap, joined are its block's characters.
#[must_use]
pub fn document(detected: Detected, language: Lang, rules: &Rules) -> Document<Segment> {
    let mut seen = BTreeMap::new();
    let passages = detected.blocks.into_iter().map(|(block, detection)| {
        let id = passage_id(block.text.plain(), &mut seen);
        passage(&block, id, detection.lang().unwrap_or(language), rules)
    });
    Document { passages: passages.collect(), head: detected.head, language }
}

fn passage(block: &Block, id: String, lang: Lang, rules: &Rules) -> Passage<Segment> {
    let plain = block.text.plain();
    let mut lead = String::new();
    let mut segments: Vec<Segment> = Vec::new();
    let mut at = 0;
    for piece in rules.split(lang, plain) {
        let core = piece.trim();
        let start = at + piece.len() - piece.trim_start().len();
        let end = start + core.len();
        let before = segments.last_mut().map_or(&mut lead, |segment| &mut segment.gap);
        before.push_str(&plain[at..start]);
        at += piece.len();
        if !core.is_empty() {
            let id = SegmentId::new(&id, segments.len() + 1);
            segments.push(Segment { id, text: block.text.slice(start..end), gap: plain[end..at].to_owned() });
        }
    }
    Passage { id, kind: block.kind, lang, lead, segments }
}

/// Names a block by its characters; `seen` counts the blocks of each name so far.
fn passage_id(plain: &str, seen: &mut BTreeMap<String, usize>) -> String {
    let id = format!("b{}", &sha256(plain.as_bytes())[..ID_DIGITS]);
    let times = seen.entry(id.clone()).or_default();
    *times += 1;
    if *times == 1 { id } else { format!("{id}-r{times}") }
}

#[cfg(test)]
mod tests;
