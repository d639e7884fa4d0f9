//! How far the review of a folder has come, as a table for a terminal.

use crate::emit::report::ArticleRow;
use crate::emit::report::text::line;

/// Writes a line for each article of `rows`, and the sums.
#[must_use]
pub fn progress(rows: &[ArticleRow]) -> String {
    let mut out = String::new();
    line(&mut out, format_args!("segments  reviewed  approved  edited  failed  article"));
    let mut sums = [0; 5];
    for row in rows {
        let counts =
            [row.counts.segments, row.reviewed.reviewed, row.reviewed.approved, row.reviewed.edited, row.counts.failed];
        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        write(&mut out, counts, &format!("{} to {}", row.origin, row.target));
    }
    write(&mut out, sums, "all");
    out
}

fn write(out: &mut String, [segments, reviewed, approved, edited, failed]: [usize; 5], name: &str) {
    line(out, format_args!("{segments:>8}  {reviewed:>8}  {approved:>8}  {edited:>6}  {failed:>6}  {name}"));
}
