//! Reads plain text, most of all as it is scraped off news sites.
//!
//! ```text
//!  Home > News > World               breadcrumb: the section
//!  A headline                        the title
//!  2020-07-24 10:35:00Xinhua         date line: time and agency
//!  BEIJING, July 24 (Xinhua) -- ..   paragraphs: blank lines between, one a line, or hard-wrapped
//!  Related News                      teasers, share lines, editor lines
//! ```
//! Law: every character that is not white space or a list's marker ends up in a block or in a cut.

mod paragraphs;

use super::draft::Draft;
use super::furniture::{self, Sieve};
use super::inline::fold;
use super::{Error, Source, dateline};
use crate::model::BlockKind;
use paragraphs::Row;

/// How many lines from the top belong to the head of a page at most.
const HEAD_LINES: usize = 12;
/// The longest headline, in characters.
const LONGEST_TITLE: usize = 250;

/// Reads a plain text.
pub(super) fn read(source: &Source<'_>) -> Result<Draft, Error> {
    source.check_lines()?;
    let lines = source.text.split(['\n', '\u{2028}', '\u{2029}']);
    let rows: Vec<Row> = (1..).zip(lines).map(|(number, line)| Row { number, text: fold(line) }).collect();
    let mut draft = Draft::default();
    let keep = source.options.keep_furniture;
    let head = head(&rows, keep, &mut draft);
    let mut body = paragraphs::join_wrapped(&rows[head..]);
    let mut sieve = Sieve::default();
    body.retain(|row| match sieve.why(&row.text) {
        Some(why) if !keep => {
            draft.cut(Some(row.number), &row.text, why);
            false
        }
        _ => true,
    });
    if !keep {
        cut_end_marks(&mut body, &mut draft);
    }
    draft.blocks.extend(paragraphs::blocks(&body));
    Ok(draft)
}

fn cut_end_marks(rows: &mut [Row], draft: &mut Draft) {
    for row in rows {
        let Some(at) = furniture::end_mark(&row.text) else { continue };
        draft.cut(Some(row.number), &row.text[at..], furniture::END_MARK);
        row.text.truncate(row.text[..at].trim_end().len());
    }
}

/// Reads what stands above the text and answers how many rows that is.
fn head(rows: &[Row], keep: bool, draft: &mut Draft) -> usize {
    let filled = rows.iter().enumerate().filter(|(_, row)| !row.text.is_empty()).take(HEAD_LINES);
    let mut kept = Vec::new();
    let mut end = 0;
    for (at, row) in filled {
        if let Some(why) = draft.head_line(&row.text) {
            if keep {
                kept.push(row.text.clone());
            } else {
                draft.cut(Some(row.number), &row.text, why);
            }
        } else if draft.metadata.title.is_none() && is_title(rows, at) {
            draft.metadata.title = Some(row.text.clone());
            kept.push(row.text.clone());
        } else if draft.metadata.title.is_some() && is_above_date(&rows[at + 1..]) {
            kept.push(row.text.clone());
        } else {
            break;
        }
        end = at + 1;
    }
    let title = draft.metadata.title.clone();
    for text in kept {
        let kind = if Some(&text) == title.as_ref() { BlockKind::Headline } else { BlockKind::Paragraph };
        draft.block(kind, text);
    }
    end
}

/// Whether a line of date and agency follows soon, as it does below a summary that stands under the headline.
fn is_above_date(rows: &[Row]) -> bool {
    let next = rows.iter().filter(|row| !row.text.is_empty()).take(2);
    let is_full = |date: furniture::DateLine| date.source.is_some() || date.published.contains('T');
    next.filter_map(|row| furniture::date_line(&row.text)).any(is_full)
}

/// Whether the row at `at` is a headline: short, no sentence, and followed by something that shows it stands alone.
fn is_title(rows: &[Row], at: usize) -> bool {
    let line = &rows[at].text;
    let length = line.chars().count();
    if length > LONGEST_TITLE
        || furniture::is_sentence(line) && !line.ends_with(['!', '！'])
        || dateline::find(line).is_some()
    {
        return false;
    }
    let Some(next) = rows.get(at + 1) else { return false };
    let followed = rows[at + 1..].iter().any(|row| !row.text.is_empty());
    // In a hard-wrapped paragraph, the next line is about as long.
    let stands_alone = next.text.is_empty()
        || length * 5 < next.text.chars().count() * 3
        || Draft::default().head_line(&next.text).is_some()
        || is_above_date(&rows[at + 1..])
        || dateline::find(&next.text).is_some();
    followed && stands_alone
}

#[cfg(test)]
mod tests;
