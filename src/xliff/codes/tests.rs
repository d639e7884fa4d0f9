use proptest::prelude::*;

use super::*;
use crate::model::{BlockKind, Failed, Failure, Outcome, Provenance, Segment, SegmentId, Target};
use crate::xliff::{Code, Role};

/// Texts as the tests write them: `<1>` and `</1>` for a mark, bold where its number is odd, code where it is 4, a link where it
/// is 6, else italic.
fn text(written: &str) -> Text {
    let (mut plain, mut open, mut marks) = (String::new(), Vec::new(), Vec::new());
    let mut parts = written.split('<');
    plain.push_str(parts.next().expect("a first part"));
    for part in parts {
        let (tag, chars) = part.split_once('>').expect("a whole tag");
        if tag.starts_with('/') {
            let (id, start): (u32, usize) = open.pop().expect("an open mark");
            marks.push(Mark { id, range: start..plain.len(), kind: kind(id) });
        } else {
            open.push((tag.parse().expect("a number"), plain.len()));
        }
        plain.push_str(chars);
    }
    Text::new(plain, marks).expect("marks that nest")
}

fn kind(id: u32) -> MarkKind {
    match id {
        4 => MarkKind::Code,
        6 => MarkKind::Link { href: "https://example.org/a".into() },
        id if id % 2 == 1 => MarkKind::Bold,
        _ => MarkKind::Italic,
    }
}

fn passage(units: impl IntoIterator<Item = (Text, Option<Text>)>) -> Passage<Unit> {
    let unit = |(source, target): (Text, Option<Text>)| {
        let outcome = match target {
            Some(text) => Outcome::Translated(Target {
                text,
                guessed: Vec::new(),
                passed: Vec::new(),
                terms: Vec::new(),
                provenance: Provenance::person(),
                review: None,
            }),
            None => Outcome::Failed(Failed { kind: Failure::Backend, detail: String::new() }),
        };
        let segment = Segment { id: SegmentId::new("p1", 1), text: source, gap: " ".into() };
        Unit { segment, terms: Vec::new(), outcome, findings: Vec::new(), remarks: Vec::new() }
    };
    let lang = "en".parse().expect("a language");
    let segments = units.into_iter().map(unit).collect();
    Passage { id: "p1".into(), kind: BlockKind::Paragraph, lang, lead: String::new(), segments }
}

fn coded(units: &[(&str, &str)]) -> Coding {
    let side = |written: &str| (written != "-").then(|| text(written));
    Coding::of(&passage(units.iter().map(|(source, target)| (text(source), side(target)))))
}

/// Steps as the tests write them: `(1` and `)1` for what begins and ends, `[1` and `]1` where that is in other sentences, `.1` for
/// what stands by itself.
fn written(steps: &[Step]) -> String {
    let step = |step: &Step| match step {
        Step::Chars(chars) => chars.clone(),
        Step::Open(code) => format!("({code}"),
        Step::Close(code) => format!("){code}"),
        Step::Begin(code) => format!("[{code}"),
        Step::End(code) => format!("]{code}"),
        Step::Alone(code) => format!(".{code}"),
    };
    steps.iter().map(step).collect::<Vec<_>>().join("|")
}

/// What a reader makes of a text that is written as [`written`] does.
fn content(steps: &str) -> Content {
    let mut content = Content::default();
    for step in steps.split('|') {
        let at = content.text.len();
        let mut code = |role, id: &str| content.codes.push(Code { at, role, id: id.into() });
        match step.split_at_checked(1) {
            Some(("(" | "[", id)) => code(Role::Open, id),
            Some((")" | "]", id)) => code(Role::Close, id),
            Some((".", id)) => code(Role::Alone, id),
            _ => content.text.push_str(step),
        }
    }
    content
}

/// Asserts the steps of each segment of `units`.
#[track_caller]
fn walks(units: &[(&str, &str)], expected: &[(&str, &str)]) {
    let coding = coded(units);
    let target = |place| coding.target(place).map_or_else(|| "-".to_owned(), written);
    let walked: Vec<_> = (0..units.len()).map(|place| (written(coding.source(place)), target(place))).collect();
    let walked: Vec<_> = walked.iter().map(|(source, target)| (source.as_str(), target.as_str())).collect();
    assert_eq!(walked, expected);
}

/// Asserts what `returned`, the targets of the segments of `units`, decodes to: texts as [`text`] writes them, and problems.
#[track_caller]
fn decodes(units: &[(&str, &str)], returned: &[&str], texts: &[&str], problems: &[&str]) {
    let (coding, mut open) = (coded(units), Vec::new());
    let mut decode = |(place, returned): (usize, &&str)| coding.decode(place..place + 1, &content(returned), &mut open);
    let decoded: Vec<_> = returned.iter().enumerate().map(&mut decode).collect();
    let told: Vec<_> = decoded.iter().flat_map(|decoded| &decoded.problems).map(ToString::to_string).collect();
    assert_eq!(told, problems);
    assert_eq!(
        decoded.into_iter().map(|decoded| decoded.text).collect::<Vec<_>>(),
        texts.iter().map(|written| text(written)).collect::<Vec<_>>()
    );
}

