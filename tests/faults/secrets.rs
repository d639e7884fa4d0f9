//! Keys: whatever a service says, no output, message, cache or log holds one. [`crate::law`] looks after every case.

use serde_json::json;

use crate::desk::{Desk, KEY};
use crate::reply::Reply;

fn says(status: u16, body: &str) -> Reply {
    Reply::with_status(status, body.as_bytes())
}

#[test]
fn a_refusal_that_repeats_the_key() {
    for status in [400, 401, 403, 429, 456, 500] {
        let body = json!({ "error": format!("Invalid API key: {KEY}") }).to_string();
        let desk = Desk::always(says(status, &body));
        let ended = desk.run();
        assert!(matches!(ended.code(), Some(3 | 4)));
        ended.tells(&["***"]);
    }
}

#[test]
fn an_answer_that_repeats_the_key_where_something_else_is_due() {
    Desk::always(Reply::json(&json!({ "translatedText": KEY }))).run().exits(3).lacks_all("not what is documented");
    Desk::always(Reply::json(&json!({ KEY: [] }))).run().exits(3).lacks_all("not what is documented");
}

#[test]
fn a_redirect_that_repeats_the_key() {
    let leads = format!("http://{KEY}.example/{KEY}");
    Desk::always(Reply::status(307).header("Location", &leads)).run().exits(4).unfinished(1);
}

#[test]
fn the_events_for_programs_hold_no_key() {
    let body = json!({ "error": KEY }).to_string();
    Desk::always(says(400, &body)).flags(&["--json"]).run().exits(3);
}

#[test]
fn the_key_is_sent_to_the_service() {
    let desk = Desk::new(crate::server::Server::well());
    desk.run().exits(0).whole();
    assert!(desk.servers[0].requests()[0].body.contains(KEY));
}
