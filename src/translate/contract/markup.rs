//! Markup and escapes that the source does not hold: a page of HTML, an error as JSON, text that was escaped once too often.
//!
//! They are refused and not decoded: a backend decodes what its service is documented to escape; who escapes beyond that
//! has done something else to the text as well.

use std::sync::LazyLock;

use fancy_regex::Regex;

use super::Case;

/// What is looked for, and the character without which a source holds none of it.
static SHAPES: LazyLock<[(&str, char, Regex); 4]> = LazyLock::new(|| {
    let shape = |pattern: &str| Regex::new(pattern).expect("a pattern");
    [
        ("the escape", '&', shape(r"&(?:quot|amp|lt|gt|apos|nbsp|#\d{1,6}|#[xX][0-9a-fA-F]{1,6});")),
        ("the markup", '<', shape(r"<!(?i:doctype)|<!--|</[a-zA-Z]|<[a-z][a-z0-9:]*(?:\s[^<>]*)?/?>")),
        ("the escape", '\\', shape(r#"\\(?:u[0-9a-fA-F]{4}|")"#)),
        ("the fence", '`', shape("```")),
    ]
});

pub(super) fn refuses(case: &Case<'_>) -> Option<String> {
    let is_json = |text: &str| text.trim_start().starts_with(['{', '[']);
    if is_json(case.draft) && !is_json(case.source) && is_object(case.draft) {
        return Some("the answer is JSON and no text".to_owned());
    }
    let shapes = SHAPES.iter().filter(|(_, sign, _)| case.draft.contains(*sign) && !case.source.contains(*sign));
    shapes.into_iter().find_map(|(what, _, shape)| {
        let found = shape.find(case.draft).ok().flatten()?;
        Some(format!("the answer holds {what} {}, which the source does not", Case::quoted(found.as_str())))
    })
}

fn is_object(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text.trim()).is_ok_and(|value| value.is_object() || value.is_array())
}
