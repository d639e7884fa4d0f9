//! Folding: what counts as the same spelling, with a way back to the bytes it came from.
//!
//! Laws: texts that are canonically equivalent (NFC, NFD) fold alike; a folded stretch leads back to whole characters
//! of the source, a letter with its marks being one.
//!
//! Folded away are case (unless kept), typographic apostrophes, hyphens and spaces, full-width forms, invisible
//! characters, and the spellings that a language leaves optional. What is left is composed (NFC).

mod customs;
mod letters;

use std::ops::Range;

use unicode_normalization::char::decompose_canonical;

use self::customs::Customs;
use self::letters::{Letter, Table, is_invisible};
use super::border;
use crate::model::Lang;

/// Whether folding takes case away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    Fold,
    Keep,
}

/// A text folded, with the way back.
#[derive(Debug)]
pub(super) struct Folded {
    text: String,
    /// The stretches that are not the bytes of the source at the same distance from the stretch before, in order.
    odd: Vec<Odd>,
}

/// A folded stretch that leads back only as a whole.
#[derive(Debug, Clone)]
struct Odd {
    folded: Range<usize>,
    source: Range<usize>,
}

impl Folded {
    pub(super) fn new(text: &str, lang: Lang, letters: Letters) -> Self {
        Folder::new(text, lang, letters).run()
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn into_string(self) -> String {
        self.text
    }

    /// The bytes of the source from which the stretch `folded` came.
    pub(super) fn source(&self, folded: &Range<usize>) -> Range<usize> {
        if folded.is_empty() {
            return 0..0;
        }
        self.start(folded.start)..self.end(folded.end)
    }

    /// Where the character that is folded to `at` begins in the source.
    fn start(&self, at: usize) -> usize {
        let before = self.odd.partition_point(|odd| odd.folded.start <= at);
        match before.checked_sub(1).and_then(|last| self.odd.get(last)) {
            None => at,
            Some(odd) if at < odd.folded.end => odd.source.start,
            Some(odd) => odd.source.end + (at - odd.folded.end),
        }
    }

    /// Where the character whose folding ends at `at` ends in the source.
    fn end(&self, at: usize) -> usize {
        let before = self.odd.partition_point(|odd| odd.folded.start < at);
        match before.checked_sub(1).and_then(|last| self.odd.get(last)) {
            None => at,
            Some(odd) if at <= odd.folded.end => odd.source.end,
            Some(odd) => odd.source.end + (at - odd.folded.end),
        }
    }
}

/// `text` as matching folds it before it looks for terms.
pub(super) fn folded(text: &str, lang: Lang) -> String {
    Folded::new(text, lang, Letters::Fold).into_string()
}

/// Whether nothing of `text` is seen.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|char| char.is_whitespace() || is_invisible(char))
}

struct Folder<'t> {
    source: &'t str,
    table: &'static Table,
    customs: Customs,
    letters: Letters,
    folded: Folded,
    /// Where the last letter begins, folded and in the source: marks may come after it.
    last: Option<(usize, usize)>,
}

impl<'t> Folder<'t> {
    fn new(source: &'t str, lang: Lang, letters: Letters) -> Self {
        let customs = Customs::of(lang);
        let folded = Folded { text: String::with_capacity(source.len() + source.len() / 16), odd: Vec::new() };
        Self { source, table: Table::of(customs, letters), customs, letters, folded, last: None }
    }

    fn run(mut self) -> Folded {
        let mut chars = self.source.char_indices().peekable();
        while let Some((at, char)) = chars.next() {
            let mut end = at + char.len_utf8();
            match self.table.get(char) {
                Letter::One(one) => self.letter(one, at..end),
                Letter::Space => self.space(at..end),
                Letter::Other => self.cluster(at..end),
                Letter::Mark => {
                    while let Some((next, char)) = chars.next_if(|(_, char)| self.table.get(*char) == Letter::Mark) {
                        end = next + char.len_utf8();
                    }
                    let start = self.take_back().unwrap_or(at);
                    self.cluster(start..end);
                }
            }
        }
        self.folded
    }

    #[inline]
    fn letter(&mut self, char: char, source: Range<usize>) {
        let at = self.folded.text.len();
        self.last = Some((at, source.start));
        let char = self.initial(char);
        self.folded.text.push(char);
        if char.len_utf8() != source.len() {
            self.odd(at, source);
        }
    }

    /// White space of any kind and length is one space.
    #[inline]
    fn space(&mut self, source: Range<usize>) {
        self.last = None;
        if !self.folded.text.ends_with(' ') {
            let at = self.folded.text.len();
            self.folded.text.push(' ');
            if source.len() != 1 {
                self.odd(at, source);
            }
            return;
        }
        let at = self.folded.text.len() - 1;
        let start = self.folded.start(at);
        self.forget_odd(at);
        self.odd(at, start..source.end);
    }

    /// Takes back the letter that a mark comes after, and answers where it begins.
    fn take_back(&mut self) -> Option<usize> {
        let (folded, source) = self.last?;
        self.folded.text.truncate(folded);
        self.forget_odd(folded);
        Some(source)
    }

    /// Folds the bytes `source`, a letter with its marks.
    fn cluster(&mut self, source: Range<usize>) {
        let at = self.folded.text.len();
        self.last = Some((at, source.start));
        let mut folded = self.customs.fold(self.source[source.clone()].chars(), self.letters).into_iter();
        if let Some(first) = folded.next() {
            let first = self.initial(first);
            self.folded.text.push(first);
        }
        self.folded.text.extend(folded);
        self.odd(at, source);
    }

    /// `char` without the accent that a capital often lacks, where it is folded and begins a word.
    #[inline]
    fn initial(&self, char: char) -> char {
        if char.is_ascii() || self.customs != Customs::French || self.letters == Letters::Keep {
            return char;
        }
        let begins = self.folded.text.chars().next_back().is_none_or(|before| !border::is_of_word(before));
        if begins { unaccented(char) } else { char }
    }

    /// Notes that what is folded from `at` on comes from `source`.
    fn odd(&mut self, at: usize, source: Range<usize>) {
        self.folded.odd.push(Odd { folded: at..self.folded.text.len(), source });
    }

    /// Forgets what was noted of the folded text from `at` on.
    fn forget_odd(&mut self, at: usize) {
        while self.folded.odd.last().is_some_and(|odd| odd.folded.start >= at) {
            self.folded.odd.pop();
        }
    }
}

/// The letter under the accents of `char`.
pub(super) fn unaccented(char: char) -> char {
    let mut base = char;
    let mut is_first = true;
    decompose_canonical(char, |part| {
        if std::mem::take(&mut is_first) {
            base = part;
        }
    });
    base
}

#[cfg(test)]
mod tests;
