//! The rules one by one over small documents, where the suite of OASIS has none for them.

use std::collections::BTreeSet;

use chancery::xliff::check::RULES;
use proptest::prelude::*;

use super::problems;

const MODULES: &str = "xmlns:fs=\"urn:oasis:names:tc:xliff:fs:2.0\" xmlns:gls=\"urn:oasis:names:tc:xliff:glossary:2.0\" \
    xmlns:mda=\"urn:oasis:names:tc:xliff:metadata:2.0\" xmlns:mtc=\"urn:oasis:names:tc:xliff:matches:2.0\" \
    xmlns:res=\"urn:oasis:names:tc:xliff:resourcedata:2.0\" xmlns:its=\"http://www.w3.org/2005/11/its\"";

/// A document of XLIFF 2.0 around what is in its file.
fn v2(file: &str) -> String {
    let root = "xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.0\" srcLang=\"en\" trgLang=\"fr\"";
    format!("<{root} {MODULES}><file id=\"f\">{file}</file></xliff>")
}

/// A unit of one segment with these texts.
fn texts(source: &str, target: &str) -> String {
    v2(&format!("<unit id=\"u\"><segment id=\"s\"><source>{source}</source><target>{target}</target></segment></unit>"))
}

/// A unit that holds `before` its segment, whose source is `source`.
fn unit(before: &str, source: &str) -> String {
    v2(&format!("<unit id=\"u\">{before}<segment id=\"s\"><source>{source}</source></segment></unit>"))
}

/// A document of XLIFF 1.2 around what is in its body, with a tool and a phase declared.
fn v1(body: &str) -> String {
    let file = "file original=\"a\" source-language=\"en\" target-language=\"fr\" datatype=\"html\" tool-id=\"t\"";
    let header =
        "<phase-group><phase phase-name=\"p\" process-name=\"mt\"/></phase-group><tool tool-id=\"t\" tool-name=\"t\"/>";
    let root = "xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\"";
    format!("<{root}><{file}><header>{header}</header><body>{body}</body></file></xliff>")
}

/// A unit of XLIFF 1.2 with these texts.
fn pair(source: &str, target: &str) -> String {
    v1(&format!("<trans-unit id=\"1\"><source>{source}</source><target>{target}</target></trans-unit>"))
}

/// Asserts that a document breaks these rules and no others.
#[track_caller]
fn breaks(document: &str, codes: &[&str]) {
    let found: BTreeSet<&str> = problems(document.as_bytes()).iter().map(|it| it.rule.code).collect();
    assert_eq!(found, codes.iter().copied().collect(), "{document}\n{:#?}", problems(document.as_bytes()));
}

#[test]
fn good_documents_break_no_rule() {
    breaks(&texts("a <pc id=\"1\">b</pc>", "c <pc id=\"1\">d</pc>"), &[]);
    breaks(&pair("a <g id=\"1\">b</g>", "c <g id=\"1\">d</g>"), &[]);
    breaks(
        "<?xml version='1.0'?><!-- a --><xliff version='1.0'><file original='' source-language='en' datatype='xml'><body/></file></xliff>",
        &["X912"],
    );
}

#[test]
fn what_is_not_well_formed_is_told_where_it_is() {
    let place =
        |text: &str| problems(text.as_bytes()).iter().map(|it| (it.line, it.column, it.rule.code)).collect::<Vec<_>>();
    assert_eq!(place(""), [(1, 1, "X004")]);
    assert_eq!(place("<a/>"), [(1, 1, "X004")]);
    assert_eq!(place("<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a/>"), [(1, 1, "X003")]);
    for broken in [
        "&nil;",
        "&#0;",
        "&#x1F;",
        "]]>",
        "<b",
        "</b>",
        "<a a='1' a='2'/>",
        "<a a='<'/>",
        "<a a='&x;'/>",
        "<a a=1/>",
        "<a a/>",
        "<a b='1'c='2'/>",
        "<x:a/>",
        "<a x:b='1'/>",
        "<1/>",
        "<!-- a -- b -->",
        "<?xml version='1.0'?>",
        "\u{1}",
        "\u{FFFE}",
        "<a xmlns:p='u' xmlns:q='u' p:b='' q:b=''/>",
        "& ",
        "<![CDATA[",
    ] {
        let document = texts("\n é", "x").replace('é', &format!("é{broken}"));
        let found = place(&document);
        assert!(found.iter().any(|(line, _, code)| (*line, *code) == (2, "X002")), "{broken}: {found:?}");
    }
    for rest in ["<a/>", "text", "<![CDATA[]]>"] {
        breaks(&(texts("a", "b") + rest), if rest.starts_with("<![") { &[] } else { &["X002"] });
    }
    let cut = texts("a", "b").replace("</file></xliff>", "");
    assert_eq!(place(&cut), [(1, 1 + cut.find("<file").expect("a file"), "X002")]);
}

