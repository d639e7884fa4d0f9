//! Nothing is lost: a stopped run goes on, a second run changes nothing, a person's work stays.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::desk::Desk;

fn article(number: usize) -> String {
    format!(
        "Delegates meet for round {number}\n\nThe delegates of {number} countries met in Geneva on Tuesday. They will \
         vote on item {number} of the agenda.\n\nThe Security Council heard a report of {number} pages. A second \
         meeting is planned for the day after.\n"
    )
}

fn desk(articles: usize) -> Desk {
    (0..articles)
        .fold(Desk::new(), |desk, number| desk.file(&format!("in/a{number:03}.txt"), article(number).as_bytes()))
}

const TRANSLATE: &[&str] = &["translate", "in", "--to", "pt"];

#[test]
fn a_second_run_writes_the_same_bytes_and_does_nothing_twice() {
    let desk = desk(3);
    desk.run(TRANSLATE).exits(0);
    let first = desk.files("out");
    desk.run(TRANSLATE).exits(0).tells(&["done before"]);
    assert!(first == desk.files("out"), "a second run changed something");
    desk.run(&["translate", "in", "--to", "pt", "--out", "other"]).exits(0);
    assert!(first == desk.files("other"), "a run elsewhere gives other bytes");
}

#[test]
fn outputs_name_no_place_of_this_machine() {
    let desk = desk(1);
    desk.run(TRANSLATE).exits(0);
    let here = desk.path("").to_string_lossy().into_owned();
    for (name, bytes) in desk.files("out") {
        assert!(!String::from_utf8_lossy(&bytes).contains(here.trim_end_matches('/')), "{name} names {here}");
    }
}

#[test]
fn only_what_changed_is_done_again() {
    let desk = desk(3);
    desk.run(TRANSLATE).exits(0);
    let desk = desk.file("in/a001.txt", article(77).as_bytes());
    let again = desk.run(TRANSLATE).exits(0);
    assert_eq!(again.stderr().matches("done before").count(), 2, "{}", again.stderr());
    assert!(desk.read("out/a001.pt.html").contains("77"));
}

