//! Puts lines together to paragraphs, lists and subheads.

use crate::ingest::furniture;
use crate::model::{Block, BlockKind, Text};

/// A line of the input.
#[derive(Debug)]
pub(super) struct Row {
    /// Its number, from 1.
    pub(super) number: usize,
    /// What it says, white space folded.
    pub(super) text: String,
}

/// The line lengths, in columns, to which paragraphs are broken.
const WRAP: std::ops::RangeInclusive<usize> = 36..=110;
/// The longest subhead, in columns.
const LONGEST_SUBHEAD: usize = 80;

/// Joins the lines of paragraphs that were broken to a line length; blank rows are left out.
pub(super) fn join_wrapped(rows: &[Row]) -> Vec<Row> {
    let width = wrap_width(rows);
    let mut joined: Vec<Row> = Vec::new();
    let mut last = "";
    for row in rows {
        let text = row.text.as_str();
        match (joined.last_mut(), width) {
            (Some(paragraph), Some(width)) if may_continue(last, text) && is_wrap(last, text, width) => {
                join(&mut paragraph.text, text);
            }
            _ if text.is_empty() => {}
            _ => joined.push(Row { number: row.number, text: text.to_owned() }),
        }
        last = text;
    }
    joined
}

/// The line length to which the text is broken; nothing where lines are paragraphs.
///
/// Broken lines mostly end within a sentence, and where they do, the next word would not have fitted.
fn wrap_width(rows: &[Row]) -> Option<usize> {
    let width = rows.iter().map(|row| columns(&row.text)).max().filter(|width| WRAP.contains(width))?;
    let pairs = rows.windows(2).map(|pair| (pair[0].text.as_str(), pair[1].text.as_str()));
    let breaks: Vec<_> = pairs.filter(|(line, next)| may_continue(line, next)).collect();
    let within: Vec<_> = breaks.iter().filter(|(line, _)| !furniture::is_sentence(line)).collect();
    let tight = within.iter().filter(|(line, next)| is_wrap(line, next, width)).count();
    (tight > 0 && within.len() * 10 >= breaks.len() * 6 && tight * 10 >= within.len() * 8).then_some(width)
}

/// Whether `next` could be the same paragraph as `line`.
fn may_continue(line: &str, next: &str) -> bool {
    let apart = line.is_empty() || next.is_empty() || marker(next).is_some();
    !apart && !furniture::is_furniture(next) && !furniture::is_furniture(line)
}

/// Whether the break between two lines is there because the next word did not fit.
fn is_wrap(line: &str, next: &str, width: usize) -> bool {
    // Text without spaces breaks anywhere but before punctuation, which may cost a line two characters.
    let word = if next.starts_with(is_wide) { 4 } else { 1 + columns(next.split(' ').next().unwrap_or(next)) };
    columns(line) + word > width || (!furniture::is_sentence(line) && next.starts_with(char::is_lowercase))
}

fn join(line: &mut String, next: &str) {
    let meets = |a: char, b: char| is_wide(a) && (is_wide(b) || "“”‘’—…".contains(b));
    let (end, start) = (line.chars().next_back().unwrap_or(' '), next.chars().next().unwrap_or(' '));
    if !meets(end, start) && !meets(start, end) {
        line.push(' ');
    }
    line.push_str(next);
}

/// The blocks that rows make up: lists and subheads are told from paragraphs.
///
/// Two items in a row make a list, and its markers are taken off.
pub(super) fn blocks(rows: &[Row]) -> Vec<Block> {
    let markers: Vec<Option<Marker>> = rows.iter().map(|row| marker(&row.text)).collect();
    let follows = |at: usize| match (markers.get(at).copied().flatten(), markers.get(at + 1).copied().flatten()) {
        (Some(Marker::Bullet(_)), Some(Marker::Bullet(_))) => true,
        (Some(Marker::Number(_, this)), Some(Marker::Number(_, next))) => next == this + 1,
        _ => false,
    };
    let in_list = |at: usize| follows(at) || at.checked_sub(1).is_some_and(follows);
    let block = |(at, row): (usize, &Row)| {
        let (kind, marker) = match markers[at] {
            Some(Marker::Bullet(length)) if in_list(at) => (BlockKind::Bullet, length),
            Some(Marker::Number(length, _)) if in_list(at) => (BlockKind::Numbered, length),
            _ if is_subhead(rows, at) => (BlockKind::Subhead, 0),
            _ => (BlockKind::Paragraph, 0),
        };
        Block { kind, text: Text::from(row.text[marker..].trim_start()) }
    };
    rows.iter().enumerate().map(block).filter(|block| !block.text.plain().is_empty()).collect()
}

#[derive(Debug, Clone, Copy)]
enum Marker {
    /// A dot or dash, so many bytes long.
    Bullet(usize),
    /// A number, so many bytes long with what follows it.
    Number(usize, u32),
}

/// The list marker a line begins with. Long dashes are none: dialogue begins with them.
fn marker(line: &str) -> Option<Marker> {
    for bullet in ["- ", "* ", "• ", "· ", "▪ ", "● ", "◦ ", "■ ", "•", "●"] {
        if line.starts_with(bullet) && line.len() > bullet.len() {
            return Some(Marker::Bullet(bullet.len()));
        }
    }
    let open = usize::from(line.starts_with('('));
    let digits = line[open..].bytes().take_while(u8::is_ascii_digit).count();
    let number = line[open..open + digits].parse().ok().filter(|_| digits <= 2)?;
    let rest = &line[open + digits..];
    let close = [". ", ") ", "、", "．"].iter().find(|close| rest.starts_with(**close))?;
    let length = open + digits + close.len();
    (line.len() > length).then_some(Marker::Number(length, number))
}

/// A short line that is no sentence, between others, before a longer sentence.
fn is_subhead(rows: &[Row], at: usize) -> bool {
    let Some(Row { text: next, .. }) = rows.get(at + 1) else { return false };
    let line = &rows[at].text;
    let short = columns(line) <= LONGEST_SUBHEAD && line.starts_with(char::is_alphanumeric);
    let open = !furniture::is_sentence(line) && !line.ends_with([',', '，', ';', '；', '?', '？', '"', '”', '、']);
    at > 0 && short && open && furniture::is_sentence(next) && columns(next) > columns(line)
}

/// Ideographs, kana and full-width signs; Hangul is written with spaces.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

/// How many columns a text takes in a terminal.
fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| if is_wide(c) || matches!(c, '\u{1100}'..='\u{115f}' | '\u{ac00}'..='\u{d7a3}') { 2 } else { 1 })
        .sum()
}
