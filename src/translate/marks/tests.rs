use proptest::prelude::*;

use super::super::Link;
use super::*;
use crate::model::{MarkKind, Piece};

fn mark(id: u32, range: Range<usize>) -> Mark {
    Mark { id, range, kind: MarkKind::Bold }
}

/// Reads `<1>..</1>` as marks.
fn text(marked: &str) -> Text {
    let (mut plain, mut open, mut marks) = (String::new(), Vec::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        let (tag, after) = after.split_once('>').expect("a closed tag");
        match tag.strip_prefix('/') {
            Some(_) => marks.push(open.pop().map(|(id, start)| mark(id, start..plain.len())).expect("an open mark")),
            None => open.push((tag.parse().expect("a number"), plain.len())),
        }
        rest = after;
    }
    plain.push_str(rest);
    Text::new(plain, marks).expect("marks that nest")
}

fn written(text: &Text) -> String {
    let tag = |piece: &Piece<'_>| match piece {
        Piece::Open(mark) => format!("<{}>", mark.id),
        Piece::Chars(chars) => (*chars).to_owned(),
        Piece::Close(mark) => format!("</{}>", mark.id),
    };
    text.pieces().iter().map(tag).collect()
}

/// Aligns word with word: `"0 2 1"` says which source word each target word renders; `-` says none.
fn links(source: &str, target: &str, words: &str) -> Alignment {
    let spans = |text: &str| -> Vec<Range<usize>> {
        text.split(' ')
            .map(|word| {
                let start = word.as_ptr() as usize - text.as_ptr() as usize;
                start..start + word.len()
            })
            .collect()
    };
    let sources = spans(source);
    let link = |(target, word): (Range<usize>, &str)| {
        let source = sources.get(word.parse::<usize>().ok()?)?.clone();
        Some(Link { target, source, weight: 1.0 })
    };
    Alignment { links: spans(target).into_iter().zip(words.split(' ')).filter_map(link).collect() }
}

#[track_caller]
fn aligned_as(source: &str, target: &str, words: &str, wanted: &str) {
    let source = text(source);
    let alignment = Some(links(source.plain(), target, words));
    let placed = place(&source, Draft { text: target.to_owned(), alignment });
    assert_eq!(written(&placed.text), wanted);
    assert_eq!((placed.guessed, placed.lost), (vec![], vec![]));
}

#[track_caller]
fn without_alignment(source: &str, target: &str, wanted: &str, guessed: &[u32]) {
    let placed = place(&text(source), Draft { text: target.to_owned(), alignment: None });
    assert_eq!(written(&placed.text), wanted);
    assert_eq!(placed.guessed, guessed);
    assert_eq!(placed.lost, [0; 0]);
}

#[test]
fn a_mark_follows_its_words() {
    aligned_as("the <1>red car</1> stopped", "o carro vermelho parou", "0 2 1 3", "o <1>carro vermelho</1> parou");
    aligned_as(
        "he said <1>no</1>, twice",
        "ele disse não, duas vezes",
        "0 1 2 3 3",
        "ele disse <1>não</1>, duas vezes",
    );
}

#[test]
fn a_mark_takes_the_punctuation_that_its_words_have() {
    let target = "disse \"sim\", depois \"não\", duas vezes";
    aligned_as(
        "said yes, then <1>\"no\"</1>, twice",
        target,
        "0 1 2 3 4 4",
        "disse \"sim\", depois <1>\"não\"</1>, duas vezes",
    );
}

#[test]
fn a_stray_link_does_not_stretch_a_mark() {
    let target = "um homem muito velho que vinha de longe parou";
    aligned_as(
        "a very old <1>man</1> stopped",
        target,
        "0 3 1 2 - - - 3 4",
        "um <1>homem</1> muito velho que vinha de longe parou",
    );
}

#[test]
fn the_whole_stays_the_whole() {
    without_alignment("<1>Peace talks begin</1>", "Começam as negociações", "<1>Começam as negociações</1>", &[]);
    without_alignment("<1><2>Peace</2> talks</1>", "Paz já", "<1><2>Paz</2> já</1>", &[2]);
}

#[test]
fn an_article_that_the_source_has_not_stays_outside() {
    aligned_as(
        "talks about <1>climate</1> go on",
        "fala sobre o clima segue",
        "0 1 2 2 3",
        "fala sobre o <1>clima</1> segue",
    );
    aligned_as("talks about <1>the climate</1>", "fala sobre o clima", "0 1 2 3", "fala sobre <1>o clima</1>");
    aligned_as("called <1>\"it\"</1> twice", "chamou de \"isso\" duas", "0 1 1 2", "chamou de <1>\"isso\"</1> duas");
    aligned_as("walk <1>of</1> life", "modo de vida", "0 1 2", "modo <1>de</1> vida");
}

