//! `chancery extract`: what is read of a file before anything is translated.

use serde::Serialize;

use crate::config::Config;
use crate::detect::Detector;
use crate::ingest;
use crate::model::{Article, BlockKind, Cut, Lang};

use super::exit::Ending;
use super::{Failure, Files, output};

#[derive(Serialize)]
struct Extracted<'a> {
    file: &'a str,
    format: &'a str,
    encoding: &'a str,
    title: Option<&'a str>,
    published: Option<&'a str>,
    source: Option<&'a str>,
    place: Option<&'a str>,
    section: Option<&'a str>,
    language: Option<Lang>,
    blocks: Vec<BlockRow<'a>>,
    cut: &'a [Cut],
}

#[derive(Serialize)]
struct BlockRow<'a> {
    kind: BlockKind,
    text: &'a str,
}

pub(super) fn run(args: &Files, config: &Config) -> Result<Ending, Failure> {
    let detector = Detector::new(&config.detect).map_err(Failure::usage)?;
    Ok(super::each(&args.files, |path| {
        let article = ingest::load(path, &config.ingest).map_err(|error| error.to_string())?;
        let language = detector.article(article.clone(), None).language.lang();
        if args.json {
            output::say_json(&extracted(&article, language))
        } else {
            output::say(&readable(&article, language))
        }
        .map_err(|failure| failure.message)
    }))
}

fn extracted(article: &Article, language: Option<Lang>) -> Extracted<'_> {
    let head = &article.head;
    let metadata = &head.metadata;
    Extracted {
        file: head.origin.as_str(),
        format: &head.format,
        encoding: &head.encoding,
        title: metadata.title.as_deref(),
        published: metadata.published.as_deref(),
        source: metadata.source.as_deref(),
        place: metadata.place.as_deref(),
        section: metadata.section.as_deref(),
        language,
        blocks: article.blocks.iter().map(|block| BlockRow { kind: block.kind, text: block.text.plain() }).collect(),
        cut: &head.cut,
    }
}

fn readable(article: &Article, language: Option<Lang>) -> String {
    let head = &article.head;
    let mut lines = vec![format!("{} ({}, {})", head.origin, head.format, head.encoding)];
    let metadata = &head.metadata;
    let language = language.map(|lang| lang.to_string());
    let fields = [
        ("title", &metadata.title),
        ("published", &metadata.published),
        ("source", &metadata.source),
        ("place", &metadata.place),
        ("section", &metadata.section),
        ("language", &language),
    ];
    lines.extend(fields.iter().filter_map(|(name, value)| Some(format!("  {name:<10} {}", value.as_deref()?))));
    lines.extend(head.cut.iter().map(|cut| format!("  {:<10} {}: {}", "cut", cut.why, cut.text.replace('\n', " / "))));
    lines.push(String::new());
    lines.extend(article.blocks.iter().map(|block| format!("{}\n", block.text.plain())));
    lines.join("\n")
}
