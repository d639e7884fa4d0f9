use super::*;

const RULES: &[Rule] = &[Rule { code: "X1", name: "first", summary: "the first rule", severity: Severity::Error }];

fn diagnostic(path: &str, message: &str, severity: Severity) -> Diagnostic {
    Diagnostic {
        path: path.to_owned(),
        line: 3,
        column: 7,
        code: "X1",
        name: "first",
        severity,
        message: message.to_owned(),
    }
}

#[track_caller]
fn written(form: Form, path: &str, message: &str) -> String {
    write(form, &[diagnostic(path, message, Severity::Error)], RULES, "0.1.0").expect("JSON")
}

#[test]
fn text_is_a_line_each() {
    assert_eq!(written(Form::Text, "a b.xlf", "it is\nwrong"), "a b.xlf:3:7: error X1: it is\u{FFFD}wrong\n");
}

#[test]
fn json_is_an_object_a_line() {
    let expected =
        r#"{"path":"a.xlf","line":3,"column":7,"code":"X1","name":"first","severity":"error","message":"`\"`"}"#;
    assert_eq!(written(Form::Json, "a.xlf", "`\"`"), format!("{expected}\n"));
}

#[test]
fn sarif_names_the_rule_and_the_place() {
    let document: serde_json::Value = serde_json::from_str(&written(Form::Sarif, "über\\a b.xlf", "m")).expect("JSON");
    let run = &document["runs"][0];
    let place = &run["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(document["version"], "2.1.0");
    assert_eq!((&run["results"][0]["ruleId"], &run["results"][0]["level"]), (&"X1".into(), &"error".into()));
    assert_eq!(place["artifactLocation"]["uri"], "%C3%BCber/a%20b.xlf");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&3.into(), &7.into()));
    assert_eq!(run["tool"]["driver"]["rules"][0]["shortDescription"]["text"], "the first rule");
}

#[test]
fn nothing_wrong_is_no_line_and_a_document_without_results() {
    assert_eq!(write(Form::Text, &[], RULES, "0.1.0").expect("text"), "");
    let document = write(Form::Sarif, &[], RULES, "0.1.0").expect("JSON");
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&document).expect("JSON")["runs"][0]["results"],
        serde_json::json!([])
    );
}
