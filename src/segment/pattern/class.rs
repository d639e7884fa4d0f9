//! Bracketed classes and the escapes that stand for characters or sets of them.

use super::{MAX_DEPTH, Translator};

/// The classes that Java names by one letter, as members of a bracketed class.
const CLASSES: &[(char, &str)] = &[
    ('d', "0-9"),
    ('w', "a-zA-Z_0-9"),
    ('s', r"\t\n\x0B\f\r "),
    ('h', r"\t \x{A0}\x{1680}\x{180E}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}"),
    ('v', r"\n\x0B\f\r\x{85}\x{2028}\x{2029}"),
];

/// The POSIX and `java.lang.Character` classes that Java writes `\p{Name}`, as members of a bracketed class.
const NAMED: &[(&str, &str)] = &[
    ("Lower", "a-z"),
    ("Upper", "A-Z"),
    ("ASCII", r"\x00-\x7F"),
    ("Alpha", "a-zA-Z"),
    ("Digit", "0-9"),
    ("Alnum", "a-zA-Z0-9"),
    ("Punct", r"!-/:-@\[-`{-~"),
    ("Graph", "!-~"),
    ("Print", " -~"),
    ("Blank", r" \t"),
    ("Cntrl", r"\x00-\x1F\x7F"),
    ("XDigit", "0-9a-fA-F"),
    ("Space", r"\t\n\x0B\f\r "),
    ("javaLowerCase", r"\p{Lowercase}"),
    ("javaUpperCase", r"\p{Uppercase}"),
    (
        "javaWhitespace",
        r"\t\n\x0B\f\r\x1C-\x1F \x{1680}\x{2000}-\x{2006}\x{2008}-\x{200A}\x{2028}\x{2029}\x{205F}\x{3000}",
    ),
    ("javaMirrored", r"\p{Bidi_Mirrored}"),
];

impl Translator<'_> {
    /// Copies a bracketed class, with its escapes translated.
    pub(super) fn class(&mut self) -> Result<(), String> {
        let mut class = String::from("[");
        let mut depth = 1;
        let mut fresh = true;
        while let Some(c) = self.rest.next() {
            let first = std::mem::take(&mut fresh);
            match c {
                '^' if first => {
                    class.push('^');
                    fresh = true;
                }
                '[' => {
                    depth += 1;
                    fresh = true;
                    class.push('[');
                }
                ']' if !first => {
                    depth -= 1;
                    class.push(']');
                }
                ']' => class.push_str(r"\]"),
                '\\' => self.class_escape(&mut class)?,
                '~' => class.push_str(r"\~"),
                _ => class.push(c),
            }
            if depth == 0 {
                self.bracketed(&class);
                return Ok(());
            }
            if depth > MAX_DEPTH {
                return Err(format!("classes nest deeper than {MAX_DEPTH}"));
            }
        }
        Err("a `[` is not closed".to_owned())
    }

    fn class_escape(&mut self, class: &mut String) -> Result<(), String> {
        let Some(c) = self.rest.next() else { return Err("a `[` is not closed".to_owned()) };
        if c != 'Q' {
            let member = self.member(c)?;
            if is_set(c) && c.is_ascii_uppercase() {
                class.extend(["[", &member, "]"]);
            } else {
                class.push_str(&member);
            }
            return Ok(());
        }
        while let Some(c) = self.rest.next() {
            if c == '\\' && self.rest.next_if_eq(&'E').is_some() {
                return Ok(());
            }
            class.push_str(&escaped(c));
        }
        Err("a `[` is not closed".to_owned())
    }

    /// What the escape `\c` stands for, as it may stand inside a bracketed class.
    pub(super) fn member(&mut self, c: char) -> Result<String, String> {
        if let Some((_, members)) = CLASSES.iter().find(|(name, _)| *name == c.to_ascii_lowercase() && is_set(c)) {
            return Ok(if c.is_ascii_uppercase() { format!("^{members}") } else { (*members).to_owned() });
        }
        match c {
            'p' | 'P' => self.property(c == 'P'),
            't' | 'n' | 'r' | 'f' => Ok(format!("\\{c}")),
            'a' => Ok(r"\x07".to_owned()),
            'e' => Ok(r"\x1B".to_owned()),
            'x' | 'u' => self.hexadecimal(c),
            '0' => self.octal(),
            c if c.is_ascii_alphanumeric() => Err(format!("the escape `\\{c}` is not supported")),
            c => Ok(escaped(c)),
        }
    }

    fn property(&mut self, negated: bool) -> Result<String, String> {
        let name = self.property_name()?;
        let inner = if let Some((_, members)) = NAMED.iter().find(|(named, _)| *named == name) {
            (*members).to_owned()
        } else if let Some(block) = name.strip_prefix("In").filter(|block| !block.is_empty()) {
            return Err(format!("the block `In{block}` is not supported: use a script, `Is{block}`"));
        } else {
            format!(r"\p{{{}}}", name.strip_prefix("Is").unwrap_or(&name))
        };
        Ok(if negated { format!("[^{inner}]") } else { format!("[{inner}]") })
    }

    fn property_name(&mut self) -> Result<String, String> {
        match self.rest.next() {
            Some('{') => {}
            Some(letter) if letter.is_ascii_alphabetic() => return Ok(letter.to_string()),
            _ => return Err("`\\p` names no property".to_owned()),
        }
        let mut name = String::new();
        for c in self.rest.by_ref() {
            match c {
                '}' => return Ok(name),
                c if c.is_ascii_alphanumeric() || "_- =".contains(c) => name.push(c),
                c => return Err(format!("a property's name holds `{c}`")),
            }
        }
        Err("a `\\p{` is not closed".to_owned())
    }

    fn hexadecimal(&mut self, kind: char) -> Result<String, String> {
        let mut digits = String::new();
        if kind == 'x' && self.rest.next_if_eq(&'{').is_some() {
            digits.extend(self.rest.by_ref().take_while(|c| *c != '}'));
        } else {
            let length = if kind == 'x' { 2 } else { 4 };
            digits.extend(self.rest.by_ref().take(length));
        }
        match u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32) {
            Some(c) => Ok(format!(r"\x{{{:X}}}", u32::from(c))),
            None => Err(format!("`\\{kind}{digits}` is no character")),
        }
    }

    fn octal(&mut self) -> Result<String, String> {
        let mut value = 0;
        let mut digits = 0;
        while let Some(digit) = self.rest.peek().and_then(|c| c.to_digit(8)).filter(|_| digits < 3) {
            value = value * 8 + digit;
            digits += 1;
            self.rest.next();
        }
        if digits == 0 || value > 0o377 {
            return Err("`\\0` wants one to three octal digits up to 377".to_owned());
        }
        Ok(format!(r"\x{{{value:X}}}"))
    }
}

/// Whether the escape of `c` stands for a set of characters.
pub(super) fn is_set(c: char) -> bool {
    matches!(c, 'd' | 'D' | 'w' | 'W' | 's' | 'S' | 'h' | 'H' | 'v' | 'V')
}

/// Writes `c` so that it stands for itself inside and outside a class, in every syntax used here.
pub(super) fn escaped(c: char) -> String {
    if c.is_alphanumeric() || !c.is_ascii() || c == ' ' { c.to_string() } else { format!(r"\x{{{:X}}}", u32::from(c)) }
}
