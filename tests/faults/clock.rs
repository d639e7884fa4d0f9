//! Clocks that are wrong or jump: waits are measured by a clock that only goes forward, and a date that a service names is
//! held against the service's own clock.

use std::fs;
use std::path::Path;
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

/// Where a clock that a person may set is read at all: dates that servers name, and the day of a model. Waits, rates and
/// pauses are not measured by it.
const READ_IN: &[&str] = &["src/translate/models/description.rs", "src/translate/net.rs"];

#[test]
fn no_wait_is_measured_by_a_clock_that_may_jump() {
    let mut read = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/translate"), &mut read);
    read.sort();
    assert_eq!(read, READ_IN);
}

fn walk(folder: &Path, read: &mut Vec<String>) {
    for path in fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            walk(&path, read);
        } else if fs::read_to_string(&path).is_ok_and(|text| text.contains("SystemTime")) {
            let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("a file of the project");
            read.push(name.to_string_lossy().replace('\\', "/"));
        }
    }
}
