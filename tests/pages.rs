//! Pages as a browser sees them.

mod translations;

use std::path::Path;

use chancery::emit::pages::{self, Links};
use chancery::emit::report::{ArticleRow, Form, Output, RunReport};
use chancery::emit::xliff::{self, Style};
use chancery::model::{BlockKind, Origin, Outcome, Provenance, Review, ReviewState, Target, Translation};
use proptest::prelude::*;
use scraper::{Html, Selector};
use translations::{Builder, facts, translated};

fn page(translation: &Translation) -> Html {
    let links = Links { index: Some("index.html".into()), xliff: Some(format!("{}.xlf", translation.slug)) };
    Html::parse_document(&pages::article(translation, &links, &facts()))
}

fn select(selector: &str) -> Selector {
    Selector::parse(selector).expect("a selector")
}

/// The text of the only element that `selector` finds.
#[track_caller]
fn text(html: &Html, selector: &str) -> String {
    let found: Vec<_> = html.select(&select(selector)).collect();
    let [element] = found.as_slice() else { panic!("one `{selector}`, not {}", found.len()) };
    element.text().collect()
}

/// Asserts that `html` asks for nothing but the links `allowed` and those that start with `#` or lead beside it.
#[track_caller]
fn asks_for_nothing(html: &Html, allowed: &[&str]) {
    for element in html.select(&select("*")) {
        let name = element.value().name();
        assert!(!["script", "img", "iframe", "object", "embed", "form", "base"].contains(&name), "<{name}>");
        for (attribute, value) in element.value().attrs() {
            assert!(!attribute.starts_with("on") && attribute != "src" && attribute != "style", "{attribute}={value}");
            let outside = attribute == "href" && value.contains(':') && value != "data:,";
            assert!(!outside || (name == "a" && allowed.contains(&value)), "{name} {attribute}={value}");
        }
    }
}

#[test]
fn the_sentences_of_a_page_are_those_of_the_xliff() {
    for translation in translations::all() {
        let html = page(&translation);
        let written = xliff::write(&translation, Style::default(), &facts()).expect("fit for XLIFF").text;
        let read = chancery::xliff::files(Path::new("a.xlf"), written.as_bytes()).expect("readable");
        for (_, segment) in read[0].segments() {
            let id = segment.id.as_deref().expect("an id");
            // A line break is a code in XLIFF.
            let shown = |side: &str| text(&html, &format!("#{side}-{id}")).replace('\n', "");
            assert_eq!(shown("s"), segment.source.text);
            match &segment.target {
                Some(target) => assert_eq!(shown("t"), target.text),
                None => assert!(html.select(&select(&format!("#t-{id}.failed"))).next().is_some(), "{id}"),
            }
        }
    }
}

#[test]
fn a_page_asks_for_nothing() {
    let allowed = [
        "https://example.org/world/2026/clean-energy?page=1&view=full",
        "https://example.org/communique?id=7&lang=en",
        "https://example.org/?a=\"b\"&c=<d>",
    ];
    for translation in translations::all() {
        asks_for_nothing(&page(&translation), &allowed);
    }
}

#[test]
fn markup_in_an_article_stays_text() {
    let html = page(&translations::hostile());
    assert_eq!(text(&html, "#s-p1-1"), "<script>alert(\"1 & 2\")</script> ]]> '&amp;'");
    assert!(html.select(&select("script")).next().is_none());
    assert_eq!(html.select(&select("#s-p1-2 a")).count(), 1, "the web link is live, the script is not");
}

#[test]
fn each_passage_is_tagged_with_its_language_and_direction() {
    let html = page(&translations::en_ar());
    let root = html.root_element();
    assert_eq!((root.attr("lang"), root.attr("dir")), (Some("ar"), Some("rtl")));
    let cells = |side: &str| html.select(&select(&format!(".cell.{side}"))).collect::<Vec<_>>();
    assert!(cells("source").iter().all(|cell| (cell.attr("lang"), cell.attr("dir")) == (Some("en"), Some("ltr"))));
    assert!(cells("target").iter().all(|cell| (cell.attr("lang"), cell.attr("dir")) == (Some("ar"), Some("rtl"))));
    let mixed = page(&translations::en_pt());
    assert_eq!(mixed.select(&select(".cell.source[lang=pt]")).count(), 1);
}

#[test]
fn every_sentence_has_its_counterpart_in_the_row() {
    for translation in translations::all() {
        let html = page(&translation);
        let rows = html.select(&select(".row:not(.heads)")).collect::<Vec<_>>();
        assert_eq!(rows.len(), translation.document.passages.len());
        for (row, passage) in rows.iter().zip(&translation.document.passages) {
            for place in 1..=passage.segments.len() {
                assert_eq!(row.select(&select(&format!(".s.n{place}"))).count(), 2);
            }
        }
    }
}

