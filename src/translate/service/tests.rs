use super::*;
use crate::translate::registry::tests::table;

#[track_caller]
fn refused(result: Result<impl std::fmt::Debug, Error>, words: &str) {
    let error = result.expect_err("it is refused").to_string();
    assert!(error.contains(words), "{error}");
}

fn access(toml: &str) -> Access {
    take_access("x", &mut table(toml)).expect("a table")
}

#[test]
fn an_address_is_checked() {
    let address = |toml: &str, usual| access(toml).address("x", usual);
    assert_eq!(address("", Some("https://a.example")), Ok("https://a.example".to_owned()));
    assert_eq!(address("url = 'http://localhost:5000/'", None), Ok("http://localhost:5000".to_owned()));
    refused(address("", None), "`url` is missing");
    refused(address("url = 'localhost:5000'", None), "`url` is no address");
    refused(address("url = 'file:///etc/passwd'", None), "`url` is no address");
}

#[test]
fn a_key_comes_from_the_environment_only() {
    let key = |toml: &str, needed| access(toml).key("x", "CHANCERY_TEST_UNSET_KEY", needed);
    assert_eq!(key("", false), Ok(None));
    assert_eq!(key("key_env = ''", false), Ok(None));
    refused(key("", true), "the environment variable CHANCERY_TEST_UNSET_KEY is not set");
    refused(key("key_env = 'CHANCERY_OTHER_UNSET_KEY'", false), "CHANCERY_OTHER_UNSET_KEY is not set");
    let secret = key("key_env = 'sk-abc123'", true).expect_err("a key").to_string();
    assert!(secret.contains("never the key itself") && !secret.contains("abc123"), "{secret}");
    // A variable that every machine has.
    assert!(access("key_env = 'PATH'").key("x", "", true).expect("a value").is_some());
}

#[test]
fn other_keys_stay_in_the_table() {
    let mut whole = table("url = 'http://a.example'\ncodes = { pt = 'PT-BR' }\nown = 3");
    let access = take_access("x", &mut whole).expect("a table");
    assert_eq!(access.codes.len(), 1);
    assert!(whole.get_ref().get("own").is_some() && whole.get_ref().get("url").is_none());
    refused(take_access("x", &mut table("codes = { 'not a tag' = 'x' }")), "language tag");
}
