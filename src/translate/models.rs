//! Translation models on disk: which there are, whether they are what they claim to be, and how more are had.
//!
//! A model set is a folder named for its direction, `en-pt` or `zh-Hant-en` (or `enpt-1693087644`, as Firefox's builds
//! are called), with `model.*.bin`, `vocab.*.spm` (or `srcvocab.*.spm` and `trgvocab.*.spm`), perhaps `lex.*.bin`, and
//! beside them `SHA256SUMS` and `model.json`, which says what it is.
//! Law: bytes are read once, and what is handed out was compared with `SHA256SUMS` where the folder has one.

mod bundle;
mod catalogue;
mod description;
mod events;
mod fetch;
mod pull;
mod remove;
mod set;
mod store;
mod sums;
mod unbundle;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::Error;
use crate::model::{Lang, Pair};

pub use bundle::{Bundled, bundle};
pub use catalogue::{Catalogue, Listing, MIRROR, Offer};
pub use description::{Description, Version};
pub use events::{Event, Observer, Silence};
pub use pull::{Pulled, Session, is_there, pull};
pub use remove::{Removed, may_remove, remove};
pub(crate) use set::Loaded;
pub use set::{ModelFile, ModelSet, Recorded, Role, State};
pub use unbundle::unbundle;

/// Lists the model sets in `dirs` that serve, by direction; of two for the same direction, the one in the earlier folder.
///
/// A folder that is not there holds none. A set that is incomplete or unreadable is listed, and says so when it is used.
///
/// # Errors
/// When a folder of model sets cannot be read.
pub fn list(dirs: &[PathBuf]) -> Result<Vec<ModelSet>, Error> {
    let mut serving = BTreeMap::new();
    for set in all(dirs)? {
        serving.entry(set.pair).or_insert(set);
    }
    Ok(serving.into_values().collect())
}

/// Lists all model sets in `dirs`, those that an earlier folder hides too, in the order in which they are looked for.
///
/// # Errors
/// When a folder of model sets cannot be read.
pub fn all(dirs: &[PathBuf]) -> Result<Vec<ModelSet>, Error> {
    let mut sets = Vec::new();
    for dir in dirs.iter().filter(|dir| dir.exists()) {
        let mut folders = store::set_aside(dir);
        folders.extend(entries(dir)?.into_iter().map(|folder| (file_name(&folder), folder)));
        folders.sort();
        let named = |(name, folder): (String, PathBuf)| Some((pair_of(&name)?, folder));
        let found = folders.into_iter().filter(|(_, folder)| folder.is_dir()).filter_map(named);
        sets.extend(found.map(|(pair, folder)| ModelSet::open(pair, folder)));
    }
    Ok(sets)
}

/// The direction that a name such as `en-pt`, `zh-Hant-en` or `enpt-1693087644` means.
pub(crate) fn pair_of(name: &str) -> Option<Pair> {
    let lang = |tag: &str| tag.parse::<Lang>().ok().filter(|lang| lang.to_string() == tag);
    let pair = |source: &str, target: &str| Some(Pair { source: lang(source)?, target: lang(target)? });
    let tags = name.match_indices('-').find_map(|(at, _)| pair(&name[..at], &name[at + 1..]));
    tags.or_else(|| {
        let code = name.split('-').next().filter(|code| code.len() == 4 && code.is_ascii())?;
        pair(&code[..2], &code[2..])
    })
}

/// Whether readers of the languages of one direction read those of the other: `zh-en` and `zh-Hans-en`.
fn reads_as(one: Pair, other: Pair) -> bool {
    one.source.reads_as(other.source) && one.target.reads_as(other.target)
}

/// The two directions that stand in for one that has no model: into English and out of it.
fn through_english(pair: Pair) -> Option<[Pair; 2]> {
    let english: Lang = "en".parse().ok()?;
    let needed = !pair.source.reads_as(english) && !pair.target.reads_as(english);
    needed.then_some([Pair { target: english, ..pair }, Pair { source: english, ..pair }])
}

/// The sets that translate a pair: its own, or else one into and one out of English.
fn serving(sets: &[ModelSet], pair: Pair) -> Option<Vec<&ModelSet>> {
    let own = |pair: Pair| {
        let exact = sets.iter().find(|set| set.pair == pair);
        exact.or_else(|| sets.iter().find(|set| reads_as(set.pair, pair)))
    };
    own(pair).map(|set| vec![set]).or_else(|| through_english(pair)?.into_iter().map(own).collect())
}

/// The entries of a folder, by name.
fn entries(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let unreadable = |error: std::io::Error| Error::file(dir, &error);
    let entries = fs::read_dir(dir).map_err(unreadable)?;
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
