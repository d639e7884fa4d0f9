//! Files that are not what they should be, by accident or by design.

use super::{CORE_2, Error, body, parsed, refused, unit};

#[test]
fn a_doctype_is_refused() {
    let doctype = "a DOCTYPE is refused, since entities can read files: remove it";
    refused(
        "<?xml version='1.0'?>\n<!DOCTYPE xliff [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>\n<xliff/>",
        &format!("a.xlf:2: {doctype}"),
    );
    refused(
        "<!DOCTYPE xliff PUBLIC '-//XLIFF//DTD XLIFF//EN' 'http://www.oasis-open.org/committees/xliff/documents/xliff.dtd'>\
         <xliff version='1.0'/>",
        &format!("a.xlf:1: {doctype}"),
    );
    let laugh = |it: usize| format!("<!ENTITY l{it} '{}'>", format!("&l{};", it - 1).repeat(10));
    let laughs = (1..9).map(laugh).collect::<Vec<_>>().concat();
    refused(
        &format!("<!DOCTYPE xliff [<!ENTITY l0 'ha'>{laughs}]><xliff>&l8;</xliff>"),
        &format!("a.xlf:1: {doctype}"),
    );
    refused(&unit("<!DOCTYPE xliff>"), &format!("a.xlf:1: {doctype}"));
}

#[test]
fn what_is_not_xliff_is_refused() {
    let other = "a.xlf:1: not XLIFF 1 or 2: export the review in one of these";
    refused("<html/>", other);
    refused("", other);
    refused("<!-- a -->", other);
    refused("<xliff/>", other);
    refused("<xliff xmlns='urn:other' version='1.2'/>", other);
    refused(&format!("<file xmlns='{CORE_2}' version='2.0'/>"), other);
}

#[test]
fn what_is_not_xml_is_refused_with_its_line() {
    let malformed = |text: &str, line: usize, reason: &str| {
        refused(text, &format!("a.xlf:{line}: not well-formed XML: {reason}"));
    };
    malformed(&unit("\n<segment><source>&a;</source></segment>"), 2, "entity `a` is not declared");
    malformed(&unit("\n<notes>&a;</notes>"), 2, "entity `a` is not declared");
    malformed(&unit("\n\n<notes x='&a;'/>"), 3, "at 1..2: unrecognized entity `a`");
    malformed(
        &unit("<segment>\n</source>"),
        2,
        "ill-formed document: expected `</segment>`, but `</source>` was found",
    );
    malformed(&format!("{}\na", unit("")), 1, "text outside the root element");
    malformed(&format!("{}\n&#32;&#65;", unit("")), 2, "text outside the root element");
    malformed(&format!("{}\n<a/>", unit("")), 2, "a second root element");
    malformed(&unit("\n<?xml version='1.0'?>"), 2, "an XML declaration that is not at the start");
    malformed(&unit("\n<x:a/>"), 2, "the prefix `x` is not declared");
    malformed(
        &unit("\n<notes a='1' a='2'/>"),
        2,
        "position 12: duplicated attribute, previous declaration at position 6",
    );
    malformed(&unit("\n<notes a='<'/>"), 2, "the value of `a` has a `<`");
    malformed(&unit("<segment><source>\n&#1;"), 2, "the character U+0001, which XML does not allow");
    malformed(&unit("<segment><source>\n\u{1}"), 2, "the character U+0001, which XML does not allow");
    malformed(&unit("\n<notes a='&#xFFFF;'/>"), 2, "the character U+FFFF, which XML does not allow");
    malformed(&unit("").replace("</file></xliff>", ""), 1, "it ends before its root element does");
}

#[test]
fn wrong_bytes_are_refused_with_their_line() {
    let mut bytes = unit("<segment><source>\n\nabc</source></segment>").into_bytes();
    let at = bytes.windows(3).position(|window| window == b"abc").expect("there");
    bytes[at + 1] = 0xE9;
    let refused = super::files("a.xlf".as_ref(), &bytes).expect_err("not UTF-8");
    assert_eq!(refused.to_string(), "a.xlf:3: not valid UTF-8: save it as UTF-8");
}

