//! The page that tells what came of reviews: whole, safe whatever an article or a reviewer says, and the same each time.

use chancery::emit::report::review::html;
use chancery::model::{Finding, Origin, Remark, SegmentId, Severity};
use chancery::review::effort::{BackendEffort, ConceptEffort, Distance, Effort, SegmentEffort, TermChange};
use chancery::review::report::{ArticleReview, Notice, RefusedFile, ReviewReport, SegmentState, What};
use scraper::{Html, Selector};

fn segment(id: &str, texts: [&str; 3], words: Distance) -> SegmentEffort {
    let [source, before, after] = texts.map(str::to_owned);
    SegmentEffort {
        segment: SegmentId(id.into()),
        backend: "firefox".into(),
        words,
        characters: Distance { edits: words.edits * 6, length: words.length * 6 },
        source,
        before,
        after,
    }
}

fn far(edits: usize, length: usize) -> Distance {
    Distance { edits, length }
}

fn charter(instead: &[Option<&str>]) -> ConceptEffort {
    let change = |instead: Option<&str>| TermChange {
        segment: SegmentId("p2-1".into()),
        stood: "Carta da ONU".into(),
        instead: instead.map(str::to_owned),
    };
    ConceptEffort { concept: "un-charter".into(), stood: 9, changes: instead.iter().copied().map(change).collect() }
}

fn effort(segments: Vec<SegmentEffort>, spread: [usize; 5]) -> Effort {
    let backend = BackendEffort {
        backend: "firefox".into(),
        segments: spread.iter().sum(),
        changed: spread[1..].iter().sum(),
        words: far(312, 4100),
        characters: far(1400, 24_800),
        spread,
    };
    let other =
        BackendEffort { backend: "library".into(), segments: 3, spread: [3, 0, 0, 0, 0], ..BackendEffort::default() };
    let whole = ConceptEffort { concept: "belt-and-road".into(), stood: 4, changes: Vec::new() };
    let renamed = charter(&[Some("Estatuto da ONU"), Some("Estatuto da ONU"), Some(""), None]);
    Effort { segments, backends: vec![backend, other], concepts: vec![renamed, whole] }
}

fn article(slug: &str, target: &str, states: &[(SegmentState, usize)], effort: Effort) -> ArticleReview {
    let about = SegmentId("p3-2".into());
    let notice = |what, detail: &str| Notice::new("p3", Some(&about), what, detail);
    ArticleReview {
        origin: Origin::file(format!("articles/{slug}.html").as_ref()),
        slug: slug.into(),
        source: "en".parse().expect("a tag"),
        target: target.parse().expect("a tag"),
        files: vec![format!("back/{slug}.en-{target}.xlf")],
        states: states.to_vec(),
        notices: vec![
            notice(What::Edited, ""),
            notice(What::Confirmed, ""),
            notice(What::Codes, "bold 2 was lost"),
            Notice::new("p9", None, What::UnknownUnit, "nothing of it was taken"),
        ],
        remarks: vec![(about.clone(), Remark { from: Some("ana".into()), text: "Check the <title> & date".into() })],
        findings: vec![(
            about.clone(),
            Finding {
                code: "T001".into(),
                severity: Severity::Error,
                message: "the translation lacks `Carta da ONU`, the rendering of `UN Charter`".into(),
                source: None,
            },
        )],
        effort,
    }
}

