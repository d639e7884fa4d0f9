//! Reading articles: each sample as expected, each encoding right, and no input that breaks the laws of the room.

mod shared;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chancery::ingest::{Error, Options, article, is_article, load};
use chancery::model::{Article, Block, MarkKind, Origin, Piece};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, KOI8_R, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};
use proptest::prelude::*;
use serde_json::{Value, json};

/// How long a hostile input may take, in an unoptimized build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(name: &str, bytes: &[u8]) -> Result<Article, Error> {
    article(Origin::file(name.as_ref()), bytes, &Options::default())
}

/// A block's text with its marks as tags.
fn tagged(block: &Block) -> String {
    let name = |kind: &MarkKind| match kind {
        MarkKind::Bold => "b",
        MarkKind::Italic => "i",
        MarkKind::Code => "code",
        MarkKind::Link { .. } => "a",
    };
    let tag = |piece: &Piece<'_>| match piece {
        Piece::Open(mark) => match &mark.kind {
            MarkKind::Link { href } => format!("<a {href}>"),
            kind => format!("<{}>", name(kind)),
        },
        Piece::Chars(chars) => (*chars).to_owned(),
        Piece::Close(mark) => format!("</{}>", name(&mark.kind)),
    };
    block.text.pieces().iter().map(tag).collect()
}

/// An article in the form of the expected files: origin and hash, which say nothing of how it was read, are left out.
fn summary(article: &Article) -> Value {
    let cut: Vec<Value> = article.head.cut.iter().map(|cut| json!([cut.line, cut.why, cut.text])).collect();
    let blocks: Vec<Value> = article.blocks.iter().map(|block| json!([block.kind, tagged(block)])).collect();
    let mut metadata = json!(article.head.metadata);
    metadata.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
    json!({
        "format": article.head.format,
        "encoding": article.head.encoding,
        "metadata": metadata,
        "blocks": blocks,
        "cut": cut,
    })
}

/// Reads a sample and compares it with its expected file; `CHANCERY_BLESS=1` writes the file anew.
#[track_caller]
fn sample(name: &str) {
    let article = load(&here("samples").join(name), &Options::default()).expect("a sample");
    let found = summary(&article);
    let path = here("tests/data/ingest").join(format!("{}.json", article.head.origin.stem()));
    if std::env::var_os("CHANCERY_BLESS").is_some() {
        let text = serde_json::to_string_pretty(&found).expect("JSON");
        fs::write(&path, text + "\n").expect("written");
    }
    let expected: Value = serde_json::from_str(&fs::read_to_string(&path).expect("an expected file")).expect("JSON");
    for (key, value) in expected.as_object().expect("an object") {
        assert_eq!(serde_json::to_string_pretty(&found[key]).ok(), serde_json::to_string_pretty(value).ok(), "{key}");
    }
}

#[test]
fn the_scraped_summit_is_read_as_expected() {
    sample("scraped-summit.txt");
}

#[test]
fn the_climate_page_is_read_as_expected() {
    sample("climate-talks.html");
}

#[test]
fn the_briefing_is_read_as_expected() {
    sample("briefing.md");
}

#[test]
fn the_africa_forum_is_read_as_expected() {
    sample("africa-forum.gb18030.txt");
}

#[test]
fn the_mixed_statement_is_read_as_expected() {
    sample("mixed-statement.txt");
}

#[test]
fn the_lisbon_agreement_is_read_as_expected() {
    sample("lisbon-agreement.txt");
}

/// The NTREX documents of a language, a paragraph for each segment.
fn documents(language: &str) -> Vec<String> {
    let paragraphs = |segments: Vec<[String; 1]>| segments.as_flattened().join("\r\n\r\n");
    shared::ntrex([language]).into_iter().map(paragraphs).collect()
}

/// Each document, encoded and read back, must say what it said; characters the encoding lacks are left out first.
#[track_caller]
fn survives(language: &str, encoding: &'static Encoding, named: &str) {
    for text in documents(language) {
        let text: String = text.chars().filter(|c| !encoding.encode(c.encode_utf8(&mut [0; 4])).2).collect();
        let (bytes, _, _) = encoding.encode(&text);
        let article = read("a.txt", &bytes).expect("an article");
        assert_eq!(article, renamed(read("a.txt", text.as_bytes()).expect("an article"), &article, named));
    }
}

/// The article with the hash of `other` and the encoding `named`.
fn renamed(mut article: Article, other: &Article, named: &str) -> Article {
    article.head.sha256.clone_from(&other.head.sha256);
    named.clone_into(&mut article.head.encoding);
    article
}

