mod listed;
mod news;

use unicode_normalization::char::is_combining_mark;

use super::*;

#[track_caller]
pub(super) fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language tag")
}

/// A word of a text, folded, and the characters it covers.
struct Seen {
    text: String,
    start: usize,
    end: usize,
    hyphened: bool,
}

/// Words as runs of letters, digits and marks.
fn words(tag: &str, text: &str) -> Vec<Seen> {
    let mut words: Vec<Seen> = Vec::new();
    let mut last = ' ';
    for (at, char) in text.chars().enumerate() {
        if char.is_alphanumeric() || is_combining_mark(char) {
            match words.last_mut() {
                Some(word) if word.end == at => {
                    word.end = at + 1;
                    word.text.push(char);
                }
                _ => words.push(Seen { text: char.into(), start: at, end: at + 1, hyphened: last == '-' }),
            }
        }
        last = char;
    }
    for word in &mut words {
        word.text = file::folded(tag, &word.text);
    }
    words
}

/// A term, ready to be looked for.
struct Sought {
    words: Vec<Seen>,
    paradigms: Vec<Vec<Paradigm>>,
}

impl Sought {
    fn new(tag: &str, term: &str) -> Self {
        let words = words(tag, term);
        let of: Vec<Word<'_>> = words.iter().map(|word| Word { text: &word.text, hyphened: word.hyphened }).collect();
        let paradigms = rules(lang(tag)).expect("rules").paradigms(&of);
        Self { words, paradigms }
    }

    /// Whether the words `seen` of a text are a form of the term.
    fn is(&self, rules: &Rules, seen: &[Seen]) -> bool {
        let is_one = |((word, paradigms), seen): ((&Seen, &Vec<Paradigm>), &Seen)| {
            word.text == seen.text || paradigms.iter().any(|paradigm| stands(rules, paradigm, &seen.text))
        };
        seen.len() == self.words.len() && self.words.iter().zip(&self.paradigms).zip(seen).all(is_one)
    }
}

/// Whether `word` of a text is a form by `paradigm`.
fn stands(rules: &Rules, paradigm: &Paradigm, word: &str) -> bool {
    let ends =
        |rest: &str| rest.strip_prefix(&paradigm.stem).is_some_and(|ending| rules.ends(paradigm.endings, ending));
    let after_clitic = |clitic: &String| word.strip_prefix(clitic.as_str()).is_some_and(ends);
    !rules.is_function_word(word) && (ends(word) || paradigm.clitics && rules.clitics().iter().any(after_clitic))
}

#[test]
fn every_file_is_read() {
    for (tag, text) in FILES {
        file::read(tag, text).map(|_| ()).expect("no fault");
    }
}
