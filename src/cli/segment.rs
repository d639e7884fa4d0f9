//! `chancery segment`: articles in segments, and the rules that cut them.

use std::path::PathBuf;

use serde::Serialize;

use crate::config::Config;
use crate::detect::Detector;
use crate::model::{BlockKind, Document, Lang, Segment};
use crate::segment::Rules;
use crate::{ingest, segment};

use super::exit::Ending;
use super::{Failure, output};

/// Shows articles in segments, or writes the built-in rules as SRX 2.0
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles
    #[arg(required_unless_present = "export_srx", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// One JSON object an article
    #[arg(long)]
    json: bool,
    /// The articles' language; without it, it is detected
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,
    /// Prints the built-in rules as one SRX 2.0 document, for CAT tools, and ends
    #[arg(long, conflicts_with_all = ["files", "json", "lang"])]
    export_srx: bool,
}

#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    language: Lang,
    blocks: Vec<BlockRow<'a>>,
}

#[derive(Serialize)]
struct BlockRow<'a> {
    id: &'a str,
    kind: BlockKind,
    language: Lang,
    segments: Vec<&'a str>,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<Ending, Failure> {
    if args.export_srx {
        output::say_raw(segment::export_srx().as_bytes())?;
        return Ok(Ending::Fine);
    }
    let detector = Detector::new(&config.detect).map_err(Failure::usage)?;
    let rules = Rules::open(&config.segment).map_err(Failure::usage)?;
    Ok(super::each(&args.files, |path| {
        let article = ingest::load(path, &config.ingest).map_err(|error| error.to_string())?;
        let detected = detector.article(article, args.lang);
        let Some(language) = detected.language.lang() else {
            return Err(format!("{}: its language cannot be told: name it with --lang", detected.head.origin));
        };
        let document = segment::document(detected, language, &rules);
        if args.json { output::say_json(&row(&document)) } else { output::say(&readable(&document)) }
            .map_err(|failure| failure.message)
    }))
}

fn row(document: &Document<Segment>) -> Row<'_> {
    let blocks = document.passages.iter().map(|passage| BlockRow {
        id: &passage.id,
        kind: passage.kind,
        language: passage.lang,
        segments: passage.segments.iter().map(|segment| segment.text.plain()).collect(),
    });
    Row { file: document.head.origin.as_str(), language: document.language, blocks: blocks.collect() }
}

fn readable(document: &Document<Segment>) -> String {
    let blocks = document.passages.iter().map(|passage| {
        let lines: Vec<&str> = passage.segments.iter().map(|segment| segment.text.plain()).collect();
        lines.join("\n")
    });
    blocks.collect::<Vec<_>>().join("\n\n")
}
