//! Rules by the end of the word that they are for.
//!
//! Law: of the patterns that fit a word the longest decides, a whole word before any ending.

use rustc_hash::FxHashMap;

use super::rules::EndingSet;

/// What holds for words by pattern, folded.
#[derive(Debug)]
pub(super) struct Table<T> {
    words: FxHashMap<String, Vec<T>>,
    endings: FxHashMap<String, Ending<T>>,
    /// The longest ending in `endings`, in characters.
    longest: usize,
}

#[derive(Debug)]
struct Ending<T> {
    /// Letters that there are at least before it.
    least: usize,
    values: Vec<T>,
}

/// What a word has to end in, or to be.
#[derive(Debug)]
pub(super) struct Pattern {
    /// Letters that there are at least before it; none for a whole word.
    pub(super) least: Option<usize>,
    /// What stays.
    pub(super) context: String,
    /// What changes.
    pub(super) cut: String,
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
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { words: FxHashMap::default(), endings: FxHashMap::default(), longest: 0 }
    }
}

impl<T> Table<T> {
    /// Adds what holds for the words of `pattern`; nothing says that they are not to be decided by a shorter one.
    pub(super) fn add(&mut self, pattern: &Pattern, values: impl IntoIterator<Item = T>) {
        let end = format!("{}{}", pattern.context, pattern.cut);
        let Some(least) = pattern.least else { return self.words.entry(end).or_default().extend(values) };
        self.longest = self.longest.max(end.chars().count());
        let ending = self.endings.entry(end).or_insert(Ending { least, values: Vec::new() });
        ending.least = ending.least.max(least);
        ending.values.extend(values);
    }

    /// What holds for `word` and how exactly it is meant for it: 0 where nothing does.
    pub(super) fn fitting(&self, word: &str) -> (usize, &[T]) {
        if let Some(values) = self.words.get(word) {
            return (usize::MAX, values);
        }
        let letters = word.chars().count();
        let longest = self.longest.min(letters);
        let starts = word.char_indices().map(|(start, _)| start).chain([word.len()]).skip(letters - longest);
        for (start, length) in starts.zip((0..=longest).rev()) {
            let Some(ending) = self.endings.get(&word[start..]) else { continue };
            if ending.least + length <= letters {
                return (length + 1, &ending.values);
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