/// Two articles, one of them into a language that runs from right to left, and a refused file.
fn report() -> ReviewReport {
    use SegmentState::{Approved, Draft, Machine, Missing, Reviewed, Translated};
    let pt = vec![
        segment(
            "p1-1",
            [
                "Ministers agree to deepen cooperation on clean energy",
                "Ministros concordam em aprofundar a cooperação em energia limpa",
                "Ministros decidem aprofundar a cooperação em energias limpas",
            ],
            far(4, 8),
        ),
        segment(
            "p2-1",
            [
                "They recalled <b>the UN Charter</b> & its purposes.",
                "Eles lembraram <b>a Carta da ONU</b> & os seus propósitos.",
                "Recordaram <b>o Estatuto da ONU</b> & os seus propósitos.",
            ],
            far(3, 9),
        ),
        segment("p2-2", ["", "", ""], far(0, 12)),
    ];
    let ar = vec![segment(
        "p1-1",
        [
            "Envoys call for talks on the river basin",
            "مبعوثون يدعون إلى محادثات بشأن حوض النهر",
            "مبعوثون يدعون إلى إجراء مباحثات بشأن حوض النهر",
        ],
        far(2, 8),
    )];
    ReviewReport {
        tool_version: "0.1.0".into(),
        articles: vec![
            article(
                "clean-energy",
                "pt",
                &[(Missing, 1), (Machine, 14), (Draft, 3), (Translated, 9), (Reviewed, 31), (Approved, 12)],
                effort(pt, [21, 12, 9, 4, 2]),
            ),
            article("river-basin", "ar", &[(Machine, 5), (Reviewed, 7)], effort(ar, [4, 1, 2, 0, 0])),
        ],
        refused: vec![RefusedFile {
            file: "back/other.xlf".into(),
            reason: "back/other.xlf:7: the article of `<other>` is not in this folder".into(),
        }],
    }
}

fn texts(page: &str, selector: &str) -> Vec<String> {
    let document = Html::parse_document(page);
    let selector = Selector::parse(selector).expect("a selector");
    document.select(&selector).map(|element| element.text().collect::<String>()).collect()
}

#[test]
fn every_change_is_there_word_by_word() {
    let page = html(&report());
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/review.html"), &page).expect("a page to look at");
    assert_eq!(texts(&page, ".change").len(), 3, "what was only confirmed is no change");
    assert_eq!(texts(&page, ".change .source")[1], "They recalled <b>the UN Charter</b> & its purposes.");
    let cut = texts(&page, ".change:nth-of-type(1) del");
    assert!(cut.contains(&"concordam em".to_owned()), "{cut:?}");
    assert_eq!(texts(&page, ".diff[lang=ar][dir=rtl]").len(), 1);
}

#[test]
fn what_happened_is_told_by_segment() {
    let page = html(&report());
    let told = texts(&page, ".told li");
    for said in [
        "inline codes were mended p3-2 bold 2 was lost",
        "is not in the article p9",
        "ana p3-2 Check the <title> & date",
    ] {
        assert!(told.iter().any(|line| line.contains(said)), "{said}: {told:#?}");
    }
    assert!(told[0].starts_with("refused"), "{told:#?}");
}

#[test]
fn sums_stand_beside_their_pictures() {
    let page = html(&report());
    let numbers = |selector: &str| texts(&page, selector);
    assert_eq!(numbers("section:nth-of-type(1) td")[..2], ["12", "14.6\u{A0}%"]);
    assert_eq!(
        numbers("section:nth-of-type(2) .beside:nth-of-type(1) td")[..4],
        ["25", "45.5\u{A0}%", "13", "23.6\u{A0}%"]
    );
    assert_eq!(numbers(".concepts .count"), ["8 of 18"]);
    assert_eq!(numbers(".concepts .instead")[0], "Carta da ONU → Estatuto da ONU (4×)");
    assert_eq!(Html::parse_document(&page).select(&Selector::parse("svg[aria-label]").expect("a selector")).count(), 6);
}

#[test]
fn nothing_runs_and_nothing_is_asked_for() {
    let page = html(&report());
    for forbidden in ["<script", "http:", "https:", "javascript:", "url(", "@import", " on"] {
        let found = page.find(forbidden).filter(|at| forbidden != " on" || page[*at..].starts_with(" onload"));
        assert!(found.is_none(), "{forbidden}");
    }
    assert_eq!(page, html(&report()));
}

#[test]
fn a_report_of_nothing_is_a_page() {
    let page = html(&ReviewReport::default());
    assert_eq!(texts(&page, ".none").len(), 2);
}
