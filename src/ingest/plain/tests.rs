//! Plain texts as they come.

use proptest::prelude::*;

use crate::ingest::{Options, article};
use crate::model::{Article, BlockKind, Origin};

#[track_caller]
fn parsed(text: &str) -> Article {
    article(Origin::file("a.txt".as_ref()), text.as_bytes(), &Options::default()).expect("an article")
}

#[track_caller]
fn reads(text: &str, blocks: &[(BlockKind, &str)]) {
    let article = parsed(text);
    let found: Vec<_> = article.blocks.iter().map(|block| (block.kind, block.text.plain())).collect();
    assert_eq!(found, blocks);
}

use BlockKind::{Bullet, Headline, Numbered, Paragraph, Subhead};

#[test]
fn hard_wrapped_paragraphs_are_joined() {
    reads(
        "Talks open in Lisbon\n\n\
         The two delegations met in the old post office on\nMonday, and nobody left the room before evening.\n\
         Photographs were forbidden, and so were telephones,\nuntil the talks went on.\n\n\
         A second round is planned for May, when the maps of\nthe river will have been drawn.\n",
        &[
            (Headline, "Talks open in Lisbon"),
            (
                Paragraph,
                "The two delegations met in the old post office on Monday, and nobody left the room before evening. \
                 Photographs were forbidden, and so were telephones, until the talks went on.",
            ),
            (Paragraph, "A second round is planned for May, when the maps of the river will have been drawn."),
        ],
    );
    reads(
        "双方在北京举行会谈，就双边关系和共同关心的国际地区\n问题深入交换意见，达成广泛共识，并于会后发表了联合\n声明。\n\n会谈持续两小时。",
        &[
            (
                Paragraph,
                "双方在北京举行会谈，就双边关系和共同关心的国际地区问题深入交换意见，达成广泛共识，并于会后发表了联合声明。",
            ),
            (Paragraph, "会谈持续两小时。"),
        ],
    );
}

#[test]
fn short_paragraphs_on_lines_of_their_own_stay_apart() {
    reads(
        "The talks are over.\nNobody signed.\nThe minister left at noon, and her deputy followed.\nThe river has no name yet.",
        &[
            (Paragraph, "The talks are over."),
            (Paragraph, "Nobody signed."),
            (Paragraph, "The minister left at noon, and her deputy followed."),
            (Paragraph, "The river has no name yet."),
        ],
    );
}

#[test]
fn lists_need_two_items_and_subheads_a_text_below() {
    reads(
        "They agreed on two points.\n1. Fish.\n2. Ships.\n\n\
         What comes next\n\nThe talks go on in the spring, if all agree.\n\n- One dash alone is speech.\n\n\
         The end of it:\n* maps\n* names\n",
        &[
            (Paragraph, "They agreed on two points."),
            (Numbered, "Fish."),
            (Numbered, "Ships."),
            (Subhead, "What comes next"),
            (Paragraph, "The talks go on in the spring, if all agree."),
            (Paragraph, "- One dash alone is speech."),
            (Paragraph, "The end of it:"),
            (Bullet, "maps"),
            (Bullet, "names"),
        ],
    );
}

#[test]
fn a_box_in_the_midst_of_an_article_costs_no_paragraph() {
    let text = "The ministers met for the third time on Monday.\n\nRead more:\nPort reports record traffic\n\n\
                \"We go on,\" one said.\n\nThey will meet again in the spring of next year.\n";
    let article = parsed(text);
    assert_eq!(article.blocks.len(), 3);
    assert_eq!(article.head.cut.iter().map(|cut| cut.line).collect::<Vec<_>>(), [Some(3), Some(4)]);
}

#[test]
fn a_box_in_a_hard_wrapped_article_costs_no_line() {
    let text = "The two delegations met in the old post office on\nMonday, and nobody left the room before evening.\n\n\
                Read more:\nPort reports record traffic\n\n\
                A short walk was all the rest they took before the\ntalks went on, and the lamps were lit again when\nthey came back.\n";
    let article = parsed(text);
    assert!(article.blocks[1].text.plain().starts_with("A short walk was"), "{article:?}");
    assert_eq!((article.blocks.len(), article.head.cut.len()), (2, 2));
}

#[test]
fn the_head_of_a_page_is_read_in_any_order() {
    let article = parsed(
        "Source: Xinhua| 2020-07-24 10:35:00|Editor: huaxia\n\nTalks open in Lisbon\n\nBy Maria Sousa\n\nVideo Player Close\n\
         LISBON, July 24 (Xinhua) -- The talks opened on Friday.\r\n",
    );
    assert_eq!(article.head.metadata.title.as_deref(), Some("Talks open in Lisbon"));
    assert_eq!(article.head.metadata.source.as_deref(), Some("Xinhua"));
    let why: Vec<_> = article.head.cut.iter().map(|cut| cut.why.as_str()).collect();
    assert_eq!((why, article.blocks.len()), (vec!["date line", "byline", "player"], 2));
}

