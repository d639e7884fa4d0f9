mod hostile;
mod inline;
mod laws;
mod structure;
mod suite;
mod tools;

use super::*;
use crate::xliff::{Content, Role, Segment};

const CORE_2: &str = "urn:oasis:names:tc:xliff:document:2.0";

fn parsed(text: &str) -> Result<Vec<File>, Error> {
    files(Path::new("a.xlf"), text.as_bytes())
}

/// The only file of `text`.
#[track_caller]
fn file(text: &str) -> File {
    let mut files = parsed(text).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(files.len(), 1, "{files:?}");
    files.remove(0)
}

/// Wraps the contents of one XLIFF 2 unit.
fn unit(contents: &str) -> String {
    units(&format!("<unit id='u'>{contents}</unit>"))
}

/// Wraps the contents of one XLIFF 2 file.
fn units(contents: &str) -> String {
    format!("<xliff xmlns='{CORE_2}' version='2.0' srcLang='en' trgLang='fr'><file id='f'>{contents}</file></xliff>")
}

/// Wraps the contents of a 1.2 body.
fn body(units: &str) -> String {
    format!(
        "<xliff xmlns='urn:oasis:names:tc:xliff:document:1.2' version='1.2'>\
         <file original='a' source-language='en' target-language='fr' datatype='x'><body>{units}</body></file></xliff>"
    )
}

/// The only segment of `text`.
#[track_caller]
fn segment(text: &str) -> Segment {
    let file = file(text);
    let [unit] = file.units.as_slice() else { panic!("one unit: {file:?}") };
    let [segment] = unit.segments.as_slice() else { panic!("one segment: {unit:?}") };
    segment.clone()
}

/// Asserts that the only segment reads as `expected`: source, target, codes as [`marked`] shows them.
#[track_caller]
fn reads(text: &str, expected: (&str, Option<&str>)) {
    let segment = segment(text);
    let target = segment.target.as_ref().map(marked);
    assert_eq!((marked(&segment.source).as_str(), target.as_deref()), expected);
}

#[track_caller]
fn refused(text: &str, expected: &str) {
    assert_eq!(parsed(text).expect_err("refused").to_string(), expected);
}

/// The text with each code in braces: `{1` opens, `1}` closes, `{1}` stands alone.
fn marked(content: &Content) -> String {
    let mut marked = String::new();
    let mut from = 0;
    for code in &content.codes {
        marked.push_str(&content.text[from..code.at]);
        from = code.at;
        let (left, right) = match code.role {
            Role::Open => ("{", ""),
            Role::Close => ("", "}"),
            Role::Alone => ("{", "}"),
        };
        marked.extend([left, &code.id, right]);
    }
    marked + &content.text[from..]
}
