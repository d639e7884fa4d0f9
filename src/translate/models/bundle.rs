//! Bundles: model sets in one tar file, for machines without a network.
//!
//! ```text
//! MANIFEST            SHA-256 of every file that follows, as sha256sum writes them
//! en-pt/SHA256SUMS    the sets in the order of their names, the files in the order of theirs
//! en-pt/lex.50.50.enpt.s2t.bin
//! ..
//! ```
//! Law: the same sets make the same bytes; what is bundled was compared with its checksums on the way.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use super::description::DESCRIPTION;
use super::sums::{SUMS, Sums, open_plain, sha256_of};
use super::{ModelSet, file_name, serving};
use crate::model::{Pair, Sha256, sha256};
use crate::translate::Error;

/// The list of all files of a bundle.
pub(super) const MANIFEST: &str = "MANIFEST";

/// A bundle that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundled {
    /// The directions in it.
    pub pairs: Vec<Pair>,
    /// Its length in bytes.
    pub bytes: u64,
}

/// A file of a bundle.
enum Content {
    File(PathBuf),
    Text(String),
}

/// Writes the models that translate `pairs` into a tar file that is not there yet; for a pair that has none of its own,
/// those into and out of English. The file appears whole, or not at all.
///
/// # Errors
/// When `sets` has no model for a pair, a set is broken, or the file is there or cannot be written.
pub fn bundle(sets: &[ModelSet], pairs: &[Pair], out: &Path) -> Result<Bundled, Error> {
    let mut wanted = BTreeMap::new();
    for &pair in pairs {
        let serving = serving(sets, pair).ok_or(Error::NoPair { pair })?;
        wanted.extend(serving.into_iter().map(|set| (set.pair.to_string(), set)));
    }
    let (mut contents, mut manifest) = (BTreeMap::new(), BTreeMap::new());
    for (name, set) in &wanted {
        for (file, (content, sum)) in files(set)? {
            let path = format!("{name}/{file}");
            manifest.insert(path.clone(), sum);
            contents.insert(path, content);
        }
    }
    let bytes = write(out, &Sums(manifest), contents)?;
    Ok(Bundled { pairs: wanted.values().map(|set| set.pair).collect(), bytes })
}

/// The files of a checked set by name, with their sums. A set without a list gets one.
fn files(set: &ModelSet) -> Result<BTreeMap<String, (Content, String)>, Error> {
    set.verify()?;
    let mut sums = Sums::default();
    for file in &set.files {
        let open = open_plain(&file.path).map_err(|error| Error::file(&file.path, &error))?;
        sums.0.insert(file_name(&file.path), sha256_of(&file.path, open)?);
    }
    let list = sums.to_string();
    let entry = |(name, sum): (String, String)| {
        let path = set.dir.join(&name);
        (name, (Content::File(path), sum))
    };
    let mut files: BTreeMap<_, _> = sums.0.into_iter().map(entry).collect();
    if let Some(description) = set.description()? {
        let text = description.to_json();
        files.insert(DESCRIPTION.to_owned(), (Content::Text(text.clone()), sha256(text.as_bytes())));
    }
    files.insert(SUMS.to_owned(), (Content::Text(list.clone()), sha256(list.as_bytes())));
    Ok(files)
}

/// Writes the tar file beside its place, and then into it.
fn write(out: &Path, manifest: &Sums, contents: BTreeMap<String, Content>) -> Result<u64, Error> {
    let unwritable = |error: io::Error| Error::file(out, &error);
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".bundle-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = builder.tempfile_in(folder).map_err(unwritable)?;
    let mut tar = tar::Builder::new(BufWriter::new(&mut file));
    append(&mut tar, MANIFEST, Content::Text(manifest.to_string()), None).map_err(unwritable)?;
    for (path, content) in contents {
        let sum = manifest.0.get(&path);
        append(&mut tar, &path, content, sum).map_err(unwritable)?;
    }
    tar.into_inner().and_then(|mut inner| inner.flush()).map_err(unwritable)?;
    file.as_file().sync_all().map_err(unwritable)?;
    let file = file.persist_noclobber(out).map_err(|error| unwritable(error.error))?;
    file.metadata().map(|found| found.len()).map_err(unwritable)
}

/// Appends a file, without what is this machine's: its owner, its time.
fn append(tar: &mut tar::Builder<impl Write>, path: &str, content: Content, sum: Option<&String>) -> io::Result<()> {
    let mut header = tar::Header::new_ustar();
    header.set_mode(0o644);
    header.set_mtime(0);
    header.set_entry_type(tar::EntryType::Regular);
    match content {
        Content::Text(text) => {
            header.set_size(text.len() as u64);
            tar.append_data(&mut header, path, text.as_bytes())
        }
        Content::File(file) => {
            let open = open_plain(&file)?;
            header.set_size(open.metadata()?.len());
            let mut summed = Summed { file: open, sum: Sha256::default() };
            tar.append_data(&mut header, path, &mut summed)?;
            let same = sum.is_none_or(|sum| *sum == summed.sum.finish());
            if same { Ok(()) } else { Err(io::Error::other(format!("{} changed meanwhile", file.display()))) }
        }
    }
}

/// A file that is summed as it is read.
struct Summed {
    file: File,
    sum: Sha256,
}

impl Read for Summed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(buffer)?;
        self.sum.update(&buffer[..length]);
        Ok(length)
    }
}
