//! Reads a file of rules.
//!
//! A line is one of
//! ```text
//! # a remark
//! order: all                      how terms are built: all, noun last, noun then genitive
//! function: для от ..             words: function, stops, joins, trailing, apposed, preposed,
//!                                 clitics, article
//! soft = - -а -у                  a list of endings under a name, used as @soft; `-` is no ending
//! [noun]                          what the rules after it are for: noun, adjective, or a noun that stands alone
//! [broken]                        plurals made within the word, `12ي3: 123اء` (see `template`), and rules for them
//! [broken phrase]                 .. such plurals that only terms of several words take
//! -ок: -ок -ка -ку                words that end so may end so; the longest pattern that fits a word decides
//! -т| -д|: - -а -у                the same for several patterns; what stands before the bar stays
//! 3-ок: ..                        .. if at least 3 letters stand before; 2 where no number says
//! посол: посол посла              these words only; with a bar, `ministr|o: -o -a`
//! -ag|: - -s ¨-e                  with an umlaut on the last vowel of what stays
//! -al: -ais                       in [plural] and [singular], the form to write; `?` where no rule is sure
//! -ção: f                         in [gender], m, f or `?`
//! ```
//! Several lines of one pattern all hold. Everything is folded as matching folds texts.

use std::collections::{HashMap, HashSet};

use super::forms::Change;
use super::rules::{self, EndingSet, Rules};
use super::table::{Pattern, Rule, Table};
use super::template::Template;
use super::words::Order;
use crate::glossary::fold::folded;
use crate::model::{Gender, Lang};

/// What is wrong with a file of rules.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{lang}.txt:{line}: {what}")]
pub(super) struct Fault {
    lang: Lang,
    line: usize,
    what: String,
}

/// Reads `text`, the rules of `lang`.
///
/// # Errors
/// The first line that is wrong.
pub(super) fn read(lang: Lang, text: &str) -> Result<Rules, Fault> {
    let mut reader = Reader::new(lang);
    for (index, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        reader.line(line).map_err(|what| Fault { lang, line: index + 1, what })?;
    }
    Ok(reader.finish())
}

/// The sections that say how a term is written and not how it is found.
const NATURE: &[&str] = &["plural", "singular", "gender"];

struct Reader {
    lang: Lang,
    rules: Rules,
    named: HashMap<String, Vec<String>>,
    section: Option<String>,
    sets: HashMap<Vec<String>, EndingSet>,
}

