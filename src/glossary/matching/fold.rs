//! Folding: what counts as the same spelling, with a way back to the bytes it came from.
//!
//! Laws: texts that are canonically equivalent (NFC, NFD) fold alike; a folded stretch leads back to whole characters
//! of the source.
//!
//! Folded away are case (unless kept), typographic apostrophes, hyphens and spaces, full-width forms, invisible
//! characters, and the spellings that a language leaves optional.

use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

use unicode_normalization::char::{canonical_combining_class, decompose_canonical, is_combining_mark};

use crate::model::Lang;

/// Whether folding takes case away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    Fold,
    Keep,
}

/// A text folded, each character knowing where it came from.
#[derive(Debug)]
pub(super) struct Folded {
    text: String,
    origins: Vec<Origin>,
}

/// Where a folded character begins, and the bytes of the source it came from.
#[derive(Debug, Clone)]
struct Origin {
    at: usize,
    source: Range<usize>,
}

/// Characters written one for the other.
const SAME: &[(&[char], char)] = &[
    (&['\u{2018}', '\u{2019}', '\u{201B}', '\u{2032}', '\u{02BC}', '\u{02B9}'], '\''),
    (&['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2212}', '\u{FE63}'], '-'),
    (&['\u{0649}', '\u{06CC}'], '\u{064A}'), // alef maqsura, Farsi yeh: yeh
    (&['\u{06A9}'], '\u{0643}'),             // keheh: kaf
];

/// Characters that are not seen: soft hyphen, Arabic tatweel, zero-width and bidirectional controls, variation selectors.
const INVISIBLE: &[RangeInclusive<char>] = &[
    '\u{00AD}'..='\u{00AD}',
    '\u{061C}'..='\u{061C}',
    '\u{0640}'..='\u{0640}',
    '\u{200B}'..='\u{200F}',
    '\u{202A}'..='\u{202E}',
    '\u{2060}'..='\u{2069}',
    '\u{FE00}'..='\u{FE0F}',
    '\u{FEFF}'..='\u{FEFF}',
];

/// A combining mark that a language's writers leave out at will.
struct OptionalMark {
    langs: &'static [&'static str],
    /// The letters after which it is optional; none for all.
    after: &'static [char],
    marks: RangeInclusive<char>,
}

const OPTIONAL: &[OptionalMark] = &[
    // Vowel signs, and hamza and madda on their carriers.
    OptionalMark { langs: &["ar", "fa", "ur"], after: &[], marks: '\u{064B}'..='\u{065F}' },
    OptionalMark { langs: &["ar", "fa", "ur"], after: &[], marks: '\u{0670}'..='\u{0670}' },
    // ё is printed as е.
    OptionalMark { langs: &["ru"], after: &['е', 'Е'], marks: '\u{0308}'..='\u{0308}' },
    // İ in lower case is i with a dot above.
    OptionalMark { langs: &["tr", "az"], after: &['i', 'I'], marks: '\u{0307}'..='\u{0307}' },
];

impl Folded {
    pub(super) fn new(text: &str, lang: Lang, letters: Letters) -> Self {
        let mut folder = Folder::new(text.len(), lang, letters);
        for (start, char) in text.char_indices() {
            folder.take(char, start..start + char.len_utf8());
        }
        folder.finish()
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn into_string(self) -> String {
        self.text
    }

    /// The bytes of the source from which the stretch `folded` came.
    pub(super) fn source(&self, folded: &Range<usize>) -> Range<usize> {
        let first = self.origins.partition_point(|origin| origin.at < folded.start);
        let end = self.origins.partition_point(|origin| origin.at < folded.end);
        match self.origins.get(first..end) {
            Some([only]) => only.source.clone(),
            Some([first, .., last]) => first.source.start..last.source.end,
            _ => 0..0,
        }
    }
}

/// Whether nothing of `text` is seen.
pub(in crate::glossary) fn is_blank(text: &str) -> bool {
    text.chars().all(|char| char.is_whitespace() || in_any(INVISIBLE, char))
}

struct Folder {
    folded: Folded,
    letters: Letters,
    optional: Vec<&'static OptionalMark>,
    /// Marks read but not yet put in canonical order, and the bytes they all come from.
    marks: Vec<char>,
    marked: Range<usize>,
}

impl Folder {
    fn new(capacity: usize, lang: Lang, letters: Letters) -> Self {
        let folded = Folded { text: String::with_capacity(capacity), origins: Vec::with_capacity(capacity) };
        let optional = OPTIONAL.iter().filter(|row| row.langs.contains(&lang.language())).collect();
        Self { folded, letters, optional, marks: Vec::new(), marked: 0..0 }
    }

