//! `chancery detect`: the language of articles and of their blocks.

use serde::Serialize;

use crate::config::Config;
use crate::detect::Detector;
use crate::ingest;
use crate::model::{Detected, Detection, Lang};

use super::exit::Ending;
use super::{Failure, Files, output};

#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    language: Option<Lang>,
    confidence: Option<f64>,
    blocks: Vec<BlockRow<'a>>,
}

#[derive(Serialize)]
struct BlockRow<'a> {
    language: Option<Lang>,
    text: &'a str,
}

pub(super) fn run(args: &Files, config: &Config) -> Result<Ending, Failure> {
    let detector = Detector::new(&config.detect).map_err(Failure::usage)?;
    Ok(super::each(&args.files, |path| {
        let article = ingest::load(path, &config.ingest).map_err(|error| error.to_string())?;
        let detected = detector.article(article, None);
        if args.json { output::say_json(&row(&detected)) } else { output::say(&readable(&detected)) }
            .map_err(|failure| failure.message)
    }))
}

fn row(detected: &Detected) -> Row<'_> {
    let blocks = detected.blocks.iter();
    Row {
        file: detected.head.origin.as_str(),
        language: detected.language.lang(),
        confidence: match detected.language {
            Detection::Known { confidence, .. } => Some(confidence),
            Detection::Undetermined => None,
        },
        blocks: blocks.map(|(block, lang)| BlockRow { language: lang.lang(), text: block.text.plain() }).collect(),
    }
}

fn readable(detected: &Detected) -> String {
    let mut lines = vec![format!("{}: {}", detected.head.origin, tag_or_question(detected.language))];
    let others = detected.blocks.iter().filter(|(_, lang)| lang.lang() != detected.language.lang());
    lines.extend(others.map(|(block, lang)| {
        let start: String = block.text.plain().chars().take(60).collect();
        format!("  {}: {start}", tag_or_question(*lang))
    }));
    lines.join("\n")
}

fn tag_or_question(detection: Detection) -> String {
    detection.lang().map_or_else(|| "undetermined".to_owned(), |lang| lang.to_string())
}
