//! What reviewers changed, word by word, for a terminal.

use crate::emit::report::text::line;
use crate::review::report::{ArticleChanges, Change};
use similar::{ChangeTag, TextDiff};

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
    let (before, after) = (clean(&change.before), clean(&change.after));
    let diff = TextDiff::from_unicode_words(&before, &after);
    for op in diff.ops() {
        for piece in diff.iter_changes(op) {
            match piece.tag() {
                ChangeTag::Equal => text.push_str(piece.value()),
                ChangeTag::Delete => text.extend([cut[0], piece.value(), cut[1]]),
                ChangeTag::Insert => text.extend([put[0], piece.value(), put[1]]),
            }
        }
    }
    // What is cut or put in side by side is one.
    text.replace(&[cut[1], cut[0]].concat(), "").replace(&[put[1], put[0]].concat(), "")
}
