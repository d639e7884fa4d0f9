//! The OASIS suite: every file that it calls valid is read.

use crate::shared;

#[test]
fn the_oasis_suite_is_read() {
    let suite = shared::path("data/xliff/oasis-2.1");
    let mut read = 0;
    for folder in ["core/valid", "modules/valid", "core/in-out"] {
        let Ok(entries) = std::fs::read_dir(suite.join(folder)) else { continue };
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            if path.extension().is_some_and(|extension| extension == "xlf") {
                let bytes = std::fs::read(&path).expect("a file");
                let files = super::files(&path, &bytes).unwrap_or_else(|error| panic!("{error}"));
                assert!(!files.is_empty(), "{}: no file", path.display());
                read += 1;
            }
        }
    }
    assert!(read >= 59 || std::env::var_os("CI").is_none(), "{read} files of the OASIS suite in {}", suite.display());
}