#[test]
fn a_reader_sees_who_translated_and_what_failed() {
    let html = page(&translations::en_pt());
    let notice = text(&html, ".notice");
    assert!(
        notice.contains("Tradução automática.") && notice.contains("fxtranslate 0.5.0, en-pt 3f8a91c2d4e5"),
        "{notice}"
    );
    let failed = text(&html, "#t-p4-2");
    assert!(
        failed.starts_with("Não traduzido") && failed.contains("the engine answered with the source text"),
        "{failed}"
    );
    assert!(!failed.contains("Delegates"), "the source does not pass for a translation");
    let term = html.select(&select("#s-p2-1 abbr")).next().expect("a term");
    assert_eq!(term.attr("title"), Some("Belt and Road Initiative = Iniciativa do Cinturão e Rota"));
}

#[test]
fn the_desk_finds_every_problem_by_its_link() {
    for translation in translations::all() {
        let html = page(&translation);
        let failed = translation.units().filter(|unit| matches!(unit.outcome, Outcome::Failed(_))).count();
        let found: usize = translation.units().map(|unit| unit.findings.len()).sum();
        let links: Vec<_> = html.select(&select(".desk a[href]")).filter_map(|link| link.attr("href")).collect();
        assert_eq!(links.len(), failed + found, "{}", translation.slug);
        assert!(links.iter().all(|link| html.select(&select(link)).count() == 1), "{links:?}");
    }
}

/// Asserts that `source` has a start tag for each element that a browser makes of it: none is implied, moved or doubled.
#[track_caller]
fn is_whole(source: &str) {
    let html = Html::parse_document(source);
    let elements = html.select(&select("*")).count();
    assert_eq!(source.matches('<').count() - source.matches("</").count() - 1, elements);
    let void = html.select(&select("meta, link, br")).count();
    assert_eq!(source.matches("</").count(), elements - void);
}

#[test]
fn every_element_of_a_page_is_written_out() {
    for translation in translations::all() {
        is_whole(&pages::article(&translation, &Links::default(), &facts()));
    }
}

#[test]
fn the_list_links_what_was_written_and_names_what_was_not_read() {
    let row = |translation: &Translation| {
        let output = |form, end: &str| Output { form, path: format!("{}{end}", translation.slug) };
        ArticleRow::of(translation, vec![output(Form::Page, ".html"), output(Form::Xliff, ".xlf")])
    };
    let mut rows: Vec<_> = translations::all().iter().map(row).collect();
    rows.push(ArticleRow::unreadable(
        Origin::file("<b>broken</b>.xml".as_ref()),
        translations::lang("de"),
        "line 3: <not> a news item",
    ));
    let source = pages::index(&RunReport::new("0.1.0", rows));
    is_whole(&source);
    let html = Html::parse_document(&source);
    asks_for_nothing(&html, &[]);
    let linked: Vec<_> = html.select(&select(".list a")).filter_map(|link| link.attr("href")).collect();
    assert_eq!(linked.len(), 2 * translations::all().len());
    assert!(linked.contains(&"./clean-energy.html") && linked.contains(&"./clean-energy.xlf"));
    let items: Vec<String> = html.select(&select(".list li")).map(|item| item.text().collect()).collect();
    assert!(items.last().is_some_and(|item| item.contains("<b>broken</b>.xml") && item.contains("<not> a news item")));
    assert!(items[0].contains("English → Português (BR)") && items[0].contains("Partly translated"), "{}", items[0]);
}

/// `translation` with what `each` makes of its targets, given their places from 0.
fn with_targets(mut translation: Translation, each: impl Fn(usize, &mut Target)) -> Translation {
    let units = translation.document.passages.iter_mut().flat_map(|passage| &mut passage.segments);
    let targets = units.filter_map(|unit| match &mut unit.outcome {
        Outcome::Translated(target) => Some(target),
        Outcome::Kept(_) | Outcome::Failed(_) => None,
    });
    targets.enumerate().for_each(|(place, target)| each(place, target));
    translation
}

/// `translation`, its first targets reviewed as far as `states`.
fn reviewed(translation: Translation, states: &[ReviewState]) -> Translation {
    with_targets(translation, |place, target| {
        target.review = states.get(place).map(|state| Review { state: *state, edited: false });
    })
}

/// Asserts that the page of the Chinese article, reviewed as far as `states`, begins its notice with `made` and has `steps`.
#[track_caller]
fn discloses(states: &[ReviewState], made: &str, steps: &[&str]) {
    let html = page(&reviewed(translations::zh_en(), states));
    assert_eq!(text(&html, ".notice p:first-child"), made);
    let shown: Vec<String> =
        html.select(&select(".notice .progress span")).map(|step| step.text().collect::<String>()).collect();
    assert_eq!(shown, steps);
    assert!(text(&html, ".notice .engine").contains("fxtranslate 0.5.0"), "the machine is named, whoever reviewed");
}