/// Waits until the run has put `articles` articles into its ledger.
fn wait_for(desk: &Desk, articles: usize, child: &mut Child) {
    let begin = Instant::now();
    while fs::read_to_string(desk.path("out/chancery.lock.part")).unwrap_or_default().lines().count() <= articles {
        assert!(begin.elapsed() < Duration::from_mins(2), "the run does not get on");
        assert!(child.try_wait().expect("a child").is_none(), "the run ended before it could be stopped");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn signal(child: &Child, name: &str) {
    let status = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().expect("kill");
    assert!(status.success());
}

/// Settings with small windows, so that a run can be caught in the middle.
fn small_windows(desk: Desk) -> Desk {
    desk.settings("[translate]\nwindow = 8\n", &crate::desk::repository("models"))
}

#[cfg(unix)]
#[test]
fn a_killed_run_goes_on_and_ends_as_an_undisturbed_one() {
    let desk = small_windows(desk(30));
    desk.run(&["translate", "in", "--to", "pt", "--out", "undisturbed"]).exits(0);
    for _ in 0..3 {
        let mut child = desk.command(TRANSLATE).stderr(Stdio::null()).spawn().expect("the program starts");
        let done = fs::read_to_string(desk.path("out/chancery.lock")).unwrap_or_default().lines().count();
        wait_for(&desk, (done + 5).min(25), &mut child);
        signal(&child, "KILL");
        child.wait().expect("ended");
    }
    let last = desk.run(TRANSLATE).exits(0);
    assert!(last.stderr().matches("done before").count() >= 5, "{}", last.stderr());
    assert!(desk.files("undisturbed") == desk.files("out"), "the resumed run gives other outputs");
}

#[cfg(unix)]
#[test]
fn ctrl_c_drains_and_says_how_to_go_on() {
    for (name, code) in [("INT", 130), ("TERM", 143)] {
        let desk = small_windows(desk(30));
        let mut child = desk.command(TRANSLATE).stderr(Stdio::piped()).spawn().expect("the program starts");
        wait_for(&desk, 3, &mut child);
        signal(&child, name);
        let output = child.wait_with_output().expect("ended");
        assert_eq!(output.status.code(), Some(code));
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains("run the same command again to go on"), "{told}");
        let articles = desk.report("out")["articles"].as_array().map_or(0, Vec::len);
        assert!((1..30).contains(&articles), "{articles} of 30 articles");
        desk.run(TRANSLATE).exits(0).tells(&["done before"]);
        assert_eq!(desk.report("out")["totals"]["complete"], 30);
    }
}

#[test]
fn what_a_reviewer_changed_is_not_overwritten() {
    let desk = desk(2);
    desk.run(TRANSLATE).exits(0);
    let reviewed = desk.read("out/a000.en-pt.xlf").replace("Genebra", "cidade de Genebra");
    let desk = desk.file("out/a000.en-pt.xlf", reviewed.as_bytes()).file("in/a000.txt", article(500).as_bytes());
    desk.run(TRANSLATE).exits(0).tells(&["a000.en-pt.xlf", "--overwrite"]);
    assert_eq!(desk.read("out/a000.en-pt.xlf"), reviewed);
    desk.run(&["translate", "in", "--to", "pt", "--overwrite"]).exits(0);
    assert!(desk.read("out/a000.en-pt.xlf").contains("500"));
}

#[test]
fn a_file_that_is_not_ours_is_not_overwritten() {
    let desk = desk(2).file("out/a000.pt.html", b"somebody's page");
    desk.run(TRANSLATE).exits(3).tells(&["a000.pt.html", "--overwrite"]);
    assert_eq!(desk.read("out/a000.pt.html"), "somebody's page");
    assert!(desk.path("out/a001.pt.html").exists());
}

#[test]
fn a_run_that_is_killed_between_an_output_and_its_line_goes_on() {
    let desk = desk(2);
    desk.run(TRANSLATE).exits(0);
    let first = desk.files("out");
    fs::remove_file(desk.path("out/chancery.lock")).expect("removed");
    desk.run(TRANSLATE).exits(0);
    assert!(first == desk.files("out"), "the resumed run gives other outputs");
}

#[test]
fn a_folder_keeps_the_articles_of_all_its_runs() {
    let desk = desk(2);
    desk.run(&["translate", "in/a000.txt", "--to", "pt"]).exits(0);
    desk.run(&["translate", "in/a001.txt", "--to", "pt"]).exits(0);
    let index = desk.read("out/index.html");
    assert!(index.contains("a000.pt.html") && index.contains("a001.pt.html"), "{index}");
    desk.run(&["translate", "in/a000.txt", "--to", "pt"]).exits(0).tells(&["done before"]);
}

#[test]
fn an_article_whose_outputs_somebody_deleted_is_not_listed() {
    let desk = desk(2);
    desk.run(TRANSLATE).exits(0);
    for name in desk.files("out").keys().filter(|name| name.starts_with("a000.")) {
        fs::remove_file(desk.path("out").join(name)).expect("deleted");
    }
    desk.run(&["translate", "in/a001.txt", "--to", "pt"]).exits(0);
    let index = desk.read("out/index.html");
    assert!(!index.contains("a000.pt.html") && index.contains("a001.pt.html"), "{index}");
}

#[test]
fn an_article_of_the_same_name_does_not_replace_another() {
    let desk = desk(1).file("other/a000.txt", article(9).as_bytes());
    desk.run(TRANSLATE).exits(0);
    let page = desk.read("out/a000.pt.html");
    desk.run(&["translate", "other", "--to", "pt"]).exits(3).tells(&["other/a000.txt", "in/a000.txt", "--out"]);
    assert_eq!(desk.read("out/a000.pt.html"), page);
    desk.run(&["translate", "other", "--to", "pt"]).exits(3).tells(&["in/a000.txt"]);
    assert_eq!(desk.read("out/a000.pt.html"), page);
    assert!(desk.read("out/index.html").contains("a000.pt.html"), "the article that is there is listed");
    desk.run(TRANSLATE).exits(0).tells(&["done before"]);
    desk.run(&["translate", "other", "--to", "pt", "--overwrite"]).exits(0);
    assert_ne!(desk.read("out/a000.pt.html"), page);
}

#[test]
fn a_file_that_is_named_in_another_way_is_the_same_article() {
    let desk = desk(1);
    desk.run(TRANSLATE).exits(0);
    desk.run(&["translate", "./in/a000.txt", "--to", "pt"]).exits(0);
    let absolute = desk.path("in").to_string_lossy().into_owned();
    desk.run(&["translate", &absolute, "--to", "pt"]).exits(0);
}

#[test]
fn a_lock_file_that_is_torn_within_a_character_counts_up_to_there() {
    let desk = desk(2);
    desk.run(TRANSLATE).exits(0);
    let mut lock = fs::read(desk.path("out/chancery.lock")).expect("read");
    lock.extend(&"中".as_bytes()[..2]);
    let desk = desk.file("out/chancery.lock", &lock);
    let again = desk.run(TRANSLATE).exits(0);
    assert_eq!(again.stderr().matches("done before").count(), 2, "{}", again.stderr());
}

#[test]
fn an_article_that_is_gone_for_a_while_keeps_its_outputs() {
    let desk = desk(1);
    desk.run(TRANSLATE).exits(0);
    fs::rename(desk.path("in/a000.txt"), desk.path("aside")).expect("moved");
    desk.run(&["translate", "in/a000.txt", "--to", "pt"]).exits(3).tells(&["in/a000.txt"]);
    fs::rename(desk.path("aside"), desk.path("in/a000.txt")).expect("moved back");
    desk.run(TRANSLATE).exits(0);
}

#[test]
fn two_runs_do_not_write_to_one_folder_at_once() {
    let desk = desk(1).file("out/chancery.lock.part", b"");
    let held = fs::File::options().write(true).open(desk.path("out/chancery.lock.part")).expect("opened");
    held.lock().expect("locked");
    desk.run(TRANSLATE).exits(2).tells(&["another run"]);
    drop(held);
    desk.run(TRANSLATE).exits(0);
}
