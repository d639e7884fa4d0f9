//! Kinds of values of attributes, after XML Schema, BCP 47 and the XLIFF specifications.

use rustc_hash::FxHashSet;

/// A kind of value.
#[derive(Debug)]
pub(in crate::xliff::check) enum Kind {
    /// Anything.
    Anything,
    /// One of these.
    One(Values),
    /// What a function takes; the words say what that is.
    Such(fn(&str) -> bool, &'static str),
}

/// The values of an enumeration.
#[derive(Debug)]
pub(in crate::xliff::check) struct Values {
    known: FxHashSet<&'static str>,
    listed: String,
    /// Whether `x-..` is one.
    extended: bool,
    /// Whether `prefix:value` is one.
    prefixed: bool,
}

type Row = (&'static str, fn(&str) -> bool, &'static str);

const KINDS: &[Row] = &[
    ("nmtoken", nmtoken, "a name token: letters, digits, `.`, `-`, `_`, `:`"),
    (
        "nmtokens",
        |value| value.split_ascii_whitespace().next().is_some() && value.split_ascii_whitespace().all(nmtoken),
        "name tokens",
    ),
    ("name", |value| nmtoken(value) && value.starts_with(begins_name), "a name: it begins with a letter or `_`"),
    ("language", language, "a language tag of BCP 47 such as `en` or `zh-Hans`"),
    (
        "languageOrNone",
        |value| value.is_empty() || language(value),
        "a language tag of BCP 47 such as `en` or `zh-Hans`",
    ),
    ("uri", uri, "a URI"),
    (
        "positive",
        |value| integer(value) && !value.starts_with('-') && value.contains(|it| matches!(it, '1'..='9')),
        "a whole number from 1",
    ),
    ("integer", integer, "a whole number"),
    (
        "priority",
        |value| integer(value) && value.parse::<i64>().is_ok_and(|it| (1..=10).contains(&it)),
        "a whole number from 1 to 10",
    ),
    ("percent", |value| decimal(value) && within(value, 100.0), "a number from 0 to 100 without a percent sign"),
    ("confidence", |value| within(value, 1.0), "a number from 0 to 1"),
    (
        "hex",
        |value| value.len() % 2 == 0 && value.bytes().all(|it| it.is_ascii_hexdigit()),
        "pairs of hexadecimal digits",
    ),
    ("user", prefixed, "a prefix, a colon and a value, without spaces"),
    ("space", |value| matches!(value, "default" | "preserve"), "`default` or `preserve`"),
    ("preserve", |value| value == "preserve", "`preserve`"),
    ("dateTime", date_time, "a date and time such as `2026-03-02T08:00:00Z`"),
    ("coordinates", coordinates, "four numbers or `#` with semicolons between them"),
    ("mime", mime, "a media type such as `image/png`"),
    ("reformat", reformat, "`yes`, `no`, or parts such as `coord` or `font`"),
    (
        "purpose",
        |value| {
            value.split_ascii_whitespace().all(|it| extended(it) || matches!(it, "information" | "location" | "match"))
        },
        "`information`, `location`, `match` or `x-..`",
    ),
    ("never", |_| false, "left out: it has no place here"),
];

impl Kind {
    /// The kind of this name; of none, where it has none.
    pub(super) fn named(name: &str) -> Self {
        let row = KINDS.iter().find(|(known, _, _)| *known == name);
        assert!(row.is_some() || name == "string", "no kind of values has the name `{name}`");
        row.map_or(Self::Anything, |(_, test, words)| Self::Such(*test, words))
    }

    /// Whether it takes `value`.
    pub(in crate::xliff::check) fn takes(&self, value: &str) -> bool {
        match self {
            Self::Anything => true,
            Self::One(values) => {
                values.known.contains(value) || values.extended && extended(value) || values.prefixed && prefixed(value)
            }
            Self::Such(test, _) => test(value.trim_matches([' ', '\t', '\r', '\n'])),
        }
    }

