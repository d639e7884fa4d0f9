//! Faults of the network: connections that do not come about, break, stall, or bring too much.

use std::net::TcpListener;
use std::time::Duration;

use serde_json::json;

use crate::desk::Desk;
use crate::reply::{Reply, Then};
use crate::server::Server;

/// An answer as good as any.
fn answer() -> Reply {
    Reply::json(&json!({ "translatedText": vec!["Os delegados reuniram-se em Genebra."; 6] }))
}

/// What breaks off is asked for again, and fails the article where it stays so.
#[track_caller]
fn breaks(reply: &Reply) {
    Desk::once(reply.clone()).run().exits(0).asked(2).whole();
    Desk::always(reply.clone()).run().exits(3).asked(3).lacks_all("");
}

/// An answer that is too large to be one is not read on, and its texts are asked for in smaller batches.
#[track_caller]
fn overflows(reply: &Reply) {
    Desk::once(reply.clone()).run().exits(0).asked(3).whole();
    let desk = Desk::always(reply.clone());
    desk.run().exits(3).lacks_all("larger than").within_mb(200);
    let (sent, requests) = (desk.servers[0].sent(), desk.servers[0].requests().len());
    assert!(sent < requests * (24 << 20), "{sent} bytes in {requests} answers were read");
}

/// A port of this machine that nobody listens on.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").to_string()
}

/// A service that cannot be reached at all leaves everything to a run that can.
#[track_caller]
fn is_not_reached(desk: &Desk, words: &[&str]) {
    desk.run().exits(4).asked(0).unfinished(2).tells(words).tells(&["run the same command again"]);
}

#[test]
fn a_sound_service_is_asked_once_for_an_article() {
    Desk::new(Server::well()).articles(3).run().exits(0).asked(3).whole().by(&["one"]);
}

#[test]
fn the_connection_is_closed_before_the_answer() {
    breaks(&Reply::raw(b""));
}

#[test]
fn the_connection_is_reset_before_the_answer() {
    breaks(&Reply::raw(b"").then(Then::Reset));
}

#[test]
fn the_connection_is_closed_within_the_answer() {
    breaks(&answer().without_the_last(20).then(Then::Close));
}

#[test]
fn the_connection_is_reset_within_the_answer() {
    breaks(&answer().without_the_last(20).then(Then::Reset));
}

#[test]
fn a_chunk_is_cut() {
    breaks(&Reply::raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{\"translatedText\":["));
}

#[test]
fn the_headers_do_not_come() {
    breaks(&Reply::raw(b"").then(Then::Hang));
}

#[test]
fn the_headers_break_off() {
    breaks(&Reply::raw(b"HTTP/1.1 200 OK\r\nContent-Type: applic").then(Then::Hang));
}

#[test]
fn the_answer_stalls() {
    breaks(&answer().without_the_last(20).then(Then::Hang));
}

#[test]
fn the_answer_drips() {
    breaks(&answer().then(Then::Drip(Duration::from_millis(10))));
}

#[test]
fn the_headers_do_not_end() {
    breaks(&Reply::raw(b"HTTP/1.1 200 OK\r\n").then(Then::Endless(b"X-Same: again and again\r\n".repeat(1000))));
}

#[test]
fn the_answer_is_no_http() {
    breaks(&Reply::raw(b"SSH-2.0-OpenSSH_9.2\r\n"));
}

#[test]
fn a_hundred_megabytes_are_announced() {
    overflows(
        &Reply::raw(b"HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n").then(Then::Endless(vec![b' '; 1 << 16])),
    );
}

#[test]
fn more_is_announced_than_there_is_in_the_world() {
    overflows(&Reply::raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000000000\r\n\r\n{").then(Then::Hang));
}

#[test]
fn an_answer_without_a_length_does_not_end() {
    overflows(&Reply::raw(b"HTTP/1.1 200 OK\r\n\r\n").then(Then::Endless(vec![b' '; 1 << 16])));
}

#[test]
fn chunks_do_not_end() {
    let chunk = [b"10000\r\n".to_vec(), vec![b' '; 1 << 16], b"\r\n".to_vec()].concat();
    overflows(&Reply::raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").then(Then::Endless(chunk)));
}

#[test]
fn a_small_answer_unpacks_to_a_large_one() {
    overflows(&Reply::gzip_bomb(500));
}

#[test]
fn an_answer_that_is_packed_is_unpacked() {
    let server = Server::plan(|_, request| Reply::well(request).packed());
    Desk::new(server).run().exits(0).asked(1).whole();
}

#[test]
fn an_answer_that_is_not_packed_as_it_says() {
    breaks(&answer().header("Content-Encoding", "gzip"));
}

#[test]
fn nobody_listens() {
    let url = format!("http://{}", nobody());
    is_not_reached(&Desk::new(Server::well()).articles(2).set("url", url), &["one"]);
}

#[test]
fn the_name_does_not_exist() {
    // RFC 6761 keeps `.invalid` from ever existing.
    is_not_reached(
        &Desk::new(Server::well()).articles(2).set("url", "http://translate.invalid"),
        &["translate.invalid"],
    );
}

#[test]
fn the_proxy_is_down() {
    let desk = Desk::new(Server::well()).articles(2).set("url", "http://translate.invalid");
    is_not_reached(&desk.environment("http_proxy", &format!("http://{}", nobody())), &["proxy"]);
}

#[test]
fn the_proxy_wants_a_password() {
    let proxy = Server::always(Reply::status(407));
    let desk = Desk::new(proxy).articles(2).set("url", "http://translate.invalid");
    let address = desk.servers[0].url();
    let desk = desk.environment("http_proxy", &address);
    desk.run().exits(4).asked(1).unfinished(2).tells(&["407", "proxy wants"]);
}

#[test]
fn a_proxy_is_asked_in_place_of_the_service() {
    let desk = Desk::new(Server::well()).set("url", "http://translate.invalid");
    let address = desk.servers[0].url();
    let desk = desk.environment("http_proxy", &address);
    desk.run().exits(0).asked(1).whole();
    assert!(desk.servers[0].requests()[0].head.starts_with("POST http://translate.invalid/translate "));
}

#[test]
fn nothing_is_sent_to_where_a_redirect_leads() {
    for status in [301, 302, 307, 308] {
        let elsewhere = Server::well();
        let desk = Desk::always(Reply::status(status).header("Location", &elsewhere.url())).articles(2);
        desk.run().exits(4).asked(1).unfinished(2).tells(&["to 127.0.0.1", "`url`"]);
        assert_eq!(elsewhere.connections(), 0);
    }
}

#[test]
fn a_redirect_in_a_circle_is_followed_nowhere() {
    Desk::always(Reply::status(307).header("Location", "/translate")).run().exits(4).asked(1).unfinished(1);
}
