//! Files, units, segments, notes and facts, and what is passed over.

use super::{CORE_2, body, file, parsed, reads, refused, segment, unit, units};
use crate::xliff::{File, Note};

/// The ids of the units, each with those of its segments.
fn ids(file: &File) -> Vec<String> {
    let segments = |unit: &crate::xliff::Unit| {
        unit.segments.iter().map(|it| it.id.clone().unwrap_or("-".into())).collect::<Vec<_>>().join(" ")
    };
    file.units.iter().map(|unit| format!("{}: {}", unit.id, segments(unit))).collect()
}

#[track_caller]
fn has_units(text: &str, expected: &[&str]) {
    assert_eq!(ids(&file(text)), expected);
}

/// What the notes say: who, and what.
fn said(notes: &[Note]) -> Vec<(Option<&str>, &str)> {
    notes.iter().map(|note| (note.from.as_deref(), note.text.as_str())).collect()
}

#[test]
fn any_prefix_is_read() {
    let text = format!(
        "<x:xliff xmlns:x='{CORE_2}' version='2.1' srcLang='en' trgLang='fr'><x:file id='f' original='o'><x:unit id='u'>\
         <x:segment id='s'><x:source>One</x:source><x:target>Un</x:target></x:segment></x:unit></x:file></x:xliff>"
    );
    reads(&text, ("One", Some("Un")));
    let file = file(&text);
    assert_eq!((file.source.as_str(), file.target.as_deref(), file.original.as_deref()), ("en", Some("fr"), Some("o")));
}

#[test]
fn every_version_is_read() {
    for version in ["1.1", "1.2"] {
        let namespace = format!("urn:oasis:names:tc:xliff:document:{version}");
        let text = body("<trans-unit id='s'><source>a</source></trans-unit>");
        reads(&text.replace("urn:oasis:names:tc:xliff:document:1.2", &namespace), ("a", None));
    }
    for version in ["2.0", "2.1", "2.2"] {
        let namespace = format!("urn:oasis:names:tc:xliff:document:{version}");
        reads(&unit("<segment><source>a</source></segment>").replace(CORE_2, &namespace), ("a", None));
    }
    let text = body("<trans-unit id='s'><source>a</source></trans-unit>");
    let bare = text.replace("xmlns='urn:oasis:names:tc:xliff:document:1.2' version='1.2'", "version='1.0'");
    reads(&bare, ("a", None));
    refused(
        &text.replace("document:1.2", "document:3.0"),
        "a.xlf:1: not XLIFF 1 or 2: export the review in one of these",
    );
    refused(&bare.replace("version='1.0'", ""), "a.xlf:1: not XLIFF 1 or 2: export the review in one of these");
}

#[test]
fn files_are_handed_on_as_they_end() {
    let one = "<file source-language='en' original='a'><body><trans-unit id='1'><source>a</source></trans-unit></body></file>";
    let two = one.replace("'a'", "'b'").replace("'en'", "'ru' target-language='en'");
    let text = format!("<xliff version='1.0'>\n{one}\n{two}\n</xliff>");
    let files = parsed(&text).expect("readable");
    let heads: Vec<_> = files.iter().map(|it| (it.line, it.original.as_deref(), it.source.as_str())).collect();
    assert_eq!(heads, [(2, Some("a"), "en"), (3, Some("b"), "ru")]);
    let mut seen = Vec::new();
    let cut = text.replace("</xliff>", "");
    let read = super::read("a.xlf".as_ref(), cut.as_bytes(), &mut |file| seen.push(file));
    assert!(read.is_err() && seen == files);
}

