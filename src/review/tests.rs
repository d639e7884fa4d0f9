use proptest::prelude::*;

use super::*;
use crate::shared;

const CORE_2: &str = "urn:oasis:names:tc:xliff:document:2.0";

fn parsed(text: &str) -> Result<Reviewed, Error> {
    read(Path::new("a.xlf"), text.as_bytes())
}

/// Wraps the segments of one XLIFF 2 unit.
fn unit(segments: &str) -> String {
    format!(
        "<xliff xmlns='{CORE_2}' version='2.0' srcLang='en' trgLang='fr'><file id='f'><unit id='u'>{segments}</unit></file></xliff>"
    )
}

/// Wraps the contents of a 1.2 body.
fn body(units: &str) -> String {
    format!(
        "<xliff xmlns='urn:oasis:names:tc:xliff:document:1.2' version='1.2'>\
         <file original='a' source-language='en' target-language='fr' datatype='x'><body>{units}</body></file></xliff>"
    )
}

/// Asserts that the only segment reads as `expected`: source, target.
#[track_caller]
fn reads(text: &str, expected: (&str, Option<&str>)) -> ReviewedSegment {
    let mut files = parsed(text).expect("readable").files;
    let segment = files.pop().expect("a file").segments.pop().expect("a segment");
    assert_eq!((segment.source.as_str(), segment.target.as_deref()), expected);
    segment
}

#[track_caller]
fn refused(text: &str, expected: &str) {
    assert_eq!(parsed(text).expect_err("refused").to_string(), expected);
}

#[test]
fn any_prefix_is_read() {
    let text = format!(
        "<x:xliff xmlns:x='{CORE_2}' version='2.1' srcLang='en' trgLang='fr'><x:file id='f'><x:unit id='u'>\
         <x:segment id='s' state='final'><x:source>One</x:source><x:target>Un</x:target></x:segment></x:unit></x:file></x:xliff>"
    );
    let segment = reads(&text, ("One", Some("Un")));
    assert_eq!((segment.unit.as_str(), segment.segment.as_deref()), ("u", Some("s")));
    assert_eq!(segment.state, ReviewState::Approved);
}

#[test]
fn inline_codes_go_and_their_text_stays() {
    let codes = "<segment><source>a <pc id='1'>b <mrk id='m' type='term'>c</mrk></pc><ph id='2'/> <cp hex='001F'/>d</source></segment>";
    reads(&unit(codes), ("a b c \u{1F}d", None));
    let codes = "<trans-unit id='s'><source>a <g id='1'>b</g> <bpt id='2'>&lt;i></bpt>c<ept id='2'>&lt;/i></ept><x id='3'/></source></trans-unit>";
    reads(&body(codes), ("a b c", None));
    let foreign = "<segment><source>a <f:b xmlns:f='urn:x'>b</f:b></source></segment>";
    reads(&unit(foreign), ("a b", None));
}

#[test]
fn other_texts_are_passed_over() {
    let modules = format!(
        "<m:matches xmlns:m='urn:oasis:names:tc:xliff:matches:2.0'><m:match ref='#s'><source xmlns='{CORE_2}'>no</source>\
         <target>no</target></m:match></m:matches><notes><note>no</note></notes>\
         <segment id='s'><source>yes</source><target>oui</target></segment><ignorable><source> </source></ignorable>"
    );
    reads(&unit(&modules), ("yes", Some("oui")));
    let alternatives = "<trans-unit id='s'><source>yes</source><seg-source><mrk mtype='seg' mid='1'>no</mrk></seg-source>\
         <target><mrk mtype='seg' mid='1'>oui</mrk></target><alt-trans><source>no</source><target>non</target></alt-trans></trans-unit>";
    reads(&body(alternatives), ("yes", Some("oui")));
}

#[test]
fn references_cdata_and_line_ends_are_text() {
    let text = "<segment><source>&lt;&#x41;&amp;<![CDATA[<b>]]></source><target>a\r\nb</target></segment>";
    reads(&unit(text), ("<A&<b>", Some("a\nb")));
}

#[test]
fn layout_goes_and_the_authors_white_space_stays() {
    reads(
        &unit("<segment><source>\n   One\u{A0}\n  </source><target> Un </target></segment>"),
        ("One\u{A0}", Some(" Un ")),
    );
    reads(&unit("<segment><source>One</source><target/></segment>"), ("One", Some("")));
}

