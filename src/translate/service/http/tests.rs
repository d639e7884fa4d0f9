use std::time::Instant;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;
use crate::translate::Remedy;
use crate::translate::registry::tests::setup;

/// What comes of a request to a server that answers with these bytes and closes; with `hang`, it does not close.
fn asked(answer: &[u8], hang: bool) -> Result<serde_json::Value, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let answer = answer.to_vec();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a request");
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(&answer).await;
            if hang {
                std::future::pending::<()>().await;
            }
        });
        let http = client(&address);
        http.json(http.post("/x").body("text")).await
    })
}

fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

#[track_caller]
fn told(result: Result<serde_json::Value, Error>, trouble: Trouble, words: &str) {
    let error = result.expect_err("trouble");
    let Error::Service { trouble: own, reason, .. } = &error else { panic!("{error:?}") };
    assert_eq!(*own, trouble, "{error}");
    assert!(reason.contains(words), "{error}");
    assert!(!error.to_string().contains("s3cret") && !error.to_string().contains('\n'), "{error}");
}

#[test]
fn a_whole_answer_is_read() {
    let said = asked(&answer("200 OK", "content-type: application/json\r\n", r#"{"a":1}"#), false);
    assert_eq!(said, Ok(serde_json::json!({ "a": 1 })));
}

#[test]
fn each_status_has_its_trouble() {
    let body = r#"{"error":{"message":"the key s3cret\nis odd"}}"#;
    for (status, trouble) in [
        ("400 Bad Request", Trouble::Refused),
        ("401 Unauthorized", Trouble::Auth),
        ("403 Forbidden", Trouble::Auth),
        ("404 Not Found", Trouble::Address),
        ("402 Payment Required", Trouble::Quota),
        ("456 Quota", Trouble::Quota),
        ("408 Timeout", Trouble::Overloaded),
        ("413 Too Large", Trouble::TooLarge),
        ("429 Too Many", Trouble::Limited),
        ("500 Oops", Trouble::Overloaded),
        ("529 Overloaded", Trouble::Overloaded),
    ] {
        told(asked(&answer(status, "", body), false), trouble, "the key *** is odd");
    }
}

#[test]
fn nothing_is_sent_elsewhere() {
    let moved = answer("307 Moved", "location: http://elsewhere.example/x\r\n", "");
    told(asked(&moved, false), Trouble::Address, "to elsewhere.example; nothing is sent there");
}

#[test]
fn the_wait_that_a_service_asks_for_is_handed_on() {
    let error = asked(&answer("429 Too Many", "retry-after: 7\r\n", ""), false).expect_err("trouble");
    assert!(matches!(error, Error::Service { after: Some(wait), .. } if wait == Duration::from_secs(7)), "{error:?}");
    assert_eq!(error.remedy(), Remedy::Retry);
}

#[test]
fn what_is_no_answer_is_not_read() {
    told(asked(&answer("200 OK", "content-type: text/html\r\n", "<html>"), false), Trouble::Unreadable, "web page");
    told(asked(&answer("200 OK", "", "{\"a\":"), false), Trouble::Unreadable, "not what is documented");
    told(asked(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n\"\xff\"", false), Trouble::Unreadable, "not UTF-8");
    told(asked(b"HTTP/1.1 200 OK\r\ncontent-length: 300\r\n\r\n{", false), Trouble::Cut, "");
    told(asked(b"", false), Trouble::Cut, "");
    told(asked(b"no HTTP at all\r\n\r\n", false), Trouble::Cut, "");
}

#[test]
fn no_answer_is_waited_for_longer_than_is_said() {
    let begun = Instant::now();
    told(asked(b"", true), Trouble::Timeout, "`timeout_s`");
    told(asked(b"HTTP/1.1 200 OK\r\ncontent-length: 30\r\n\r\n{", true), Trouble::Timeout, "");
    // Far above what two tries of 0.3 s take on a busy machine; without the limit it would never end.
    assert!(begun.elapsed() < Duration::from_secs(30));
}

#[test]
fn an_answer_that_grows_and_grows_is_left() {
    told(asked(b"HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\n\r\n", true), Trouble::Oversize, "larger than 4 MB");
    let mut endless = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for _ in 0..80 {
        endless.extend_from_slice(b"10000\r\n");
        endless.extend(std::iter::repeat_n(b' ', 0x10000));
        endless.extend_from_slice(b"\r\n");
    }
    told(asked(&endless, false), Trouble::Oversize, "larger than 4 MB");
}

#[test]
fn who_is_not_there_cannot_be_reached() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let ask = |address: &'static str| {
        let http = Http::new(&setup(5.0), address, None).expect("a client");
        runtime.block_on(http.json::<serde_json::Value>(http.get("/x")))
    };
    told(ask("http://127.0.0.1:1"), Trouble::Unreachable, "look at `url`");
    told(ask("http://no-such-host.invalid"), Trouble::Unreachable, "look at `url`");
}

#[test]
fn a_message_is_found_where_services_put_it() {
    assert_eq!(message(r#"{"error":"x"}"#), "x");
    assert_eq!(message(r#"{"error":{"code":3,"message":"x"}}"#), "x");
    assert_eq!(message(r#"{"detail":"x"}"#), "x");
    assert_eq!(message("<html>x"), "");
    assert_eq!(message("plain \u{1b}[31m words"), "plain  [31m words");
    assert_eq!(message(&"x".repeat(1000)).len(), 200);
}

#[test]
fn what_is_repeated_of_an_answer_is_short_and_holds_no_part_of_the_key() {
    let json = "content-type: application/json\r\n";
    let at_the_cut = format!(r#"{{"error":"{}s3cret"}}"#, "x".repeat(MOST_SAID - 3));
    told(asked(&answer("400 Bad Request", json, &at_the_cut), false), Trouble::Refused, "xxx***");
    let reply = Reply {
        headers: HeaderMap::new(),
        text: format!(r#""s3cret{}""#, "x".repeat(100_000)),
        http: client("http://127.0.0.1:1"),
    };
    let error = reply.json::<Vec<String>>().expect_err("another schema").to_string();
    assert!(error.contains("***xxx") && error.len() < 500 && !error.contains("s3cret"), "{error}");
}

fn client(address: &str) -> Http {
    Http::new(&setup(0.3), address, Some("s3cret")).expect("a client")
}
