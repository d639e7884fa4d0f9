//! The crate `fxtranslate` as a peer of the engine bench: `translate_batch` on batches of 16 sorted by length.
//!
//! It loads a model the way its maker advises for speed, mapped; and without the shortlist, with which it is slower in
//! batches.

#[path = "../peer.rs"]
mod peer;

use std::path::{Path, PathBuf};
use std::{env, fs};

use fxtranslate::engine::Engine;

fn main() -> Result<(), String> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    peer::run(&arguments, load, Engine::translate_batch)
}

fn load(folder: &Path) -> Result<Engine, String> {
    let path = |start: &str| -> Result<PathBuf, String> {
        let mut entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?.flatten();
        let found = entries.find(|entry| entry.file_name().to_string_lossy().starts_with(start));
        found.map(|entry| entry.path()).ok_or_else(|| format!("{}: no file {start}*", folder.display()))
    };
    let (model, vocabulary) = (path("model.")?, path("vocab.")?);
    let [model, vocabulary] = [model, vocabulary].map(|path| path.to_string_lossy().into_owned());
    Engine::load_mmapped(&model, &vocabulary, &vocabulary)
}
