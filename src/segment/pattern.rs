//! Java regular expressions, as rule files write them, for engines that are not Java's.
//!
//! Each expression is translated twice. The *wide* form is regular: look-around, word borders, possessive
//! quantifiers and back-references are widened away, so that it runs on an automaton.
//! The *exact* form keeps them, for `fancy-regex`. Law: what the exact form matches, the wide form matches.

use std::iter::Peekable;
use std::ops::Range;
use std::str::Chars;

mod class;

use super::alphabet::Alphabet;
use class::{escaped, is_set};

/// Longest expression in bytes.
const MAX_BYTES: usize = 256 * 1024;
/// Deepest nesting of groups or of classes.
const MAX_DEPTH: usize = 64;

/// An expression in the two forms of the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    /// Regular, in the syntax of `regex-syntax`; matches at least what the expression matches.
    pub(super) wide: String,
    /// In the syntax of `fancy-regex`.
    pub(super) exact: String,
    /// Whether the wide form already is exact.
    pub(super) regular: bool,
    /// Number of capturing groups.
    pub(super) groups: usize,
    /// Where the bracketed classes of the wide form stand in it.
    classes: Vec<Range<usize>>,
}

impl Pattern {
    /// Translates `java`; its back-references are counted on by `groups_before`.
    ///
    /// # Errors
    /// A sentence on what cannot be translated.
    pub(super) fn translate(java: &str, groups_before: usize) -> Result<Self, String> {
        if java.len() > MAX_BYTES {
            return Err(format!("it is longer than {MAX_BYTES} bytes"));
        }
        let out = Self { wide: String::new(), exact: String::new(), regular: true, groups: 0, classes: Vec::new() };
        let mut translator =
            Translator { rest: java.chars().peekable(), out, groups_before, hidden: 0, open: Vec::new(), atom: None };
        translator.run()?;
        Ok(translator.out)
    }

    /// The wide form for texts of `alphabet`: it matches in them what the wide form matches, and is smaller.
    pub(super) fn within(&self, alphabet: Alphabet) -> String {
        let Some(alphabet) = alphabet.class() else { return self.wide.clone() };
        let mut out = String::new();
        let mut at = 0;
        for class in &self.classes {
            out.push_str(&self.wide[at..class.start]);
            out.extend(["[", &self.wide[class.clone()], "&&", &alphabet, "]"]);
            at = class.end;
        }
        out.push_str(&self.wide[at..]);
        out
    }
}

struct Translator<'a> {
    rest: Peekable<Chars<'a>>,
    out: Pattern,
    groups_before: usize,
    /// Number of open look-arounds: what is in them is not in the wide form.
    hidden: usize,
    open: Vec<Group>,
    /// Where the last atom begins in the exact form.
    atom: Option<usize>,
}

struct Group {
    start: usize,
    around: bool,
}

