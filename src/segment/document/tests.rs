use proptest::prelude::*;

use super::*;
use crate::model::{BlockKind, Detection, Head, Mark, MarkKind, Metadata, Origin, Text};

const LANGUAGES: [&str; 4] = ["ar", "en", "ko", "zh-Hant"];

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language tag")
}

fn detected(blocks: Vec<(Text, Detection)>) -> Detected {
    let head = Head {
        origin: Origin::file("a.txt".as_ref()),
        format: "plain".into(),
        encoding: "UTF-8".into(),
        sha256: String::new(),
        metadata: Metadata::default(),
        cut: Vec::new(),
    };
    let block = |text| Block { kind: BlockKind::Paragraph, text };
    let blocks = blocks.into_iter().map(|(text, detection)| (block(text), detection)).collect();
    Detected { head, language: Detection::Undetermined, blocks }
}

fn of(texts: &[&str]) -> Document<Segment> {
    let blocks = texts.iter().map(|text| (Text::from(*text), Detection::Undetermined)).collect();
    document(detected(blocks), lang("en"), &Rules::builtin())
}

fn joined(passage: &Passage<Segment>) -> String {
    let segments = passage.segments.iter().map(|segment| format!("{}{}", segment.text.plain(), segment.gap));
    segments.fold(passage.lead.clone(), |joined, segment| joined + &segment)
}

#[test]
fn a_block_is_cut_into_segments_and_gaps() {
    let document = of(&["  \n One. Two.\n Three "]);
    let passage = &document.passages[0];
    let parts: Vec<(&str, &str)> = passage.segments.iter().map(|s| (s.text.plain(), s.gap.as_str())).collect();
    assert_eq!(passage.lead, "  \n ");
    assert_eq!(parts, [("One.", " "), ("Two.", "\n "), ("Three", " ")]);
    assert_eq!(passage.segments[1].id, SegmentId::new(&passage.id, 2));
}

#[test]
fn a_passage_is_named_by_its_text() {
    let ids = |texts: &[&str]| of(texts).passages.into_iter().map(|passage| passage.id).collect::<Vec<_>>();
    let all = ids(&["Good.", "Bad.", "Good.", "Good."]);
    assert_eq!(all[0], "b2c33dcef91"); // The SHA-256 of "Good." begins with 2c33dcef91.
    assert_eq!(all[2..], [format!("{}-r2", all[0]), format!("{}-r3", all[0])]);
    assert_eq!(ids(&["Bad.", "Good."]), [all[1].clone(), all[0].clone()]);
}

#[test]
fn a_block_has_its_own_language_or_the_article_s() {
    let known = Detection::Known { lang: lang("zh"), confidence: 1.0 };
    let blocks = vec![(Text::from("好。好。"), known), (Text::from("好。好。"), Detection::Undetermined)];
    let document = document(detected(blocks), lang("en"), &Rules::builtin());
    let found: Vec<_> = document.passages.iter().map(|p| (p.lang, p.segments.len())).collect();
    assert_eq!(found, [(lang("zh"), 2), (lang("en"), 1)]);
}

#[test]
fn marks_are_clipped_to_their_segments() {
    let mark = Mark { id: 1, range: 4..14, kind: MarkKind::Bold };
    let text = Text::new("One two. Three four.", vec![mark]).expect("a text");
    let document = document(detected(vec![(text, Detection::Undetermined)]), lang("en"), &Rules::builtin());
    let ranges: Vec<_> = document.segments().map(|(_, segment)| segment.text.marks()[0].range.clone()).collect();
    assert_eq!(ranges, [4..8, 0..5]);
}

proptest! {
    #[test]
    fn a_passage_joined_is_its_block(plain in r"(?:\PC|[ab.!? \n\t\u{3000}。”]){0,40}", tag in prop::sample::select(&LANGUAGES)) {
        let blocks = vec![(Text::from(plain.as_str()), Detection::Undetermined)];
        let document = document(detected(blocks), lang(tag), &Rules::builtin());
        let passage = &document.passages[0];
        prop_assert_eq!(joined(passage), plain);
        prop_assert!(passage.lead.trim().is_empty());
        for segment in &passage.segments {
            let plain = segment.text.plain();
            prop_assert!(!plain.is_empty() && plain.trim() == plain && segment.gap.trim().is_empty());
        }
    }
}
