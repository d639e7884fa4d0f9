//! Limits on what may be spent: no call that would exceed them is made, and a larger one goes on where it stopped.

use crate::desk::Desk;
use crate::server::Server;
use crate::texts::sentences;

/// Characters of the articles from the first on.
fn chars(articles: usize) -> usize {
    (10..10 + articles).flat_map(sentences).map(|sentence| sentence.chars().count()).sum()
}

fn desk() -> Desk {
    Desk::new(Server::well()).articles(4).translate("window = 6")
}

/// Two articles may be paid for and not a third; then all may.
#[track_caller]
fn stops_and_goes_on(desk: Desk, flag: &str, less: &str, more: &str) {
    let desk = desk.flags(&[flag, less]);
    desk.run().exits(4).asked(2).unfinished(2).tells(&["run the same command again", flag]);
    desk.run().exits(4).asked(2).unfinished(2);
    let desk = desk.flags(&[flag, more]);
    desk.run().exits(0).asked(4).whole();
}

#[test]
fn the_most_characters_are_never_exceeded() {
    let (less, more) = (chars(3) - 1, chars(4));
    stops_and_goes_on(desk(), "--max-chars", &less.to_string(), &more.to_string());
}

#[test]
fn the_budget_is_never_exceeded() {
    // A thousand characters cost one.
    let money = |chars: usize| format!("{}.{:03}", chars / 1000, chars % 1000);
    stops_and_goes_on(desk().set("price", 1000.0), "--budget", &money(chars(3) - 1), &money(chars(4)));
}

#[test]
fn every_try_is_paid_for() {
    let server = Server::first([crate::reply::Reply::status(500)]);
    let desk = Desk::new(server).flags(&["--max-chars", &(chars(1) * 2 - 1).to_string()]);
    desk.run().exits(4).asked(1).unfinished(1);
}

#[test]
fn a_dry_run_calls_nobody_and_writes_nothing() {
    let desk = desk().flags(&["--dry-run"]);
    let status = desk.beside().output().expect("it ends");
    assert_eq!(status.status.code(), Some(0));
    let said = [status.stdout, status.stderr].concat();
    let said = String::from_utf8_lossy(&said).replace([',', '\u{202f}'], "");
    assert!(said.contains(&chars(4).to_string()), "{said}");
    assert!(desk.servers[0].connections() == 0 && !desk.path("out").exists());
}

#[test]
fn a_budget_that_holds_nothing_is_told() {
    desk().flags(&["--budget", "1"]).run().exits(0).whole().tells(&["has no price, and the budget does not hold it"]);
    let desk = desk().set("price", 20.0).flags(&["--budget", "1"]);
    desk.run().exits(0).whole();
    assert!(!desk.said("stderr").contains("has no price"));
}