impl Translator<'_> {
    fn run(&mut self) -> Result<(), String> {
        while let Some(c) = self.rest.next() {
            match c {
                '\\' => self.escape()?,
                '[' => self.class()?,
                '(' => self.open()?,
                ')' => self.close()?,
                '|' => self.both("|", false),
                '?' | '*' | '+' => self.quantifier(c.to_string()),
                '{' => self.repetition()?,
                '.' | '^' | '$' => self.both(&c.to_string(), true),
                literal => self.literal(literal),
            }
        }
        if self.open.is_empty() { Ok(()) } else { Err("a group is not closed".to_owned()) }
    }

    fn both(&mut self, piece: &str, atom: bool) {
        self.apart(piece, piece, atom);
    }

    /// Writes what is `wide` in one form and `exact` in the other.
    fn apart(&mut self, wide: &str, exact: &str, atom: bool) {
        self.atom = atom.then_some(self.out.exact.len());
        self.out.exact.push_str(exact);
        if self.hidden == 0 {
            self.out.wide.push_str(wide);
        }
    }

    /// Writes what only the exact form can say; the wide form has nothing in its place.
    fn inexact(&mut self, exact: &str) {
        self.out.regular = false;
        self.apart("(?:)", exact, true);
    }

    /// Writes a bracketed class.
    fn bracketed(&mut self, class: &str) {
        let start = self.out.wide.len();
        self.both(class, true);
        if self.hidden == 0 {
            self.out.classes.push(start..self.out.wide.len());
        }
    }

    fn literal(&mut self, c: char) {
        self.both(&escaped(c), true);
    }

    fn open(&mut self) -> Result<(), String> {
        if self.open.len() == MAX_DEPTH {
            return Err(format!("groups nest deeper than {MAX_DEPTH}"));
        }
        let start = self.out.exact.len();
        if self.rest.next_if_eq(&'?').is_none() {
            self.out.groups += 1;
            self.opened("(?:", "(", start);
            return Ok(());
        }
        match self.rest.next() {
            Some(':') => self.opened("(?:", "(?:", start),
            Some('>') => {
                self.out.regular = false;
                self.opened("(?:", "(?>", start);
            }
            Some(sign @ ('=' | '!')) => self.look(&format!("(?{sign}"), start),
            Some('<') => match self.rest.next() {
                Some(sign @ ('=' | '!')) => self.look(&format!("(?<{sign}"), start),
                _ => return Err("named groups are not supported: number them".to_owned()),
            },
            Some(flag) => return self.flags(flag, start),
            None => return Err("a group is not closed".to_owned()),
        }
        Ok(())
    }

    fn opened(&mut self, wide: &str, exact: &str, start: usize) {
        self.apart(wide, exact, false);
        self.open.push(Group { start, around: false });
    }

    fn look(&mut self, exact: &str, start: usize) {
        self.inexact(exact);
        self.hidden += 1;
        self.open.push(Group { start, around: true });
    }

    /// `(?i)`, `(?i-s:..)`: flags that mean the same here are kept, those about Unicode are always on.
    fn flags(&mut self, first: char, start: usize) -> Result<(), String> {
        let mut flags = String::from("(?");
        let mut next = Some(first);
        while let Some(c) = next {
            match c {
                'i' | 's' | 'm' | '-' => flags.push(c),
                'u' | 'U' => {}
                ':' | ')' => {
                    let (empty, group) = (flags.trim_end_matches('-') == "(?", format!("{flags}{c}"));
                    match (c, empty) {
                        (':', true) => self.opened("(?:", "(?:", start),
                        (':', false) => self.opened(&group, &group, start),
                        (_, true) => {}
                        (_, false) => self.both(&group, false),
                    }
                    return Ok(());
                }
                other => return Err(format!("the flag `{other}` is not supported")),
            }
            next = self.rest.next();
        }
        Err("a group is not closed".to_owned())
    }

    fn close(&mut self) -> Result<(), String> {
        let Some(group) = self.open.pop() else { return Err("a `)` closes no group".to_owned()) };
        if group.around {
            self.out.exact.push(')');
            self.hidden -= 1;
        } else {
            self.both(")", false);
        }
        self.atom = Some(group.start);
        Ok(())
    }

    fn repetition(&mut self) -> Result<(), String> {
        let mut counts = String::from("{");
        for c in self.rest.by_ref() {
            counts.push(c);
            if c == '}' {
                self.quantifier(counts);
                return Ok(());
            }
            if !c.is_ascii_digit() && c != ',' {
                break;
            }
        }
        Err("a `{` that is no repetition must be written `\\{`".to_owned())
    }

    /// Writes a quantifier; a possessive one becomes an atomic group in the exact form.
    fn quantifier(&mut self, mut quantifier: String) {
        let atom = self.atom;
        if self.rest.next_if_eq(&'+').is_some() {
            self.out.regular = false;
            let start = atom.unwrap_or(self.out.exact.len());
            self.out.exact.insert_str(start, "(?>");
            self.apart(&quantifier, &format!("{quantifier})"), false);
        } else {
            quantifier.extend(self.rest.next_if_eq(&'?'));
            self.both(&quantifier, false);
        }
    }

    fn escape(&mut self) -> Result<(), String> {
        let Some(c) = self.rest.next() else { return Err("it ends in a lone `\\`".to_owned()) };
        match c {
            'b' | 'B' => self.inexact(if c == 'b' { r"\b" } else { r"\B" }),
            'A' => self.both(r"\A", true),
            'z' | 'Z' => self.both(r"\z", true),
            'R' => self.both(r"(?:\r\n|[\n\x0B\f\r\x{85}\x{2028}\x{2029}])", true),
            'Q' => self.quoted(),
            '1'..='9' => self.back_reference(c),
            _ => {
                let member = self.member(c)?;
                match c {
                    _ if is_set(c) => self.bracketed(&format!("[{member}]")),
                    'p' | 'P' => self.bracketed(&member),
                    _ => self.both(&member, true),
                }
            }
        }
        Ok(())
    }

    fn quoted(&mut self) {
        let mut pending = self.rest.next();
        while let Some(c) = pending {
            if c == '\\' && self.rest.next_if_eq(&'E').is_some() {
                return;
            }
            self.literal(c);
            pending = self.rest.next();
        }
    }

    fn back_reference(&mut self, first: char) {
        let number = first as usize - '0' as usize + self.groups_before;
        self.out.regular = false;
        self.apart("(?s:.)*", &format!("(?:\\{number})"), true);
    }
}

#[cfg(test)]
mod tests;