#[test]
fn depth_has_a_limit() {
    let deep = "<pc id='1'>".repeat(1000);
    refused(
        &unit(&format!("<segment><source>{deep}")),
        "a.xlf:1: elements nest deeper than 256: export the review again",
    );
    refused(&unit(&"\n<x>".repeat(300)), "a.xlf:255: elements nest deeper than 256: export the review again");
    let fits = format!("<segment><source>{}a{}</source></segment>", "<mrk>".repeat(251), "</mrk>".repeat(251));
    assert!(parsed(&unit(&fits)).is_ok());
}

#[test]
fn tags_and_texts_have_a_limit_and_skeletons_have_none() {
    let long = "x".repeat(10 * 1024 * 1024);
    let limit = "a tag or text is longer than 8388608 bytes: export the review again";
    refused(&unit(&format!("\n<segment a='{long}'><source/></segment>")), &format!("a.xlf:2: {limit}"));
    refused(&unit(&format!("<segment>\n<source>{long}</source></segment>")), &format!("a.xlf:2: {limit}"));
    refused(&unit(&format!("<!--{long}-->")), &format!("a.xlf:1: {limit}"));
    refused(&format!("<{long}"), &format!("a.xlf:1: {limit}"));
    let skeleton = format!("<skl><internal-file form='base64'>{long}</internal-file></skl>");
    let text = body("<trans-unit id='s'><source>a</source></trans-unit>")
        .replace("<body>", &format!("<header>{skeleton}</header><body>"));
    super::reads(&text, ("a", None));
}

/// A source that fails, as a disk does.
struct Broken;

impl std::io::Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::Error::other("the disk is gone"))
    }
}

#[test]
fn what_cannot_be_read_is_told() {
    let refused = super::read("a.xlf".as_ref(), Broken, &mut |_| {}).expect_err("refused");
    assert_eq!(refused.to_string(), "a.xlf: cannot be read: the disk is gone");
}

/// Cut anywhere, a document is refused, with a line that is there.
#[test]
fn no_truncation_is_read() {
    for text in [small_1(), small_2()] {
        assert!(parsed(&text).is_ok());
        for cut in 0..text.len() {
            let cut = &text.as_bytes()[..cut];
            let refused = super::files("a.xlf".as_ref(), cut).expect_err("cut short");
            let line = line_of(&refused);
            assert!((1..=1 + text.lines().count()).contains(&line), "{refused}");
        }
    }
}

/// Gives one byte at a time, and is interrupted before each.
struct Trickle<'a>(&'a [u8], bool);

impl std::io::Read for Trickle<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(std::io::ErrorKind::Interrupted.into());
        }
        let some = 1.min(into.len());
        self.0.read(&mut into[..some])
    }
}

#[test]
fn bytes_may_come_one_by_one() {
    for text in [small_1(), small_2(), include_str!("tools/trados.sdlxliff").to_owned()] {
        let mut files = Vec::new();
        let read = super::read("a.xlf".as_ref(), Trickle(text.as_bytes(), false), &mut |file| files.push(file));
        assert_eq!((read, parsed(&text)), (Ok(()), Ok(files)));
    }
}

fn line_of(error: &Error) -> usize {
    error.to_string().split(':').nth(1).and_then(|line| line.parse().ok()).expect("a line")
}

fn small_1() -> String {
    body(
        "<group id='p'>\n<trans-unit id='s' approved='yes'><source>a é<g id='1'>&amp;</g></source>\n\
         <target state='final'><![CDATA[b]]><x id='2'/></target><note from='me'>c</note></trans-unit></group><!-- d -->",
    )
}

fn small_2() -> String {
    format!(
        "\u{FEFF}<?xml version='1.0' encoding='utf-8'?>\n{}",
        unit(
            "<notes><note>a</note></notes>\n<segment state='final'><source>a \u{4e2d}<pc id='1'>&#x1F600;</pc></source>\n\
         <target order='1'>b<sc id='2'/><ec startRef='2'/></target></segment><?e f?>",
        )
    )
}
