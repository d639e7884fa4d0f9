//! Reads whatever comes as XLIFF.
//!
//! Laws: reading never panics; it does not depend on how the bytes arrive; codes stand between characters, in the order of
//! the text; ids that must be unique are; an error says on which line of the document it is.
#![no_main]

use std::collections::HashSet;
use std::io::Read;
use std::path::Path;

use chancery::xliff::{self, Content, Error, File, Unit};
use libfuzzer_sys::fuzz_target;

/// Gives up to seven bytes at a time.
struct Trickle<'a>(&'a [u8], usize);

impl Read for Trickle<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.1 = self.1 % 7 + 1;
        let some = self.1.min(into.len()).min(self.0.len());
        into[..some].copy_from_slice(&self.0[..some]);
        self.0 = &self.0[some..];
        Ok(some)
    }
}

fuzz_target!(|bytes: &[u8]| {
    let path = Path::new("a.xlf");
    let whole = xliff::files(path, bytes);
    let mut arrived = Vec::new();
    let read = xliff::read(path, Trickle(bytes, bytes.len()), &mut |file| arrived.push(file));
    assert_eq!(whole, read.map(|()| arrived));
    match whole {
        Ok(files) => files.iter().for_each(file),
        Err(error) => is_placed(&error, bytes),
    }
});

fn file(file: &File) {
    let ids: HashSet<&str> = file.units.iter().map(|unit| unit.id.as_str()).collect();
    assert_eq!(ids.len(), file.units.len(), "a unit twice");
    file.units.iter().for_each(unit);
}

fn unit(unit: &Unit) {
    let ids: Vec<&str> = unit.segments.iter().filter_map(|segment| segment.id.as_deref()).collect();
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "a segment twice");
    for segment in &unit.segments {
        content(&segment.source);
        segment.target.iter().for_each(content);
    }
}

fn content(content: &Content) {
    assert!(content.codes.is_sorted_by_key(|code| code.at), "codes out of order");
    assert!(content.codes.iter().all(|code| content.text.is_char_boundary(code.at)), "a code within a character");
}

fn is_placed(error: &Error, bytes: &[u8]) {
    let told = error.to_string();
    let line = told.split(':').nth(1).and_then(|line| line.parse::<usize>().ok());
    // In UTF-16 a line break is among these bytes too, if not only there.
    let breaks = bytes.iter().filter(|byte| **byte == b'\n').count();
    assert!(line.is_some_and(|line| (1..=breaks + 1).contains(&line)), "{told}");
}
