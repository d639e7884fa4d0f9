//! Takes what a reviewer sent back into the record of an article.
//!
//! Three versions are compared, passage by passage: what was exported, what came back, and what stands now, since another
//! review may have been merged in between. Only what differs from the export is the reviewer's; where what stands now differs
//! from the export too, and otherwise, the two are in conflict and neither wins by itself.
//!
//! Whether a segment was changed is decided by its text. States only tell how far its review has come: tools leave them
//! behind, or set them on texts that nobody touched.
//!
//! Laws: merging what stands already changes nothing; nothing is taken from a file that is refused; every segment of the
//! article keeps its text or has the reviewer's.

use std::collections::{BTreeMap, HashMap};

use super::base::Base;
use super::cells::cells;
use super::find::{Came, as_sent, passages};
use super::notes;
use super::record::{Block, Record, Version};
use super::report::{Notice, What};
use super::sent::Sent;
use super::three_way::ThreeWay;
use crate::model::{Lang, SegmentId, Translation, Unit};
use crate::xliff::File;

/// The fact of a file that names its export: [`Translation::fingerprint`].
pub const EXPORT: &str = "export fingerprint";

/// What whoever merges may decide.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Takes files of an older export than the latest, too.
    pub accept_older: bool,
    /// In a conflict the file wins, and not what stands.
    pub prefer_file: bool,
    /// Every segment with a translation counts as reviewed, for tools that do not touch its state.
    pub all_reviewed: bool,
}

/// What a file made of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// What people have made of the article by now.
    pub version: Version,
    /// What happened, in reading order.
    pub notices: Vec<Notice>,
    /// Whether anything is other than before.
    pub changed: bool,
}

/// Why nothing of a file was taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// None of its sources is one of the article's.
    #[error("no source in it is one of `{origin}`: it is the review of another article, or of another version of it")]
    OtherArticle {
        /// The article.
        origin: String,
    },
    /// It is of another pair of languages.
    #[error(
        "it is from {came_source} to {came_target}, the article from {source_language} to {target}: name the right file"
    )]
    OtherLanguages {
        /// The article's language.
        source_language: Lang,
        /// The language it was translated into.
        target: Lang,
        /// What the file says.
        came_source: String,
        /// What the file says.
        came_target: String,
    },
    /// It lacks what has been merged since it was exported.
    #[error(
        "it is of an older export, and {segments} in it would take the place of newer work: send the reviewer the newer export, or merge it with --accept-older, which lists conflicts"
    )]
    Older {
        /// How many, as people say it: `1 segment`, `2 segments`.
        segments: String,
    },
}

/// Merges `file`, named `name`, into `record`. `standing` is what earlier files of the same merge made of the latest version.
/// `is_ours` tells whether a note without an author is one that the export bore.
///
/// # Errors
/// When the file is of another article or pair of languages, or of an older export.
pub fn merge(
    record: &Record,
    standing: &Version,
    (name, file): (&str, &File),
    options: Options,
    is_ours: &dyn Fn(&str) -> bool,
) -> Result<Merged, Refused> {
    check_languages(&record.machine, file)?;
    let base = Base::of(record, file);
    let (sent, stands) = (record.applied(&record.versions[base.version]), record.applied(standing));
    // What was merged since, or is taken as reviewed, is more than the file says.
    let [now, before]: [&Translation; 2] = [&stands, &sent];
    let plain = std::ptr::eq(now, before) && !options.all_reviewed;
    let claimed = |unit: &Unit| record.claimed(unit);
    let as_sent = if plain { as_sent(&sent, file, &claimed) } else { BTreeMap::new() };
    let open = |(place, passage)| (!as_sent.contains_key(&place)).then(|| Sent::of(passage));
    let sent_passages: Vec<Option<Sent>> = sent.document.passages.iter().enumerate().map(open).collect();
    let (came, mut notices) = passages(&sent_passages, file, &as_sent);
    if as_sent.is_empty() {
        check_article(record, &sent_passages, &came)?;
    }
    let former = base.former;
    let mut merge = ThreeWay {
        record,
        sent: &sent,
        stands: &stands,
        former,
        named: base.named,
        options,
        name,
        notices: Vec::new(),
        lost: 0,
        blocks: Vec::new(),
    };
    for (place, came) in came.iter().enumerate() {
        let passage = &record.machine.document.passages[place];
        let Some(sent_passage) = &sent_passages[place] else { continue };
        match came {
            Some(came) => {
                let cells = cells(sent_passage, came, sent.target, &mut merge.notices);
                merge.passage(place, &cells);
            }
            None if passage.segments.is_empty() => {}
            None => merge.notices.push(Notice::new(&passage.id, None, What::MissingUnit, "")),
        }
    }
    let lost = if former.is_some() || !base.known { merge.blocks.len() } else { merge.lost };
    if base.is_older(record) && lost > 0 && !options.accept_older {
        let segments = format!("{lost} segment{}", if lost == 1 { "" } else { "s" });
        return Err(Refused::Older { segments });
    }
    let ThreeWay { blocks, notices: told, .. } = merge;
    notices.splice(0..0, told);
    let mut version = standing.with(&record.machine, blocks);
    notes::add(&mut version.remarks, &sent, &came, is_ours);
    let changed = (&version.blocks, &version.remarks) != (&standing.blocks, &standing.remarks);
    if changed && !version.files.iter().any(|file| file == name) {
        version.files.push(name.to_owned());
    }
    Ok(Merged { version, notices, changed })
}

/// `trgLang="en"` may come back as `en-US`, and a file may not say into which language it is.
fn check_languages(translation: &Translation, file: &File) -> Result<(), Refused> {
    let pair = translation.pair();
    let reads = |tag: &str, lang: Lang| tag.replace('_', "-").parse::<Lang>().is_ok_and(|it| it.reads_as(lang));
    let target = file.target.as_deref().is_none_or(|tag| reads(tag, pair.target));
    if reads(&file.source, pair.source) && target {
        return Ok(());
    }
    Err(Refused::OtherLanguages {
        source_language: pair.source,
        target: pair.target,
        came_source: file.source.clone(),
        came_target: file.target.clone().unwrap_or_default(),
    })
}

fn check_article(record: &Record, sent: &[Option<Sent>], came: &[Option<Came>]) -> Result<(), Refused> {
    let known = sent.iter().zip(came).any(|(sent, came)| {
        let (Some(sent), Some(came)) = (sent, came) else { return false };
        let mut sources = came.sources.iter().filter(|said| !said.is_empty());
        let whole: String = sources.clone().map(String::as_str).collect();
        !whole.is_empty() && (whole == sent.whole || sources.any(|said| sent.sources.contains(said)))
    });
    let origin = || record.machine.document.head.origin.to_string();
    if known { Ok(()) } else { Err(Refused::OtherArticle { origin: origin() }) }
}

impl Version {
    /// This version with `blocks` in the place of those that cover the same segments, in reading order.
    fn with(&self, machine: &Translation, blocks: Vec<Block>) -> Self {
        let replaced = |old: &Block| blocks.iter().any(|new| new.segments.iter().any(|id| old.segments.contains(id)));
        let mut all: Vec<Block> = self.blocks.iter().filter(|old| !replaced(old)).cloned().collect();
        all.extend(blocks);
        let order: HashMap<&SegmentId, usize> =
            machine.units().enumerate().map(|(place, unit)| (&unit.segment.id, place)).collect();
        all.sort_by_key(|block| block.segments.first().and_then(|id| order.get(id)).copied());
        Self { blocks: all, ..self.clone() }
    }
}