#[test]
fn a_1_2_segment_belongs_to_its_innermost_named_group() {
    let groups = "<group id='p1'><group><trans-unit id='p1-1'><source>One</source></trans-unit></group></group>";
    assert_eq!(reads(&body(groups), ("One", None)).unit, "p1");
    assert_eq!(reads(&body("<trans-unit id='s'><source>One</source></trans-unit>"), ("One", None)).unit, "s");
}

#[test]
fn states_of_both_versions_are_ranked() {
    let state = |state: &str| {
        let target = format!("<trans-unit id='s'><source>a</source><target state='{state}'>b</target></trans-unit>");
        reads(&body(&target), ("a", Some("b"))).state
    };
    assert_eq!(state("needs-review-translation"), ReviewState::Draft);
    assert_eq!(state("translated"), ReviewState::Translated);
    assert_eq!(state("signed-off"), ReviewState::Approved);
    assert_eq!(state("x-own"), ReviewState::Unknown);
    let approved = "<trans-unit id='s' approved='yes'><source>a</source><target state='new'>b</target></trans-unit>";
    assert_eq!(reads(&body(approved), ("a", Some("b"))).state, ReviewState::Approved);
}

#[test]
fn what_cannot_be_trusted_is_refused_with_its_line() {
    refused(
        "<?xml version='1.0'?>\n<!DOCTYPE xliff [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>\n<xliff/>",
        "a.xlf:2: a DOCTYPE is refused, since entities can read files: remove it",
    );
    refused("<html/>", "a.xlf:1: not XLIFF 1.2 or 2: export the review in one of these");
    refused("", "a.xlf:1: not XLIFF 1.2 or 2: export the review in one of these");
    refused(
        &unit("\n<segment><source>&a;</source></segment>"),
        "a.xlf:2: not well-formed XML: entity `a` is not declared",
    );
    refused(
        &unit("<segment id='s'><source>a</source></segment>\n\n<segment id='s'><source>b</source></segment>"),
        "a.xlf:3: segment `s` of unit `u` occurs twice: delete one of them",
    );
    refused(
        &format!("<xliff xmlns='{CORE_2}' version='2.0' srcLang='zh_Hans-x-y'/>"),
        "a.xlf:1: `srcLang` is `zh_Hans-x-y`: write BCP 47 such as `en`, `pt-BR` or `zh-Hans`",
    );
    refused(&body("<trans-unit/>"), "a.xlf:1: `trans-unit` has no `id`: export the review again");
    let cut = unit("").replace("</file></xliff>", "");
    refused(&cut, "a.xlf:1: not well-formed XML: it ends before its root element does");
    let deep = "<pc id='1'>".repeat(1000);
    refused(&unit(&format!("<segment><source>{deep}")), "a.xlf:1: not well-formed XML: elements nest deeper than 256");
    assert!(matches!(parsed("<a></b>"), Err(Error::NotXliff { .. } | Error::Malformed { .. })));
}

/// Every file that the OASIS suite calls valid is read.
#[test]
fn the_oasis_suite_is_read() {
    let suite = shared::path("data/xliff/oasis-2.1");
    let mut files = 0;
    for folder in ["core/valid", "modules/valid"] {
        let Ok(entries) = std::fs::read_dir(suite.join(folder)) else { continue };
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            if path.extension().is_some_and(|extension| extension == "xlf") {
                let bytes = std::fs::read(&path).expect("a file");
                read(&path, &bytes).unwrap_or_else(|error| panic!("{error}"));
                files += 1;
            }
        }
    }
    assert!(files > 0 || std::env::var_os("CI").is_none(), "the OASIS suite is missing from {}", suite.display());
}

proptest! {
    #[test]
    fn no_input_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(Path::new("a.xlf"), &bytes);
    }

    #[test]
    fn no_markup_panics(parts in prop::collection::vec(prop::sample::select(&[
        "<segment>", "</segment>", "<source>", "</source>", "<target state='x'>", "</target>", "<pc id='1'>", "</pc>",
        "<cp hex='1'/>", "&#0;", "&lt;", "&", "]]>", "<![CDATA[", "<!--", "-->", "<?", "text", "\n", "<a b='c' b='d'/>",
    ][..]), 0..20)) {
        let _ = parsed(&unit(&parts.concat()));
        let _ = parsed(&body(&parts.concat()));
    }
}
