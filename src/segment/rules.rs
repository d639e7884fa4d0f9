//! Rules ready to split text: the built-in ones or a user's.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use fancy_regex::Regex;
use regex_automata::nfa::thompson::NFA;
use serde::{Deserialize, Serialize};

use super::machine::{Compiled, Machine};
use super::pattern::Pattern;
use super::srx::{self, Srx};
use super::{Error, builtin};
use crate::model::{Lang, sha256};

/// Most memory that all patterns of a file may need as automata, in bytes.
const MAX_AUTOMATA: usize = 256 * 1024 * 1024;

/// How articles are cut into segments.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// An SRX 2.0 file whose rules are used in place of the built-in ones.
    pub srx: Option<PathBuf>,
}

/// Segmentation rules for all languages; cheap to clone.
#[derive(Debug, Clone)]
pub struct Rules {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    cascade: bool,
    /// The rules of each group of the document.
    groups: Vec<Group>,
    /// Which languages use which groups, in order.
    maps: Vec<Map>,
    fingerprint: String,
    machines: Mutex<Machines>,
}

/// A group of rules; a built-in one is compiled when a language first needs it.
#[derive(Debug)]
struct Group {
    source: Vec<srx::Rule>,
    compiled: OnceLock<Vec<Compiled>>,
}

/// Which languages use a group; a built-in map is compiled when it is first asked.
#[derive(Debug)]
struct Map {
    source: String,
    compiled: OnceLock<Regex>,
    group: usize,
}

/// The machines made so far: languages that use the same groups share one.
#[derive(Debug, Default)]
struct Machines {
    of_languages: BTreeMap<Lang, Arc<Machine>>,
    of_groups: BTreeMap<Vec<usize>, Arc<Machine>>,
}

impl Rules {
    /// The rules that chancery brings along, for en, zh, ru, fr, es, ar, pt, de, ja, ko and any other language.
    #[must_use]
    pub fn builtin() -> Self {
        static BUILTIN: LazyLock<Rules> = LazyLock::new(|| {
            let srx = builtin::srx();
            let fingerprint = sha256(srx.write().as_bytes());
            Rules::to_compile(srx, fingerprint)
        });
        BUILTIN.clone()
    }

    /// Reads the rules of an SRX 2.0 document; `path` is only named in errors.
    ///
    /// # Errors
    /// When the document is not SRX 2.0, is too large, or holds an expression that cannot be honoured.
    pub fn from_srx(path: &Path, bytes: &[u8]) -> Result<Self, Error> {
        let srx = Srx::parse(path, bytes)?;
        check_size(path, &srx)?;
        Self::compile(path, &srx, sha256(bytes))
    }

    /// The rules that `options` ask for.
    ///
    /// # Errors
    /// When the file they name cannot be read or used.
    pub fn open(options: &Options) -> Result<Self, Error> {
        let Some(path) = &options.srx else { return Ok(Self::builtin()) };
        let unreadable = |source| Error::Read { path: path.clone(), source };
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(unreadable)?;
        file.take(srx::MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        Self::from_srx(path, &bytes)
    }

    /// Cuts `text` into segments, in order.
    ///
    /// The pieces joined are `text`, and none is empty. White space belongs to the piece before it.
    /// Each `\n` is a border, whatever the rules say.
    #[must_use]
    pub fn split<'t>(&self, lang: Lang, text: &'t str) -> Vec<&'t str> {
        let mut borders = self.shared.machine(lang).borders(text);
        borders.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        borders.push(text.len());
        borders.sort_unstable();
        let mut pieces = Vec::with_capacity(borders.len());
        let mut start = 0;
        for border in borders {
            if start < border {
                let end = text.len() - text[border..].trim_start().len();
                pieces.push(&text[start..end]);
                start = end;
            }
        }
        pieces
    }

    /// The SHA-256 of the rules as a document, in lower-case hexadecimal: equal rules, equal segments.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.shared.fingerprint.clone()
    }

    /// The rules of a document whose every expression is looked at.
    fn compile(path: &Path, srx: &Srx, fingerprint: String) -> Result<Self, Error> {
        let mut groups = Vec::with_capacity(srx.groups.len());
        for group in &srx.groups {
            let compiled = group.rules.iter().map(|rule| {
                Compiled::new(rule.breaks, &rule.before, &rule.after)
                    .map_err(|(java, message)| refused(path, rule.line, &group.name, (java, message)))
            });
            let compiled = compiled.collect::<Result<Vec<_>, _>>()?;
            groups.push(Group { source: Vec::new(), compiled: compiled.into() });
        }
        let mut maps = Vec::with_capacity(srx.maps.len());
        for map in &srx.maps {
            let compiled = language_pattern(&map.languages)
                .map_err(|message| refused(path, map.line, &map.group, (&map.languages, message)))?;
            let group = srx.place(&map.group);
            maps.extend(group.map(|group| Map { source: String::new(), compiled: compiled.into(), group }));
        }
        Ok(Self::of(groups, maps, srx.header.cascade, fingerprint))
    }

    /// The rules of a document that is known to be sound, compiled as they are needed.
    fn to_compile(srx: Srx, fingerprint: String) -> Self {
        let map = |map: &srx::Map| {
            let group = srx.place(&map.group)?;
            Some(Map { source: map.languages.clone(), compiled: OnceLock::new(), group })
        };
        let maps = srx.maps.iter().filter_map(map).collect();
        let group = |group: srx::Group| Group { source: group.rules, compiled: OnceLock::new() };
        Self::of(srx.groups.into_iter().map(group).collect(), maps, srx.header.cascade, fingerprint)
    }

    fn of(groups: Vec<Group>, maps: Vec<Map>, cascade: bool, fingerprint: String) -> Self {
        Self { shared: Arc::new(Shared { cascade, groups, maps, fingerprint, machines: Mutex::default() }) }
    }
}

