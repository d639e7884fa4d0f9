//! Pages of the kinds that news sites serve.

use crate::ingest::{Options, article};
use crate::model::{Article, BlockKind, MarkKind, Origin};

#[track_caller]
fn page(html: &str) -> Article {
    article(Origin::file("a.html".as_ref()), html.as_bytes(), &Options::default()).expect("an article")
}

/// Reads a page and compares its texts, and what was cut with it.
#[track_caller]
fn reads(html: &str, texts: &[&str], cut: &[&str]) {
    let article = page(html);
    assert_eq!(article.blocks.iter().map(|block| block.text.plain()).collect::<Vec<_>>(), texts);
    assert_eq!(article.head.cut.iter().map(|cut| cut.why.as_str()).collect::<Vec<_>>(), cut);
}

const ONE: &str =
    "The two delegations met in the old post office on Monday, and nobody left the room before the evening.";
const TWO: &str =
    "A joint statement is expected by the end of the week, said a diplomat who had seen the second draft of it.";
const THREE: &str =
    "The foreign minister will brief the United Nations Security Council, which asked for a report in March.";

#[test]
fn a_clean_page_is_taken_whole() {
    reads(&format!("<h1>Talks</h1><p>{ONE}</p><h2>Next</h2><p>{TWO}</p>"), &["Talks", ONE, "Next", TWO], &[]);
    reads("<p>Short.</p>", &["Short."], &[]);
    reads("Bare words, <b>no</b> tags.", &["Bare words, no tags."], &[]);
}

#[test]
fn a_page_of_nested_boxes_is_read_by_its_density() {
    let menu = "<div class=m1><a href=/a>World</a> <a href=/b>Sport</a> <a href=/c>Weather</a></div>";
    let body = [ONE, TWO, THREE, ONE, TWO].map(|text| format!("<p>{text}</p>")).concat();
    let html = format!("<title>Talks</title><body>{menu}<div id=c><div><h1>Talks</h1>{body}</div></div>{menu}</body>");
    reads(&html, &["Talks", ONE, TWO, THREE, ONE, TWO], &["outside the article", "outside the article"]);
}

#[test]
fn paragraphs_parted_by_line_breaks_are_parted() {
    let html = format!(
        "<body><div class=text><br>\u{3000}\u{3000}{ONE}<br><br>\n\u{3000}\u{3000}{TWO}<br/>{THREE}<br></div></body>"
    );
    reads(&html, &[ONE, &format!("{TWO}\n{THREE}")], &[]);
}

#[test]
fn an_indent_after_a_line_break_parts_paragraphs_and_readings_are_no_text() {
    let html = format!(
        "<body><div class=text>\u{3000}{ONE}<br>\n\u{3000}\u{3000}<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字。</div></body>"
    );
    reads(&html, &[ONE, "漢字。"], &[]);
}

#[test]
fn an_end_mark_is_taken_off_the_last_sentence() {
    reads(&format!("<article><p>{ONE}</p><p>{TWO} Enditem</p></article>"), &[ONE, TWO], &["end mark"]);
}

#[test]
fn the_date_below_the_headline_is_read_wherever_it_goes() {
    let body = [ONE, TWO, THREE].map(|text| format!("<p>{text}</p>")).concat();
    let html = format!(
        "<title>Talks</title><body><div>2020-07-01 Other talks</div><div class=main><h1>Talks</h1>\
         <div class=info>2020-07-24 10:35:00 来源：新华网</div><div id=text>{body}</div></div></body>"
    );
    assert_eq!(page(&html).head.metadata.published.as_deref(), Some("2020-07-24T10:35:00"));
}

#[test]
fn a_form_around_the_page_and_a_misnamed_box_are_no_furniture() {
    let html = format!("<body><form id=aspnet><div class='related share'><p>{ONE}</p><p>{TWO}</p></div></form></body>");
    reads(&html, &[ONE, TWO], &[]);
}

#[test]
fn short_paragraphs_and_lists_of_the_article_stay() {
    let html = format!(
        "<main><article><h1>Talks</h1><p>{ONE}</p><p>\"No,\" he said.</p><p>{TWO}</p>\
         <ol><li>Fish.</li><li>Ships and <a href=/p>ports</a>.</li></ol><p>{THREE}</p></article></main>"
    );
    reads(&html, &["Talks", ONE, "\"No,\" he said.", TWO, "Fish.", "Ships and ports.", THREE], &[]);
    let numbered = page(&html).blocks.iter().filter(|block| block.kind == BlockKind::Numbered).count();
    assert_eq!(numbered, 2);
}

#[test]
fn what_is_no_text_for_readers_is_left_out_without_a_word() {
    let html = format!(
        "<article><p>{ONE}</p><script>var a = '<p>no</p>';</script><style>p {{}}</style><p hidden>no</p>\
         <p style='display: none'>no</p><template><p>no</p></template><svg><text>no</text></svg><p>{TWO}</p></article>"
    );
    reads(&html, &[ONE, TWO], &[]);
}

