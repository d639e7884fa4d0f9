//! Runs of digits and separators, and what they may mean.

use std::ops::Range;

use super::value::Value;

/// A run of digits, in groups between separators.
#[derive(Debug)]
pub(super) struct Token {
    /// The bytes it covers.
    pub(super) range: Range<usize>,
    /// Its groups, as ASCII digits; at least one.
    groups: Vec<String>,
    /// What stands between them: one less.
    separators: Vec<Separator>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    Point,
    Comma,
    /// Groups thousands only: a space, an apostrophe, the Arabic thousands separator.
    Thousands,
    /// The Arabic decimal separator.
    Decimal,
}

/// The tokens of `text` in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].find(|c| digit(c).is_some()) {
        let token = token(text, at + first);
        at = token.range.end;
        tokens.push(token);
    }
    tokens
}

/// Reads the token whose first digit is at `start`.
fn token(text: &str, start: usize) -> Token {
    let (group, mut end) = group(text, start);
    let (mut groups, mut separators) = (vec![group], Vec::new());
    while let Some((separator, next)) =
        text[end..].chars().next().and_then(|c| Some((separator(c)?, end + c.len_utf8())))
    {
        let (following, after) = self::group(text, next);
        let continues = match separator {
            Separator::Thousands => following.len() == 3 && groups.last().is_some_and(|group| group.len() <= 3),
            Separator::Point | Separator::Comma | Separator::Decimal => !following.is_empty(),
        };
        if !continues {
            break;
        }
        groups.push(following);
        separators.push(separator);
        end = after;
    }
    Token { range: start..end, groups, separators }
}

/// The digits from `start` on, and where they end.
fn group(text: &str, start: usize) -> (String, usize) {
    let digits: String = text[start..].chars().map_while(digit).collect();
    let bytes: usize = text[start..].chars().take(digits.len()).map(char::len_utf8).sum();
    (digits, start + bytes)
}

/// The ASCII digit that `c` stands for: European, full-width, Arabic-Indic or Persian.
fn digit(c: char) -> Option<char> {
    const ZEROS: [char; 4] = ['0', '０', '٠', '۰'];
    ZEROS.iter().find_map(|zero| {
        let value = u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10)?;
        char::from_digit(value, 10)
    })
}

fn separator(c: char) -> Option<Separator> {
    match c {
        '.' | '．' => Some(Separator::Point),
        ',' | '，' | '،' => Some(Separator::Comma),
        ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '’' | '٬' => Some(Separator::Thousands),
        '٫' => Some(Separator::Decimal),
        _ => None,
    }
}

impl Token {
    /// What the token means as one number: every reading that some language writes so.
    ///
    /// `5,000` is five thousand only, since no text writes five to three places.
    pub(super) fn readings(&self) -> Vec<Value> {
        let mut readings = Vec::new();
        if self.is_grouped(self.separators.len()) {
            readings.push(Value::decimal(&self.groups.concat(), ""));
        }
        if let (Some((last, before)), Some((fraction, whole))) =
            (self.separators.split_last(), self.groups.split_last())
            && *last != Separator::Thousands
            && !before.contains(last)
            && self.is_grouped(before.len())
            && fraction != "000"
        {
            readings.push(Value::decimal(&whole.concat(), fraction));
        }
        readings
    }

    /// Its groups as numbers of their own; none where it can only be one number.
    pub(super) fn parts(&self) -> Vec<Value> {
        let spaced = self.separators.contains(&Separator::Thousands);
        if !spaced && self.is_grouped(self.separators.len()) {
            return Vec::new();
        }
        self.groups.iter().map(|group| Value::decimal(group, "")).collect()
    }

    /// Whether the first `separators` group thousands: all alike and three digits after each.
    fn is_grouped(&self, separators: usize) -> bool {
        let alike = self.separators[..separators].windows(2).all(|two| two[0] == two[1]);
        let short = separators == 0 || self.groups[0].len() <= 3;
        alike && short && self.groups[1..=separators].iter().all(|group| group.len() == 3)
    }
}