/// Asserts what the target of one segment decodes to.
#[track_caller]
fn decodes_one(target: &str, returned: &str, decoded: &str, problems: &[&str]) {
    decodes(&[(target, target)], &[returned], &[decoded], problems);
}

#[test]
fn a_translation_bears_the_numbers_of_its_source() {
    walks(&[("a <1>b</1> <2>c</2>", "<2>C</2> <1>B</1>")], &[("a |(1|b|)1| |(2|c|)2", "(2|C|)2| |(1|B|)1")]);
    walks(&[("<1>a</1>", "<1>A</1> <1>B</1>")], &[("(1|a|)1", "(1|A|)1| |(2|B|)2")]);
    walks(&[("<1>a</1>", "-"), ("<2>b</2>", "<2>B</2>")], &[("(1|a|)1", "-"), ("(2|b|)2", "(2|B|)2")]);
}

#[test]
fn a_mark_goes_on_where_source_and_translation_agree() {
    walks(
        &[("a <1>b</1>", "A <1>B</1>"), ("<1>c</1>", "<1>C</1>"), ("<1>d</1> e", "<1>D</1> E")],
        &[("a |[1|b", "A |[1|B"), ("c", "C"), ("d|]1| e", "D|]1| E")],
    );
    walks(&[("<1>a</1>", "-"), ("<1>b</1>", "-")], &[("[1|a", "-"), ("b|]1", "-")]);
}

#[test]
fn a_mark_that_a_translation_lost_is_a_code_in_each_sentence() {
    walks(
        &[("a <1>b</1>", "A <1>B</1>"), ("<1>c</1> d", "C D")],
        &[("a |(1|b|)1", "A |(1|B|)1"), ("(2|c|)2| d", "C D")],
    );
    walks(
        &[("a <1>b</1>", "<1>B</1> A"), ("<1>c</1> d", "<1>C</1> D")],
        &[("a |(1|b|)1", "(1|B|)1| A"), ("(2|c|)2| d", "(2|C|)2| D")],
    );
    walks(&[("<1>a</1>", "<1>A</1>"), ("<1>b</1>", "-")], &[("(1|a|)1", "(1|A|)1"), ("(2|b|)2", "-")]);
}

#[test]
fn line_breaks_and_placeholders_are_codes() {
    walks(&[("a\nb {n} %s", "%s {n}\nB")], &[("a|.1|b |.2| |.3", ".3| |.2|.1|B")]);
    walks(&[("<1>{n}</1>", "<1>{m}</1>")], &[("(1|.2|)1", "(1|.3|)1")]);
    walks(&[("<4>{n}\n</4>", "{<1>n</1>}")], &[("(1|{n}|.2|)1", "{|(3|n|)3|}")]);
}

#[test]
fn natures_are_found_by_id() {
    let coding = coded(&[("<1>a</1>\n%s", "-")]);
    assert_eq!(coding.nature("1"), Some(&Nature::Mark(1, MarkKind::Bold)));
    assert_eq!(coding.nature("2"), Some(&Nature::LineBreak));
    assert_eq!(coding.nature("3"), Some(&Nature::Placeholder("%s".into())));
    assert_eq!(["0", "4", "+1", "01", "", "x", "99999999999"].map(|id| coding.nature(id)), [None; 7]);
}

#[test]
fn an_edited_text_keeps_its_codes() {
    decodes_one("a <1>b</1> {n}", ".2| new |(1|text|)1", "{n} new <1>text</1>", &[]);
    decodes_one("<1>a <2>b</2></1>", "(2|(1|x|)1|)2", "<1><2>x</2></1>", &[]);
}

#[test]
fn a_lost_code_is_told() {
    decodes_one("a <1>b</1>", "a b", "a b", &["bold 1 is missing from the translation"]);
    decodes_one("<1>b</1>", "(1|)1|b", "b", &["bold 1 is missing from the translation"]);
    decodes_one("<6>b</6>", ".1|b", "b", &["link 1 is missing from the translation"]);
    decodes_one("a\nb", "a b", "a b", &["line break 1 is missing from the translation"]);
    decodes_one("{n} b", "b", "b", &["placeholder 1 (`{n}`) is missing from the translation"]);
}

#[test]
fn what_a_reviewer_typed_is_not_lost() {
    decodes_one("{n} b", "b {n}", "b {n}", &[]);
    decodes_one("{n} {n}", "b {n}", "b {n}", &["placeholder 2 (`{n}`) is missing from the translation"]);
    decodes_one("a\nb", "a\nb", "a\nb", &[]);
}

