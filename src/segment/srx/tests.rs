use super::*;

const WHOLE: &str = r#"<?xml version="1.0"?>
<srx xmlns="http://www.lisa.org/srx20" xmlns:okpsrx="http://okapi.sf.net/srx-extensions" version="2.0">
  <header segmentsubflows="no" cascade="no">
    <formathandle type="start" include="no"/>
    <okpsrx:options oneSegmentIncludesAll="no"/>
  </header>
  <body>
    <languagerules>
      <languagerule languagerulename="One &amp; only">
        <rule break="no">
          <beforebreak>a&lt;&#98;<!-- c --><![CDATA[<d]]></beforebreak>
          <afterbreak> e</afterbreak>
        </rule>
        <rule><beforebreak/></rule>
      </languagerule>
    </languagerules>
    <maprules>
      <languagemap languagepattern="[Ee][Nn].*" languagerulename="One &amp; only"/>
    </maprules>
  </body>
</srx>"#;

fn parse(text: &str) -> Result<Srx, Error> {
    Srx::parse(Path::new("rules.srx"), text.as_bytes())
}

#[track_caller]
fn refused(text: &str, message: &str) {
    let error = parse(text).expect_err("refused").to_string();
    assert!(error.contains(message), "{error}");
}

#[test]
fn a_document_is_read_whole() {
    let srx = parse(WHOLE).expect("a document");
    assert!(!srx.header.cascade && !srx.header.segment_subflows);
    assert_eq!(srx.header.format_handles, [("start".to_owned(), false)]);
    let rules = &srx.groups[0].rules;
    assert_eq!((rules[0].breaks, rules[0].before.as_str(), rules[0].after.as_str()), (false, "a<b<d", " e"));
    assert_eq!((rules[1].breaks, rules[1].before.as_str(), rules[1].line), (true, "", 14));
    assert_eq!(srx.maps[0], Map { languages: "[Ee][Nn].*".into(), group: "One & only".into(), line: 18 });
}

#[test]
fn what_is_written_is_read_again() {
    let mut srx = parse(WHOLE).expect("a document");
    let mut again = parse(&srx.write()).expect("what was written");
    for one in [&mut srx, &mut again] {
        one.maps.iter_mut().for_each(|map| map.line = 0);
        one.groups.iter_mut().flat_map(|group| &mut group.rules).for_each(|rule| rule.line = 0);
    }
    assert_eq!(srx, again);
}

#[test]
fn what_is_not_srx_is_refused_with_its_place() {
    refused("", "rules.srx:1: has no `srx` element");
    refused("<tmx/>", "has no `srx` element");
    refused(&WHOLE.replace("version=\"2.0\"", "version=\"1.0\""), "rules.srx:2: is SRX 1.0");
    refused(&WHOLE.replace("</beforebreak>", ""), "is not well-formed");
    refused(&WHOLE.replace("break=\"no\"", "break=\"maybe\""), "rules.srx:10: `break` is `maybe`");
    refused(
        &WHOLE.replace(" languagepattern=\"[Ee][Nn].*\"", ""),
        "rules.srx:18: `languagemap` lacks `languagepattern`",
    );
    refused(&WHOLE.replace("=\"One &amp; only\"/>", "=\"Two\"/>"), "rules.srx:18: no `languagerule` is named `Two`");
    refused(&WHOLE[..WHOLE.len() - 6], "ends inside an element");
    let error = Srx::parse(Path::new("rules.srx"), b"<srx>\n\xFF").expect_err("refused").to_string();
    assert!(error.contains("rules.srx:2: is not UTF-8"), "{error}");
}

#[test]
fn hostile_documents_are_refused() {
    let entities = "<!DOCTYPE srx [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>";
    refused(&format!("{entities}{WHOLE}"), "has a DOCTYPE");
    refused(&WHOLE.replace("&amp;", "&b;"), "attribute `languagerulename`");
    refused(&WHOLE.replace("&lt;", "&b;"), "unknown entity `&b;`");
    refused(&"<srx version='2.0'>".repeat(100_000), "nest deeper");
    refused(&WHOLE.replace("<rule>", &"<rule/>".repeat(60_000)), "at most 50000");
    let large = Srx::parse(Path::new("rules.srx"), &vec![b' '; 50_000_000]).expect_err("refused");
    assert!(matches!(large, Error::TooLarge { what: "bytes", .. }));
}

proptest::proptest! {
    #[test]
    fn a_damaged_document_never_panics(at in 0..WHOLE.len(), byte in proptest::num::u8::ANY) {
        let mut bytes = WHOLE.as_bytes().to_vec();
        bytes[at] = byte;
        let _ = Srx::parse(Path::new("rules.srx"), &bytes);
    }
}