#[test]
fn a_page_tells_how_much_of_it_a_person_reviewed() {
    use ReviewState::{Approved, Draft, Reviewed, Translated};
    let partly = "Machine translation, partly reviewed by a person. The original is authoritative.";
    let wholly = "Machine translation, reviewed by a person. The original is authoritative.";
    let (one, two) = ("✓ Reviewed by a person: 1 / 4", "✓ Reviewed by a person: 2 / 4");
    discloses(&[Translated], partly, &[one]);
    discloses(&[Draft, Reviewed], partly, &[one]);
    discloses(&[Approved, Reviewed], partly, &[two, "✓✓ Approved by a person: 1 / 4"]);
    discloses(&[Reviewed; 4], wholly, &["✓ Reviewed by a person: 4 / 4"]);
    discloses(&[Approved; 4], wholly, &["✓ Reviewed by a person: 4 / 4", "✓✓ Approved by a person: 4 / 4"]);
    discloses(&[Draft], "Machine translation. The original is authoritative.", &["✓ Reviewed by a person: 0 / 4"]);
}

#[test]
fn what_a_person_translated_is_no_machine_translation() {
    let person = |place, target: &mut Target| {
        target.provenance = Provenance::person();
        target.review = Some(Review { state: ReviewState::Translated, edited: place > 0 });
    };
    let html = page(&with_targets(translations::ja_en(), person));
    assert_eq!(text(&html, ".notice p:first-child"), "Translated by a person. The original is authoritative.");
    assert_eq!(html.select(&select(".notice .engine")).count(), 0);
    let mixed = with_targets(translations::ja_en(), |place, target| {
        if place == 0 {
            person(place, target);
        }
    });
    assert!(text(&page(&mixed), ".notice").contains("Machine translation, partly reviewed by a person."));
}

#[test]
fn a_reviewed_sentence_is_marked_and_says_its_text_alone() {
    use ReviewState::{Approved, Draft, Reviewed};
    let translation = reviewed(translations::zh_en(), &[Reviewed, Approved, Draft]);
    let source = pages::article(&translation, &Links::default(), &facts());
    is_whole(&source);
    let html = Html::parse_document(&source);
    let told = |id: &str| {
        let element = html.select(&select(id)).next().expect("a sentence");
        (element.attr("class").expect("a class").to_owned(), element.attr("title").map(str::to_owned))
    };
    assert_eq!(told("#t-p1-1"), ("s n1 reviewed".into(), Some("Reviewed by a person".into())));
    assert_eq!(told("#t-p2-1"), ("s n1 approved".into(), Some("Approved by a person".into())));
    assert_eq!(told("#t-p2-2"), ("s n2".into(), None));
    assert_eq!(told("#s-p2-1"), ("s n1".into(), None));
    for unit in translation.units() {
        let rendered = unit.rendered().expect("no segment failed").plain();
        assert_eq!(text(&html, &format!("#t-{}", unit.segment.id)), rendered);
    }
}

#[test]
fn a_page_that_nobody_reviewed_has_no_trace_of_reviews() {
    for translation in translations::all() {
        let source = pages::article(&translation, &Links::default(), &facts());
        assert!(!source.contains("progress") && !source.contains(".reviewed"), "{}", translation.slug);
    }
    let notice = text(&page(&translations::en_pt()), ".notice p:first-child");
    assert_eq!(notice, "Tradução automática. Não foi revisada por ninguém; prevalece o original.");
}

#[test]
fn the_list_shows_how_far_reviews_have_come() {
    use ReviewState::{Approved, Reviewed};
    let listed = |translations: &[Translation]| {
        let rows = translations.iter().map(|translation| ArticleRow::of(translation, Vec::new())).collect();
        pages::index(&RunReport::new("0.1.0", rows))
    };
    let edited = |place, target: &mut Target| {
        target.review =
            (place < 2).then_some(Review { state: if place == 0 { Approved } else { Reviewed }, edited: true });
    };
    let source = listed(&[with_targets(translations::zh_en(), edited), translations::en_ar()]);
    is_whole(&source);
    let html = Html::parse_document(&source);
    let bars: Vec<_> = html.select(&select("progress")).map(|bar| (bar.attr("value"), bar.attr("max"))).collect();
    assert_eq!(bars, [(Some("2"), Some("4"))], "an article that nobody reviewed has no bar");
    assert!(text(&html, ".list li:first-child").contains("2 of 4 reviewed, 2 edited, 1 approved"));
    assert!(!listed(&translations::all()).contains("progress"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_shown_as_it_is(plain in "(\\PC|[<>&\"'/\t\n\r]|<script>|&lt;|<!--|\\]\\]>){1,20}") {
        let unit = translated(plain.as_str(), plain.as_str());
        let html = page(&Builder::new("any", "en", "de").passage(BlockKind::Paragraph, vec![unit]).build());
        prop_assert_eq!(&text(&html, "#s-p1-1"), &plain);
        prop_assert_eq!(&text(&html, "#t-p1-1"), &plain);
    }
}