    /// What it takes, in words.
    pub(in crate::xliff::check) fn words(&self) -> &str {
        match self {
            Self::Anything => "any text",
            Self::One(values) => &values.listed,
            Self::Such(_, words) => words,
        }
    }
}

impl Values {
    /// The enumeration of `words`, of which `x-*` and `*:*` stand for what a tool adds.
    pub(super) fn of(words: Vec<&'static str>) -> Self {
        let shown: Vec<&str> = words.iter().copied().take(12).collect();
        let more = if words.len() > shown.len() { " .." } else { "" };
        let listed = format!("one of {}{more}", shown.join(", "));
        let (extended, prefixed) = (words.contains(&"x-*"), words.contains(&"*:*"));
        Self { known: words.into_iter().filter(|it| !it.contains('*')).collect(), listed, extended, prefixed }
    }
}

/// Whether `char` may begin a name of XML 1.0.
pub(in crate::xliff::check) fn begins_name(char: char) -> bool {
    matches!(char, ':' | 'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

/// Whether `char` may stand in a name of XML 1.0.
pub(in crate::xliff::check) fn in_name(char: char) -> bool {
    begins_name(char)
        || matches!(char, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// Whether `value` is an NMTOKEN.
pub(in crate::xliff::check) fn nmtoken(value: &str) -> bool {
    !value.is_empty() && value.chars().all(in_name)
}

/// Whether `value` is well-formed by BCP 47: subtags of up to eight letters and digits, of which the first has two
/// letters at least or announces what is private or of old.
pub(in crate::xliff::check) fn language(value: &str) -> bool {
    let mut subtags = value.split('-');
    let first = subtags.next().unwrap_or_default();
    let rest: Vec<&str> = subtags.collect();
    let special = matches!(first, "x" | "X" | "i" | "I") && !rest.is_empty();
    let primary = (2..=8).contains(&first.len()) && first.bytes().all(|it| it.is_ascii_alphabetic());
    (special || primary)
        && rest.iter().all(|it| (1..=8).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphanumeric()))
        && (special || rest.last().is_none_or(|it| it.len() > 1))
}

/// Whether `value` may be a URI reference. XML Schema takes nearly all text; what is refused is what no escaping mends.
fn uri(value: &str) -> bool {
    let percent = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|it| it.is_ascii_hexdigit());
    value.split('%').skip(1).all(percent) && value.matches('#').count() <= 1 && !value.starts_with(':')
}

fn integer(value: &str) -> bool {
    let digits = value.strip_prefix(['+', '-']).unwrap_or(value);
    !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit())
}

fn decimal(value: &str) -> bool {
    let digits = value.strip_prefix(['+', '-']).unwrap_or(value);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    !(whole.is_empty() && part.is_empty()) && [whole, part].iter().all(|it| it.bytes().all(|it| it.is_ascii_digit()))
}

fn within(value: &str, most: f64) -> bool {
    value.parse::<f64>().is_ok_and(|it| (0.0..=most).contains(&it))
}

fn prefixed(value: &str) -> bool {
    let part = |it: &str| !it.is_empty() && !it.contains(|it: char| it.is_whitespace() || it == ':');
    value.split_once(':').is_some_and(|(prefix, rest)| part(prefix) && part(rest))
}

fn extended(value: &str) -> bool {
    value.strip_prefix("x-").is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

fn reformat(value: &str) -> bool {
    const PARTS: &[&str] = &[
        "coord",
        "coord-x",
        "coord-y",
        "coord-cx",
        "coord-cy",
        "font",
        "font-name",
        "font-size",
        "font-weight",
        "css-style",
        "style",
        "ex-style",
    ];
    matches!(value, "yes" | "no") || value.split_ascii_whitespace().all(|it| extended(it) || PARTS.contains(&it))
}

fn coordinates(value: &str) -> bool {
    let number = |it: &str| {
        let digits = it.strip_prefix('-').unwrap_or(it);
        it == "#" || !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit())
    };
    value.split(';').count() == 4 && value.split(';').all(number)
}

fn mime(value: &str) -> bool {
    const TYPES: &[&str] = &["text", "multipart", "message", "application", "image", "audio", "video", "model"];
    let (kind, rest) = value.split_once('/').map_or((value, None), |(kind, rest)| (kind, Some(rest)));
    TYPES.contains(&kind) && rest != Some("")
}

/// Whether `value` is an `xs:dateTime`.
fn date_time(value: &str) -> bool {
    let Some((date, time)) = value.split_once('T') else { return false };
    let (clock, zone) = time.find(['Z', '+', '-']).map_or((time, ""), |at| time.split_at(at));
    let (clock, part) = clock.split_once('.').unwrap_or((clock, "0"));
    let date = date.strip_prefix('-').unwrap_or(date);
    let parts = numbers(date, '-', &[(1, 9999), (1, 12), (1, 31)]) && numbers(clock, ':', &[(0, 24), (0, 59), (0, 59)]);
    let zone = zone.is_empty() || zone == "Z" || numbers(&zone[1..], ':', &[(0, 14), (0, 59)]);
    parts && zone && !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit())
}

/// Whether `value` is numbers of two digits (a year has four) between these bounds.
fn numbers(value: &str, between: char, bounds: &[(u32, u32)]) -> bool {
    let parts: Vec<&str> = value.split(between).collect();
    let good = |(part, (least, most)): (&&str, &(u32, u32))| {
        let digits = if *most > 99 { 4 } else { 2 };
        part.len() == digits
            && part.bytes().all(|it| it.is_ascii_digit())
            && part.parse().is_ok_and(|it| (*least..=*most).contains(&it))
    };
    parts.len() == bounds.len() && parts.iter().zip(bounds).all(good)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn sorts(kind: &str, good: &[&str], bad: &[&str]) {
        let kind = Kind::named(kind);
        assert!(good.iter().all(|it| kind.takes(it)), "{good:?}");
        assert!(!bad.iter().any(|it| kind.takes(it)), "{bad:?}");
    }

    #[test]
    fn values_are_of_their_kind() {
        sorts(
            "language",
            &["en", "zh-Hans-CN", "x-klingon", "i-enochian", "es-419"],
            &["e", "zh_CN", "en-", "", "x", "en-x"],
        );
        sorts("nmtoken", &["a", "1.2-_:", "é"], &["", "a b", "a&"]);
        sorts("name", &["a1", "_"], &["1a", "-"]);
        sorts("positive", &["1", "+10", "007"], &["0", "-1", "1.0", ""]);
        sorts("percent", &["0", "81.5", "100", ".5"], &["100.1", "-1", "81%", "1e1", ""]);
        sorts(
            "dateTime",
            &["2026-03-02T08:00:00Z", "2026-03-02T08:00:00.25+08:00"],
            &["2026-03-02", "2026-13-02T08:00:00Z", "T"],
        );
        sorts("coordinates", &["1;2;-3;#"], &["1;2;3", "a;1;1;1"]);
        sorts("user", &["a:b"], &["a", "a:", ":b", "a:b c", "a:b:c"]);
        sorts("hex", &["001A"], &["1", "zz"]);
        sorts("uri", &["#n=n1", "http://a.b/c?d=%20"], &["%zz", "a#b#c"]);
    }
}