#[test]
fn lines_of_furniture_without_a_name_are_cut() {
    let html = format!(
        "<article><p>2020-07-24 10:35 Xinhua</p><p>{ONE}</p><p>{TWO}</p><p>Editor: huaxia</p><h3>Related News</h3>\
         <p><a href=/a>Port reports record traffic</a></p></article>"
    );
    reads(&html, &[ONE, TWO], &["date line", "editor line", "related news", "related news"]);
    assert_eq!(page(&html).head.metadata.source.as_deref(), Some("Xinhua"));
}

#[test]
fn marks_survive_blocks_inside_them() {
    let article = page("<article><a href=/x><p>One <b>two <strong>three</strong></b></p><p>four.</p></a></article>");
    let marks = |at: usize| {
        article.blocks[at].text.marks().iter().map(|mark| (mark.id, mark.range.clone())).collect::<Vec<_>>()
    };
    assert_eq!((marks(0), marks(1)), (vec![(1, 0..13), (2, 4..13)], vec![(1, 0..5)]));
    assert_eq!(article.blocks[1].text.marks()[0].kind, MarkKind::Link { href: "/x".to_owned() });
}

#[track_caller]
fn titled(head: &str, title: &str) {
    let article = page(&format!("<html lang=pt-BR><head>{head}</head><body><article><p>{ONE}</p></article></body>"));
    assert_eq!(article.head.metadata.title.as_deref(), Some(title));
    assert_eq!((article.blocks[0].kind, article.blocks[0].text.plain()), (BlockKind::Headline, title));
    assert_eq!(article.head.metadata.language.map(|lang| lang.to_string()).as_deref(), Some("pt-BR"));
}

#[test]
fn titles_lose_the_name_of_the_site() {
    titled("<title>Ministers meet in Lisbon - The Post</title>", "Ministers meet in Lisbon");
    titled("<title>两国外长会谈-新华网</title><meta property='og:site_name' content='新华网'>", "两国外长会谈");
    titled("<title>Post-war order is at stake</title>", "Post-war order is at stake");
    titled(
        "<title>x</title><meta property='og:title' content='Ministers &amp; envoys meet'>",
        "Ministers & envoys meet",
    );
}

#[track_caller]
fn published(head: &str, iso: &str) {
    assert_eq!(page(&format!("{head}<article><p>{ONE}</p></article>")).head.metadata.published.as_deref(), Some(iso));
}

#[test]
fn dates_are_found_where_pages_say_them() {
    published(
        r#"<script type="application/ld+json">{"@graph":[{"@type":["NewsArticle"],"datePublished":"2020-07-24T10:35:00Z"}]}</script>"#,
        "2020-07-24T10:35:00Z",
    );
    published("<meta property='article:published_time' content='2020-07-24T10:35+08:00'>", "2020-07-24T10:35+08:00");
    published("<time datetime='2020-07-24'>yesterday</time>", "2020-07-24");
    published(
        "<script type='application/ld+json'>{broken</script><meta name=pubdate content='July 24, 2020'>",
        "2020-07-24",
    );
}

#[test]
fn a_page_is_a_page_whatever_its_name() {
    let html = format!("\n<!DOCTYPE html><html><body><p>{ONE}</p></body></html>");
    for name in ["a.txt", "a", "a.php"] {
        let article = article(Origin::file(name.as_ref()), html.as_bytes(), &Options::default()).expect("an article");
        assert_eq!((article.head.format.as_str(), article.blocks[0].text.plain()), ("html", ONE));
    }
}

#[test]
fn the_headline_of_the_text_wins_over_that_of_the_head() {
    let article = page(&format!(
        "<title>Lisbon talks</title><article><h1>Talks open in Lisbon</h1><p>{ONE}</p><h1>More</h1><p>{TWO}</p></article>"
    ));
    let kinds: Vec<_> = article.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Headline, BlockKind::Paragraph, BlockKind::Subhead, BlockKind::Paragraph]);
    assert_eq!(article.head.metadata.title.as_deref(), Some("Talks open in Lisbon"));
}

#[test]
fn prose_in_a_box_with_the_name_of_furniture_stays() {
    let html = format!(
        "<main><p>{ONE} {ONE} {ONE} {ONE}</p><div class='ad-free related'><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></div></main>"
    );
    assert_eq!(page(&html).blocks.len(), 4);
}

#[test]
fn a_script_larger_than_the_article_does_not_count_as_text() {
    let script = "var a = 'words and words and words';".repeat(500);
    let html = format!(
        "<script>{script}</script><div class=share><p>{ONE}</p></div><p>{TWO}</p><nav><a href=/>Home</a></nav>"
    );
    assert_eq!(page(&format!("<body>{html}</body>")).head.cut.len(), 2);
    assert_eq!(
        page(&format!("<body><div class=share><p>{ONE}</p></div><script>{script}</script></body>")).blocks.len(),
        1
    );
}

#[test]
fn prose_that_the_library_leaves_out_is_kept() {
    let html = format!(
        "<body><div class=x><p>{ONE}</p><p>{TWO}</p><div id=the-minister-and-the-menu-of-talks><p>{THREE}</p>         <p>Nothing <i>is</i> agreed.</p></div><p>{ONE}</p><p>{TWO}</p></div><div><a href=/>Imprint</a></div></body>"
    );
    reads(&html, &[ONE, TWO, THREE, "Nothing is agreed.", ONE, TWO], &["outside the article"]);
}