impl Reader {
    fn new(lang: Lang) -> Self {
        let rules = Rules {
            order: Order::All,
            clitics: Vec::new(),
            article: String::new(),
            function: HashSet::new(),
            stops: HashSet::new(),
            preposed: HashSet::new(),
            apposed: HashSet::new(),
            trailing: HashSet::new(),
            joins: HashSet::new(),
            alone: Table::default(),
            noun: Table::default(),
            adjective: Table::default(),
            within: Table::default(),
            plural: Table::default(),
            singular: Table::default(),
            gender: Table::default(),
            broken: Vec::new(),
            sets: Vec::new(),
            stemmer: rules::stemmer(lang.language()),
        };
        Self { lang, rules, named: HashMap::new(), section: None, sets: HashMap::new() }
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        if line.is_empty() {
            return Ok(());
        }
        if let Some(section) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            self.section = Some(section.to_owned());
            return if NATURE.contains(&section) { Ok(()) } else { self.table().map(|_| ()) };
        }
        if let Some((name, endings)) = line.split_once('=') {
            let endings = self.expand(endings)?;
            return match self.named.insert(name.trim().to_owned(), endings) {
                None => Ok(()),
                Some(_) => Err(format!("`{}` is named twice", name.trim())),
            };
        }
        let Some((key, value)) = line.split_once(':') else {
            return Err(format!("`{line}` is no rule: write `-end: -end -ends`"));
        };
        match self.section.as_deref() {
            None => self.setting(key.trim(), value),
            Some("broken" | "broken phrase") if !key.contains('-') => self.template(key.trim(), value),
            Some("plural") => self.number(key.trim(), value.trim(), true),
            Some("singular") => self.number(key.trim(), value.trim(), false),
            Some("gender") => self.gender(key.trim(), value.trim()),
            Some(_) => self.rule(key.trim(), value),
        }
    }

    fn setting(&mut self, key: &str, value: &str) -> Result<(), String> {
        let words: Vec<String> = value.split_whitespace().map(|word| self.fold(word)).collect();
        match key {
            "order" => self.rules.order = order(value.trim())?,
            "function" => self.rules.function.extend(words),
            "stops" => self.rules.stops.extend(words),
            "preposed" => self.rules.preposed.extend(words),
            "apposed" => self.rules.apposed.extend(words),
            "trailing" => self.rules.trailing.extend(words),
            "joins" => self.rules.joins.extend(words),
            "clitics" => self.rules.clitics.extend(words),
            "article" => self.rules.article = words.concat(),
            _ => return Err(format!("there is no list `{key}`")),
        }
        Ok(())
    }

    /// The endings that `list` names, with named lists put in.
    fn expand(&self, list: &str) -> Result<Vec<String>, String> {
        let mut endings = Vec::new();
        for item in list.split_whitespace() {
            match item.strip_prefix('@') {
                Some(name) => {
                    endings.extend(self.named.get(name).ok_or(format!("no list is named `{name}`"))?.iter().cloned());
                }
                None => endings.push(item.to_owned()),
            }
        }
        if endings.is_empty() { Err("a rule needs endings".to_owned()) } else { Ok(endings) }
    }

    fn template(&mut self, singulars: &str, plurals: &str) -> Result<(), String> {
        let plurals: Vec<String> = plurals.split_whitespace().map(|plural| self.fold(plural)).collect();
        let only_phrases = self.section.as_deref() == Some("broken phrase");
        for singular in singulars.split_whitespace() {
            self.rules.broken.push(Template::new(&self.fold(singular), plurals.clone(), only_phrases)?);
        }
        Ok(())
    }

    fn rule(&mut self, patterns: &str, endings: &str) -> Result<(), String> {
        let endings = self.expand(endings)?;
        for pattern in patterns.split_whitespace() {
            let pattern = self.pattern(pattern)?;
            let (umlauted, plain): (Vec<_>, Vec<_>) = endings.iter().cloned().partition(|end| end.starts_with('¨'));
            self.put(&pattern, &plain, false)?;
            self.put(&pattern, &umlauted, true)?;
        }
        Ok(())
    }

    fn pattern(&self, pattern: &str) -> Result<Pattern, String> {
        let (least, end) = match pattern.split_once('-') {
            Some(("", end)) => (Some(2), end),
            Some((number, end)) => {
                (Some(number.parse().map_err(|_| format!("`{number}` is no number of letters"))?), end)
            }
            None => (None, pattern),
        };
        let (context, cut) = end.split_once('|').unwrap_or(("", end));
        let (context, cut) = match (least, context) {
            (None, "") => (String::new(), self.fold(cut)),
            (None, _) => (self.fold(context), self.fold_end(cut)),
            _ => (self.fold_end(context), self.fold_end(cut)),
        };
        Ok(Pattern { least, context, cut })
    }

    fn put(&mut self, pattern: &Pattern, endings: &[String], umlaut: bool) -> Result<(), String> {
        if endings.is_empty() {
            return Ok(());
        }
        let list = self.endings(endings, umlaut, pattern.least.is_none() && pattern.context.is_empty())?;
        let stays = if umlaut { 0 } else { common(&pattern.cut, &list) };
        let set = self.set(list.iter().map(|ending| ending[stays..].to_owned()).collect())?;
        let rule = Rule { cut: pattern.cut.len() - stays, umlaut, endings: set };
        self.table()?.add(pattern, [rule]);
        Ok(())
    }

    /// A rule of the sections `plural` and `singular`: one ending, or `?`.
    fn number(&mut self, patterns: &str, ending: &str, plural: bool) -> Result<(), String> {
        for pattern in patterns.split_whitespace() {
            let pattern = self.pattern(pattern)?;
            let whole = pattern.least.is_none() && pattern.context.is_empty();
            let change = if ending == "?" {
                None
            } else {
                let ending = self.endings(&[ending.to_owned()], false, whole)?.concat();
                Some(Change { cut: pattern.cut.clone(), ending })
            };
            let table = if plural { &mut self.rules.plural } else { &mut self.rules.singular };
            table.add(&pattern, change);
        }
        Ok(())
    }

    /// A rule of the section `gender`: `m`, `f`, or `?`.
    fn gender(&mut self, patterns: &str, gender: &str) -> Result<(), String> {
        let gender = match gender {
            "m" => Some(Gender::Masculine),
            "f" => Some(Gender::Feminine),
            "?" => None,
            other => return Err(format!("`{other}` is no gender: write m, f or ?")),
        };
        for pattern in patterns.split_whitespace() {
            let pattern = self.pattern(pattern)?;
            self.rules.gender.add(&pattern, gender);
        }
        Ok(())
    }

    /// The endings of a rule, folded, without what marks them.
    fn endings(&self, list: &[String], umlaut: bool, whole: bool) -> Result<Vec<String>, String> {
        let mark = match (umlaut, whole) {
            (true, _) => "¨-",
            (false, false) => "-",
            (false, true) => "",
        };
        let one = |ending: &String| {
            let bare = ending.strip_prefix(mark).ok_or(format!("`{ending}` does not begin with `{mark}`"))?;
            Ok(if whole { self.fold(bare) } else { self.fold_end(bare) })
        };
        list.iter().map(one).collect()
    }

    fn set(&mut self, mut endings: Vec<String>) -> Result<EndingSet, String> {
        endings.sort();
        endings.dedup();
        if let Some(set) = self.sets.get(&endings) {
            return Ok(*set);
        }
        let set = EndingSet(u16::try_from(self.rules.sets.len()).map_err(|_| "too many lists of endings".to_owned())?);
        self.rules.sets.push(endings.clone());
        self.sets.insert(endings, set);
        Ok(set)
    }

    fn table(&mut self) -> Result<&mut Table<Rule>, String> {
        match self.section.as_deref() {
            Some("alone") => Ok(&mut self.rules.alone),
            Some("noun") => Ok(&mut self.rules.noun),
            Some("broken" | "broken phrase") => Ok(&mut self.rules.within),
            Some("adjective") => Ok(&mut self.rules.adjective),
            other => Err(format!("there is no section `{}`", other.unwrap_or_default())),
        }
    }

    fn fold(&self, text: &str) -> String {
        folded(text, self.lang)
    }

    /// Folds what stands at the end of a word: the first letter of a word may fold otherwise than one within it.
    fn fold_end(&self, end: &str) -> String {
        self.fold(&format!("x{end}")).split_off(1)
    }

    fn finish(mut self) -> Rules {
        self.rules.clitics.sort_by_key(|clitic| std::cmp::Reverse(clitic.chars().count()));
        self.rules
    }
}

fn order(name: &str) -> Result<Order, String> {
    match name {
        "all" => Ok(Order::All),
        "noun last" => Ok(Order::NounLast),
        "noun then genitive" => Ok(Order::NounThenGenitive),
        _ => Err(format!("there is no order `{name}`")),
    }
}

/// Bytes that `end` and all of `endings` begin with.
fn common(end: &str, endings: &[String]) -> usize {
    let is_common = |length: &usize| {
        let start = end.get(..*length);
        start.is_some_and(|start| endings.iter().all(|ending| ending.starts_with(start)))
    };
    (0..=end.len()).rev().find(is_common).unwrap_or(0)
}