#[test]
fn lost_is_measured_against_the_export() {
    decodes(&[("<1>a</1> {n}", "A {n}")], &["B |.2"], &["B {n}"], &[]);
    decodes(&[("<1>a</1>", "-")], &["A"], &["A"], &["bold 1 is missing from the translation"]);
    decodes(&[("<1>a</1>", "A")], &["(1|A|)1"], &["<1>A</1>"], &[]);
}

#[test]
fn a_doubled_code_is_told_and_kept() {
    decodes_one(
        "<1>a</1>",
        "(1|a|)1| |(1|b|)1",
        "<1>a</1> <1>b</1>",
        &["bold 1 stands in the translation more than once"],
    );
    decodes_one("<1>a</1>", "(1|a|(1|b|)1|c|)1|d", "<1>abc</1>d", &["bold 1 stands in the translation more than once"]);
    decodes_one("{n}", ".1|.1", "{n}{n}", &["placeholder 1 (`{n}`) stands in the translation more than once"]);
}

#[test]
fn what_crosses_or_does_not_end_is_put_right_and_told() {
    let put_right =
        |code: &str| format!("{code} crosses another code, or lacks its beginning or end: it was put right");
    let (bold, italic) = (put_right("bold 1"), put_right("italic 2"));
    decodes_one("<1>a</1> <2>b</2>", "(1|a|(2|b|)1|c|)2", "<1>a<2>b</2></1><2>c</2>", &[&italic]);
    decodes_one("<1>a</1>", "x |(1|a", "x <1>a</1>", &[&bold]);
    decodes_one("<1>a</1>", "x|)1|a|(1|y", "x<1>a</1>y", &[&bold]);
    decodes_one("<1>a</1>", "x|)1", "x", &["bold 1 is missing from the translation"]);
}

#[test]
fn an_unknown_code_is_left_out_and_its_text_kept() {
    let unknown = ["code `x7` was not exported: it was left out, and the text in it kept"];
    decodes_one("a", "(x7|a|)x7", "a", &unknown);
    decodes_one("a", "a|.x7", "a", &unknown);
}

const TWO: [(&str, &str); 2] = [("a <1>b</1>", "A <1>B</1>"), ("<1>c</1> d", "<1>C</1> D")];

#[test]
fn a_mark_over_two_sentences_comes_back() {
    decodes(&TWO, &["A |[1|B", "C|]1| D"], &["A <1>B</1>", "<1>C</1> D"], &[]);
    decodes(&TWO, &["A |[1|B|]1", "C D"], &["A <1>B</1>", "C D"], &[]);
    decodes(&TWO, &["A|[1", "C|]1| D"], &["A", "<1>C</1> D"], &[]);
}

#[test]
fn an_end_of_a_mark_over_two_sentences_may_be_lost() {
    let lost = ["bold 1 is missing from the translation"];
    decodes(&TWO, &["A |[1|B", "C D"], &["A <1>B</1>", "<1>C D</1>"], &lost);
    decodes(&TWO, &["A B", "C|]1| D"], &["A B", "<1>C</1> D"], &lost);
    decodes(&TWO, &["A B", "C D"], &["A B", "C D"], &lost);
}

#[test]
fn segments_that_were_joined_are_decoded_as_one() {
    let joined = |returned: &str| coded(&TWO).decode(0..2, &content(returned), &mut Vec::new());
    assert_eq!(joined("A |[1|B C|]1| D").text, text("A <1>B C</1> D"));
    assert_eq!(joined("A |[1|B C|]1| D").problems, []);
    assert_eq!(joined("A B C D").problems, [CodeProblem::Lost("bold 1".into())]);
}

#[test]
fn a_segment_that_is_left_out_counts_as_exported() {
    let decoded = coded(&TWO).decode(1..2, &content("C|]1| D"), &mut Vec::new());
    assert_eq!((decoded.text, decoded.problems), (text("<1>C</1> D"), Vec::new()));
}

#[test]
fn many_codes_take_no_time() {
    let many = "<1>a</1> ".repeat(2000);
    let coding = coded(&[(&many, &many)]);
    let crossing = |depth: usize| {
        (0..2 * depth).map(move |at| format!("{}{}|a|", if at < depth { "(" } else { ")" }, 1 + at % depth))
    };
    let crossed = coding.decode(0..1, &content(&crossing(200).collect::<String>()), &mut Vec::new());
    assert_eq!(crossed.text.plain(), "a".repeat(400));
    let again = coding.decode(0..1, &content(&"(1|a|".repeat(20_000)), &mut Vec::new());
    assert_eq!(again.text.plain(), "a".repeat(20_000));
}

