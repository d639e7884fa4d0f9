use super::*;
use crate::model::{MatchHow, Rendering, TermHit, TermStatus};
use crate::translate::Trouble;
use crate::translate::service::Access;

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a tag")
}

/// A noun that stands in `text`, and its rendering.
fn hit(text: &str, stands: &str, rendering: &str) -> TermHit {
    let start = text.find(stands).expect("it stands there");
    TermHit {
        concept: stands.to_owned(),
        term: stands.to_owned(),
        status: TermStatus::Preferred,
        range: start..start + stands.len(),
        how: MatchHow::Exact,
        pos: Some("noun".to_owned()),
        mandatory: true,
        dnt: false,
        not: Vec::new(),
        renderings: vec![Rendering { term: rendering.to_owned(), ..Rendering::default() }],
        note: None,
    }
}

/// What goes for a text with one term, from English into German or as `pair` says.
#[track_caller]
fn goes(text: &str, hit: TermHit, pair: (&str, &str), wanted: Option<&str>) {
    let input = Input { text: text.to_owned(), terms: vec![hit], ..Input::default() };
    let pair = Pair { source: lang(pair.0), target: lang(pair.1) };
    assert_eq!(markup::write(&input, pair, true).as_deref(), wanted);
    assert_eq!(markup::write(&input, pair, false), None);
}

const TALKS: &str = "The Peace Talks & more.";
const TAGGED: &str =
    "The <mstrans:dictionary translation=\"Gespräche &quot;A&quot;\">Peace Talks</mstrans:dictionary> &amp; more.";

#[test]
fn a_name_or_compound_goes_with_its_rendering() {
    let talks = || hit(TALKS, "Peace Talks", "Gespräche \"A\"");
    goes(TALKS, talks(), ("en", "de"), Some(TAGGED));
    goes(TALKS, talks(), ("fr", "en-GB"), Some(TAGGED));
    goes(TALKS, talks(), ("fr", "de"), None);
    goes(TALKS, talks(), ("en", "en-GB"), None);
    goes(TALKS, TermHit { how: MatchHow::Rule, ..talks() }, ("en", "de"), None);
    goes(TALKS, TermHit { pos: Some("verb".to_owned()), ..talks() }, ("en", "de"), None);
    goes(TALKS, TermHit { renderings: Vec::new(), ..talks() }, ("en", "de"), None);
    goes("They strike.", hit("They strike.", "strike", "Streik"), ("en", "de"), None);
    goes("The\u{1} UN.", hit("The\u{1} UN.", "UN", "UNO"), ("en", "de"), None);
    let kept = TermHit { dnt: true, renderings: Vec::new(), ..hit("The UN.", "UN", "") };
    goes("The UN.", kept, ("en", "de"), Some("The <mstrans:dictionary translation=\"UN\">UN</mstrans:dictionary>."));
    let chinese = "外交部说。";
    let tagged = "<mstrans:dictionary translation=\"the ministry\">外交部</mstrans:dictionary>说。";
    goes(chinese, hit(chinese, "外交部", "the ministry"), ("zh", "en"), Some(tagged));
}

#[test]
fn what_is_kept_goes_before_a_term() {
    let terms = vec![hit("X1X and the UN.", "UN", "UNO"), hit("X1X and the UN.", "X1X", "Y")];
    let mut input =
        Input { text: "X1X and the UN.".to_owned(), kept: std::iter::once(0..3).collect(), terms, ..Input::default() };
    let pair = Pair { source: lang("en"), target: lang("de") };
    let wanted = "<span class=\"notranslate\">X1X</span> and the <mstrans:dictionary translation=\"UNO\">UN</mstrans:dictionary>.";
    assert_eq!(markup::write(&input, pair, true).as_deref(), Some(wanted));
    input.terms.clear();
    assert_eq!(
        markup::write(&input, pair, true).as_deref(),
        Some("<span class=\"notranslate\">X1X</span> and the UN.")
    );
    let read = |answer: &str| markup::read(&input, answer);
    assert_eq!(read("Die UNO &amp; <span class=\"notranslate\">X1X</span>"), Ok("Die UNO & X1X".to_owned()));
    assert!(read("Die UNO und X2X").is_err());
    assert!(read("<span>X1X</span> <mstrans:dictionary translation=\"UNO\">UN</mstrans:dictionary>").is_err());
}

#[test]
fn a_resource_of_ones_own_has_its_path() {
    let own = "https://press.cognitiveservices.azure.com";
    assert_eq!(base(own, Api::V3), format!("{own}/translator/text/v3.0"));
    assert_eq!(base(own, Api::V2026), format!("{own}/translator/text"));
    assert_eq!(base(ADDRESS, Api::V3), ADDRESS);
    assert_eq!(base("http://localhost:5000", Api::V2026), "http://localhost:5000");
}

#[track_caller]
fn means(status: u16, code: &str, wanted: Option<Trouble>) {
    let body = format!(r#"{{"error":{{"code":{code},"message":"Out of call volume quota."}}}}"#);
    let read = reads(reqwest::StatusCode::from_u16(status).expect("a status"), &body);
    assert_eq!(read.map(|(trouble, _)| trouble), wanted, "{code}");
}

#[test]
fn numbers_of_errors_are_known_as_numbers_and_as_text() {
    means(403, "403001", Some(Trouble::Quota));
    means(403, "\"403001\"", Some(Trouble::Quota));
    means(403, "\"403\"", Some(Trouble::Quota));
    means(400, "400077", Some(Trouble::TooLarge));
    means(400, "400036", Some(Trouble::Pair));
    means(429, "429001", Some(Trouble::Limited));
    means(400, "\"BadRequest\"", None);
    means(401, "401000", None);
}

#[test]
fn codes_are_the_services() {
    let codes = Codes::new(include_str!("codes.txt"), &Access::default());
    for (tag, code) in [("zh-TW", "zh-Hant"), ("zh-CN", "zh-Hans"), ("pt-BR", "pt"), ("pt-PT", "pt-pt")] {
        assert_eq!(codes.target(lang(tag)), Some(code), "{tag}");
    }
    for (tag, code) in [("fr", "fr"), ("fr-CA", "fr-ca"), ("sr-Latn", "sr-Latn"), ("nb", "nb"), ("en-US", "en")] {
        assert_eq!(codes.target(lang(tag)), Some(code), "{tag}");
    }
    for tag in ["pt", "zh", "sr", "mn"] {
        assert_eq!(codes.target(lang(tag)), None, "{tag}");
        assert!(codes.unsettled(lang(tag)).is_some(), "{tag}");
    }
    assert_eq!(codes.source(lang("pt")), Some("pt"));
}
