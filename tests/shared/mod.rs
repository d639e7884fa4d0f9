//! The test data that lie beside the repository, or in the folder that `CHANCERY_SHARED` names.

#![expect(unreachable_pub, reason = "a module of tests has no outside")]

use std::path::{Path, PathBuf};

/// NTREX-128's news documents (CC BY-SA 4.0), a line each, their segments in many languages side by side.
pub const NTREX: &str = "data/ntrex/dev.jsonl";

/// Where the shared data have `inside`.
pub fn path(inside: &str) -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    std::env::var_os("CHANCERY_SHARED").map_or_else(beside, PathBuf::from).join(inside)
}

/// The documents of NTREX, each the segments of the languages that NTREX calls `names`, side by side.
pub fn ntrex<const N: usize>(names: [&str; N]) -> Vec<Vec<[String; N]>> {
    let lines = std::fs::read_to_string(path(NTREX)).expect("the shared data; set CHANCERY_SHARED");
    let document = |line: &str| {
        let document: serde_json::Value = serde_json::from_str(line).expect("a JSON object");
        let segments = document["segs"].as_array().expect("segments").iter();
        segments.map(|segment| names.map(|name| segment[name].as_str().expect("a text").to_owned())).collect()
    };
    lines.lines().map(document).collect()
}
