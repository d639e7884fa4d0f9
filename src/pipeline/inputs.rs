//! Which files a run reads, and what their outputs are called.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::ingest;
use crate::model::Origin;

use super::{Error, ledger};

/// A file to read and the slug of its outputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Where the file is.
    pub path: PathBuf,
    /// Its name for people and outputs, as its user wrote it.
    pub origin: Origin,
    /// File-name part for its outputs: `[a-z0-9-]`, unique in the run.
    pub slug: String,
}

impl Input {
    /// Whether `origin` names this file, however either is written.
    pub(super) fn is_of(&self, origin: &Origin) -> bool {
        let place = |path: &Path| path.canonicalize().ok();
        *origin == self.origin || place(origin.as_str().as_ref()).is_some_and(|there| place(&self.path) == Some(there))
    }
}

/// The longest slug in bytes; the language pair and an extension still fit a file name after it.
const LONGEST_SLUG: usize = 80;

/// Lists the files that `arguments` name: a file as it is, a folder as the articles under it, sorted by path.
/// A folder inside it that a run wrote its outputs to is passed over, since its pages are no articles.
/// A file that is named twice, by itself and in its folder for one, is listed once.
///
/// # Errors
/// When a folder cannot be read or is one that a run wrote its outputs to, or when nothing at all is named.
pub fn expand(arguments: &[PathBuf]) -> Result<Vec<Input>, Error> {
    let mut paths = Vec::new();
    for argument in arguments {
        if ledger::is_kept_in(argument) {
            return Err(Error::Outputs { path: argument.clone() });
        }
        if argument.is_dir() {
            folder(argument, &mut paths)?;
        } else {
            paths.push(argument.clone());
        }
    }
    if paths.is_empty() {
        return Err(Error::NoInput { paths: arguments.to_vec() });
    }
    let mut seen = HashSet::new();
    let mut slugs = Slugs::default();
    let once = paths.into_iter().filter(|path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
    Ok(once.map(|path| slugs.input(path)).collect())
}

/// Makes sure that outputs which go to `out` are not taken for articles when the same command goes on.
///
/// # Errors
/// When `out` is one of the folders that `arguments` name.
pub(super) fn keep_apart(arguments: &[PathBuf], out: &Path) -> Result<(), Error> {
    let Ok(out) = out.canonicalize() else { return Ok(()) };
    match arguments.iter().find(|argument| argument.is_dir() && argument.canonicalize().is_ok_and(|path| path == out)) {
        Some(path) => Err(Error::Outputs { path: path.clone() }),
        None => Ok(()),
    }
}

fn folder(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Error> {
    let unreadable = |source| Error::Folder { path: folder.to_path_buf(), source };
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        entries.push((entry.path(), entry.file_type().map_err(unreadable)?.is_dir()));
    }
    entries.sort();
    for (path, is_folder) in entries {
        if is_folder {
            if !ledger::is_kept_in(&path) {
                self::folder(&path, paths)?;
            }
        } else if ingest::is_article(&path) {
            paths.push(path);
        }
    }
    Ok(())
}

/// Hands out slugs, each once.
#[derive(Default)]
struct Slugs {
    taken: HashMap<String, usize>,
}

impl Slugs {
    fn input(&mut self, path: PathBuf) -> Input {
        let origin = Origin::file(&path);
        let mut wanted = slug::slugify(origin.stem());
        wanted.truncate(LONGEST_SLUG);
        if wanted.is_empty() {
            "article".clone_into(&mut wanted);
        }
        let slug = self.free(&wanted);
        Input { path, origin, slug }
    }

    fn free(&mut self, wanted: &str) -> String {
        let seen = self.taken.entry(wanted.to_owned()).or_default();
        *seen += 1;
        let candidate = if *seen == 1 { wanted.to_owned() } else { format!("{wanted}-{seen}") };
        if candidate == wanted || self.taken.insert(candidate.clone(), 1).is_none() {
            return candidate;
        }
        self.free(wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn slugs(paths: &[&str], expected: &[&str]) {
        let mut slugs = Slugs::default();
        let got: Vec<String> = paths.iter().map(|path| slugs.input(PathBuf::from(path)).slug).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn a_slug_comes_from_the_file_name() {
        slugs(&["in/Summit Report.txt", "in/africa.gb18030.txt"], &["summit-report", "africa-gb18030"]);
        slugs(&["中美.txt", "???.md"], &["zhong-mei", "article"]);
        slugs(&["../../etc/passwd", "CON.txt"], &["passwd", "con"]);
    }

    #[test]
    fn no_two_inputs_share_a_slug() {
        slugs(&["a/x.txt", "b/x.txt", "x-2.txt", "c/X.txt"], &["x", "x-2", "x-2-2", "x-3"]);
    }

    #[test]
    fn a_slug_leaves_room_in_a_file_name() {
        let mut slugs = Slugs::default();
        assert_eq!(slugs.input(PathBuf::from("a".repeat(300))).slug.len(), LONGEST_SLUG);
    }

    #[test]
    fn a_folder_gives_its_articles_in_order() {
        let dir = tempfile::tempdir().expect("a folder");
        for name in ["b.txt", "a.md", "notes.pdf", "sub/c.html", "out/index.html", "out/chancery.lock"] {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            std::fs::write(path, "x").expect("written");
        }
        let inputs = expand(&[dir.path().to_path_buf()]).expect("inputs");
        let slugs: Vec<&str> = inputs.iter().map(|input| input.slug.as_str()).collect();
        assert_eq!(slugs, ["a", "b", "c"]);
    }

    #[test]
    fn a_file_named_twice_is_listed_once() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("a.txt");
        std::fs::write(&file, "x").expect("written");
        let again = dir.path().join(".").join("a.txt");
        let inputs = expand(&[file, dir.path().to_path_buf(), again]).expect("inputs");
        assert_eq!(inputs.len(), 1, "{inputs:?}");
    }

    #[test]
    fn an_empty_folder_is_an_error() {
        let dir = tempfile::tempdir().expect("a folder");
        assert!(matches!(expand(&[dir.path().to_path_buf()]), Err(Error::NoInput { .. })));
    }
}
