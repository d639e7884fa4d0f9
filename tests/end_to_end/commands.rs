//! The other commands, and what the program says of itself.

use serde_json::Value;

use crate::desk::Desk;

#[track_caller]
fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

#[test]
fn extract_shows_what_was_read_and_what_was_cut() {
    let desk = Desk::new().sample("scraped-summit.txt");
    let article = &json_lines(&desk.run(&["extract", "scraped-summit.txt", "--json"]).exits(0).stdout())[0];
    assert_eq!(article["title"], "Two foreign ministers agree to deepen comprehensive strategic partnership");
    assert_eq!(article["published"], "2020-07-24T10:35:00");
    assert_eq!(article["source"], "Xinhua");
    assert_eq!(article["place"], "BEIJING");
    assert_eq!(article["section"], "World");
    assert_eq!(article["language"], "en");
    assert_eq!(article["blocks"][0]["kind"], "headline");
    assert!(article["cut"].as_array().is_some_and(|cut| {
        cut.iter().any(|cut| cut["text"].as_str().is_some_and(|text| text.contains("Related News")))
    }));
}

#[test]
fn detect_tells_the_article_and_its_blocks() {
    let desk = Desk::new().sample("mixed-statement.txt").sample("africa-forum.gb18030.txt");
    let run = desk.run(&["detect", "mixed-statement.txt", "africa-forum.gb18030.txt", "--json"]).exits(0);
    let rows = json_lines(&run.stdout());
    assert_eq!(rows[0]["language"], "en");
    let blocks = rows[0]["blocks"].as_array().expect("blocks");
    assert_eq!(blocks.iter().filter(|block| block["language"] == "pt").count(), 2, "{blocks:#?}");
    assert_eq!(rows[1]["language"], "zh-Hans");
}

#[test]
fn segment_cuts_and_its_rules_can_be_taken_away_and_given_back() {
    let text = "Dr. Smith met Mr. Brown at 3 p.m. in Washington. They spoke of the U.S. Congress.\n";
    let desk = Desk::new().file("a.txt", text.as_bytes());
    let segments = |desk: &Desk| {
        let rows = json_lines(&desk.run(&["segment", "a.txt", "--json", "--lang", "en"]).exits(0).stdout());
        rows[0]["blocks"].clone()
    };
    let own = segments(&desk);
    assert_eq!(
        own.as_array().and_then(|blocks| blocks.last()).and_then(|block| block["segments"].as_array()).map(Vec::len),
        Some(2)
    );
    let srx = desk.run(&["segment", "--export-srx"]).exits(0).stdout();
    let desk = desk.file("own.srx", srx.as_bytes());
    let desk = desk.settings("[segment]\nsrx = \"own.srx\"\n", &crate::desk::repository("models"));
    assert_eq!(segments(&desk), own);
}

#[test]
fn models_are_listed_with_their_hashes() {
    let desk = Desk::new();
    let rows = json_lines(&desk.run(&["models", "list", "--json"]).exits(0).stdout());
    let pairs: Vec<String> =
        rows.iter().map(|row| format!("{}-{}", row["source"], row["target"]).replace('"', "")).collect();
    assert!(pairs.contains(&"en-pt".to_owned()) && pairs.contains(&"pt-en".to_owned()), "{pairs:?}");
    assert!(rows.iter().all(|row| row["sha256"].as_str().map(str::len) == Some(64) && row["error"].is_null()));
    assert!(desk.run(&["models", "path"]).exits(0).stdout().contains("models"));
    desk.run(&["models", "pull", "nonsense"]).exits(2);
}

#[test]
fn the_settings_can_be_shown_and_started_from() {
    let desk = Desk::new();
    let shown = desk.run(&["config", "show", "--default"]).exits(0).stdout();
    assert_eq!(shown, include_str!("../../pipeline.toml"));
    let in_force = desk.run(&["config", "show"]).exits(0).stdout();
    assert!(in_force.contains("[translate]") && in_force.contains("[backend.firefox]"));
}

#[test]
fn events_are_json_lines_and_quiet_is_quiet() {
    let desk = Desk::new().sample("briefing.md");
    let run = desk.run(&["translate", "briefing.md", "--to", "pt", "--json"]).exits(0);
    let events = json_lines(&run.stdout());
    assert_eq!(events[0]["event"], "planned");
    let finished = events.iter().find(|event| event["event"] == "finished").expect("an article is finished");
    let done: u64 = events
        .iter()
        .filter(|event| event["event"] == "translated")
        .filter_map(|event| event["segments"].as_u64())
        .sum();
    assert_eq!(finished["row"]["counts"]["segments"], done, "progress adds up to the segments");
    let quiet = desk.run(&["translate", "briefing.md", "--to", "pt", "--quiet"]).exits(0);
    assert_eq!(quiet.stdout() + &quiet.stderr(), "");
}

#[test]
fn help_tells_the_exit_codes_and_completions_and_manual_are_there() {
    let desk = Desk::new();
    let help = desk.run(&["--help"]).exits(0).stdout();
    for word in ["translate", "extract", "detect", "segment", "models", "130", "Exit codes"] {
        assert!(help.contains(word), "{word} is not in\n{help}");
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(desk.run(&["completions", shell]).exits(0).stdout().contains("chancery"));
    }
    assert!(desk.run(&["man"]).exits(0).stdout().contains(".TH chancery"));
    desk.run(&["man", "--out", "man"]).exits(0);
    assert!(desk.path("man/chancery-translate.1").exists());
}
