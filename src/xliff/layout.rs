//! Layout that a tool sets within a text while it writes a file anew.
//!
//! Some tools put every inline code on a line of its own: what was `a <g>b</g>` comes back as `a`, a space, a line break, an
//! indent, and the code. An export has line breaks as codes, so that one that stands beside a code is no text.
//!
//! Law: no character is taken but line breaks beside a code, and the white space between them and the code.

use super::{Code, Content};

/// What XML calls white space.
const LAYOUT: [char; 4] = [' ', '\t', '\r', '\n'];

impl Content {
    /// The same without the line breaks and indents that stand beside codes.
    #[must_use]
    pub fn without_layout(&self) -> Self {
        let mut plain = Self::default();
        let mut from = 0;
        for code in &self.codes {
            plain.text.push_str(before_code(after_code(&self.text[from..code.at], !plain.codes.is_empty())));
            plain.codes.push(Code { at: plain.text.len(), ..code.clone() });
            from = code.at;
        }
        plain.text.push_str(after_code(&self.text[from..], !plain.codes.is_empty()));
        plain
    }
}

/// `chars` without the layout at their start, where they follow a code.
fn after_code(chars: &str, follow: bool) -> &str {
    if follow && chars.starts_with(['\r', '\n']) { chars.trim_start_matches(LAYOUT) } else { chars }
}

/// `chars`, which a code follows, without the layout at their end.
fn before_code(chars: &str) -> &str {
    let words = chars.trim_end_matches(LAYOUT).len();
    let layout = chars[words..].find(['\r', '\n']);
    layout.map_or(chars, |at| &chars[..words + at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xliff::Role;
    use proptest::prelude::*;

    /// A text in which `|` stands for a code.
    fn content(text: &str) -> Content {
        let mut content = Content::default();
        for char in text.chars() {
            if char == '|' {
                let (at, id) = (content.text.len(), content.codes.len().to_string());
                content.codes.push(Code { at, role: Role::Alone, id });
            } else {
                content.text.push(char);
            }
        }
        content
    }

    #[track_caller]
    fn settles(laid_out: &str, expected: &str) {
        assert_eq!(content(laid_out).without_layout(), content(expected));
    }

    #[test]
    fn what_a_pretty_printer_sets_beside_codes_goes() {
        settles("described in the \n    |full \n      |text|\n    |, today.", "described in the |full |text||, today.");
        settles("|A|\n  |B|", "|A||B|");
        settles("|x| \n   |y|", "|x| |y|");
        settles("a\r\n\t|b", "a|b");
    }

    #[test]
    fn what_an_author_set_stays() {
        settles("a | b|  c", "a | b|  c");
        settles("a\nb |c\u{a0}| d\n", "a\nb |c\u{a0}| d\n");
        settles("no code\n  here", "no code\n  here");
    }

    proptest! {
        #[test]
        fn nothing_but_white_space_is_taken(text in "[ab|é \n\t]{0,20}") {
            let (before, after) = (content(&text), content(&text).without_layout());
            let squashed = |text: &str| text.replace(LAYOUT, "");
            prop_assert_eq!(squashed(&before.text), squashed(&after.text));
            prop_assert_eq!(before.codes.len(), after.codes.len());
            prop_assert!(after.codes.iter().all(|code| after.text.is_char_boundary(code.at)));
            prop_assert_eq!(&after.without_layout(), &after);
        }
    }
}
