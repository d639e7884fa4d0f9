//! Runs that stop and go on: what was paid for is never paid for again, and what comes out is what an undisturbed run gives.

use std::cell::Cell;
use std::process::Child;

use crate::desk::{Desk, signal};
use crate::reply::Reply;
use crate::server::{Gate, Server};

/// Six articles, each in a window of its own, so that a run can be caught between them.
fn desk(server: Server) -> Desk {
    Desk::new(server).articles(6).translate("window = 6")
}

/// A server that is well, but answers from the request of this number on only when the gate is open.
fn gated(number: usize) -> (Server, Gate) {
    let gate = Gate::default();
    let guard = gate.clone();
    let server = Server::plan(move |at, request| {
        if at >= number {
            guard.pass();
        }
        Reply::well(request)
    });
    (server, gate)
}

/// Runs to the end, and compares with a run that nothing disturbed; a sound run asks once for each article, and `more`
/// requests are what the faults may have cost.
#[track_caller]
fn goes_on(desk: &Desk, more: usize) {
    desk.run().exits(0).whole();
    let (asked, most) = (desk.servers[0].requests().len(), desk.articles.len() + more);
    assert!(asked <= most, "{asked} requests, {most} at the most");
    desk.run_to("undisturbed");
    let (ours, theirs) = (desk.outputs("out"), desk.outputs("undisturbed"));
    assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    for (name, bytes) in ours {
        assert!(bytes == theirs[&name], "{name} is another than without the fault");
    }
}

#[test]
fn a_quota_that_ends_in_the_middle_costs_nothing_twice() {
    let server = Server::plan(|number, request| if number == 3 { Reply::status(456) } else { Reply::well(request) });
    let desk = desk(server);
    desk.run().exits(4).asked(4).tells(&["456", "run the same command again"]);
    goes_on(&desk, 1);
}

#[test]
fn a_quota_that_ends_within_an_article_costs_nothing_twice() {
    let server = Server::plan(|number, request| match request.texts.len() {
        // What is too large is sent in halves; the quota ends after the first of them.
        6 => Reply::status(413),
        _ if number == 2 => Reply::status(456),
        _ => Reply::well(request),
    });
    let desk = Desk::new(server);
    desk.run().exits(4).asked(3).unfinished(1);
    desk.run().exits(0).whole().asked(4);
}

#[test]
fn a_key_that_is_mended_lets_the_run_go_on() {
    let desk = desk(Server::first([Reply::status(401)]));
    desk.run().exits(4).asked(1).unfinished(6);
    goes_on(&desk, 1);
}

/// Sends a signal while a request is under way, and answers it once the program has said that it stops.
#[track_caller]
fn drains(name: &str, code: i32) {
    let (server, gate) = gated(2);
    let desk = desk(server);
    let asked = Cell::new(false);
    let at = |child: &Child| {
        if desk.servers[0].requests().len() > 2 && !asked.replace(true) {
            signal(child, name);
        }
        if asked.get() && desk.said("stderr").contains("stopping") {
            gate.open();
        }
    };
    desk.watch(desk.start(), at).exits(code).tells(&["run the same command again"]);
    let begun = desk.servers[0].requests().len();
    assert!((3..=4).contains(&begun), "{begun} requests for windows that had begun");
    goes_on(&desk, 0);
}

#[test]
fn ctrl_c_lets_what_has_begun_end() {
    drains("INT", 130);
}

#[test]
fn sigterm_lets_what_has_begun_end() {
    drains("TERM", 143);
}

/// Signals twice; the request under way is never answered.
#[track_caller]
fn breaks_off(name: &str, code: i32) {
    let (server, gate) = gated(2);
    let desk = desk(server).set("timeout_s", 60.0).set("deadline_s", 60.0);
    let asked = Cell::new(0);
    let at = |child: &Child| {
        let ready = match asked.get() {
            0 => desk.servers[0].requests().len() > 2,
            1 => desk.said("stderr").contains("stopping"),
            _ => false,
        };
        if ready {
            asked.set(asked.get() + 1);
            signal(child, name);
        }
    };
    desk.watch(desk.start(), at).exits(code).tells(&["stopped at once"]);
    gate.open();
    goes_on(&desk, 2);
}

#[test]
fn ctrl_c_twice_ends_at_once() {
    breaks_off("INT", 130);
}

#[test]
fn sigterm_twice_ends_at_once() {
    breaks_off("TERM", 143);
}

#[test]
fn a_run_that_is_killed_while_it_asks_goes_on() {
    for number in 0..6 {
        let (server, gate) = gated(number);
        let desk = desk(server);
        desk.kill_when(|| desk.servers[0].requests().len() > number);
        gate.open();
        goes_on(&desk, 1);
    }
}

#[test]
fn a_run_that_is_killed_while_it_writes_goes_on() {
    for files in [1, 2, 3, 5, 8, 13, 21] {
        let desk = desk(Server::well());
        desk.kill_when(|| desk.files("out").len() >= files);
        goes_on(&desk, 1);
    }
}

#[test]
fn a_run_that_is_killed_again_and_again_goes_on() {
    let (server, gate) = gated(usize::MAX);
    let desk = desk(server);
    for number in 0..4 {
        desk.kill_when(|| desk.servers[0].requests().len() > number);
    }
    gate.open();
    goes_on(&desk, 4);
}

#[test]
fn a_second_run_on_the_same_folder_pays_for_nothing() {
    let (server, gate) = gated(0);
    let desk = desk(server);
    let first = desk.start();
    desk.until(|| !desk.servers[0].requests().is_empty());
    let second = desk.beside().output().expect("the program starts");
    assert_eq!(second.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&second.stderr).contains("another run"));
    gate.open();
    desk.watch(first, |_| ()).exits(0).asked(6).whole();
}
