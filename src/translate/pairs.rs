//! Which backends are asked for which pairs of languages: `[translate.pairs]` of the configuration.
//!
//! Law: of the rows that are for a pair the most particular one counts, and where two are alike the one that names the
//! target; where none is for it, `backends` counts.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Options;
use crate::model::{Lang, Pair};

/// The pairs that a row is for: `en-zh-Hans`, `en-*`, `*-pt`. A language without script and region is for all its variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pairs {
    source: Option<Lang>,
    target: Option<Lang>,
}

/// A name that is no pairs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no pair of languages: write it as \"en-pt\", \"en-*\" or \"*-pt\"")]
pub struct ParsePairsError(String);

/// How closely a row names a pair: how many sides, how closely the target, how closely the source.
type Closeness = (u8, u8, u8);

impl Pairs {
    /// How closely it names `pair`; nothing where it is for others.
    fn closeness(self, pair: Pair) -> Option<Closeness> {
        let (source, target) = (closeness(self.source, pair.source)?, closeness(self.target, pair.target)?);
        Some((u8::from(source > 0) + u8::from(target > 0), target, source))
    }

    /// Whether it is for any pair into `target`.
    fn is_into(self, target: Lang) -> bool {
        closeness(self.target, target).is_some()
    }
}

/// How closely a side of a row names a language: not at all, its language, or it alone.
fn closeness(side: Option<Lang>, lang: Lang) -> Option<u8> {
    match side {
        None => Some(0),
        Some(side) if side == lang => Some(2),
        Some(side) if side.to_string() == lang.language() => Some(1),
        Some(_) => None,
    }
}

impl FromStr for Pairs {
    type Err = ParsePairsError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        // `en-pt` is English as in Portugal too: tags are taken in their proper case only.
        let lang = |tag: &str| tag.parse::<Lang>().ok().filter(|lang| lang.to_string() == tag);
        let side = |tag: &str| if tag == "*" { Some(None) } else { lang(tag).map(Some) };
        let pairs = name.match_indices('-').find_map(|(at, _)| {
            let (source, target) = (side(&name[..at])?, side(&name[at + 1..])?);
            (source.is_some() || target.is_some()).then_some(Self { source, target })
        });
        pairs.ok_or_else(|| ParsePairsError(name.to_owned()))
    }
}

impl fmt::Display for Pairs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |side: Option<Lang>| side.map_or_else(|| "*".to_owned(), |lang| lang.to_string());
        write!(f, "{}-{}", side(self.source), side(self.target))
    }
}

impl TryFrom<String> for Pairs {
    type Error = ParsePairsError;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        name.parse()
    }
}

impl From<Pairs> for String {
    fn from(pairs: Pairs) -> Self {
        pairs.to_string()
    }
}

/// The backends of a row in the order in which they are asked: at least one, each once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct Names(Vec<String>);

/// Names that are no order of backends.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NamesError {
    /// There are none.
    #[error("names no backend: name at least one")]
    None,
    /// One stands there twice.
    #[error("names `{0}` twice: leave one out")]
    Twice(String),
}

impl TryFrom<Vec<String>> for Names {
    type Error = NamesError;

    fn try_from(names: Vec<String>) -> Result<Self, NamesError> {
        let twice = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name));
        match twice {
            Some((_, name)) => Err(NamesError::Twice(name.clone())),
            None if names.is_empty() => Err(NamesError::None),
            None => Ok(Self(names)),
        }
    }
}

impl From<Names> for Vec<String> {
    fn from(Names(names): Names) -> Self {
        names
    }
}

/// The places of backends in the order in which they are asked, for each pair.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Orders {
    usual: Vec<usize>,
    rows: Vec<(Pairs, Vec<usize>)>,
}

impl Orders {
    /// All of so many backends in their order, for all pairs.
    pub(crate) fn all(backends: usize) -> Self {
        Self { usual: (0..backends).collect(), rows: Vec::new() }
    }