/// The sentences of a block: its text in two to four slices, with marks over any of them.
fn sentences() -> impl Strategy<Value = Vec<Text>> {
    let piece = prop_oneof!["[a-cé中 <&]{1,4}", Just("\n".to_owned()), Just("{n}".to_owned()), Just("%s".to_owned())];
    let pieces = prop::collection::vec(piece, 4..16);
    (pieces, prop::collection::vec((0usize..60, 1usize..60, 1u32..7), 0..6), 1usize..4).prop_map(
        |(pieces, spans, cuts)| {
            let plain = pieces.concat();
            let borders: Vec<usize> = plain.char_indices().map(|(at, _)| at).chain([plain.len()]).collect();
            let border = |at: usize| borders[at % borders.len()];
            let mut whole = Text::from(plain.clone());
            for (start, length, id) in spans {
                let range = border(start)..border(start + length);
                let more = Mark { id, range: range.start.min(range.end)..range.end.max(range.start), kind: kind(id) };
                let marks = whole.marks().iter().cloned().chain([more]).collect();
                whole = Text::new(plain.clone(), marks).unwrap_or(whole);
            }
            let ends: Vec<usize> = (0..=cuts).map(|cut| borders[cut * (borders.len() - 1) / cuts]).collect();
            ends.windows(2).map(|ends| whole.slice(ends[0]..ends[1])).filter(|text| !text.plain().is_empty()).collect()
        },
    )
}

fn passages() -> impl Strategy<Value = Passage<Unit>> {
    let same = sentences().prop_map(|texts| (texts.clone(), texts));
    let sides = prop_oneof![same, (sentences(), sentences())];
    (sides, prop::collection::vec(prop::bool::weighted(0.9), 4)).prop_map(|((sources, targets), there)| {
        let targets = targets.into_iter().map(Some).zip(there).map(|(text, there)| text.filter(|_| there));
        passage(sources.into_iter().zip(targets.chain(std::iter::repeat(None))))
    })
}

fn contents() -> impl Strategy<Value = Content> {
    let role = prop_oneof![Just(Role::Open), Just(Role::Close), Just(Role::Alone)];
    let code = (0usize..24, role, "[0-9]|x").prop_map(|(at, role, id)| Code { at, role, id });
    ("\\PC{0,12}", prop::collection::vec(code, 0..16)).prop_map(|(text, codes)| Content { text, codes })
}

/// Whether all characters of `part` occur in `whole`, in order.
fn holds(whole: &str, part: &str) -> bool {
    let mut chars = whole.chars();
    part.chars().all(|char| chars.any(|other| other == char))
}

proptest! {
    #[test]
    fn what_was_exported_comes_back(passage in passages()) {
        let coding = Coding::of(&passage);
        let mut open = Vec::new();
        for (place, unit) in passage.segments.iter().enumerate() {
            let Some(steps) = coding.target(place) else { continue };
            let mut exported = Content::default();
            for step in steps {
                let at = exported.text.len();
                let mut code = |role, code: u32| exported.codes.push(Code { at, role, id: code.to_string() });
                match step {
                    Step::Chars(chars) => exported.text.push_str(chars),
                    Step::Open(id) | Step::Begin(id) => code(Role::Open, *id),
                    Step::Close(id) | Step::End(id) => code(Role::Close, *id),
                    Step::Alone(id) => code(Role::Alone, *id),
                }
            }
            let decoded = coding.decode(place..place + 1, &exported, &mut open);
            prop_assert_eq!(decoded.problems, []);
            prop_assert_eq!(Some(&decoded.text), unit.rendered());
        }
    }

    #[test]
    fn whatever_comes_back_keeps_its_characters(passage in passages(), returned in contents(), to in 1usize..5) {
        let coding = Coding::of(&passage);
        let mut open = Vec::new();
        for places in [0..to, to - 1..to, to..to + 1] {
            let decoded = coding.decode(places, &returned, &mut open);
            prop_assert!(holds(decoded.text.plain(), &returned.text), "{:?}", decoded.text);
        }
    }

    #[test]
    fn a_code_occurs_once_in_the_sources_and_once_in_the_targets(passage in passages()) {
        let coding = Coding::of(&passage);
        let begun = |steps: &[Step]| -> Vec<u32> {
            let begins = |step: &&Step| matches!(step, Step::Open(_) | Step::Begin(_) | Step::Alone(_));
            steps.iter().filter(begins).filter_map(Step::code).collect()
        };
        let places = 0..passage.segments.len();
        let sources: Vec<u32> = places.clone().flat_map(|place| begun(coding.source(place))).collect();
        let mut targets: Vec<u32> = places.filter_map(|place| coding.target(place)).flat_map(begun).collect();
        prop_assert!(sources.is_sorted_by(|a, b| a < b), "{sources:?}");
        targets.sort_unstable();
        prop_assert!(targets.is_sorted_by(|a, b| a < b), "{targets:?}");
    }
}