#[test]
fn other_texts_are_passed_over() {
    let modules = format!(
        "<m:matches xmlns:m='urn:oasis:names:tc:xliff:matches:2.0'><m:match ref='#s'><source xmlns='{CORE_2}'>no</source>\
         <target>no</target></m:match></m:matches><originalData><data id='d'>no</data></originalData>\
         <g:glossary xmlns:g='urn:oasis:names:tc:xliff:glossary:2.0'><g:glossEntry><g:term>no</g:term></g:glossEntry></g:glossary>\
         <segment id='s'><source>yes</source><target>oui</target></segment>"
    );
    reads(&unit(&modules), ("yes", Some("oui")));
    let alternatives = "<trans-unit id='s'><prop-group><prop>no</prop></prop-group><source>yes</source>\
         <seg-source><mrk mtype='seg' mid='1'>no</mrk></seg-source>\
         <target><mrk mtype='seg' mid='1'>oui</mrk></target><alt-trans><source>no</source><target>non</target></alt-trans>\
         <count-group name='c'><count>1</count></count-group><context-group><context>no</context></context-group></trans-unit>\
         <bin-unit id='b'><bin-source><external-file href='x'/></bin-source></bin-unit>";
    reads(&body(alternatives), ("yes", Some("oui")));
    reads(
        &body("<trans-unit id='s'><alt-trans><target>no</target></alt-trans><source>a</source></trans-unit>"),
        ("a", None),
    );
}

#[test]
fn the_first_of_two_targets_counts() {
    let twice = "<trans-unit id='s'><source>a</source><source>no</source><target>b</target><target state='final'>no</target></trans-unit>";
    reads(&body(twice), ("a", Some("b")));
    assert_eq!(segment(&body(twice)).claimed, None);
}

#[test]
fn a_1_x_segment_belongs_to_its_innermost_named_group() {
    let one = |id: &str| format!("<trans-unit id='{id}'><source>a</source></trans-unit>");
    has_units(&body(&format!("<group id='p1'><group>{}</group></group>", one("s"))), &["p1: s"]);
    has_units(&body(&one("s")), &["s: s"]);
    let nested =
        format!("{}<group id='p1'>{}<group id='p2'>{}</group>{}</group>", one("a"), one("b"), one("c"), one("d"));
    has_units(&body(&nested), &["a: a", "p1: b d", "p2: c"]);
    has_units(&body(&format!("<group id='p'>{}</group><group id='p'>{}</group>", one("a"), one("b"))), &["p: a b"]);
    has_units(
        &body(&format!("<trans-unit id='n' translate='no'><source/></trans-unit>{}", one("b"))),
        &["n: n", "b: b"],
    );
}

#[test]
fn units_of_2_stand_in_any_group() {
    let one = |id: &str| {
        format!(
            "<unit id='{id}'><segment id='s'><source>a</source></segment><segment><source>b</source></segment></unit>"
        )
    };
    has_units(
        &units(&format!("{}<group id='g'><group id='h'>{}</group></group>", one("a"), one("b"))),
        &["a: s -", "b: s -"],
    );
}

#[test]
fn lines_are_where_things_begin() {
    let file = file(&units(
        "\n<unit id='u'>\n<segment>\n<source>\n\n</source></segment><notes>\n<note>a</note></notes></unit>",
    ));
    let unit = &file.units[0];
    assert_eq!((file.line, unit.line, unit.segments[0].line, unit.notes[0].line), (1, 2, 3, 7));
}

#[test]
fn ignorables_are_told_from_segments() {
    let file = file(&unit("<segment><source>a</source></segment><ignorable><source> </source></ignorable>"));
    let ignorable: Vec<_> = file.units[0].segments.iter().map(|it| (it.ignorable, it.source.text.as_str())).collect();
    assert_eq!(ignorable, [(false, "a"), (true, " ")]);
    assert_eq!(file.segments().count(), 1);
}

#[test]
fn the_order_of_targets_is_read() {
    let ordered =
        |order: &str| unit(&format!("<segment><source>a</source><target order='{order}'>b</target></segment>"));
    assert_eq!(segment(&ordered("2")).order, Some(2));
    refused(&ordered("0"), "a.xlf:1: `order` is `0`, which is no number from 1: export the review again");
}

