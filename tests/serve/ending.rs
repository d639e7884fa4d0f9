//! How it starts and ends: signals, grace, more requests than it takes.

use std::fs;
use std::thread;

use serde_json::json;

use crate::desk::Desk;
use crate::http;
use crate::process::Serving;
use crate::wire::desk_with;

/// A program that translates only once the file `open` is there.
const WAITS: &str = "import os, sys, time\nlines = sys.stdin.readlines()\nopen('begun', 'w').close()\n\
    while not os.path.exists('open'): time.sleep(0.02)\nfor line in lines: print('O ministro falou ontem com a imprensa.')";

fn ask(address: &str) -> std::io::Result<http::Answer> {
    let body = json!({ "q": "The minister spoke to the press yesterday.", "source": "en", "target": "pt" }).to_string();
    http::send(address, "POST", "/translate", Some(("application/json", body.as_bytes())))
}

/// Waits until `is` true.
fn until(what: &str, is: impl Fn() -> bool) {
    let began = std::time::Instant::now();
    while !is() {
        assert!(began.elapsed().as_secs() < 60, "{what} does not come");
        thread::sleep(std::time::Duration::from_millis(10));
    }
}

#[track_caller]
fn ends_whole(signal: &str) {
    let desk = desk_with(WAITS);
    let serving = Serving::start(&desk, &[]);
    let address = serving.address.clone();
    let asked = thread::spawn(move || ask(&address));
    until("the request", || desk.path("begun").exists());
    serving.signal(signal);
    until("the end of listening", || http::send(&serving.address, "GET", "/health", None).is_err());
    fs::write(desk.path("open"), "").expect("written");
    assert_eq!(asked.join().expect("a thread").expect("an answer").status, 200);
    let (status, said) = serving.ends();
    assert_eq!((status.code(), said.trim()), (Some(0), "stopping: what is under way is finished"));
}

#[test]
fn what_is_under_way_is_answered_after_a_signal() {
    ends_whole("TERM");
    ends_whole("INT");
}

#[test]
fn what_outlives_the_grace_is_told() {
    let desk = desk_with(WAITS);
    let serving = Serving::start(&desk, &["--grace", "0"]);
    let address = serving.address.clone();
    let asked = thread::spawn(move || ask(&address));
    until("the request", || desk.path("begun").exists());
    serving.signal("TERM");
    let (status, said) = serving.ends();
    assert_eq!(status.code(), Some(3), "{said}");
    assert!(said.contains("still under way after 0 seconds"), "{said}");
    assert!(asked.join().expect("a thread").is_err());
}

#[test]
fn more_than_can_wait_are_refused_and_the_rest_is_answered() {
    let desk = desk_with(WAITS);
    let serving = Serving::start(&desk, &["--concurrency", "1"]);
    let waiting: Vec<_> = (0..16)
        .map(|_| {
            let address = serving.address.clone();
            thread::spawn(move || ask(&address).expect("an answer").status)
        })
        .collect();
    // The one that asks is under way too.
    until("the queue", || serving.measured("chancery_requests_under_way") > 16.5);
    let refused = ask(&serving.address).expect("an answer");
    assert_eq!((refused.status, refused.head.contains("retry-after: 1")), (429, true), "{}", refused.body);
    assert!(refused.error().starts_with("Slowdown:"));
    fs::write(desk.path("open"), "").expect("written");
    assert!(waiting.into_iter().all(|one| one.join().expect("a thread") == 200));
}

#[test]
fn a_wrong_start_is_told() {
    let desk = Desk::new();
    desk.run(&["serve", "--api-key-env", "NO_SUCH_VARIABLE_9"]).exits(2).tells(&["--api-key-env", "not set"]);
    desk.run(&["serve", "--bind", "nowhere"]).exits(2);
    let limited = Desk::new().file("pipeline.toml", b"[translate]\nbudget = 1.0\n");
    limited.run(&["serve", "--bind", "127.0.0.1:0"]).exits(2).tells(&["budget", "chancery translate"]);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    desk.run(&["serve", "--bind", &address]).exits(2).tells(&["--bind", &address]);
}
