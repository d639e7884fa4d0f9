//! What the writers of a language leave out at will.

use std::ops::RangeInclusive;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;

use super::Letters;
use super::letters::{caseless, is_invisible, same};
use crate::model::Lang;

/// The customs of spelling that folding knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Customs {
    Common,
    /// Vowel signs, and hamza and madda on their carriers.
    Arabic,
    /// ё is printed as е.
    Russian,
    /// İ in lower case is i with a dot above.
    Turkic,
    /// A word's first letter often has no accent where it is a capital.
    French,
}

/// A combining mark that may be left out.
struct OptionalMark {
    customs: Customs,
    /// The letters after which it is optional; none for all.
    after: &'static [char],
    marks: RangeInclusive<char>,
}

const OPTIONAL: &[OptionalMark] = &[
    OptionalMark { customs: Customs::Arabic, after: &[], marks: '\u{064B}'..='\u{065F}' },
    OptionalMark { customs: Customs::Arabic, after: &[], marks: '\u{0670}'..='\u{0670}' },
    OptionalMark { customs: Customs::Russian, after: &['е', 'Е'], marks: '\u{0308}'..='\u{0308}' },
    OptionalMark { customs: Customs::Turkic, after: &['i', 'I'], marks: '\u{0307}'..='\u{0307}' },
];

impl Customs {
    pub(super) const COUNT: usize = 5;

    pub(super) fn of(lang: Lang) -> Self {
        match lang.language() {
            "ar" | "fa" | "ur" => Self::Arabic,
            "ru" => Self::Russian,
            "tr" | "az" => Self::Turkic,
            "fr" => Self::French,
            _ => Self::Common,
        }
    }

    /// What the characters of `cluster` fold to, a letter with its marks: composed, without what may be left out.
    pub(super) fn fold(self, cluster: impl IntoIterator<Item = char>, letters: Letters) -> Vec<char> {
        let mut folded: Vec<char> = Vec::new();
        let mut base = None;
        for char in cluster.into_iter().nfd() {
            if canonical_combining_class(char) != 0 {
                if !self.leaves_out(base, char) {
                    folded.push(char);
                }
                continue;
            }
            if is_invisible(char) {
                continue;
            }
            let before = folded.len();
            match letters {
                Letters::Keep => folded.push(same(char)),
                Letters::Fold => caseless(same(char), |char| folded.push(char)),
            }
            base = folded.get(before..).and_then(<[char]>::last).copied();
        }
        folded.into_iter().nfc().collect()
    }

    fn leaves_out(self, base: Option<char>, mark: char) -> bool {
        OPTIONAL.iter().any(|row| {
            let after = row.after.is_empty() || base.is_some_and(|base| row.after.contains(&base));
            row.customs == self && after && row.marks.contains(&mark)
        })
    }
}