impl Shared {
    /// The machine that runs the rules of `lang`.
    fn machine(&self, lang: Lang) -> Arc<Machine> {
        let mut machines = self.machines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(machine) = machines.of_languages.get(&lang) {
            return Arc::clone(machine);
        }
        let made = machines.of_groups.entry(self.groups_of(lang)).or_insert_with_key(|groups| {
            let rules = groups.iter().flat_map(|group| self.groups[*group].rules().iter().cloned());
            Arc::new(Machine::new(rules.collect()))
        });
        let machine = Arc::clone(made);
        machines.of_languages.insert(lang, Arc::clone(&machine));
        machine
    }

    /// The groups of rules for `lang`, in order; only the first where the document does not cascade.
    fn groups_of(&self, lang: Lang) -> Vec<usize> {
        let tag = lang.to_string();
        let fitting = self.maps.iter().filter(|map| map.fits(&tag));
        fitting.map(|map| map.group).take(if self.cascade { usize::MAX } else { 1 }).collect()
    }
}

impl Group {
    fn rules(&self) -> &[Compiled] {
        let builtin = |rule: &srx::Rule| Compiled::builtin(rule.breaks, &rule.before, &rule.after);
        self.compiled.get_or_init(|| self.source.iter().map(builtin).collect())
    }
}

impl Map {
    fn fits(&self, tag: &str) -> bool {
        let builtin = || language_pattern(&self.source).expect("the built-in maps are sound, as a test shows");
        self.compiled.get_or_init(builtin).is_match(tag).unwrap_or(false)
    }
}

/// Languages are matched whole and without regard to case, since tools differ in how they write tags.
fn language_pattern(java: &str) -> Result<Regex, String> {
    let exact = Pattern::translate(java, 0)?.exact;
    Regex::new(&format!(r"(?i)\A(?:{exact})\z")).map_err(|why| why.to_string())
}

/// Refuses rules whose automata would not fit in memory.
fn check_size(path: &Path, srx: &Srx) -> Result<(), Error> {
    let mut size = 0;
    for rule in srx.groups.iter().flat_map(|group| &group.rules) {
        for java in [&rule.before, &rule.after] {
            let Ok(pattern) = Pattern::translate(java, 0) else { continue };
            let config = NFA::config().nfa_size_limit(Some(MAX_AUTOMATA - size));
            let built = NFA::compiler().configure(config).build(&pattern.wide);
            size += match built {
                Ok(nfa) => nfa.memory_usage(),
                Err(why) if why.size_limit().is_some() => MAX_AUTOMATA,
                Err(_) => 0,
            };
            if size >= MAX_AUTOMATA {
                let (path, what) = (path.to_owned(), "bytes of automata");
                return Err(Error::TooLarge { path, what, size, limit: MAX_AUTOMATA });
            }
        }
    }
    Ok(())
}

fn refused(path: &Path, line: usize, group: &str, (java, message): (&str, String)) -> Error {
    const SHOWN: usize = 80;
    let mut pattern: String = java.chars().take(SHOWN).collect();
    if pattern.len() < java.len() {
        pattern.push('…');
    }
    Error::Pattern { path: path.to_owned(), line, group: group.to_owned(), pattern, message }
}

#[cfg(test)]
mod tests;
