use super::*;
use crate::model::{
    BlockKind, Document, Head, Lang, Metadata, Origin, Outcome, Passage, Provenance, Review, ReviewState, Segment,
    Strategy, Target, TermMade, Text, Unit,
};

/// A unit with its place, from 1, its translation, and the term in it.
type Row<'a> = (usize, &'a str, Option<&'a str>);

fn by(backend: &str) -> Provenance {
    Provenance { backend: backend.to_owned(), ..Provenance::person() }
}

fn unit((place, text, term): Row, provenance: Provenance, review: Option<Review>) -> Unit {
    let range = term.map(|term| text.find(term).expect("the term is there")).zip(term);
    let made = |(start, term): (usize, &str)| TermMade {
        concept: "charter".to_owned(),
        strategy: Strategy::Translated,
        range: Some(start..start + term.len()),
        instead_of: None,
    };
    let terms = range.map(made).into_iter().collect();
    let target = Target { text: Text::from(text), guessed: Vec::new(), passed: Vec::new(), terms, provenance, review };
    let segment = Segment { id: SegmentId::new("p", place), text: "source".into(), gap: " ".to_owned() };
    Unit { segment, terms: Vec::new(), outcome: Outcome::Translated(target), findings: Vec::new(), remarks: Vec::new() }
}

fn translation(target: &str, segments: Vec<Unit>) -> Translation {
    let lang = |tag: &str| -> Lang { tag.parse().expect("a language tag") };
    let head = Head {
        origin: Origin::file("a.txt".as_ref()),
        format: "plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        sha256: String::new(),
        metadata: Metadata::default(),
        cut: Vec::new(),
    };
    let kind = BlockKind::Paragraph;
    let passage = Passage { id: "p".to_owned(), kind, lang: lang("en"), lead: String::new(), segments };
    let document = Document { head, language: lang("en"), passages: vec![passage] };
    Translation { slug: "a".to_owned(), target: lang(target), document }
}

/// The effort from `machine` to `reviewed`, all of which a person looked at.
fn effort(target: &str, machine: &[Row], reviewed: &[Row]) -> Effort {
    let looked = Some(Review { state: ReviewState::Reviewed, edited: true });
    let was = machine.iter().map(|row| unit(*row, by("firefox"), None)).collect();
    let is = reviewed.iter().map(|row| unit(*row, by("firefox"), looked)).collect();
    of(&translation(target, was), &translation(target, is))
}

/// Asserts the distance in words and characters from `before` to `after`: edits and length.
#[track_caller]
fn is_far(target: &str, before: &str, after: &str, words: (usize, usize), characters: (usize, usize)) {
    let effort = effort(target, &[(1, before, None)], &[(1, after, None)]);
    let [segment] = &*effort.segments else { panic!("one segment") };
    assert_eq!((segment.words.edits, segment.words.length), words, "words");
    assert_eq!((segment.characters.edits, segment.characters.length), characters, "characters");
}

#[test]
fn a_distance_is_told_in_words_and_characters() {
    is_far("pt", "o velho porto", "o velho porto", (0, 3), (0, 13));
    is_far("pt", "o velho porto", "o novo porto", (1, 3), (4, 12));
    is_far("pt", "o porto", "", (2, 0), (7, 0));
    is_far("ko", "옛 항구", "새 항구", (1, 2), (1, 4));
}

#[test]
fn where_words_run_together_a_character_is_a_word() {
    is_far("zh-Hans", "外长会谈", "外长会见。", (2, 5), (2, 5));
    is_far("th", "ท่า เรือ", "ท่าเรือ", (0, 7), (1, 7));
}

#[test]
fn percents_and_classes_are_rounded_up() {
    let class = |edits, length| {
        let distance = Distance { edits, length };
        (distance.percent(), CLASSES[distance.class()])
    };
    assert_eq!(class(0, 0), (0, "0"));
    assert_eq!(class(1, 1000), (1, "1 to 10"));
    assert_eq!(class(11, 100), (11, "11 to 25"));
    assert_eq!(class(1, 2), (50, "26 to 50"));
    assert_eq!(class(3, 2), (150, "over 50"));
    assert_eq!(class(3, 0), (100, "over 50"));
}

#[test]
fn segments_that_were_joined_are_one() {
    let effort = effort(
        "pt",
        &[(1, "um.", None), (2, "dois.", None), (3, "três.", None)],
        &[(1, "um. dois.", None), (3, "quatro.", None)],
    );
    let told: Vec<_> = effort.segments.iter().map(|it| (it.segment.as_str(), it.words.edits, &*it.before)).collect();
    assert_eq!(told, [("p-1", 0, ""), ("p-3", 1, "três.")]);
    let backend = &effort.backends[0];
    assert_eq!((backend.segments, backend.changed, backend.spread), (2, 1, [1, 0, 0, 0, 1]));
}

#[test]
fn what_nobody_looked_at_or_no_machine_made_does_not_count() {
    let row = (1, "um", None);
    let seen = Some(Review { state: ReviewState::Reviewed, edited: false });
    let one = |provenance, review| translation("pt", vec![unit(row, provenance, review)]);
    assert_eq!(of(&one(by("firefox"), None), &one(by("firefox"), None)), Effort::default());
    assert_eq!(of(&one(Provenance::person(), None), &one(Provenance::person(), seen)), Effort::default());
    assert_eq!(of(&one(by("firefox"), None), &one(by("firefox"), seen)).segments.len(), 1);
}

/// Asserts what stands instead of the term `Carta da ONU` of "A Carta da ONU vale.", where it was changed.
#[track_caller]
fn term_becomes(after: &str, term: Option<&str>, expected: &[Option<&str>]) {
    let effort = effort("pt", &[(1, "A Carta da ONU vale.", Some("Carta da ONU"))], &[(1, after, term)]);
    let [concept] = &*effort.concepts else { panic!("one concept") };
    assert_eq!((concept.concept.as_str(), concept.stood), ("charter", 1));
    let changed: Vec<_> = concept.changes.iter().map(|it| (it.stood.as_str(), it.instead.as_deref())).collect();
    let expected: Vec<_> = expected.iter().map(|instead| ("Carta da ONU", *instead)).collect();
    assert_eq!(changed, expected);
}

#[test]
fn a_term_that_reviewers_change_is_told_with_what_stands_instead() {
    term_becomes("A Carta da ONU vale sempre.", Some("Carta da ONU"), &[]);
    term_becomes("O Estatuto da ONU vale.", None, &[Some("O Estatuto da ONU")]);
    term_becomes("A Carta vale.", None, &[Some("Carta")]);
    term_becomes("A vale.", None, &[Some("")]);
    term_becomes("A nossa Carta da ONU vale.", None, &[]);
    term_becomes(&"outra ".repeat(40), None, &[None]);
}

#[test]
fn sums_put_backends_and_concepts_of_articles_together() {
    let one = effort("pt", &[(1, "A Carta da ONU vale.", Some("Carta da ONU"))], &[(1, "O Estatuto vale.", None)]);
    let two = effort(
        "pt",
        &[(1, "A Carta da ONU vale.", Some("Carta da ONU"))],
        &[(1, "A Carta da ONU vale.", Some("Carta da ONU"))],
    );
    let sum = Effort::sum([&one, &two]);
    assert_eq!(sum, Effort::sum([&two, &one]));
    assert_eq!((sum.backends[0].segments, sum.backends[0].changed), (2, 1));
    assert_eq!((sum.concepts[0].stood, sum.concepts[0].changes.len()), (2, 1));
}
