//! Characters that no translation holds unless its source does.
//!
//! Replacement characters and controls are damage on the way; noncharacters cannot stand in XML; marks that set the
//! direction of writing and are not closed would turn around whatever follows on a page. Nothing is stripped: an answer that
//! holds them was damaged somewhere, and what else it lost cannot be seen. Marks of direction that are closed again, and
//! those of a single place (U+200E, U+200F, U+061C), are ordinary in Arabic and Hebrew and stay.

use super::Case;

pub(super) fn refuses(case: &Case<'_>) -> Option<String> {
    let foreign = |c: &char| !case.source.contains(*c);
    let damage = case.draft.chars().filter(foreign).find(|&c| is_damage(c));
    let damage = damage.or_else(|| unclosed(case.draft).filter(foreign));
    damage.map(|damage| format!("the answer holds the character U+{:04X}", u32::from(damage)))
}

fn is_damage(c: char) -> bool {
    let is_noncharacter = matches!(u32::from(c) & 0xFFFF, 0xFFFE | 0xFFFF) || ('\u{FDD0}'..='\u{FDEF}').contains(&c);
    let is_override = matches!(c, '\u{202D}' | '\u{202E}');
    let is_control = c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    c == char::REPLACEMENT_CHARACTER || is_noncharacter || is_override || is_control
}

/// The first mark of an embedding or isolate (UAX 9) that is not closed, or closes none.
fn unclosed(text: &str) -> Option<char> {
    let mut open: Vec<char> = Vec::new();
    for c in text.chars() {
        match c {
            '\u{202A}' | '\u{202B}' | '\u{2066}'..='\u{2068}' => open.push(c),
            '\u{202C}' | '\u{2069}' => {
                let is_isolate = open.pop().map(|c| c >= '\u{2066}');
                if is_isolate != Some(c == '\u{2069}') {
                    return Some(c);
                }
            }
            _ => {}
        }
    }
    open.first().copied()
}