#[track_caller]
fn is_headed(text: &str, title: &str, published: &str, cut: usize) {
    let article = parsed(text);
    let metadata = &article.head.metadata;
    assert_eq!((metadata.title.as_deref(), metadata.published.as_deref()), (Some(title), Some(published)));
    assert_eq!((article.head.cut.len(), article.blocks.len()), (cut, 2), "{article:?}");
}

#[test]
fn the_heads_of_sites_in_other_languages_are_read() {
    is_headed(
        "Главная » Политика\n24.07.2020 10:35\nЛавров провёл переговоры\nМОСКВА, 24 июля. /ТАСС/. Стороны обсудили повестку.\nТеги: Россия, МИД\n",
        "Лавров провёл переговоры",
        "2020-07-24T10:35",
        3,
    );
    is_headed(
        "Página inicial / Mundo\nMinistros assinam acordo em Lisboa\nPor Maria Sousa — Lisboa\n24/07/2020 10h35  Atualizado 25/07/2020\nOs ministros assinaram o acordo na sexta-feira.\n",
        "Ministros assinam acordo em Lisboa",
        "2020-07-24T10:35",
        3,
    );
    is_headed(
        "الجزيرة: الوزير يزور تونس\n24 يوليو 2020\nقال الوزير اليوم إن المحادثات جرت في أجواء إيجابية.\nالمصدر: الجزيرة\n",
        "الجزيرة: الوزير يزور تونس",
        "2020-07-24",
        2,
    );
    is_headed(
        "首页>国际\n王毅举行会谈\n2020-07-24 10:35:00 来源：新华网 作者：李伟\n【字体：大 中 小】 【打印】\n王毅在北京举行会谈。\n",
        "王毅举行会谈",
        "2020-07-24T10:35:00",
        3,
    );
}

#[test]
fn a_long_paragraph_without_a_full_stop_ends_the_teasers() {
    let long = "The ministers toured the port for an hour before they sat down to talk about fish and quotas, and then, late in the evening, went on to the maps of the river (see the box)";
    let article = parsed(&format!("The ministers met on Monday.\n\nRead more\n\nPort reports record\n\n{long}\n"));
    assert_eq!((article.blocks.len(), article.head.cut.len()), (2, 2));
}

#[test]
fn an_end_mark_is_taken_off_the_last_sentence() {
    let article = parsed("LISBON, July 24 (Xinhua) -- The talks opened.\n\n\"We go on,\" he said. Enditem\n");
    assert_eq!(article.blocks[1].text.plain(), "\"We go on,\" he said.");
    let cut = &article.head.cut[0];
    assert_eq!((cut.line, cut.text.as_str(), cut.why.as_str()), (Some(3), "Enditem", "end mark"));
}

#[test]
fn a_summary_may_stand_above_the_date() {
    let article = parsed(
        "Talks open in Lisbon\nThe river has no name yet.\n2020-07-24 10:35 Lusa\nThe talks opened on Friday.\n",
    );
    let texts: Vec<_> = article.blocks.iter().map(|block| block.text.plain()).collect();
    assert_eq!(texts, ["Talks open in Lisbon", "The river has no name yet.", "The talks opened on Friday."]);
    assert_eq!(article.head.metadata.published.as_deref(), Some("2020-07-24T10:35"));
}

#[test]
fn a_text_without_a_headline_has_none() {
    let article = parsed("LISBON, July 24 (Xinhua) -- The talks opened on Friday.\nThey go on.");
    assert_eq!((article.head.metadata.title, article.blocks.len()), (None, 2));
    assert_eq!(parsed("Only one line").blocks[0].kind, Paragraph);
}

proptest! {
    #[test]
    fn every_letter_ends_up_in_a_block_or_a_cut(
        lines in prop::collection::vec("[a-z中文]{0,30}[.。]?|Related News|Share|Home > World|2020-07-24 Xinhua|Editor: x|[A-Z][a-z ]{10,60}|- [a-z]{3}|BEIJING -- [a-z]{5}", 1..20)
    ) {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>();
        let Ok(article) = article(Origin::file("a.txt".as_ref()), lines.join("\n").as_bytes(), &Options::default()) else {
            return Ok(());
        };
        let blocks = article.blocks.iter().map(|block| block.text.plain());
        let mut found: Vec<char> = blocks.chain(article.head.cut.iter().map(|cut| cut.text.as_str())).flat_map(letters).collect();
        let mut given = letters(&lines.concat());
        found.sort_unstable();
        given.sort_unstable();
        prop_assert_eq!(found, given);
    }
}
