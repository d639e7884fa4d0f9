//! Finds the time of publication in a line, in the ways that news sites write it.

/// A date found in a line: ISO 8601, and the bytes of the line it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// `2020-07-24` or `2020-07-24T10:35:00`.
    pub(super) iso: String,
    /// What it covers.
    pub(super) range: std::ops::Range<usize>,
}

/// Month names by their first letters, lower case: English, Portuguese, Spanish, French, German, Russian; whole in Arabic.
#[rustfmt::skip]
const MONTHS: &[(&str, u32)] = &[
    ("янв", 1), ("фев", 2), ("мар", 3), ("апр", 4), ("мая", 5), ("май", 5), ("июн", 6), ("июл", 7), ("авг", 8),
    ("сен", 9), ("окт", 10), ("ноя", 11), ("дек", 12), ("jan", 1), ("ene", 1), ("feb", 2), ("fev", 2),
    ("fév", 2), ("mar", 3), ("mär", 3), ("apr", 4), ("abr", 4), ("avr", 4), ("may", 5), ("mai", 5), ("jun", 6),
    ("juin", 6), ("jul", 7), ("juil", 7), ("aug", 8), ("ago", 8), ("aoû", 8), ("sep", 9), ("set", 9),
    ("oct", 10), ("out", 10), ("okt", 10), ("nov", 11), ("dec", 12), ("dez", 12), ("dic", 12), ("déc", 12),
    ("يناير", 1), ("فبراير", 2), ("مارس", 3), ("أبريل", 4), ("ابريل", 4), ("إبريل", 4), ("مايو", 5), ("يونيو", 6),
    ("يوليو", 7), ("أغسطس", 8), ("اغسطس", 8), ("سبتمبر", 9), ("أكتوبر", 10), ("اكتوبر", 10), ("نوفمبر", 11),
    ("ديسمبر", 12),
];

/// Time zones after a space, as they follow a time.
#[rustfmt::skip]
pub(super) const ZONES: &[&str] = &[" GMT", " UTC", " BJT", " EST", " EDT", " CEST", " CET", " MSK", " BST"];

/// The first date in `text`, with the time where one follows.
pub(super) fn find(text: &str) -> Option<Found> {
    let mut starts =
        text.char_indices().filter(|(at, _)| !text[..*at].ends_with(char::is_alphanumeric)).map(|(at, _)| at);
    starts.find_map(|at| date_at(text, at))
}

/// `value` as ISO 8601: as it is where it begins like that, time zone included, else the date that is found in it.
pub(super) fn iso(value: &str) -> Option<String> {
    let found = find(value)?;
    let is_iso = value.starts_with(&found.iso) && value.chars().all(|c| c.is_ascii_digit() || "-:T.+Z".contains(c));
    Some(if is_iso { value.to_owned() } else { found.iso })
}

/// Whether `word` is the name of a month or its abbreviation.
pub(super) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

