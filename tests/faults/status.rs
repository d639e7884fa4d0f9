//! Answers without success: what each status means, and how long it is waited for.

use std::time::{Duration, SystemTime};

use crate::desk::Desk;
use crate::reply::Reply;
use crate::server::Server;

fn limited(header: &str, value: &str) -> Reply {
    Reply::status(429).header(header, value)
}

/// A server that answers so to whatever holds the sentence about the harvest.
fn harvest_fails(status: u16) -> Server {
    Server::plan(move |_, request| {
        let is_in = request.texts.iter().any(|text| text.contains("harvest"));
        if is_in { Reply::status(status) } else { Reply::well(request) }
    })
}

#[test]
fn too_many_requests_with_seconds_is_waited_for() {
    Desk::once(limited("Retry-After", "1")).run().exits(0).asked(2).apart(0.99).whole();
}

#[test]
fn too_many_requests_with_a_date_is_waited_for() {
    // The last moment of this second would be one that has gone by the time the program reads it.
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(3));
    Desk::once(limited("Retry-After", &date)).run().exits(0).asked(2).apart(1.0).whole();
}

#[test]
fn too_many_requests_with_milliseconds_is_waited_for() {
    Desk::once(limited("Retry-After-Ms", "300")).run().exits(0).asked(2).apart(0.29).whole();
}

#[test]
fn too_many_requests_without_a_word_is_asked_again() {
    Desk::once(Reply::status(429)).run().exits(0).asked(2).whole();
}

#[test]
fn all_requests_wait_when_one_is_told_to() {
    let server = Server::first([limited("Retry-After", "1")]);
    Desk::new(server).articles(4).run().exits(0).asked(5).whole();
}

#[test]
fn a_service_that_is_away_for_a_day_is_not_waited_for() {
    let desk = Desk::always(limited("Retry-After", "86400")).articles(3);
    desk.run().exits(4).asked(1).unfinished(3).tells(&["429", "run the same command again"]);
}

#[test]
fn a_service_out_of_order_is_asked_again() {
    for status in [408, 500, 502, 503, 504, 520, 529] {
        Desk::once(Reply::status(status)).run().exits(0).asked(2).whole();
    }
}

#[test]
fn a_service_that_stays_out_of_order_fails_the_article() {
    Desk::always(Reply::status(503)).run().exits(3).asked(3).lacks_all("503").tells(&["503"]);
}

#[test]
fn an_article_that_fails_does_not_hold_up_others() {
    let out_of_order = |_, request: &crate::server::Request| {
        if request.texts[0].ends_with("110") { Reply::status(500) } else { Reply::well(request) }
    };
    let desk = Desk::new(Server::plan(out_of_order)).articles(3);
    desk.run().exits(3).asked(5).in_article(11).lacks_all("500");
}

#[test]
fn a_key_that_is_refused_stops_the_run_at_once() {
    for status in [401, 403] {
        let desk = Desk::always(Reply::status(status)).articles(5);
        desk.run().exits(4).asked(1).unfinished(5).tells(&[&status.to_string(), "key"]);
    }
}

#[test]
fn a_quota_that_is_used_up_stops_the_run_at_once() {
    for status in [402, 456] {
        let desk = Desk::always(Reply::status(status)).articles(5);
        desk.run().exits(4).asked(1).unfinished(5).tells(&[&status.to_string(), "run the same command again"]);
    }
}

#[test]
fn no_more_than_the_requests_under_way_are_made_of_a_service_that_stops() {
    let desk = Desk::always(Reply::status(401)).articles(30).set("concurrency", 3);
    let ended = desk.run().exits(4).unfinished(30);
    assert!(ended.requests() <= 3, "{} requests", ended.requests());
}

#[test]
fn a_wrong_address_stops_the_run_at_once() {
    for status in [404, 405] {
        Desk::always(Reply::status(status)).articles(2).run().exits(4).asked(1).unfinished(2).tells(&["`url`"]);
    }
}

#[test]
fn what_is_too_large_is_sent_in_parts() {
    let server = Server::plan(|_, request| match request.texts.len() {
        ..=3 => Reply::well(request),
        _ => Reply::status(413),
    });
    Desk::new(server).run().exits(0).asked(3).whole();
}

#[test]
fn a_single_sentence_that_is_too_large_fails_alone() {
    let server = harvest_fails(413);
    Desk::new(server).run().exits(3).lacks(&[3], "413");
}

#[test]
fn a_request_that_is_refused_fails_its_sentence_without_being_made_again() {
    let server = harvest_fails(400);
    let desk = Desk::new(server);
    desk.run().exits(3).lacks(&[3], "400");
    let requests = desk.servers[0].requests();
    assert!((1..requests.len()).all(|at| requests[..at].iter().all(|it| it.texts != requests[at].texts)));
}

#[test]
fn a_service_that_refuses_everything_fails_the_article() {
    Desk::always(Reply::status(400)).run().exits(3).lacks_all("as planned");
}
