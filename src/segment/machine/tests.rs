use super::*;
use crate::segment::builtin;
use crate::segment::srx::Rule;

/// `text` with `|` at each border that the rules set; a rule is its break, before and after.
#[track_caller]
fn cut(rules: &[(bool, &str, &str)], text: &str) -> String {
    let compile = |(breaks, before, after): &(bool, &str, &str)| Compiled::new(*breaks, before, after).expect("a rule");
    let machine = Machine::new(rules.iter().map(compile).collect());
    let mut cut = text.to_owned();
    for border in machine.borders(text).iter().rev() {
        cut.insert(*border, '|');
    }
    cut
}

const STOP: (bool, &str, &str) = (true, r"\.\s", "");

#[test]
fn no_rule_means_no_border() {
    assert_eq!(cut(&[], "One. Two."), "One. Two.");
    assert_eq!(cut(&[(false, "x", "")], "One. Two."), "One. Two.");
}

#[test]
fn the_first_rule_that_matches_decides() {
    let mr = (false, r"Mr\.\s", "");
    assert_eq!(cut(&[mr, STOP], "So. Mr. Ito."), "So. |Mr. Ito.");
    assert_eq!(cut(&[STOP, mr], "So. Mr. Ito."), "So. |Mr. |Ito.");
}

#[test]
fn a_rule_must_match_on_both_sides() {
    let number = (false, r"No\.\s", r"\d");
    assert_eq!(cut(&[number, STOP], "No. 5. No. Six."), "No. 5. |No. |Six.");
}

#[test]
fn an_empty_side_matches_anywhere() {
    assert_eq!(cut(&[(true, "", "é")], "aéüé"), "a|éü|é");
    assert_eq!(cut(&[(true, "", "")], "aéü"), "a|é|ü");
}

#[test]
fn the_ends_of_the_text_are_seen() {
    assert_eq!(cut(&[(true, r"^a\.\s", "b")], "a. b a. b"), "a. |b a. b");
    assert_eq!(cut(&[(true, r"\.\s", "b$")], "a. b a. b"), "a. b a. |b");
}

#[test]
fn look_around_sees_beyond_the_rule() {
    let word = (false, r"(?<!\p{L})et\.\s", "");
    assert_eq!(cut(&[word, STOP], "et. Net. Set. Et."), "et. Net. |Set. |Et.");
    let ahead = (true, r"\.\s(?=[A-Z])", "");
    assert_eq!(cut(&[ahead], "a. b. C"), "a. b. |C");
    let behind = (true, r"\.", r"(?<=[a-z]\.)\s");
    assert_eq!(cut(&[behind], "a. B. c"), "a|. B. c".replace("a|.", "a.|"));
    let border = (false, r"\bco\.\s", "");
    assert_eq!(cut(&[border, STOP], "co. Taco. Co"), "co. Taco. |Co");
}

#[test]
fn possessive_and_back_references_are_exact() {
    assert_eq!(cut(&[(true, r"a++a\.", "")], "aaa.b"), "aaa.b");
    assert_eq!(cut(&[(true, r"([ab])\1\.", "")], "ab.aa.b"), "ab.aa.|b");
    assert_eq!(cut(&[(true, r"(a)\.", r"([bc])\1")], "a.bc a.cc"), "a.bc a.|cc");
}

#[test]
fn catastrophic_backtracking_is_bounded() {
    let start = std::time::Instant::now();
    let trap = (true, r"(?=x?)(?:a+a+)+b(\p{L})\1", "");
    let text = "a".repeat(20_000);
    assert_eq!(cut(&[trap], &text), text);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn a_pattern_that_cannot_be_compiled_is_named() {
    let (pattern, message) = Compiled::new(true, r"\.", "a{9,1}").expect_err("refused");
    assert_eq!(pattern, "a{9,1}");
    assert!(message.contains("repetition"), "{message}");
}

/// The built-in rules of the languages that have some, and of others.
static MACHINES: std::sync::LazyLock<Vec<Machine>> = std::sync::LazyLock::new(|| {
    let compiled = |rule: &Rule| Compiled::builtin(rule.breaks, &rule.before, &rule.after);
    let groups = builtin::srx().groups;
    groups.iter().map(|group| Machine::new(group.rules.iter().map(compiled).collect())).collect()
});

#[track_caller]
fn alike_in_all_alphabets(text: &str) {
    for machine in MACHINES.iter() {
        let everywhere = machine.borders_in(ALPHABETS.len() - 1, text);
        for place in (0..ALPHABETS.len()).filter(|place| ALPHABETS[*place].holds(text)) {
            assert_eq!(machine.borders_in(place, text), everywhere, "in the alphabet {place}: {text:?}");
        }
    }
}

#[test]
fn classes_beside_letters_are_alike_in_all_alphabets() {
    alike_in_all_alphabets("He said: “No.” «Why?» Mr. Smith asked. The U.S. It left (...) Plan B. Nobody");
    alike_in_all_alphabets("В 2020 г. Россия ответила. Он пуст. 他说：“好。”她走了。 قال: «لا». ثم ذهب");
}

proptest::proptest! {
    #[test]
    fn an_alphabet_changes_no_border(
        latin in "(?:[a-zA-Z0-9ŁłßÉé.!?…,;:()«»“”\"'’–— \n\u{A0}]|Mr\\.|No\\. |U\\.S\\.){0,40}",
        news in "(?:[a-zA-ZбБгГ0-9.!?… \n、。！？」”“年月の가ا؟ﾞ＂]|т\\. е\\.){0,40}",
    ) {
        alike_in_all_alphabets(&latin);
        alike_in_all_alphabets(&news);
    }

    /// The automata answer as a search for the rule's two sides at every position does.
    #[test]
    fn borders_are_where_a_plain_search_finds_them(text in "[ab. é]{0,24}") {
        let rules = [(false, r"a\.\s", "b"), (false, r"(?:^|[^b])b\.\s", ""), (true, r"[.é]\s+", r"[ab]"), (true, "é", r"é+\.")];
        let sides: Vec<_> = rules.iter().map(|(breaks, before, after)| {
            let side = |pattern: String| Regex::new(&pattern).expect("a pattern");
            (*breaks, side(format!(r"(?:{before})\z")), side(format!(r"\A(?:{after})")))
        }).collect();
        let mut expected = text.clone();
        for at in (1..text.len()).rev().filter(|at| text.is_char_boundary(*at)) {
            let fits = |(_, before, after): &&(bool, Regex, Regex)| {
                before.is_match(&text[..at]).expect("in limits") && after.is_match(&text[at..]).expect("in limits")
            };
            if sides.iter().find(fits).is_some_and(|(breaks, ..)| *breaks) {
                expected.insert(at, '|');
            }
        }
        proptest::prop_assert_eq!(cut(&rules, &text), expected);
    }
}