#[test]
fn chinese_documents_survive_their_encodings() {
    survives("zh", GB18030, "gb18030");
    survives("zh", GBK, "gb18030");
    survives("zh-TW", BIG5, "Big5");
}

#[test]
fn russian_documents_survive_their_encodings() {
    survives("ru", WINDOWS_1251, "windows-1251");
    survives("ru", KOI8_R, "KOI8-U");
}

#[test]
fn western_japanese_and_korean_documents_survive_their_encodings() {
    survives("fr", WINDOWS_1252, "windows-1252");
    survives("ja", SHIFT_JIS, "Shift_JIS");
    survives("ja", EUC_JP, "EUC-JP");
    survives("ko", EUC_KR, "EUC-KR");
}

/// Each document must survive UTF-16 in both byte orders and UTF-8, with and without a byte-order mark.
#[test]
fn documents_survive_unicode_with_and_without_a_mark() {
    for text in ["en", "zh", "zh-TW", "ru", "ar", "ko", "ja"].into_iter().flat_map(documents) {
        let plain = read("a.txt", text.as_bytes()).expect("an article");
        for mark in ["", "\u{feff}"] {
            let units: Vec<u16> = format!("{mark}{text}").encode_utf16().collect();
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            for (bytes, named) in
                [(little, "UTF-16LE"), (big, "UTF-16BE"), (format!("{mark}{text}").into_bytes(), "UTF-8")]
            {
                let article = read("a.txt", &bytes).expect("an article");
                assert_eq!(article, renamed(plain.clone(), &article, named));
            }
        }
    }
}

/// Every paragraph of real news must stay: the text of the documents holds no furniture.
#[test]
fn no_paragraph_of_real_news_is_cut() {
    for language in ["en", "zh", "zh-TW", "ru", "fr", "es", "ar", "pt", "pt-BR", "de", "ja", "ko"] {
        for text in documents(language) {
            let article = read("a.txt", text.as_bytes()).expect("an article");
            assert_eq!(article.head.cut, [], "{language}");
            let found: String = article.blocks.iter().flat_map(|block| letters(block.text.plain())).collect();
            assert_eq!(found, letters(&text).collect::<String>());
        }
    }
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}

#[track_caller]
fn refused(name: &str, bytes: &[u8], message: &str) {
    let start = Instant::now();
    let error = read(name, bytes).expect_err("refused").to_string();
    assert!(error.starts_with(name) && error.contains(message), "{error}");
    assert!(start.elapsed() < PATIENCE, "took {:?}", start.elapsed());
}

#[track_caller]
fn endured(name: &str, bytes: &[u8]) {
    let start = Instant::now();
    let _ = read(name, bytes);
    assert!(start.elapsed() < PATIENCE, "took {:?}", start.elapsed());
}

#[test]
fn what_holds_no_text_is_refused() {
    for bytes in ["", " \r\n\t ", "\u{feff}", "\u{feff}\n"] {
        refused("a.txt", bytes.as_bytes(), "is empty");
    }
    refused("a.txt", b"Home > News\nShare | Tweet\n", "no article text is left after 2 pieces");
    refused("a.html", b"<html><body><nav>Home</nav><script>x()</script></body></html>", "no article text");
    refused("a.md", b"---\ntitle: a\n---\n", "no article text");
}

#[test]
fn what_is_too_large_is_refused_at_once() {
    refused("a.txt", &vec![b'a'; 33 * 1024 * 1024], "more than the limit of 33554432");
    refused("a.txt", format!("x\n{}", "a".repeat(20_000_000)).as_bytes(), "line 2 has 20000000 characters");
    refused("a.md", "a ".repeat(10_000_000).as_bytes(), "line 1 has 20000000 characters");
    refused("a.html", format!("<p>{}", "a ".repeat(200_000)).as_bytes(), "block 1 has 399999 characters");
}

