//! Pages as a browser sees them.

mod translations;

use std::path::Path;

use chancery::emit::pages::{self, Links};
use chancery::emit::report::{ArticleRow, Form, Output, RunReport};
use chancery::emit::xliff::{self, Version};
use chancery::model::{BlockKind, Origin, Outcome, Translation};
use chancery::review;
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
        let written = xliff::write(&translation, Version::V2_0, &facts()).expect("fit for XLIFF").text;
        let reviewed = review::read(Path::new("a.xlf"), written.as_bytes()).expect("readable");
        for segment in &reviewed.files[0].segments {
            let id = segment.segment.as_deref().expect("an id");
            assert_eq!(text(&html, &format!("#s-{id}")), segment.source);
            match &segment.target {
                Some(target) => assert_eq!(&text(&html, &format!("#t-{id}")), target),
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
