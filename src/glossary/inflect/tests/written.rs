//! What terms are written like in their other number, and what their ends tell, against files that a linguist can edit.

use super::*;
use crate::model::{Gender, Number};

/// What a line says of a term and the functions do not.
fn wrong(tag: &str, line: &str) -> Vec<String> {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let (singular, plural) = (cells[0], cells[1]);
    let lang = lang(tag);
    let (is_one_way, plural) = plural.strip_prefix('>').map_or((false, plural), |plural| (true, plural.trim()));
    let mut wrong = Vec::new();
    let mut expect = |what: &str, found: String, expected: String| {
        if found != expected {
            wrong.push(format!("{tag} {singular}: {what} is {found}, not {expected}"));
        }
    };
    let expected: Vec<&str> = [plural].into_iter().filter(|plural| *plural != "-" && *plural != singular).collect();
    expect("plural", format!("{:?}", forms(lang, singular)), format!("{expected:?}"));
    let genders = cells.get(2).map(|gender| match *gender {
        "m" => Some(Gender::Masculine),
        "f" => Some(Gender::Feminine),
        _ => None,
    });
    if let Some(expected) = genders {
        expect("gender", format!("{:?}", gender(lang, singular)), format!("{expected:?}"));
    }
    if is_one_way || plural == "-" {
        return wrong;
    }
    expect("number", format!("{:?}", number(lang, singular)), format!("{:?}", Some(Number::Singular)));
    expect("number of the plural", format!("{:?}", number(lang, plural)), format!("{:?}", Some(Number::Plural)));
    expect("singular", format!("{:?}", forms(lang, plural)), format!("{:?}", [singular]));
    if let Some(expected) = genders {
        expect("gender of the plural", format!("{:?}", gender(lang, plural)), format!("{expected:?}"));
    }
    wrong
}

#[test]
fn terms_are_written_in_their_other_number() {
    let files = [
        ("en", include_str!("forms/en.txt")),
        ("es", include_str!("forms/es.txt")),
        ("fr", include_str!("forms/fr.txt")),
        ("pt", include_str!("forms/pt.txt")),
    ];
    let lines = files.into_iter().flat_map(|(tag, text)| text.lines().map(move |line| (tag, line)));
    let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let wrong: Vec<String> = lines.flat_map(|(tag, line)| wrong(tag, line)).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn nothing_is_written_where_more_than_number_matters() {
    for (tag, term) in [("ru", "соглашение"), ("ar", "اتفاق"), ("de", "Abkommen"), ("zh-Hans", "协定"), ("ja", "協定")]
    {
        assert_eq!(forms(lang(tag), term), Vec::<String>::new(), "{term}");
        assert_eq!(gender(lang(tag), term), None, "{term}");
    }
    assert_eq!(forms(lang("pt"), ""), Vec::<String>::new());
    assert_eq!(forms(lang("pt"), " - "), Vec::<String>::new());
}
