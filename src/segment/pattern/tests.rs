use fancy_regex::Regex;
use regex_automata::util::syntax;

use super::*;

#[track_caller]
fn regular(java: &str, yes: &[&str], no: &[&str]) {
    let pattern = Pattern::translate(java, 0).expect("a pattern");
    assert!(pattern.regular, "{java} is regular");
    check(&pattern.wide, java, yes, no);
    check(&pattern.exact, java, yes, no);
}

#[track_caller]
fn irregular(java: &str, yes: &[&str], no: &[&str]) {
    let pattern = Pattern::translate(java, 0).expect("a pattern");
    assert!(!pattern.regular, "{java} is irregular");
    check(&pattern.exact, java, yes, no);
    check(&pattern.wide, java, yes, &[]);
    syntax::parse(&pattern.wide).expect("the wide form is regular");
}

#[track_caller]
fn check(translated: &str, java: &str, yes: &[&str], no: &[&str]) {
    let regex =
        Regex::new(&format!("^(?:{translated})$")).unwrap_or_else(|why| panic!("{java} as {translated}: {why}"));
    for text in yes {
        assert!(regex.is_match(*text).expect("within limits"), "{java} as {translated} matches {text:?}");
    }
    for text in no {
        assert!(!regex.is_match(*text).expect("within limits"), "{java} as {translated} does not match {text:?}");
    }
}

#[track_caller]
fn refused(java: &str, why: &str) {
    let message = Pattern::translate(java, 0).expect_err("refused");
    assert!(message.contains(why), "{java}: {message}");
}

#[test]
fn what_java_and_rust_share_stays() {
    regular(r"(Mr|Dr)\.\s+", &["Mr. ", "Dr.  "], &["Mr ", "Mrs. "]);
    regular(r"a{2,3}?b*c+", &["aac", "aaabcc"], &["ac"]);
    regular(r"\p{Lu}\pL\P{L}[\p{Nd}\p{IsHan}]", &["Äb-3", "Ab.国"], &["ab-3"]);
    regular("«.»", &["«a»"], &["«\n»"]);
    regular("(?i)ab(?-i:C)", &["ABC", "abC"], &["abc"]);
}

#[test]
fn what_only_java_writes_is_translated() {
    regular(r"\h\v\H\V", &["\u{A0}\nab"], &["a\nab"]);
    regular(r"\d\w\s", &["1a "], &["١a ", "1é ", "1a\u{A0}"]);
    regular(r"\u00e9\xE9\x{1F600}\0101", &["éé😀A"], &[]);
    regular(r"\Qa.b\E.", &["a.bc"], &["axbc"]);
    regular(r"\<\ \-\«\'", &["< -«'"], &[]);
    regular(r"\p{Punct}\p{Alpha}\p{javaUpperCase}", &["!aÉ"], &["aaa"]);
    regular(r"\Aa\z", &["a"], &["b"]);
    regular(r"a\Rb", &["a\r\nb", "a\u{2028}b"], &["a b"]);
}

#[test]
fn classes_are_translated() {
    regular(r"[a-z&&[^aeiou]]", &["b"], &["a", "B"]);
    regular(r"[]a]", &["]", "a"], &["b"]);
    regular(r"[^]a]", &["b"], &["]", "a"]);
    regular(r"[\p{L}[0-9]\-\h]", &["é", "7", "-", "\u{3000}"], &["_"]);
    regular(r"[\S]", &["a"], &[" "]);
    regular(r"[\Q.]\E~]", &[".", "]", "~"], &["Q"]);
}

#[test]
fn what_is_not_regular_is_widened() {
    irregular(r"(?<!x)a(?=b)b", &["ab"], &["aa"]);
    irregular(r"(?<=^|\s)\bU\.S\.", &["U.S."], &["xU.S."]);
    irregular(r"a++b", &["aab"], &["aa"]);
    irregular(r"(?:ab|a)?+c", &["abc", "c"], &["ab"]);
    irregular(r"[ab]{1,2}+c", &["abc"], &["abab"]);
    irregular(r"(?>a|ab)c", &["ac"], &[]);
    irregular(r"(a|b)\1", &["aa", "bb"], &["ab"]);
    irregular(r"(?!(?:no|(?=never)x))\p{L}+", &["yes"], &["no"]);
}

#[test]
fn back_references_count_on() {
    assert_eq!(Pattern::translate(r"(a)\1", 2).expect("a pattern").exact, r"(a)(?:\3)");
}

#[test]
fn what_cannot_be_translated_is_refused() {
    refused("(a", "not closed");
    refused("a)", "closes no group");
    refused("[a", "not closed");
    refused("a\\", "lone");
    refused(r"\p{InGreek}", "use a script");
    refused(r"\G", r"`\G` is not supported");
    refused("(?x)a b", "flag `x`");
    refused("(?<name>a)", "number them");
    refused("a{b", "must be written");
    refused(r"\uD83D", "no character");
    refused(&"(".repeat(100_000), "deeper");
    refused(&"[".repeat(100_000), "deeper");
    refused(&"a".repeat(MAX_BYTES + 1), "longer");
}

proptest::proptest! {
    #[test]
    fn any_string_is_translated_or_refused(java in r"[ab(){}\[\]|?*+.^$\\&<=!:,0-9pLuQEbs-]{0,24}") {
        if let Ok(pattern) = Pattern::translate(&java, 0) {
            let _ = syntax::parse(&pattern.wide);
            let _ = Regex::new(&pattern.exact);
        }
    }
}
