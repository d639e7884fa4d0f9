//! Texts and the inline codes in them.

use super::{body, reads, refused, unit};

/// Asserts that `source` is read as `expected` in XLIFF 2.
#[track_caller]
fn in_2(source: &str, expected: &str) {
    reads(&unit(&format!("<segment><source>{source}</source></segment>")), (expected, None));
}

/// Asserts that `source` is read as `expected` in 1.2.
#[track_caller]
fn in_1(source: &str, expected: &str) {
    reads(&body(&format!("<trans-unit id='s'><source>{source}</source></trans-unit>")), (expected, None));
}

#[test]
fn spans_of_tags_pair() {
    in_2("a <pc id='1'>b <pc id='x'>c</pc></pc> d", "a {1b {xcx}1} d");
    in_2("<pc id='1'/>a", "{11}a");
    in_1("a <g id='1'>b<g id='2'/></g>", "a {1b{22}1}");
}

#[test]
fn codes_alone_are_alone() {
    in_2("a<ph id='1'/>b<ph id='2'></ph>", "a{1}b{2}");
    in_1("a<x id='1'/>b<ph id='2'>%s</ph>", "a{1}b{2}");
}

#[test]
fn what_ends_a_span_names_what_begins_it() {
    in_2("<sc id='1'/>a<ec startRef='1'/>", "{1a1}");
    in_2("a<ec id='7' isolated='yes'/>b<sc id='8' isolated='yes'/>", "a7}b{8");
    in_1("<bx id='1' rid='r'/>a<ex id='2' rid='r'/>", "{1a1}");
    in_1("<bx id='1'/>a<ex id='1'/>", "{1a1}");
    in_1("a<ex id='2' rid='1'/>", "a1}");
    in_1("<bpt id='1' rid='5'>&lt;b></bpt>a<ept id='2' rid='5'>&lt;/b></ept>", "{1a1}");
    in_1("<bpt id='1'/>a<ept id='1'/>", "{1a1}");
    in_1("<it id='1' pos='open'>(</it>a<it id='2' pos='close'>)</it><it id='3'/>", "{1a2}{3}");
}

#[test]
fn spans_may_cross() {
    in_2("<sc id='1'/>a<sc id='2'/>b<ec startRef='1'/>c<ec startRef='2'/>", "{1a{2b1}c2}");
}

#[test]
fn native_code_is_no_text() {
    in_1(
        "a<bpt id='1'>&lt;i <sub>no</sub>></bpt>b<ept id='1'>&lt;/i></ept>c<ph id='2'>x<sub>no</sub></ph>d",
        "a{1b1}c{2}d",
    );
}

#[test]
fn other_tags_go_and_their_text_stays() {
    in_2("a <mrk id='m' type='term'>b</mrk> <sm id='n'/>c<em startRef='n'/>", "a b c");
    in_2("a <f:b xmlns:f='urn:x'>b<f:c/></f:b>", "a b");
    in_2("a <f:pc xmlns:f='urn:x' id='1'>b</f:pc>", "a b");
    in_1(
        "<mrk mtype='seg' mid='1'>a <mrk mtype='x-sdl-comment'>b</mrk></mrk> <mrk mtype='seg' mid='2'>c</mrk>",
        "a b c",
    );
    in_1("a <g id='1'><mrk mtype='term'>b</mrk></g>", "a {1b1}");
}

#[test]
fn comments_and_instructions_are_no_text() {
    in_2("a<!-- no -->b<?no no?>c", "abc");
}

#[test]
fn what_a_reviewer_deleted_under_tracking_is_gone() {
    in_1("a <mrk mtype='x-sdl-deleted'>b<g id='1'>c</g></mrk><mrk mtype='x-sdl-added'>d</mrk>", "a d");
}

#[test]
fn references_cdata_and_line_ends_are_text() {
    in_2("&lt;&#x41;&#66;&amp;<![CDATA[<b>&amp;]]>&quot;&apos;&gt;", "<AB&<b>&amp;\"'>");
    in_2("a\r\nb\rc&#13;d<![CDATA[\r\n]]>e", "a\nb\nc\rd\ne");
}

#[test]
fn characters_that_xml_cannot_hold_are_replaced() {
    in_2("a<cp hex='001F'/>b<cp hex='D800'/><cp hex='41'/>", "a\u{FFFD}b\u{FFFD}A");
    let wrong = "<segment><source>\n<cp hex='x'/></source></segment>";
    refused(
        &unit(wrong),
        "a.xlf:2: `hex` is `x`, which is no hexadecimal number of a character: export the review again",
    );
}

#[test]
fn layout_goes_and_the_authors_white_space_stays() {
    in_2("\n   One\u{A0}\n  ", "One\u{A0}");
    in_2(" One\u{200B} ", " One\u{200B} ");
    in_2("\tOne\ttwo\n three", "\tOne\ttwo\n three");
    in_2(" \n ", "");
}

#[test]
fn codes_keep_their_places_when_layout_goes() {
    in_2("\n  <pc id='1'>\n  é<ph id='2'/></pc>\n  <ph id='3'/>\n", "{1é{2}1}{3}");
    in_2("\n<ph id='1'/>\n", "{1}");
    in_2("\n  <ph id='1'/> and of <ph id='2'/>\n  ", "{1} and of {2}");
    in_2("\n  <ph id='1'/> and of \n <ph id='2'/>\n  ", "{1} and of {2}");
    in_2("\n  <pc id='1'> <pc id='2'>a</pc></pc> \n", "{1 {2a2}1}");
    in_2("\n <ph id='1'/> <ph id='2'/>\n ", "{1} {2}");
}

#[test]
fn a_target_may_be_empty_or_missing() {
    reads(&unit("<segment><source>One</source><target/></segment>"), ("One", Some("")));
    reads(&unit("<segment><source>One</source><target></target></segment>"), ("One", Some("")));
    reads(&unit("<segment><source/></segment>"), ("", None));
}