#[test]
fn notes_belong_to_their_unit_or_segment() {
    let file = file(&unit(
        "<notes><note id='n1' category='review'> Too <b xmlns=''>long</b>\n</note><note>b</note></notes>\
         <segment><source>a</source></segment>",
    ));
    assert_eq!(said(&file.units[0].notes), [(Some("review"), "Too long"), (None, "b")]);
    assert_eq!(file.units[0].notes[0].id.as_deref(), Some("n1"));
    let file = super::file(&body(
        "<group id='p'><note>of the group</note><trans-unit id='s'><source>a</source><note from='Ann'>c</note>\
         <alt-trans><target>x</target><note>no</note></alt-trans></trans-unit></group><group><note>of none</note></group>",
    ));
    assert_eq!(said(&file.units[0].segments[0].notes), [(Some("Ann"), "c")]);
    assert_eq!(said(&file.units[0].notes), [(None, "of the group")]);
}

#[test]
fn a_note_that_a_tool_set_into_a_segment_belongs_to_it() {
    let note = "<notes><note category='translator'>who agreed?</note></notes>";
    let segment = segment(&unit(&format!("<segment><source>a</source><target>b</target>{note}</segment>")));
    assert_eq!(said(&segment.notes), [(Some("translator"), "who agreed?")]);
}

#[test]
fn facts_are_read_in_both_families() {
    let metadata = "<m:metadata xmlns:m='urn:oasis:names:tc:xliff:metadata:2.0'><m:metaGroup category='article'>\
         <m:meta type='sha256'>00ab</m:meta><m:metaGroup category='inner'><m:meta type='x'>y</m:meta></m:metaGroup>\
         <m:meta type='url'>https://example.org/?a&amp;b</m:meta></m:metaGroup><m:metaGroup><m:meta type='z'/></m:metaGroup></m:metadata>";
    let expected =
        [("article sha256", "00ab"), ("inner x", "y"), ("article url", "https://example.org/?a&b"), ("z", "")];
    has_facts(&units(metadata), &expected);
    has_facts(&unit(metadata), &[]);
    let notes = "<header><note from='chancery'>article sha256: 00ab</note><note from='chancery'>article url: https://a.b/</note>\
         <note from='chancery'>no fact</note><note>article x: no</note></header><body>";
    has_facts(&body("").replace("<body>", notes), &[("article sha256", "00ab"), ("article url", "https://a.b/")]);
}

#[track_caller]
fn has_facts(text: &str, expected: &[(&str, &str)]) {
    let facts = file(text).facts;
    let facts: Vec<_> = facts.iter().map(|(name, fact)| (name.as_str(), fact.as_str())).collect();
    assert_eq!(facts, expected);
}

#[test]
fn ids_that_occur_twice_are_refused() {
    let one = "<segment id='s'><source>a</source></segment>";
    refused(&unit(&format!("{one}\n\n{one}")), "a.xlf:3: segment `s` occurs twice: delete one of them");
    refused(
        &units("<unit id='u'/>\n<group><unit id='u'/></group>"),
        "a.xlf:2: unit `u` occurs twice: delete one of them",
    );
    let one = "<trans-unit id='s'><source>a</source></trans-unit>";
    let twice = format!("<group id='p'>{one}</group>\n<group id='q'>{one}</group>");
    refused(&body(&twice), "a.xlf:2: trans-unit `s` occurs twice: delete one of them");
    let again = "</body></file><file source-language='en'><body>";
    assert_eq!(parsed(&body(&format!("{one}{again}{one}"))).map(|files| files.len()), Ok(2));
}

#[test]
fn what_says_what_a_thing_is_must_be_there() {
    refused(&body("<trans-unit/>"), "a.xlf:1: `trans-unit` has no `id`: export the review again");
    refused(&units("<unit/>"), "a.xlf:1: `unit` has no `id`: export the review again");
    let root = format!("<xliff xmlns='{CORE_2}' version='2.0'/>");
    refused(&root, "a.xlf:1: `xliff` has no `srcLang`: export the review again");
    refused(
        "<xliff version='1.0'><file/></xliff>",
        "a.xlf:1: `file` has no `source-language`: export the review again",
    );
}
