//! Rules by the end of the word that they are for.
//!
//! Law: of the patterns that fit a word the longest decides, a whole word before any ending.

use std::collections::HashMap;

use super::rules::EndingSet;

/// Rules by pattern, folded.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) words: HashMap<String, Vec<Rule>>,
    pub(super) endings: HashMap<String, Vec<Rule>>,
    /// The longest ending in `endings`, in characters.
    pub(super) longest: usize,
}

/// How a word with a certain end changes.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    /// Bytes of the word that do not stay.
    pub(super) cut: usize,
    /// Whether the last vowel of what stays takes an umlaut.
    pub(super) umlaut: bool,
    /// What may follow.
    pub(super) endings: EndingSet,
    /// Letters that there are at least before the pattern.
    pub(super) least: usize,
}

impl Table {
    /// The rules for `word` and how exactly they are meant for it: 0 where there are none.
    pub(super) fn fitting(&self, word: &str) -> (usize, &[Rule]) {
        if let Some(rules) = self.words.get(word) {
            return (usize::MAX, rules);
        }
        let letters = word.chars().count();
        let longest = self.longest.min(letters);
        let starts = word.char_indices().map(|(start, _)| start).chain([word.len()]).skip(letters - longest);
        for (start, length) in starts.zip((0..=longest).rev()) {
            let Some(rules) = self.endings.get(&word[start..]) else { continue };
            if rules.iter().all(|rule| rule.least + length <= letters) {
                return (length + 1, rules);
            }
        }
        (0, &[])
    }
}

impl Rule {
    /// What stays of `word`; nothing where there is no vowel for an umlaut.
    pub(super) fn stem(&self, word: &str) -> Option<String> {
        let stays = word.get(..word.len().checked_sub(self.cut)?)?;
        if self.umlaut { umlaut(stays) } else { Some(stays.to_owned()) }
    }
}

/// `stem` with an umlaut on its last vowel: of `au` on the `a`.
fn umlaut(stem: &str) -> Option<String> {
    let at = stem.rfind(['a', 'o', 'u', 'e', 'i', 'ä', 'ö', 'ü'])?;
    let at = if stem[..at].ends_with('a') && stem[at..].starts_with('u') { at - 1 } else { at };
    let (before, rest) = stem.split_at(at);
    let (vowel, after) = rest.split_at_checked(1)?;
    let with = match vowel {
        "a" => 'ä',
        "o" => 'ö',
        "u" => 'ü',
        _ => return None,
    };
    Some(format!("{before}{with}{after}"))
}
