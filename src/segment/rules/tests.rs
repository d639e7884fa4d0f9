use proptest::prelude::*;

use super::*;

const LANGUAGES: [&str; 12] = ["ar", "de", "en", "es", "fr", "ja", "ko", "pt-BR", "ru", "zh-Hans", "zh-Hant", "sv"];

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language tag")
}

/// A document of two groups: `Stops` breaks after a full stop, `Titles` does not after `Mr.`.
fn document(cascade: &str, maps: &[(&str, &str)]) -> String {
    let maps = maps.iter().fold(String::new(), |maps, (tag, group)| {
        maps + &format!(
            "<languagemap languagepattern=\"{tag}\" languagerulename=\"{group}\"/>
"
        )
    });
    format!(
        "<srx version=\"2.0\"><header segmentsubflows=\"yes\" cascade=\"{cascade}\"/><body><languagerules>
        <languagerule languagerulename=\"Titles\">
        <rule break=\"no\"><beforebreak>Mr\\.</beforebreak><afterbreak>\\s</afterbreak></rule></languagerule>
        <languagerule languagerulename=\"Stops\">
        <rule break=\"yes\"><beforebreak>\\.</beforebreak><afterbreak>\\s</afterbreak></rule></languagerule>
        </languagerules><maprules>{maps}</maprules></body></srx>"
    )
}

#[track_caller]
fn cut(srx: &str, tag: &str, text: &str) -> String {
    let rules = Rules::from_srx(Path::new("rules.srx"), srx.as_bytes()).expect("rules");
    rules.split(lang(tag), text).join("|")
}

#[track_caller]
fn refused(before: &str, message: &str) {
    let srx = document("yes", &[(".*", "Stops")]).replace(r"Mr\.", before);
    let error = Rules::from_srx(Path::new("rules.srx"), srx.as_bytes()).expect_err("refused").to_string();
    assert!(error.contains(message), "{error}");
}

#[test]
fn maps_cascade_in_order() {
    let both = [("en.*", "Titles"), (".*", "Stops")];
    assert_eq!(cut(&document("yes", &both), "en-GB", "So. Mr. Ito."), "So. |Mr. Ito.");
    assert_eq!(cut(&document("yes", &both), "fr", "So. Mr. Ito."), "So. |Mr. |Ito.");
    assert_eq!(cut(&document("no", &both), "en", "So. Mr. Ito."), "So. Mr. Ito.");
    assert_eq!(cut(&document("yes", &[(".*", "Stops"), ("en", "Titles")]), "en", "So. Mr. Ito."), "So. |Mr. |Ito.");
}

#[test]
fn languages_are_matched_whole_and_in_either_case() {
    assert_eq!(cut(&document("yes", &[("EN", "Stops")]), "en", "A. B"), "A. |B");
    assert_eq!(cut(&document("yes", &[("EN", "Stops")]), "en-GB", "A. B"), "A. B");
}

#[test]
fn white_space_belongs_to_the_piece_before() {
    let srx = document("yes", &[(".*", "Stops")]);
    assert_eq!(cut(&srx, "en", " A. \u{3000}B.\n\n C"), " A. \u{3000}|B.\n\n |C");
    assert_eq!(cut(&srx, "en", ""), "");
    assert_eq!(cut(&srx, "en", " \n "), " \n ");
}

#[test]
fn a_line_break_is_a_border_whatever_the_rules_say() {
    assert_eq!(cut(&document("yes", &[("fr", "Titles")]), "en", "Mr.\nIto, a\nb"), "Mr.\n|Ito, a\n|b");
}

#[test]
fn a_rule_that_cannot_be_used_is_an_error_with_its_place() {
    refused("(a", "rules.srx:3: `(a` in `Titles` cannot be used: a group is not closed");
    refused("[z-a]", "rules.srx:3: `[z-a]` in `Titles` cannot be used");
    refused(&"b".repeat(300_000), &format!("`{}…`", "b".repeat(80)));
    refused(r"((\p{L}{500}){500}){500}", "rules.srx:");
    let map = document("yes", &[("[", "Stops")]);
    let error = Rules::from_srx(Path::new("rules.srx"), map.as_bytes()).expect_err("refused").to_string();
    assert!(error.contains("`[` in `Stops`"), "{error}");
}

#[test]
fn equal_rules_have_equal_fingerprints() {
    let one = document("yes", &[(".*", "Stops")]);
    let two = document("yes", &[("en", "Stops")]);
    let print = |srx: &str| Rules::from_srx(Path::new("x"), srx.as_bytes()).expect("rules").fingerprint();
    assert_eq!(print(&one), print(&one));
    assert_ne!(print(&one), print(&two));
    assert_eq!(Rules::builtin().fingerprint(), sha256(crate::segment::export_srx().as_bytes()));
}

#[test]
fn options_name_a_file_or_none() {
    assert_eq!(Rules::open(&Options::default()).expect("built in").fingerprint(), Rules::builtin().fingerprint());
    let missing = Rules::open(&Options { srx: Some("no/such.srx".into()) }).expect_err("refused").to_string();
    assert!(missing.contains("no/such.srx"), "{missing}");
}

proptest! {
    #[test]
    fn the_pieces_joined_are_the_text(text in r"(?:\PC|[a-zA-Z.!?… \n\t\u{3000}。！？”」“]){0,60}", nth in 0..LANGUAGES.len()) {
        let pieces = Rules::builtin().split(lang(LANGUAGES[nth]), &text);
        prop_assert_eq!(pieces.concat(), text.as_str());
        for (place, piece) in pieces.iter().enumerate() {
            prop_assert!(!piece.is_empty());
            prop_assert!(place == 0 || !piece.starts_with(char::is_whitespace), "{:?}", pieces);
            prop_assert!(!piece.trim().contains('\n'), "{:?}", pieces);
        }
    }
}