#[test]
fn elements_nest_as_deep_as_is_sound() {
    let deep = |depth: usize| texts(&("<mrk id=\"m\" translate=\"no\">".repeat(depth) + &"</mrk>".repeat(depth)), "");
    assert!(problems(deep(300).as_bytes()).iter().any(|it| it.rule.code == "X005"));
    assert!(problems(deep(200).as_bytes()).iter().all(|it| it.rule.code != "X005"));
}

#[test]
fn problems_without_end_are_cut_short() {
    let found = problems(v2(&"<a/>".repeat(100_000)).as_bytes());
    assert!(found.len() < 20_000 && found.iter().any(|it| it.rule.code == "X006"), "{}", found.len());
}

#[test]
fn modules_stand_where_they_have_their_place() {
    let glossary = "<gls:glossary><gls:glossEntry><gls:term>a</gls:term><gls:translation>b</gls:translation></gls:glossEntry></gls:glossary>";
    breaks(&unit(glossary, "a"), &[]);
    breaks(&unit(&glossary.repeat(2), "a"), &["X108"]);
    breaks(&v2(&format!("{glossary}<unit id=\"u\"><segment><source>a</source></segment></unit>")), &["X108"]);
}

#[test]
fn codes_of_targets_are_those_of_sources() {
    breaks(&texts("<ph id=\"1\"/>", "<pc id=\"1\">a</pc>"), &["X202"]);
    breaks(&texts("<pc id=\"1\">a</pc>", "<sc id=\"1\"/>a<ec startRef=\"1\"/>"), &[]);
    breaks(&texts("<ph id=\"1\"/>", "a"), &["X913"]);
    breaks(&texts("a", "<ph id=\"1\"/><ph id=\"1\"/>"), &["X201"]);
}

#[test]
fn annotations_say_something_and_lead_somewhere() {
    breaks(&unit("", "<mrk id=\"m\">a</mrk>"), &["X312"]);
    breaks(&unit("", "<mrk id=\"m\" type=\"my:a\" ref=\"#f=f/u=nil\">a</mrk>"), &["X204"]);
    breaks(&unit("", "<mrk id=\"m\" type=\"my:a\" ref=\"#f=f/u=u\">a</mrk>"), &[]);
    breaks(&unit("", "<mrk id=\"m\" type=\"mtc:match\" ref=\"#s\">a</mrk>"), &["X314"]);
    breaks(&unit("", "<mrk id=\"m\" type=\"term\">a</mrk>"), &["X901"]);
    let later = "<unit id=\"v\"><segment><source>a</source></segment></unit></file></xliff>";
    breaks(&unit("", "<mrk id=\"m\" type=\"my:a\" ref=\"#u=v\">a</mrk>").replace("</file></xliff>", later), &[]);
}

#[test]
fn units_hold_together() {
    breaks(&v2("<unit id=\"u\"><segment state=\"final\"><source>a</source></segment></unit>"), &["X405"]);
    breaks(&unit("", "<pc id=\"1\" equivStart=\"a\">b</pc>"), &["X313"]);
    breaks(&texts("a", "b").replace("<target>", "<target order=\"2\">"), &["X406"]);
}

#[test]
fn modules_say_what_they_have_to() {
    let resource =
        "<res:resourceData><res:resourceItem id=\"r\"><res:source href=\"a\"/></res:resourceItem></res:resourceData>";
    breaks(&unit(resource, "a"), &["X503"]);
    breaks(&unit("<res:resourceData><res:resourceItemRef ref=\"nil\"/></res:resourceData>", "a"), &["X504"]);
    let a_match = "<mtc:matches><mtc:match ref=\"#s\"><source>a</source><target>b</target></mtc:match></mtc:matches>";
    breaks(&unit(a_match, "a"), &["X911"]);
    breaks(&unit(&a_match.replace("<source>", "<source xml:lang=\"de\">"), "a"), &["X402", "X911"]);
    breaks(&unit(a_match, "a").replace("mtc", "m"), &["X907", "X911"]);
}

#[test]
fn its_is_said_as_a_whole() {
    let marked = |attributes: &str| unit("", &format!("<mrk id=\"m\" {attributes}>a</mrk>"));
    let versioned = |attributes: &str| marked(attributes).replace("<file ", "<file its:version=\"2.0\" ");
    let tool = "its:annotatorsRef=\"mt-confidence|e\"";
    breaks(&marked("its:taClassRef=\"a\""), &["X511"]);
    breaks(&versioned("its:taClassRef=\"a\""), &[]);
    breaks(&versioned("type=\"my:a\" its:taClassRef=\"a\""), &["X512"]);
    breaks(&versioned("its:taSource=\"a\""), &["X513"]);
    breaks(&versioned("its:taSource=\"a\" its:taIdent=\"b\" its:taIdentRef=\"c\""), &["X513"]);
    breaks(&versioned("its:mtConfidence=\"0.5\""), &["X515"]);
    breaks(&versioned(&format!("its:mtConfidence=\"0.5\" {tool}")), &[]);
    breaks(&versioned(&format!("its:mtConfidence=\"1.5\" {tool}")), &["X106"]);
    breaks(&versioned("its:annotatorsRef=\"nil|e\""), &["X514"]);
    breaks(&versioned("its:annotatorsRef=\"mt-confidence\""), &["X514"]);
    breaks(&versioned("its:annotatorsRef=\"terminology|a terminology|b\""), &["X514"]);
    let issue = "<its:locQualityIssues xml:id=\"i\"><its:locQualityIssue/></its:locQualityIssues>";
    breaks(&unit(issue, "a"), &["X513"]);
}