#[test]
fn markup_bombs_are_refused_or_endured() {
    for (tag, close) in [("<div>", ""), ("<b><p>", ""), ("<table><div>", ""), ("<svg><g>", ""), ("<div>", "</div>")] {
        let nest = format!("<p>text</p>{}x{}", tag.repeat(200_000), close.repeat(200_000));
        refused("a.html", nest.as_bytes(), "more than the limit of");
    }
    let attributes = (0..40_000).map(|number| format!("a{number}=\">\" ")).collect::<Vec<_>>().concat();
    refused("a.html", format!("<p {attributes}>x").as_bytes(), "very many attributes");
    endured("a.html", format!("<article>{}</article>", "<p>A sentence of an article.</p>".repeat(5_000)).as_bytes());
    let deep = format!("{}A sentence.{}", "<div class=share>".repeat(240), "</div>".repeat(240));
    endured("a.html", deep.repeat(300).as_bytes());
    let links = "<a href=x>one two</a> ".repeat(30_000);
    endured("a.html", format!("<article><p>{links}</p><p>A sentence.</p></article>").as_bytes());
    endured("a.html", format!("<div><p>{links}</p><p>A sentence.</p></div>").as_bytes());
    endured("a.html", "<a href='".repeat(100_000).as_bytes());
    endured("a.html", "<!--<!-".repeat(100_000).as_bytes());
    for nest in [">", "- ", "[", "*a ", "![", "`", "<", "1. "] {
        endured("a.md", nest.repeat(40_000).as_bytes());
    }
    endured("a.md", "> > > - a\n".repeat(20_000).as_bytes());
    endured("a.md", "```\nx\n```\n".repeat(20_000).as_bytes());
    endured("a.txt", "a\n".repeat(100_000).as_bytes());
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let missing = load(&here("samples/no-such-file.txt"), &Options::default()).expect_err("missing").to_string();
    assert!(missing.ends_with("samples/no-such-file.txt: no such file; check the path"), "{missing}");
    let folder = load(&here("samples"), &Options::default()).expect_err("a folder").to_string();
    assert!(folder.ends_with("samples: is no regular file; name a file"), "{folder}");
    let options = Options { max_bytes: 100, ..Options::default() };
    let large = load(&here("samples/briefing.md"), &options).expect_err("too large").to_string();
    assert!(large.contains("more than the limit of 100; split it or raise `max_bytes`"), "{large}");
}

#[test]
fn articles_are_known_by_name() {
    for name in ["a.txt", "a.md", "a.markdown", "a.HTML", "b/a.htm", "a.xhtml", "a.b.txt"] {
        assert!(is_article(Path::new(name)), "{name}");
    }
    for name in ["a.pdf", "a", ".txt", "a.txt.bak", "txt"] {
        assert!(!is_article(Path::new(name)), "{name}");
    }
}

#[test]
fn furniture_stays_where_it_is_asked_for() {
    let options = Options { keep_furniture: true, ..Options::default() };
    for name in ["scraped-summit.txt", "climate-talks.html", "lisbon-agreement.txt"] {
        let article = load(&here("samples").join(name), &options).expect("a sample");
        assert_eq!(article.head.cut, [], "{name}");
        let tail = article.blocks.last().map(|block| block.text.plain().to_lowercase());
        assert!(tail.is_some_and(|tail| tail.contains("rights reserved") || tail.contains("reservados")), "{name}");
        assert!(article.head.metadata.published.is_some());
    }
}

#[test]
fn options_are_strict_and_have_defaults() {
    assert_eq!(serde_json::from_str::<Options>("{}").expect("all defaults"), Options::default());
    assert!(serde_json::from_str::<Options>(r#"{"max_byte": 1}"#).is_err());
}

/// What every article that was read must hold.
fn lawful(article: &Article) {
    assert!(!article.blocks.is_empty());
    for block in &article.blocks {
        let text = block.text.plain();
        assert!(!text.is_empty() && text.trim() == text, "{text:?}");
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
        assert!((1..).zip(block.text.marks()).all(|(id, mark)| mark.id == id), "{text:?}");
    }
    assert!(article.head.cut.iter().all(|cut| !cut.text.is_empty() && !cut.why.is_empty()));
}

const NAMES: [&str; 4] = ["a.txt", "a.md", "a.html", "a"];

/// Pieces that readers look for, so that random texts reach their corners.
const PIECES: &str = "<p>|</p>|<b>|</b>|<nav>|<article>|<li>|<br>|<h1>|<a href=x>|# |- |> |\\*\\*|_|`|\n|\n\n|---\n|title: a\n|Home > |\
    2020-07-24|年|Xinhua|BEIJING, July 24 \\(Xinhua\\) -- |新华社北京7月24日电|Related News\n|Share\n|Editor: |1\\. |©|&nbsp;|\u{0}|\u{feff}|\\PC{0,5}";

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_break_the_laws(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for name in NAMES {
            if let Ok(article) = read(name, &bytes) {
                lawful(&article);
            }
        }
    }

    #[test]
    fn no_text_breaks_the_laws(pieces in prop::collection::vec(PIECES, 0..40)) {
        let text = pieces.concat();
        for name in NAMES {
            if let Ok(article) = read(name, text.as_bytes()) {
                lawful(&article);
                prop_assert_eq!(&article, &read(name, text.as_bytes()).expect("the same again"));
            }
        }
    }
}