    fn take(&mut self, char: char, source: Range<usize>) {
        if let Some(one) = SIMPLE.get(char, self.letters) {
            self.flush_marks();
            self.push(one, source);
        } else {
            decompose_canonical(char, |part| self.part(part, source.clone()));
        }
    }

    fn part(&mut self, char: char, source: Range<usize>) {
        if canonical_combining_class(char) == 0 {
            return self.starter(char, source);
        }
        if self.marks.is_empty() {
            self.marked = source.clone();
        }
        self.marked.end = source.end;
        self.marks.push(char);
    }

    /// A character that stays where it is in canonical order.
    fn starter(&mut self, char: char, source: Range<usize>) {
        self.flush_marks();
        if char.is_whitespace() {
            return self.space(source);
        }
        if in_any(INVISIBLE, char) {
            return;
        }
        let char = same(char);
        match self.letters {
            Letters::Keep => self.push(char, source),
            Letters::Fold => caseless(char, |char| self.push(char, source.clone())),
        }
    }

    /// White space of any kind and length is one space.
    fn space(&mut self, source: Range<usize>) {
        match self.folded.origins.last_mut() {
            Some(last) if self.folded.text.ends_with(' ') => last.source.end = source.end,
            _ => self.push(' ', source),
        }
    }

    fn flush_marks(&mut self) {
        if self.marks.is_empty() {
            return;
        }
        let mut marks = std::mem::take(&mut self.marks);
        marks.sort_by_key(|mark| canonical_combining_class(*mark));
        let base = self.folded.text.chars().next_back();
        for mark in marks.drain(..) {
            if !self.is_optional(base, mark) {
                self.push(mark, self.marked.clone());
            } else if let Some(last) = self.folded.origins.last_mut() {
                last.source.end = self.marked.end;
            }
        }
        self.marks = marks;
    }

    fn is_optional(&self, base: Option<char>, mark: char) -> bool {
        self.optional.iter().any(|row| {
            let after = row.after.is_empty() || base.is_some_and(|base| row.after.contains(&base));
            after && row.marks.contains(&mark)
        })
    }

    fn push(&mut self, char: char, source: Range<usize>) {
        self.folded.origins.push(Origin { at: self.folded.text.len(), source });
        self.folded.text.push(char);
    }

    fn finish(mut self) -> Folded {
        self.flush_marks();
        self.folded
    }
}

/// The characters that fold to one, looked up: nearly all of a text in Latin, Cyrillic, Greek, Hebrew or Arabic script.
struct Simple {
    folded: Vec<Option<char>>,
    kept: Vec<Option<char>>,
}

static SIMPLE: LazyLock<Simple> = LazyLock::new(|| Simple {
    folded: ('\0'..Simple::END).map(|char| simple(char, Letters::Fold)).collect(),
    kept: ('\0'..Simple::END).map(|char| simple(char, Letters::Keep)).collect(),
});

impl Simple {
    /// The first character that takes three bytes.
    const END: char = '\u{800}';

    fn get(&self, char: char, letters: Letters) -> Option<char> {
        // Han characters stand for themselves in every way.
        if ('\u{3400}'..='\u{9FFF}').contains(&char) {
            return Some(char);
        }
        let table = if letters == Letters::Fold { &self.folded } else { &self.kept };
        table.get(char as usize).copied().flatten()
    }
}

/// What `char` folds to wherever it stands, where that is one character.
fn simple(char: char, letters: Letters) -> Option<char> {
    let mut parts = Vec::new();
    decompose_canonical(char, |part| parts.push(part));
    if parts != [char] || canonical_combining_class(char) != 0 || char.is_whitespace() || in_any(INVISIBLE, char) {
        return None;
    }
    if letters == Letters::Keep {
        return Some(same(char));
    }
    let mut folded = Vec::new();
    caseless(same(char), |char| folded.push(char));
    let [one] = folded[..] else { return None };
    Some(one)
}

/// `char` without case, as upper case and back makes it: `ß` is `ss`, both small sigmas are one.
fn caseless(char: char, mut push: impl FnMut(char)) {
    if is_combining_mark(char) {
        return push(char);
    }
    for upper in char.to_uppercase() {
        upper.to_lowercase().for_each(&mut push);
    }
}

/// The character that stands for `char` and others like it.
fn same(char: char) -> char {
    if ('\u{FF01}'..='\u{FF5E}').contains(&char) {
        return char::from_u32(u32::from(char) - 0xFEE0).unwrap_or(char);
    }
    SAME.iter().find(|(written, _)| written.contains(&char)).map_or(char, |(_, one)| *one)
}

fn in_any(ranges: &[RangeInclusive<char>], char: char) -> bool {
    ranges.iter().any(|range| range.contains(&char))
}

#[cfg(test)]
mod tests;
