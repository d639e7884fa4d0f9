//! The law over all cases: no failure is silent.
//!
//! Each segment of each article is translated with the one right answer, or with another one that a finding is about; or
//! it has no target and is listed with its reason; or its article was not written, and the exit code says that the run has
//! to be done again. Nothing half-written lies about, the lock file holds what was written, and no file and no word holds the key.

use std::collections::BTreeSet;
use std::fmt;
use std::process::ExitStatus;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use crate::desk::{Desk, KEY, name};
use crate::texts::{sentences, translated};

/// Exit codes that say a run is to be done again; none where it was killed.
const AGAIN: [Option<i32>; 4] = [Some(4), Some(130), Some(143), None];

/// What a run left of an article.
#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) number: usize,
    /// Its row in the report; null where it has none.
    pub(crate) row: Value,
    /// Its segments as its XLIFF holds them; absent where there is none.
    pub(crate) units: Option<Vec<Segment>>,
}

/// A segment in XLIFF.
#[derive(Debug, Clone, Default)]
pub(crate) struct Segment {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) target: Option<String>,
}

/// What the last run left of each article of the desk.
#[track_caller]
pub(crate) fn articles(desk: &Desk) -> Vec<Article> {
    let report = report(desk).unwrap_or_default();
    let rows = report["articles"].as_array().cloned().unwrap_or_default();
    let article = |&number: &usize| {
        let row = rows.iter().find(|row| row["origin"] == name(number).as_str()).cloned().unwrap_or_default();
        let xliff = std::fs::read_to_string(desk.path(&format!("out/a{number}.en-pt-BR.xlf"))).ok();
        Article { number, row, units: xliff.map(|xliff| segments(&xliff)) }
    };
    desk.articles.iter().map(article).collect()
}

/// The report of the last run.
pub(crate) fn report(desk: &Desk) -> Option<Value> {
    serde_json::from_slice(&std::fs::read(desk.path("out/report.json")).ok()?).ok()
}

/// Holds what a run left against the law.
#[track_caller]
pub(crate) fn check(desk: &Desk, status: ExitStatus) {
    no_key_is_told(desk);
    if status.code() == Some(2) {
        return;
    }
    // A run that is ended at once cannot tidy up; the next one does.
    let tidies = status.code().is_some() && !desk.said("stderr").contains("stopped at once");
    if tidies {
        nothing_is_half_written(desk);
    }
    for article in articles(desk) {
        article.is_accounted_for(desk, status.code());
        article.is_locked(desk);
    }
}

impl fmt::Display for Article {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "article {}: {}", self.number, self.row)?;
        let Some(units) = &self.units else { return writeln!(f, "  no XLIFF") };
        units.iter().try_for_each(|unit| writeln!(f, "  {}: {} => {:?}", unit.id, unit.source, unit.target))
    }
}

impl Article {
    /// Segments without a target, counted from 0; all where nothing was written.
    pub(crate) fn missing(&self) -> Vec<usize> {
        let Some(units) = &self.units else { return (0..sentences(self.number).len()).collect() };
        (0..units.len()).filter(|&at| units[at].target.is_none()).collect()
    }

    /// Whether the next run is to do it.
    pub(crate) fn is_unfinished(&self) -> bool {
        self.units.is_none() && (self.row.is_null() || self.row["status"] == "unfinished")
    }

    #[track_caller]
    fn is_accounted_for(&self, desk: &Desk, code: Option<i32>) {
        // A disk that is full holds no report either.
        let no_room = code == Some(3) && desk.said("stderr").contains("run again once there is room");
        let again = AGAIN.contains(&code) || no_room;
        let Some(units) = &self.units else {
            let told = self.row["reason"].is_string() && code == Some(3);
            return assert!(told || again, "exit code {code:?}, and nothing was written: {self}");
        };
        let sources: Vec<&String> = units.iter().map(|unit| &unit.source).collect();
        assert_eq!(sources, sentences(self.number).iter().collect::<Vec<_>>());
        assert!(!self.row.is_null() || again, "exit code {code:?}, and no row: {self}");
        let (failures, findings) = (self.list("failures"), self.list("findings"));
        for Segment { id, source, target } in units {
            let told = match target {
                Some(target) => *target == translated(source) || findings.contains(id),
                None => code != Some(0) && (self.row.is_null() || failures.contains(id)),
            };
            assert!(told, "exit code {code:?}, and {id} is silent: {self}");
        }
    }

    /// What the lock file says is there, is there.
    #[track_caller]
    fn is_locked(&self, desk: &Desk) {
        let read = |name: &str| std::fs::read_to_string(desk.path(&format!("out/{name}"))).unwrap_or_default();
        let slug = format!("\"slug\":\"a{}\"", self.number);
        let locked = [read("chancery.lock"), read("chancery.lock.part")].concat().contains(&slug);
        assert!(!locked || self.units.is_some(), "the lock file has what was not written: {self}");
    }

    /// The segments in a list of the row.
    fn list(&self, key: &str) -> BTreeSet<String> {
        let rows = self.row[key].as_array().into_iter().flatten();
        rows.filter_map(|row| row["segment"].as_str().map(str::to_owned)).collect()
    }
}

#[track_caller]
fn nothing_is_half_written(desk: &Desk) {
    for name in desk.files("out").keys() {
        assert!(!name.contains(".chancery-") && !name.contains(".tmp"), "{name} lies about");
    }
}

/// The key stands in no file but the program's own environment.
#[track_caller]
fn no_key_is_told(desk: &Desk) {
    for (name, bytes) in desk.files("") {
        assert!(!bytes.windows(KEY.len()).any(|window| window == KEY.as_bytes()), "{name} holds the key");
    }
}

/// The segments of an XLIFF 2 document in order; what stands between them does not count.
fn segments(xliff: &str) -> Vec<Segment> {
    let (mut reader, mut all, mut path) = (Reader::from_str(xliff), Vec::<Segment>::new(), Vec::new());
    loop {
        match reader.read_event().expect("well-formed XLIFF") {
            Event::Start(tag) => {
                path.push(tag.name().as_ref().to_owned());
                if path.ends_with(&["segment".to_owned()]) {
                    let id = tag.try_get_attribute("id").expect("attributes").expect("an id");
                    all.push(Segment { id: id.value.into_owned(), ..Segment::default() });
                } else if let Some(segment) = all.last_mut().filter(|_| is_in(&path, "target")) {
                    segment.target.get_or_insert_default();
                }
            }
            Event::End(_) => drop(path.pop()),
            Event::Text(text) => match all.last_mut() {
                Some(segment) if is_in(&path, "source") => segment.source.push_str(&text),
                Some(segment) if is_in(&path, "target") => segment.target.get_or_insert_default().push_str(&text),
                _ => {}
            },
            Event::Eof => return all,
            _ => {}
        }
    }
}

/// Whether an element at the end of `path` is a segment's of this name.
fn is_in(path: &[String], name: &str) -> bool {
    matches!(path, [.., parent, own] if parent == "segment" && own == name)
}
