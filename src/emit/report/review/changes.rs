//! What reviewers changed, word by word, for a terminal.

use crate::emit::report::text::line;
use crate::review::diff::{self, Piece};
use crate::review::report::{ArticleChanges, Change};

/// Around what was cut and what was put in: in colour for a terminal that has it, in signs elsewhere.
const COLOURS: [[&str; 2]; 2] = [["\u{1b}[31m", "\u{1b}[0m"], ["\u{1b}[32m", "\u{1b}[0m"]];
const SIGNS: [[&str; 2]; 2] = [["[-", "-]"], ["{+", "+}"]];

/// Writes what was changed in an article: each segment with its source, and the change word by word.
#[must_use]
pub fn changes(article: &ArticleChanges, colour: bool) -> String {
    let mut out = String::new();
    let marks = if colour { COLOURS } else { SIGNS };
    line(&mut out, format_args!("{}: {} to {}", article.origin, article.source, article.target));
    for change in &article.segments {
        line(&mut out, format_args!("  {} ({})", change.segment, change.state.said()));
        line(&mut out, format_args!("    {}", change.source));
        out.push_str("    ");
        out.push_str(&words(change, marks));
        out.push('\n');
    }
    out
}

fn words(change: &Change, [cut, put]: [[&str; 2]; 2]) -> String {
    let mut text = String::new();
    let clean = |text: &str| {
        let mut clean = String::new();
        line(&mut clean, format_args!("{text}"));
        clean.trim_end_matches('\n').to_owned()
    };
    for piece in diff::words(&clean(&change.before), &clean(&change.after)) {
        match &piece {
            Piece::Same(same) => text.push_str(same),
            Piece::Cut(gone) => text.extend([cut[0], gone, cut[1]]),
            Piece::Put(new) => text.extend([put[0], new, put[1]]),
        }
    }
    text
}