#[test]
fn marks_nest_as_they_did() {
    let target = "o velho carro vermelho parou";
    aligned_as(
        "the <1>old <2>red</2> car</1> stopped",
        target,
        "0 1 3 2 4",
        "o <1>velho carro <2>vermelho</2></1> parou",
    );
}

#[test]
fn names_are_found_without_an_alignment() {
    without_alignment("talks in <1>Geneva</1> go on", "Em Geneva continuam", "Em <1>Geneva</1> continuam", &[]);
    without_alignment("the <1>car</1> stopped", "o automóvel parou", "o <1>automóvel</1> parou", &[1]);
}

#[test]
fn two_marks_never_share_words() {
    let target = "o carro parou";
    let placed = place(&text("<1>the</1> <2>old</2> car stopped"), Draft { text: target.into(), alignment: None });
    assert_eq!(written(&placed.text), "<1>o</1> <2>carro</2> parou");
    let placed = place(&text("go <1>on</1> <2>and</2> on"), Draft { text: "sim".into(), alignment: None });
    assert_eq!((written(&placed.text).as_str(), placed.lost), ("<1>sim</1>", vec![2]));
}

#[test]
fn chinese_needs_no_word_edges() {
    without_alignment("the <1>UN</1> said", "UN表示", "<1>UN</1>表示", &[]);
}

proptest! {
    #[test]
    fn every_mark_is_placed_or_lost_and_all_nest(
        source in "[a-zé国 ,]{1,24}",
        target in "[a-zé国 ,]{0,24}",
        spans in prop::collection::vec((0usize..30, 0usize..30), 0..6),
        links in prop::collection::vec((0usize..30, 0usize..30, 0usize..30, 0usize..30, 0.0f32..1.0), 0..12),
        align: bool,
    ) {
        let mut source = Text::from(source);
        for (id, (start, end)) in (1..).zip(spans) {
            let mut marks = source.marks().to_vec();
            marks.push(mark(id, start..end));
            source = Text::new(source.plain(), marks).unwrap_or(source);
        }
        let links = links.into_iter().map(|(a, b, c, d, weight)| Link { target: a..b, source: c..d, weight }).collect();
        let placed = place(&source, Draft { text: target.clone(), alignment: align.then_some(Alignment { links }) });
        prop_assert_eq!(placed.text.plain(), &target);
        let mut ids: Vec<u32> = placed.text.marks().iter().map(|mark| mark.id).chain(placed.lost).collect();
        ids.sort_unstable();
        let mut wanted: Vec<u32> = source.marks().iter().map(|mark| mark.id).collect();
        wanted.sort_unstable();
        prop_assert_eq!(ids, wanted);
        prop_assert!(Text::new(target, placed.text.marks().to_vec()).is_ok());
    }

    #[test]
    fn the_whole_and_what_stays_are_found_whatever_the_alignment_says(
        words in prop::collection::vec("[a-zé]{2,6}", 1..6),
        others in prop::collection::vec("[0-9]{2,6}", 1..6),
        at in 0usize..6,
        links in prop::collection::vec((0usize..60, 0usize..60, 0usize..60, 0usize..60, 0.0f32..1.0), 0..12),
    ) {
        let (source, name) = (words.join(" "), "https://un.org/Ü");
        let insert = |words: &[String]| {
            let mut words = words.to_vec();
            words.insert(at.min(words.len()), name.to_owned());
            words.join(" ")
        };
        let (source, target) = (format!("{source} {}", insert(&words)), insert(&others));
        let start = source.find(name).expect("the name");
        let marks = vec![mark(1, 0..source.len()), mark(2, start..start + name.len())];
        let links = links.into_iter().map(|(a, b, c, d, weight)| Link { target: a..b, source: c..d, weight }).collect();
        let draft = Draft { text: target.clone(), alignment: Some(Alignment { links }) };
        let placed = place(&Text::new(source, marks).expect("marks that nest"), draft);
        let on = |id| placed.text.marks().iter().find(|mark| mark.id == id).map(|mark| &target[mark.range.clone()]);
        prop_assert_eq!(on(1), Some(target.as_str()));
        prop_assert_eq!(on(2), Some(name));
    }
}