    /// The backends that `options` names, those of rows behind the others, and their orders.
    pub(crate) fn of(options: &Options) -> (Vec<String>, Self) {
        let mut names = options.backends.clone();
        for name in options.pairs.values().flat_map(|Names(row)| row) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        let places: BTreeMap<&String, usize> = names.iter().enumerate().map(|(place, name)| (name, place)).collect();
        let order = |Names(row): &Names| row.iter().filter_map(|name| places.get(name).copied()).collect();
        let rows = options.pairs.iter().map(|(pairs, row)| (*pairs, order(row))).collect();
        let usual = (0..options.backends.len()).collect();
        (names, Self { usual, rows })
    }

    /// The places of the backends that are asked for `pair`.
    pub(crate) fn order(&self, pair: Pair) -> &[usize] {
        let close = self.rows.iter().filter_map(|(pairs, order)| Some((pairs.closeness(pair)?, order)));
        close.max_by_key(|(closeness, _)| *closeness).map_or(&self.usual, |(_, order)| order)
    }

    /// The places of the backends that may be asked for pairs into `target`.
    pub(crate) fn towards(&self, target: Lang) -> Vec<usize> {
        let rows = self.rows.iter().filter(|(pairs, _)| pairs.is_into(target));
        let all = rows.clone().any(|(pairs, _)| pairs.source.is_none());
        let usual = if all { &[][..] } else { &self.usual };
        let mut places: Vec<usize> = rows.flat_map(|(_, order)| order).chain(usual).copied().collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translate::models;

    fn named(names: &[&str]) -> Result<Names, NamesError> {
        names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>().try_into()
    }

    fn options() -> Options {
        let row = |(pairs, names): (&str, &[&str])| (pairs.parse().expect("pairs"), named(names).expect("names"));
        let rows: [(&str, &[&str]); 6] = [
            ("en-zh-Hans", &["deepl", "firefox"]),
            ("en-*", &["google"]),
            ("*-pt", &["azure", "google"]),
            ("*-pt-BR", &["deepl"]),
            ("en-zh", &["firefox"]),
            ("ru-pt", &["azure"]),
        ];
        Options { pairs: rows.into_iter().map(row).collect(), ..Options::default() }
    }

    #[track_caller]
    fn asks(pair: &str, wanted: &[&str]) {
        let (names, orders) = Orders::of(&options());
        let pair = models::pair_of(pair).expect("a pair");
        let asked: Vec<&str> = orders.order(pair).iter().map(|&place| &*names[place]).collect();
        assert_eq!(asked, wanted, "{pair}");
    }

    #[test]
    fn the_most_particular_row_counts() {
        asks("en-zh-Hans", &["deepl", "firefox"]);
        asks("en-zh-Hant", &["firefox"]);
        asks("en-fr", &["google"]);
        asks("en-pt", &["azure", "google"]);
        asks("fr-pt-PT", &["azure", "google"]);
        asks("fr-pt-BR", &["deepl"]);
        asks("ru-pt-BR", &["azure"]);
        asks("ru-en", &["firefox"]);
    }

    #[test]
    fn a_language_is_for_its_variants_and_not_the_other_way_round() {
        let into = |target: &str| {
            let (names, orders) = Orders::of(&options());
            let places = orders.towards(target.parse().expect("a tag"));
            places.into_iter().map(|place| names[place].clone()).collect::<Vec<_>>()
        };
        assert_eq!(into("pt"), ["azure", "google"]);
        assert_eq!(into("zh-Hant"), ["firefox", "google"]);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        assert_eq!(named(&[]), Err(NamesError::None));
        assert_eq!(named(&["x", "y", "x"]), Err(NamesError::Twice("x".into())));
        for name in ["", "en", "*", "*-*", "en-", "-pt", "*pt", "en-pt-*"] {
            assert!(name.parse::<Pairs>().is_err(), "{name}");
        }
        for name in ["en-zh-Hans", "*-pt-BR", "zh-Hant-en", "en-*"] {
            assert_eq!(name.parse::<Pairs>().expect("pairs").to_string(), name);
        }
    }
}
