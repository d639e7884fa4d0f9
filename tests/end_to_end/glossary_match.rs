//! `chancery glossary match`: terms in texts, a line in and a line out.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::desk::Desk;

const GLOSSARY: &str = "schema = 1
[[concept]]
id = 'partnership'
[concept.terms]
en = [{ t = 'strategic partnership', match = 'stem' }]
[[concept]]
id = 'minister'
[concept.terms]
en = [{ t = 'foreign minister', match = 'stem' }]
[[concept]]
id = 'council'
[concept.terms]
en = [{ t = 'UN', case = 'exact' }]
";

/// What the program answers to `input`, line by line; it ends with `code`, telling `words`.
#[track_caller]
fn answers(desk: &Desk, arguments: &[&str], input: &str, (code, words): (i32, &[&str])) -> Vec<Value> {
    let mut command = desk.command(&[&["glossary", "match", "--jsonl"], arguments].concat());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut program = command.spawn().expect("the program starts");
    let written = program.stdin.take().expect("a pipe").write_all(input.as_bytes());
    let output = program.wait_with_output().expect("the program ends");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{told}");
    assert!(written.is_ok() || code == 2, "the program reads its input");
    assert!(words.iter().all(|word| told.contains(word)), "{words:?} in {told}");
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn desk() -> Desk {
    Desk::new().file("glossary.toml", GLOSSARY.as_bytes())
}

#[test]
fn hits_are_told_in_characters() {
    let input = "{\"text\": \"Élan: Foreign Ministers of the UN\", \"id\": 7}\n{\"text\": \"a un day\"}\n";
    let answered = answers(&desk(), &["--lang", "en", "--glossary", "glossary.toml"], input, (0, &[]));
    let minister = json!({"term": "foreign minister", "concept": "minister", "start": 6, "end": 23, "how": "rule"});
    let council = json!({"term": "UN", "concept": "council", "start": 31, "end": 33, "how": "exact"});
    assert_eq!(answered, [json!([minister, council]), json!([])]);
}

#[test]
fn terms_of_a_file_are_found_inflected_and_inside_one_another() {
    let desk = desk().file("terms.txt", "\u{FEFF}Совет Безопасности\n\nсовет\nсовет\n".as_bytes());
    let input = "{\"text\": \"Решение Совета Безопасности\"}";
    let answered = answers(&desk, &["--lang", "ru", "--terms", "terms.txt"], input, (0, &[]));
    let hit = |term: &str, end: u32| json!({"term": term, "concept": term, "start": 8, "end": end, "how": "rule"});
    assert_eq!(answered, [json!([hit("Совет Безопасности", 27), hit("совет", 14)])]);
}

#[test]
fn only_the_longest_are_told_of_a_glossary_unless_asked() {
    let nested = "schema = 1\n[[concept]]\nid = 'a'\nterms = { en = [{ t = 'joint statement' }] }\n\
        [[concept]]\nid = 'b'\nterms = { en = [{ t = 'statement' }] }\n";
    let desk = desk().file("nested.toml", nested.as_bytes());
    let count = |arguments: &[&str]| {
        let arguments = [&["--lang", "en", "--glossary", "nested.toml"], arguments].concat();
        let answered = answers(&desk, &arguments, "{\"text\": \"A joint statement\"}\n", (0, &[]));
        answered[0].as_array().map(Vec::len)
    };
    assert_eq!((count(&[]), count(&["--nested"])), (Some(1), Some(2)));
}

#[test]
fn a_bad_line_is_answered_and_the_rest_goes_on() {
    let input = "{\"text\": \"the UN\"}\nnonsense\n{\"words\": 1}\n\n{\"text\": \"the UN\"}\n";
    let arguments = ["--lang", "en", "--glossary", "glossary.toml"];
    let answered = answers(&desk(), &arguments, input, (3, &["line 2", "line 3", "line 4", "`text`"]));
    assert_eq!(answered.len(), 5);
    assert_eq!(answered[0], answered[4]);
    for (at, number) in [(1, "line 2"), (2, "line 3"), (3, "line 4")] {
        assert!(answered[at]["error"].as_str().is_some_and(|error| error.starts_with(number)), "{answered:?}");
    }
}

#[test]
fn wrong_arguments_are_refused_before_anything_is_read() {
    let desk = desk();
    answers(&desk, &["--lang", "en", "--glossary", "gone.toml"], "", (2, &["gone.toml"]));
    answers(&desk, &["--lang", "en", "--terms", "gone.txt"], "", (2, &["gone.txt"]));
    answers(&desk, &["--lang", "not a tag"], "", (2, &["not a tag"]));
}
