//! Where inline marks land on the translations of the built-in models: on the words that render theirs.

use std::path::{Path, PathBuf};

use chancery::model::{Mark, MarkKind, Pair, Piece, Text};
use chancery::translate::marks::place;
use chancery::translate::{Answer, Backend, Batch, Draft, Input, open};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

fn demo_models() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    std::env::var_os("CHANCERY_MODELS_DIR").map_or_else(default, PathBuf::from)
}

fn backend() -> Box<dyn Backend> {
    let toml = format!("models = [{:?}]\nthreads = 2", demo_models().to_string_lossy());
    let table = DeTable::parse(Box::leak(toml.into_boxed_str())).expect("a table").into_inner();
    open("firefox", Some(Spanned::new(0..0, DeValue::Table(table)))).expect("the backend")
}

fn translated(direction: &str, texts: &[Text]) -> Vec<Draft> {
    let (source, target) = direction.split_once('-').expect("two languages");
    let pair = Pair { source: source.parse().expect("a tag"), target: target.parse().expect("a tag") };
    let texts =
        texts.iter().map(|text| Input { text: text.plain().to_owned(), align: true, ..Input::default() }).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(backend().translate(&Batch { pair, texts })).and_then(Answer::whole).expect("drafts")
}

/// Reads `<1>..</1>` as marks.
fn text(marked: &str) -> Text {
    let (mut plain, mut open, mut marks) = (String::new(), Vec::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        let (tag, after) = after.split_once('>').expect("a closed tag");
        if tag.starts_with('/') {
            let (id, start): (u32, usize) = open.pop().expect("an open mark");
            marks.push(Mark { id, range: start..plain.len(), kind: MarkKind::Bold });
        } else {
            open.push((tag.parse().expect("a number"), plain.len()));
        }
        rest = after;
    }
    plain.push_str(rest);
    Text::new(plain, marks).expect("marks that nest")
}

fn written(text: &Text) -> String {
    let piece = |piece: &Piece<'_>| match piece {
        Piece::Open(mark) => format!("<{}>", mark.id),
        Piece::Chars(chars) => (*chars).to_owned(),
        Piece::Close(mark) => format!("</{}>", mark.id),
    };
    text.pieces().iter().map(piece).collect()
}

/// Whether each mark of a case lies on the words wanted for it; `*` is all of the text.
fn as_wanted(placed: &str, wanted: &str) -> bool {
    wanted.split(" | ").all(|mark| {
        let (id, words) = mark.split_once('=').expect("a mark and its words");
        let all = words == "*" && placed.starts_with(&format!("<{id}>")) && placed.ends_with(&format!("</{id}>"));
        all || placed.contains(&format!("<{id}>{words}</{id}>"))
    })
}

#[track_caller]
fn land(direction: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/inline/{direction}.txt"));
    let file = std::fs::read_to_string(path).expect("a file of cases");
    let cases =
        file.lines().filter(|line| !line.starts_with("# ")).map(|line| line.split_once(" => ").expect("a case"));
    let (sources, wanted): (Vec<Text>, Vec<&str>) = cases.map(|(source, wanted)| (text(source), wanted)).unzip();
    let astray = |((source, wanted), draft): ((&Text, &str), Draft)| {
        let placed = place(source, draft);
        let there = written(&placed.text);
        let found = as_wanted(&there, wanted) && placed.lost.is_empty();
        (!found).then(|| format!("{}\n  {there}\n  wanted: {wanted}\n", written(source)))
    };
    let report: String = sources.iter().zip(wanted).zip(translated(direction, &sources)).filter_map(astray).collect();
    assert!(report.is_empty(), "{report}");
}

#[test]
fn marks_land_on_their_words() {
    land("en-pt");
}

#[test]
fn marks_land_on_their_words_from_portuguese() {
    land("pt-en");
}
