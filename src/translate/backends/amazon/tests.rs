use super::*;
use crate::translate::registry::tests::table;

fn options(toml: &str) -> Options {
    crate::translate::registry::options("amazon", table(toml)).expect("options")
}

#[track_caller]
fn means(body: &str, trouble: Trouble, words: &str) {
    let (kind, said) = reads(reqwest::StatusCode::BAD_REQUEST, body).expect("it is known");
    assert_eq!(kind, trouble, "{body}");
    assert!(said.contains(words), "{said}");
}

#[test]
fn errors_are_known_by_their_names() {
    means(
        r#"{"__type":"com.amazonaws.translate#TooManyRequestsException","Message":"Slower"}"#,
        Trouble::Limited,
        "TooManyRequestsException: Slower",
    );
    means(r#"{"__type":"LimitExceededException"}"#, Trouble::Limited, "LimitExceededException");
    means(r#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#, Trouble::Limited, "Rate exceeded");
    means(r#"{"__type":"InternalServerException"}"#, Trouble::Overloaded, "InternalServer");
    means(r#"{"__type":"ExpiredTokenException"}"#, Trouble::Auth, "get a new one");
    means(
        r#"{"__type":"InvalidSignatureException","message":"Signature expired: 20261124T000000Z is now earlier"}"#,
        Trouble::Auth,
        "look at the clock",
    );
    assert_eq!(reads(reqwest::StatusCode::BAD_REQUEST, r#"{"__type":"SomethingNew"}"#), None);
    assert_eq!(reads(reqwest::StatusCode::BAD_GATEWAY, "<html>"), None);
}

#[test]
fn a_region_has_its_address() {
    assert_eq!(host("eu-west-1"), "https://translate.eu-west-1.amazonaws.com");
    assert_eq!(host("cn-north-1"), "https://translate.cn-north-1.amazonaws.com.cn");
    assert_eq!(options("region = 'eu-west-1'").region().as_deref(), Ok("eu-west-1"));
    assert!(options("region = 'eu west'").region().expect_err("none").contains("`region`"));
}

#[test]
fn the_name_of_a_terminology_is_checked() {
    let check = |name: &str| options(&format!("terminology = '{name}'")).check().is_ok();
    assert!(check("press-2026_a"));
    assert!(!check("") && !check("_a") && !check("a__b") && !check("a b") && !check(&"a".repeat(257)));
}

#[test]
fn codes_are_the_services() {
    let codes = Codes::new(include_str!("codes.txt"), &crate::translate::service::Access::default());
    let lang = |tag: &str| tag.parse::<Lang>().expect("a tag");
    for (tag, code) in [("zh-Hans", "zh"), ("zh-TW", "zh-TW"), ("pt-BR", "pt"), ("pt-PT", "pt-PT"), ("nb", "no")] {
        assert_eq!(codes.target(lang(tag)), Some(code), "{tag}");
    }
    for (tag, code) in [("fr-CA", "fr-CA"), ("fr", "fr"), ("es-MX", "es-MX"), ("es-ES", "es"), ("en-GB", "en")] {
        assert_eq!(codes.target(lang(tag)), Some(code), "{tag}");
    }
    assert_eq!((codes.target(lang("pt")), codes.target(lang("zh"))), (None, None));
    assert_eq!(codes.source(lang("pt")), Some("pt"));
    assert!(codes.unsettled(lang("zh")).expect("open").contains("zh-Hans or zh-Hant"));
}
