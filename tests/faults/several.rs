//! Several services in a row: what one cannot do goes to the next, and the outputs say who did it.

use crate::desk::Desk;
use crate::reply::Reply;
use crate::server::Server;

#[test]
fn the_next_service_does_what_the_first_cannot() {
    let desk = Desk::always(Reply::status(503)).then(Server::well());
    desk.run().exits(0).asked(3).asked_of(1, 1).whole().by(&["two"]);
}

#[test]
fn the_next_service_is_asked_for_what_is_missing_only() {
    let harvest = |source: &str, target: &mut String| {
        if source.contains("harvest") {
            target.clear();
        }
    };
    let desk = Desk::spoilt(harvest).then(Server::well());
    desk.run().exits(0).asked_of(1, 1).whole().by(&["one", "two"]);
    assert_eq!(desk.servers[1].requests()[0].texts.len(), 1);
    assert!(desk.output(10).contains("translated by two"), "the XLIFF does not say who translated the segment");
}

#[test]
fn a_service_that_stopped_is_not_asked_again_in_the_run() {
    let desk = Desk::always(Reply::status(401)).then(Server::well()).articles(5);
    desk.run().exits(0).asked(1).asked_of(1, 5).whole().by(&["two"]);
}

#[test]
fn a_service_that_nobody_can_reach_is_passed_over() {
    let desk = Desk::new(Server::gone()).then(Server::well()).articles(3);
    desk.run().exits(0).asked_of(1, 3).whole().by(&["two"]);
}

#[test]
fn a_failure_names_every_service_that_was_asked() {
    let desk = Desk::always(Reply::status(503)).then(Server::always(Reply::status(400)));
    desk.run().exits(3).lacks_all("one: ").lacks_all("two: ").tells(&["503", "400"]);
}

#[test]
fn nothing_is_left_when_all_services_have_stopped() {
    let desk = Desk::always(Reply::status(401)).then(Server::always(Reply::status(456))).articles(3);
    desk.run().exits(4).asked(1).asked_of(1, 1).unfinished(3).tells(&["401", "456"]);
}

#[test]
fn nothing_is_left_when_no_service_can_be_reached() {
    let desk = Desk::new(Server::gone()).then(Server::gone()).articles(3);
    desk.run().exits(4).unfinished(3).tells(&["one", "two", "run the same command again"]);
}
