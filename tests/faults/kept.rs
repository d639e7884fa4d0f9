//! The file that keeps what services answered: damaged, cut, of another version, gone. It costs a call at the most, and
//! never gives a wrong translation.

use std::fs;

use crate::desk::Desk;
use crate::reply::Reply;
use crate::server::Server;
use crate::texts::translated;

const FILE: &str = "out/chancery.sqlite";

/// A desk whose first run was stopped when three of its six texts were answered and kept; no article was written.
fn desk() -> Desk {
    let server = Server::plan(|number, request| match request.texts.len() {
        6 => Reply::status(413),
        _ if number == 2 => Reply::status(456),
        _ => Reply::well(request),
    });
    let desk = Desk::new(server);
    desk.run().exits(4).asked(3).unfinished(1);
    assert!(desk.path(FILE).exists(), "nothing is kept");
    // What waits in the log of the database comes to the file itself, so that damage to the file is damage to it.
    let database = rusqlite::Connection::open(desk.path(FILE)).expect("a database");
    database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("written back");
    desk
}

/// Whatever became of the file, the run ends well; at the most, everything is asked for again.
#[track_caller]
fn costs_a_call_at_the_most(desk: &Desk) {
    let ended = desk.run().exits(0).whole();
    assert!(ended.requests() <= 6, "{} requests", ended.requests());
}

#[test]
fn what_is_kept_is_not_asked_for_again() {
    desk().run().exits(0).asked(4).whole();
}

#[test]
fn a_kept_answer_that_was_changed_is_none() {
    let desk = desk();
    let mut bytes = fs::read(desk.path(FILE)).expect("read");
    let kept = translated("The delegates of 101 countries met in Geneva on Tuesday.");
    let at = bytes.windows(kept.len()).position(|window| window == kept.as_bytes()).expect("it is kept");
    bytes[at + 3] ^= 1;
    desk.file(FILE, &bytes);
    costs_a_call_at_the_most(&desk);
}

#[test]
fn bytes_that_are_changed_anywhere_give_no_wrong_translation() {
    for place in 1..16 {
        let desk = desk();
        let mut bytes = fs::read(desk.path(FILE)).expect("read");
        let at = bytes.len() * place / 16;
        bytes[at..].iter_mut().take(64).for_each(|byte| *byte ^= 0x55);
        desk.file(FILE, &bytes);
        costs_a_call_at_the_most(&desk);
    }
}

#[test]
fn a_file_that_is_cut_is_moved_aside() {
    for rest in [1, 100, 1000, 4096, 5000] {
        let desk = desk();
        let bytes = fs::read(desk.path(FILE)).expect("read");
        desk.file(FILE, &bytes[..rest]);
        costs_a_call_at_the_most(&desk);
    }
}

#[test]
fn a_file_that_is_no_database_is_moved_aside_and_told() {
    let desk = desk();
    desk.file(
        FILE,
        b"notes of somebody, which are longer than the head of a database would be, and no database at all",
    );
    desk.run().exits(0).whole().tells(&[".broken"]);
}

#[test]
fn a_file_that_is_gone_costs_a_call() {
    let desk = desk();
    fs::remove_file(desk.path(FILE)).expect("removed");
    costs_a_call_at_the_most(&desk);
}

#[test]
fn a_log_of_the_database_that_is_gone_costs_a_call() {
    let (desk, other) = (desk(), desk());
    fs::copy(other.path(FILE), desk.path("out/chancery.sqlite-wal")).expect("copied");
    costs_a_call_at_the_most(&desk);
}

#[test]
fn a_file_of_a_later_version_is_left_alone() {
    let desk = desk();
    let database = rusqlite::Connection::open(desk.path(FILE)).expect("a database");
    database.pragma_update(None, "user_version", 9999).expect("set");
    drop(database);
    desk.run().exits(2).asked(3).tells(&["later version"]);
    assert_eq!(
        rusqlite::Connection::open(desk.path(FILE))
            .and_then(|database| database.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0)))
            .expect("a version"),
        9999
    );
}

#[test]
fn a_folder_in_place_of_the_file_is_refused_before_anything_is_paid() {
    let desk = Desk::new(Server::well());
    fs::create_dir_all(desk.path(FILE)).expect("a folder");
    desk.run().exits(2).asked(0).tells(&["chancery.sqlite"]);
}

#[test]
fn two_runs_share_a_file_and_pay_once() {
    let desk = Desk::new(Server::well()).articles(3).translate("cache = \"shared.sqlite\"");
    desk.run().exits(0).asked(3).whole();
    desk.run_to("elsewhere");
    assert_eq!(desk.servers[0].requests().len(), 3);
}

#[test]
fn two_runs_at_once_share_a_file() {
    let desk = Desk::new(Server::well()).articles(12).translate("cache = \"shared.sqlite\"\nwindow = 6");
    let first = desk.start();
    desk.run_to("elsewhere");
    desk.watch(first, |_| ()).exits(0).whole();
    assert!(desk.servers[0].requests().len() <= 24);
}