fn date_at(text: &str, start: usize) -> Option<Found> {
    let read = [numeric as fn(&mut Cursor<'_>) -> Option<Day>, numeric_day_first, day_first, month_first];
    let mut ahead = Cursor { text, at: start };
    let early = clock(&mut ahead).filter(|_| {
        ahead.skip(ZONES);
        ahead.skip(&[", ", " | ", " • ", " "])
    });
    let from = if early.is_some() { ahead } else { Cursor { text, at: start } };
    let (day, mut cursor) = read.into_iter().find_map(|read| {
        let mut cursor = from;
        read(&mut cursor).map(|day| (day, cursor))
    })?;
    let (year, month, day) = day;
    let valid = (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let mut iso = valid.then(|| format!("{year:04}-{month:02}-{day:02}"))?;
    let mut end = cursor.at;
    if let Some(time) = early {
        iso.push_str(&time);
    } else if let Some(time) = clock(&mut cursor) {
        iso.push_str(&time);
        end = cursor.at;
    }
    Some(Found { iso, range: start..end })
}

type Day = (u32, u32, u32);

/// `2020-07-24`, `2020/7/24`, `2020.07.24`, `2020年07月24日`.
fn numeric(cursor: &mut Cursor<'_>) -> Option<Day> {
    let year = cursor.number(4..=4)?;
    let separator = cursor.next_of(&['-', '/', '.', '年'])?;
    let month = cursor.number(1..=2)?;
    cursor.next_of(&[if separator == '年' { '月' } else { separator }])?;
    let day = cursor.number(1..=2)?;
    if separator == '年' {
        cursor.next_of(&['日'])?;
    }
    Some((year, month, day))
}

/// `24.07.2020`, `24/07/2020`, `24-07-2020`. With a dot the day comes first everywhere; else only a number that can be
/// no month tells.
fn numeric_day_first(cursor: &mut Cursor<'_>) -> Option<Day> {
    let first = cursor.number(1..=2)?;
    let separator = cursor.next_of(&['.', '/', '-'])?;
    let second = cursor.number(1..=2)?;
    cursor.next_of(&[separator])?;
    let year = cursor.number(4..=4)?;
    match (separator, first, second) {
        ('.', ..) | (_, 13.., _) => Some((year, second, first)),
        (.., 13..) => Some((year, first, second)),
        _ => None,
    }
}

/// `24 July 2020`, `24 de julho de 2020`, `24. Juli 2020`, `24 июля 2020`.
fn day_first(cursor: &mut Cursor<'_>) -> Option<Day> {
    let day = cursor.number(1..=2)?;
    cursor.skip(&[".", "º", "st ", "nd ", "rd ", "th "]);
    cursor.skip(&[" "]);
    cursor.skip(&["de "]);
    let month = month(cursor.word()?)?;
    cursor.skip(&["."]);
    cursor.skip(&[","]);
    cursor.skip(&[" "]);
    cursor.skip(&["de ", "del "]);
    Some((cursor.number(4..=4)?, month, day))
}

/// `July 24, 2020`, `Jul. 24 2020`.
fn month_first(cursor: &mut Cursor<'_>) -> Option<Day> {
    let month = month(cursor.word()?)?;
    cursor.skip(&["."]);
    cursor.skip(&[" "]);
    let day = cursor.number(1..=2)?;
    cursor.skip(&[","]);
    cursor.skip(&[" "]);
    Some((cursor.number(4..=4)?, month, day))
}

/// `10:35`, `10:35:00`, `T10:35:00Z`, `10h35`, `2:05 PM`, with what stands between date and time.
fn clock(cursor: &mut Cursor<'_>) -> Option<String> {
    cursor.skip(&["T", ", ", " - ", " at ", " às ", " à ", " в "]);
    while cursor.skip(&[" ", "\u{a0}", "\u{3000}", "|"]) {}
    let hour = cursor.number(1..=2)?;
    cursor.next_of(&[':', '：', 'h'])?;
    let minute = cursor.number(2..=2)?;
    let mut second = None;
    let mut ahead = *cursor;
    if ahead.next_of(&[':', '：']).is_some() {
        second = ahead.number(2..=2);
        *cursor = ahead;
    }
    let hour = twelve_hour(cursor, hour);
    let valid = hour < 24 && minute < 60 && second.is_none_or(|second| second < 61);
    let seconds = second.map(|second| format!(":{second:02}")).unwrap_or_default();
    valid.then(|| format!("T{hour:02}:{minute:02}{seconds}"))
}

fn twelve_hour(cursor: &mut Cursor<'_>, hour: u32) -> u32 {
    let mut ahead = *cursor;
    ahead.skip(&[" "]);
    let afternoon = ahead.skip(&["PM", "pm", "p.m."]);
    if !afternoon && !ahead.skip(&["AM", "am", "a.m."]) {
        return hour;
    }
    *cursor = ahead;
    hour % 12 + if afternoon { 12 } else { 0 }
}

fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    // The whole word must be a month or its abbreviation: `marketing` and `decision` are none.
    let is_name = |name: &str| word == name || FULL_MONTHS.contains(&word.as_str());
    MONTHS.iter().find(|(start, _)| word.starts_with(start) && is_name(start)).map(|(_, number)| *number)
}

/// Full names, so that other words that begin like a month are not taken for one.
#[rustfmt::skip]
const FULL_MONTHS: &[&str] = &[
    "january", "february", "march", "april", "june", "july", "august", "september", "sept", "october",
    "november", "december", "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto",
    "setembro", "outubro", "novembro", "dezembro", "enero", "febrero", "marzo", "mayo", "junio", "julio",
    "septiembre", "octubre", "noviembre", "diciembre", "janvier", "février", "mars", "avril", "juillet",
    "août", "septembre", "octobre", "novembre", "décembre", "januar", "februar", "märz", "juni", "juli",
    "oktober", "dezember", "января", "февраля", "марта", "апреля", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
];

/// A place in a text from which things are read.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let count = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let number = digits.contains(&count).then(|| self.rest()[..count].parse().ok())??;
        self.at += count;
        Some(number)
    }

    fn next_of(&mut self, chars: &[char]) -> Option<char> {
        let found = self.rest().chars().next().filter(|c| chars.contains(c))?;
        self.at += found.len_utf8();
        Some(found)
    }

    fn skip(&mut self, strings: &[&str]) -> bool {
        let found = strings.iter().find(|string| self.rest().starts_with(**string));
        self.at += found.map_or(0, |string| string.len());
        found.is_some()
    }

    fn word(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        self.at += end;
        (end > 0).then(|| &rest[..end])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(text: &str, iso: &str, rest: &str) {
        let found = find(text).expect("a date");
        assert_eq!((found.iso.as_str(), &text[found.range.end..]), (iso, rest), "{text}");
    }

    #[test]
    fn dates_are_read_as_sites_write_them() {
        finds("2020-07-24 10:35:00Xinhua", "2020-07-24T10:35:00", "Xinhua");
        finds("2020-07-24Xinhua", "2020-07-24", "Xinhua");
        finds("2020年07月24日10:35 来源：新华网", "2020-07-24T10:35", " 来源：新华网");
        finds("Updated: July 24, 2020 2:05 PM", "2020-07-24T14:05", "");
        finds("24 de julho de 2020 às 10h35 | Lusa", "2020-07-24T10:35", " | Lusa");
        finds("24 июля 2020, 09:12", "2020-07-24T09:12", "");
        finds("3 Mar 2021", "2021-03-03", "");
        finds("24. Juli 2020", "2020-07-24", "");
        finds("24.07.2020 10:35", "2020-07-24T10:35", "");
        finds("24/07/2020 10h35", "2020-07-24T10:35", "");
        finds("10:35, 24 июля 2020", "2020-07-24T10:35", "");
        finds("10:35 AM EDT, July 24, 2020", "2020-07-24T10:35", "");
        finds("10:35 24.07.2020", "2020-07-24T10:35", "");
        finds("24 يوليو 2020", "2020-07-24", "");
    }

    #[test]
    fn what_only_looks_like_a_date_is_none() {
        for text in [
            "2020-13-24",
            "12020-07-24",
            "10 decisions 2020",
            "20 marketing 2020",
            "Resolution 2020",
            "1/2/2020",
            "3.14.2020",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
