//! `SHA256SUMS`: the checksums of a folder's files, as `sha256sum` writes them.
//!
//! Law: a list is written whole, and never over another.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use super::file_name;
use crate::model::Sha256;
use crate::translate::Error;

/// The name of the list in a model folder.
pub(super) const SUMS: &str = "SHA256SUMS";

/// How the name of a list begins while it is written.
pub(super) const HALF_SUMS: &str = ".SHA256SUMS-";

/// The longest text file of a model set that is read, in bytes.
const MAX_TEXT: u64 = 1 << 20;

/// Checksums by file name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sums(pub(super) BTreeMap<String, String>);

impl Sums {
    /// The list in a folder, where it has one.
    ///
    /// # Errors
    /// When it cannot be read, or a line is not one of `sha256sum`.
    pub(super) fn of(dir: &Path) -> Result<Option<Self>, Error> {
        let path = dir.join(SUMS);
        read_text(&path)?.map(|text| Self::parse(&path, &text)).transpose()
    }

    /// Reads the lines of a list.
    pub(super) fn parse(path: &Path, text: &str) -> Result<Self, Error> {
        let mut sums = BTreeMap::new();
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            let (name, sum) = entry(line).ok_or_else(|| Error::Model {
                path: path.to_owned(),
                reason: format!("line {number} is not a checksum and a file name; fetch the model again"),
            })?;
            if sums.insert(name, sum).is_some() {
                let reason = format!("line {number} names a file a second time; fetch the model again");
                return Err(Error::Model { path: path.to_owned(), reason });
            }
        }
        Ok(Self(sums))
    }

    /// Compares the sum that was found of a file with the list.
    pub(super) fn check(&self, path: &Path, found: &str) -> Result<(), Error> {
        match self.0.get(&file_name(path)) {
            Some(expected) if expected == found => Ok(()),
            Some(expected) => {
                Err(Error::Checksum { path: path.to_owned(), expected: expected.clone(), found: found.to_owned() })
            }
            None => Err(Error::Model {
                path: path.to_owned(),
                reason: format!("not listed in {SUMS}; fetch the model again, or remove the file"),
            }),
        }
    }

    /// Writes the list into a folder that has none: whole, or not at all.
    pub(super) fn write_new(&self, dir: &Path) -> io::Result<()> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(HALF_SUMS);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
        let mut file = builder.tempfile_in(dir)?;
        file.write_all(self.to_string().as_bytes())?;
        file.as_file().sync_all()?;
        file.persist_noclobber(dir.join(SUMS)).map_err(|error| error.error)?;
        Ok(())
    }
}

impl fmt::Display for Sums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(name, sum)| writeln!(f, "{sum}  {name}"))
    }
}

/// A line: the sum, a space, a space or `*`, the name.
fn entry(line: &str) -> Option<(String, String)> {
    let (sum, name) = line.split_once(' ')?;
    let name = name.strip_prefix([' ', '*'])?;
    let hexadecimal = sum.len() == 64 && sum.bytes().all(|digit| digit.is_ascii_hexdigit());
    (hexadecimal && !name.is_empty() && !name.contains(char::is_control))
        .then(|| (name.to_owned(), sum.to_ascii_lowercase()))
}

/// SHA-256 of a file, read piece by piece.
pub(super) fn sha256_of(path: &Path, file: File) -> Result<String, Error> {
    let mut sum = Sha256::default();
    pour(
        file,
        |error| Error::file(path, &error),
        |piece| {
            sum.update(piece);
            Ok(())
        },
    )?;
    Ok(sum.finish())
}

/// Hands all bytes of `from` on, piece by piece; answers how many there were.
pub(super) fn pour(
    mut from: impl Read,
    unreadable: impl Fn(io::Error) -> Error,
    mut to: impl FnMut(&[u8]) -> Result<(), Error>,
) -> Result<u64, Error> {
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(bytes),
            Ok(length) => {
                to(&buffer[..length])?;
                bytes += length as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(error)),
        }
    }
}

/// A file that is being written, and the sum of what it has so far.
pub(super) struct NewFile {
    path: PathBuf,
    file: File,
    sum: Sha256,
}

impl NewFile {
    /// Makes a file where none is.
    pub(super) fn create(path: &Path) -> Result<Self, Error> {
        let file = File::create_new(path).map_err(|error| Error::file(path, &error))?;
        Ok(Self { path: path.to_owned(), file, sum: Sha256::default() })
    }

    /// Makes a file of `content`.
    pub(super) fn with(path: &Path, content: &[u8]) -> Result<(), Error> {
        let mut file = Self::create(path)?;
        file.append(content)?;
        file.finish().map(|_| ())
    }

    pub(super) fn append(&mut self, piece: &[u8]) -> Result<(), Error> {
        self.sum.update(piece);
        self.file.write_all(piece).map_err(|error| Error::file(&self.path, &error))
    }

    /// Sees it onto the disk; answers the sum.
    pub(super) fn finish(self) -> Result<String, Error> {
        self.file.sync_all().map_err(|error| Error::file(&self.path, &error))?;
        Ok(self.sum.finish())
    }
}

/// Opens a plain file: what else has a name (a folder, a pipe, a device) is an error, and is not waited for.
pub(super) fn open_plain(path: &Path) -> io::Result<File> {
    let kind = fs::metadata(path)?.file_type();
    if !kind.is_file() {
        let other = if kind.is_dir() { "it is a folder, not a file" } else { "it is no plain file" };
        return Err(io::Error::other(other));
    }
    File::open(path)
}

/// A small text file; `None` where there is none.
pub(super) fn read_text(path: &Path) -> Result<Option<String>, Error> {
    let file = match open_plain(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::file(path, &error)),
    };
    let mut text = String::new();
    file.take(MAX_TEXT + 1).read_to_string(&mut text).map_err(|error| Error::file(path, &error))?;
    if text.len() as u64 > MAX_TEXT {
        let reason = format!("it is longer than {MAX_TEXT} bytes; fetch the model again");
        return Err(Error::Model { path: path.to_owned(), reason });
    }
    Ok(Some(text))
}
