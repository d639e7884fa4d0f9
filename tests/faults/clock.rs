//! Clocks that are wrong or jump: waits are measured by a clock that only goes forward, and a date that a service names is
//! held against the service's own clock.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::desk::Desk;
use crate::reply::Reply;

/// A service to which it is `now` asks to wait for two seconds: less is impolite, more than `deadline_s` would stop it.
#[track_caller]
fn waits_for_two_seconds(now: SystemTime) {
    let reply = Reply::status(429)
        .header("Date", &httpdate::fmt_http_date(now))
        .header("Retry-After", &httpdate::fmt_http_date(now + Duration::from_secs(2)));
    Desk::once(reply).run().exits(0).asked(2).apart(1.9).whole();
}

#[test]
fn a_service_whose_clock_is_an_hour_ahead() {
    waits_for_two_seconds(SystemTime::now() + Duration::from_hours(1));
}

#[test]
fn a_service_whose_clock_is_an_hour_behind() {
    waits_for_two_seconds(SystemTime::now() - Duration::from_hours(1));
}

#[test]
fn no_wait_is_measured_by_a_clock_that_may_jump() {
    let layers = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/translate/layers"));
    assert!(layers.len() > 5, "the layers are looked for in the wrong place: {layers:?}");
    let jumps = |path: &&PathBuf| fs::read_to_string(path).is_ok_and(|text| text.contains("SystemTime"));
    assert_eq!(layers.iter().filter(jumps).collect::<Vec<_>>(), Vec::<&PathBuf>::new());
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
