//! Translations that are hard to write as XLIFF: what goes over borders, what looks like markup, what people left.

#![expect(unreachable_pub, reason = "a module of tests has no outside")]

use chancery::model::{
    BlockKind, Failure, Kept, Mark, MarkKind, Outcome, Provenance, Remark, Review, ReviewState, Strategy, Target,
    TermMade, Text, Translation, Unit,
};

use crate::translations::{Builder, by, failed, kept, lang, link, marked, translated, with_term};

/// All of them.
pub fn all() -> Vec<Translation> {
    vec![over_sentences(), holes(), marked_terms(), reviewed(), ar_zh(), zh_ja()]
}

/// A text with marks by number and bytes; each is bold where its number is odd, else italic.
#[track_caller]
pub fn with_marks(plain: &str, marks: &[(u32, std::ops::Range<usize>)]) -> Text {
    let kind = |id: u32| if id % 2 == 1 { MarkKind::Bold } else { MarkKind::Italic };
    let marks = marks.iter().map(|(id, range)| Mark { id: *id, range: range.clone(), kind: kind(*id) });
    Text::new(plain, marks.collect()).expect("marks that nest")
}

/// Marks over two and three sentences, with others inside; one that a translation lost.
pub fn over_sentences() -> Translation {
    Builder::new("over", "en", "de")
        .passage(
            BlockKind::Paragraph,
            vec![
                translated(with_marks("We met here.", &[(1, 7..12)]), with_marks("Wir sahen uns.", &[(1, 10..14)])),
                translated(
                    with_marks("It rained.", &[(1, 0..10), (2, 3..10)]),
                    with_marks("Es regnete.", &[(1, 0..11), (2, 3..11)]),
                ),
                translated(with_marks("We left.", &[(1, 0..2)]), with_marks("Wir gingen.", &[(1, 0..3)])),
            ],
        )
        .passage(
            BlockKind::Paragraph,
            vec![
                translated(with_marks("All of it.", &[(3, 0..10)]), "Alles."),
                translated(with_marks("And more.", &[(3, 0..3)]), with_marks("Und mehr.", &[(3, 0..3)])),
            ],
        )
        .passage(
            BlockKind::Quote,
            vec![
                failed(with_marks("Not said.", &[(4, 4..9)]), Failure::Backend, "the engine ended early; run again"),
                failed(with_marks("Nor heard.", &[(4, 0..3)]), Failure::Backend, "the engine ended early; run again"),
            ],
        )
        .build()
}

/// Line breaks and placeholders, some inside marks and code, some that the translation lost or has of its own.
pub fn holes() -> Translation {
    let code = marked("run {x}\n%s", &[("{x}\n%s", MarkKind::Code)]);
    Builder::new("holes", "en", "pt")
        .passage(
            BlockKind::Paragraph,
            vec![
                translated("{name} & <b>\n%1$s of {{ all }}", "%1$s de {{ all }}\n& <b> {name}"),
                translated(
                    marked("call {n}\nnow", &[("{n}\nnow", MarkKind::Bold)]),
                    marked("ligue\n{n}", &[("{n}", MarkKind::Bold)]),
                ),
                translated(code.clone(), code),
                translated("100 %s, ${x}", "100 {y}"),
                kept("{alone}", Kept::NothingToTranslate),
            ],
        )
        .build()
}

/// Terms that cross marks, lie in them, hold them, stand twice, were repaired, or cannot be marked.
pub fn marked_terms() -> Translation {
    let term = "common future";
    let unit = |source: Text, target: Text, made: TermMade| {
        let mut unit = with_term(translated(source, target), term, "gemeinsame Zukunft");
        let Outcome::Translated(target) = &mut unit.outcome else { unreachable!("it is translated") };
        target.terms.push(made);
        unit
    };
    let made = |strategy, range| TermMade { concept: "common-future".into(), strategy, range, instead_of: None };
    let (source, target) = ("our common future now", "unsere gemeinsame Zukunft jetzt");
    let plain = |marks: &[(u32, std::ops::Range<usize>)]| with_marks(source, marks);
    Builder::new("terms", "en", "de")
        .passage(
            BlockKind::Paragraph,
            vec![
                unit(plain(&[]), with_marks(target, &[]), made(Strategy::Translated, Some(7..25))),
                unit(plain(&[(1, 0..10)]), with_marks(target, &[(1, 0..17)]), made(Strategy::Translated, Some(7..25))),
                unit(plain(&[(1, 4..17)]), with_marks(target, &[(1, 7..25)]), made(Strategy::Replaced, Some(7..25))),
                unit(
                    plain(&[(1, 4..10), (2, 11..17)]),
                    with_marks(target, &[(1, 0..31), (2, 7..17)]),
                    made(Strategy::Forced, Some(7..25)),
                ),
                unit(plain(&[(1, 0..21)]), "jetzt".into(), made(Strategy::Missing, None)),
                failed("A common future.", Failure::Backend, "run again"),
            ],
        )
        .build()
}

/// What people made of a translation, in each state, and what they noted.
pub fn reviewed() -> Translation {
    let states = ReviewState::ALL.into_iter().flat_map(|state| [(state, false), (state, true)]);
    let mut units: Vec<Unit> =
        states.map(|(state, edited)| by_person("firefox", Some(Review { state, edited }))).collect();
    units.push(by_person("review", None));
    units[1].remarks = vec![
        Remark { from: Some("Ana Lima".into()), text: "Is this \"right\" & <proper>?\nAsk them.".into() },
        Remark { from: None, text: "see the style guide".into() },
    ];
    Builder::new("reviewed", "en", "pt").passage(BlockKind::Paragraph, units).build()
}

fn by_person(backend: &str, review: Option<Review>) -> Unit {
    let mut unit = by(backend, "They agreed.", "Eles concordaram.");
    let Outcome::Translated(target) = &mut unit.outcome else { unreachable!("it is translated") };
    let person = (backend == "review").then(Provenance::person);
    *target = Target { review, provenance: person.unwrap_or(target.provenance.clone()), ..target.clone() };
    unit
}

/// Arabic to Chinese: from right to left, with a link, and a passage of another direction.
fn ar_zh() -> Translation {
    Builder::new("nahr", "ar", "zh-Hans")
        .passage(BlockKind::Headline, vec![translated("اتفاق بشأن مياه النهر", "河水协议")])
        .passage(
            BlockKind::Paragraph,
            vec![
                translated(
                    marked("وقع الوزراء البيان يوم الأحد.", &[("البيان", link("https://example.org/بيان?a=1&b=2"))]),
                    marked("部长们星期日签署了声明。", &[("声明", link("https://example.org/بيان?a=1&b=2"))]),
                ),
                translated("ثم عادوا 🕊️.", "随后返回🕊️。"),
            ],
        )
        .passage_in(lang("en"), BlockKind::Caption, vec![translated("At the river", "在河边")])
        .build()
}

/// Chinese to Japanese: no spaces on either side, a mark over two sentences.
fn zh_ja() -> Translation {
    Builder::new("huiyi", "zh-Hans", "ja")
        .passage(
            BlockKind::Paragraph,
            vec![
                translated(with_marks("会议结束。", &[(1, 6..15)]), with_marks("会議が終わった。", &[(1, 9..24)])),
                translated(with_marks("各方满意。", &[(1, 0..6)]), with_marks("各国は満足した。", &[(1, 0..9)])),
            ],
        )
        .build()
}