#[test]
fn units_of_1_2_hold_together() {
    breaks(&v1(&"<trans-unit id=\"1\"><source>a</source></trans-unit>".repeat(2)), &["X601"]);
    breaks(&pair("a", "b").replace("<target>", "<target phase-name=\"nil\">"), &["X603"]);
    breaks(&pair("a", "b").replace("<tool tool-id=\"t\"", "<tool tool-id=\"u\""), &["X603"]);
    breaks(&pair("a", "").replace("<target>", "<target state=\"final\">"), &["X606"]);
    breaks(&pair("a", "b").replace("<target>", "<target xml:lang=\"de\">"), &["X607"]);
    breaks(&pair("a", "b").replace(" target-language=\"fr\"", ""), &["X608"]);
    breaks(&pair("a", "<mrk mtype=\"x-a\" mid=\"1\">b</mrk>"), &["X604"]);
    breaks(
        &pair("a", "b").replace("<target>", "<target my:a=\"\">").replace("<xliff", "<xliff xmlns:my=\"m\""),
        &["X610"],
    );
}

#[test]
fn codes_of_1_2_belong_together() {
    breaks(&pair("<bx id=\"1\" rid=\"1\"/>a", "<bx id=\"1\" rid=\"1\"/>b"), &["X602"]);
    breaks(&pair("<bpt id=\"1\">a</bpt>b<ept id=\"1\">c</ept>", "<bpt id=\"1\">a</bpt>b<ept id=\"1\">c</ept>"), &[]);
    breaks(&pair("<x id=\"1\"/>", "a"), &["X605"]);
    breaks(&pair("a", "<x id=\"1\"/>"), &["X605"]);
    breaks(&pair("<x id=\"1\"/><x id=\"1\"/>", "<x id=\"1\"/><x id=\"1\"/>"), &["X609"]);
}

#[test]
fn what_tools_lose_is_told() {
    breaks(&pair("a", "<mrk mtype=\"term\">b</mrk>"), &["X901"]);
    let alternative = "</target><alt-trans match-quality=\"82%\"><target>c</target></alt-trans>";
    breaks(&pair("a", "b").replace("</target>", alternative), &["X902", "X909"]);
    breaks(&pair("a", "b").replace("<target>", "<seg-source>a</seg-source><target>"), &["X910"]);
    breaks(&texts("a", "b").replace("unit id=\"u\"", &format!("unit id=\"{}\"", "u".repeat(101))), &["X903"]);
    breaks(&texts("a", "b").replace("unit id=\"u\"", "unit id=\"é\""), &["X908"]);
    breaks(&texts("a", "b").replace("version=\"2.0\"", "version=\"2.1\""), &["X912"]);
    breaks(&texts("a", "b").replace("trgLang=\"fr\"", "trgLang=\"zh_CN\""), &["X106"]);
    let prefixed = texts("a", "b")
        .replace("xmlns=\"", "xmlns:x=\"")
        .replace("</", "</x:")
        .replace('<', "<x:")
        .replace("<x:/x:", "</x:");
    breaks(&prefixed, &["X906"]);
}

#[test]
fn encodings_are_told() {
    let utf16: Vec<u8> = texts("a", "b").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let codes = |bytes: Vec<u8>| problems(&bytes).iter().map(|it| it.rule.code).collect::<Vec<_>>();
    assert_eq!(codes([b"\xFF\xFE".to_vec(), utf16].concat()), ["X904"]);
    assert_eq!(codes([b"\xEF\xBB\xBF".to_vec(), texts("a", "b").into_bytes()].concat()), ["X905"]);
    assert_eq!(
        codes(texts("a", "b").replace('b', "\u{FF}").into_bytes().into_iter().filter(|it| *it != 0xC3).collect()),
        ["X001"]
    );
}

#[test]
fn every_rule_has_words() {
    assert!(RULES.iter().all(|rule| !rule.summary.ends_with('.') && rule.code.len() == 4 && !rule.name.contains(' ')));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn no_document_panics(cuts in prop::collection::vec((0usize..4000, "[<>&\"'=/a-z :\u{0}-\u{ff}]{0,3}"), 1..6)) {
        let mut text = texts("a <pc id=\"1\">b</pc><sc id=\"2\"/><ec startRef=\"2\"/>", "c") + &pair("a", "<g id=\"1\">b</g>");
        for (at, insert) in cuts {
            let at = text.floor_char_boundary(at % text.len());
            text.insert_str(at, &insert);
        }
        let found = problems(text.as_bytes());
        prop_assert!(found.windows(2).all(|pair| (pair[0].line, pair[0].column) <= (pair[1].line, pair[1].column)));
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        problems(&bytes);
    }
}
