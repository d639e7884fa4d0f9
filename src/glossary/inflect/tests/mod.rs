mod listed;
mod news;
mod written;

use unicode_normalization::char::is_combining_mark;

use super::*;
use crate::glossary::fold::folded;

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
        word.text = folded(&word.text, lang(tag));
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
        let rules = rules(lang(tag)).expect("rules");
        let parts = of.iter().zip(rules.roles(&of)).enumerate();
        let paradigms = parts.map(|(at, (word, role))| rules.paradigms(word.text, role, at == 0)).collect();
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

#[track_caller]
fn is_refused(text: &str, fault: &str) {
    let read = file::read(lang("ru"), text).map(|_| ());
    assert_eq!(read.expect_err("a fault").to_string(), fault, "{text}");
}

#[test]
fn a_wrong_line_is_refused_with_its_place() {
    is_refused("order: some", "ru.txt:1: there is no order `some`");
    is_refused("# a remark\nwords: и", "ru.txt:2: there is no list `words`");
    is_refused("[verb]", "ru.txt:1: there is no section `verb`");
    is_refused("[noun]\n-а -ы", "ru.txt:2: `-а -ы` is no rule: write `-end: -end -ends`");
    is_refused("[noun]\n-а:", "ru.txt:2: a rule needs endings");
    is_refused("[noun]\n-а: ы", "ru.txt:2: `ы` does not begin with `-`");
    is_refused("[noun]\nx-а: -ы", "ru.txt:2: `x` is no number of letters");
    is_refused("[noun]\n-а: @hard", "ru.txt:2: no list is named `hard`");
    is_refused("hard = -а\nhard = -ы", "ru.txt:2: `hard` is named twice");
    is_refused("[broken]\n123: 124", "ru.txt:2: `124` has a letter of the root that `123` has not");
    is_refused("[gender]\n-а: x", "ru.txt:2: `x` is no gender: write m, f or ?");
}

#[test]
fn every_file_is_read() {
    for (tag, text) in FILES {
        file::read(lang(tag), text).map(|_| ()).expect("no fault");
    }
}

/// The lines of a linguist's file: a term, what is it, what is not.
fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, Vec<&'static str>, Vec<&'static str>)> {
    let list = |text: &'static str| -> Vec<&'static str> {
        let by = if text.contains(';') { ';' } else { ',' };
        text.split(by).map(str::trim).filter(|item| !item.is_empty()).collect()
    };
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(move |line| {
        let (term, rest) = line.split_once('|').expect("a term and its forms");
        let (forms, others) = rest.split_once("| not:").unwrap_or((rest, ""));
        (term.trim(), list(forms), list(others))
    })
}

/// What a linguist's file of the language `tag` says and the rules do not.
fn wrong(tag: &str, text: &'static str) -> Vec<String> {
    let rules = rules(lang(tag)).expect("rules");
    let mut wrong = Vec::new();
    for (term, forms, others) in lines(text) {
        let sought = Sought::new(tag, term);
        let is = |text: &str| sought.is(rules, &words(tag, text));
        let missed = forms.iter().filter(|form| !is(form)).map(|form| format!("{tag} {term}: {form} is not found"));
        let taken = others.iter().filter(|other| is(other)).map(|other| format!("{tag} {term}: {other} is found"));
        wrong.extend(missed.chain(taken));
    }
    wrong
}

#[test]
fn terms_are_known_in_their_forms_and_in_no_others() {
    let files = [
        ("ar", include_str!("ar.txt")),
        ("de", include_str!("de.txt")),
        ("en", include_str!("en.txt")),
        ("es", include_str!("es.txt")),
        ("fr", include_str!("fr.txt")),
        ("pt", include_str!("pt.txt")),
        ("ru", include_str!("ru.txt")),
    ];
    let wrong: Vec<String> = files.into_iter().flat_map(|(tag, text)| wrong(tag, text)).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
